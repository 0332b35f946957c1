"""A tally stands beside the records that it covers: what a source claims, and what is recorded."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from caseledger import dates
from caseledger.db.location import Location
from caseledger.db.reading import Reader, reading
from caseledger.loading.load import load_file
from caseledger.reports.tallies import (
    COLUMNS,
    Recorded,
    Tally,
    recorded,
    tallies_of,
    tallies_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Caseledger

Record = dict[str, Any]

PARTIES: dict[str, list[Record]] = {
    "source": [{"key": "s", "title": "Example Gazette"}],
    "organization": [
        {"key": "agency", "name": "Example Agency", "type": "agency"},
        {"key": "police", "name": "Example Police", "type": "agency"},
        {"key": "firm", "name": "Example Firm", "type": "company"},
    ],
    "person": [{"key": "ana", "name": "Ana Ejemplo"}, {"key": "beto", "name": "Beto Ejemplo"}],
    "group": [
        {"key": "six", "name": "six people", "people": 6},
        {"key": "several", "name": "several people", "people": "several"},
    ],
}

ARREST: Record = {"authority": "agency", "date": "2021-05-17"}
DESIGNATION: Record = {**ARREST, "program": "EO 14059"}


def arrests(*subjects: str, **fields: Any) -> list[Record]:
    """Arrests of these, by the agency in May 2021 unless said otherwise."""
    return [
        {"key": f"arrest-{number}", "subject": subject, **ARREST, **fields}
        for number, subject in enumerate(subjects)
    ]


def tally(**fields: Any) -> Record:
    """A claim of 26 arrests by the agency in 2021, unless said otherwise."""
    return {
        "key": "t",
        "description": "arrests",
        "count": 26,
        "unit": "arrests",
        "measure": "arrest",
        "authority": "agency",
        "period": "2021",
    } | fields


@contextmanager
def told(file: Path, **records: list[Record]) -> Iterator[Reader]:
    """A registry in which a source tells these records, to read."""
    document = {"dataset": "t", "default_source": "s", **PARTIES, **records}
    location = Location(file, None)
    load_file(location, json.dumps(document), "t.json", by="tester", as_json=True)
    with reading(location) as reader:
        yield reader


def found(file: Path, claim: Record, **records: list[Record]) -> tuple[int, int]:
    """What is recorded of a claim where these records are told: certain, and possibly more."""
    with told(file, tally=[claim], **records) as reader:
        [only] = tallies_of(reader)
        number = recorded(reader, only)
        assert number is not None
        return number.certain, number.possible


def test_the_columns_of_the_list_are_these() -> None:
    """What spreadsheets are built on."""
    assert ",".join(COLUMNS) == (
        "ref,authority,claimed,unit,description,measure,program,period,period_basis,part_of,"
        "recorded,possibly,source,section,phrase"
    )


def test_an_action_of_its_measure_authority_and_period_is_recorded(empty_file: Path) -> None:
    """The source need not say that it is inside."""
    assert found(empty_file, tally(), arrest=arrests("ana", "beto")) == (2, 0)


@pytest.mark.parametrize(
    "fields",
    [{"authority": "police"}, {"date": "2022-01-01"}, {"date": "2020"}, {"authority": None}],
)
def test_an_action_of_another_authority_or_time_is_not(
    empty_file: Path, fields: dict[str, Any]
) -> None:
    """Nor is one of which nobody says who did it."""
    [told_of] = arrests("ana", **fields)
    arrest = {name: value for name, value in told_of.items() if value is not None}

    assert found(empty_file, tally(), arrest=[arrest]) == (0, 0)


def test_an_action_of_another_kind_is_not(empty_file: Path) -> None:
    """Charged is not arrested."""
    charges = [{"key": "c", "subject": "ana", **ARREST}]

    assert found(empty_file, tally(), charge=charges) == (0, 0)


def test_a_tally_without_an_authority_matches_nothing(empty_file: Path) -> None:
    """Whose arrests they are the source does not say: ours may be anyone's."""
    claim = tally()
    del claim["authority"]

    assert found(empty_file, claim, arrest=arrests("ana")) == (0, 0)


def test_what_the_source_puts_inside_is_inside_whatever_it_matches(empty_file: Path) -> None:
    """Another authority, another time, or no authority at all."""
    claim = tally(inside=["arrest-0", "arrest-1"])
    inside = arrests("ana", "beto", authority="police", date="2019")

    assert found(empty_file, claim, arrest=inside) == (2, 0)


def test_what_is_inside_and_matches_too_is_recorded_once(empty_file: Path) -> None:
    """And for certain, even where its date alone would leave that open."""
    claim = tally(inside=["arrest-0"], period="2021-05")

    assert found(empty_file, claim, arrest=arrests("ana", date="2021")) == (1, 0)


def test_without_a_measure_only_what_is_inside_is_recorded(empty_file: Path) -> None:
    """What the total counts is none of our kinds."""
    claim = tally(unit="people", inside=["arrest-1"])
    del claim["measure"]

    assert found(empty_file, claim, arrest=arrests("ana", "beto")) == (1, 0)


def test_an_arrest_of_six_is_six_arrests_and_a_second_one_six_more(empty_file: Path) -> None:
    """Arrests are compared with arrests."""
    told_of = arrests("six", "six", "ana")

    assert found(empty_file, tally(), arrest=told_of) == (13, 0)


def test_people_are_compared_with_people(empty_file: Path) -> None:
    """Six who were arrested twice are six."""
    claim = tally(unit="people")

    assert found(empty_file, claim, arrest=arrests("six", "six", "ana")) == (7, 0)


def test_a_person_who_is_certain_is_not_possible_besides(empty_file: Path) -> None:
    """One arrest in the period and another that may be in it are one person for certain."""
    claim = tally(unit="people", period="2021-05")
    both = [*arrests("ana"), {**arrests("ana", date="2021")[0], "key": "again"}]

    assert found(empty_file, claim, arrest=both) == (1, 0)


def test_organizations_and_people_are_told_apart(empty_file: Path) -> None:
    """A designation of a firm is none of the individuals, and none of the people is an entity."""
    designations = [
        {"key": f"d-{subject}", "subject": subject, **DESIGNATION} for subject in ("ana", "firm")
    ]
    claims = [
        tally(key=unit, measure="designation", unit=unit) for unit in ("people", "organizations")
    ]

    with told(empty_file, tally=claims, designation=designations) as reader:
        assert [recorded(reader, claim) for claim in tallies_of(reader)] == [Recorded(1, 0)] * 2


@pytest.mark.parametrize(
    ("claimed", "recorded_under", "number"),
    [
        ("EO 14059", "EO 14059", 1),
        ("EO 14059", "eo14059", 1),
        ("EO 14059", "SDNTK", 0),
        ("EO 14059", None, 0),
        (None, "SDNTK", 1),
    ],
)
def test_a_tally_that_names_a_programme_covers_that_one(
    empty_file: Path, claimed: str | None, recorded_under: str | None, number: int
) -> None:
    """Spacing and case aside; one that names none covers all."""
    designation = {"key": "d", "subject": "ana", **ARREST}
    claim = tally(measure="designation", unit="people")
    if recorded_under:
        designation["program"] = recorded_under
    if claimed:
        claim["program"] = claimed

    assert found(empty_file, claim, designation=[designation]) == (number, 0)


def test_words_without_a_number_add_none(empty_file: Path) -> None:
    """Several people were arrested: how many is not made up."""
    assert found(empty_file, tally(), arrest=arrests("several", "ana")) == (1, 0)


def test_more_recorded_than_claimed_is_shown_too(empty_file: Path) -> None:
    """The numbers need not agree."""
    assert found(empty_file, tally(count=1), arrest=arrests("six")) == (6, 0)


@pytest.mark.parametrize("unit", ["warrants", "tips"])
def test_of_what_no_action_is_nothing_is_recorded(empty_file: Path, unit: str) -> None:
    """A warrant is not an arrest: not "0 recorded", but nothing of the kind."""
    claim = tally(unit=unit)
    del claim["measure"]

    with told(empty_file, tally=[claim], arrest=arrests("ana")) as reader:
        [only] = tallies_of(reader)
        assert recorded(reader, only) is None


_DATES = (
    *("2020", "2021", "2022", "2021-05", "2021-05-17", "2021-06", "2020-12-31"),
    *("[2021-04..2021-05]", "[2021-05-17..2022]", "[..2020]", "[..2021-05]", "[2021-06..]"),
)
_PERIODS = ("2021", "2021-05", "2021-05-17", "2020/2021-05", "2021-05/..", "../2021-05-16", "2019")


def test_the_period_of_a_tally_is_that_of_a_report(empty_file: Path) -> None:
    """So many wholly inside it, so many more that may be: as `dates` has it, for every form."""
    told_of = [
        {"key": f"a{number}", "subject": "ana", "authority": "agency", "date": date}
        for number, date in enumerate(_DATES)
    ]
    undated = {"key": "undated", "subject": "ana", "authority": "agency"}
    claims = [tally(key=period, period=period) for period in _PERIODS]
    points = [dates.point(date) for date in _DATES]
    bounds = [(point.earliest, point.latest) for point in points] + [(None, None)]

    with told(empty_file, tally=claims, arrest=[*told_of, undated]) as reader:
        for claim, period in zip(tallies_of(reader), _PERIODS, strict=True):
            whole = dates.extent(period)
            wholly = sum(dates.falls_wholly(*b, whole.earliest, whole.latest) for b in bounds)
            may = sum(dates.may_fall(*b, whole.earliest, whole.latest) for b in bounds)

            assert recorded(reader, claim) == Recorded(wholly, may - wholly), period


def test_without_a_period_every_date_is_inside(empty_file: Path) -> None:
    """A total of all time holds the undated too."""
    claim = tally()
    del claim["period"]
    undated = {"key": "undated", "subject": "ana", "authority": "agency"}

    assert found(empty_file, claim, arrest=[undated]) == (1, 0)


def _claim(**fields: Any) -> Tally:
    """A tally of 26 designations of people."""
    columns: dict[str, Any] = {
        "id": 1,
        "ref": "T1",
        "description": "individuals designated",
        "unit": "people",
        "measure": "designation",
        "qualifier": "exactly",
        "minimum": 26,
        "maximum": 26,
        "words": None,
        "period": None,
        "period_basis": None,
        "authority": "OFAC",
        "program": "EO 14059",
    }
    return Tally(**columns | fields)


@pytest.mark.parametrize(
    ("fields", "claim"),
    [
        ({}, "26"),
        ({"qualifier": "over", "maximum": None}, "over 26"),
        ({"qualifier": "about"}, "about 26"),
        ({"maximum": 30}, "26-30"),
        ({"qualifier": "about", "maximum": 30}, "about 26-30"),
        (
            {"qualifier": "words", "minimum": None, "maximum": None, "words": "several dozen"},
            "several dozen",
        ),
    ],
)
def test_a_claim_is_no_more_exact_than_the_source(fields: dict[str, Any], claim: str) -> None:
    """A number, more than it, about it, a range, or the words as printed."""
    assert _claim(**fields).claim == claim


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "OFAC designated 26 individuals under EO 14059"),
        ({"program": None}, "OFAC designated 26 individuals"),
        ({"unit": "organizations"}, "OFAC designated 26 entities under EO 14059"),
        (
            {"unit": "organizations", "minimum": 1, "maximum": 1, "program": None},
            "OFAC designated 1 entity",
        ),
        ({"measure": "delisting"}, "OFAC delisted 26 individuals under EO 14059"),
        ({"measure": "arrest", "program": None}, "OFAC arrested 26 individuals"),
        ({"measure": "charge"}, "OFAC: 26 individuals designated"),
        ({"authority": None}, "26 individuals designated"),
        ({"unit": "tips", "measure": None}, "OFAC: 26 individuals designated"),
    ],
)
def test_a_tally_is_one_sentence(fields: dict[str, Any], sentence: str) -> None:
    """Who did what to how many, where that can be said; else in the terms of the source."""
    assert _claim(**fields).sentence == sentence


@pytest.mark.parametrize(
    ("number", "here"),
    [
        (Recorded(0, 0), "0 recorded in this registry"),
        (Recorded(2, 0), "2 recorded in this registry"),
        (Recorded(1, 2), "1 recorded in this registry, and 2 more that may be in it"),
    ],
)
def test_what_may_be_in_a_tally_is_told_apart_from_what_is(number: Recorded, here: str) -> None:
    """The two are never added."""
    assert number.here == here


def test_a_total_is_told_with_its_parts_and_its_source(empty_file: Path) -> None:
    """One row each, none of them summed up."""
    claims = [
        tally(citation={"section": "Totals", "phrase": "26 arrests"}),
        tally(key="part", count=4, part_of="t"),
    ]
    with told(empty_file, tally=claims) as reader:
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in tallies_sheet(reader).rows]

    assert [(row["ref"], row["claimed"], row["part_of"]) for row in rows] == [
        ("T1", "26", None),
        ("T2", "4", "T1"),
    ]
    assert (rows[0]["source"], rows[0]["section"], rows[0]["phrase"]) == (
        *("S1", "Totals"),
        "26 arrests",
    )


def test_a_table_of_tallies_sets_the_recorded_beside_the_claimed(seeded: Caseledger) -> None:
    """In one line of what is claimed: by whom, how much of what, of which total it is a part."""
    lines = seeded("list", "tallies").lines

    assert lines[2].split() == ["ref", "claim", "period", "recorded", "source"]
    first = " ".join(lines[4].split())
    assert first == (
        "T1 OFAC: 26 individuals designated under EO 14059 2021-10/2022-10-13, inferred 2 S1"
    )
    assert "4 tips related to ongoing HSI investigations (of T7)" in lines[11]
