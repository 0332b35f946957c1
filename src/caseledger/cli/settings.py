"""What holds for a whole run of the program: which registry, and who is at the keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from caseledger.cli.saying import say
from caseledger.db.location import Location, locate
from caseledger.db.reading import Reader, reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Settings:
    """The options that stand before the command."""

    def __init__(self, db: str | None = None, by: str | None = None) -> None:
        self.db, self.by = db, by

    @property
    def location(self) -> Location:
        """Where the registry is. Raises UsageError."""
        return locate(self.db)

    @property
    def who(self) -> str:
        """Who records: `--by`, `CASELEDGER_BY`, or the user's login."""
        if self.by:
            return self.by
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "unknown"

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """The registry, to read; the user's own is made on first use."""
        location = self.location
        ensure(location)
        with reading(location) as reader:
            yield reader

    @contextmanager
    def write(self, *, dry_run: bool = False) -> "Iterator[Session]":
        """The registry, to write; the user's own is made on first use."""
        from caseledger.db.writing import writing

        location = self.location
        ensure(location)
        with writing(location, dry_run=dry_run) as session:
            yield session


def settings_of(ctx: typer.Context) -> Settings:
    """The settings of the run that a command is in."""
    settings = ctx.find_root().obj
    return settings if isinstance(settings, Settings) else Settings()


def ensure(location: Location) -> None:
    """Make, migrate and seed the user's own registry where it is not there yet, and say so."""
    if not location.is_default or location.path is None or location.path.exists():
        return
    from caseledger.cli.making import make_seeded

    if make_seeded(location).created:
        say(f"made a registry from the first source at {location}")
