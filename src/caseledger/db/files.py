"""Which files belong to a database of SQLite: nothing that is written out takes their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DATABASE = b"SQLite format 3\0"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_ROLLBACK = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

BESIDE = ("-wal", "-shm", "-journal")
"""What the names of the files end in that SQLite keeps beside a database while it is in use."""


def of_a_database(path: Path) -> bool:
    """Whether a file is a database, by whatever name, or belongs to one. Raises OSError.

    The name of a log is a database's even while there is none: SQLite would take what it finds
    there for its own. An index (`-shm`) has no header to be known by, only its database.
    """
    for ending in BESIDE:
        if path.name.endswith(ending):
            database = path.parent / path.name.removesuffix(ending)
            return _begins(database, _DATABASE) or _known(path)
    return _known(path)


def _known(path: Path) -> bool:
    return _begins(path, _DATABASE, *_LOGS, _ROLLBACK)


def _begins(path: Path, *headers: bytes) -> bool:
    if not path.is_file():  # reading what is none, a FIFO, might wait for ever
        return False
    with path.open("rb") as stream:
        return stream.read(len(_DATABASE)).startswith(headers)
