"""What the lines of a page cite, gathered as they are told, so that the page ends with it."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from caseledger.reports.actions import source_line
from caseledger.sheet import About

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from caseledger.db.reading import Reader

CHUNK = 500
"""So many records are told at a time: their citations are then one statement, not one each."""

UNCITED = " [cites no source]"

CITATIONS = """
    SELECT {column}, source_id, section, phrase
      FROM citations
     WHERE {within} AND withdrawn_at IS NULL
     ORDER BY {column}, id"""

CITATIONS_OF_ONE = """
    SELECT 'L' || id, source_id, section, phrase
      FROM citations
     WHERE {column} = :id AND withdrawn_at IS NULL
     ORDER BY id"""

SOURCES = """
    SELECT ref, title, publisher, published, published_basis, url
      FROM sources_overview
     WHERE {within}
     ORDER BY source_id"""


class Citing:
    """The sources that were cited so far, and the cautions that go with what was told."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._sources: set[int] = set()
        self._notes: dict[str, None] = {}

    def each(self, column: str, rows: Iterable[Any]) -> Iterator[tuple[Any, str]]:
        """Each row, whose first value is the id of a record, with the citations of that record."""
        for chunk in chunks(rows):
            cited = self.of(column, {row[0] for row in chunk})
            for row in chunk:
                yield row, cited[row[0]]

    def of(self, column: str, ids: Collection[int]) -> dict[int, str]:
        """For each record ` [S1, Extraditions: “…”; S2]`; `column` is where a citation names it."""
        sql = CITATIONS.format(column=column, within=self.reader.within(column, "ids"))
        rows = self.reader.rows(sql, {"ids": self.reader.ids(set(ids))})
        cited = dict.fromkeys(ids, UNCITED)
        for record_id, citations in groupby(rows, key=lambda row: row[0]):
            cited[record_id] = f" [{self._joined(row[1:] for row in citations)}]"
        return cited

    def _joined(self, citations: Iterable[Any]) -> str:
        """Citations in a line: phrases of one place stand together."""
        places = groupby(citations, key=lambda citation: citation[:2])
        return "; ".join(
            self.place(source, section, *(citation[2] for citation in said))
            for (source, section), said in places
        )

    def place(self, source: int, section: str | None, *phrases: str | None) -> str:
        """`S1, Extraditions: “…”`; the page will end with that source."""
        self._sources.add(source)
        where = f"S{source}, {section}" if section else f"S{source}"
        quoted = ", ".join(f"“{phrase}”" for phrase in phrases if phrase)
        return f"{where}: {quoted}" if quoted else where

    def one_by_one(self, column: str, record_id: int) -> Iterator[str]:
        """The citations of one record, each with its reference."""
        rows = self.reader.rows(CITATIONS_OF_ONE.format(column=column), {"id": record_id})
        for ref, source, section, phrase in rows:
            yield f"{ref} {self.place(source, section, phrase)}"

    def note(self, sentence: str) -> None:
        """A caution to end with, once."""
        self._notes[sentence] = None

    def about(self) -> About:
        """The sources cited so far, in order of their numbers, and the cautions."""
        sql = SOURCES.format(within=self.reader.within("source_id", "ids"))
        rows = self.reader.rows(sql, {"ids": self.reader.ids(self._sources)})
        return About(sources=[source_line(row) for row in rows], notes=tuple(self._notes))


def chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows, so many at a time."""
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
