"""Recording actions by hand: to whom, tied to what, on whose word."""

from __future__ import annotations

import os
import re
import select
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from caseledger.cli.making import make_seeded
from caseledger.db.location import locate
from caseledger.db.reading import reading
from caseledger.vocabulary import ActionKind
from tests.support import InProcess, run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Caseledger, Ran

TITLE = "Fact sheet on U.S.–Mexico security cooperation under the Bicentennial Framework"

NEW = ("--person", "Fulano Inventado", "--source", "S1")


def ask(file: Path, sql: str, *given: object) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql, given).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def made(ran: Ran, letter: str) -> list[str]:
    """The references of what was recorded, of one letter."""
    assert ran.code == 0, ran.err
    return re.findall(rf"^({letter}[0-9]+) ", ran.out, re.MULTILINE)


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was recorded."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


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
    """Who arrests is an agency and whom one belongs to a cartel; of a subject nothing is known."""
    ran = seeded(
        "add", "arrest", *NEW, "--organization", "Algo de Ejemplo", "--cartel", "Grupo Zutano",
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


# The tie to an organization


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

    first, second = seeded(*again), seeded(*again)

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


# On whose word


@pytest.mark.parametrize("source", [(), ("--source", "")])
def test_without_a_source_nothing_is_recorded(seeded: Caseledger, source: tuple[str, ...]) -> None:
    """Every record says how it is known."""
    said = refused(seeded("add", "arrest", "--person", "P22", *source), 2)

    assert said == "--source is missing: every record says how it is known"


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        ("S9", 3, "there is no S9"),
        ("Nothing of the kind", 3, "no source called 'Nothing of the kind'"),
        ("fact sheet", 3, "is only a part of"),
        ("A1", 2, "A1 is an action, not a source"),
    ],
)
def test_an_unknown_source_is_never_made(
    seeded: Caseledger, source: str, code: int, said: str
) -> None:
    """A source has a title and a publisher of its own, and is recorded first."""
    assert said in refused(seeded("add", "arrest", "--person", "P22", "--source", source), code)


def test_a_source_is_found_by_its_title(seeded: Caseledger) -> None:
    """Accents, case, dashes and spacing ignored, as with names."""
    title = "fact sheet on u.s.-mexico security cooperation under the bicentennial framework"

    assert seeded("add", "arrest", "--person", "P22", "--source", title).code == 0


@pytest.mark.parametrize("place", [(), ("--section", "", "--phrase", "")])
def test_section_and_phrase_may_be_empty(
    seeded: Caseledger, seeded_file: Path, place: tuple[str, ...]
) -> None:
    """A whole document may be all that is known."""
    seeded("add", "arrest", "--person", "P22", "--source", "S1", *place)

    assert ask(
        seeded_file, "SELECT source_id, section, phrase FROM citations WHERE action_id = 21"
    ) == [(1, None, None)]


def test_everything_that_is_made_is_cited(seeded: Caseledger, seeded_file: Path) -> None:
    """The person, the tie, the cartel and the action, each to the same words."""
    ran = seeded(
        "add", "arrest", *NEW, "--cartel", "Grupo Zutano", "--section", "Arrests",
        "--phrase", "was arrested",
    )  # fmt: skip

    assert ask(
        seeded_file,
        "SELECT count(*), section, phrase FROM citations WHERE dataset = 'local' GROUP BY 2, 3",
    ) == [(len(ran.lines), "Arrests", "was arrested")]


STORED = "Agents said “the FGR’s men\u00a0arrested\u2009him” — on the Sinaloa\u2011Durango\nroad."


@pytest.mark.parametrize(
    "phrase",
    [
        '"the FGR\'s men arrested him" - on the Sinaloa-Durango road',
        "“the FGR’s men arrested him” — on",
        "the Sinaloa\u2011Durango   road",
    ],
)
def test_a_phrase_is_found_in_the_text_that_is_kept(
    seeded: Caseledger, tmp_path: Path, phrase: str
) -> None:
    """However quotes, dashes, blanks and line ends are typed."""
    text = tmp_path / "bulletin.txt"
    text.write_text(STORED, encoding="utf-8")
    seeded("add", "source", "Invented bulletin", "--text", str(text))

    ran = seeded("add", "arrest", "--person", "P22", "--source", "S2", "--phrase", phrase)

    assert ran.code == 0, ran.err


def test_a_phrase_that_the_text_does_not_say_is_refused(
    seeded: Caseledger, seeded_file: Path, tmp_path: Path
) -> None:
    """And nothing else of the command is recorded."""
    text = tmp_path / "bulletin.txt"
    text.write_text(STORED, encoding="utf-8")
    seeded("add", "source", "Invented bulletin", "--text", str(text))
    before = dump(seeded_file)

    said = refused(
        seeded(
            "add", "arrest", "--person", "Fulano Nuevo", "--source", "S2", "--phrase", "shot him"
        ),
        1,
    )

    assert said == "'Invented bulletin' does not say 'shot him': its text is kept here"
    assert dump(seeded_file) == before


@pytest.mark.parametrize("phrase", ["two\nlines", "   ", "...", "\udce9"])
def test_a_phrase_is_words_on_one_line(seeded: Caseledger, phrase: str) -> None:
    """As it stands in a cell of a report."""
    said = refused(
        seeded("add", "arrest", "--person", "P22", "--source", "S1", "--phrase", phrase), 2
    )

    assert said.startswith("--phrase: ")


# When, where, what


@pytest.mark.parametrize(
    "date", ["2024-13", "2024-02-30", "yesterday", "17/5/2022", "", " ", "22", "2022-5", "2022~"]
)
def test_a_date_that_is_none_is_refused_with_the_forms(seeded: Caseledger, date: str) -> None:
    """Nobody looks up a standard for a briefing."""
    said = refused(seeded("add", "arrest", "--person", "P22", "--source", "S1", "--date", date), 2)

    assert said.startswith("--date: ")
    assert "a date is written 2022, 2022-05 or 2022-05-17" in said


def test_a_stretch_of_time_is_no_date_of_an_action(seeded: Caseledger) -> None:
    """The line says how the bounds are written instead."""
    said = refused(
        seeded("add", "arrest", "--person", "P22", "--source", "S1", "--date", "2022/2023"), 2
    )

    assert said.endswith("write [2022..2023]")


@pytest.mark.parametrize("how", ["--announced", "--inferred"])
def test_how_a_date_is_known_needs_a_date(seeded: Caseledger, how: str) -> None:
    """There is nothing that could have been announced."""
    said = refused(seeded("add", "arrest", "--person", "P22", "--source", "S1", how), 2)

    assert said.endswith("says how a date is known, and none is given")


@pytest.mark.parametrize(
    ("written", "code"), [("México", "MX"), ("Estados Unidos", "US"), ("spain", "ES"), ("co", "CO")]
)
def test_a_country_goes_by_its_name_in_english_or_in_spanish(
    seeded: Caseledger, seeded_file: Path, written: str, code: str
) -> None:
    """What is kept is the code of two letters."""
    seeded("add", "extradition", "--person", "P22", "--from", written, "--source", "S1")

    assert ask(seeded_file, "SELECT from_country FROM extraditions WHERE id = 21") == [(code,)]


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("extradition", ["--from", "Narnia"], "--from: there is no country 'Narnia'"),
        ("extradition", ["--mode", "kidnapping"], "--mode: 'kidnapping' is none of: extradition,"),
        ("conviction", ["--plea", "--verdict"], "--plea and --verdict do not go together"),
        ("conviction", ["--sentence", "12"], "--sentence: a sentence is written 12y, 18m,"),
        ("conviction", ["--maximum"], "maximum goes with a sentence"),
        ("charge", ["--instrument", "warrant"], "--instrument: 'warrant' is none of: indictment,"),
        ("charge", ["--conduct", "[2000..2012]"], "write the stretch of time 2000/2012"),
        ("arrest", ["--place", "—"], "--place: '—' holds neither a letter nor a digit"),
        ("arrest", ["--country", ""], "--country: ''"),
        ("arrest", ["--authority", "..."], "--authority: '...'"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_its_option(
    seeded: Caseledger, kind: str, options: list[str], said: str
) -> None:
    """Wrong usage: exit 2, and the option that was typed."""
    assert said in refused(seeded("add", kind, "--person", "P22", "--source", "S1", *options), 2)


def test_every_detail_of_a_kind_is_kept(seeded: Caseledger, seeded_file: Path) -> None:
    """A conviction with all that may be told of it."""
    seeded(
        "add", "conviction", "--person", "P22", "--date", "2024-06", "--announced", "--inferred",
        "--plea", "--offense", "attempting to purchase rifles", "--statute", "18 U.S.C. 933",
        "--court", "Southern District of Texas", "--sentence", "12y6m", "--sentence-kind",
        "imprisonment", "--maximum", "--country", "US", "--case", "C1", "--summary", "a line",
        "--source", "S1",
    )  # fmt: skip

    assert ask(
        seeded_file,
        "SELECT date, date_kind, date_basis, country, case_id, summary, basis, offense, statute,"
        " court, sentence_months, sentence_life, sentence_kind, sentence_extent"
        " FROM actions JOIN convictions USING (id) WHERE id = 21",
    ) == [
        ("2024-06", "announced", "inferred", "US", 1, "a line", "plea",
         "attempting to purchase rifles", "18 U.S.C. 933", "Southern District of Texas",
         150, 0, "imprisonment", "maximum"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ActionKind)
def test_every_kind_of_action_can_be_recorded(seeded: Caseledger, kind: ActionKind) -> None:
    """With nothing but the subject and the source, and it stands in the report."""
    ran = seeded("add", kind, "--person", "P22", "--source", "S1")

    assert ran.out == f"A21 {kind} of P22 Aldrin Miguel Jarquín Jarquín, undated\n"
    assert f"A21,{kind}," in seeded("report", "--person", "P22", "--format", "csv").out


# What it ends


def test_a_release_ends_an_arrest_of_the_same_person(seeded: Caseledger, seeded_file: Path) -> None:
    """The earlier action stays as it is."""
    seeded("add", "release", "--subject", "P22", "--ends", "A3", "--date", "2023", "--source", "S1")

    assert ask(seeded_file, "SELECT ends_id FROM actions WHERE id = 21") == [(3,)]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--ends", "A19"], 1, "A19 is a designation; a release ends an arrest, a conviction or a"),
        (["--ends", "A1"], 1, "A1 was done to Rafael Caro Quintero, not to Aldrin Miguel"),
        (["--ends", "A999"], 3, "there is no A999"),
        (["--ends", "P22"], 2, "P22 is a person, not an action"),
        (["--ends", "the arrest"], 2, "'the arrest' is no reference to an action"),
        (["--ends", "A3", "--person", "Fulano Inventado"], 1, "not to Fulano Inventado"),
        (
            ["--ends", "A3", "--date", "2020"],
            1,
            "A3 was in 2022, after 2020: a release comes later",
        ),
    ],
)
def test_what_does_not_fit_is_not_ended(
    seeded: Caseledger, options: list[str], code: int, said: str
) -> None:
    """A release ends an arrest, of the same person, that came before it."""
    ran = seeded("add", "release", "--subject", "P22", *options, "--source", "S1")

    assert said in refused(ran, code)


def test_who_was_counted_in_a_group_may_be_released_from_its_arrest(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """One of six, named later; another who was not among them may not."""
    file = tmp_path / "group.toml"
    file.write_text(
        'dataset = "g"\ndefault_source = "fact-sheet-2022:fact-sheet"\n'
        '[[person]]\nkey = "p"\nname = "Fulano Inventado"\n'
        '[[group]]\nkey = "g"\nname = "two men"\npeople = 2\nmembers = ["p"]\n'
        '[[arrest]]\nkey = "a"\nsubject = "g"\n',
        encoding="utf-8",
    )
    assert seeded("load", str(file)).code == 0

    ran = seeded(
        "add", "release", "--person", "Fulano Inventado", "--ends", "A21", "--source", "S1"
    )
    said = refused(
        seeded("add", "release", "--subject", "P22", "--ends", "A21", "--source", "S1"), 1
    )

    assert made(ran, "A") == ["A22"]
    assert "A21 was done to two men, not to" in said


# All or nothing, and nothing at all


def test_one_of_several_that_cannot_be_recorded_stops_all(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Nobody finds half a press release in the registry."""
    before = dump(seeded_file)

    refused(seeded("add", "arrest", *NEW, "--cartel", "New Gang X", "--person", "Cárdenas"), 3)

    assert dump(seeded_file) == before


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Every value and the citation; no number is taken."""
    before = dump(seeded_file)

    ran = seeded(
        "add", "conviction", *NEW, "--cartel", "CJNG", "--alleged", "--date", "2024", "--inferred",
        "--sentence", "12y", "--place", "CJNG", "--section", "Verdicts", "--phrase", "guilty",
        "--dry-run",
    )  # fmt: skip

    assert ran.code == 0
    assert dump(seeded_file) == before
    assert [line for line in ran.lines if not line.startswith("  ")] == [
        "would record P? Fulano Inventado: new person",
        "would record F? P? Fulano Inventado: linked, O3 Cartel Jalisco Nueva Generación, alleged",
        "would record A? conviction of P? Fulano Inventado, 2024",
        f"citing S1 {TITLE}, Verdicts, “guilty”",
    ]
    assert {"  date basis: inferred", "  sentence months: 144", "  place: CJNG"} < set(ran.lines)


def test_a_dry_run_refuses_what_would_be_refused(seeded: Caseledger) -> None:
    """Else it would promise what does not come."""
    said = refused(
        seeded("add", "arrest", "--person", "Cárdenas", "--source", "S1", "--dry-run"), 3
    )

    assert "P27" in said


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Caseledger:
    """The program on a seeded registry, on each of the two engines."""
    if request.param == "sqlite":
        program: Caseledger = request.getfixturevalue("seeded")
        return program
    url = request.getfixturevalue("postgres_url")
    make_seeded(locate(url))
    return InProcess(url)


def test_a_dry_run_takes_no_number_on_either_engine(either: Caseledger) -> None:
    """A sequence of PostgreSQL does not give back what a rolled back transaction took."""
    for _ in range(2):
        either("add", "arrest", *NEW, "--cartel", "Grupo Zutano", "--dry-run")

    ran = either("add", "arrest", *NEW, "--cartel", "Grupo Zutano")

    assert sorted(line.split()[0] for line in ran.lines) == ["A21", "F11", "O40", "P39"]


def test_what_is_recorded_reads_alike_on_either_engine(either: Caseledger) -> None:
    """The row of a report, from a group that was tied to a cartel."""
    either(
        "add", "arrest", "--people", "several", "--described", "several men", "--inferred",
        "--date", "[..2024-09]", "--cartel", "CJNG", "--relation", "member", "--alleged",
        "--authority", "FGR",
        "--source", "S1", "--section", "Arrests",
    )  # fmt: skip

    row = either("report", "--cartel", "CJNG", "--since", "2023", "--format", "csv").lines[1]

    assert row == (
        "A21,arrest,[..2024-09],event,inferred,several men,G39,,,member,,alleged,"
        "Cartel Jalisco Nueva Generación,FGR,,,,,,S1,Arrests,,"
    )


def test_two_at_once_both_land(seeded_file: Path) -> None:
    """One waits for the other."""
    command = [sys.executable, "-m", "caseledger", "--db", str(seeded_file), "add", "arrest"]
    both = [
        subprocess.Popen(
            [*command, "--person", name, "--source", "S1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("Fulano Inventado", "Zutano Distinto")
    ]
    codes = [(program.communicate(), program.returncode)[1] for program in both]

    assert codes == [0, 0]
    assert ask(seeded_file, "SELECT count(*) FROM actions WHERE dataset = 'local'") == [(2,)]


# Who records


def test_who_records_is_kept_with_every_record(seeded: Caseledger, seeded_file: Path) -> None:
    """`--by` says who; every table has a place for it."""
    seeded("add", "arrest", *NEW, "--cartel", "Grupo Zutano")

    for table in ("parties", "affiliations", "actions", "citations"):
        assert ask(
            seeded_file, f"SELECT DISTINCT recorded_by FROM {table} WHERE dataset = 'local'"
        ) == [("tester",)]


def test_the_environment_says_who_records_where_no_option_does(seeded_file: Path) -> None:
    """A team sets it once."""
    ran = run_program(
        "--db", str(seeded_file), "add", "arrest", *NEW, CASELEDGER_BY="Ana de Ejemplo"
    )  # fmt: skip

    assert ran.code == 0
    assert ask(seeded_file, "SELECT recorded_by FROM actions WHERE id = 21") == [
        ("Ana de Ejemplo",)
    ]


@pytest.mark.parametrize("by", ["  ", "a\nb", "\udce9"])
def test_nobody_cannot_record(seeded: Caseledger, by: str) -> None:
    """A blank name, or one that cannot be kept."""
    said = refused(seeded("--by", by, "add", "arrest", *NEW), 2)

    assert said.startswith("--by: ")


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


# On a terminal


@pytest.fixture
def terminal(seeded_file: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`add arrest` of a similar name, on a terminal; and the terminal's other end."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    outer, inner = pty.openpty()
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "caseledger", "--db", str(seeded_file), "add", "arrest"),
            *("--person", "Mario Cardenas Guilen", "--cartel", "Golf Cartel", "--source", "S1"),
        ],
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=inner,
    )
    os.close(inner)
    yield program, outer
    program.kill()
    program.communicate()
    os.close(outer)


def until(outer: int, expected: str) -> str:
    """What is shown, up to and with this."""
    shown, deadline = "", time.monotonic() + 30
    while expected not in shown:
        assert time.monotonic() < deadline, shown
        if select.select([outer], [], [], 0.2)[0]:
            shown += os.read(outer, 4096).decode()
    return shown


def test_on_a_terminal_it_asks_whether_somebody_similar_is_someone_else(
    terminal: tuple[subprocess.Popen[bytes], int], seeded_file: Path
) -> None:
    """Each in turn; meanwhile others can write, and a yes to all records it."""
    program, outer = terminal
    shown = until(outer, "Someone else?")
    meanwhile = InProcess(str(seeded_file))("add", "death", "--person", "P23", "--source", "S1")
    os.write(outer, b"y\n")
    until(outer, "'Golf Cartel' is not there; similar: O4 Gulf Cartel. Someone else?")
    os.write(outer, b"y\n")
    out, _ = program.communicate(timeout=30)

    assert "'Mario Cardenas Guilen' is not there; similar: P29 Mario Cárdenas Guillén" in shown
    assert meanwhile.code == program.returncode == 0
    assert b"O40 Golf Cartel: new organization (cartel)" in out


def test_on_a_terminal_a_no_records_nothing(
    terminal: tuple[subprocess.Popen[bytes], int], seeded_file: Path
) -> None:
    """The line says whom to name instead."""
    program, outer = terminal
    before = dump(seeded_file)
    until(outer, "Someone else?")
    os.write(outer, b"n\n")
    shown = until(outer, "give a reference")
    out, _ = program.communicate(timeout=30)

    assert (program.returncode, out) == (3, b"")
    assert "no person called 'Mario Cardenas Guilen'" in shown
    assert dump(seeded_file) == before


def test_with_no_standard_input_at_all_nobody_is_asked(seeded_file: Path) -> None:
    """A service has none: the answer is the one without a terminal."""
    done = subprocess.run(
        [
            *("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "caseledger", "--db"),
            *(str(seeded_file), "add", "arrest", "--person", "Mario Cardenas Guilen"),
            *("--source", "S1"),
        ],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


def test_add_alone_without_a_terminal_shows_its_help(seeded: Caseledger) -> None:
    """A script that forgot the rest is not left waiting for an answer."""
    ran = seeded("add")

    assert ran.code == 0
    assert ran.out.startswith("Usage: caseledger add ")


def test_what_is_recorded_by_hand_has_a_key_of_its_own(empty: Caseledger, empty_file: Path) -> None:
    """So that an export and a load tell it from all others."""
    empty("add", "source", "Invented bulletin")
    empty("add", "arrest", "--person", "Fulano Inventado", "--source", "S1")
    with reading(locate(str(empty_file))) as reader:
        keys = [
            row[0] for row in reader.rows("SELECT key FROM actions UNION SELECT key FROM parties")
        ]

    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{16}", key) for key in keys)
