"""Likeness makes someone look; it never says that two names are one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import likeness, names

_RECORDED = (
    *("CJNG", "CDN", "VCFO", "OFAC", "Gulf Cartel", "Guadalajara Cartel", "Cartel del Noroeste"),
    *("Cartel de Jalisco Nueva Generación", "Los Zetas", "Z-40", "El 85", "Chocho"),
    *("Mario Cárdenas Guillén", "Osiel Cardenas-Guillén", "Osiel Cárdenas Salinas, Jr."),
    *("Othon Marban, Sr.", "Othon Marban, Jr.", "Juan López García", "Sepulveda Portillo"),
    "Mario Carranza",
)

_WORD = st.from_regex(r"[a-z]{4,12}", fullmatch=True)
_WORDS = "mario maria osiel cardenas cardenaz guillen de la cruz cjng cjgn jr sr 85 86"
_FOLDS = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=4).map(" ".join)


def _near(name: str, limit: int = 3) -> list[str]:
    """The recorded names that are nearest to one, as printed."""
    folds = [names.fold(recorded) for recorded in _RECORDED]
    return [_RECORDED[index] for index in likeness.nearest(names.fold(name), folds, limit)]


def _similar(one: str, other: str) -> bool:
    return likeness.similar(names.fold(one), [names.fold(other)]) == [0]


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("CJGN", "CJNG"),
        ("CND", "CDN"),
        ("Cartel del Noreste", "Cartel del Noroeste"),
        ("Gulf Cartell", "Gulf Cartel"),
        ("Cartel CJNG", "CJNG"),
        ("C.J.G.N.", "CJNG"),
        ("Jalisco New Generation Cartel", "Cartel de Jalisco Nueva Generación"),
        ("Cartel Jalisco Nueva Generacoin", "Cartel de Jalisco Nueva Generación"),
        ("Sepulbeda", "Sepulveda Portillo"),
        ("Guillen Cardenas Mario", "Mario Cárdenas Guillén"),
        ("Mario Cardenaz", "Mario Cárdenas Guillén"),
        ("Othon Marvan, Jr.", "Othon Marban, Jr."),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(mistyped: str, meant: str) -> None:
    """A slip, a missing word or another order of words still leads to the name."""
    found = _near(mistyped)

    assert found[0] == meant


@pytest.mark.parametrize("name", ["Sinaloa", "FBI", "El Mencho", "xyzzy", "", "el"])
def test_nothing_is_offered_for_a_name_that_is_near_to_none(name: str) -> None:
    """An offer that shares next to nothing with what was typed is worse than none."""
    found = _near(name)

    assert found == []


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    """Of all that are near, the nearest few are offered, best first."""
    found = _near("Othon Marban Jr", limit=1)

    assert found == ["Othon Marban, Jr."]


def test_a_name_that_stands_there_twice_is_offered_once() -> None:
    """Two records with one name take only one of the places."""
    found = likeness.nearest("gulf cartell", ["gulf cartel", "cjng", "gulf cartel", "golf cartel"])

    assert found == [0, 3]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cárdenas-Guillén", "CARDENAS GUILLEN"),
        ("Delacruz", "De la Cruz"),
        ("Cárdenas", "Mario Cárdenas Guillén"),
        ("Mario Cárdenas", "Mario Cárdenas Guillén"),
        ("Guillén Cárdenas, Mario", "Mario Cárdenas Guillén"),
        ("Mario Cardenaz", "Mario Cárdenas Guillén"),
        ("Juan Lopes Garsia", "Juan López García"),
        ("Gonsales", "González"),
        ("CJGN", "CJNG"),
        ("CDM", "CDN"),
        ("Cartel de Noreste", "Cartel del Noroeste"),
        ("Zetas", "Los Zetas"),
        ("Othon Marban", "Othon Marban, Jr."),
        ("Othon Marvan", "Othon Marban, Sr."),
        ("Marban, Jr.", "Othon Marban"),
    ],
)
def test_names_are_similar_if_they_may_be_one_under_a_slip(one: str, other: str) -> None:
    """The same letters, a part of the same words, or the same words mistyped call for a look."""
    found = _similar(one, other)

    assert found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Othon Marban, Jr.", "Othon Marban, Sr."),
        ("Othon Marvan, Jr.", "Othon Marban, Sr."),
        ("Marban, Jr.", "Othon Marban, Sr."),
        ("Juan López García", "Juan Pérez García"),
        ("Mario Cárdenas Guillén", "Osiel Cárdenas Guillén"),
        ("Mario Cardenaz", "Mario Maria"),
        ("Mario Maria", "Mario Cardenaz"),
        ("Martínez", "Martins"),
        ("MX", "MZ"),
        ("Frente 136", "Frente 137"),
        ("CJNG", "CDN"),
        ("CNJNGX", "CJNG"),
        ("CJGN", "CJNG Jalisco"),
        ("Z-40", "Z-42"),
        ("El 85", "El 86"),
        ("Gulf Cartel", "Guadalajara Cartel"),
        ("Cartel del Golfo", "Cartel del Noreste"),
        ("Losa", "Los De La"),
        ("", "CJNG"),
    ],
)
def test_names_of_different_people_are_not_similar(one: str, other: str) -> None:
    """Jr. and Sr., another surname, another number or a different acronym make no warning."""
    found = _similar(one, other)

    assert not found


@given(_FOLDS, _FOLDS)
def test_similar_is_mutual(one: str, other: str) -> None:
    """It does not matter which of the two is recorded first."""
    forth = likeness.similar(one, [other])
    back = likeness.similar(other, [one])

    assert forth == back


@given(_FOLDS, st.lists(_FOLDS, max_size=5))
def test_whatever_else_is_recorded_a_name_is_similar_to_itself(
    name: str, others: list[str]
) -> None:
    """Every record is judged by its own name, whatever stands beside it."""
    found = likeness.similar(name, [*others, name])

    assert len(others) in found
    assert [index in found for index in range(len(others))] == [
        likeness.similar(name, [other]) == [0] for other in others
    ]


@given(_WORD, st.data())
def test_one_slip_in_a_word_is_similar_and_offered(word: str, data: st.DataObject) -> None:
    """A letter left out, added, mistaken or swapped with the next is the commonest slip."""
    place = data.draw(st.integers(0, len(word) - 2))
    start, letter, after, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
    slip = data.draw(
        st.sampled_from(
            [
                f"{start}{after}{rest}",
                f"{start}{letter}x{after}{rest}",
                f"{start}x{after}{rest}",
                f"{start}{after}{letter}{rest}",
            ]
        )
    )

    assert likeness.similar(slip, [word]) == [0]
    assert likeness.nearest(slip, [word]) == [0]
