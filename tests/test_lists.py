"""Lists: everything of a sort, in the order in which it was recorded, with references."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from caseledger.errors import ExitCode
from caseledger.reports.lists import NAMES

if TYPE_CHECKING:
    from tests.support import Caseledger

SECOND = Path(__file__).parent / "data" / "second-source.toml"

COLUMNS = {
    "people": (
        "ref,kind,name,is_named,aliases,people,sex,birth,nationality,suffix,organizations,"
        "actions,source"
    ),
    "organizations": "ref,name,type,is_named,aliases,faction_of,affiliated,actions,cases,source",
    "cases": "ref,title,docket,court,organization,actions,source",
    "sources": (
        "ref,title,publisher,published,published_basis,url,retrieved,sha256,has_text,citations"
    ),
    "tallies": (
        "ref,authority,claimed,unit,description,measure,program,period,period_basis,part_of,"
        "recorded,possibly,source,section,phrase"
    ),
    "withdrawn": "ref,what,name,withdrawn,reason,recorded,recorded_by",
}
"""What spreadsheets are built on."""

NUMBERS = {
    "people": 19,
    "organizations": 19,
    "cases": 3,
    "sources": 1,
    "tallies": 9,
    "withdrawn": 0,
}
"""Of the seed, where 15 people, named or not, and 4 groups are `people`."""


@pytest.fixture
def both(seeded: Caseledger) -> Caseledger:
    """The program on a registry with both sources in it."""
    assert seeded("load", str(SECOND)).code == ExitCode.DONE
    return seeded


def listed(program: Caseledger, what: str) -> dict[str, dict[str, Any]]:
    """The rows of a list, by name or title."""
    ran = program("list", what, "--format", "json")
    assert ran.code == ExitCode.DONE, ran.err
    return {row.get("name") or row.get("title"): row for row in json.loads(ran.out)["rows"]}


def test_every_list_is_tried_here() -> None:
    """A new one belongs in these tests."""
    assert set(NAMES) == set(COLUMNS) == set(NUMBERS)


@pytest.mark.parametrize("what", NAMES)
def test_a_list_has_these_columns_and_a_row_for_each(seeded: Caseledger, what: str) -> None:
    """In a CSV, by reference in the order of recording."""
    ran = seeded("list", what, "--format", "csv")
    heading, *rows = csv.reader(io.StringIO(ran.out, newline=""))
    numbers = [int(row[0][1:]) for row in rows]

    assert ",".join(heading) == COLUMNS[what]
    assert len(rows) == NUMBERS[what]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("what", NAMES)
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_list_is_read_as_a_page_too(seeded: Caseledger, what: str, form: str) -> None:
    """Each record on a line with its reference."""
    ran = seeded("list", what, "--format", form)
    letters = {"people": "PG", "sources": "S"}.get(what, what[0].upper())
    lines = [line.lstrip("| ") for line in ran.lines]
    rows = [line for line in lines if line[:1] in letters and line[1:2].isdigit()]

    assert ran.code == ExitCode.DONE
    assert len(rows) == NUMBERS[what]


def test_what_cannot_be_listed_is_wrong_usage(seeded: Caseledger) -> None:
    """The sentence says what can."""
    ran = seeded("list", "cartels")

    assert ran.code == ExitCode.USAGE
    assert "people, organizations, cases, sources, tallies" in ran.err


def test_people_are_listed_named_or_not_and_groups_with_their_headcount(
    both: Caseledger,
) -> None:
    """One human is one; words carry no number."""
    people = listed(both, "people")

    for name, kind, is_named, number in (
        ("Fulano Inventado García", "person", 1, 1),
        ("Nombrado Después, Jr.", "person", 1, 1),
        ("first individual convicted under the Bipartisan Safer Communities Act", "person", 0, 1),
        ("four dockers", "group", 0, 4),
        ("several lookouts", "group", 0, None),
    ):
        row = people[name]
        assert (row["kind"], row["is_named"], row["people"]) == (kind, is_named, number)
    assert people["Nombrado Después, Jr."]["suffix"] == "Jr."


def test_a_person_is_listed_with_every_organization(both: Caseledger) -> None:
    """One for each affiliation, in the order of a report."""
    fulano = listed(both, "people")["Fulano Inventado García"]

    assert fulano["organizations"] == (
        "Example Cartel; Example Cartel; Example Faction; Example Shipping, S.A. de C.V."
    )
    assert (fulano["aliases"], fulano["sex"], fulano["actions"]) == ("El Muestra", "male", 3)


def test_an_organization_is_listed_with_what_it_is_a_faction_of(both: Caseledger) -> None:
    """And with how much is told of it; someone with two affiliations is one who is affiliated."""
    organizations = listed(both, "organizations")

    assert organizations["Example Faction"]["faction_of"] == "Example Cartel"
    assert organizations["Example Cell"]["faction_of"] == "Example Faction"
    cartel = organizations["Example Cartel"]
    assert (cartel["affiliated"], cartel["actions"], cartel["cases"]) == (4, 1, 1)
    assert cartel["aliases"] == "Example Syndicate; EXC"


def test_a_case_is_listed_with_the_organization_that_it_concerns(both: Caseledger) -> None:
    """Where it concerns one."""
    cases = listed(both, "cases")

    assert cases["Painted stalls scheme"]["organization"] == "Example Cartel"
    assert cases["Painted stalls scheme"]["docket"] == "EX-2021-08"
    assert cases["Operation Example Ferry"]["organization"] is None
    assert cases["Operation Example Ferry"]["actions"] == 4


def test_a_source_is_listed_with_how_its_date_is_known(both: Caseledger) -> None:
    """And how often it is cited."""
    bulletin = listed(both, "sources")["Example Bulletin, no. 7"]

    assert (bulletin["published"], bulletin["published_basis"]) == ("2023", "inferred")
    assert (bulletin["citations"], bulletin["has_text"]) == (4, 0)


def test_what_was_withdrawn_is_in_no_list(both: Caseledger) -> None:
    """Nor counted in another row of one."""
    prima = listed(both, "people")["Prima Ficticia"]["ref"]
    with closing(sqlite3.connect(both.db)) as connection:
        [arrest] = connection.execute("SELECT id FROM actions WHERE key = 'arrest-prima'")
        [kin] = connection.execute("SELECT id FROM kinships WHERE relation = 'cousin of'")

    for reference in (f"A{arrest[0]}", f"K{kin[0]}", prima):
        ran = both("withdraw", reference, "--reason", "never told")
        assert ran.code == ExitCode.DONE, ran.err

    assert "Prima Ficticia" not in listed(both, "people")


def test_an_empty_registry_lists_nothing_and_says_so(empty: Caseledger) -> None:
    """In a CSV the columns alone."""
    assert empty("list", "people", "--format", "csv").lines == [COLUMNS["people"]]
    assert "Nothing recorded." in empty("list", "people").out
