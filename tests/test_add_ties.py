"""What the subject of an action is to an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adding import NEW, ask, made, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger


@pytest.mark.parametrize("name", ["CJNG", "cjng", "cartel jalisco nueva generacion", "O3", "o3"])
def test_the_cartel_is_found_by_every_form_of_its_name(seeded: Caseledger, name: str) -> None:
    """By the acronym, the name without accents, or the reference."""
    ran = seeded("add", "arrest", *NEW, "--cartel", name)

    assert "linked, O3 Cartel Jalisco Nueva Generación" in ran.out


def test_with_nothing_said_of_it_a_tie_that_is_there_will_do(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """A boss is not recorded as linked besides, and it is said which tie was meant."""
    ran = seeded("add", "arrest", "--person", "P22", "--cartel", "CJNG", "--source", "S1")

    assert made(ran, "F") == []
    assert "caseledger: F3 says member already" in ran.err
    assert ask(seeded_file, "SELECT count(*) FROM affiliations WHERE party_id = 22") == [(1,)]


def test_with_nothing_there_and_nothing_said_the_tie_is_linked(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """The weakest word: nobody is made a member by it."""
    ran = seeded("add", "arrest", *NEW, "--cartel", "CJNG")

    assert made(ran, "F") == ["F11"]
    assert ask(seeded_file, "SELECT relation, title, standing FROM affiliations WHERE id = 11") == [
        ("linked", None, "asserted")
    ]


def test_an_identical_tie_is_never_doubled(seeded: Caseledger, seeded_file: Path) -> None:
    """Whatever order it is said in; it is said that it was there."""
    tie = ("--cartel", "CJNG", "--relation", "member", "--title", "Plaza Boss in Colima")
    ran = seeded("add", "charge", "--subject", "P22", *tie, "--source", "S1")

    assert made(ran, "F") == []
    assert "caseledger: F3 says so already" in ran.err
    assert ask(seeded_file, "SELECT count(*) FROM affiliations WHERE party_id = 22") == [(1,)]


def test_a_second_source_for_an_identical_tie_is_cited_for_it(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """That two say so is worth keeping, once."""
    seeded("add", "source", "Invented bulletin")
    tie = ("--cartel", "CJNG", "--relation", "member", "--title", "Plaza Boss in Colima")
    again = ("add", "charge", "--subject", "P22", *tie, "--source", "S2", "--phrase", "the boss")

    first, second = seeded(*again), seeded(*again, "--new")

    assert "F3 says so already; S2 is cited for it" in first.err
    assert second.err.endswith("F3 says so already\n")
    assert ask(
        seeded_file, "SELECT source_id, phrase FROM citations WHERE affiliation_id = 3 ORDER BY id"
    )[1:] == [(2, "the boss")]


def test_what_is_alleged_stays_alleged(seeded: Caseledger, seeded_file: Path) -> None:
    """And what was asserted before does not hide it, nor the other way round."""
    seeded("add", "charge", "--subject", "P22", "--cartel", "CJNG", "--alleged", "--source", "S1")
    seeded("add", "charge", "--subject", "P22", "--cartel", "CJNG", "--alleged", "--source", "S1")

    assert ask(
        seeded_file, "SELECT relation, standing FROM affiliations WHERE party_id = 22 ORDER BY id"
    ) == [("member", "asserted"), ("linked", "alleged")]


def test_another_relation_or_title_is_another_tie(seeded: Caseledger, seeded_file: Path) -> None:
    """Nothing is overwritten: both stand."""
    seeded(
        "add", "charge", "--subject", "P22", "--cartel", "CJNG", "--relation", "acts-for",
        "--source", "S1",
    )  # fmt: skip

    assert ask(
        seeded_file, "SELECT relation, title FROM affiliations WHERE party_id = 22 ORDER BY id"
    ) == [("member", "Plaza Boss in Colima"), ("acts for", None)]


def test_each_of_several_subjects_is_tied(seeded: Caseledger) -> None:
    """One new, one known, and six who are only counted."""
    ran = seeded(
        "add", "arrest", *NEW, "--person", "P30", "--people", "6", "--described", "six members",
        "--cartel", "CDN", "--relation", "member",
    )  # fmt: skip

    assert len(made(ran, "F")) == len(made(ran, "A")) == 3


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--relation", "member"], 2, "--relation, --title and --alleged go with --cartel"),
        (["--title", "boss"], 2, "go with --cartel"),
        (["--alleged"], 2, "go with --cartel"),
        (["--cartel", ""], 2, "'' is no name"),
        (["--cartel", "CJNG", "--relation", "boss"], 2, "--relation: 'boss' is none of: leader,"),
        (["--cartel", "CJNG", "--title", ""], 2, "--title: ''"),
        (["--cartel", "P22"], 2, "P22 is a person, not an organization"),
        (["--cartel", "CJGN"], 3, "similar: O3 Cartel Jalisco Nueva Generación"),
        (["--cartel", "Cartel"], 3, "O1 Guadalajara Cartel, O2"),
        (["--cartel", "CJNG", "--relation", "faction"], 1, "a faction is an organization"),
    ],
)
def test_a_tie_that_is_not_told_well_is_refused(
    seeded: Caseledger, options: list[str], code: int, said: str
) -> None:
    """Nothing is recorded of the action either."""
    assert said in refused(seeded("add", "arrest", *NEW, *options), code)


def test_an_organization_is_not_tied_to_itself(seeded: Caseledger) -> None:
    """Not even under two of its names."""
    said = refused(
        seeded(
            "add", "designation", "--organization", "CJNG", "--cartel",
            "Cartel Jalisco Nueva Generación", "--source", "S1",
        ),
        1,
    )  # fmt: skip

    assert said == "Cartel Jalisco Nueva Generación cannot be affiliated to itself"
