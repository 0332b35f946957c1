"""The page of a citation: where it says so, and what that supports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.db.reading import first
from caseledger.reports.pages.action_lines import actions
from caseledger.reports.pages.affiliations import in_full
from caseledger.reports.pages.case_lines import cases
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.kin import kinships
from caseledger.reports.pages.name_lines import names
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.party_lines import parties
from caseledger.reports.pages.tally_lines import tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

CITATION = """
    SELECT source_id, section, phrase,
           action_id, affiliation_id, kinship_id, name_id, case_id, tally_id, party_id
      FROM citations
     WHERE id = :id"""

_SUPPORTED: tuple[tuple[str, Callable[[Citing, str, dict[str, Any]], Iterator[str]]], ...] = (
    ("a.id = :id", actions),
    ("f.affiliation_id = :id", in_full),
    ("kinship_id = :id", kinships),
    ("n.id = :id", names),
    ("case_id = :id", cases),
    ("tally_id = :id", tallies),
    ("p.id = :id", parties),
)
"""Of which exactly one is what a citation supports, in the order of the columns above."""


def citation_page(reader: Reader, found: Found) -> Page:
    """A citation, and the one record that it supports."""
    citing = Citing(reader)
    source, section, phrase, *ids = first(reader, CITATION, {"id": found.id})
    lines = (
        told(citing, where, {"id": record_id})
        for (where, told), record_id in zip(_SUPPORTED, ids, strict=True)
        if record_id is not None
    )
    return Page(
        f"{found.reference} citation",
        [citing.place(source, section, phrase)],
        [Section("Supports", line) for line in lines],
        citing.about,
    )
