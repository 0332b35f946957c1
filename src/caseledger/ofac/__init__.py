"""OFAC's list of Specially Designated Nationals: read, mirrored version by version, compared."""
