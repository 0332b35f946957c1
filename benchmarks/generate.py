"""Fill a registry with an invented world, or write such a world as a file to load.

python -m benchmarks.generate registry big.db [--scale 0.01] [--seed 1]
python -m benchmarks.generate file big.json [--scale 0.1] [--seed 1]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.world import DATASET, Record, Size, World

from caseledger.catalogue import CITATION, KINDS
from caseledger.db.location import Location
from caseledger.db.revision import HEAD
from caseledger.fields import Reference
from caseledger.migrations import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from caseledger.catalogue.kind import RecordKind

_STAMP = {
    "dataset": DATASET,
    "version": 1,
    "recorded_at": "2030-01-01T00:00:00Z",
    "recorded_by": "generator",
}
_CITED = {
    "names": "name_id",
    "affiliations": "affiliation_id",
    "actions": "action_id",
    "parties": "party_id",
    "cases": "case_id",
}
_BATCH = 20_000


def fill_registry(path: Path, size: Size, seed: int) -> None:
    """Make a registry and fill it, bypassing the program: rows by `executemany` on the driver."""
    make(Location(path, None))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -500000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        filler = _Filler(connection)
        for record in World(size, seed).records():
            filler.add(record)
        filler.flush()
        connection.execute("COMMIT")
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        assert broken is None, f"the generator broke a reference: {broken}"
        connection.execute("PRAGMA journal_mode = WAL")


def registry_of(work: Path, size: Size, seed: int = 1) -> Path:
    """A registry of that size: the one in the folder, or else a new one."""
    return _once(work / f"{_called(size, seed)}.db", fill_registry, size, seed)


def file_of(work: Path, size: Size, seed: int = 1) -> Path:
    """A file of that size to load: the one in the folder, or else a new one."""
    return _once(work / f"{_called(size, seed)}.json", write_file, size, seed)


def _called(size: Size, seed: int) -> str:
    return f"invented-{HEAD}-{size.people}-{size.organizations}-{size.actions}-{seed}"


def _once(path: Path, make_it: Callable[[Path, Size, int], None], size: Size, seed: int) -> Path:
    if not path.exists():
        draft = path.with_name(f"draft-{path.name}")
        draft.unlink(missing_ok=True)
        make_it(draft, size, seed)
        draft.replace(path)
    return path


@dataclass
class _Filler:
    """Turns records into rows, and writes them a batch at a time."""

    connection: sqlite3.Connection
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _blank: dict[str, dict[str, None]] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """A record with its details and citations."""
        kind = KINDS[record.kind]
        record_id = self._number(kind.table)
        self._ids[record.key] = record_id
        stored = self._read(kind, record.values)
        own = {**_STAMP, **stored, "id": record_id, "key": record.key}
        self._put(kind.table, own)
        if kind.detail:
            self._put(kind.detail, own)
        for number, citation in enumerate(record.citations, start=1):
            cited = self._read(CITATION, citation)
            key = f"{kind.table}/{record.key}/{citation['source']}/{number}"
            place = {"id": self._number("citations"), "key": key, _CITED[kind.table]: record_id}
            self._put("citations", {**_STAMP, **cited, **place})

    def _number(self, table: str) -> int:
        self._last[table] = self._last.get(table, 0) + 1
        return self._last[table]

    def _read(self, kind: RecordKind, values: dict[str, Any]) -> dict[str, Any]:
        stored, problems = kind.read(values)
        assert not problems, f"the generator wrote a bad {kind.name}: {problems}"
        for column, value in stored.items():
            if isinstance(value, Reference):
                stored[column] = self._ids[value.text]
        return stored

    def _put(self, table: str, row: dict[str, Any]) -> None:
        if table not in self._blank:
            columns = self.connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
            self._blank[table] = dict.fromkeys(name for (name,) in columns)
        blank = self._blank[table]
        rows = self._rows.setdefault(table, [])
        rows.append(blank | {column: row[column] for column in row.keys() & blank.keys()})
        if len(rows) >= _BATCH:
            self._write(table)

    def _write(self, table: str) -> None:
        columns = self._blank[table]
        self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" VALUES ({', '.join(f':{column}' for column in columns)})",
            self._rows.pop(table),
        )

    def flush(self) -> None:
        """Write what is left."""
        for table in list(self._rows):
            self._write(table)


def write_file(path: Path, size: Size, seed: int) -> None:
    """Write a world as JSON in the format of the seed, affiliations inside their parties."""
    content: dict[str, Any] = {"dataset": DATASET}
    parties: dict[str, dict[str, Any]] = {}
    for kind, key, values, citations in World(size, seed).records():
        cited = {"citation": citations} if citations else {}
        if kind == "affiliation":
            inside = {name: value for name, value in values.items() if name != "party"}
            parties[values["party"]].setdefault(kind, []).append({**inside, **cited})
            continue
        table = {"key": key, **values, **cited}
        content.setdefault(kind, []).append(table)
        if kind in {"person", "group", "organization"}:
            parties[key] = table
    with path.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)


def main() -> None:
    """Fill a registry or write a file, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("registry", "file"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    size = Size().scaled(given.scale)
    write = fill_registry if given.what == "registry" else write_file
    write(given.path, size, given.seed)
    print(f"{given.path}: {size}")


if __name__ == "__main__":
    main()
