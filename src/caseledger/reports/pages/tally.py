"""The page of a tally: what its source claims, and beside it what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.reports.pages.action_lines import actions
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.tally_lines import NOT_ADDED, tallies
from caseledger.reports.tallies import MATCHES, Tally, recorded, tallies_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

REST = """
    SELECT t.authority_id, p.id, p.description
      FROM tallies t
      LEFT JOIN tallies p ON p.id = t.part_of_id
     WHERE t.id = :id"""

BY_THE_SOURCE = "SELECT action_id FROM tally_actions WHERE tally_id = :id"

MATCHING = f"""
    SELECT m.action_id FROM ({MATCHES}) m
     WHERE m.tally_id = :id AND m.certain = {{certain}}
       AND m.action_id NOT IN ({BY_THE_SOURCE})"""


def tally_page(reader: Reader, found: Found) -> Page:
    """The claim, what is recorded of it, and which actions those are."""
    citing, given = Citing(reader), {"id": found.id}
    [tally] = tallies_of(reader, "tally_id = :id", given)
    citing.note(NOT_ADDED)
    return Page(
        f"{tally.ref} {tally.sentence}",
        list(_facts(citing, tally)),
        [
            Section("Citations", citing.one_by_one("tally_id", tally.id)),
            Section("Put inside it by the source", _inside(citing, BY_THE_SOURCE, tally)),
            Section(
                "Inside it by its kind, authority, programme and period",
                _inside(citing, MATCHING.format(certain=1), tally),
            ),
            Section(
                "Of its kind, authority and programme, perhaps in its period",
                _inside(citing, MATCHING.format(certain=0), tally),
            ),
            Section("Parts of it", tallies(citing, "part_of = :whole", {"whole": tally.ref})),
        ],
        citing.about,
    )


def _inside(citing: Citing, ids: str, tally: Tally) -> Iterator[str]:
    return actions(citing, f"a.id IN ({ids})", {"id": tally.id})


def _facts(citing: Citing, tally: Tally) -> Iterator[str]:
    authority_id, whole_id, whole = first(citing.reader, REST, {"id": tally.id})
    number = recorded(citing.reader, tally)
    yield f"claimed: {tally.claim} ({tally.description})"
    yield f"recorded: {number or f'no action that is kept here is counted in {tally.unit}'}"
    if tally.authority:
        yield f"authority: O{authority_id} {tally.authority}"
    if tally.program:
        yield f"programme: {tally.program}"
    if tally.period:
        inferred = ", inferred" if tally.period_basis == "inferred" else ""
        yield f"period: {tally.period}{inferred}"
    if whole_id:
        yield f"part of T{whole_id} {whole}"
