"""Markdown: a cell reads as it stands and is never markup."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger.render import Format
from caseledger.render.page import visible
from caseledger.sheet import About, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from tests.render.conftest import Rendered

    SheetOf = Callable[..., Sheet]


@pytest.fixture(scope="module")
def reader() -> MarkdownIt:
    """A reader of Markdown that is not ours, with the tables and strokes of GitHub's."""
    module = pytest.importorskip("markdown_it")
    parser: MarkdownIt = module.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a|b", r"a\|b"),
        ("a\nb\r\nc", "a b c"),
        ("<b>", r"\<b\>"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("[a](b)", r"\[a\](b)"),
        ("back\\slash", r"back\\slash"),
        ("&lt; AT&T", r"\&lt; AT&T"),
        ("https://example.org/a_b|c.", "<https://example.org/a_b%7Cc>."),
        ("(https://example.org/a),", "(<https://example.org/a>),"),
        ("https://example.org/a_(b)", "<https://example.org/a_(b)>"),
        ("https://.", "<https://>."),
        ("\x1b[31m", r"\\x1b\[31m"),
        (None, ""),
        (-5, "-5"),
    ],
)
def test_a_cell_cannot_break_the_table_or_turn_into_markup(
    *, cell: str | int | None, written: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """A bar, a line break, a tag, a star in a name are only letters."""
    text = rendered(sheet_of([(cell, "x")]), Format.MARKDOWN)

    assert text == f"| name | title |\n| --- | --- |\n| {written} | x |\n"


cells = (
    st.text()
    | st.text(st.sampled_from("|\\`*_[]()<>!&#;~$-+=.1a \n\té"))
    | st.just("https://a|_(b)")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=4))
def test_a_reader_finds_the_cells_as_they_were(
    reader: MarkdownIt, rendered: Rendered, rows: list[tuple[str, str, str]]
) -> None:
    """A reader that knows nothing of how they were written."""
    text = rendered(Sheet("", ("a", "b", "c"), rows), Format.MARKDOWN)

    found = _cells(reader.parse(text))

    assert found == ["a", "b", "c", *(visible(cell) for row in rows for cell in row)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=cells, tally=cells, note=cells)
def test_a_reader_finds_the_words_around_the_table_as_they_were(
    *, reader: MarkdownIt, rendered: Rendered, title: str, tally: str, note: str
) -> None:
    """A sentence may begin with `1.` or `-`, and a title end in `#`."""
    about = About(tallies=(tally,), notes=(note,))
    sheet = Sheet(title, ("a",), [("b",)], about=lambda: about)

    tokens = reader.parse(rendered(sheet, Format.MARKDOWN))

    found = [_text(token) for token in tokens if token.type == "inline"]
    expected = [visible(title), "a", "b", visible(tally), visible(note)]
    assert list(filter(None, found)) == list(filter(None, expected))
    allowed = r"(heading|table|t[rhd]|thead|tbody|bullet_list|list_item|paragraph)_|inline$"
    assert all(re.match(allowed, token.type) for token in tokens)


def test_lists_that_follow_one_another_stay_apart(
    report: Sheet, reader: MarkdownIt, rendered: Rendered
) -> None:
    """Totals, sources and cautions are three lists."""
    tokens = reader.parse(rendered(report, Format.MARKDOWN))

    assert [token.type for token in tokens].count("bullet_list_open") == 3


def test_a_row_that_is_not_certain_is_marked_in_a_column_of_its_own(
    report: Sheet, rendered: Rendered
) -> None:
    """Whatever the other columns are."""
    lines = rendered(report, Format.MARKDOWN).splitlines()

    assert lines[2].endswith("| summary |  |")
    assert lines[4].endswith(" | ? |")
    assert lines[5].endswith(" |  |")
    assert "? may fall in the period asked for: its date is not certain." in lines


def _cells(tokens: Sequence[Token]) -> list[str]:
    return [
        _text(token) for before, token in pairwise(tokens) if before.type in {"td_open", "th_open"}
    ]


def _text(token: Token) -> str:
    """The text of a cell or a line, in which there may be nothing but text and addresses."""
    assert {child.type for child in token.children or ()} <= {
        "text", "text_special", "link_open", "link_close",
    }  # fmt: skip
    return "".join(child.content for child in token.children or ())


def test_where_no_row_is_marked_there_is_no_column_for_it(
    report: Sheet, rendered: Rendered
) -> None:
    """As in a table: an empty column asks the reader what it means."""
    certain = report._replace(rows=list(report.rows), uncertain=lambda _: False)

    unasked = rendered(certain._replace(uncertain=None), Format.MARKDOWN)
    assert rendered(certain, Format.MARKDOWN) == unasked
