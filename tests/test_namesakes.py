"""A file's people and organizations, and those of the same name who are in the registry already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from caseledger.db.location import Location
from caseledger.errors import ProblemsError
from caseledger.loading import load_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger

HEAD = """\
dataset = "d"
default_source = "s"
[[source]]
key = "s"
title = "Invented bulletin"
"""

CARTEL = '[[organization]]\nkey = "cjng"\nname = "cjng"\n'

NAMESAKE = '[[person]]\nkey = "evs"\nname = "Erick Valencia Salazar"\n'


def load(location: Location, text: str) -> dict[str, int]:
    """What a file with this in it adds."""
    return load_file(location, HEAD + text, "file.toml", by="tester", as_json=False).added


def problem(location: Location, text: str) -> str:
    """The one thing that is wrong with a file."""
    with pytest.raises(ProblemsError) as caught:
        load(location, text)
    (found,) = caught.value.problems
    return found.reason


def test_an_organization_that_is_there_is_referred_to_and_not_made_again(
    seeded_registry: Location,
) -> None:
    """By any form of its name; the key to refer to it by is told."""
    assert problem(seeded_registry, CARTEL) == (
        "'cjng' is O3 Cartel Jalisco Nueva Generación already: refer to 'fact-sheet-2022:cjng',"
        " or say new = true for another organization of that name"
    )


def test_a_person_of_a_name_that_is_there_is_not_silently_another(
    seeded_registry: Location,
) -> None:
    """Nor the same: somebody says which."""
    assert "'Erick Valencia Salazar' is P23 Erick Valencia Salazar already" in problem(
        seeded_registry, NAMESAKE
    )


def test_a_namesake_that_is_said_to_be_new_is_loaded_and_loaded_again(
    seeded_registry: Location,
) -> None:
    """Two people of one name; the second load finds both by their keys."""
    assert load(seeded_registry, NAMESAKE + "new = true\n")["person"] == 1

    assert load(seeded_registry, NAMESAKE) == {}


def test_a_person_of_an_organizations_name_is_refused(seeded_registry: Location) -> None:
    """A cartel among the people is a slip of the kind, nearly always."""
    text = '[[person]]\nkey = "gulf"\nname = "Gulf Cartel"\n'

    assert problem(seeded_registry, text).startswith("'Gulf Cartel' is O4 Gulf Cartel already")


def test_a_name_given_to_someone_unnamed_is_nobody_elses(seeded_registry: Location) -> None:
    """Two records may be one person, and are never made one by a name."""
    text = """
[[person]]
key = "driver"
name = "the driver"
unnamed = true
[[name]]
key = "named"
party = "driver"
name = "Erick Valencia Salazar"
kind = "primary"
"""
    assert "is P23" in problem(seeded_registry, text)


def test_descriptions_of_the_unnamed_may_be_alike(seeded_registry: Location) -> None:
    """A description names nobody."""
    text = '[[organization]]\nkey = "x"\nname = "CJNG"\nunnamed = true\n'

    assert load(seeded_registry, text)["organization"] == 1


def test_new_is_true_or_false(empty_file: Path) -> None:
    """Anything else says nothing."""
    reason = problem(Location(empty_file, None), CARTEL + 'new = "yes"\n')

    assert reason == "new: true or false is needed"


def test_show_tells_the_key_by_which_a_file_refers_to_a_record(seeded: Caseledger) -> None:
    """Of a party and of an action."""
    assert "  key: fact-sheet-2022:cjng" in seeded("show", "CJNG").lines
    assert "  key: fact-sheet-2022:arrest-caro-quintero" in seeded("show", "A1").lines
