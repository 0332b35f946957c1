"""The page of a case: an operation or a docket, and every action in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.reports.pages.action_lines import actions
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.page import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

CASE = "SELECT docket, court, organization_id, organization FROM cases_overview WHERE case_id = :id"

TIES_NOBODY = "That a case concerns an organization ties none of the people in it to that one."


def case_page(reader: Reader, found: Found) -> Page:
    """What a case is, what it concerns, and what was done in it."""
    citing, given = Citing(reader), {"id": found.id}
    return Page(
        str(found),
        list(_facts(citing, found)),
        [
            Section("Actions", actions(citing, "a.case_id = :id", given)),
            Section("Citations", citing.one_by_one("case_id", found.id)),
        ],
        citing.about,
    )


def _facts(citing: Citing, found: Found) -> Iterator[str]:
    docket, court, organization_id, organization = first(citing.reader, CASE, {"id": found.id})
    if docket:
        yield f"docket: {docket}"
    if court:
        yield f"court: {court}"
    if organization_id:
        citing.note(TIES_NOBODY)
        yield f"concerns O{organization_id} {organization}"
