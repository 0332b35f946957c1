"""CSV: the columns, then the rows, with cells that a spreadsheet would run made harmless.

Lines end as the csv module ends them by itself, with CR and LF: told to end them with LF alone, it
leaves a carriage return in a cell unquoted, and readers break the row there.
"""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import SupportsWrite

    from caseledger.render import Options
    from caseledger.sheet import Cell, Row, Sheet

BOM = "\ufeff"

_MARKS = "=+-@\t＝＋－＠"
"""Text that begins with one of these, or with a line break, may be run as a formula."""

_STARTS = (*_MARKS, "\r", "\n")

_BATCH = 64
"""Rows written and examined at a time; 32 to 256 cost the same."""


def write(sheet: Sheet, stream: SupportsWrite[str], options: Options) -> None:
    """Write columns and rows; what is said about them is for formats with room for it."""
    if options.bom:
        stream.write(BOM)
    rows: Iterable[Row] = chain([sheet.columns], sheet.rows)
    if options.raw:
        csv.writer(stream).writerows(rows)
    else:
        _write_harmless(rows, stream)


class _Lines(list[str]):
    """What a csv writer has written, a line each; appending to a list is its cheapest stream."""

    write = list.append


def _write_harmless(rows: Iterable[Row], stream: SupportsWrite[str]) -> None:
    """Write rows, examining what the csv module made of them instead of every cell.

    Looking at 23 cells a row in Python costs 38% on top of `csv.writer(stream).writerows(rows)`;
    looking at the lines 5 to 10%, half a microsecond a row: all of it is searches for a single
    character, the quickest that Python has, which mostly find nothing. A row that is suspected
    costs three times as much; hardly any is.
    """
    lines = _Lines()
    writer = csv.writer(lines)
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        writer.writerows(batch)
        text = "".join(lines)
        stream.write("".join(_proofed(lines, batch)) if _suspicious(text, len(batch)) else text)
        lines.clear()


def _proofed(lines: list[str], rows: list[Row]) -> list[str]:
    """The lines of these rows, suspicious ones written again from harmless cells."""
    proofed = _Lines()
    writer = csv.writer(proofed)
    for line, row in zip(lines, rows, strict=True):
        if _suspicious(line, 1):
            writer.writerow(map(_harmless, row))
        else:
            proofed.append(line)
    return proofed


_LEADING = tuple(
    # Not preceded by anything but a delimiter, a quote or a line's end: at the start of a cell.
    # The mark comes first in the pattern because a pattern is looked for by its first character.
    (mark, re.compile(rf'{re.escape(mark)}(?<![^,"\n]{re.escape(mark)})').search)
    for mark in _MARKS
)


def _suspicious(text: str, rows: int) -> bool:
    """Whether a cell of these lines *may* begin as a formula does.

    Where there are more line breaks than rows some are inside cells, perhaps at the start of one.
    """
    if text.count("\n") != rows or text.count("\r") != rows:
        return True
    return any(mark in text and leading(text) for mark, leading in _LEADING)


def _harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before text that begins as a formula; numbers are numbers."""
    if isinstance(cell, str) and cell.startswith(_STARTS):
        return f"'{cell}"
    return cell
