"""Records as rows: which tables and columns keep a kind, and writing many rows at once.

Bulk rows bypass the ORM: SQL rendered once from the models' metadata and run on the driver costs a
third of what the ORM's own bulk insert does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert as insert_into
from sqlalchemy.dialects import postgresql, sqlite

from caseledger.catalogue import KINDS
from caseledger.db.reading import first
from caseledger.models import Base, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from caseledger.catalogue.kind import RecordKind as Kind
    from caseledger.db.reading import Reader
    from caseledger.loading.document import Entry

_OF_THE_RECORD = frozenset(Record.__annotations__)
"""Columns that every record has, whatever it says."""

MANY = {
    "cooperation": ("cooperations", "action_id", "organization_id"),
    "members": ("group_members", "group_id", "member_id"),
    "counted_in": ("group_members", "member_id", "group_id"),
    "inside": ("tally_actions", "tally_id", "action_id"),
}
"""Values that belong to one record and have no keys: their table, its record, its value."""

_COUNTED = frozenset({"members", "counted_in"})
"""The two ends of one table: who was counted in which group already."""


def _columns(table: str | None) -> frozenset[str]:
    return frozenset(Base.metadata.tables[table].c.keys()) if table else frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Where the records of a kind are kept."""

    spine: str
    detail: str | None
    spine_columns: frozenset[str]
    detail_columns: frozenset[str]

    @staticmethod
    @cache
    def named(kind: str) -> Table:
        """Of a kind by its name."""
        record = KINDS.get(kind)
        spine = record.table if record else "citations"
        detail = record.detail if record else None
        return Table(spine, detail, _columns(spine), _columns(detail))

    @staticmethod
    def of(kind: Kind) -> Table:
        """Of a kind."""
        return Table.named(kind.name)

    def differing(
        self, stored: Mapping[str, Any], row: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any, Any]]:
        """The columns in which an entry says something else than its row: there, and here."""
        own = sorted(self.spine_columns | self.detail_columns | {*MANY, "text"})
        for column in own:
            if column in row and column not in _OF_THE_RECORD:
                there, here = row[column], stored.get(column)
                if column in MANY:
                    here = sorted(here or [])
                if column in _COUNTED and set(here or ()) <= set(there or ()):
                    continue  # another source may have named more of them since
                if there != here:
                    yield column, there, here


def existing_rows(reader: Reader, table: str, dataset: str) -> dict[str, dict[str, Any]]:
    """What the registry holds of a dataset in a table, withdrawn rows too, by key."""
    given = {"dataset": dataset}
    if not first(reader, f"SELECT 1 FROM {table} WHERE dataset = :dataset", given):
        return {}
    mine = f"FROM {table} s WHERE s.dataset = :dataset"
    by_id: dict[int, dict[str, Any]] = {}
    for row in _dicts(reader, table, f"{mine} ORDER BY s.id", given):
        by_id[row["id"]] = row
    details = {kind.detail for kind in KINDS.values() if kind.table == table and kind.detail}
    for detail in sorted(details):
        for row in _dicts(
            reader,
            detail,
            f"FROM {detail} s JOIN {table} b ON b.id = s.id WHERE b.dataset = :dataset",
            given,
        ):
            by_id[row["id"]].update(row)
    for name, (link, record, value) in MANY.items():
        if name not in {f.name for k in KINDS.values() if k.table == table for f in k.fields}:
            continue
        for row in by_id.values():
            row[name] = []
        for owner, item in reader.rows(
            f"SELECT l.{record}, l.{value} FROM {link} l JOIN {table} b ON b.id = l.{record}"
            f" WHERE b.dataset = :dataset ORDER BY l.{record}, l.{value}",
            given,
        ):
            by_id[owner][name].append(item)
    if table == "sources":
        for row in by_id.values():
            row["text"] = None
        for source, text in reader.rows("SELECT source_id, text FROM source_texts"):
            if source in by_id:
                by_id[source]["text"] = text
    return {row["key"]: row for row in by_id.values()}


def _dicts(
    reader: Reader, table: str, rest: str, given: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    columns = sorted(_columns(table))
    listed = ", ".join(f"s.{column}" for column in columns)
    for row in reader.rows(f"SELECT {listed} {rest}", given):
        yield dict(zip(columns, row, strict=True))


def allocate(reader: Reader, table: str, count: int, *, dry_run: bool) -> Iterable[int]:
    """Numbers for new rows. In SQLite the writer is alone; PostgreSQL's sequences share them out.

    A dry run takes none from a sequence, which would not give them back.
    """
    if not count:
        return []
    if reader.dialect == "postgresql" and not dry_run:
        return [
            row[0]
            for row in reader.rows(
                "SELECT nextval(pg_get_serial_sequence(:table_name, 'id'))"
                " FROM generate_series(1, CAST(:count AS integer))",
                {"table_name": table, "count": count},
            )
        ]
    highest = first(reader, f"SELECT coalesce(max(id), 0) FROM {table}")[0]
    return range(highest + 1, highest + 1 + count)


def insert(
    connection: Connection,
    table: Table,
    base: Mapping[str, Any],
    entries: list[tuple[Entry, int]],
) -> None:
    """Write the rows of entries of one kind: spine and details."""
    _run(connection, table.spine, _rows(entries, table.spine_columns, base))
    if table.detail:
        _run(connection, table.detail, _rows(entries, table.detail_columns, {}))
    if table.spine == "sources":
        _run(
            connection,
            "source_texts",
            (
                {"source_id": record_id, "text": entry.stored["text"]}
                for entry, record_id in entries
                if entry.stored.get("text")
            ),
        )


def insert_links(connection: Connection, entries: list[tuple[Entry, int]]) -> None:
    """Write the values that belong to entries of one kind, once what they refer to is written."""
    sample = entries[0][0].stored
    for name, (link, record, value) in MANY.items():
        if name in sample:
            _run(
                connection,
                link,
                (
                    {record: record_id, value: item}
                    for entry, record_id in entries
                    for item in entry.stored[name]
                ),
            )


def _rows(
    entries: Iterable[tuple[Entry, int]], columns: frozenset[str], base: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Every column that one of the entries fills; all of them in every row."""
    blank = {**dict.fromkeys(columns), **base}
    for entry, record_id in entries:
        row = blank.copy()
        for column, value in entry.stored.items():
            if column in columns:
                row[column] = value
        row["id"] = record_id
        if base:
            row["key"] = entry.key
        yield row


_DIALECTS = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def _run(connection: Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    dialect = "named" if connection.dialect.name == "sqlite" else "pyformat"
    statement = insert_into(Base.metadata.tables[table]).compile(
        dialect=_DIALECTS[connection.dialect.name](paramstyle=dialect)
    )
    # A file may say from both ends who was counted in a group.
    once = " ON CONFLICT DO NOTHING" if table == "group_members" else ""
    driver: Any = connection.connection.driver_connection
    driver.cursor().executemany(f"{statement}{once}", rows)
