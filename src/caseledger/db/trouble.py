"""What the drivers say when a registry cannot be used, in a sentence that helps."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from caseledger.errors import NotARegistryError, ReadOnlyRegistryError, RegistryError

if TYPE_CHECKING:
    from caseledger.db.location import Location


def sqlite_trouble(error: sqlite3.Error, location: Location) -> RegistryError | None:
    """The registry's error behind one of SQLite's; None where it is no state of the file."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return NotARegistryError(str(location), "the file is not a database")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyRegistryError(str(location))
    if name == "SQLITE_FULL":
        return RegistryError(f"the disk is full at {location}: nothing was written")
    if name.startswith("SQLITE_BUSY") or name == "SQLITE_LOCKED":
        return RegistryError(f"the registry at {location} is busy: another program holds it")
    if name.startswith("SQLITE_CORRUPT"):
        return RegistryError(f"the registry at {location} is damaged: {error}")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH")):
        return RegistryError(f"the registry at {location} cannot be read or written: {error}")
    return None


def server_trouble(error: Exception, location: Location) -> RegistryError:
    """What a PostgreSQL server, or the way to it, answered: its first line."""
    said = str(error).strip().splitlines()
    return RegistryError(f"{location}: {said[0] if said else type(error).__name__}")
