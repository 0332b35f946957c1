"""What the list's files say, row by row. Named tuples: a list has fifty thousand of them."""

# No `from __future__ import annotations` here: a named tuple compiles each annotation that is text.
from collections.abc import Iterable
from typing import NamedTuple


class Entry(NamedTuple):
    """A row of the main file, in the order of its columns."""

    uid: int
    name: str
    type: str
    """`individual`, `entity`, `vessel` or `aircraft`."""
    programs: tuple[str, ...]
    """Each once, verbatim."""
    title: str | None
    call_sign: str | None
    vessel_type: str | None
    tonnage: str | None
    gross_tonnage: str | None
    flag: str | None
    owner: str | None
    remarks: str | None
    """As they stand in the cell: joined with a comment first, and stripped only then."""


class Alias(NamedTuple):
    """A row of the file of aliases."""

    uid: int
    number: int
    kind: str
    """`aka`, `fka` or `nka`."""
    name: str
    remarks: str | None


class Address(NamedTuple):
    """A row of the file of addresses; often an empty one."""

    uid: int
    number: int
    address: str | None
    city: str | None
    country: str | None
    remarks: str | None


class Comment(NamedTuple):
    """A row of the file of comments: the continuation of an entry's remarks."""

    uid: int
    text: str


class Batch(NamedTuple):
    """A part of the list: some entries, and all that the list says of them.

    A kind of record whose file was not given is None: it says nothing. The iterables are read
    once, in this order, and may raise ListError as they are.
    """

    entries: Iterable[Entry]
    aliases: Iterable[Alias] | None
    addresses: Iterable[Address] | None
    comments: Iterable[Comment] | None
    is_whole: bool
    """Whether it is the whole list, and what is not in it is gone."""
    said: int | None = None
    """How many entries the whole list says that it has, where it does."""
