"""What a file cannot say, though each of its records can be read."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from caseledger.db.location import Location
from caseledger.errors import ProblemsError
from caseledger.loading import load_file

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
dataset = "d"
default_source = "s"
[[source]]
key = "s"
title = "Invented bulletin"
[[organization]]
key = "gang"
name = "Los Ejemplos"
[[person]]
key = "ana"
name = "Ana Inventada"
[[person]]
key = "beto"
name = "Beto Inventado"
[[person]]
key = "carla"
name = "Carla Inventada"
"""

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


def reasons(location: Location, text: str) -> list[str]:
    """Everything that is wrong with a file; nothing where it is loaded."""
    try:
        load_file(location, text, "file.toml", by="tester", as_json=False)
    except ProblemsError as error:
        return [problem.reason for problem in error.problems]
    return []


def group(*members: str, more: str = "") -> str:
    """Two lookouts."""
    counted = ", ".join(f'"{member}"' for member in members)
    return (
        f'[[group]]\nkey = "two"\nname = "two lookouts"\npeople = 2\nmembers = [{counted}]\n{more}'
    )


def test_an_organization_is_not_arrested(empty_registry: Location) -> None:
    """Neither one of the file nor one that is there."""
    arrest = '[[arrest]]\nkey = "a"\nsubject = "gang"\n'
    said = ["subject: that is an organization, which cannot be arrested"]

    assert reasons(empty_registry, HEAD + arrest) == said
    assert reasons(empty_registry, HEAD) == []
    assert reasons(empty_registry, HEAD + arrest) == said


def test_nothing_happened_tomorrow(empty_registry: Location) -> None:
    """A date wholly in the future is none of an action."""
    text = f'[[arrest]]\nkey = "a"\nsubject = "ana"\ndate = "{TOMORROW}"\n'

    assert reasons(empty_registry, HEAD + text) == [
        f"date: {TOMORROW} is still to come; an action is something that was done"
    ]


def test_an_organization_is_no_member_of_a_group(empty_registry: Location) -> None:
    """A group is people."""
    assert reasons(empty_registry, HEAD + group("ana", "gang")) == [
        "members: an organization is nobody who could be counted in a group"
    ]


def test_a_group_has_no_more_people_known_than_it_has(empty_registry: Location) -> None:
    """Told from either end, and of people who come later."""
    assert reasons(empty_registry, HEAD + group("ana", "beto", "carla")) == [
        "3 people would be counted in a group of 2"
    ]
    assert reasons(empty_registry, HEAD + group("ana", "beto")) == []
    third = '[[person]]\nkey = "dario"\nname = "Dario Inventado"\ncounted_in = ["two"]\n'
    assert reasons(empty_registry, HEAD + group("ana", "beto") + third) == [
        "3 people would be counted in a group of 2"
    ]


def test_at_least_two_may_be_three(empty_registry: Location) -> None:
    """Only an exact number is a limit."""
    more = 'qualifier = "at least"\n'

    assert reasons(empty_registry, HEAD + group("ana", "beto", "carla", more=more)) == []


def test_a_chain_of_totals_loads_in_its_length(empty_registry: Location) -> None:
    """Ten thousand totals, each a part of the next, stand in the file before what they refer to."""
    number = 10_000
    chain = "".join(
        f'[[tally]]\nkey = "t{n}"\ndescription = "arrests {n}"\ncount = 1\nunit = "arrests"\n'
        + (f'part_of = "t{n + 1}"\n' if n < number - 1 else "")
        for n in range(number)
    )
    started = time.process_time()

    assert reasons(empty_registry, HEAD + chain) == []
    assert time.process_time() - started < 15


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_total_is_no_part_of_itself(empty_file: Path, length: int) -> None:
    """By way of others or not; one that only leads into the circle is not blamed."""
    circle = "".join(
        f'[[tally]]\nkey = "t{n}"\ndescription = "arrests"\ncount = 1\nunit = "arrests"\n'
        f'part_of = "t{(n + 1) % length}"\n'
        for n in range(length)
    )
    into = '[[tally]]\nkey = "x"\ndescription = "x"\ncount = 1\nunit = "arrests"\npart_of = "t0"\n'

    found = reasons(Location(empty_file, None), HEAD + circle + into)

    assert found == ["a tally cannot be a part of itself"] * length


def test_a_wrong_dataset_is_the_only_thing_told(empty_file: Path) -> None:
    """Not that every record of the file is somebody else's, or cites no source."""
    location = Location(empty_file, None)
    reasons(location, HEAD)

    assert reasons(location, HEAD.replace('"d"', '"two words"')) == [
        'dataset = "…" is needed: letters, digits, . _ -, one word'
    ]


def test_a_default_source_that_is_no_text_is_told_once(empty_file: Path) -> None:
    """And not as missing from each record."""
    found = reasons(Location(empty_file, None), HEAD.replace('"s"', "7", 1))

    assert found == ["default_source: a text is needed, not a number"]


def test_a_key_has_no_colon(empty_file: Path) -> None:
    """It could not be told from a key of another dataset."""
    found = reasons(Location(empty_file, None), HEAD.replace('"ana"', '"a:na"'))

    assert found == ["key: 'a:na' has a colon, which parts a dataset from a key"]
