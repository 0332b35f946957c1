"""The file that a registry is built in, beside its place; and those that killed makers left there.

A maker holds a lock on its draft, which the system takes back however the maker ends: a draft that
can be locked is nobody's.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from caseledger.db.files import BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def draft_beside(path: Path) -> Iterator[Path]:
    """An empty file, its owner's alone, for as long as it is built in. Raises OSError."""
    draft, descriptor = _claimed(path)
    try:
        yield draft
    finally:
        _remove(draft)
        os.close(descriptor)


def clear_leftovers(path: Path) -> None:
    """Remove the drafts of makers that are no more; where that cannot be told, none."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{12}}\.new")
    with contextlib.suppress(OSError):  # a folder that may not be looked into
        for draft in list(path.parent.iterdir()):
            if name.fullmatch(draft.name):
                _clear(draft)


def _clear(draft: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else's, or gone meanwhile
        descriptor = os.open(draft, os.O_RDWR)
        try:
            if _lock(descriptor):
                _remove(draft)
        finally:
            os.close(descriptor)


def _claimed(path: Path) -> tuple[Path, int]:
    while True:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        _lock(descriptor)
        if draft.exists():
            return draft, descriptor
        os.close(descriptor)  # taken for a leftover in the moment before it was locked


def _lock(descriptor: int) -> bool:
    """Lock an open file; False where another has. SQLite locks in another way, and does not mind.

    But closing any descriptor of a file takes from this process SQLite's locks on it: so a draft's
    is closed last.
    """
    try:
        import fcntl  # noqa: PLC0415 - Windows has none: no draft is taken for a leftover there
    except ImportError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove(draft: Path) -> None:
    """The draft goes last: what lies beside it is found by it."""
    for ending in (*BESIDE, ""):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
