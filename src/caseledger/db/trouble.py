"""What the drivers say when a registry cannot be used, in a sentence that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.errors import (
    CaseledgerError,
    NotARegistryError,
    ReadOnlyRegistryError,
    RefusedError,
    RegistryError,
)

if TYPE_CHECKING:
    import sqlite3

    from caseledger.db.location import Location


_BUSY = "the registry at {} is busy: another program holds it"

_SENTENCES = (
    ("SQLITE_FULL", "the disk is full at {}: nothing was written"),
    ("SQLITE_BUSY", _BUSY),
    ("SQLITE_LOCKED", _BUSY),
    ("SQLITE_CORRUPT", "the registry at {} is damaged"),
    ("SQLITE_CANTOPEN", "the registry at {} cannot be opened"),
    ("SQLITE_IOERR", "the disk is full, or fails, at {}: nothing was written"),
    ("SQLITE_PERM", "the registry at {} cannot be opened"),
    ("SQLITE_AUTH", "the registry at {} cannot be opened"),
)

_REFUSED = "the registry's own rules refuse this: {}"


def sqlite_trouble(error: sqlite3.Error, location: Location) -> CaseledgerError | None:
    """The error of ours behind one of SQLite's; None where only a mistake of ours explains it."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return NotARegistryError(str(location), "the file is not a database")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyRegistryError(str(location))
    if name.startswith("SQLITE_CONSTRAINT"):
        return RefusedError(_REFUSED.format(error))
    if str(error).startswith("no such table"):
        return RegistryError(
            f"the registry at {location} is incomplete ({error}); `caseledger db check` says more"
        )
    for prefix, sentence in _SENTENCES:
        if name.startswith(prefix):
            return RegistryError(f"{sentence.format(location)} ({error})")
    return None


def server_trouble(error: Exception, location: Location) -> CaseledgerError:
    """What a PostgreSQL server, or the way to it, answered: its first line, without secrets."""
    from caseledger.db.address import without_secrets  # noqa: PLC0415 - only for a server

    said = without_secrets(location.url or "", str(error)).strip() or type(error).__name__
    said = said.splitlines()[0]
    state = getattr(error, "sqlstate", None) or ""
    if state.startswith("23"):
        return RefusedError(_REFUSED.format(said))
    if state == "25006":
        return ReadOnlyRegistryError(str(location))
    if state == "55P03":
        return RegistryError(f"{_BUSY.format(location)} ({said})")
    return RegistryError(f"{location}: {said}")
