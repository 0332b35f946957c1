"""What tables a registry has, read from the database itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseledger.db.reading import Reader


@dataclass(slots=True)
class TableSchema:
    """A table: its columns with their types, its key, what it refers to."""

    name: str
    columns: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, `integer` or `string`, and whether a value is required."""
    key: list[str] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    """A column, and the table whose `id` it holds."""


def tables(reader: Reader) -> list[TableSchema]:
    """Every table of the ledger, in order of name; Alembic's own is none of it."""
    return _of_sqlite(reader) if reader.dialect == "sqlite" else _of_postgres(reader)


def _of_sqlite(reader: Reader) -> list[TableSchema]:
    found: dict[str, TableSchema] = {}
    for name, column, kind, required, key in reader.rows(
        'SELECT m.name, c.name, c.type, c."notnull", c.pk'
        "  FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'alembic_version'"
        " ORDER BY m.name, c.cid"
    ):
        table = found.setdefault(name, TableSchema(name))
        table.columns.append((column, "integer" if kind == "INTEGER" else "string", bool(required)))
        if key:
            table.key.append(column)
    for name, column, target in reader.rows(
        'SELECT m.name, f."from", f."table"'
        "  FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f"
        ' WHERE m.type = \'table\' AND f."to" = \'id\' ORDER BY m.name, f."from", f."table"'
    ):
        found[name].references.append((column, target))
    return list(found.values())


def _of_postgres(reader: Reader) -> list[TableSchema]:
    found: dict[str, TableSchema] = {}
    whole = {"integer", "bigint"}
    for name, column, kind, nullable in reader.rows(
        "SELECT c.table_name, c.column_name, c.data_type, c.is_nullable"
        "  FROM information_schema.columns c JOIN information_schema.tables t"
        "    ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
        " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
        "   AND c.table_name <> 'alembic_version' ORDER BY c.table_name, c.ordinal_position"
    ):
        table = found.setdefault(name, TableSchema(name))
        table.columns.append((column, "integer" if kind in whole else "string", nullable == "NO"))
    for constraint, name, column, target, target_column in reader.rows(
        "SELECT k.contype, r.relname, a.attname, t.relname, b.attname"
        "  FROM pg_constraint k"
        "  JOIN pg_class r ON r.oid = k.conrelid"
        "  JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname = current_schema()"
        "  CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u(mine, theirs)"
        "  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.mine"
        "  LEFT JOIN pg_class t ON t.oid = k.confrelid"
        "  LEFT JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.theirs"
        " WHERE k.contype IN ('p', 'f') AND r.relname <> 'alembic_version'"
        " ORDER BY r.relname, k.conname, u.mine"
    ):
        if constraint == "p":
            found[name].key.append(column)
        elif target_column == "id":
            found[name].references.append((column, target))
    return list(found.values())
