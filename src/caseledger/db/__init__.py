"""The registry as a place: where it is, opening it for reading, opening it for writing."""
