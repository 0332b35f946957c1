"""How one value of a record is read, from a file or from a command line, into what is stored.

A field says a thing once: what it is called, how it is read, under which columns it is kept. A file
and a command line carry the same fields under the same names.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from caseledger import countries, dates, names
from caseledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

Stored = dict[str, Any]
"""Values by the column that keeps them."""

Sort = str
"""What a reference is to: `party`, `person`, `organization`, `case`, `action`, `tally`, `source`.
"""


@dataclass(frozen=True, slots=True)
class Field(ABC):
    """One value of a record."""

    name: str
    """As in a file; with hyphens for underscores, the option on the command line."""
    help: str
    required: bool = False
    option: str | None = None
    """The option's name, where it is not the field's."""
    metavar: str = "TEXT"
    """How the value is written: the column of values in a help text."""

    @property
    def typed(self) -> str:
        """What it is called on a command line: `--date`, `--from`."""
        return "--" + (self.option or self.name).replace("_", "-").replace(" ", "-")

    @abstractmethod
    def read(self, value: object) -> Stored:
        """The columns that the value fills. Raises ValueError with a sentence."""

    @property
    def default(self) -> Stored:
        """The columns where there is no value."""
        return {}


def text_of(value: object) -> str:
    """A text that says something, on one line, as printed. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"a text is needed, not {_shown(value)}")
    return names.clean(value)


def recorder(name: str) -> str:
    """Who records, as it is kept with every record. Raises UsageError."""
    try:
        return text_of(name)
    except ValueError as error:
        raise UsageError(f"--by: {error}") from error


def _shown(value: object) -> str:
    kind = {bool: "true or false", int: "a number", list: "a list", dict: "a table"}
    return kind.get(type(value), repr(value))


@dataclass(frozen=True, slots=True)
class Text(Field):
    """A text as printed."""

    column: str = ""

    def read(self, value: object) -> Stored:
        """As printed, on one line."""
        return {self.column or self.name: text_of(value)}


@dataclass(frozen=True, slots=True)
class NameText(Field):
    """A name or a title: as printed, and the key by which it is found."""

    metavar: str = "NAME"

    def read(self, value: object) -> Stored:
        """The name and its key."""
        name = text_of(value)
        return {self.name: name, f"{self.name}_key": names.key(name)}


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of a closed list of words; each other than the default may be a switch of its own."""

    values: type[StrEnum] | None = None
    otherwise: str | None = None
    """What holds where nothing is said."""
    switches: bool = False
    """On a command line: `--alleged` instead of `--standing alleged`."""
    column: str = ""

    def read(self, value: object) -> Stored:
        """The word as it is stored; a hyphen or an underscore stands for a space."""
        assert self.values is not None  # noqa: S101 - every choice has a list
        if isinstance(value, str):
            word = re.sub(r"[-_\s]+", " ", value.strip().lower())
            if word in set(self.values):
                return {self.column or self.name: str(self.values(word))}
        raise ValueError(f"{_shown(value)} is none of: {', '.join(self.words)}")

    @property
    def words(self) -> list[str]:
        """The words of the list."""
        return [value.value for value in self.values or ()]

    @property
    def default(self) -> Stored:
        """What holds where nothing is said."""
        return {self.column or self.name: self.otherwise} if self.otherwise else {}


@dataclass(frozen=True, slots=True)
class Switch(Field):
    """True or false: in a file a boolean, on a command line a switch."""

    column: str = ""
    on: int = 1
    metavar: str = ""

    def read(self, value: object) -> Stored:
        """`on`, or its opposite."""
        if not isinstance(value, bool):
            raise ValueError(f"true or false is needed, not {_shown(value)}")
        return {self.column: self.on if value else 1 - self.on}

    @property
    def default(self) -> Stored:
        """Not so."""
        return {self.column: 1 - self.on}


@dataclass(frozen=True, slots=True)
class Point(Field):
    """A date known within bounds (EDTF): the text, and the first and last day that it may be."""

    prefix: str = ""
    metavar: str = "EDTF"

    def read(self, value: object) -> Stored:
        """The shortest equal form, and its bounds."""
        return _bounded(self.name, self.prefix, dates.point(_date_text(value)))


@dataclass(frozen=True, slots=True)
class Extent(Field):
    """A stretch of time (EDTF), each end open or not."""

    prefix: str = ""
    metavar: str = "EDTF"

    def read(self, value: object) -> Stored:
        """The shortest equal form, and its bounds."""
        return _bounded(self.name, self.prefix, dates.extent(_date_text(value)))


def _bounded(name: str, prefix: str, interval: dates.Interval) -> Stored:
    return {
        name: interval.text,
        f"{prefix}earliest": interval.earliest,
        f"{prefix}latest": interval.latest,
    }


def _date_text(value: object) -> str:
    """A date as text: TOML reads an unquoted 2022-05-17 as a date and 2022 as a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise ValueError(f'a date is written as text, "2022-05-17"; not {_shown(value)}')
    return str(value)


@dataclass(frozen=True, slots=True)
class Country(Field):
    """A country: its code, or its name in English or Spanish."""

    metavar: str = "COUNTRY"

    def read(self, value: object) -> Stored:
        """The ISO 3166 code of two letters."""
        return {self.name: countries.code(text_of(value))}


@dataclass(frozen=True, slots=True)
class Day(Field):
    """One day, on which something was fetched."""

    metavar: str = "DATE"

    def read(self, value: object) -> Stored:
        """The day."""
        day = dates.point(_date_text(value))
        if day.earliest != day.latest:
            raise ValueError(f"one day is needed, like 2022-10-13; not {day.text}")
        return {self.name: day.text}


@dataclass(frozen=True, slots=True)
class Sha256(Field):
    """The SHA-256 of a document, in hexadecimal."""

    metavar: str = "HEX"

    def read(self, value: object) -> Stored:
        """In lower case."""
        if not re.fullmatch(r"[0-9a-f]{64}", digest := text_of(value).lower()):
            raise ValueError("64 hexadecimal digits are needed")
        return {self.name: digest}


@dataclass(frozen=True, slots=True)
class Body(Field):
    """A whole text, line breaks and all."""

    def read(self, value: object) -> Stored:
        """As it is; it must not be blank, and every character must be one that can be kept."""
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"a text that says something is needed, not {_shown(value)}")
        if found := re.search(r"[\x00\ud800-\udfff]", value):
            raise ValueError(f"no text has the character U+{ord(found[0]):04X}")
        return {self.name: value}


@dataclass(frozen=True, slots=True)
class Term(Field):
    """A sentence's length: `12y`, `18m`, `12y6m`, `life`."""

    metavar: str = "12y|18m|life"

    def read(self, value: object) -> Stored:
        """Months, or life."""
        text = text_of(value).lower().replace(" ", "")
        if text == "life":
            return {"sentence_months": None, "sentence_life": 1}
        match = re.fullmatch(r"(?:([0-9]{1,4})y)?(?:([0-9]{1,5})m)?", text)
        months = int(match[1] or 0) * 12 + int(match[2] or 0) if match else 0
        if not months:
            raise ValueError(f"a sentence is written 12y, 18m, 12y6m or life; not {value!r}")
        return {"sentence_months": months, "sentence_life": 0}

    @property
    def default(self) -> Stored:
        """No sentence told."""
        return {"sentence_months": None, "sentence_life": 0}


_NUMERALS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
"""Words that count as well as digits do: kept as words, they would be missing from every sum."""


@dataclass(frozen=True, slots=True)
class Count(Field):
    """A number as a source gives it: `26`, a range `20-30`, or words: `several dozen`."""

    metavar: str = "NUMBER|WORDS"
    ranges: bool = False

    def read(self, value: object) -> Stored:
        """`minimum`, `maximum` and `words`, of which the record's own rules make its columns."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        text = text_of(value)
        if self.ranges and (match := re.fullmatch(r"([0-9]{1,9})\s*[-–]\s*([0-9]{1,9})", text)):
            if int(match[1]) > int(match[2]):
                raise ValueError(f"{text} ends before it begins")
            return {"minimum": int(match[1]), "maximum": int(match[2]), "words": None}
        number = text.replace(",", "")
        if re.fullmatch(r"[0-9]{1,9}", number):
            return {"minimum": int(number), "maximum": int(number), "words": None}
        if any(character.isdigit() for character in text):
            raise ValueError(f"{value!r} is neither a number nor words without one")
        if text.lower() in _NUMERALS:
            raise ValueError(f"{value!r} is a number: write {_NUMERALS.index(text.lower())}")
        return {"minimum": None, "maximum": None, "words": text}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a record refers to, as it was written: a key in a file, a name or REF typed."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Link(Field):
    """A reference to another record."""

    to: Sort = ""
    column: str = ""
    metavar: str = "NAME|REF"

    def read(self, value: object) -> Stored:
        """The reference, still to be resolved."""
        return {self.column: Reference(self.to, text_of(value))}


@dataclass(frozen=True, slots=True)
class Links(Field):
    """References to several records, replaced whole."""

    to: Sort = ""
    metavar: str = "NAME|REF"

    def read(self, value: object) -> Stored:
        """The references, still to be resolved."""
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            raise ValueError(f"a list is needed, not {_shown(value)}")
        return {self.name: [Reference(self.to, text_of(item)) for item in items]}

    @property
    def default(self) -> Stored:
        """None."""
        return {self.name: []}


def unknown(name: str, fields: Mapping[str, Field]) -> str:
    """What to say of a field that is none of the record's."""
    from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

    near = get_close_matches(name, list(fields), n=1)
    return f"there is no field {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
