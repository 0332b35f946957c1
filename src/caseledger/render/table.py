"""A table for reading: fitted to the terminal, wrapped and never cut, written as rows come.

Where the terminal is too narrow for columns, each row becomes a block of lines instead.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from tabulate import tabulate

from caseledger.render import layout
from caseledger.render.footer import NOTHING, sections
from caseledger.render.page import CHUNK, Page, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from _typeshed import SupportsWrite

    from caseledger.render import Options
    from caseledger.sheet import About, Sheet

    Cells = tuple[str, ...]

NARROWEST = 20
"""Narrower than this nothing is legible; a terminal that says so is not believed."""


def write(sheet: Sheet, stream: SupportsWrite[str], options: Options) -> None:
    """Write the title, the rows, and what is said about them."""
    width = None if options.width is None else max(options.width, NARROWEST)
    page = Page(sheet)
    for line in _lines(sheet.title, width):
        stream.write(f"{_bold(line, options)}\n")
    if sheet.title.strip():
        stream.write("\n")
    for line in _body(page, width, options):
        stream.write(f"{line}\n")
    for line in _foot(sheet.about(), width, marked=page.marked):
        stream.write(f"{line}\n")


def _body(page: Page, width: int | None, options: Options) -> Iterator[str]:
    """The rows, laid out as the first of them allow."""
    rows = (tuple(map(layout.settled, row)) for row in page.rows())
    first = list(islice(rows, CHUNK))
    if not first:
        yield NOTHING
        return
    headings = page.columns
    if not headings[-1] and len(first) < CHUNK and not page.marked:
        # These are all the rows, and none is to be marked: no column is needed for it.
        headings, first = headings[:-1], [row[:-1] for row in first]
    natural = _natural(headings, first)
    words = () if width is None else _words(headings, first)
    widths = natural if width is None else layout.columns(natural, width, words)
    every = chain(first, rows)
    if widths is not None:
        yield from _columns(headings, every, widths, options, wrapped=width is not None)
    elif width is not None:
        yield from _blocks(headings, every, width)


def _natural(headings: Cells, rows: Sequence[Cells]) -> tuple[int, ...]:
    """How wide each column would be; never nothing, for the rule under a heading is drawn."""
    cells = zip(headings, *rows, strict=True)
    return tuple(max(1, *map(layout.measure, column)) for column in cells)


def _words(headings: Cells, rows: Sequence[Cells]) -> tuple[int, ...]:
    """How long the longest word of each column is."""
    cells = zip(headings, *rows, strict=True)
    return tuple(max(map(layout.longest_word, column)) for column in cells)


def _columns(
    headings: Cells,
    rows: Iterator[Cells],
    widths: Sequence[int],
    options: Options,
    *,
    wrapped: bool,
) -> Iterator[str]:
    """The headings, a rule, and the rows under them, all in the widths that the first rows gave.

    Where nothing is wrapped, a later cell may be wider; its chunk then is.
    """
    fitted = _fitted if wrapped else _as_they_are
    rule = tuple("-" * width for width in widths)
    *head, line = _drawn([fitted(headings, widths), rule])
    yield from (_bold(part, options) for part in head)
    yield line
    while chunk := list(islice(rows, CHUNK)):
        # The rule goes along, unseen: it is what makes this chunk's columns as wide as the last's.
        yield from _drawn([rule, *(fitted(row, widths) for row in chunk)])[1:]


def _fitted(cells: Cells, widths: Sequence[int]) -> Cells:
    return tuple(
        "\n".join(layout.wrap(cell, width)) for cell, width in zip(cells, widths, strict=True)
    )


def _as_they_are(cells: Cells, _: Sequence[int]) -> Cells:
    return cells


def _drawn(rows: Sequence[Cells]) -> list[str]:
    """Rows of cells, broken already, side by side.

    tabulate only pads: its own wrapping tears a heart from its colour, breaks words at hyphens, and
    never ends when a column is narrower than a letter. Unasked, it also reads `1e5` as a number.
    """
    return tabulate(rows, tablefmt="plain", disable_numparse=True).split("\n")


def _blocks(headings: Cells, rows: Iterable[Cells], width: int) -> Iterator[str]:
    """Each row as lines of `column: value`, without the empty ones; a blank line between rows."""
    before: Sequence[str] = ()
    for row in rows:
        yield from before
        for heading, value in zip(headings, row, strict=True):
            if value:
                yield from _lines(f"{heading}: {value}" if heading else value, width)
        before = ("",)


def _foot(about: About, width: int | None, *, marked: bool) -> Iterator[str]:
    for section in sections(about, marked=marked):
        yield ""
        for line in section.lines:
            yield from _lines(line, width, keep_addresses=True)


def _lines(text: str, width: int | None, *, keep_addresses: bool = False) -> list[str]:
    """A paragraph: every line but the first is indented. No text is no line."""
    text = layout.settled(visible(text))
    if width is None or not text:
        return list(filter(None, [text]))
    return layout.wrap(text, width, hanging="  ", keep_addresses=keep_addresses)


def _bold(line: str, options: Options) -> str:
    return f"\x1b[1m{line}\x1b[0m" if options.color else line
