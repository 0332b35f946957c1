"""A page of one record in plain text: headings, lines, sources, wrapped to the terminal."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from caseledger.render.footer import sections
from caseledger.render.page import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from caseledger.sheet import About

NARROWEST = 20
"""Narrower than this nothing is legible; a terminal that says so is not believed."""

_INDENT = "  "


def write_page(
    stream: TextIO,
    *,
    title: str,
    facts: Sequence[str],
    parts: Iterable[tuple[str, Iterable[str]]],
    about: Callable[[], About],
    width: int | None,
) -> None:
    """Write a title, facts, headed lines as they come, then the sources and notes.

    A heading without lines is left out. What stands under them is asked for after the lines. No
    width: nothing is wrapped.
    """
    wide = None if width is None else max(width, NARROWEST)
    stream.writelines(f"{line}\n" for line in _page(title, facts, parts, about, wide))


def _page(
    title: str,
    facts: Sequence[str],
    parts: Iterable[tuple[str, Iterable[str]]],
    about: Callable[[], About],
    width: int | None,
) -> Iterator[str]:
    yield from _lines(title, width)
    for fact in facts:
        yield from _lines(fact, width, _INDENT)
    for heading, lines in parts:
        rest = iter(lines)
        for first in rest:
            yield from ("", heading)
            for line in chain([first], rest):
                yield from _lines(line, width, _INDENT)
    for section in sections(about(), marked=False):
        yield ""
        for line in section.lines:
            yield from _lines(line, width)


def _lines(text: str, width: int | None, indent: str = "") -> Iterator[str]:
    """A paragraph: every line but the first is indented further."""
    shown = visible(text)
    if width is None:
        yield indent + shown
        return
    from caseledger.render import layout  # noqa: PLC0415 - only a terminal has columns to measure

    shown, room = layout.settled(shown), width - len(indent)
    if layout.measure(shown) <= room:
        yield indent + shown
        return
    first, *others = layout.wrap(shown, room - len(_INDENT), keep_addresses=True)
    yield indent + first
    yield from (indent + _INDENT + line for line in others)
