"""The files of the list as frozen records: no database here."""
