"""Where a registry is: a file of SQLite, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from caseledger.errors import UsageError

_URL = re.compile(r"([a-z][a-z0-9+]*)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
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
        return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:***@", self.url)


def locate(text: str | None) -> Location:
    """The registry at a path or URL; without one, the user's own.

    Raises UsageError for a URL of another kind of database.
    """
    if not text:
        return Location(_default_path(), None, is_default=True)
    scheme = _URL.match(text)
    if not scheme:
        return Location(Path(text).expanduser(), None)
    name, _, driver = scheme[1].lower().partition("+")
    if name == "sqlite" and text.startswith("sqlite:///"):
        return Location(Path(text.removeprefix("sqlite:///")).expanduser(), None)
    if name in {"postgresql", "postgres"} and driver in {"", "psycopg"}:
        return Location(None, "postgresql" + text[scheme.end(1) :])
    raise UsageError(f"{scheme[1]}:// is not supported; give a path or postgresql+psycopg://…")


def _default_path() -> Path:
    import platformdirs  # noqa: PLC0415 - a path that was given does not pay for it

    return platformdirs.user_data_path("caseledger", appauthor=False) / "registry.db"
