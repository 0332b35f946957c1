"""Writing a sheet: one small module per format, each imported only when that format is asked for.

A format knows nothing of reports. Adding one is a module with a `write`, a member of `Format`, its
suffix, and a line in `_writer`.
"""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import SupportsWrite

    from caseledger.sheet import Sheet


class Format(StrEnum):
    """The ways in which a sheet can be written."""

    TABLE = "table"
    """For reading, in a terminal or a mail."""
    CSV = "csv"
    """For a spreadsheet: every column, and nothing but the rows."""
    JSON = "json"
    """For a program: everything the sheet says."""
    MARKDOWN = "markdown"
    """For pasting into a document."""


_SUFFIXES = {
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TABLE,
}


class Options(NamedTuple):
    """What a format may be told; each heeds what concerns it."""

    raw: bool = False
    """CSV: leave cells that a spreadsheet would run as formulas as they are."""
    bom: bool = False
    """CSV: begin with a byte order mark, without which Excel misreads accents."""
    width: int | None = None
    """Table: columns of the terminal; None where there is no terminal, and nothing is wrapped."""
    color: bool = False
    """Table: title and headings in bold, for a terminal that shows it."""


PLAIN = Options()


def endings() -> str:
    """The ends of a file's name that ask for a format: `.csv, .json …`."""
    return ", ".join(_SUFFIXES)


def format_of(path_or_suffix: str | os.PathLike[str]) -> Format | None:
    """The format that the end of a file's name asks for; None when it asks for none we know."""
    name = os.path.basename(os.fspath(path_or_suffix))  # noqa: PTH119 - Path(".csv") has no suffix
    _, dot, suffix = name.rpartition(".")
    return _SUFFIXES.get(dot + suffix.lower())


def write(
    sheet: Sheet,
    format: Format,  # noqa: A002 - the word for it
    stream: SupportsWrite[str],
    *,
    options: Options = PLAIN,
) -> None:
    """Write a sheet to a stream of text, rows as they come.

    The stream is opened by the caller, as UTF-8 and with `newline=""`; what it cannot encode is
    its own error to raise.
    """
    _writer(format)(sheet, stream, options)


def _writer(format_: Format) -> Callable[[Sheet, SupportsWrite[str], Options], None]:
    """The `write` of a format's module, imported now: start-up pays for no format at all."""
    match format_:
        case Format.CSV:
            from caseledger.render.csv_ import write as writer  # noqa: PLC0415
        case Format.JSON:
            from caseledger.render.json_ import write as writer  # noqa: PLC0415
        case Format.MARKDOWN:
            from caseledger.render.markdown import write as writer  # noqa: PLC0415
        case Format.TABLE:
            from caseledger.render.table import write as writer  # noqa: PLC0415
    return writer
