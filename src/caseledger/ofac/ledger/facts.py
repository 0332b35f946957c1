"""What the newest remarks plainly say of who someone is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from caseledger import countries, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.ofac.ledger.keeper import Values
    from caseledger.ofac.ledger.listed import Feature

T = TypeVar("T")

_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


def facts(shown: str, features: Sequence[Feature]) -> Values:
    """Sex, birth and its bounds, nationality and suffix; of what is said twofold, nothing."""
    newest = [f for f in features if f.is_newest]
    births = [f for f in newest if f.kind == "birth date"]
    born: Values = (None, None, None)
    if len(births) == 1 and births[0].is_plain:
        born = births[0].date, births[0].earliest, births[0].latest
    return (
        _only({f.value.lower() for f in newest if f.kind == "gender"}),
        *born,
        _only(
            {countries.in_english(f.value) for f in newest if f.kind == "nationality"}
            or {countries.in_english(f.value) for f in newest if f.kind == "citizenship"}
        ),
        _SUFFIXES.get(names.suffix(shown)),
    )


def _only(values: set[T]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None
