"""Writing rows by the ten thousand: SQL on the driver, one transaction, no SQLAlchemy.

Importing SQLAlchemy and the models takes as long as reading and writing a whole sanctions list.
What is imported here has its rules in the database and its columns held to the models by a test.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from caseledger.db.reading import (
    PostgresReader,
    SQLiteReader,
    import_psycopg,
    open_file,
    require_registry,
    require_registry_on_server,
)
from caseledger.db.trouble import server_trouble, sqlite_trouble
from caseledger.db.turns import take_turn
from caseledger.interrupts import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from caseledger.db.location import Location
    from caseledger.db.reading import Reader


CACHE_KIBIBYTES = 40_000
"""So much of a file is kept in memory: with SQLite's own 2,000 a list's pages were written, and
read again, many times before the commit."""


class Writer:
    """A reader that also writes, within one transaction."""

    def __init__(self, reader: Reader, connection: Any, mark: str) -> None:
        self._reader, self._connection, self._mark = reader, connection, mark
        self.dialect = reader.dialect

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Read, what was just written too."""
        return self._reader.rows(sql, parameters)

    def ids(self, values: Sequence[int] | set[int]) -> object:
        """Many ids as one parameter, for `within`."""
        return self._reader.ids(values)

    def within(self, expression: str, parameter: str) -> str:
        """The condition that an expression is one of the ids bound as `parameter`."""
        return self._reader.within(expression, parameter)

    def texts(self, values: Iterable[str]) -> object:
        """Many texts as one parameter, for `each`."""
        return self._reader.texts(values)

    def each(self, parameter: str) -> str:
        """The texts bound as `parameter` as a table `each` with the column `value`."""
        return self._reader.each(parameter)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write rows whose values stand in the order of the columns."""
        marks = ", ".join([self._mark] * len(columns))
        self._many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def update(
        self, table: str, columns: Sequence[str], where: Sequence[str], rows: Iterable[Any]
    ) -> None:
        """Set columns; a row is the new values, then those that find what they are set in."""
        values = ", ".join(f"{column} = {self._mark}" for column in columns)
        self._many(f"UPDATE {table} SET {values} WHERE {self._found_by(where)}", rows)

    def delete(self, table: str, where: Sequence[str], rows: Iterable[Any]) -> None:
        """Delete the rows that have these values."""
        self._many(f"DELETE FROM {table} WHERE {self._found_by(where)}", rows)

    def _found_by(self, where: Sequence[str]) -> str:
        return " AND ".join(f"{column} = {self._mark}" for column in where)

    def _many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.cursor().executemany(sql, rows)


@contextmanager
def writing_directly(location: Location, *, dry_run: bool = False) -> Iterator[Writer]:
    """One unit of work: committed on the way out, rolled back on any error and on a dry run.

    Raises the same errors as `reading`, and ReadOnlyRegistryError.
    """
    if location.path is None:
        with _on_server(location, dry_run=dry_run) as writer:
            yield writer
        return
    try:
        connection = open_file(location.path, writable=True)
        try:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            require_registry(connection, location)
            yield Writer(SQLiteReader(connection), connection, "?")
            with uninterrupted():
                connection.execute("ROLLBACK" if dry_run else "COMMIT")
        finally:
            connection.close()  # rolls back what is not committed
    except sqlite3.Error as error:
        raise sqlite_trouble(error, location) or error from error


@contextmanager
def _on_server(location: Location, *, dry_run: bool) -> Iterator[Writer]:
    psycopg = import_psycopg()
    assert location.url is not None  # noqa: S101 - a location is a path or a URL
    try:
        with psycopg.connect(location.url, client_encoding="utf8") as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            take_turn(connection.execute)
            require_registry_on_server(connection, location)
            yield Writer(PostgresReader(connection), connection, "%s")
            with uninterrupted():
                connection.rollback() if dry_run else connection.commit()
    except psycopg.Error as error:
        raise server_trouble(error, location) from error
