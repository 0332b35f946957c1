"""What a record is called: by its reference, and by a citation that supports it."""

from __future__ import annotations

from typing import Any

from caseledger.models import (
    Action,
    Affiliation,
    Case,
    Kinship,
    Name,
    Party,
    Record,
    Source,
    Tally,
)

_CITED: dict[type[Any], str] = {
    Party: "party",
    Action: "action",
    Affiliation: "affiliation",
    Name: "name",
    Kinship: "kinship",
    Tally: "tally",
    Case: "case",
}


def cited_as(item: Record) -> str | None:
    """What a citation calls a record; None for a source, which cites nothing."""
    return next((name for model, name in _CITED.items() if isinstance(item, model)), None)


def reference_of(item: Record) -> str:
    """`P12`; for what a dry run would make, `P?`."""
    number = item.id or "?"
    if isinstance(item, Party):
        return f"{item.kind[0].upper()}{number}"
    letters = {
        Action: "A",
        Case: "C",
        Source: "S",
        Affiliation: "F",
        Kinship: "K",
        Name: "N",
        Tally: "T",
    }
    for model, letter in letters.items():
        if isinstance(item, model):
            return f"{letter}{number}"
    raise TypeError(item)
