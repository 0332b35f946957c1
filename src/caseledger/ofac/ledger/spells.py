"""How long an entry stood under a programme: from tags to designations and delistings."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from caseledger import dates, programs
from caseledger.ofac import moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.dates import Interval
    from caseledger.ofac.ledger.listed import Stretch


class Spell(NamedTuple):
    """An entry under one programme, from a list to another."""

    key: str
    """The programme, whatever its tag, and which of its spells under it."""
    program: str
    """As printed when it was designated."""
    last: str
    """As printed last."""
    since: int
    until: int | None


def spells(stretches: Sequence[Stretch]) -> list[Spell]:
    """The spells of one entry; a tag that was only renamed goes on."""
    if len(stretches) == 1:  # as nearly all
        (one,) = stretches
        key = f"{programs.key(one.value)}/1"
        return [Spell(key, one.value, one.value, one.since, one.until)]
    by_program: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_program[programs.key(stretch.value)].append(stretch)
    found: list[Spell] = []
    for program, same in by_program.items():
        runs: list[list[Stretch]] = []
        for stretch in sorted(same, key=lambda s: (s.since, s.value)):
            if runs and _touches(runs[-1], stretch.since):
                runs[-1].append(stretch)
            else:
                runs.append([stretch])
        for number, run in enumerate(runs, 1):
            ends = [stretch.until for stretch in run]
            until = None if None in ends else max(end for end in ends if end is not None)
            last = max(run, key=lambda s: (s.until is None, s.until or 0, s.since, s.value))
            key = f"{program}/{number}"
            found.append(Spell(key, run[0].value, last.value, run[0].since, until))
    return found


def _touches(run: list[Stretch], since: int) -> bool:
    return any(stretch.until is None or stretch.until >= since for stretch in run)


def standing(stretches: Sequence[Stretch], version: int) -> list[str]:
    """The programmes that a list prints for an entry."""
    return sorted(
        s.value for s in stretches if s.since <= version and (s.until is None or version < s.until)
    )


class Calendar:
    """The days of the lists: what is known of a change between two of them."""

    def __init__(self, versions: Sequence[int]) -> None:
        self._versions = versions
        self._known: dict[int, Interval] = {}

    def before(self, version: int) -> int | None:
        """The list before one."""
        place = bisect_left(self._versions, version)
        return self._versions[place - 1] if place else None

    def change(self, version: int) -> Interval:
        """When something changed that this list is the first to show.

        From the day of the list before, which may have been taken before the change on that day,
        to the day of this one; of the first list of all, on or before its day.
        """
        if version not in self._known:
            before = self.before(version)
            self._known[version] = dates.point_of(
                None if before is None else moments.day_of(before), moments.day_of(version)
            )
        return self._known[version]
