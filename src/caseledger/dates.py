"""Dates that say only what the source says: a few forms of EDTF, each with its two bounds.

The forms are those of ISO 8601-2 (the Extended Date/Time Format). We read them ourselves: the
`edtf` library takes as long to import as ten bare starts of Python, answers an open end with a
float and refuses a set of mixed precision (`[2021..2022-05]`). The tests hold the two together.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

# [0-9], because \d takes the digits of every script.
_DATE = re.compile(r"(?!0000)([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_ONE_OF = re.compile(r"\[([^].]*)\.\.([^].]*)\]")
_STRETCH = re.compile(r"([^/[\]]*)/([^/[\]]*)")

_POINTS = (
    "a date is written 2022, 2022-05 or 2022-05-17, "
    "or by its bounds [2022-01..2022-05], [..2022-05] or [2022-01..]"
)
_EXTENTS = (
    "a stretch of time is written 2021-04/2022-10-13, 2021-04/.. or ../2022, "
    "or as a whole 2022, 2022-05 or 2022-05-17"
)

Bounds = tuple[str | None, str | None]
"""The first and the last day, as ISO writes them; None where that end is open."""


class DateError(ValueError):
    """A text that is no date of ours; the sentence names it and says what would be one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A date or a stretch of time: as it is printed, and its first and last day."""

    text: str
    """The shortest EDTF that has these bounds."""
    earliest: str | None
    """An ISO day; None where that end is open."""
    latest: str | None
    """An ISO day; None where that end is open."""


def point(text: str) -> Interval:
    """The date of one thing done: a year, a month, a day, or the bounds between which it was.

    Raises DateError.
    """
    read = text.strip()
    if bounds := _date(read):
        return Interval(read, *bounds)
    if sides := _ONE_OF.fullmatch(read):
        return point_of(*_bounds(sides, "", _POINTS))
    meant = None
    if sides := _STRETCH.fullmatch(read):
        with suppress(DateError):
            meant = point_of(*_bounds(sides, "..", _EXTENTS)).text
    if meant:
        raise DateError(
            f"{read!r} is a stretch of time, and an action is one point in it: write {meant}"
        )
    raise _no_date(read, _POINTS)


def extent(text: str) -> Interval:
    """A stretch of time, each end a date or open; a date by itself is the whole of it.

    Raises DateError.
    """
    read = text.strip()
    if bounds := _date(read):
        return Interval(read, *bounds)
    if sides := _STRETCH.fullmatch(read):
        return extent_of(*_bounds(sides, "..", _EXTENTS))
    if sides := _ONE_OF.fullmatch(read):
        meant = extent_of(*_bounds(sides, "", _POINTS)).text
        raise DateError(f"{read!r} is one point within bounds: write the stretch of time {meant}")
    raise _no_date(read, _EXTENTS)


def point_of(earliest: str | None, latest: str | None) -> Interval:
    """The point that has these days as its bounds.

    Raises DateError where both are open, or the last comes before the first.
    """
    return _shortest(earliest, latest, "[{}..{}]", "")


def extent_of(earliest: str | None, latest: str | None) -> Interval:
    """The stretch of time from the one day to the other.

    Raises DateError where both are open, or the last comes before the first.
    """
    return _shortest(earliest, latest, "{}/{}", "..")


def may_fall(
    earliest: str | None, latest: str | None, since: str | None, until: str | None
) -> bool:
    """Whether a date with these bounds may lie in the period; one without a date always may.

    `since` and `until` are days, None where the period is open there.
    """
    return (since is None or latest is None or since <= latest) and (
        until is None or earliest is None or earliest <= until
    )


def falls_wholly(
    earliest: str | None, latest: str | None, since: str | None, until: str | None
) -> bool:
    """Whether a date with these bounds lies in the period, whichever day it was.

    `since` and `until` are days, None where the period is open there.
    """
    return (since is None or (earliest is not None and since <= earliest)) and (
        until is None or (latest is not None and latest <= until)
    )


def _date(text: str) -> tuple[str, str] | None:
    """The first and last day of a year, a month or a day; None where the text is none of them."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = match.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    last = _last_day(int(year), int(month))
    if day is None:
        return f"{text}-01", f"{text}-{last}"
    return (text, text) if 1 <= int(day) <= last else None


def _last_day(year: int, month: int) -> int:
    """How long a month is; `calendar` knows too, but brings `locale` and `datetime` along."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _bounds(sides: re.Match[str], unbounded: str, forms: str) -> Bounds:
    """The first day of the one side and the last of the other. Raises DateError."""
    days: list[str | None] = []
    for end, side in enumerate(sides.groups()):
        written = side.strip()
        bounds = _date(written)
        if not bounds and written != unbounded:
            raise _no_date(written, forms, whole=sides.string)
        days.append(bounds[end] if bounds else None)
    return days[0], days[1]


def _shortest(earliest: str | None, latest: str | None, form: str, unbounded: str) -> Interval:
    """The interval with the shortest text. Raises DateError where the bounds bound nothing."""
    first = _abridged(earliest, 0) if earliest else unbounded
    last = _abridged(latest, 1) if latest else unbounded
    text = form.format(first, last)
    if not (earliest or latest):
        raise DateError(f"{text!r} has no bound at all: a date that is not known is left empty")
    if earliest and latest:
        if latest < earliest:
            raise DateError(f"{text!r} ends before it begins")
        # Of December only the first day needs its month named, of January only the last.
        whole = max(first, last, key=len)
        if _date(whole) == (earliest, latest):
            text = whole
    return Interval(text, earliest, latest)


def _abridged(day: str, end: int) -> str:
    """The year or the month that begins (end 0) or ends (end 1) on that day, or else the day."""
    for text in (day[:4], day[:7]):
        bounds = _date(text)
        if bounds and bounds[end] == day:
            return text
    return day


def _no_date(text: str, forms: str, *, whole: str | None = None) -> DateError:
    """What to say of a text that is no date: why, what would be one, and what may be meant."""
    named = f"{text!r} in {whole!r}" if whole else repr(text)
    shaped = re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text)
    why = "is not in the calendar" if shaped else "is not a date"
    meant = _meant(text)
    hint = f"; did you mean {meant}?" if meant else ""
    return DateError(f"{named} {why}: {forms}{hint}")


_MONTHS = (
    "january enero",
    "february febrero",
    "march marzo",
    "april abril",
    "may mayo",
    "june junio",
    "july julio",
    "august agosto",
    "september septiembre setiembre",
    "october octubre",
    "november noviembre",
    "december diciembre",
)


def _meant(text: str) -> str | None:
    """The date that is written there in another way, if it can be read in one way only."""
    words = [word for word in re.split(r"[\s,./-]+", text.lower()) if word not in {"of", "de"}]
    if re.fullmatch(r"[0-9]{4}", words[0]):
        year, orders = words[0], [words[1:]]
    else:  # 05/06/2022 is the fifth of June to some, and the sixth of May to others
        year, orders = words[-1], [words[:-1], words[-2::-1]]
    dates = {"-".join((year, _month(order[0]), *map(_day, order[1:]))) for order in orders if order}
    read = [date for date in dates if _date(date)]
    return read[0] if len(read) == 1 else None


def _month(word: str) -> str:
    """A month by its number, by its English or Spanish name or the beginning of it."""
    for number, names in enumerate(_MONTHS, 1):
        if len(word) >= 3 and any(name.startswith(word) for name in names.split()):
            return f"{number:02}"
    return word.zfill(2)


def _day(word: str) -> str:
    """A day by its number, `17` or `17th`."""
    return re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", word).zfill(2)
