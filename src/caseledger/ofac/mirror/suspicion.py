"""Signs that a list is cut or mistaken. It must never delist anyone: we stop and ask.

The measures are those of some three hundred real daily lists: in 295 real steps the highest number
never fell, and the largest loss in one of them was 1.64 per cent of the entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseledger.ofac import moments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.ofac.mirror.families import Key
    from caseledger.ofac.mirror.versions import Version

A_MONTH = 31
WITHIN_A_MONTH = 3
"""Per cent of the entries that may go within a month."""
OVER_LONGER = 10
"""Per cent of the entries that may go in any time."""
SOME_NAMES = 10
"""Fewer names than these may end at any time: entries are corrected."""


@dataclass(slots=True)
class Signs:
    """What was seen of a list as it was put in between its neighbours."""

    version: int
    highest: int = 0
    entries: int = 0
    said: int | None = None
    """How many entries it says that it has."""
    removed: int = 0
    missing: list[int] = field(default_factory=list)
    """Entries that both neighbours have, and this list has not."""
    without_address: list[int] = field(default_factory=list)
    """Entries that the list before had, and that have no address row here."""
    lost_names: int = 0
    """Names gone of entries that are still listed."""
    lost_at_end: int = 0
    """Those among them whose entry comes after the last that the file of names speaks of."""
    beyond: dict[str, int] = field(default_factory=dict)
    """Entries after the last of the main file that another file speaks of."""
    lost_after: int = 0
    """Entries that it has and the list after has not."""
    closed: Mapping[str, int | None] = field(default_factory=dict)

    def note_lost_names(self, gone: Sequence[Key], listed: set[int], last: int) -> None:
        """Of the names that a list with a file of names no longer has."""
        of = [uid for uid, _ in gone if uid in listed]
        self.lost_names = len(of)
        self.lost_at_end = sum(uid > last for uid in of)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a list is measured by."""

    before: Version | None
    after: Version | None
    named: Version | None
    """The last one before it that had a file of names."""
    unaddressed: int | None
    """How many entries had no address row in the last one before it that can tell."""
    closed: Mapping[str, int | None]
    """Whether each file had its closing 0x1A when it was last given."""


def reasons(signs: Signs, beside: Neighbours) -> list[str]:
    """Why it may be cut or mistaken, a sentence each; nothing where it looks like a whole list."""
    before, after = beside.before, beside.after
    found: list[str] = []
    if before:
        if signs.highest < before.highest:
            found.append(
                f"its highest number, {signs.highest}, is below that of the list of "
                f"{before.published}, {before.highest}"
            )
        found += _loss(signs.removed, before.entries, before, signs.version - before.id, "before")
        if beside.unaddressed is not None and len(signs.without_address) > beside.unaddressed:
            found.append(
                "entries that the list before had have no address row: "
                f"{_some(signs.without_address)}"
            )
        found += [
            f"{kind} are given of {number} entries after its last, {signs.highest}: "
            "the main file may be cut"
            for kind, number in signs.beyond.items()
            if number
        ]
    if beside.named:
        found += _lost_names(signs, beside.named)
    if after:
        if after.highest < signs.highest:
            found.append(
                f"its highest number, {signs.highest}, is above that of the later list of "
                f"{after.published}, {after.highest}"
            )
        own = signs.lost_after + after.entries
        found += _loss(signs.lost_after, own, after, after.id - signs.version, "after")
    found += [
        f"it says that it has {signs.said} entries and has {signs.entries}; the list of "
        f"{other.published} has {other.entries}"
        for other in (before, after)
        if other and _is_excerpt(signs, other)
    ]
    if signs.missing:
        found.append(
            f"entries that the lists before and after have are missing: {_some(signs.missing)}"
        )
    found += [
        f"the closing 0x1A is missing from {part}, and the list before had it"
        for part, closed in signs.closed.items()
        if closed == 0 and beside.closed.get(part) == 1
    ]
    return found


def _is_excerpt(signs: Signs, beside: Version) -> bool:
    """Whether, by its own word, there is more to the list than the file has, as beside it."""
    wants = signs.said is not None and signs.said > signs.entries
    return wants and beside.entries * (100 - OVER_LONGER) > signs.entries * 100


def _lost_names(signs: Signs, before: Version) -> list[str]:
    """A file of names that is cut ends them: those of the last entries, or too many at once."""
    days = (signs.version - before.id) / moments.MINUTES_A_DAY
    limit = WITHIN_A_MONTH if days <= A_MONTH else OVER_LONGER
    found = []
    if signs.lost_at_end >= SOME_NAMES:
        found.append(
            f"{signs.lost_at_end} names of the last entries would end: the file of names may be cut"
        )
    elif signs.lost_names >= SOME_NAMES and signs.lost_names * 100 > before.names * limit:
        found.append(
            f"{signs.lost_names} of {before.names} names would end, of entries that are still "
            f"listed; more than {limit} % is no real step"
        )
    return found


def _loss(lost: int, of: int, beside: Version, minutes: int, side: str) -> list[str]:
    days = minutes / moments.MINUTES_A_DAY
    limit = WITHIN_A_MONTH if days <= A_MONTH else OVER_LONGER
    if not of or lost * 100 <= of * limit:
        return []
    verb = "would go" if side == "before" else "would have gone"
    return [
        (
            f"{lost} of {of} entries {verb} in {days:.0f} days (the list {side} is of "
            f"{beside.published}); more than {limit} % is no real step"
        )
    ]


def _some(uids: Sequence[int]) -> str:
    first = ", ".join(map(str, sorted(uids)[:5]))
    return f"{first} and {len(uids) - 5} more" if len(uids) > 5 else first
