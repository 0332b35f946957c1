"""Small invented lists, written as OFAC writes them, and the mirror as a value to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseledger.db.reading import reading
from caseledger.ofac.lists import import_list
from caseledger.ofac.parse.files import look_at_all

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location
    from caseledger.ofac.mirror.summary import Imported

Cells = tuple[str | int | None, ...]
"""A row."""

NULL = "-0- "
CLOSING = "\x1a\r\n"


def cell(value: str | int | None) -> str:
    """A cell as OFAC prints it: numbers bare, texts in quotes, nothing as `-0- `."""
    if value is None:
        return NULL
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '""') + '"'


def table(rows: list[Cells], *, closing: str = CLOSING) -> str:
    """Rows, CRLF, and the closing 0x1A."""
    return "".join(",".join(map(cell, row)) + "\r\n" for row in rows) + closing


def sdn(
    uid: int,
    name: str = "DOE, John",
    programs: str = "SDNTK",
    remarks: str | None = None,
    *,
    type_: str | None = "individual",
    title: str | None = None,
) -> Cells:
    """A row of the main file."""
    return (uid, name, type_, programs, title, None, None, None, None, None, None, remarks)


@dataclass
class SmallList:
    """The files of a list; one that is None is not given."""

    entries: list[Cells]
    aliases: list[Cells] | None = None
    addresses: list[Cells] | None = None
    comments: list[Cells] | None = None
    closing: str = field(default=CLOSING)

    def write(self, folder: Path) -> list[Path]:
        """The files, under names that say nothing."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        parts = (self.comments, self.addresses, self.entries, self.aliases)
        for number, rows in enumerate(parts):
            if rows is not None:
                path = folder / f"{number}.txt"
                path.write_bytes(table(rows, closing=self.closing).encode())
                paths.append(path)
        return paths


def put(
    location: Location, small: SmallList, published: str, folder: Path, *, force: bool = True
) -> Imported:
    """Import a small list."""
    files = look_at_all(small.write(folder / published.replace(":", "")))
    return import_list(location, files, published, by="tester", force=force)


TABLES = (
    "ofac_entries",
    "ofac_names",
    "ofac_addresses",
    "ofac_programs",
    "ofac_texts",
    "ofac_features",
    "ofac_cells",
    "ofac_comments",
    "ofac_joins",
    "ofac_files",
    "ofac_remarks",
    "ofac_known_names",
)


def mirror(location: Location) -> dict[str, list[tuple[object, ...]]]:
    """All that the mirror holds, apart from who imported it and when."""
    with reading(location) as reader:
        found = {
            name: sorted(map(tuple, reader.rows(f"SELECT * FROM {name}")), key=repr)
            for name in TABLES
        }
        found["ofac_versions"] = [
            tuple(row)
            for row in reader.rows(
                "SELECT id, published, form, has_aliases, has_addresses, has_comments, entries,"
                " names, addresses, comments, unaddressed, highest FROM ofac_versions ORDER BY id"
            )
        ]
    return found
