"""Making a registry, and taking it from one revision to another.

Everything here runs Alembic over the revisions that come with the program; a developer's
`alembic upgrade head` runs the same revisions the same way, through `connect_for_migration`.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from caseledger.db.drafts import clear_leftovers, draft_beside
from caseledger.db.location import Location
from caseledger.db.reading import (
    driver_errors,
    open_file,
    require_utf8,
    stored_revision,
    the_revision,
)
from caseledger.db.revision import APPLICATION_ID, BASE, HEAD, require_head
from caseledger.db.trouble import sqlite_trouble
from caseledger.errors import NotARegistryError, RefusedError, RegistryError, UsageError
from caseledger.resources import alembic_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    Direction = Literal["upgrade", "downgrade"]


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` found or did."""

    created: bool = False
    upgraded_from: str | None = None
    kept_copy: Path | None = None
    """Where the registry as it was before an upgrade is kept."""


@dataclass(frozen=True, slots=True)
class Moved:
    """From which revision to which `migrate` took a registry."""

    before: str
    after: str
    kept_copy: Path | None
    """Where the registry as it was is kept; None on PostgreSQL, and where nothing changed."""


def make(location: Location, fill: Callable[[Location], object] | None = None) -> Made:
    """Make the registry, or bring it to this program's revision; nothing if it is there already.

    A new file is built, and filled by `fill`, beside the place where it is to be, and appears there
    whole or not at all; of two that make it at once, the second uses the first's.

    Raises NotARegistryError, NewerRegistryError, RegistryError.
    """
    if location.path is None:
        return _make_on_server(location, fill)
    try:
        if not location.path.exists():
            return Made(created=_build(location.path, fill))
        return _bring_up(location, revision_of(location))
    except sqlite3.Error as error:
        raise sqlite_trouble(error, location) or error from error
    except OSError as error:
        raise RegistryError(f"cannot make a registry at {location}: {error.strerror}") from error


def _build(path: Path, fill: Callable[[Location], object] | None) -> bool:
    """Build a new file under another name and publish it; False if another was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(path)
    with draft_beside(path) as draft:
        in_wal_mode(draft)
        _run(Location(draft, None), "upgrade", "head")
        if fill:
            fill(Location(draft, None))
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    return True


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def ensure_file(location: Location) -> None:
    """An empty database file, readable by its owner alone, in WAL mode; one that is there stays."""
    if location.path is None:
        return
    location.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(location.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    in_wal_mode(location.path)


def in_wal_mode(path: Path) -> None:
    """Turn an empty file into a database with a write-ahead log."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def connect_for_migration(location: Location) -> Iterator[Connection]:
    """A connection in one transaction, for revisions: all of them land or none does.

    On SQLite foreign keys are off while tables are rebuilt (a rebuild of a parent would cascade to
    its children) and everything is checked before the commit. On PostgreSQL one waits for another
    that migrates the same database, or writes in it.

    Raises NotARegistryError for the database of another program.
    """
    from caseledger.db.writing import engine_for, in_turn  # noqa: PLC0415 - only to migrate

    with engine_for(location, foreign_keys=False).begin() as connection:
        if connection.dialect.name == "postgresql":
            in_turn(connection, patient=True)
            yield connection
            return
        _refuse_foreign(connection, location)
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({str(row[0]) for row in broken}))
            raise RefusedError(f"the revision would break references in: {tables}")


def _refuse_foreign(connection: Connection, location: Location) -> None:
    """Only a registry is migrated, or a file with nothing in it."""
    identity = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    used = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    if identity != APPLICATION_ID and (identity or used):
        raise NotARegistryError(str(location), "it is the database of another program")


def _alembic(connection: Connection, command: str, target: str) -> None:
    import alembic.command  # noqa: PLC0415 - costs more than most commands do
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(alembic_folder()).replace("%", "%%"))
    getattr(alembic.command, command)(config, target)


def revision_of(location: Location) -> str | None:
    """The revision that a registry says it has; None where no revision is left in it.

    Raises NoRegistryError, NotARegistryError, RegistryError.
    """
    if location.path is None:
        return _revision_on_server(location)
    try:
        with contextlib.closing(open_file(location.path, writable=False)) as connection:
            return stored_revision(connection, location)
    except sqlite3.Error as error:
        raise sqlite_trouble(error, location) or error from error


def schema_of_head() -> dict[str, str]:
    """What a new registry is made of: the statement of each table, view and index, by name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registry.db")
        make(Location(path, None))
        with contextlib.closing(sqlite3.connect(path)) as connection:
            listed = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            return dict(connection.execute(listed).fetchall())


def _bring_up(location: Location, before: str | None) -> Made:
    if before == HEAD:
        return Made()
    moved = migrate(location, "upgrade", "head")
    return Made(upgraded_from=moved.before, kept_copy=moved.kept_copy)


def migrate(location: Location, direction: Direction, target: str) -> Moved:
    """Take the registry to a revision (`head`, `base`, `0001`, `+1`, `-1`), keeping a copy.

    No copy is kept where nothing was changed.

    Raises UsageError for a revision that is none, and NewerRegistryError.
    """
    before = revision_of(location)
    if before is not None and before > HEAD:
        require_head(before, str(location))
    copy = _keep_copy(location, before or BASE)
    try:
        _run(location, direction, target)
    except BaseException:
        if copy:
            copy.unlink()
        raise
    after = revision_of(location)
    if copy and after == before:
        copy.unlink()
        copy = None
    return Moved(before or BASE, after or BASE, copy)


def _run(location: Location, direction: Direction, target: str) -> None:
    from alembic.util import CommandError  # noqa: PLC0415 - Alembic, only to migrate
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from caseledger.db.writing import trouble_of  # noqa: PLC0415

    try:
        with connect_for_migration(location) as connection:
            _alembic(connection, direction, target)
    except CommandError as error:
        raise UsageError(f"{direction} {target}: {error}") from error
    except (DBAPIError, driver_errors(location)) as error:
        raise trouble_of(error, location) or error from error


def _keep_copy(location: Location, revision: str) -> Path | None:
    """A copy of a registry's file beside it, before it is changed; its name says of which revision.

    None on PostgreSQL, whose copies are the server's business.
    """
    if location.path is None:
        return None
    number = 1
    while (copy := _beside(location.path, f".{revision}-{number}.bak")).exists():
        number += 1
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        contextlib.closing(open_file(location.path, writable=False)) as old,
        contextlib.closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    return copy


def _revision_on_server(location: Location) -> str | None:
    from sqlalchemy import inspect, text  # noqa: PLC0415 - SQLAlchemy, only to migrate
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from caseledger.db.writing import engine_for, trouble_of  # noqa: PLC0415

    try:
        with engine_for(location).connect() as connection:
            require_utf8(connection.connection.driver_connection, location)
            tables = set(inspect(connection).get_table_names())
            if tables <= {"alembic_version"}:
                return None
            if not {"alembic_version", "parties"} <= tables:
                raise NotARegistryError(str(location), "it is the database of another program")
            rows = connection.execute(text("SELECT version_num FROM alembic_version")).fetchall()
            return the_revision(rows, location)
    except (DBAPIError, driver_errors(location)) as error:
        raise trouble_of(error, location) or error from error


def _make_on_server(location: Location, fill: Callable[[Location], object] | None) -> Made:
    """As on SQLite; of two that make it at once, the second waits, and finds the first's."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - SQLAlchemy, only to migrate

    from caseledger.db.writing import engine_for, trouble_of  # noqa: PLC0415

    try:
        with engine_for(location).connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({APPLICATION_ID + 1})")
            before = revision_of(location)
            if before is not None:
                return _bring_up(location, before)
            _run(location, "upgrade", "head")
            try:
                if fill:
                    fill(location)
            except BaseException:
                _unmake(location)
                raise
            return Made(created=True)
    except (DBAPIError, driver_errors(location)) as error:
        raise trouble_of(error, location) or error from error


def _unmake(location: Location) -> None:
    """Take a new registry out of a server's database again, unless somebody has used it already."""
    with connect_for_migration(location) as connection:
        used = "SELECT EXISTS (SELECT 1 FROM sources) OR EXISTS (SELECT 1 FROM parties)"
        if not connection.exec_driver_sql(used).scalar_one():
            _alembic(connection, "downgrade", "base")
