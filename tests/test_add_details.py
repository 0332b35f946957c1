"""When, where and how it was done, and what it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from caseledger.vocabulary import ActionKind
from tests.adding import ask, made, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger


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
