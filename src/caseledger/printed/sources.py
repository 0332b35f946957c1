"""Whether sources say what is cited from them: stored texts, and versions of OFAC's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from caseledger import phrases
from caseledger.printed.entries import ADDRESSES, ALIASES, MAIN, Entries, List, Place, place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from caseledger.db.reading import Reader

T = TypeVar("T")

HOW = "name the entry in the section, as in 'entry 17671'"
"""How a citation to a list is written."""


class Quote(NamedTuple, Generic[T]):
    """A citation to be checked."""

    of: T
    """Whatever tells it apart for who asks."""
    source: int
    section: str | None
    phrase: str | None


class Sources:
    """What some sources print, as far as the registry can tell."""

    def __init__(
        self, reader: Reader, numbers: Collection[int], texts: Mapping[int, str] | None = None
    ) -> None:
        """`texts` are those of sources that are not written yet."""
        self._reader = reader
        kept = dict(texts or {})
        self._lists: dict[int, List] = {}
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
                parts = {MAIN, ALIASES * has_aliases, ADDRESSES * has_addresses}
                self._lists[number] = List(version, frozenset(parts))
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
        cited: list[tuple[Quote[T], List, Place]] = []
        for quote in quotes:
            if found := self._lists.get(quote.source):
                where = place(quote.section)
                if where is None:
                    yield quote.of, f"is a list of entries: {HOW}"
                else:
                    cited.append((quote, found, where))
            elif (
                quote.phrase
                and (text := self._plain.get(quote.source))
                and phrases.plain(quote.phrase) not in text
            ):
                yield quote.of, f"does not say {quote.phrase!r}: its text is kept here"
        if cited:
            entries = Entries(self._reader, {where.uid for _, _, where in cited})
            for quote, found, where in cited:
                if why := entries.fault(found, where, quote.phrase):
                    yield quote.of, why
