"""The table: never wider than the terminal, nothing lost, columns that line up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from caseledger.render import Format, Options, layout
from caseledger.render.page import CHUNK, visible
from caseledger.sheet import About, Row, Sheet, SourceLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.render.conftest import Rendered

    SheetOf = Callable[..., Sheet]

COMBINED = "Zutana Ejémplo Ñandú"
WIDE = "例示太郎 예시"
FAMILY = "👩\u200d👩\u200d👧 🇲🇽 ❤️"


def letters(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


texts = (
    st.text()
    | st.text(st.characters(categories=["L", "M", "Cf"]))
    | st.lists(
        st.sampled_from([COMBINED, WIDE, FAMILY, "a" * 50, "नमस्ते", "مثال", "2022-02-17"])
    ).map(" ".join)
)
tables = st.integers(1, 6).flatmap(
    lambda columns: st.lists(st.tuples(*[texts] * columns), min_size=1, max_size=6)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tables, st.integers(20, 200))
@example([("ᄒ" * 40, "👩\u1039\U00011046x" * 9)], 30)
@example([("\u0301", "a\u200d", "\u200d")], 80)
def test_no_line_is_wider_than_the_terminal_and_no_letter_is_lost(
    rendered: Rendered, rows: list[tuple[str, ...]], width: int
) -> None:
    """Whatever the cells hold."""
    columns = tuple("abcdef"[: len(rows[0])])

    text = rendered(Sheet("", columns, rows), Format.TABLE, Options(width=width))

    assert all(0 <= wcswidth(line) <= width for line in text.split("\n"))
    everything = sorted("".join(letters(layout.settled(visible(c))) for row in rows for c in row))
    found = sorted(letters(_without_head(text, columns)))
    assert _within(everything, found)


def _without_head(text: str, columns: tuple[str, ...]) -> str:
    """The text below the rule, or of all blocks without the names of the columns."""
    lines = text.split("\n")
    if lines[0].split() == list(columns):
        return "".join(lines[2:])
    return text


def _within(some: list[str], all_: list[str]) -> bool:
    """Whether every letter is there, as often."""
    return all(some.count(letter) <= all_.count(letter) for letter in set(some))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6), st.none() | st.just(80))
def test_the_last_column_begins_at_the_same_place_in_every_row(
    rendered: Rendered, rows: list[tuple[str, str]], width: int | None
) -> None:
    """Wide, narrow, accented: the columns line up."""
    sheet = Sheet("", ("a", "b", "c"), [(*row, "¦") for row in rows])

    lines = rendered(sheet, Format.TABLE, Options(width=width)).split("\n")[2:]

    ends = {wcswidth(line) for line in lines if line.endswith(" ¦")}
    assert len(ends) == 1


@pytest.mark.parametrize("width", [20, 24, 30, 40])
def test_an_accent_is_never_torn_from_its_letter(
    *, width: int, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Nor a family into its members, nor a flag into letters."""
    word = ("é" * 7 + "👩\u200d👩\u200d👧" + "🇲🇽" * 3) * 5

    text = rendered(sheet_of([(word, word)]), Format.TABLE, Options(width=width))

    whole = set(iter_graphemes(word))
    pieces = re.findall(r"[^\x00-\x7f]+[\u0301]?|e\u0301", text)
    assert set(iter_graphemes("".join(pieces))) == whole
    assert not any(line.lstrip().startswith(("\u0301", "\u200d")) for line in text.split("\n"))


def test_text_wraps_at_spaces_and_only_a_longer_word_inside_it() -> None:
    """As a reader would break it."""
    assert layout.wrap("one two three", 7) == ["one two", "three"]
    assert layout.wrap("a incomprehensibility b", 10) == ["a", "incomprehe", "nsibility", "b"]
    assert layout.wrap("例示太郎", 5) == ["例示", "太郎"]
    assert layout.wrap("", 5) == [""]


def test_a_span_of_dates_breaks_between_its_days() -> None:
    """A day is never torn while it has the room of one."""
    assert layout.wrap("[2021-12-10..2021-12-16], inferred", 16) == [
        "[2021-12-10..",
        "2021-12-16],",
        "inferred",
    ]
    assert layout.longest_word("[..2021-07-07], inferred") == len("[..2021-07-07],")


def test_where_not_every_word_has_room_the_longest_are_broken_first() -> None:
    """The other columns keep theirs whole."""
    assert layout.columns((40, 13, 12), 60, words=(40, 13, 12)) == (31, 13, 12)


def test_narrow_columns_keep_their_width_and_wide_ones_share_the_rest() -> None:
    """A date is not wrapped to make room for a summary."""
    assert layout.columns([10, 5, 30], 49) == (10, 5, 30)
    assert layout.columns([10, 5, 300, 300], 80) == (10, 5, 29, 30)
    assert layout.columns([300, 10, 20], 54) == (20, 10, 20)
    assert layout.columns([10, 300], 22) == (10, 10)
    assert layout.columns([10, 300], 21) is None
    assert layout.columns([1, 300], 13) == (1, 10)


def test_a_terminal_too_narrow_for_columns_gets_a_block_for_each_row(
    sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Columns of a few letters could not be read; what is empty is left out."""
    rows: list[Row] = [
        ("A1", "Fulano Inventado of Nowhere", "Plaza Boss in Colima"),
        ("A2", "Zutana Ejemplo Ñandú", None),
    ]

    text = rendered(sheet_of(rows, ("reference", "name", "title")), Format.TABLE, Options(width=25))

    assert text == (
        "reference: A1\n"
        "name: Fulano Inventado of\n"
        "  Nowhere\n"
        "title: Plaza Boss in\n"
        "  Colima\n"
        "\n"
        "reference: A2\n"
        "name: Zutana Ejemplo\n"
        "  Ñandú\n"
    )


def test_a_terminal_of_no_width_is_not_believed(sheet_of: SheetOf, rendered: Rendered) -> None:
    """Some say 0 or 1; a letter a line would be of no use, and a wide letter never fits."""
    assert rendered(sheet_of([("例示", "b")]), Format.TABLE, Options(width=0)) == rendered(
        sheet_of([("例示", "b")]), Format.TABLE, Options(width=20)
    )


def test_what_is_piped_is_not_wrapped(sheet_of: SheetOf, rendered: Rendered) -> None:
    """A program that reads lines finds a row in each."""
    text = rendered(sheet_of([("a " * 200, "b"), ("c", "d " * 300)]), Format.TABLE)

    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(
    "cell", ["1e5", "007", "1.10", "1,000", "-0-", "True", "nan", "0x1", "1_0"]
)
def test_what_looks_like_a_number_is_text(
    *, cell: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """A docket or a date is printed as it is recorded."""
    lines = rendered(sheet_of([(cell, "a"), (cell, 10)]), Format.TABLE).splitlines()

    assert lines[2].split() == [cell, "a"]
    assert lines[3].split() == [cell, "10"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("a\u202eb", r"a\u202eb"),
        ("a\ud800", r"a\ud800"),
        ("\x01", r"\x01"),
        ("a\nb\r\nc\td\u2028e", "a b c d e"),
        ("  a   b ", "a b"),
    ],
)
def test_a_cell_cannot_speak_to_the_terminal(
    *, cell: str, shown: str, sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Controls are shown, and a line break is a space."""
    text = rendered(sheet_of([(cell, "b")]), Format.TABLE, Options(width=80))

    assert text.split("\n")[2].rsplit("  ", 1)[0].rstrip() == shown


@pytest.mark.parametrize("word", ["\u093ea", "a\u200d", "👩\U00011046"])
def test_a_word_that_would_join_its_neighbours_is_settled(word: str) -> None:
    """A vowel sign of Devanagari on the space before it would shift the columns to the right."""
    settled = layout.settled(f"é {word} é")

    assert wcswidth(settled) == sum(map(wcswidth, settled.split())) + 2


def test_no_words_of_a_page_can_speak_to_the_terminal(rendered: Rendered) -> None:
    """Titles of cases and of sources come from files as well."""
    evil = "\x1b[2J\x07"
    about = About(
        counts={evil: evil},
        tallies=(evil,),
        sources=(SourceLine(evil, evil, evil, evil, evil),),
        notes=(evil,),
    )

    text = rendered(Sheet(evil, (evil,), [(evil,)], about=lambda: about), Format.TABLE)

    assert all(letter.isprintable() or letter == "\n" for letter in text)


def test_later_rows_take_the_widths_of_the_first(sheet_of: SheetOf, rendered: Rendered) -> None:
    """A table is laid out in chunks, and nobody should see where one ends."""
    rows = [("Fulano Inventado" if number == 0 else "F", str(number)) for number in range(3000)]

    lines = rendered(sheet_of(rows), Format.TABLE, Options(width=80)).splitlines()

    assert len(lines) == 2 + 3000
    assert lines[1] == "----------------  -----"
    assert {line.index(str(number)) for number, line in enumerate(lines[2:])} == {18}


def test_a_later_cell_that_is_wider_is_wrapped_or_shown_whole(
    sheet_of: SheetOf, rendered: Rendered
) -> None:
    """Wrapped in a terminal; in a pipe the lines of its chunk give way."""
    rows = [("a", "b")] * (2 * CHUNK) + [("Fulano Inventado", "b")]

    wrapped = rendered(sheet_of(rows), Format.TABLE, Options(width=80)).splitlines()
    piped = rendered(sheet_of(rows), Format.TABLE).splitlines()

    assert len(wrapped) > len(piped) == 2 + len(rows)
    assert max(map(len, wrapped)) == len("name  title")
    assert piped[-1] == "Fulano Inventado  b"


def test_an_address_under_the_table_stays_whole(report: Sheet, rendered: Rendered) -> None:
    """Broken by us it could not be followed; the terminal breaks it by itself."""
    text = rendered(report, Format.TABLE, Options(width=40))

    assert "\n  https://example.org/fact_sheets/a-very-long-address-that-no-terminal" in text
    assert all(len(line) <= 40 or "://" in line for line in text.splitlines())


def test_color_only_makes_bold(brief_report: Sheet, rendered: Rendered) -> None:
    """Title and headings; the letters and their places stay."""
    rows = list(brief_report.rows)
    options = Options(width=80)

    plain = rendered(brief_report._replace(rows=rows), Format.TABLE, options)
    bold = rendered(brief_report._replace(rows=rows), Format.TABLE, options._replace(color=True))

    assert bold != plain
    assert re.sub(r"\x1b\[[01]m", "", bold) == plain


def test_a_table_with_nothing_to_mark_has_no_column_for_it(
    report: Sheet, rendered: Rendered
) -> None:
    """An empty column under a lone dash would only make a reader wonder what it is for."""
    certain = report._replace(uncertain=lambda row: False)  # noqa: ARG005

    head = rendered(certain, Format.TABLE).splitlines()[2:4]

    assert [len(line.split("  ")[-1].strip()) > 1 for line in head] == [True, True]
