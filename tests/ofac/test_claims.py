"""What the lists show stands beside what a source claims: the totals under EO 14059."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import reading
from caseledger.reports.tallies import Recorded, recorded, tallies_of
from tests.ofac.lists import SmallList, put, sdn

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location

TAG = "ILLICIT-DRUGS-EO14059"
NOBODY = sdn(1, "NOBODY", "OTHER")
BEFORE = SmallList([NOBODY])
DECEMBER = SmallList([NOBODY, sdn(2, "DOE, John", TAG), sdn(3, "INVENTED GANG", TAG, type_=None)])
JUNE = SmallList([*DECEMBER.entries, sdn(4, "ROE, Jane", TAG), sdn(5, "ROE, Jim", "SDNTK")])


def under_the_order(location: Location) -> dict[str, Recorded | None]:
    """How much of each claim about the order is recorded, by what is counted."""
    with reading(location) as reader:
        claims = [t for t in tallies_of(reader) if t.program == "EO 14059"]
        return {claim.unit: recorded(reader, claim) for claim in claims}


def test_lists_about_the_period_leave_open_who_was_designated_in_it(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Two years apart: a date between them may fall outside the year that is claimed."""
    before = under_the_order(seeded_registry)
    put(seeded_registry, BEFORE, "2021-07-07", tmp_path)
    put(seeded_registry, JUNE, "2023-06-01", tmp_path)

    assert before == {"people": Recorded(2, 0), "organizations": Recorded(0, 0)}
    assert under_the_order(seeded_registry) == {
        "people": Recorded(2, 2),
        "organizations": Recorded(0, 1),
    }


def test_lists_within_the_period_make_it_certain(seeded_registry: Location, tmp_path: Path) -> None:
    """Under the order alone: SDNTK is another programme, whatever the day."""
    put(seeded_registry, BEFORE, "2021-12-10", tmp_path)
    put(seeded_registry, DECEMBER, "2021-12-16", tmp_path)
    put(seeded_registry, JUNE, "2022-06-01", tmp_path)

    assert under_the_order(seeded_registry) == {
        "people": Recorded(4, 0),
        "organizations": Recorded(1, 0),
    }
