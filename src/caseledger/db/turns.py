"""On PostgreSQL, what BEGIN IMMEDIATE is on SQLite: one writes, or migrates, at a time.

Without it two would both look for a name, find nobody, and both record somebody. A lock that is
asked for rather than a table's: it needs no right, and nobody who reads waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import BUSY_SECONDS
from caseledger.db.revision import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Callable


def take_turn(execute: Callable[[str], object], *, patient: bool = False) -> None:
    """Wait for one's turn, in a transaction of a server, before its first read.

    One who is not patient is told that the registry is busy, as on SQLite.
    """
    if not patient:
        execute(f"SET LOCAL lock_timeout = {int(BUSY_SECONDS * 1000)}")
    execute(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
