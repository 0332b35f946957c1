"""A sheet: what a report, a list or a page says, before anything decides how it looks.

Reports make sheets and know no format; renderers lay sheets out and know no report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Cell = str | int | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it stands under a page: its reference and how to find it."""

    reference: str
    """The short reference, `S1`."""
    title: str
    publisher: str | None = None
    published: str | None = None
    """EDTF, with ` (inferred)` after it where the date was worked out."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What stands under the rows of a page: counts kept apart, tallies, sources, cautions."""

    counts: Mapping[str, int | str] = field(default_factory=dict)
    """By name, in the order to be shown: actions, named people, unnamed people, organizations."""
    tallies: Sequence[str] = ()
    """Totals that a source claims and that contain one of the rows: a sentence each, no sum."""
    sources: Sequence[SourceLine] = ()
    notes: Sequence[str] = ()
    """Cautions, a sentence each."""


@dataclass(frozen=True, slots=True)
class Brief:
    """How a row is shown where there is little room: fewer columns, several cells in one."""

    columns: tuple[str, ...]
    row: Callable[[Row], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, columns, rows as they come, and what is to be said about them."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    """Consumed once, as the database yields them."""
    criteria: Mapping[str, object] = field(default_factory=dict)
    """What was asked for, by the name of the option."""
    about: Callable[[], About] = About
    """Asked only by formats that show it, after the rows: a CSV never pays for it."""
    brief: Brief | None = None
    """None: every column, cell by cell."""
    uncertain: Callable[[Row], bool] | None = None
    """Whether a row only *may* fall in the period asked for; None when none was asked for."""
