"""A page of one record in plain text: headings, lines, sources, wrapped to the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from caseledger.render.footer import sections
from caseledger.render.page import visible
from caseledger.sheet import About

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from caseledger.sheet import SourceLine


def write_page(
    stream: TextIO,
    *,
    title: str,
    facts: Sequence[str],
    parts: Iterable[tuple[str, Sequence[str]]],
    sources: Sequence[SourceLine],
    notes: Sequence[str],
    width: int | None,
) -> None:
    """Write a title, facts, headed lists of lines, then sources and notes."""
    stream.writelines(f"{line}\n" for line in _wrapped(title, width, ""))
    for fact in facts:
        _write_lines(stream, fact, width)
    for heading, lines in parts:
        stream.write(f"\n{heading}\n")
        for line in lines:
            _write_lines(stream, line, width)
    for section in sections(About(sources=sources, notes=notes), marked=False):
        stream.write("\n")
        for line in section.lines:
            stream.writelines(f"{piece}\n" for piece in _wrapped(line, width, ""))


def _write_lines(stream: TextIO, text: str, width: int | None) -> None:
    stream.writelines(f"{line}\n" for line in _wrapped(text, width, "  "))


def _wrapped(text: str, width: int | None, indent: str) -> list[str]:
    shown = visible(text)
    if width is None:
        return [indent + shown]
    return textwrap.wrap(
        shown,
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    ) or [indent]
