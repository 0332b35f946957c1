"""The whole registry as plain files."""

from caseledger.exporting.datapackage import export_csv

__all__ = ["export_csv"]
