"""Which revision this program reads and writes, and what to say of a registry that has another."""

from __future__ import annotations

import re

from caseledger.errors import NewerRegistryError, NotARegistryError, OldRegistryError

HEAD = "0005"
"""The newest revision in `alembic/versions`; a test holds the two equal.

A constant, because importing Alembic to ask would cost more than most commands do.
"""

BASE = "base"
"""What a registry is at in which no revision is left."""

APPLICATION_ID = 0x43534C47
"""`CSLG` in the header of every registry file (revision 0001)."""


def require_head(revision: str | None, location: str) -> None:
    """Raise unless the registry is of the revision that this program knows."""
    if revision == HEAD:
        return
    if revision is None:
        raise OldRegistryError(location, BASE)
    if not re.fullmatch(r"[0-9]{4}", revision):
        raise NotARegistryError(location, f"its revision {revision!r} is none of ours")
    if revision > HEAD:
        raise NewerRegistryError(location, revision)
    raise OldRegistryError(location, revision)
