"""What the remarks say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.ofac.parse.births import birth
from caseledger.ofac.parse.remarks import _LABELS, CELL, CUT, UNREAD, features


@pytest.mark.parametrize(
    ("printed", "date", "about"),
    [
        ("28 Jul 1963", "1963-07-28", False),
        ("Apr 1961", "1961-04", False),
        ("1966", "1966", False),
        ("circa 1951", "1951", True),
        ("1951 to 1953", "[1951..1953]", False),
        ("01 Jan 1976 to 31 Dec 1978", "[1976..1978]", False),
        ("circa 1979-1982", None, False),
        ("31 Feb 1970", None, False),
        ("unknown", None, False),
    ],
)
def test_a_birth_is_an_interval(printed: str, date: str | None, about: bool) -> None:  # noqa: FBT001
    """As precise as it is printed, and no more; what is written otherwise is not guessed at."""
    read = birth(printed)

    assert (read and (read[0], read[3])) == (date and (date, about))


def test_every_fragment_is_read_or_kept() -> None:
    """In order, with its country and its dates; nothing is dropped."""
    found = features(
        "DOB 17 Jul 1966; alt. DOB circa 1964; POB Naranjo, Michoacan, Mexico; nationality Mexico;"
        " citizen Mexico; Gender Male; Passport A1 (Mexico) issued 14 Nov 2007 expires 12 Nov 2012;"
        " C.U.R.P. OECN660717HMNSRM07 (Mexico); RFC OECN660717XX1 (Mexico); a.k.a. 'O'NEIL';"
        " f.k.a. 'EL VIEJO'; Website www.example.org; Minister of Nothing;"
        " Linked To: UNO, S.A. DE C.V.; Linked To: CARTEL DOS."
    )

    assert [(f.kind, f.label, f.value) for f in found] == [
        ("birth date", None, "17 Jul 1966"),
        ("birth date", None, "circa 1964"),
        ("birth place", None, "Naranjo, Michoacan, Mexico"),
        ("nationality", None, "Mexico"),
        ("citizenship", None, "Mexico"),
        ("gender", None, "Male"),
        ("passport", None, "A1"),
        ("national id", "C.U.R.P.", "OECN660717HMNSRM07"),
        ("tax id", "R.F.C.", "OECN660717XX1"),
        ("name", "a.k.a.", "O'NEIL"),
        ("name", "f.k.a.", "EL VIEJO"),
        ("contact", "Website", "www.example.org"),
        (UNREAD, "Minister of", "Minister of Nothing"),
        ("linked to", None, "UNO, S.A. DE C.V."),
        ("linked to", None, "CARTEL DOS"),
    ]
    assert (found[6].country, found[6].detail) == (
        "Mexico",
        "issued 14 Nov 2007 expires 12 Nov 2012",
    )
    assert (found[1].is_alternative, found[1].is_about) == (1, 1)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    f"{label} A1 (Mexico) issued 2001"
                    for each in _LABELS.values()
                    for label in each
                ),
                *(f"alt. {label} X.Y" for each in _LABELS.values() for label in each),
                "DOB 28 Jul 1963",
                "DOB circa 1960s",
                "alt. DOB 1951 to 1953",
                "(Linked To: UNO (S.A.))",
                "a.k.a. 'O'NEIL'",
                "n.k.a. 'D'ANGELO'",
                "a.k.a. 'BROKEN",
                "Gender Male",
                "Member of Parliament",
                "POB",
                "(individual) [SDGT]",
            ]
        )
        | st.text(st.characters(codec="ascii", exclude_characters=";\x00"), max_size=20)
    )
)
def test_what_is_kept_gives_back_every_fragment(said: list[str]) -> None:
    """Each once and in order, word for word: read or not, nothing is dropped."""
    fragments = [piece.strip() for piece in said if piece.strip().rstrip(".")]

    kept = features("; ".join([*fragments, "X"]) + ".")[:-1]

    assert len(kept) == len(fragments)
    for feature, fragment in zip(kept, fragments, strict=True):
        words = " ".join(filter(None, [feature.label, *feature[2:5]]))
        missing = Counter(letters(fragment)) - Counter(letters(words))
        assert not missing or letters(fragment).startswith(letters(PRINTED[feature.kind]))


PRINTED = {
    "birth date": "DOB",
    "birth place": "POB",
    "nationality": "nationality",
    "citizenship": "citizen",
    "gender": "Gender",
    "linked to": "Linked To",
    "passport": "Passport",
}
"""The words that the kind itself stands for."""


def letters(text: str) -> str:
    """What is left without brackets, quotes, `alt.` and spaces."""
    plain = text.removeprefix("(").removeprefix("alt. ").replace("RFC", "R.F.C.")
    return "".join(letter for letter in plain if letter.isalnum())


def test_half_a_name_is_nobodys() -> None:
    """A cell that ends in mid-word, with no comment to go on, ties no one to `RED MUND`."""
    text = "Linked To: " + "X" * CELL + "; Linked To: RED MUND"

    last = features(text)[-1]

    assert (last.kind, last.value) == (CUT, "Linked To: RED MUND")


def test_short_remarks_without_a_full_stop_are_whole() -> None:
    """Only what is as long as a cell can have been cut."""
    assert features("DOB 1966")[0].kind == "birth date"
