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
from caseledger.ofac.mirror.dropping import drop
from tests.ofac.lists import SmallList, mirror, put, sdn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ofac.lists import Cells

DAYS = [f"2021-0{month}-01" for month in range(1, 7)]


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
            title=draw(one_of([None, "Boss"])),
        )
        for uid in uids
    ]

    def some(rows: Callable[[int], Cells]) -> list[Cells] | None:
        if draw(st.booleans()):
            return None
        return [rows(uid) for uid in uids if draw(st.booleans())] or [rows(uids[0])]

    return SmallList(
        entries,
        some(lambda uid: (uid, uid * 10, "aka", draw(one_of(["EL UNO", "EL DOS"])), None)),
        some(lambda uid: (uid, uid * 10, draw(one_of([None, "Uno 1"])), None, None, None)),
        some(lambda uid: (uid, draw(one_of(["POB Tepic.", "POB Leon."])))),
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
    """In order, and in any other order with lists that are taken out again: equal mirrors."""
    lists = dict(
        zip(DAYS, data.draw(st.lists(small_lists(), min_size=1, max_size=5)), strict=False)
    )
    shuffled = data.draw(st.permutations(sorted(lists)))
    dropped = data.draw(st.sets(st.sampled_from(sorted(lists))))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_order, other = (registry(empty_copy, folder, letter) for letter in "ab")
        for day in sorted(set(lists) - dropped):
            put(in_order, lists[day], day, folder)
        for day in shuffled:
            put(other, lists[day], day, folder)
        for day in sorted(dropped, reverse=True):
            drop(other, day)

        assert mirror(other) == mirror(in_order)


@SLOW
@given(lists=st.lists(small_lists(), min_size=1, max_size=5), seed=st.randoms())
def test_the_spans_are_those_of_the_definition(
    empty_copy: Path, lists: list[SmallList], seed: object
) -> None:
    """The longest runs among the lists that could show a value, worked out the slow way."""
    dated = list(zip(DAYS, lists, strict=False))
    shuffled = list(dated)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        location = registry(empty_copy, folder, "a")
        for day, small in shuffled:
            put(location, small, day, folder)

        assert spans_of(location) == {
            "names": runs([(day, aliases(small)) for day, small in dated]),
            "programs": runs([(day, programs(small)) for day, small in dated]),
            "addresses": runs([(day, addresses(small)) for day, small in dated]),
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


def aliases(small: SmallList) -> set[object] | None:
    """What the file of aliases shows."""
    return None if small.aliases is None else {(row[0], row[3]) for row in small.aliases}


def programs(small: SmallList) -> set[object]:
    """Every programme of every entry."""
    return {(row[0], tag) for row in small.entries for tag in str(row[3]).split("] [")}


def addresses(small: SmallList) -> set[object] | None:
    """Addresses that say something."""
    return None if small.addresses is None else {(r[0], r[2]) for r in small.addresses if r[2]}


def spans_of(location: Location) -> dict[str, Runs]:
    """The same from the registry."""
    selects = {
        "names": "SELECT uid, name, since, until FROM ofac_names WHERE number > 0",
        "programs": "SELECT uid, program, since, until FROM ofac_programs",
        "addresses": "SELECT uid, address, since, until FROM ofac_addresses",
    }
    found: dict[str, Runs] = {}
    with reading(location) as reader:
        for kind, select in selects.items():
            by_value: Runs = defaultdict(list)
            for uid, value, since, until in reader.rows(f"{select} ORDER BY since"):
                by_value[uid, value].append((since, until))
            found[kind] = dict(by_value)
    return found
