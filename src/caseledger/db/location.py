"""Where a registry is: a file of SQLite, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
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
        """As a user may type it; a password in a URL is not shown, wherever it stands in it."""
        if self.url is None:
            return str(self.path)
        from caseledger.db.address import shown  # noqa: PLC0415 - a file has no secrets

        return shown(self.url)


def locate(text: str | None) -> Location:
    """The registry at a path or URL; without one, the user's own.

    Raises UsageError for a URL of another kind of database, and for one that cannot be read; it
    never says what was given, which may hold a password.
    """
    if text is None:
        return Location(_default_path(), None, is_default=True)
    if not text:
        raise UsageError("--db, or CASELEDGER_DB, is empty: give a path or an address, or neither")
    scheme, is_url, rest = text.partition("://")
    if not is_url:
        if _LIKE_A_SERVER.search(text):
            raise UsageError(_ADDRESS)
        return Location(_expanded(text), None)
    name = scheme.lower()
    if name == "sqlite" and len(rest) > 1 and rest.startswith("/"):
        return Location(_expanded(rest[1:]), None)
    if name in {"postgresql", "postgres", "postgresql+psycopg"}:
        from caseledger.db.address import is_readable  # noqa: PLC0415 - a file does not pay for it

        url = f"postgresql://{rest}"
        if not is_readable(url):
            raise UsageError(_ADDRESS)
        return Location(None, url)
    kind = f"{scheme}://" if _SCHEME.fullmatch(scheme) else "such an address"
    raise UsageError(f"{kind} is not supported; give a path or postgresql+psycopg://…")


_SCHEME = re.compile(r"[A-Za-z0-9+.-]+")

_LIKE_A_SERVER = re.compile(r"^postgres(ql)?(\+\w+)?:|\bpassword\s*=", re.IGNORECASE)

_ADDRESS = (
    "the address of the server cannot be read: it is"
    " postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE,"
    " and what is special in a password is coded (%40 for @, %2F for /, %23 for #, %25 for %)"
)


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # `~` of nobody
        raise UsageError(f"{path}: {error}") from error


def _default_path() -> Path:
    import platformdirs  # noqa: PLC0415 - a path that was given does not pay for it

    try:
        return platformdirs.user_data_path("caseledger", appauthor=False) / "registry.db"
    except RuntimeError as error:
        raise UsageError(
            "there is no home folder to keep a registry in: name a file with --db"
        ) from error
