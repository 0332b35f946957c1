"""What the tests of the formats share: an invented sheet, and files to compare with, as bytes."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from caseledger.render import PLAIN, Format, Options, write
from caseledger.sheet import About, Brief, Row, Sheet, SourceLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GOLDEN = Path(__file__).parent / "golden"

UPDATE = "CASELEDGER_UPDATE_GOLDEN"
"""Set in the environment, it writes the golden files anew. Read the difference first."""

COLUMNS = ("reference", "date", "name", "kind", "title", "organization", "people", "summary")

ROWS: tuple[Row, ...] = (
    (
        *("A1", "2022", 'Fulano "el Invento" Inventado', "arrest", "Plaza Boss | north"),
        *("Example Cartel", 1, '=HYPERLINK("https://example.org")'),
    ),
    (
        *("A2", "2022-02-17", "Zutana Ejemplo Ñandú", "designation", None, "Example Cartel; "),
        *(1, "alleged to be *a* member_of <b>it</b>\nand `more`"),
    ),
    (
        *("A3", "2022-05/2022-06", "例示太郎", "conviction", "", "Example Cartel"),
        *(None, "plea, sentence of 12 years\x1b[31m"),
    ),
    (
        *("A4", "2022-07-11", "six people", "arrest", "-", None),
        *(6, "see https://example.org/a_b?c=(d), and more"),
    ),
)


class Rendered(Protocol):
    """Writes a sheet and gives the text."""

    def __call__(self, sheet: Sheet, form: Format, options: Options = PLAIN) -> str:
        """Write it in that format."""


@pytest.fixture
def rendered() -> Rendered:
    """Writes a sheet to memory, line ends as they are."""

    def render(sheet: Sheet, form: Format, options: Options = PLAIN) -> str:
        stream = io.StringIO(newline="")
        write(sheet, form, stream, options=options)
        return stream.getvalue()

    return render


@pytest.fixture
def sheet_of() -> Callable[..., Sheet]:
    """Makes a sheet of nothing but rows."""

    def make(rows: Iterable[Row], columns: tuple[str, ...] = ("name", "title")) -> Sheet:
        return Sheet("", columns, rows)

    return make


@pytest.fixture
def report() -> Sheet:
    """A report with everything in it that a format may have to show."""
    return Sheet(
        "Actions concerning Example Cartel",
        COLUMNS,
        iter(ROWS),
        criteria={"cartel": "Example Cartel", "since": "2022-02", "limit": None},
        about=_about,
        uncertain=lambda row: row[1] == "2022",
    )


@pytest.fixture
def brief_report(report: Sheet) -> Sheet:
    """The same, told how to show a row where there is little room."""
    return report._replace(
        brief=Brief(
            ("date", "who", "what", "summary"),
            lambda row: (str(row[1]), str(row[2]), f"{row[3]} ({row[0]})", str(row[7])),
        )
    )


def _about() -> About:
    return About(
        counts={"actions": 4, "named people": 3, "unnamed people": "at least 6"},
        tallies=(
            "S1 claims 26 people designated by the Example Office, 2021-10/2022-10; recorded: 1.",
            "1. S1 claims over 100 people arrested.",
        ),
        sources=(
            SourceLine(
                "S1",
                "Fact sheet on nobody",
                "Example Ministry",
                "2022-10-13 (inferred)",
                "https://example.org/fact_sheets/a-very-long-address-that-no-terminal-holds|2022",
            ),
            SourceLine("S2", "Who is Zutana Ejemplo?"),
        ),
        notes=("An arrest is not a finding of guilt.",),
    )


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with a golden file, byte by byte."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get(UPDATE):
            path.write_bytes(text.encode())
        assert text.encode() == path.read_bytes()

    return compare
