"""What the mirror answers, read on the driver: no SQLAlchemy here."""
