"""What the formats for reading share: which columns a page shows, and its cells made safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.sheet import Cell, Row, Sheet

MARK = "?"
"""Stands in a narrow last column, with no heading, beside a row that is not certain."""

CHUNK = 1000
"""The first so many rows decide the columns of all, and a table lays out so many at a time:
tabulate holds what it lays out, several times over, and no report may need memory by its length."""

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, which a terminal obeys; the turns of direction, which would scramble the rest of the
line; and lone surrogates, which are no text at all."""


class Page:
    """The rows of a sheet as they are read: in brief where the sheet knows how, and marked."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.marked = False
        """Whether a row has been marked so far: the mark is then explained below the rows."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings; the last is empty where rows may be marked."""
        brief = self._sheet.brief
        columns = tuple(map(visible, brief.columns if brief else self._sheet.columns))
        return (*columns, "") if self._sheet.uncertain else columns

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows as they come, each of as many cells as there are headings."""
        for row in self._sheet.rows:
            cells = self._sheet.brief.row(row) if self._sheet.brief else row
            yield (*map(visible, cells), *self._mark(row))

    def _mark(self, row: Row) -> tuple[str, ...]:
        if self._sheet.uncertain is None:
            return ()
        if not self._sheet.uncertain(row):
            return ("",)
        self.marked = True
        return (MARK,)


def visible(cell: Cell) -> str:
    """The cell on one line, a space for any run of white space, every control shown as escaped."""
    if cell is None:
        return ""
    text = " ".join(str(cell).split())
    return text if text.isprintable() else _UNSAFE.sub(_escaped, text)


def escape(text: str) -> str:
    """The text as a Python literal would spell it: an escape, for one, as backslash, `x1b`."""
    return text.encode("unicode_escape").decode("ascii")


def _escaped(match: re.Match[str]) -> str:
    return escape(match[0])
