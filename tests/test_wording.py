"""The facts of an action in words: what is told, in the source's own terms, and no more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.fields import Term
from caseledger.reports.wording import DETAILS, detail, sentence
from caseledger.vocabulary import ActionKind


def words(kind: str, **facts: Any) -> str:
    """The words for an action of a kind, of which these facts are told."""
    assert facts.keys() <= set(DETAILS)
    return detail(kind, tuple(facts.get(column) for column in DETAILS))


@pytest.mark.parametrize(
    ("kind", "facts", "told"),
    [
        ("arrest", {"custody": "Example Prison"}, "custody: Example Prison"),
        ("arrest", {"warrant": "of May"}, "warrant: of May"),
        ("arrest", {"prosecution_by": "Mexico"}, "for prosecution by Mexico"),
        (
            "charge",
            {"instrument": "indictment", "offense": "smuggling", "statute": "the Act"},
            "by indictment; alleged: smuggling; the Act",
        ),
        ("charge", {"instrument": "other", "conduct": "2014"}, "conduct 2014"),
        (
            "extradition",
            {"mode": "extradition", "from_country": "MX", "to_country": "US"},
            "from MX to US",
        ),
        (
            "extradition",
            {"mode": "deportation", "to_country": "MX", "offense": "fraud", "court": "a court"},
            "by deportation; to MX; alleged: fraud; requested by a court",
        ),
        (
            "conviction",
            {"sentence_months": 144, "sentence_life": 0, "basis": "plea"},
            "12 years' imprisonment; by plea",
        ),
        ("conviction", {"basis": "unstated", "offense": "attempted fraud"}, "attempted fraud"),
        ("sentence", {"sentence_life": 1, "court": "a court"}, "life imprisonment; a court"),
        (
            "designation",
            {"list_name": "SDN List", "program": "SDNTK", "list_entry": "7"},
            "under SDNTK; SDN List; entry 7",
        ),
        ("delisting", {"program": "SDNTK", "ends": "A4"}, "under SDNTK; ends A4"),
        ("release", {"ends": "A12"}, "ends A12"),
        ("reversal", {"ends": "A12"}, "ends A12"),
        ("death", {}, ""),
        ("prosecution", {}, ""),
    ],
)
def test_each_kind_tells_its_own_facts(kind: str, facts: dict[str, Any], told: str) -> None:
    """In the source's words; what goes without saying is not said."""
    assert words(kind, **facts) == told


@pytest.mark.parametrize("kind", ["charge", "extradition"])
def test_what_is_alleged_is_called_so(kind: str) -> None:
    """Before a verdict an offence is an allegation, whatever else is told beside it."""
    told = words(kind, offense="smuggling", conduct="2014", court="a court")

    assert "alleged: smuggling" in told


def test_what_someone_was_convicted_of_is_not_called_alleged() -> None:
    """It is a finding then."""
    assert "alleged" not in words("conviction", offense="smuggling", basis="verdict")


@pytest.mark.parametrize(
    ("months", "life", "kind", "extent", "told"),
    [
        (144, 0, None, "imposed", "12 years' imprisonment"),
        (12, 0, None, None, "1 year's imprisonment"),
        (1, 0, None, None, "1 month's imprisonment"),
        (18, 0, "probation", "imposed", "1 year 6 months' probation"),
        (240, 0, None, "maximum", "up to 20 years' imprisonment"),
        (None, 1, None, None, "life imprisonment"),
        (None, 1, None, "maximum", "up to life imprisonment"),
        (None, 0, "probation", None, "probation"),
        (None, 0, None, None, None),
    ],
)
def test_a_sentence_is_told_by_its_length_and_its_kind(
    months: int | None, life: int, kind: str | None, extent: str | None, told: str | None
) -> None:
    """A maximum is not what was imposed; where no sentence is told there is none."""
    assert sentence(months, life, kind, extent) == told


@given(st.integers(1, 2000))
def test_a_length_in_words_is_the_length_that_was_told(months: int) -> None:
    """Read back, years and months are as many as before."""
    told = str(sentence(months, 0))
    years, rest = (
        int(match[1]) if (match := re.search(rf"(\d+) {unit}", told)) else 0
        for unit in ("year", "month")
    )

    assert Term("sentence", "").read(f"{years}y{rest}m")["sentence_months"] == months


_FACT = st.none() | st.from_regex(r"[a-z]{1,6}( [a-z]{1,6})?", fullmatch=True)
_TEXTS = [column for column in DETAILS if not column.startswith("sentence_")]


@given(
    kind=st.sampled_from(list(ActionKind)),
    facts=st.fixed_dictionaries(dict.fromkeys(_TEXTS, _FACT)),
)
def test_whatever_is_told_or_not_the_words_join_cleanly(
    kind: str, facts: dict[str, str | None]
) -> None:
    """No "None", no separator without two sides, no fact that was not told."""
    told = words(kind, **facts)
    parts = told.split("; ") if told else []

    assert all(part and part == part.strip() for part in parts)
    assert "None" not in told
    assert all(any(fact and fact in part for fact in facts.values()) for part in parts)
