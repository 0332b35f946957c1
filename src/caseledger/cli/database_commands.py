"""The commands of `caseledger db`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from caseledger.cli.lazy import command
from caseledger.cli.settings import ensure, say, settings_of
from caseledger.db.location import Location
from caseledger.errors import NoRegistryError, RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Target = Annotated[str, typer.Argument(metavar="REVISION", help="head, base, 0001, -1 …")]


def current(ctx: typer.Context) -> None:
    """Print the registry's revision and the program's."""
    from caseledger.db.revision import HEAD
    from caseledger.migrations import revision_of

    revision = revision_of(_there(ctx))
    print(f"{revision or 'none'} (this program: {HEAD})")


def upgrade(ctx: typer.Context, revision: Target = "head") -> None:
    """Take the registry to a later revision. The file as it was is kept beside it."""
    _migrate(ctx, revision, "upgrade")


def downgrade(ctx: typer.Context, revision: Target) -> None:
    """Take the registry to an earlier revision. The file as it was is kept beside it.

    What the earlier revision has no place for is in the copy alone.
    """
    _migrate(ctx, revision, "downgrade")


def _migrate(ctx: typer.Context, target: str, direction: Literal["upgrade", "downgrade"]) -> None:
    from caseledger.migrations import keep_copy, migrate, revision_of

    location = _there(ctx)
    before = revision_of(location) or "none"
    copy = keep_copy(location, before)
    try:
        migrate(location, direction, target)
    except UsageError:
        if copy:
            copy.unlink()
        raise
    after = revision_of(location) or "none"
    if copy and after == before:
        copy.unlink()
        copy = None
    kept = f"; as it was: {copy}" if copy else ""
    say(f"the registry at {location} went from {before} to {after}{kept}")


def check(ctx: typer.Context) -> None:
    """Look for damage, broken references, missing details, uncited records, dates and keys."""
    from caseledger.checking import check as look

    with settings_of(ctx).read() as reader:
        wrong = list(look(reader))
    for line in wrong:
        print(line)
    if wrong:
        raise RefusedError(f"{len(wrong)} things are wrong with the registry")
    print("sound")


def _there(ctx: typer.Context) -> Location:
    location = settings_of(ctx).location
    ensure(location)
    if location.path is not None and not location.path.exists():
        raise NoRegistryError(str(location))
    return location


_COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "current": (current, ("caseledger db current",)),
    "upgrade": (upgrade, ("caseledger db upgrade", "caseledger db upgrade head")),
    "downgrade": (downgrade, ("caseledger db downgrade 0001",)),
    "check": (check, ("caseledger db check",)),
}


def build(name: str) -> Any:
    """One of the commands."""
    function, examples = _COMMANDS[name]
    return command(function, name, examples)
