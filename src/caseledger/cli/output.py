"""Where a sheet goes: to the terminal, down a pipe, or into a file that is whole or not there."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from caseledger.cli.saying import stdout
from caseledger.db.files import of_a_database
from caseledger.errors import RefusedError, UsageError
from caseledger.render import Format, Options, endings, format_of, write
from caseledger.sheet import Sheet

FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="table|csv|json|markdown",
        autocompletion=lambda: list(Format),
        help="How it is laid out.",
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="A file (format by its ending), or - for stdout."
    ),
]
RawOption = Annotated[
    bool, typer.Option("--raw", help="CSV: leave cells that a spreadsheet would run as formulas.")
]
BomOption = Annotated[
    bool | None,
    typer.Option("--bom/--no-bom", help="CSV: a byte-order mark, for Excel. In a file, yes."),
]


def deliver(
    sheet: Sheet,
    *,
    format_: str | None = None,
    output: str | None = None,
    raw: bool = False,
    bom: bool | None = None,
) -> None:
    """Write a sheet where it is wanted. Raises UsageError, RefusedError."""
    if output == "":
        raise UsageError("--output: the name of a file is needed, or -")
    path = None if output in {None, "-"} else Path(str(output))
    layout = _layout(format_, path)
    if path is None:
        width = terminal_width()
        options = Options(raw=raw, bom=bool(bom), width=width, color=width is not None and _color())
        write(sheet, layout, stdout(), options=options)
        return
    with whole_file(path) as stream:
        write(sheet, layout, stream, options=Options(raw=raw, bom=bom is not False))


def _layout(format_: str | None, path: Path | None) -> Format:
    if format_ is not None:
        try:
            return Format(format_.lower())
        except ValueError:
            raise UsageError(f"--format is one of: {', '.join(Format)}; not {format_!r}") from None
    if path is None:
        return Format.TABLE
    by_ending = format_of(path)
    if by_ending is None:
        raise UsageError(f"--output {path}: its ending is none of {endings()}; give --format")
    return by_ending


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody is there; a stream that was closed before we began is None."""
    return stream is not None and stream.isatty()


def terminal_width() -> int | None:
    """The terminal's width; None where the output is no terminal."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def _color() -> bool:
    """Whether headings may be bold on a terminal: see https://no-color.org."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file that appears under its name only when all of it is written.

    Raises RefusedError where it cannot be written, and where it would be the end of a database.
    """
    target = Path(os.path.realpath(path))  # Path.resolve fails on a link that leads to itself
    try:
        if of_a_database(target):
            raise RefusedError(f"cannot write {path}: it is, or belongs to, a database of SQLite")
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with draft.open("x", encoding="utf-8", newline="") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                shutil.copymode(target, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise RefusedError(f"cannot write {path}: {error.strerror}") from error
