"""The mirror: what every list of the registry shows, by spans of versions."""
