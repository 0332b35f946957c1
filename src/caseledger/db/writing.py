"""Opening a registry to write: SQLAlchemy, one unit of work, all of it or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from caseledger.db.reading import (
    PostgresReader,
    Reader,
    SQLiteReader,
    driver_errors,
    import_psycopg,
    open_file,
    require_registry,
    require_registry_on_server,
)
from caseledger.db.trouble import server_trouble, sqlite_trouble
from caseledger.db.turns import take_turn
from caseledger.interrupts import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from caseledger.db.location import Location
    from caseledger.errors import CaseledgerError


def engine_for(location: Location, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions begin as a ledger needs them.

    On SQLite: foreign keys on (a migration turns them off), a write-ahead log, every commit on the
    disk before it is acknowledged, and BEGIN IMMEDIATE before the first read, so that a writer
    waits for another instead of failing when it comes to write.

    On PostgreSQL: READ COMMITTED whatever the server's default, so that who has waited for
    `take_turn` sees what the other wrote.
    """
    if location.path is None:
        assert location.url is not None  # noqa: S101 - a location is a path or a URL
        # Taken apart by the driver, as it is for reading; SQLAlchemy reads addresses otherwise.
        parts = import_psycopg().conninfo.conninfo_to_dict(location.url, client_encoding="utf8")
        return create_engine(
            "postgresql+psycopg://",
            connect_args=parts,
            poolclass=NullPool,
            isolation_level="READ COMMITTED",
        )
    path = location.path

    def connect() -> sqlite3.Connection:
        connection = open_file(path, writable=True)
        try:
            connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def in_turn(connection: Connection, *, patient: bool = False) -> None:
    """Have what follows be the only writing on the registry; on SQLite it is so already."""
    if connection.dialect.name == "postgresql":
        take_turn(connection.exec_driver_sql, patient=patient)


def reader_of(connection: Connection) -> Reader:
    """A reader inside a writer's own transaction: it sees what was flushed."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return SQLiteReader(driver)
    return PostgresReader(driver)


@contextmanager
def writing(location: Location, *, dry_run: bool = False) -> Iterator[Session]:
    """One unit of work: committed on the way out, rolled back on any error and on a dry run.

    Nothing is flushed by the way: on PostgreSQL a number taken from a sequence is gone even when
    the transaction is rolled back, and a dry run must leave nothing behind.

    Raises the same errors as `reading`, and ReadOnlyRegistryError.
    """
    try:
        with engine_for(location).connect() as connection, connection.begin() as transaction:
            in_turn(connection)
            _require(connection, location)
            with Session(connection, autoflush=False, expire_on_commit=False) as session:
                yield session
                if dry_run:
                    session.expunge_all()
                    transaction.rollback()
                else:
                    session.flush()
                    with uninterrupted():
                        transaction.commit()
    except (DBAPIError, driver_errors(location)) as error:
        raise trouble_of(error, location) or error from error


def trouble_of(error: Exception, location: Location) -> CaseledgerError | None:
    """The error of ours behind a driver's, or SQLAlchemy's around it.

    None where only a mistake of ours explains it. On PostgreSQL there is always one: what the
    server answered.
    """
    cause = (isinstance(error, DBAPIError) and error.orig) or error
    if isinstance(cause, sqlite3.Error):
        return sqlite_trouble(cause, location)
    return server_trouble(cause, location) if location.path is None else None


def _require(connection: Connection, location: Location) -> None:
    """Raise unless it is a registry of this program's revision."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        require_registry(driver, location)
    else:
        require_registry_on_server(driver, location)
