"""Formats as a whole: golden files, file names, streams, what is imported."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caseledger.render import Format, Options, format_of, write
from caseledger.sheet import About, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.render.conftest import Rendered

MEBIBYTE = 1 << 20


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("report.csv", Format.CSV, Options()),
        ("report-raw-bom.csv", Format.CSV, Options(raw=True, bom=True)),
        ("report.json", Format.JSON, Options()),
        ("report.md", Format.MARKDOWN, Options()),
        ("report.txt", Format.TABLE, Options()),
        ("report-80.txt", Format.TABLE, Options(width=80)),
    ],
)
def test_a_report_is_written_as_in_the_golden_file(
    *,
    name: str,
    form: Format,
    options: Options,
    report: Sheet,
    rendered: Rendered,
    golden: Callable[[str, str], None],
) -> None:
    """Whatever a spreadsheet or a program was built on stays, byte for byte."""
    golden(name, rendered(report, form, options))


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("brief.md", Format.MARKDOWN, Options()),
        ("brief-80.txt", Format.TABLE, Options(width=80)),
        ("brief-color.txt", Format.TABLE, Options(width=80, color=True)),
        ("brief-40.txt", Format.TABLE, Options(width=40)),
    ],
)
def test_a_brief_report_is_written_as_in_the_golden_file(
    *,
    name: str,
    form: Format,
    options: Options,
    brief_report: Sheet,
    rendered: Rendered,
    golden: Callable[[str, str], None],
) -> None:
    """The formats for reading show the brief columns only."""
    golden(name, rendered(brief_report, form, options))


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON])
def test_formats_for_machines_have_every_column(
    *, form: Format, report: Sheet, brief_report: Sheet, rendered: Rendered
) -> None:
    """How a row is shown in little room is nothing to them."""
    plain = report._replace(rows=list(report.rows))
    brief = brief_report._replace(rows=plain.rows)

    assert rendered(brief, form) == rendered(plain, form)


@pytest.mark.parametrize("form", [Format.TABLE, Format.MARKDOWN])
def test_nothing_recorded_is_said_in_words(*, form: Format, rendered: Rendered) -> None:
    """An empty table could be a failure; the counts and cautions still stand under the words."""
    nothing = Sheet(
        "Actions",
        ("date", "name"),
        (),
        about=lambda: About(counts={"actions": 0}, notes=("A caution.",)),
    )

    text = rendered(nothing, form)

    assert "Nothing recorded.\n\n0 actions\n" in text
    assert "A caution." in text
    assert "date" not in text


@pytest.mark.parametrize("form", [Format.TABLE, Format.MARKDOWN])
def test_the_mark_is_explained_only_where_it_stands(
    *, form: Format, report: Sheet, rendered: Rendered
) -> None:
    """A legend for a mark that is not there would make the reader look for it."""
    certain = report._replace(rows=list(report.rows), uncertain=lambda _: False)
    unasked = certain._replace(uncertain=None)

    assert "may fall in the period asked for" not in rendered(certain, form)
    assert "may fall in the period asked for" not in rendered(unasked, form)


def test_what_stands_under_the_rows_is_asked_once_and_not_by_csv(rendered: Rendered) -> None:
    """It costs queries of its own."""
    asked: list[Format] = []
    for form in Format:

        def about(form: Format = form) -> About:
            asked.append(form)
            return About()

        rendered(Sheet("", ("name",), [("Fulano Inventado",)], about=about), form)

    assert sorted(asked) == [Format.JSON, Format.MARKDOWN, Format.TABLE]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("report.csv", Format.CSV),
        ("REPORT.CSV", Format.CSV),
        (".csv", Format.CSV),
        (Path("some.where/report.json"), Format.JSON),
        ("report.md", Format.MARKDOWN),
        ("report.markdown", Format.MARKDOWN),
        ("report.txt", Format.TABLE),
        ("report.xlsx", None),
        ("report", None),
        ("csv", None),
        ("json.d/report", None),
        ("", None),
    ],
)
def test_the_end_of_a_name_asks_for_a_format(name: str | Path, form: Format | None) -> None:
    """An end we do not know asks for nothing, so that the caller can say so."""
    assert format_of(name) is form


def _many(rows: int) -> Iterator[Row]:
    for number in range(rows):
        yield (
            number,
            f"Zutana Ejemplo Ñandú, who is nobody and did nothing, for the {number}th time",
        )


class _Nowhere:
    """A stream that keeps nothing but how much it was given."""

    def __init__(self) -> None:
        self.lines = 0

    def write(self, text: str) -> None:
        """Count the lines of a text."""
        self.lines += text.count("\n")


@pytest.mark.parametrize(
    ("form", "width", "rows"),
    [
        (Format.CSV, None, 200_000),
        (Format.TABLE, None, 200_000),
        (Format.TABLE, 60, 20_000),
        (Format.TABLE, 20, 20_000),
        (Format.MARKDOWN, None, 20_000),
        (Format.JSON, None, 20_000),
    ],
)
def test_memory_does_not_grow_with_the_rows(form: Format, width: int | None, rows: int) -> None:
    """A report of a whole registry is written in the memory of a short one."""
    columns = ("a number in words", "summary")
    write(Sheet("", columns, _many(10)), form, _Nowhere())  # what is imported is not counted
    stream = _Nowhere()

    tracemalloc.start()
    write(Sheet("", columns, _many(rows)), form, stream, options=Options(width=width))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert stream.lines > rows
    assert peak < 3 * MEBIBYTE


@pytest.mark.parametrize("form", list(Format))
def test_rows_are_written_as_they_come(form: Format) -> None:
    """A reader downstream sees the first rows before the last are fetched."""
    stream = _Nowhere()
    seen: list[int] = []

    def rows() -> Iterator[Row]:
        for row in _many(5000):
            seen.append(stream.lines)
            yield row

    write(Sheet("", ("number", "summary"), rows()), form, stream)

    assert seen[2500] > 0


def test_start_up_pays_for_no_format() -> None:
    """`caseledger.render` is imported by every command that reads; its formats are not."""
    heavy = ("tabulate", "wcwidth", "json", "csv", "rich", "dataclasses")
    script = f"import sys, caseledger.render; print([m for m in {heavy} if m in sys.modules])"

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("form", "own"),
    [
        (Format.CSV, {"csv"}),
        (Format.JSON, {"json"}),
        (Format.MARKDOWN, set()),
        (Format.TABLE, {"tabulate", "wcwidth", "csv"}),  # csv is tabulate's own wish
    ],
)
def test_a_format_imports_what_it_needs_and_no_more(form: Format, own: set[str]) -> None:
    """Asking for a CSV does not pay for a table."""
    script = (
        "import io, sys\n"
        "from caseledger.render import Format, write\n"
        "from caseledger.sheet import Sheet\n"
        f"write(Sheet('', ('a',), [('b',)]), Format({form.value!r}), io.StringIO())\n"
        "print(*sorted({'tabulate', 'wcwidth', 'json', 'csv', 'rich'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert set(ran.stdout.split()) <= own
