"""Whether a source prints what is cited from it, as far as the registry can tell.

A document prints what its stored text says. A version of OFAC's list is stored as no text: it
prints, for the entry that the section names, what the mirror shows in that version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from caseledger import phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from caseledger.db.reading import Reader

T = TypeVar("T")

HOW = "name the entry in the section, as in 'entry 17671'"
"""How a citation to a list is written."""

_SECTION = re.compile(
    r"entry (?P<uid>[0-9]{1,9})"
    r"(?:(?P<gone> is not there)(?: under (?P<program>.+))?|, .+)?"  # `, for the last time`
)


_MAIN, _ALIASES, _ADDRESSES = "sdn", "alt", "add"
"""The parts of a list that are published one by one. Comments go on from the main part."""


class Quote(NamedTuple, Generic[T]):
    """A citation to be checked."""

    of: T
    """Whatever tells it apart for who asks."""
    source: int
    section: str | None
    phrase: str | None


class _List(NamedTuple):
    """A version of the list, and the parts of it that were imported."""

    version: int
    parts: frozenset[str]
    """Of one that is not here it cannot be told what it prints."""


class _Cited(NamedTuple, Generic[T]):
    """A citation to a list, its section read."""

    quote: Quote[T]
    printed_in: _List
    uid: int
    is_gone: bool
    program: str | None
    """Under which it is said not to stand any more."""


class Sources:
    """What some sources print, as far as the registry can tell."""

    def __init__(
        self, reader: Reader, numbers: Collection[int], texts: Mapping[int, str] | None = None
    ) -> None:
        """`texts` are those of sources that are not written yet."""
        self._reader = reader
        kept = dict(texts or {})
        self._lists: dict[int, _List] = {}
        if asked := {number for number in numbers if number not in kept}:
            given = {"ids": reader.ids(asked)}
            within = reader.within("source_id", "ids")
            kept |= dict(
                reader.rows(f"SELECT source_id, text FROM source_texts WHERE {within}", given)
            )
            for number, version, has_aliases, has_addresses in reader.rows(
                "SELECT s.id, v.id, v.has_aliases, v.has_addresses"
                "  FROM sources s JOIN ofac_versions v ON v.published = s.key"
                f" WHERE s.dataset = 'ofac' AND {reader.within('s.id', 'ids')}",
                given,
            ):
                parts = {_MAIN, _ALIASES * has_aliases, _ADDRESSES * has_addresses}
                self._lists[number] = _List(version, frozenset(parts))
        self._plain = {number: phrases.plain(text) for number, text in kept.items()}

    def __bool__(self) -> bool:
        """Whether anything can be told of any of them."""
        return bool(self._plain or self._lists)

    @property
    def known(self) -> set[int]:
        """Those of which anything can be told."""
        return {*self._plain, *self._lists}

    def is_list(self, number: int) -> bool:
        """Whether a source is a version of OFAC's list."""
        return number in self._lists

    def unsaid(self, quotes: Iterable[Quote[T]]) -> Iterator[tuple[T, str]]:
        """Those citations that say what their source does not, each with what is wrong.

        What is wrong is said of the source: `does not say …`.
        """
        if not self:
            return
        cited: list[_Cited[T]] = []
        for quote in quotes:
            if found := self._lists.get(quote.source):
                read = _SECTION.fullmatch(quote.section or "")
                if read is None:
                    yield quote.of, f"is a list of entries: {HOW}"
                    continue
                uid, is_gone = int(read["uid"]), bool(read["gone"])
                cited.append(_Cited(quote, found, uid, is_gone, read["program"]))
            elif (
                quote.phrase
                and (text := self._plain.get(quote.source))
                and phrases.plain(quote.phrase) not in text
            ):
                yield quote.of, f"does not say {quote.phrase!r}: its text is kept here"
        if cited:
            entries = _Entries(self._reader, {citation.uid for citation in cited})
            for citation in cited:
                if why := entries.fault(citation):
                    yield citation.quote.of, why


class _Printed(NamedTuple):
    """A text that an entry shows from one version to another."""

    since: int
    until: int | None
    text: str
    part: str = _MAIN


_CELLS = (
    ("ofac_names", "name", "number = 0", _MAIN),
    ("ofac_names", "name", "number > 0", _ALIASES),
    ("ofac_names", "remarks", "number > 0", _ALIASES),
    *(
        ("ofac_entries", column, f"{column} IS NOT NULL", _MAIN)
        for column in (
            "title", "call_sign", "vessel_type", "tonnage", "gross_tonnage", "flag", "owner",
        )
    ),
    ("ofac_addresses", "remarks", "1 = 1", _ADDRESSES),
)  # fmt: skip
"""What stands in a cell of its own: table, column, which rows, and the part that prints them."""


class _Entries:
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
            self._texts[uid].append(_Printed(since, until, address, _ADDRESSES))
        for uid, *printed in self._rows(
            "SELECT r.uid, r.since, r.until, t.text"
            " FROM ofac_remarks r JOIN ofac_texts t ON t.id = r.text_id"
        ):
            self._texts[uid].append(_Printed(*printed))

    def _rows(self, select: str) -> Iterator[Any]:
        joined = " AND " if " WHERE " in select else " WHERE "
        return self._reader.rows(f"{select}{joined}{self._within}", self._given)

    def fault(self, cited: _Cited[Any]) -> str | None:
        """What the list does not say as it is cited."""
        uid, phrase = cited.uid, cited.quote.phrase
        is_there = any(True for _ in _shown(self._there.get(uid, ()), cited.printed_in))
        if cited.is_gone:
            if cited.program is None:
                if is_there:
                    return f"has an entry {uid}"
            elif cited.program in _shown(self._programs.get(uid, ()), cited.printed_in):
                return f"has entry {uid} under {cited.program}"
            return f"does not say {phrase!r}: what is not there prints nothing" if phrase else None
        if not is_there:
            return f"has no entry {uid}"
        if phrase and not self._is_printed(phrase, [*_shown(self._texts[uid], cited.printed_in)]):
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


def _shown(spans: Iterable[_Printed], where: _List) -> Iterator[str]:
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
