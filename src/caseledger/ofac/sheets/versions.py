"""The versions, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.mirror.versions import versions
from caseledger.sheet import Brief, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.sheet import Row

_COLUMNS = (
    "published",
    "form",
    "files",
    "entries",
    "names",
    "addresses",
    "comments",
    "imported_at",
    "imported_by",
    "sha256",
)
_BRIEF = 8
"""The columns of the terminal: the last two are for programs."""


def versions_sheet(reader: Reader) -> Sheet:
    """All versions, in the order of their publication."""

    def rows() -> Iterator[Row]:
        files: dict[int, list[tuple[str, str]]] = {}
        order = {"sdn": 0, "alt": 1, "add": 2, "comments": 3, "xml": 4}
        for version, part, sha256 in reader.rows("SELECT version_id, part, sha256 FROM ofac_files"):
            files.setdefault(version, []).append((part, sha256))
        for version in versions(reader):
            own = sorted(files.get(version.id, ()), key=lambda file: order[file[0]])
            yield (
                version.published,
                version.form,
                ", ".join(part for part, _ in own),
                version.entries,
                version.names,
                version.addresses,
                version.comments,
                version.imported_at,
                version.imported_by,
                "; ".join(sha256 for _, sha256 in own),
            )

    return Sheet("OFAC's lists", _COLUMNS, rows(), brief=Brief(_COLUMNS[:_BRIEF], _shortened))


def _shortened(row: Row) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row[:_BRIEF])
