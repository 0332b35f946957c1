"""Spans: what a version that comes in between, or is taken out, does to them.

Of the versions that could show a kind of value, in their order, a value's spans are its longest
runs: `since` the first of a run, `until` the next after it, NULL where there is none. That is a
function of the set of versions. A version touches only the runs that its two neighbours are in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from caseledger.db.direct import Writer
    from caseledger.ofac.mirror.families import Family, Held, Key, Value


class Place(NamedTuple):
    """Where a version comes in: its number, and the one after it that shows the same kind."""

    version: int
    after: int | None


@dataclass(slots=True)
class Edit:
    """What is to be written of one family, and nothing else of it."""

    family: Family
    inserted: list[tuple[Any, ...]] = field(default_factory=list)
    since: list[tuple[Any, ...]] = field(default_factory=list)
    """The new value, then key and old `since`."""
    until: list[tuple[Any, ...]] = field(default_factory=list)
    """The new value, then key and `since`."""
    deleted: list[tuple[Any, ...]] = field(default_factory=list)

    def insert(self, key: Key, since: int, until: int | None, value: Value) -> None:
        """A new span."""
        self.inserted.append((*key, since, until, *value))

    def write(self, writer: Writer) -> None:
        """Write it; what makes room goes first."""
        table, found_by = self.family.table, self.family.found_by
        if self.deleted:
            writer.delete(table, found_by, self.deleted)
        if self.until:
            writer.update(table, ("until",), found_by, self.until)
        if self.since:
            writer.update(table, ("since",), found_by, self.since)
        if self.inserted:
            writer.insert(table, self.family.columns, self.inserted)


@dataclass(slots=True)
class Compared:
    """How a version differs from the one before it: keys, and for a change both values."""

    added: list[Key] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    changed: list[tuple[Key, Value, Value]] = field(default_factory=list)
    missing: list[Key] = field(default_factory=list)
    """In both neighbours, and not here."""


def put_in(
    edit: Edit, compared: Compared, shown: Mapping[Key, Value], held: Iterable[Held], place: Place
) -> None:
    """A version that shows these values comes between its neighbours.

    `held` are the rows whose span covers the version before, or begins at the one after; of the
    keys that `shown` speaks for, all of them.
    """
    version, after = place
    before: dict[Key, Held] = {}
    starting: dict[Key, Held] = {}
    for row in held:
        (starting if row.since == after else before)[row.key] = row
    if not before and not starting:  # as of the first list of all: half a list's time is rows
        compared.added += shown
        edit.inserted += [(*key, version, after, *value) for key, value in shown.items()]
        return
    for key, row in before.items():
        value = shown.get(key)
        if value != row.value:
            _end(edit, row, place)
            if value is not None:
                compared.changed.append((key, row.value, value))
                continue
            compared.removed.append(key)
            if after is not None and (row.until != after or key in starting):
                compared.missing.append(key)
    for key, value in shown.items():
        there = before.get(key)
        if there is None:
            compared.added.append(key)
        elif there.value == value:
            continue
        follower = starting.get(key)
        if follower is not None and follower.value == value:
            edit.since.append((version, *key, follower.since))
        else:
            edit.insert(key, version, after, value)


def _end(edit: Edit, row: Held, place: Place) -> None:
    """The value was shown before, and is not now; it may go on at the version after."""
    edit.until.append((place.version, *row.key, row.since))
    if place.after is not None and row.until != place.after:
        edit.insert(row.key, place.after, row.until, row.value)


def take_out(edit: Edit, held: Iterable[Held], version: int, after: int | None) -> None:
    """A version goes. `held` are the rows that begin or end at it, or begin at the one `after`."""
    ending: list[Held] = []
    starting: dict[Key, Held] = {}
    for row in held:
        if row.until == version:
            ending.append(row)
        elif row.since == version:
            if row.until == after:  # it was shown by this version alone
                edit.deleted.append((*row.key, row.since))
            else:
                edit.since.append((after, *row.key, row.since))
        else:
            starting[row.key] = row
    for row in ending:
        follower = starting.get(row.key)
        if follower is not None and follower.value == row.value:
            edit.deleted.append((*row.key, follower.since))
            edit.until.append((follower.until, *row.key, row.since))
        else:
            edit.until.append((after, *row.key, row.since))
