"""References: a letter for what a record is, and its number. `P12`, `O3`, `A45`, `C7`, `S1`."""

from typing import NamedTuple


class Kept(NamedTuple):
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


_MOST_DIGITS = 18
"""As many as a 64-bit integer surely holds."""


class Reference(NamedTuple):
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
    letter, digits = text.strip()[:1].upper(), text.strip()[1:]
    if letter not in LETTERS or not (digits.isascii() and digits.isdigit()):
        return None
    if digits.startswith("0") or len(digits) > _MOST_DIGITS:
        return None
    return Reference(letter, int(digits))


def misread(text: str) -> str | None:
    """What to say of a text that looks like a reference and is none; None for any other."""
    letter, digits = text.strip()[:1].upper(), text.strip()[1:]
    if letter in LETTERS and digits.isascii() and digits.isdigit() and parse(text) is None:
        return f"{text.strip()!r} is no reference: a letter is followed by a number from 1 on"
    return None
