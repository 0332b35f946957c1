"""A cited, dated ledger of enforcement actions against organised crime."""

__version__ = "0.1.0"
