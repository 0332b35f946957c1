"""The pages of an affiliation, a kinship and a name: what is said, and every citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.pages.affiliations import in_full
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.kin import kinships
from caseledger.reports.pages.name_lines import names
from caseledger.reports.pages.page import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found


def affiliation_page(reader: Reader, found: Found) -> Page:
    """What one party is to one organization."""
    citing = Citing(reader)
    return _page(citing, found, in_full(citing, "f.affiliation_id = :id", {"id": found.id}))


def kinship_page(reader: Reader, found: Found) -> Page:
    """What one person is to another."""
    citing = Citing(reader)
    return _page(citing, found, kinships(citing, "kinship_id = :id", {"id": found.id}))


def name_page(reader: Reader, found: Found) -> Page:
    """One form of a name, and whose it is."""
    citing = Citing(reader)
    return _page(citing, found, names(citing, "n.id = :id", {"id": found.id}))


def _page(citing: Citing, found: Found, lines: Iterator[str]) -> Page:
    """What is said as the title, and its citations one by one instead of in that line."""
    column = f"{found.kind}_id"
    said = next(lines).removesuffix(citing.of(column, [found.id])[found.id])
    citations = Section("Citations", citing.one_by_one(column, found.id))
    return Page(said, [found.kind], [citations], citing.about)
