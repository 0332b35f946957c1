"""What the program says: data on stdout, the rest on stderr, in UTF-8 whatever the locale."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper, UnsupportedOperation
from typing import TextIO

from caseledger.errors import RefusedError, UnsaidError
from caseledger.interrupts import uninterrupted


def as_utf8() -> None:
    """Let every stream carry any name, whatever the locale; before anything is written.

    What has no UTF-8 is a byte in the name of a file, which only messages hold: it is escaped. What
    cannot be read of an answer is found where it is asked for.
    """
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    if isinstance(sys.stdin, TextIOWrapper):
        with suppress(UnsupportedOperation):  # whoever calls us has read from it already
            sys.stdin.reconfigure(errors="surrogateescape")


def stdout() -> TextIO:
    """Standard output for a sheet, its line ends left alone. Raises RefusedError."""
    if sys.stdout is None:
        raise RefusedError("standard output is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    return sys.stdout


def say(line: str) -> None:
    """A line on stderr, after the program's name; where stderr fails, the exit code is left."""
    try:
        print(f"caseledger: {line}", file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def answer(lines: Iterable[str], *, recorded: bool) -> None:
    """Lines on stdout: what was recorded, or would be.

    Raises UnsaidError where what is recorded already cannot be printed: a plain failure would be
    read as "nothing was recorded", and it would be recorded again.
    """
    lines = list(lines)
    with uninterrupted():
        try:
            for line in lines:
                print(line, file=stdout())
            stdout().flush()
        except BrokenPipeError:
            raise
        except (OSError, RefusedError) as error:
            silence(sys.stdout)
            if not recorded:
                raise
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise UnsaidError(lines, str(why)) from error


def silence(stream: TextIO | None) -> None:
    """Let a stream that failed swallow the rest, so that Python does not fail on it at its end."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[union-attr]
