"""Where a registry is: a file of SQLite, or a database of a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from caseledger.errors import UsageError


class Location(NamedTuple):
    """A registry's file, or the URL of its PostgreSQL database: one of the two."""

    path: Path | None
    url: str | None
    is_default: bool = False
    """The one registry of this user, which is made on first use."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return "sqlite" if self.url is None else "postgresql"

    def __str__(self) -> str:
        """As a user may type it; a password in a URL is not shown."""
        if self.url is None:
            return str(self.path)
        before, at, after = self.url.rpartition("@")
        user, colon, _ = before.partition("://")[2].partition(":")
        return f"postgresql://{user}:***@{after}" if at and colon else self.url


def locate(text: str | None) -> Location:
    """The registry at a path or URL; without one, the user's own.

    Raises UsageError for a URL of another kind of database.
    """
    if not text:
        return Location(_default_path(), None, is_default=True)
    scheme, is_url, rest = text.partition("://")
    if not is_url:
        return Location(Path(text).expanduser(), None)
    name = scheme.lower()
    if name == "sqlite" and rest.startswith("/"):
        return Location(Path(rest[1:]).expanduser(), None)
    if name in {"postgresql", "postgres", "postgresql+psycopg"}:
        return Location(None, f"postgresql://{rest}")
    raise UsageError(f"{scheme}:// is not supported; give a path or postgresql+psycopg://…")


def _default_path() -> Path:
    import platformdirs  # noqa: PLC0415 - a path that was given does not pay for it

    return platformdirs.user_data_path("caseledger", appauthor=False) / "registry.db"
