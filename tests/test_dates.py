"""A date says only what the source says: its bounds, its shortest text, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from caseledger import dates

if TYPE_CHECKING:
    from collections.abc import Callable
    from time import struct_time

    from caseledger.dates import Interval

    Reader = Callable[[str], Interval]

kinds = pytest.mark.parametrize("read", [dates.point, dates.extent])

_DAYS = st.dates().map(date.isoformat)
_DATES = st.tuples(_DAYS, st.sampled_from([4, 7, 10])).map(lambda cut: cut[0][: cut[1]])


def _ordered(bounds: tuple[str, str, str]) -> tuple[str | None, str | None]:
    """Two days in order, or one of them with the other end open."""
    first, last, kept = bounds
    first, last = sorted((first, last))
    return first if kept != "last" else None, last if kept != "first" else None


_BOUNDS = st.tuples(_DAYS, _DAYS, st.sampled_from(["both", "first", "last"])).map(_ordered)


@st.composite
def _units(draw: st.DrawFn) -> tuple[str, str]:
    """The first and last day of a year, of a month or of a day."""
    day = draw(st.dates(max_value=date(9999, 11, 30)))
    month = day.replace(day=1)
    next_month = (month + timedelta(days=31)).replace(day=1)
    first, last = draw(
        st.sampled_from(
            [
                (day.replace(month=1, day=1), day.replace(month=12, day=31)),
                (month, next_month - timedelta(days=1)),
                (day, day),
            ]
        )
    )
    return first.isoformat(), last.isoformat()


@kinds
@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-05", "2022-05-01", "2022-05-31"),
        ("2022-05-17", "2022-05-17", "2022-05-17"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_is_the_whole_of_its_year_month_or_day(
    read: Reader, text: str, earliest: str, latest: str
) -> None:
    """No one ever invents a first of January: a year runs from its first day to its last."""
    interval = read(text)

    assert interval == dates.Interval(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("[2022-01-22..2022-05-25]", "2022-01-22", "2022-05-25"),
        ("[..2022-09]", None, "2022-09-30"),
        ("[2022-09..]", "2022-09-01", None),
        ("[2021..2022-05]", "2021-01-01", "2022-05-31"),
    ],
)
def test_brackets_hold_the_bounds_of_a_point(
    text: str, earliest: str | None, latest: str | None
) -> None:
    """A point of which only bounds are known is one of a set, open where a bound is left out."""
    interval = dates.point(text)

    assert interval == dates.Interval(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2000/2012", "2000-01-01", "2012-12-31"),
        ("2021-04/2022-10-13", "2021-04-01", "2022-10-13"),
        ("2021-04/..", "2021-04-01", None),
        ("../2022", None, "2022-12-31"),
    ],
)
def test_a_slash_parts_the_ends_of_an_extent(
    text: str, earliest: str | None, latest: str | None
) -> None:
    """A stretch of time goes from one date to another, open where two dots stand."""
    interval = dates.extent(text)

    assert interval == dates.Interval(text, earliest, latest)


@pytest.mark.parametrize(
    ("read", "written", "kept"),
    [
        (dates.point, "[2022-01-01..2022-12-31]", "2022"),
        (dates.point, "[2022-05-01..2022-05-31]", "2022-05"),
        (dates.point, "[2022-01-01..2022-01-31]", "2022-01"),
        (dates.point, "[2022-12-01..2022-12]", "2022-12"),
        (dates.point, "[2022-12-31..2022-12-31]", "2022-12-31"),
        (dates.point, "[2022-01..2023-12]", "[2022..2023]"),
        (dates.point, "[..2022-09-30]", "[..2022-09]"),
        (dates.extent, "2021-04-01/2022-10-13", "2021-04/2022-10-13"),
        (dates.extent, "2022/2022", "2022"),
        (dates.extent, "2022-01-01/..", "2022/.."),
    ],
)
def test_the_shortest_equal_form_is_kept(read: Reader, written: str, kept: str) -> None:
    """Two texts with the same bounds are the same date, printed in one way."""
    text = read(written).text

    assert text == kept


@pytest.mark.parametrize(
    ("read", "written", "kept"),
    [
        (dates.point, "  2022-05\n", "2022-05"),
        (dates.point, "[ 2022-05 .. 2022-09 ]", "[2022-05..2022-09]"),
        (dates.point, "[ .. 2022-09 ]", "[..2022-09]"),
        (dates.extent, " 2021-04 / .. ", "2021-04/.."),
    ],
)
def test_spaces_around_and_between_are_not_kept(read: Reader, written: str, kept: str) -> None:
    """Spaces at the ends, in the brackets and around what parts two dates say nothing."""
    text = read(written).text

    assert text == kept


@given(_BOUNDS)
def test_a_printed_point_reads_back_the_same(bounds: tuple[str | None, str | None]) -> None:
    """Reading back what was printed is a law, and it keeps the bounds."""
    interval = dates.point_of(*bounds)

    assert (interval.earliest, interval.latest) == bounds
    assert dates.point(interval.text) == interval


@given(_BOUNDS)
def test_a_printed_extent_reads_back_the_same(bounds: tuple[str | None, str | None]) -> None:
    """Reading back what was printed is a law, and it keeps the bounds."""
    interval = dates.extent_of(*bounds)

    assert (interval.earliest, interval.latest) == bounds
    assert dates.extent(interval.text) == interval


@given(_units())
def test_a_whole_year_month_or_day_is_printed_as_such(bounds: tuple[str, str]) -> None:
    """Where the bounds are those of one year, month or day, no brackets and no slash are needed."""
    interval = dates.point_of(*bounds)

    assert interval.text == dates.extent_of(*bounds).text
    assert bounds[0].startswith(interval.text)
    assert bounds[1].startswith(interval.text)


@given(_BOUNDS)
def test_no_shorter_text_has_the_same_bounds(bounds: tuple[str | None, str | None]) -> None:
    """Each bound is printed with the shortest precision that gives the same bound."""
    interval = dates.point_of(*bounds)
    first, last = bounds
    firsts = {(first or "")[:length] for length in (4, 7, 10)}
    lasts = {(last or "")[:length] for length in (4, 7, 10)}

    for one, other in product(firsts, lasts):
        again = dates.point(f"[{one}..{other}]")
        if (again.earliest, again.latest) == bounds:
            assert len(interval.text) <= len(f"[{one}..{other}]")


@settings(deadline=None)  # the library compiles its grammar when it is first used
@given(_DATES, _DATES, st.sampled_from(["{}", "[{}..{}]", "[..{}]", "[{}..]", "{}/{}", "{}/.."]))
def test_the_bounds_are_those_of_the_edtf_library(one: str, other: str, form: str) -> None:
    """Whatever the library for EDTF can read, it reads as we do."""
    text = form.format(*sorted((one, other)))
    read = dates.extent if "/" in text else dates.point
    try:
        theirs = parse_edtf(text)
    except EDTFParseException:
        reject()  # it knows no set of mixed precision
    ours = read(text)

    assert ours.earliest == _day(theirs.lower_strict())
    assert ours.latest == _day(theirs.upper_strict())


def _day(bound: struct_time | float) -> str | None:
    """A bound of the library's: a time, or infinity where that end is open."""
    if isinstance(bound, float):
        return None
    return f"{bound.tm_year:04}-{bound.tm_mon:02}-{bound.tm_mday:02}"


@kinds
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "unknown", "0000", "-2022", "12022", "22", "2022-00", "2022-13", "2022-02-30"),
        *("2023-02-29", "2022-05-00", "2022-05-17T10:00", "2022?", "2022~", "202X", "2022-05-XX"),
        *("٢٠٢٢", "2022-٠5", "2022-05-1٧", "\uff12\uff10\uff12\uff12", "2022 05"),
        *("[2022]", "[2021,2022]", "[2021...2022]", "2021..2022"),
        *("[2022-13..2023]", "[2021..2022", "2022/", "/2022", "2022/13", "2020/2021/2022"),
    ],
)
def test_what_is_no_date_is_refused_by_name(read: Reader, text: str) -> None:
    """A text that is none of our forms is refused, in one line that shows it and what would do."""
    with pytest.raises(dates.DateError) as refused:
        read(text)

    sentence = str(refused.value)
    assert repr(text.strip()) in sentence
    assert "2022-05-17" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("May 17, 2022", "2022-05-17"),
        ("17 May 2022", "2022-05-17"),
        ("Sept. 5th, 2022", "2022-09-05"),
        ("17 de mayo de 2022", "2022-05-17"),
        ("May 2022", "2022-05"),
        ("enero 2022", "2022-01"),
        ("2022-5", "2022-05"),
        ("2022-5-7", "2022-05-07"),
        ("2022/05/17", "2022-05-17"),
        ("17/05/2022", "2022-05-17"),
        ("05/17/2022", "2022-05-17"),
        ("17.05.2022", "2022-05-17"),
        ("[May 2022..2022-09]", "2022-05"),
    ],
)
def test_a_date_written_in_one_other_way_is_offered_in_ours(text: str, meant: str) -> None:
    """Where it is clear what was meant, the refusal says how to write it."""
    with pytest.raises(dates.DateError) as refused:
        dates.point(text)

    assert str(refused.value).endswith(f"; did you mean {meant}?")


@kinds
@pytest.mark.parametrize(
    "text",
    [
        "05/06/2022",
        "5.6.2022",
        "about May 2022",
        "May 17, 22",
        "2022?",
        "2022-02-30",
        "May",
        "Ju 2022",
    ],
)
def test_what_could_be_read_in_two_ways_is_not_guessed_at(read: Reader, text: str) -> None:
    """The fifth of June to some is the sixth of May to others, so neither is offered."""
    with pytest.raises(dates.DateError) as refused:
        read(text)

    assert "did you mean" not in str(refused.value)


@pytest.mark.parametrize(
    ("read", "text", "instead"),
    [
        (dates.point, "2022/2023-05", "an action is one point in it: write [2022..2023-05]"),
        (dates.point, "2021-04/..", "an action is one point in it: write [2021-04..]"),
        (dates.extent, "[2022..2023-05]", "write the stretch of time 2022/2023-05"),
        (dates.extent, "[..2022-09]", "write the stretch of time ../2022-09"),
    ],
)
def test_a_point_is_no_extent_and_an_extent_no_point(read: Reader, text: str, instead: str) -> None:
    """What is written as the other of the two is refused, and said how to write as this one."""
    with pytest.raises(dates.DateError) as refused:
        read(text)

    assert repr(text) in str(refused.value)
    assert str(refused.value).endswith(instead)


@pytest.mark.parametrize(
    ("read", "text"),
    [(dates.point, "[..]"), (dates.point, "[ .. ]"), (dates.extent, "../..")],
)
def test_a_date_without_any_bound_is_left_empty(read: Reader, text: str) -> None:
    """An unknown date is not a date that is open at both ends; it is none."""
    with pytest.raises(dates.DateError) as refused:
        read(text)

    assert str(refused.value).endswith("a date that is not known is left empty")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (dates.point, "[2023..2022]"),
        (dates.point, "[2022-06..2022-05-31]"),
        (dates.extent, "2022-05-18/2022-05-17"),
    ],
)
def test_an_end_does_not_come_before_its_start(read: Reader, text: str) -> None:
    """Bounds in the wrong order are a mistake and are never swapped in silence."""
    with pytest.raises(dates.DateError) as refused:
        read(text)

    assert str(refused.value).endswith("ends before it begins")


_FEW = [f"2022-05-1{day}" for day in range(7)]
_ASKED = [None, *_FEW[2:5]]


def _possible(earliest: str | None, latest: str | None) -> list[str]:
    """The days that a date with these bounds may have been, out of a week."""
    return [day for day in _FEW if (earliest or day) <= day <= (latest or day)]


_PERIODS = [
    (since, until)
    for since, until in product(_ASKED, _ASKED)
    if since is None or until is None or since <= until
]


@pytest.mark.parametrize(("since", "until"), _PERIODS)
@pytest.mark.parametrize(("earliest", "latest"), _PERIODS)
def test_a_date_may_fall_in_a_period_if_one_of_its_days_does(
    earliest: str | None, latest: str | None, since: str | None, until: str | None
) -> None:
    """A period returns what may fall in it, and whoever wants certainty what lies wholly inside."""
    inside = [(since or day) <= day <= (until or day) for day in _possible(earliest, latest)]

    assert dates.may_fall(earliest, latest, since, until) == any(inside)
    assert dates.falls_wholly(earliest, latest, since, until) == all(inside)


@given(*[st.none() | _DAYS] * 2)
def test_without_a_date_it_may_be_any_time_and_is_certainly_none(
    since: str | None, until: str | None
) -> None:
    """What has no date may fall in any period, and lies wholly in none unless none is asked for."""
    asked = since is not None or until is not None

    assert dates.may_fall(None, None, since, until)
    assert dates.falls_wholly(None, None, since, until) is not asked
