"""CSV: what a spreadsheet would run is made harmless, and what was a cell stays one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.render import Format, Options, write
from caseledger.sheet import Cell, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.render.conftest import Rendered

    SheetOf = Callable[..., Sheet]

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def read(text: str) -> list[list[str]]:
    """The cells as a reader of CSV finds them, without the headings."""
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("rest", ["", "1+1", 'HYPERLINK("https://example.org"),"x"', "a\r\nb"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(
    *, mark: str, rest: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Wherever it stands in the row, quoted or not: names come from other people's files."""
    cell = mark + rest

    text = rendered(sheet_of([(cell, "a"), ("a", cell), ('"a"', cell)]), Format.CSV)

    assert read(text) == [["'" + cell, "a"], ["a", "'" + cell], ['"a"', "'" + cell]]


@pytest.mark.parametrize("mark", MARKS)
def test_a_cell_in_the_first_row_of_all_is_no_exception(
    *, mark: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Even in a heading, where nothing stands before it."""
    sheet = sheet_of([(f"{mark}b",)], (f"{mark}a",))

    assert rendered(sheet, Format.CSV).count("'") == 2


@pytest.mark.parametrize(
    "cell",
    ["2022-02-17", "a=b", "a@example.org", ",-", '"-"', '"=1"', "a,=b", 'a"=b', "a\n=b", "a\r=b",
     " =a", "'=a", "", "Treinta – 30", "x\t"],
)  # fmt: skip
def test_a_mark_inside_a_cell_is_left_alone(
    *, cell: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Only the start of a cell is read as the start of a formula."""
    assert read(rendered(sheet_of([(cell, "a"), ("a", cell)]), Format.CSV)) == [
        [cell, "a"],
        ["a", cell],
    ]


def test_a_number_is_never_touched(sheet_of: SheetOf, rendered: Rendered) -> None:
    """An apostrophe would make text of it."""
    assert rendered(sheet_of([(-1, -20), (3, "-4")]), Format.CSV) == (
        "name,title\r\n-1,-20\r\n3,'-4\r\n"
    )


def test_raw_leaves_formulas(sheet_of: SheetOf, rendered: Rendered) -> None:
    """For programs, which run nothing and compare everything."""
    text = rendered(sheet_of([("=1+1", "@a")]), Format.CSV, Options(raw=True))

    assert text == "name,title\r\n=1+1,@a\r\n"


def test_a_byte_order_mark_stands_first_where_it_is_asked_for(
    sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Excel takes UTF-8 for something else without it; other readers trip over it."""
    sheet = sheet_of([("Ñandú", None)])

    assert rendered(sheet, Format.CSV, Options(bom=True)) == "\ufeffname,title\r\nÑandú,\r\n"
    assert not rendered(sheet_of([]), Format.CSV).startswith("\ufeff")


@pytest.mark.parametrize("raw", [True, False])
def test_a_carriage_return_in_a_cell_survives(
    *, raw: bool, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """With lines that end in a line feed alone, the csv module would leave it unquoted."""
    cells = ("a\rb", "c\r")

    assert read(rendered(sheet_of([cells]), Format.CSV, Options(raw=raw))) == [list(cells)]


def test_nothing_is_an_empty_cell(sheet_of: SheetOf, rendered: Rendered) -> None:
    """A spreadsheet knows no other nothing."""
    assert rendered(sheet_of([(None, ""), (None, None)]), Format.CSV) == "name,title\r\n,\r\n,\r\n"


cells = st.none() | st.integers() | st.text(st.sampled_from([*MARKS, *",\"a é–'"])) | st.text()


@given(st.lists(st.tuples(cells, cells, cells), max_size=150))
def test_looking_at_the_lines_finds_what_looking_at_each_cell_would(rows: list[Row]) -> None:
    """The quick way is only quick: its answer is that of the plain one."""

    def harmless(cell: Cell) -> Cell:
        return f"'{cell}" if isinstance(cell, str) and cell.startswith(MARKS) else cell

    plain = io.StringIO(newline="")
    csv.writer(plain).writerows([("a", "b", "c"), *(map(harmless, row) for row in rows)])
    quick = io.StringIO(newline="")
    write(Sheet("", ("a", "b", "c"), _once(rows)), Format.CSV, quick)

    assert quick.getvalue() == plain.getvalue()


def _once(rows: Iterable[Row]) -> Iterable[Row]:
    yield from rows
