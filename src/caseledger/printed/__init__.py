"""Whether a source prints what is cited from it, as far as the registry can tell.

A document prints what its stored text says. A version of OFAC's list is stored as no text: it
prints, for the entry that the section names, what the mirror shows in that version.
"""

from __future__ import annotations

from caseledger.printed.sources import HOW, Quote, Sources

__all__ = ["HOW", "Quote", "Sources"]
