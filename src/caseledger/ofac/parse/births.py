"""Dates of birth as the list prints them: a day, a month, a year, a range, or about then."""

from __future__ import annotations

import re

from caseledger.dates import DateError, point, point_of

_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY = re.compile(r"(?:(?:([0-9]{1,2}) )?([A-Za-z]{3,9})\.? )?([0-9]{4})")

Birth = tuple[str, str | None, str | None, bool]
"""EDTF, the first and the last day, and whether the list says `circa`."""


def birth(text: str) -> Birth | None:
    """The date, or None where it is written in another way."""
    is_about = text.startswith("circa ")
    sides = [side.removeprefix("circa ") for side in re.split(r" to | - ", text, maxsplit=1)]
    is_about = is_about or " circa " in text
    written = [_iso(side.strip()) for side in sides]
    try:
        if len(written) == 1:
            if written[0] is None:
                return None
            read = point(written[0])
        else:
            first, last = written
            if first is None or last is None:
                return None
            read = point_of(point(first).earliest, point(last).latest)
    except DateError:
        return None
    return read.text, read.earliest, read.latest, is_about


def _iso(text: str) -> str | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    day, month, year = match.groups()
    if month is None:
        return str(year)
    number = _MONTHS.get(month[:3].lower())
    if number is None:
        return None
    return f"{year}-{number}-{int(day):02}" if day else f"{year}-{number}"
