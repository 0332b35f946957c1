"""Loading a file of records: all of it or nothing, twice changes nothing."""

from caseledger.loading.load import Loaded, load_file

__all__ = ["Loaded", "load_file"]
