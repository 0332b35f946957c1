"""Lists of what is there: people, organizations, cases, sources, tallies, what was withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.tallies import tallies_sheet
from caseledger.reports.withdrawn import withdrawn_sheet
from caseledger.sheet import Brief, Sheet

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.sheet import Row

_LISTS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "people": (
        "people",
        "party_id",
        (
            "ref",
            "kind",
            "name",
            "is_named",
            "aliases",
            "people",
            "sex",
            "birth",
            "nationality",
            "suffix",
            "organizations",
            "actions",
            "source",
        ),
        ("ref", "name", "aliases", "people", "organizations", "actions"),
    ),
    "organizations": (
        "organizations_overview",
        "organization_id",
        (
            "ref",
            "name",
            "type",
            "is_named",
            "aliases",
            "faction_of",
            "affiliated",
            "actions",
            "cases",
            "source",
        ),
        ("ref", "name", "type", "aliases", "affiliated", "actions", "cases"),
    ),
    "cases": (
        "cases_overview",
        "case_id",
        ("ref", "title", "docket", "court", "organization", "actions", "source"),
        ("ref", "title", "docket", "organization", "actions"),
    ),
    "sources": (
        "sources_overview",
        "source_id",
        (
            "ref",
            "title",
            "publisher",
            "published",
            "published_basis",
            "url",
            "retrieved",
            "sha256",
            "has_text",
            "citations",
        ),
        ("ref", "title", "publisher", "published", "citations"),
    ),
}
"""Of each list: its view, the id it is ordered by, its columns, and those of a narrow table."""

NAMES = (*_LISTS, "tallies", "withdrawn")
"""What can be listed."""


def listing(reader: Reader, what: str) -> Sheet:
    """A list of everything of a sort, in the order in which it was recorded."""
    if what == "tallies":
        return tallies_sheet(reader)
    if what == "withdrawn":
        return withdrawn_sheet(reader)
    view, key, columns, narrow = _LISTS[what]
    rows = reader.rows(f"SELECT {', '.join(columns)} FROM {view} ORDER BY {key} ASC")
    places = [columns.index(column) for column in narrow]

    def brief(row: Row) -> tuple[str, ...]:
        return tuple("" if row[place] is None else str(row[place]) for place in places)

    return Sheet(what.capitalize(), columns, rows, brief=Brief(narrow, brief))
