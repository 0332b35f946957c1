"""The law of the mirror: it is a function of the set of lists, not of the order of import."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger.db.location import Location
from caseledger.db.reading import reading
from caseledger.ofac import moments
from caseledger.ofac.lists import drop
from tests.ofac.lists import SmallList, mirror, put, sdn

if TYPE_CHECKING:
    from collections.abc import Callable

    from caseledger.ofac.mirror.summary import Imported
    from tests.ofac.lists import Cells

DAYS = [
    "2021-01-01",
    "2021-02-01",
    "2021-02-01T09:30",
    "2021-02-01T16:00",
    "2021-03-01",
    "2021-04-01",
]
"""Three lists came out on one day."""


@st.composite
def small_lists(draw: st.DrawFn) -> SmallList:
    """A list of at most four entries, each of which may come, go, and change in everything."""
    uids = draw(st.lists(st.integers(1, 4), unique=True, min_size=1))
    one_of = st.sampled_from
    entries = [
        sdn(
            uid,
            draw(one_of(["DOE, John", "ROE, Jane"])),
            draw(one_of(["SDNTK", "TCO", "SDNTK] [TCO", "TCO] [SDNTK"])),
            draw(one_of([None, "DOB 1970; ", "DOB 1970; Linked To: UNO."])),
            type_=draw(one_of(["individual", None])),
            title=draw(one_of([None, "Boss"])),
        )
        for uid in uids
    ]

    def some(rows: Callable[[int, int], Cells]) -> list[Cells] | None:
        """Rows in any order, of entries that are there and, fewer, of one that is not."""
        if draw(st.booleans()):
            return None
        there = [(uid, n) for uid in uids for n in (1, 2) if draw(st.booleans())]
        gone = [(5, 1)] if len(there) > 1 and draw(st.booleans()) else []
        return draw(
            st.permutations(
                [rows(*key) for key in there or [(uids[0], 1)]] + [rows(*key) for key in gone]
            )
        )

    def comments() -> list[Cells] | None:
        if draw(st.booleans()):
            return None
        who = draw(st.lists(st.integers(1, 5), unique=True, min_size=1))
        return [(uid, draw(one_of(["POB Tepic.", "POB Leon."]))) for uid in who]

    return SmallList(
        entries,
        some(lambda uid, n: (uid, uid * 10 + n, "aka", draw(one_of(["EL UNO", "EL DOS"])), None)),
        some(lambda uid, n: (uid, uid * 10 + n, draw(one_of([None, "Uno 1"])), None, None, None)),
        comments(),
    )


@pytest.fixture(scope="module")
def empty_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with nothing in it, to be copied."""
    from caseledger.migrations import make

    path = tmp_path_factory.mktemp("law") / "empty.db"
    make(Location(path, None))
    return path


def registry(empty: Path, folder: Path, name: str) -> Location:
    """One of its own."""
    path = folder / name
    shutil.copy(empty, path)
    return Location(path, None)


SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(data=st.data())
def test_the_order_of_import_does_not_matter(empty_copy: Path, data: st.DataObject) -> None:
    """In order; and in any other, with lists taken out, in part put in again: equal mirrors.

    The rows of a file may stand in any order, too.
    """
    lists = dict(
        zip(DAYS, data.draw(st.lists(small_lists(), min_size=1, max_size=6)), strict=False)
    )
    shuffled = data.draw(st.permutations(sorted(lists)))
    dropped = data.draw(st.lists(st.sampled_from(sorted(lists)), unique=True))
    again = data.draw(st.lists(st.sampled_from(dropped), unique=True)) if dropped else []

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_order, other = (registry(empty_copy, folder, letter) for letter in "ab")
        for day in sorted((set(lists) - set(dropped)) | set(again)):
            put(in_order, lists[day], day, folder)
        for day in shuffled:
            put(other, lists[day], day, folder)
        for day in dropped:
            drop(other, day, by="tester")
        for day in again:
            put(other, lists[day], day, folder)

        left, right = mirror(other), mirror(in_order)
        assert left == right
        for empty in (in_order, other):
            for day in sorted((set(lists) - set(dropped)) | set(again)):
                drop(empty, day, by="tester")
            assert not any(mirror(empty).values())


@SLOW
@given(lists=st.lists(small_lists(), min_size=1, max_size=6), seed=st.randoms())
def test_the_spans_are_those_of_the_definition(
    empty_copy: Path, lists: list[SmallList], seed: object
) -> None:
    """The longest runs among the lists that could show a value, worked out the slow way.

    And what an import says is the difference to the list before it, whatever came in already.
    """
    dated = list(zip(DAYS, lists, strict=False))
    shuffled = list(dated)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        location = registry(empty_copy, folder, "a")
        there: list[str] = []
        for day, small in shuffled:
            found = put(location, small, day, folder)
            there.append(day)
            earlier = [old for old in dated if old[0] in there and old[0] < day]
            assert said(found) == difference(earlier[-1][1] if earlier else None, small)

        assert spans_of(location) == {
            kind: runs([(day, shown(small)) for day, small in dated])
            for kind, shown in SHOWN.items()
        }


Runs = dict[object, list[tuple[int, int | None]]]


def runs(shown: list[tuple[str, set[object] | None]]) -> Runs:
    """By value: first and end of each of its runs; a list that could not show it is left out."""
    able = [(moments.number(day), values) for day, values in shown if values is not None]
    found: Runs = defaultdict(list)
    for value in set().union(*(values for _, values in able)):
        start = None
        for version, values in able:
            if value in values and start is None:
                start = version
            elif value not in values and start is not None:
                found[value].append((start, version))
                start = None
        if start is not None:
            found[value].append((start, None))
    return dict(found)


def of(rows: list[Cells] | None, *columns: int, last: bool = False) -> set[object] | None:
    """Some columns of the rows; with `last`, of those whose last one says something."""
    if rows is None:
        return None
    return {tuple(row[c] for c in columns) for row in rows if not last or row[columns[-1]]}


SHOWN: dict[str, Callable[[SmallList], set[object] | None]] = {
    "facts": lambda small: {(r[0], r[2] or "entity", r[4]) for r in small.entries},
    "primary": lambda small: of(small.entries, 0, 1),
    "programs": lambda small: {(r[0], p) for r in small.entries for p in str(r[3]).split("] [")},
    "cells": lambda small: of(small.entries, 0, 11, last=True),
    "names": lambda small: of(small.aliases, 0, 1, 3),
    "addresses": lambda small: of(small.addresses, 0, 1, 2, last=True),
    "comments": lambda small: of(small.comments, 0, 1),
}
"""What a list shows of each kind."""

SELECTS = {
    "facts": "SELECT uid, type, title, since, until FROM ofac_entries",
    "primary": "SELECT uid, name, since, until FROM ofac_names WHERE number = 0",
    "programs": "SELECT uid, program, since, until FROM ofac_programs",
    "cells": "SELECT uid, text, since, until FROM ofac_cells JOIN ofac_texts t ON t.id = text_id",
    "names": "SELECT uid, number, name, since, until FROM ofac_names WHERE number > 0",
    "addresses": "SELECT uid, number, address, since, until FROM ofac_addresses",
    "comments": "SELECT uid, text, since, until FROM ofac_comments",
}


def spans_of(location: Location) -> dict[str, Runs]:
    """The same from the registry."""
    found: dict[str, Runs] = {}
    with reading(location) as reader:
        for kind, select in SELECTS.items():
            by_value: Runs = defaultdict(list)
            for *value, since, until in reader.rows(f"{select} ORDER BY since"):
                by_value[tuple(value)].append((since, until))
            found[kind] = dict(by_value)
    return found


def said(found: Imported) -> dict[str, object]:
    """What an import counts of the main file."""
    fields = {kind: number for kind, number in found.fields.items() if number}
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "fields": fields,
    }


def difference(before: SmallList | None, small: SmallList) -> dict[str, object]:
    """The same, from the lists themselves."""
    old, new = (
        {row[0]: columns(row) for row in (a_list.entries if a_list else [])}
        for a_list in (before, small)
    )
    both = old.keys() & new.keys()
    fields: dict[str, int] = defaultdict(int)
    for uid in both:
        for field, value in new[uid].items():
            fields[field] += value != old[uid][field]
    changed = sum(old[uid] != new[uid] for uid in both)
    return {
        "added": len(new.keys() - old.keys()),
        "removed": len(old.keys() - new.keys()),
        "changed": changed,
        "unchanged": len(both) - changed,
        "fields": {field: number for field, number in fields.items() if number},
    }


def columns(row: Cells) -> dict[str, object]:
    """The fields of an entry that differ in these lists."""
    return {
        "name": row[1],
        "type": row[2],
        "programs": set(str(row[3]).split("] [")),
        "title": row[4],
        "remarks": row[11],
    }
