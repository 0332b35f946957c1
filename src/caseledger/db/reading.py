"""Opening a registry to read: SQL over the views, run on the driver.

This is the path that people feel. It imports neither SQLAlchemy nor Alembic; psycopg only for a
PostgreSQL registry.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from caseledger.db.revision import APPLICATION_ID, require_head
from caseledger.db.trouble import server_trouble, sqlite_trouble
from caseledger.errors import NoRegistryError, NotARegistryError, RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from caseledger.db.location import Location

BUSY_SECONDS = 30
"""How long one writer waits for another; adds are short, a large load is not."""


class Reader(Protocol):
    """Reads from either engine; what differs between them stays behind it."""

    dialect: str

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """The rows as the driver yields them. Parameters are named: `:name`."""

    def ids(self, values: Sequence[int] | set[int]) -> object:
        """Many ids as one parameter, for `within`."""

    def within(self, expression: str, parameter: str) -> str:
        """The condition that an expression is one of the ids bound as `parameter`."""


def first(reader: Reader, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
    """The first row, or None."""
    return next(iter(reader.rows(sql, parameters)), None)


class SQLiteReader:
    """Reads through the standard library's driver."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Read."""
        return self._connection.execute(sql, parameters or {})

    def ids(self, values: Sequence[int] | set[int]) -> str:
        """As a JSON array: SQLite binds no lists."""
        return f"[{','.join(map(str, values))}]"

    def within(self, expression: str, parameter: str) -> str:
        """Over the array's elements."""
        return f"{expression} IN (SELECT value FROM json_each(:{parameter}))"


class PostgresReader:
    """Reads through psycopg."""

    dialect = "postgresql"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Read."""
        import re  # noqa: PLC0415 - SQLite needs no spelling out

        spelled = re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", sql.replace("%", "%%"))
        return iter(self._connection.execute(spelled, parameters or {}))

    def ids(self, values: Sequence[int] | set[int]) -> list[int]:
        """As an array."""
        return list(values)

    def within(self, expression: str, parameter: str) -> str:
        """Over the array's elements."""
        return f"{expression} = ANY(CAST(:{parameter} AS integer[]))"


@contextmanager
def reading(location: Location) -> Iterator[Reader]:
    """Open a registry, read from one snapshot of it, close it.

    Raises NoRegistryError, NotARegistryError, OldRegistryError, NewerRegistryError, or
    RegistryError where the file or the server cannot be read.
    """
    if location.path is None:
        with _reading_postgres(location) as reader:
            yield reader
        return
    try:
        connection = open_file(location.path, writable=False)
        try:
            connection.execute("BEGIN")
            require_registry(connection, location)
            yield SQLiteReader(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise sqlite_trouble(error, location) or error from error


def open_file(path: Path, *, writable: bool) -> sqlite3.Connection:
    """Open a registry's file; never makes one. Transactions are begun by hand on every Python."""
    if not path.exists():
        raise NoRegistryError(str(path))
    # SQLite itself falls back to reading where the file cannot be written; a reader that may clean
    # up leaves no log beside the file.
    connection = _connect(path, "mode=rw")
    if writable:
        return connection
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorname != "SQLITE_CANTOPEN" or _has_log(path):
            raise
        # A file in WAL mode where no log can be made beside it (a read-only folder): nobody can be
        # writing to it there, so it may be read as it lies.
        return _connect(path, "mode=ro&immutable=1")
    return connection


def _connect(path: Path, query: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def require_registry(connection: sqlite3.Connection, location: Location) -> None:
    """Raise unless the file is a registry of this program's revision."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if not tables and application_id == 0:
            raise NoRegistryError(str(location))
        raise NotARegistryError(str(location), "it is the database of another program")
    require_head(stored_revision(connection), str(location))


def stored_revision(connection: sqlite3.Connection) -> str | None:
    """The revision that the file says it has; None where it has no table for it, or no row."""
    if not connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"
    ).fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row and str(row[0])


@contextmanager
def _reading_postgres(location: Location) -> Iterator[Reader]:
    psycopg = import_psycopg()
    assert location.url is not None  # noqa: S101 - a location is a path or a URL
    try:
        with psycopg.connect(location.url) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader = PostgresReader(connection)
            if not first(reader, "SELECT to_regclass('alembic_version'), to_regclass('parties')")[
                0
            ]:
                raise NoRegistryError(str(location))
            row = first(reader, "SELECT version_num FROM alembic_version")
            require_head(row and row[0], str(location))
            yield reader
    except psycopg.Error as error:
        raise server_trouble(error, location) from error


def import_psycopg() -> Any:
    """The driver of PostgreSQL, or a sentence that says how to get it."""
    try:
        import psycopg  # noqa: PLC0415 - only where there is a server to talk to
    except ImportError as error:
        raise RegistryError(
            "PostgreSQL needs the extra `postgres`: pip install 'caseledger[postgres]'"
        ) from error
    return psycopg
