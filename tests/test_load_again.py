"""A file, and what is in the registry already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loading import HEAD, PEOPLE, ask, dump, problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support import Caseledger, Ran


def test_a_record_that_says_something_else_is_refused_and_not_overwritten(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """What is recorded is recorded; the line says what differs, there and here."""
    arrest = '[[arrest]]\nkey = "a"\nsubject = "{0}"\nplace = "{1}"\ndate = "2024"\n'
    load(HEAD + PEOPLE + arrest.format("ana", "Pier 9"))
    before = dump(empty_file)

    other = load(HEAD + PEOPLE.replace("gang", "cartel", 2) + arrest.format("beto", "Pier 8"))

    told = problems(load(HEAD + PEOPLE + arrest.format("beto", "Pier 8")))
    assert told == [
        (
            "[[arrest]] no. 1 (line 16): it is in the registry with another place"
            " ('Pier 9' there, 'Pier 8' here), subject; it is not overwritten"
        )
    ]
    assert other.code == 1
    assert dump(empty_file) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ('key = "a"\nsubject = "ana"', "date"),
        ('key = "a"\nsubject = "ana"\ndate = "2023"', "date"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ncooperation = ["gang"]', "cooperation"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ncustody = "prison"', "custody"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ndate_kind = "announced"', "date_kind"),
    ],
)
def test_a_field_that_was_added_changed_or_left_away_is_a_difference(
    load: Callable[..., Ran], changed: str, field: str
) -> None:
    """In the record, in its details, in what belongs to it."""
    load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\ndate = "2024"\n')

    (told,) = problems(load(f"{HEAD}{PEOPLE}[[arrest]]\n{changed}\n"))

    assert f"with another {field}" in told


def test_a_key_of_another_kind_is_a_difference(load: Callable[..., Ran]) -> None:
    """An arrest does not become a charge."""
    load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    (told,) = problems(load(HEAD + PEOPLE + '[[charge]]\nkey = "a"\nsubject = "ana"\n'))

    assert "kind ('arrest' there, 'charge' here)" in told


def test_another_text_of_a_source_is_a_difference(load: Callable[..., Ran]) -> None:
    """It is compared whole, and shown in part."""
    load(HEAD + f'text = "{"One. " * 100}"\n')

    (told,) = problems(load(HEAD + f'text = "{"Two. " * 100}"\n'))

    assert "with another text ('One. One." in told
    assert len(told) < 300


def test_a_record_that_was_withdrawn_since_is_let_be(
    load: Callable[..., Ran], empty: Caseledger, empty_file: Path
) -> None:
    """It does not come back with the file, with no citation that is new either; it is said."""
    arrest = '[[arrest]]\nkey = "a"\nsubject = "ana"\n'
    load(HEAD + PEOPLE + arrest)
    empty("withdraw", "A1", "--reason", "a mistake")
    before = dump(empty_file)

    ran = load(HEAD + PEOPLE + arrest + 'date = "2024"\ncitation = [{ phrase = "x" }, {}]\n')

    assert ran.code == 0, ran.err
    assert ran.out.endswith("; 3 corrected or withdrawn since, left as they are\n")
    assert dump(empty_file) == before


def test_a_new_record_cannot_speak_of_one_that_was_withdrawn_since(
    load: Callable[..., Ran], empty: Caseledger
) -> None:
    """It would be of nobody."""
    load(HEAD + PEOPLE)
    empty("withdraw", "P1", "--reason", "a mistake")

    (told,) = problems(load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n'))

    assert told.endswith("'ana' was withdrawn from the registry since")


def test_two_files_may_use_the_same_keys(load: Callable[..., Ran], empty_file: Path) -> None:
    """A key is one in its dataset."""
    load(HEAD + PEOPLE)

    others = PEOPLE.replace("Invent", "Ficti").replace("Ejemplos", "Modelos")
    ran = load(HEAD.replace('"d"', '"e"') + others)

    assert ran.code == 0, ran.err
    assert ask(empty_file, "SELECT count(*) FROM parties") == [(6,)]
