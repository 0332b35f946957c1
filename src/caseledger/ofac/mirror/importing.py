"""Putting one list into the mirror: its version, its rows, and whether it can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.clock import now
from caseledger.db.reading import first
from caseledger.ofac import moments
from caseledger.ofac.errors import SuspectListError
from caseledger.ofac.mirror import joining, suspicion
from caseledger.ofac.mirror.placing import Placing
from caseledger.ofac.mirror.summary import Imported
from caseledger.ofac.mirror.versions import (
    Version,
    beside,
    closings,
    unaddressed,
    version_at,
)
from caseledger.ofac.parse.files import Part
from caseledger.ofac.parse.reading import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from caseledger.db.direct import Writer
    from caseledger.ofac.parse.files import GivenFile

_MARKS = {"has_aliases": Part.ALT, "has_addresses": Part.ADD, "has_comments": Part.COMMENTS}


class Import:
    """One list, in its transaction, on its way to wherever in time it belongs."""

    def __init__(
        self,
        writer: Writer,
        files: Sequence[GivenFile],
        published: str,
        by: str,
        *,
        force: bool,
    ) -> None:
        self._writer = writer
        self._files = {file.part: file for file in files}
        self._version = moments.number(published)
        self._published, self._by, self._force = published, by, force
        self._is_xml = Part.XML in self._files
        self._marks = {mark: self._is_xml or part in self._files for mark, part in _MARKS.items()}

    def run(self, progress: Callable[[int], None] | None) -> Imported:
        """Every step; what is to be derived from the mirror follows the last of them.

        Raises ListError where a file is damaged, SuspectListError where the list may be cut or
        mistaken, unless it is forced.
        """
        before, after = beside(self._writer, self._version)
        earlier, later = version_at(self._writer, before), version_at(self._writer, after)
        found = Imported(self._published, earlier.published if earlier else None)
        self._write_version()
        placing = Placing(self._writer, self._version, self._marks, found, self._file_of)
        for batch in batches(list(self._files.values())):
            for rows in placing.place(batch):
                if progress:
                    progress(rows)
            found.said = batch.said
        if self._is_xml:
            placing.end()
        placing.signs.entries, placing.signs.said = placing.totals["entries"], found.said
        if found.said == placing.signs.entries:
            found.said = None
        self._count(placing)
        signs = placing.signs
        signs.closed = {str(part): _as_flag(file.closed) for part, file in self._files.items()}
        signs.lost_after = self._lost(after)
        writer, version = self._writer, self._version
        named, _ = beside(writer, version, "has_aliases")
        reasons = suspicion.reasons(
            signs,
            suspicion.Neighbours(
                earlier,
                later,
                version_at(writer, named),
                unaddressed(writer, version),
                closings(writer, version),
            ),
        )
        if reasons and not self._force:
            raise SuspectListError(self._published, reasons)
        joining.join_again(self._writer)
        found.unparsed = self._unparsed()
        return found

    def _file_of(self, part: str) -> str:
        file = self._files.get(Part(part)) or self._files[Part.XML]
        return file.name

    def _write_version(self) -> None:
        """Its row and its files come first: the spans refer to it. What it counts comes last."""
        marks = [int(mark) for mark in self._marks.values()]
        form = "xml" if self._is_xml else "csv"
        row = (self._version, self._published, form, *marks, 0, 0, 0, 0, None, 0, now(), self._by)
        self._writer.insert("ofac_versions", Version._fields, [row])
        self._writer.insert(
            "ofac_files",
            ("version_id", "part", "sha256", "closed"),
            [
                (self._version, str(part), file.sha256, _as_flag(file.closed))
                for part, file in self._files.items()
            ],
        )

    def _count(self, placing: Placing) -> None:
        has_rows = self._marks["has_addresses"] and not self._is_xml
        counted: dict[str, int | None] = {
            **placing.totals,
            "highest": placing.signs.highest,
            "unaddressed": placing.unaddressed if has_rows else None,
        }
        row = (*counted.values(), self._version)
        self._writer.update("ofac_versions", tuple(counted), ("id",), [row])

    def _lost(self, after: int | None) -> int:
        """How many entries of this list the one after it has not."""
        if after is None:
            return 0
        shown = "since <= {0} AND (until IS NULL OR until > {0})"
        row = first(
            self._writer,
            f"SELECT count(*) FROM ofac_entries WHERE {shown.format(':version')} AND uid NOT IN"
            f" (SELECT uid FROM ofac_entries WHERE {shown.format(':after')})",
            {"version": self._version, "after": after},
        )
        return int(row[0])

    def _unparsed(self) -> dict[str, int]:
        """What this list's remarks say that is not understood, the most frequent first."""
        rows = self._writer.rows(
            "SELECT f.label, count(*) FROM ofac_features f"
            " JOIN ofac_remarks r ON r.text_id = f.text_id"
            " WHERE f.kind IN ('unread', 'cut') AND r.since <= :version"
            "   AND (r.until IS NULL OR r.until > :version)"
            " GROUP BY f.label ORDER BY count(*) DESC, f.label",
            {"version": self._version},
        )
        return {label: int(number) for label, number in rows}


def _as_flag(mark: object) -> int | None:
    """0 or 1; None of what is not said."""
    return None if mark is None else int(bool(mark))
