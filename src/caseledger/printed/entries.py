"""What entries of OFAC's list print in one of its versions, by the mirror."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from caseledger.db.reading import Reader

_SECTION = re.compile(
    r"entry (?P<uid>[0-9]{1,9})"
    r"(?:(?P<gone> is not there)(?: under (?P<program>.+))?|, .+)?"  # `, for the last time`
)

MAIN, ALIASES, ADDRESSES = "sdn", "alt", "add"
"""The parts of a list that are published one by one. Comments go on from the main part."""


class List(NamedTuple):
    """A version of the list, and the parts of it that were imported."""

    version: int
    parts: frozenset[str]
    """Of one that is not here it cannot be told what it prints."""


class Place(NamedTuple):
    """The section of a citation to a list: an entry, or that it is not there."""

    uid: int
    is_gone: bool
    program: str | None
    """Under which it is said not to stand any more."""


def place(section: str | None) -> Place | None:
    """A section as it is written: `entry 17671`, `entry 17671 is not there under SDNTK`."""
    read = _SECTION.fullmatch(section or "")
    return read and Place(int(read["uid"]), bool(read["gone"]), read["program"])


class _Printed(NamedTuple):
    """A text that an entry shows from one version to another."""

    since: int
    until: int | None
    text: str
    part: str = MAIN


_CELLS = (
    ("ofac_names", "name", "number = 0", MAIN),
    ("ofac_names", "name", "number > 0", ALIASES),
    ("ofac_names", "remarks", "number > 0", ALIASES),
    *(
        ("ofac_entries", column, f"{column} IS NOT NULL", MAIN)
        for column in (
            "title", "call_sign", "vessel_type", "tonnage", "gross_tonnage", "flag", "owner",
        )
    ),
    ("ofac_addresses", "remarks", "1 = 1", ADDRESSES),
)  # fmt: skip
"""What stands in a cell of its own: table, column, which rows, and the part that prints them."""


class Entries:
    """Some entries of the mirror, read at once."""

    def __init__(self, reader: Reader, uids: set[int]) -> None:
        self._reader, self._given = reader, {"uids": reader.ids(uids)}
        self._within = reader.within("uid", "uids")
        self._there: dict[int, list[_Printed]] = defaultdict(list)
        self._programs: dict[int, list[_Printed]] = defaultdict(list)
        self._texts: dict[int, list[_Printed]] = defaultdict(list)
        self._plain: dict[str, str] = {}
        for uid, *span in self._rows("SELECT uid, since, until, type FROM ofac_entries"):
            self._there[uid].append(_Printed(*span))
        for table, column, which, part in _CELLS:
            select = f"SELECT uid, since, until, {column} FROM {table}"
            for uid, since, until, text in self._rows(f"{select} WHERE {which}"):
                if text:
                    self._texts[uid].append(_Printed(since, until, text, part))
        for uid, *printed in self._rows("SELECT uid, since, until, program FROM ofac_programs"):
            self._programs[uid].append(_Printed(*printed))
            self._texts[uid].append(_Printed(*printed))
        for uid, since, until, *cells in self._rows(
            "SELECT uid, since, until, address, city, country FROM ofac_addresses"
        ):
            address = ", ".join(cell for cell in cells if cell)
            self._texts[uid].append(_Printed(since, until, address, ADDRESSES))
        for uid, *printed in self._rows(
            "SELECT r.uid, r.since, r.until, t.text"
            " FROM ofac_remarks r JOIN ofac_texts t ON t.id = r.text_id"
        ):
            self._texts[uid].append(_Printed(*printed))

    def _rows(self, select: str) -> Iterator[Any]:
        joined = " AND " if " WHERE " in select else " WHERE "
        return self._reader.rows(f"{select}{joined}{self._within}", self._given)

    def fault(self, where: List, place: Place, phrase: str | None) -> str | None:
        """What a list does not say as it is cited."""
        uid = place.uid
        is_there = any(True for _ in _shown(self._there.get(uid, ()), where))
        if place.is_gone:
            if place.program is None:
                if is_there:
                    return f"has an entry {uid}"
            elif place.program in _shown(self._programs.get(uid, ()), where):
                return f"has entry {uid} under {place.program}"
            return f"does not say {phrase!r}: what is not there prints nothing" if phrase else None
        if not is_there:
            return f"has no entry {uid}"
        if phrase and not self._is_printed(phrase, [*_shown(self._texts[uid], where)]):
            return f"does not say {phrase!r} of entry {uid}"
        return None

    def _is_printed(self, phrase: str, texts: list[str]) -> bool:
        if any(_has(text, phrase) for text in texts):
            return True
        wanted = phrases.plain(phrase)
        return any(_has(self._read(text), wanted) for text in texts)

    def _read(self, text: str) -> str:
        if text not in self._plain:
            self._plain[text] = phrases.plain(text)
        return self._plain[text]


def _shown(spans: Iterable[_Printed], where: List) -> Iterator[str]:
    """The texts that a list prints."""
    return (
        text
        for since, until, text, part in spans
        if since <= where.version
        and (until is None or where.version < until)
        and part in where.parts
    )


def _has(text: str, phrase: str) -> bool:
    """Whether the words are there, whole: `SDNT` is another programme than `SDNTK`."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (_joins(text[start - 1 : start], phrase) or _joins(phrase[-1:], text[end:])):
            return True
        start = text.find(phrase, start + 1)
    return False


def _joins(before: str, after: str) -> bool:
    """Whether one word goes on from one text to the next."""
    return before.isalnum() and after[:1].isalnum()
