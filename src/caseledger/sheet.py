"""A sheet: what a report, a list or a page says, before anything decides how it looks.

Reports make sheets and know no format; renderers lay sheets out and know no report. They are named
tuples: on the path that every report takes, making a data class costs eight times as much.
"""

# No `from __future__ import annotations` here: a named tuple compiles each annotation that is text.
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

Cell = str | int | None
Row = tuple[Cell, ...]


class SourceLine(NamedTuple):
    """A source as it stands under a page: its reference and how to find it."""

    reference: str
    """The short reference, `S1`."""
    title: str
    publisher: str | None = None
    published: str | None = None
    """EDTF, with ` (inferred)` after it where the date was worked out."""
    url: str | None = None


class About(NamedTuple):
    """What stands under the rows of a page: counts kept apart, tallies, sources, cautions."""

    counts: Mapping[str, int | str] = MappingProxyType({})
    """By name, in the order to be shown: actions, named people, unnamed people, organizations."""
    tallies: Sequence[str] = ()
    """Totals that a source claims and that contain one of the rows: a sentence each, no sum."""
    sources: Sequence[SourceLine] = ()
    notes: Sequence[str] = ()
    """Cautions, a sentence each."""


class Brief(NamedTuple):
    """How a row is shown where there is little room: fewer columns, several cells in one."""

    columns: tuple[str, ...]
    row: Callable[[Row], tuple[str, ...]]


class Sheet(NamedTuple):
    """A title, columns, rows as they come, and what is to be said about them."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    """Consumed once, as the database yields them."""
    criteria: Mapping[str, object] = MappingProxyType({})
    """What was asked for, by the name of the option."""
    about: Callable[[], About] = About
    """Asked only by formats that show it, after the rows: a CSV never pays for it."""
    brief: Brief | None = None
    """None: every column, cell by cell."""
    uncertain: Callable[[Row], bool] | None = None
    """Whether a row only *may* fall in the period asked for; None when none was asked for."""
