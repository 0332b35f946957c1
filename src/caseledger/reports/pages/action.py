"""The page of an action: everything said of it, a line each, and every citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.actions import NO_FINDING
from caseledger.reports.pages.action_lines import read
from caseledger.reports.pages.affiliations import of_party
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.ending import endings
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.tally_lines import tallies
from caseledger.reports.tallies import MATCHES

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

SUBJECT = "f.party_id = (SELECT subject_id FROM actions WHERE id = :id)"
CONTAINING = f"tally_id IN (SELECT m.tally_id FROM ({MATCHES}) m WHERE m.action_id = :id)"


def action_page(reader: Reader, found: Found) -> Page:
    """What was done, what ended it, every citation, and the totals that contain it."""
    citing, given = Citing(reader), {"id": found.id}
    action = read(reader, [found.id])[found.id]
    ends = endings(reader, [found.id]).get(found.id, ())
    citing.note(NO_FINDING)
    return Page(
        f"{action.ref} {action.what}",
        [f"date: {action.when}", *action.parts(), *ends],
        [
            Section("Citations", citing.one_by_one("action_id", found.id)),
            Section(f"Affiliations of {action.subject_ref}", of_party(citing, SUBJECT, given)),
            Section("Totals that contain it, or may", tallies(citing, CONTAINING, given)),
        ],
        citing.about,
    )
