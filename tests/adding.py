"""What the tests of recording by hand share."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Ran

TITLE = "Fact sheet on U.S.–Mexico security cooperation under the Bicentennial Framework"

NEW = ("--person", "Fulano Inventado", "--source", "S1")


def ask(file: Path, sql: str, *given: object) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql, given).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def made(ran: Ran, letter: str) -> list[str]:
    """The references of what was recorded, of one letter."""
    assert ran.code == 0, ran.err
    return re.findall(rf"^({letter}[0-9]+) ", ran.out, re.MULTILINE)


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was recorded."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")
