"""JSON: one object with everything a sheet says, written row by row."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from _typeshed import SupportsWrite

    from caseledger.render import Options
    from caseledger.sheet import Cell, Sheet

_INDENT = 2

_encode = JSONEncoder(ensure_ascii=False, indent=_INDENT, default=str).encode

_encode_row = JSONEncoder(ensure_ascii=False, separators=(",\n" + " " * 3 * _INDENT, ": ")).encode
"""Rows are flat, so a separator that breaks the line indents them, and the encoder stays the one
in C: told to indent, it is the one in Python, eight times slower."""


def write(sheet: Sheet, stream: SupportsWrite[str], options: Options) -> None:  # noqa: ARG001
    """Write the sheet; cells keep their type, and what a row leaves out is null."""
    about = sheet.about()  # stands before the rows, and does not depend on them
    _write_member(stream, "title", sheet.title, before="{")
    _write_member(stream, "criteria", dict(sheet.criteria))
    _write_member(stream, "counts", dict(about.counts))
    _write_rows(stream, sheet)
    _write_member(stream, "tallies", list(about.tallies))
    _write_member(stream, "sources", [source._asdict() for source in about.sources])
    _write_member(stream, "notes", list(about.notes))
    stream.write("\n}\n")


def _write_member(
    stream: SupportsWrite[str], name: str, value: object, *, before: str = ","
) -> None:
    """Write a member of the outermost object; line breaks in strings are escaped already."""
    text = _encode(value).replace("\n", "\n" + " " * _INDENT)
    stream.write(f'{before}\n{" " * _INDENT}"{name}": {text}')


def _write_rows(stream: SupportsWrite[str], sheet: Sheet) -> None:
    """Write the rows, each an object, laid out as the encoder would have done by itself."""
    outer, inner = "\n" + " " * 2 * _INDENT, "\n" + " " * 3 * _INDENT
    stream.write(f',\n{" " * _INDENT}"rows": [')
    before = ""
    for members in _members(sheet):
        stream.write(f"{before}{outer}{{{inner}{_encode_row(members)[1:-1]}{outer}}}")
        before = ","
    stream.write("\n" + " " * _INDENT + "]" if before else "]")


def _members(sheet: Sheet) -> Iterator[Mapping[str, Cell]]:
    """Each row by the names of the columns and, where a period was asked for, `certain`."""
    for row in sheet.rows:
        members: dict[str, Cell] = dict(zip(sheet.columns, row, strict=True))
        if sheet.uncertain is not None:
            members["certain"] = not sheet.uncertain(row)
        yield members
