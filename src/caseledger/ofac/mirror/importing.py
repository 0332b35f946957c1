"""Importing a list: one transaction, all files or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.clock import now
from caseledger.db import bulk
from caseledger.db.reading import first
from caseledger.db.writing import reader_of, writing
from caseledger.models import Base
from caseledger.ofac import moments
from caseledger.ofac.errors import SuspectListError
from caseledger.ofac.mirror import joining, suspicion
from caseledger.ofac.mirror.placing import Placing
from caseledger.ofac.mirror.summary import Imported
from caseledger.ofac.mirror.versions import beside, closings, version_at
from caseledger.ofac.parse.files import Part
from caseledger.ofac.parse.reading import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from caseledger.db.location import Location
    from caseledger.db.reading import Reader
    from caseledger.ofac.parse.files import GivenFile

_MARKS = {"has_aliases": Part.ALT, "has_addresses": Part.ADD, "has_comments": Part.COMMENTS}


def import_list(
    location: Location,
    files: Sequence[GivenFile],
    published: str,
    *,
    by: str,
    force: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Put a list into the mirror, wherever in time it belongs.

    Raises ListError where a file is damaged, SuspectListError where the list may be cut or
    mistaken (unless it is forced), and the errors of `writing`.
    """
    with writing(location, dry_run=dry_run) as session:
        connection = session.connection()
        return _Import(connection, files, published, by, force=force).run(progress)


class _Import:
    """One import, in its transaction."""

    def __init__(
        self,
        connection: Connection,
        files: Sequence[GivenFile],
        published: str,
        by: str,
        *,
        force: bool,
    ) -> None:
        self._connection = connection
        self._reader: Reader = reader_of(connection)
        self._files = {file.part: file for file in files}
        self._version = moments.number(published)
        self._published, self._by, self._force = published, by, force
        self._is_xml = Part.XML in self._files
        self._marks = {
            mark: self._is_xml or part in self._files for mark, part in _MARKS.items()
        }

    def run(self, progress: Callable[[int], None] | None) -> Imported:
        """Every step; what is to be derived from the mirror follows the last of them."""
        before, after = beside(self._reader, self._version)
        earlier, later = version_at(self._reader, before), version_at(self._reader, after)
        found = Imported(self._published, earlier.published if earlier else None)
        self._write_version()
        placing = Placing(
            self._connection, self._reader, self._version, self._marks, found, self._file_of
        )
        for batch in batches(list(self._files.values())):
            placing.place(batch)
            if progress:
                progress(placing.totals["entries"])
        if self._is_xml:
            placing.end()
        self._count(placing)
        signs = placing.signs
        signs.closed = {str(part): _flag(file.closed) for part, file in self._files.items()}
        signs.lost_after = self._lost(after)
        closed_before = closings(self._reader, before) if before is not None else {}
        reasons = suspicion.reasons(signs, earlier, later, closed_before)
        if reasons and not self._force:
            raise SuspectListError(self._published, reasons)
        joining.join_again(self._connection, self._reader)
        found.unparsed = self._unparsed()
        return found

    def _file_of(self, part: str) -> str:
        file = self._files.get(Part(part)) or self._files[Part.XML]
        return file.name

    def _write_version(self) -> None:
        """Its row and its files come first: the spans refer to it. What it counts comes last."""
        tables = Base.metadata.tables
        marks = [int(mark) for mark in self._marks.values()]
        form = "xml" if self._is_xml else "csv"
        row = (self._version, self._published, form, *marks, 0, 0, 0, 0, None, 0, now(), self._by)
        bulk.insert_rows(self._connection, tables["ofac_versions"], [row])
        bulk.insert_rows(
            self._connection,
            tables["ofac_files"],
            [
                (self._version, str(part), file.sha256, _flag(file.closed))
                for part, file in self._files.items()
            ],
        )

    def _count(self, placing: Placing) -> None:
        counted: Mapping[str, Any] = {**placing.totals, "highest": placing.signs.highest}
        if self._marks["has_addresses"] and not self._is_xml:
            counted = {**counted, "unaddressed": placing.unaddressed}
        table = Base.metadata.tables["ofac_versions"]
        for column, value in counted.items():
            bulk.update_rows(
                self._connection, table, column, ("id",), [(value, self._version)]
            )

    def _lost(self, after: int | None) -> int:
        """How many entries of this list the one after it has not."""
        if after is None:
            return 0
        shown = "since <= {0} AND (until IS NULL OR until > {0})"
        row = first(
            self._reader,
            f"SELECT count(*) FROM ofac_entries WHERE {shown.format(':version')} AND uid NOT IN"
            f" (SELECT uid FROM ofac_entries WHERE {shown.format(':after')})",
            {"version": self._version, "after": after},
        )
        return int(row[0])

    def _unparsed(self) -> dict[str, int]:
        """What this list's remarks say that is not understood, the most frequent first."""
        rows = self._reader.rows(
            "SELECT f.label, count(*) FROM ofac_features f"
            " JOIN ofac_remarks r ON r.text_id = f.text_id"
            " WHERE f.kind IN ('unread', 'cut') AND r.since <= :version"
            "   AND (r.until IS NULL OR r.until > :version)"
            " GROUP BY f.label ORDER BY count(*) DESC, f.label",
            {"version": self._version},
        )
        return {label: int(number) for label, number in rows}


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)
