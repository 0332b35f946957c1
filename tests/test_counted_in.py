"""Someone named later who was counted before: one person among the six, not a seventh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support import Caseledger

SIX = "six members of a human smuggling organization"

NAMED_LATER = """
dataset = "named-later"
default_source = "release"

[[source]]
key = "release"
title = "Invented release"

[[person]]
key = "fulano"
name = "Fulano Inventado"
counted_in = ["fact-sheet-2022:six-arrested"]
"""


@pytest.fixture
def six(seeded: Caseledger) -> str:
    """The reference of the six of the seed."""
    rows = [line.split(",") for line in seeded("list", "people", "-f", "csv").lines]
    return next(row[0] for row in rows if SIX in row)


def test_one_who_was_counted_brings_the_action_of_the_group(seeded: Caseledger, six: str) -> None:
    """What was done to the six was done to whoever of them is named later."""
    seeded("add", "person", "Fulano Inventado", "--counted-in", six, "--source", "S1")

    assert "arrest" in seeded("report", "--person", "Fulano Inventado").out


def test_one_who_was_counted_is_not_counted_again(seeded: Caseledger, six: str) -> None:
    """Six were arrested; one of them, named and then convicted, makes them no seven."""
    seeded("add", "person", "Fulano Inventado", "--counted-in", six, "--source", "S1")
    seeded("add", "conviction", "--person", "Fulano Inventado", "--date", "2023", "--source", "S1")

    ran = seeded("report", "--person", "Fulano Inventado")

    assert "2 actions · 1 named person · 5 unnamed people" in ran.out


def test_only_a_group_has_counted_anyone(seeded: Caseledger) -> None:
    """A person counts nobody."""
    ran = seeded("add", "person", "Fulano Inventado", "--counted-in", "P21", "--source", "S1")

    assert ran.code == 2
    assert ran.err == "caseledger: P21 is a person, not a group\n"


def test_a_file_says_who_was_counted_and_the_first_file_loads_again(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """What a second source says of a group is no change of what the first said."""
    file = tmp_path / "later.toml"
    file.write_text(NAMED_LATER, encoding="utf-8")
    seed = Path(__file__).parents[1] / "seed" / "fact-sheet-2022.toml"

    loaded, again = seeded("load", str(file)), seeded("load", str(file))
    first = seeded("load", str(seed))

    assert (loaded.code, again.code, first.code) == (0, 0, 0)
    assert again.out.startswith("added: nothing")
    assert "Counted in" in seeded("show", "Fulano Inventado").out
