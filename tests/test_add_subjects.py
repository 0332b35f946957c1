"""To whom an action was done: named, referred to, counted, and under odd names."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.adding import NEW, ask, made, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger


# To whom


def test_each_person_has_an_action_of_their_own(seeded: Caseledger, seeded_file: Path) -> None:
    """Two people arrested together are two people and two actions, alike in all but the subject."""
    ran = seeded(
        "add", "arrest", "--person", "Fulano Inventado", "--person", "Zutano Inventado Otro",
        "--date", "2024-03-01", "--place", "Pier 9", "--source", "S1",
    )  # fmt: skip

    assert ran.code == 0
    assert ask(
        seeded_file,
        "SELECT s.name, a.date, a.place FROM actions a JOIN parties s ON s.id = a.subject_id"
        " WHERE a.dataset = 'local' ORDER BY a.id",
    ) == [
        ("Fulano Inventado", "2024-03-01", "Pier 9"),
        ("Zutano Inventado Otro", "2024-03-01", "Pier 9"),
    ]


def test_people_and_organizations_can_be_the_subjects_of_one_command(seeded: Caseledger) -> None:
    """A release tells of a man and his company in one sentence."""
    ran = seeded(
        "add", "designation", "--person", "Fulano Inventado", "--organization", "Empresa Ejemplo",
        "--program", "EO 14059", "--source", "S1",
    )  # fmt: skip

    assert len(made(ran, "A")) == 2
    assert len(made(ran, "P")) == len(made(ran, "O")) == 1


def test_the_same_person_named_twice_is_one_subject(seeded: Caseledger) -> None:
    """By name, by another spelling and by reference."""
    ran = seeded(
        "add", "arrest", "--person", "P22", "--person", "aldrin miguel JARQUIN-JARQUIN",
        "--subject", "p22", "--source", "S1",
    )  # fmt: skip

    assert len(made(ran, "A")) == 1


def test_somebody_new_is_recorded_once_for_two_spellings(seeded: Caseledger) -> None:
    """Accents and case are no second person."""
    ran = seeded(
        "add", "arrest", "--person", "Fulano Inventádo", "--person", "FULANO INVENTADO",
        "--source", "S1",
    )  # fmt: skip

    assert ran.lines[0] == "P39 Fulano Inventádo: new person"
    assert len(made(ran, "A")) == 1


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["6"], (6, "exactly", None)),
        (["6", "--at-least"], (6, "at least", None)),
        (["6", "--about"], (6, "about", None)),
        (["1,200"], (1200, "exactly", None)),
        (["several"], (None, "words", "several")),
    ],
)
def test_people_who_are_counted_and_not_named_are_a_group(
    seeded: Caseledger, seeded_file: Path, options: list[str], kept: tuple[object, ...]
) -> None:
    """Six unnamed people arrested are six people and one action."""
    ran = seeded(
        "add", "arrest", "--people", *options, "--described", "members of a network",
        "--source", "S1",
    )  # fmt: skip

    assert made(ran, "G") == ["G39"]
    assert len(made(ran, "A")) == 1
    assert ask(
        seeded_file, "SELECT headcount, qualifier, words FROM unnamed_groups WHERE id = 39"
    ) == [kept]


@pytest.mark.parametrize("one", ["1", " 1 ", "01"])
def test_one_unnamed_human_is_a_person_and_no_group(
    seeded: Caseledger, seeded_file: Path, one: str
) -> None:
    """So that they can be named later without changing identity."""
    ran = seeded(
        "add", "arrest", "--people", one, "--described", "a courier", "--source", "S1"
    )  # fmt: skip

    assert made(ran, "P") == ["P39"]
    assert ask(seeded_file, "SELECT kind, name, is_named FROM parties WHERE id = 39") == [
        ("person", "a courier", 0)
    ]


def test_the_same_eight_people_are_charged_by_their_reference(seeded: Caseledger) -> None:
    """Arrested and then charged, they are eight people and two actions: no new group is made."""
    before = seeded("report", "--format", "json").out
    ran = seeded("add", "charge", "--subject", "G38", "--date", "2024", "--source", "S1")

    assert made(ran, "G") == []
    after = seeded("report", "--format", "json").out
    unnamed = re.compile(r'"unnamed people": (\d+)')
    assert unnamed.findall(after) == unnamed.findall(before) == ["27"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ([], 2, "say to whom: --person, --organization, --subject, or --people"),
        (["--people", "6"], 2, "--people needs --described"),
        (["--described", "six"], 2, "go with --people"),
        (["--at-least"], 2, "go with --people"),
        (["--people", "6", "--described", ""], 2, "--people needs --described"),
        (["--people", "6", "--described", "..."], 2, "--described: '...' holds neither"),
        (["--people", "0", "--described", "x"], 2, "two people or more"),
        (["--people", "-3", "--described", "x"], 2, "--people: '-3' is neither a number"),
        (["--people", "six", "--described", "x"], 2, "--people: 'six' is a number: write 6"),
        (["--people", "1", "--about", "--described", "x"], 2, "two people or more"),
        (["--people", "several", "--about", "--described", "x"], 2, "is no number"),
        (["--people", "6", "--about", "--at-least", "--described", "x"], 2, "do not go together"),
        (["--person", ""], 2, "'' is no name"),
        (["--person", "..."], 2, "'...' is no name"),
        (["--person", "O3"], 2, "O3 is an organization, not a person"),
        (["--organization", "P22"], 2, "P22 is a person, not an organization"),
        (["--subject", "A1"], 2, "A1 is an action"),
        (["--subject", "P999"], 3, "there is no P999"),
        (["--subject", "G21"], 3, "there is no G21"),
    ],
)
def test_who_is_not_told_well_is_told_in_a_line(
    seeded: Caseledger, options: list[str], code: int, said: str
) -> None:
    """Nothing is recorded, and the line says what is wrong."""
    assert said in refused(seeded("add", "arrest", *options, "--source", "S1"), code)


# Whom it was attached to


def test_it_is_said_whom_an_action_was_attached_to(seeded: Caseledger) -> None:
    """With the reference: of two people of one name, the reader sees which."""
    ran = seeded("add", "arrest", "--person", "aldrin miguel jarquin jarquin", "--source", "S1")

    assert ran.out == "A21 arrest of P22 Aldrin Miguel Jarquín Jarquín, undated\n"
    assert ran.err == "caseledger: attached to P22 Aldrin Miguel Jarquín Jarquín\n"


@pytest.mark.parametrize("nickname", ["El Chaparrito", "el 85", "EL HUEVO"])
def test_a_nickname_alone_never_attaches(seeded: Caseledger, nickname: str) -> None:
    """Many are called so: the line names who is meant, perhaps, and nothing is recorded."""
    said = refused(seeded("add", "arrest", "--person", nickname, "--source", "S1"), 3)

    assert "is only a nickname of P2" in said


def test_a_part_of_a_name_attaches_to_nobody(seeded: Caseledger) -> None:
    """Three people could be meant by a bare Cárdenas; none is picked."""
    said = refused(seeded("add", "arrest", "--person", "Cárdenas", "--source", "S1"), 3)

    assert all(reference in said for reference in ("P27", "P28", "P29"))


def test_a_name_of_two_people_attaches_to_neither(seeded: Caseledger) -> None:
    """A namesake was recorded: from now on a reference is needed."""
    seeded("add", "arrest", *NEW)
    seeded("add", "arrest", *NEW, "--new")

    said = refused(seeded("add", "arrest", *NEW), 3)

    assert "is the name of more than one person: P39 Fulano Inventado, P40" in said


def test_somebody_unknown_is_recorded_and_that_is_said(seeded: Caseledger) -> None:
    """So that a slip that nothing is similar to does not pass unseen."""
    ran = seeded("add", "arrest", *NEW)

    assert ran.lines[0] == "P39 Fulano Inventado: new person"


def test_similar_names_stop_it_and_new_goes_on(seeded: Caseledger, seeded_file: Path) -> None:
    """It may be a slip, or somebody else: without a terminal only --new says which."""
    slip = ("add", "arrest", "--person", "Mario Cardenas Guilen", "--source", "S1")
    said = refused(seeded(*slip), 3)

    ran = seeded(*slip, "--new")

    assert said.startswith(
        "no person called 'Mario Cardenas Guilen', but similar: P29 Mario Cárdenas Guillén;"
    )
    assert made(ran, "P") == ["P39"]
    assert ask(seeded_file, "SELECT count(*) FROM parties WHERE name_key LIKE 'mario%'") == [(2,)]


def test_jr_and_sr_are_two_people(seeded: Caseledger) -> None:
    """The suffix tells them apart; without it either may be meant."""
    told = seeded("add", "arrest", "--person", "Othon Marban Jr", "--source", "S1")

    said = refused(seeded("add", "arrest", "--person", "Othon Marban", "--source", "S1"), 3)

    assert "P26 Othon Marban, Jr." in told.err
    assert "P25 Othon Marban, Sr., P26 Othon Marban, Jr." in said


def test_new_records_a_namesake_of_the_subject_alone(seeded: Caseledger, seeded_file: Path) -> None:
    """The cartel and the authority beside it are the ones that are there."""
    ran = seeded(
        "add", "arrest", "--person", "Erick Valencia Salazar", "--cartel", "CJNG",
        "--authority", "FGR", "--announced-by", "DOJ", "--new", "--source", "S1",
    )  # fmt: skip

    assert made(ran, "P") == ["P39"]
    assert made(ran, "O") == []
    assert ask(seeded_file, "SELECT authority_id, announced_by_id FROM actions WHERE id = 21") == [
        (10, 11)
    ]


def test_what_is_named_beside_the_subject_is_said_by_its_role(seeded: Caseledger) -> None:
    """Who did it and who announced it are told apart."""
    ran = seeded(
        "add", "arrest", *NEW, "--cartel", "cjng", "--cooperation", "HSI",
        "--authority", "office of foreign assets control",
    )  # fmt: skip

    assert set(ran.err.splitlines()) == {
        "caseledger: cartel: O3 Cartel Jalisco Nueva Generación",
        "caseledger: authority: O9 OFAC",
        "caseledger: cooperation: O14 Homeland Security Investigations",
    }


def test_an_organization_that_is_not_there_is_recorded_as_what_it_did(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Who charges is an agency and whom one belongs to a cartel; of a subject nothing is known."""
    ran = seeded(
        "add", "charge", *NEW, "--organization", "Algo de Ejemplo", "--cartel", "Grupo Zutano",
        "--authority", "Fiscalía Inventada", "--cooperation", "Fiscalía Inventada",
    )  # fmt: skip

    assert len(made(ran, "O")) == 3
    assert "Grupo Zutano: new organization (cartel)" in ran.out
    assert ask(
        seeded_file,
        "SELECT p.name, o.type FROM organizations o JOIN parties p ON p.id = o.id"
        " WHERE p.dataset = 'local' ORDER BY p.name",
    ) == [
        ("Algo de Ejemplo", "unknown"),
        ("Fiscalía Inventada", "agency"),
        ("Grupo Zutano", "cartel"),
    ]


# Odd names


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+52 Fulano",
        "@cmd",
        "😀 Fulano",
        "محمد علي",
        "李小明",
        "-rf",
        "Ñ" * 10_000,
        "O'Neil; DROP TABLE",
    ],
    ids=lambda name: name[:12],
)
def test_a_name_is_kept_as_printed_whatever_it_looks_like(
    seeded: Caseledger, seeded_file: Path, name: str
) -> None:
    """A leading sign, an emoji, another script, great length: it is a name if it has a letter."""
    ran = seeded("add", "arrest", f"--person={name}", "--source", "S1")

    assert made(ran, "P") == ["P39"]
    assert ask(seeded_file, "SELECT name FROM parties WHERE id = 39") == [(name,)]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "...",
        "😀",
        "bell\x07",
        "two\nlines",
        "\u202eturned",
        "zero\u200bwidth",
        "Caf\udce9",
    ],
)
def test_what_cannot_be_a_name_is_refused_in_a_line(seeded: Caseledger, name: str) -> None:
    """Nothing to see, only signs, control characters, bytes that are no UTF-8."""
    refused(seeded("add", "arrest", "--person", name, "--source", "S1"), 2)


def test_a_command_line_that_is_no_utf_8_is_refused_in_a_line(seeded_file: Path) -> None:
    """Latin-1 from an old terminal."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "caseledger", "--db", str(seeded_file), "add", "arrest"),
            *("--person", b"Caf\xe9 Ole", "--source", "S1"),
        ],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"is not UTF-8" in done.stderr
