"""References: a letter for what a record is, and its number. `P12`, `O3`, `A45`, `C7`, `S1`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"([POGACSFKNTL])([1-9][0-9]{0,17})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the records of a letter are kept, and what one is called."""

    table: str
    what: str


LETTERS = {
    "P": Kept("parties", "person"),
    "O": Kept("parties", "organization"),
    "G": Kept("parties", "group"),
    "A": Kept("actions", "action"),
    "C": Kept("cases", "case"),
    "S": Kept("sources", "source"),
    "F": Kept("affiliations", "affiliation"),
    "K": Kept("kinships", "kinship"),
    "N": Kept("names", "name"),
    "T": Kept("tallies", "tally"),
    "L": Kept("citations", "citation"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A letter and a number."""

    letter: str
    id: int

    @property
    def kept(self) -> Kept:
        """Where it is kept."""
        return LETTERS[self.letter]

    def __str__(self) -> str:
        return f"{self.letter}{self.id}"


def parse(text: str) -> Reference | None:
    """The reference that a text is; None where it is a name."""
    match = _REFERENCE.fullmatch(text.strip())
    return Reference(match[1].upper(), int(match[2])) if match else None
