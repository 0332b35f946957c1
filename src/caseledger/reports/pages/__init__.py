"""The page of one record: everything that is recorded of it, each line with its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.references import LETTERS
from caseledger.reports.pages.action import action_page
from caseledger.reports.pages.case import case_page
from caseledger.reports.pages.citation import citation_page
from caseledger.reports.pages.finding import look_up
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.party import group_page, organization_page, person_page
from caseledger.reports.pages.relation import affiliation_page, kinship_page, name_page
from caseledger.reports.pages.source import source_page
from caseledger.reports.pages.tally import tally_page
from caseledger.reports.pages.withdrawn import withdrawn_page

if TYPE_CHECKING:
    from caseledger.db.reading import Reader

__all__ = ["Page", "Section", "page"]

_PAGES = {
    "person": person_page,
    "organization": organization_page,
    "group": group_page,
    "action": action_page,
    "case": case_page,
    "tally": tally_page,
    "source": source_page,
    "affiliation": affiliation_page,
    "kinship": kinship_page,
    "name": name_page,
    "citation": citation_page,
}


def page(reader: Reader, text: str) -> Page:
    """The page of what a name, a title or a reference means; a reference finds the withdrawn too.

    Raises the errors of `look_up`.
    """
    found = look_up(reader, text)
    table = LETTERS[found.reference[0]].table
    dataset, key, withdrawn = first(
        reader, f"SELECT dataset, key, withdrawn_at FROM {table} WHERE id = :id", {"id": found.id}
    )
    if withdrawn:
        return replace(withdrawn_page(reader, found, table), key=f"{dataset}:{key}")
    return replace(_PAGES[found.kind](reader, found), key=f"{dataset}:{key}")
