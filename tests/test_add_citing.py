"""On whose word an action is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adding import NEW, ask, dump, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger


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
