"""Markdown, for pasting into a document: a heading, a pipe table, the words under it.

Rows are written as they come, so columns are not padded to line up: a reader of the source who
wants that asks for a table.
"""

from __future__ import annotations

import re
from itertools import cycle, islice
from typing import TYPE_CHECKING

from caseledger.render.footer import NOTHING, sections
from caseledger.render.page import CHUNK, Page, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed import SupportsWrite

    from caseledger.render import Options
    from caseledger.sheet import Sheet


def write(sheet: Sheet, stream: SupportsWrite[str], options: Options) -> None:  # noqa: ARG001
    """Write a heading of the third level: the document that it is pasted into has its own."""
    page = Page(sheet)
    if title := visible(sheet.title):
        stream.write(f"### {_inline(title)}\n\n")
    for line in _table(page):
        stream.write(line)
    bullets = cycle("-*")  # lists that follow one another are one list, unless their bullets differ
    for section in sections(sheet.about(), marked=page.marked):
        bullet = f"{next(bullets)} " if section.listed else ""
        lines = [f"{bullet}{_block(_inline(line))}\n" for line in section.lines]
        stream.write("\n" + "".join(lines))


def _table(page: Page) -> Iterator[str]:
    """The table line by line, its head only once there is a row."""
    rows = page.rows()
    first = list(islice(rows, CHUNK))
    if not first:
        yield f"{NOTHING}\n"
        return
    headings = page.columns
    if not headings[-1] and len(first) < CHUNK and not page.marked:
        # These are all the rows, and none is to be marked: no column is needed for it.
        headings, first = headings[:-1], [row[:-1] for row in first]
    yield _row(headings)
    yield _row("---" for _ in headings)
    yield from map(_row, first)
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_inline, cells))} |\n"


_ADDRESS = re.compile(r"https?://[^\s<>\\`]+")

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)")
"""What could turn into markup, end a cell or be read as an entity; `$` is mathematics to GitHub."""


def _inline(text: str) -> str:
    """The text so that it reads as it stands, its addresses as links."""
    parts: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _without_stops(match[0])
        # In angle brackets nothing is markup; only a bar would still end the cell.
        link = f"<{address.replace('|', '%7C')}>"
        parts += _MARKUP.sub(r"\\\g<0>", text[end : match.start()]), link
        end = match.start() + len(address)
    return "".join(parts) + _MARKUP.sub(r"\\\g<0>", text[end:])


def _without_stops(address: str) -> str:
    """The address without the punctuation of the sentence that it stands in."""
    while address[-1] in ".,;:!?]'\"" or (
        address[-1] == ")" and address.count("(") < address.count(")")
    ):
        address = address[:-1]
    return address


def _block(text: str) -> str:
    """Escaped text that may stand first on a line, where `-` or `1.` would open a list."""
    return re.sub(r"\A(\d+(?=[.)])|(?=[-+=]))", r"\1\\", text)
