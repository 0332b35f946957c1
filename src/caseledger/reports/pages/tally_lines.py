"""Totals that sources claim, a line each, with what is recorded of them beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.tallies import claimed_and_recorded, tallies_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

NOT_ADDED = "A total is not added to the records that it contains."


def tallies(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """The tallies that meet a condition on `tallies_overview`."""
    found = tallies_of(citing.reader, where, given)
    cited = citing.of("tally_id", [tally.id for tally in found])
    for tally in found:
        citing.note(NOT_ADDED)
        yield f"{tally.ref} {claimed_and_recorded(citing.reader, tally)}{cited[tally.id]}"
