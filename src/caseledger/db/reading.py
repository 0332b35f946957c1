"""Opening a registry to read: SQL over the views, run on the driver.

This is the path that people feel. It imports neither SQLAlchemy nor Alembic; psycopg only for a
PostgreSQL registry.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from caseledger.db.revision import APPLICATION_ID, require_head
from caseledger.db.trouble import server_trouble, sqlite_trouble
from caseledger.errors import (
    NoRegistryError,
    NotARegistryError,
    ReadOnlyRegistryError,
    RegistryError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def texts(self, values: Iterable[str]) -> object:
        """Many texts as one parameter, for `each`."""

    def each(self, parameter: str) -> str:
        """The texts bound as `parameter` as a table `each` with the column `value`."""


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

    def texts(self, values: Iterable[str]) -> str:
        """As a JSON array."""
        import json  # noqa: PLC0415 - few who read need it

        return json.dumps(list(values))

    def each(self, parameter: str) -> str:
        """The array's elements."""
        return f"json_each(:{parameter}) AS each"


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

    def texts(self, values: Iterable[str]) -> list[str]:
        """As an array."""
        return list(values)

    def each(self, parameter: str) -> str:
        """The array's elements."""
        return f"unnest(CAST(:{parameter} AS text[])) AS each(value)"


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
    try:
        if not path.exists():
            raise NoRegistryError(str(path))
        if not path.is_file():
            what = "a folder" if path.is_dir() else "a device or a pipe"
            raise NotARegistryError(str(path), f"it is {what}, not a file")
    except OSError as error:
        raise RegistryError(f"the registry at {path} cannot be opened: {error.strerror}") from error
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if writable:
        if not may_write and os.access(path, os.R_OK):
            raise ReadOnlyRegistryError(str(path))
        return _connect(path, "mode=rw")
    if not may_write and _lies_still(path):
        # Where no log can be made, and none can be cleaned up, the file is read as it is.
        return _connect(path, "mode=ro&immutable=1")
    return _connect_to_read(path)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads; but it may clean up, and leaves no log beside the file."""
    connection = _connect(path, "mode=rw")
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        if not error.sqlite_errorname.startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL")):
            raise
        # A full disk has no room for the index by which several share a log. Whoever has the file
        # alone needs none; if somebody else has it open, this one waits, and then says so.
        connection = _connect(path, "mode=rw")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, query: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _lies_still(path: Path) -> bool:
    """Whether nobody has the file open."""
    index, log = (path.with_name(path.name + ending) for ending in ("-shm", "-wal"))
    return not index.exists() and not (log.exists() and log.stat().st_size)


def require_registry(connection: sqlite3.Connection, location: Location) -> None:
    """Raise unless the file is a registry of this program's revision."""
    require_head(stored_revision(connection, location), str(location))


def stored_revision(connection: sqlite3.Connection, location: Location) -> str | None:
    """The revision that the file says it has; None where no revision is left in it.

    Raises NotARegistryError, and RegistryError for a registry that has lost its revision.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        used = application_id or connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        why = "it is the database of another program" if used else "it is empty; remove it first"
        raise NotARegistryError(str(location), why)
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE name IN ('alembic_version', 'parties')"
    )
    tables = {name for (name,) in found}
    if "alembic_version" in tables:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if rows:
            return the_revision(rows, location)
    if "parties" in tables:
        raise RegistryError(f"the registry at {location} is damaged: its revision is gone")
    return None


@contextmanager
def _reading_postgres(location: Location) -> Iterator[Reader]:
    psycopg = import_psycopg()
    assert location.url is not None  # noqa: S101 - a location is a path or a URL
    try:
        with psycopg.connect(location.url, client_encoding="utf8") as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader = PostgresReader(connection)
            require_registry_on_server(connection, location)
            yield reader
    except psycopg.Error as error:
        raise server_trouble(error, location) from error


def require_registry_on_server(connection: Any, location: Location) -> None:
    """Raise unless a server's database is a registry of this program's revision."""
    require_utf8(connection, location)
    tables = "SELECT to_regclass('alembic_version'), to_regclass('parties')"
    if None in connection.execute(tables).fetchone():
        raise NoRegistryError(str(location))
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    require_head(the_revision(rows, location), str(location))


def require_utf8(connection: Any, location: Location) -> None:
    """Raise unless a server's database can hold any name. Raises NotARegistryError."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise NotARegistryError(
            str(location),
            f"its encoding is {encoding}, not UTF8 (createdb --encoding=UTF8 --template=template0)",
        )


def the_revision(rows: Sequence[Any], location: Location) -> str | None:
    """The one revision of a registry, if one. Raises RegistryError where there are several."""
    if len(rows) > 1:
        raise RegistryError(f"the registry at {location} is damaged: it has several revisions")
    return str(rows[0][0]) if rows else None


def driver_errors(location: Location) -> type[Exception]:
    """What the driver of a registry raises."""
    errors: type[Exception] = sqlite3.Error if location.path else import_psycopg().Error
    return errors


def import_psycopg() -> Any:
    """The driver of PostgreSQL, or a sentence that says how to get it."""
    try:
        import psycopg  # noqa: PLC0415 - only where there is a server to talk to
    except ImportError as error:
        raise RegistryError(
            "PostgreSQL needs the extra `postgres`: pip install 'caseledger[postgres]'"
        ) from error
    return psycopg
