"""The kinds of value that the mirror keeps by spans, each with its table and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader

Key = tuple[Any, ...]
Value = tuple[Any, ...]


class Held(NamedTuple):
    """A value with its span, as the mirror holds it."""

    key: Key
    since: int
    until: int | None
    value: Value


class Family(NamedTuple):
    """Values of one kind. One version has one value under a key."""

    name: str
    table: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    having: str | None = None
    """The mark of the versions that could show it; every version has the main file."""
    only: str = ""
    """The rows of the table that are of this kind, where it has two."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row that is written."""
        return (*self.keys, "since", "until", *self.values)

    @property
    def found_by(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return (*self.keys, "since")

    def held(self, reader: Reader, where: str, parameters: dict[str, Any]) -> Iterator[Held]:
        """The rows of a condition."""
        width = len(self.keys)
        columns = ", ".join(self.columns)
        only = f"{self.only} AND " if self.only else ""
        for row in reader.rows(
            f"SELECT {columns} FROM {self.table} WHERE {only}({where})", parameters
        ):
            yield Held(tuple(row[:width]), row[width], row[width + 1], tuple(row[width + 2 :]))


ENTRIES = Family(
    "entries",
    "ofac_entries",
    ("uid",),
    (
        "type",
        "title",
        "call_sign",
        "vessel_type",
        "tonnage",
        "gross_tonnage",
        "flag",
        "owner",
    ),
)
PRIMARY = Family(
    "primary names",
    "ofac_names",
    ("uid", "number"),
    ("kind", "name", "remarks"),
    None,
    "number = 0",
)
PROGRAMS = Family("programs", "ofac_programs", ("uid", "program"), ())
CELLS = Family("remarks", "ofac_cells", ("uid",), ("text_id",))
ALIASES = Family(
    "names",
    "ofac_names",
    ("uid", "number"),
    ("kind", "name", "remarks"),
    "has_aliases",
    "number > 0",
)
ADDRESSES = Family(
    "addresses",
    "ofac_addresses",
    ("uid", "number"),
    ("address", "city", "country", "remarks"),
    "has_addresses",
)
COMMENTS = Family("comments", "ofac_comments", ("uid",), ("text",), "has_comments")

FAMILIES = (ENTRIES, PRIMARY, PROGRAMS, CELLS, ALIASES, ADDRESSES, COMMENTS)
