"""The commands of `caseledger db`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from caseledger.cli.lazy import command
from caseledger.cli.saying import say
from caseledger.cli.settings import ensure, settings_of
from caseledger.db.location import Location
from caseledger.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

Target = Annotated[str, typer.Argument(metavar="REVISION", help="head, base, 0001, -1 …")]


def current(ctx: typer.Context) -> None:
    """Print the registry's revision and the program's."""
    from caseledger.db.revision import BASE, HEAD
    from caseledger.migrations import revision_of

    print(f"{revision_of(_there(ctx)) or BASE} (this program: {HEAD})")


def upgrade(ctx: typer.Context, revision: Target = "head") -> None:
    """Take the registry to a later revision. The file as it was is kept beside it."""
    _migrate(ctx, revision, "upgrade")


def downgrade(ctx: typer.Context, revision: Target) -> None:
    """Take the registry to an earlier revision. The file as it was is kept beside it.

    What the earlier revision has no place for is in the copy alone.
    """
    _migrate(ctx, revision, "downgrade")


def _migrate(ctx: typer.Context, target: str, direction: Literal["upgrade", "downgrade"]) -> None:
    from caseledger.migrations import migrate

    location = _there(ctx)
    moved = migrate(location, direction, target)
    if moved.after == moved.before:
        say(f"the registry at {location} is at {moved.after} already")
        return
    kept = f"; as it was: {moved.kept_copy}" if moved.kept_copy else ""
    say(f"the registry at {location} went from {moved.before} to {moved.after}{kept}")


def check(ctx: typer.Context) -> None:
    """Look for damage, broken references, missing details, uncited records, dates and keys."""
    from caseledger.checking import check as look
    from caseledger.migrations import schema_of_head

    with settings_of(ctx).read() as reader:
        wrong = list(look(reader, schema_of_head()))
    for line in wrong:
        print(line)
    if wrong:
        count = "1 thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        raise RefusedError(f"{count} wrong with the registry")
    print("sound")


def _there(ctx: typer.Context) -> Location:
    location = settings_of(ctx).location
    ensure(location)
    return location


_COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "current": (current, ("caseledger db current",)),
    "upgrade": (upgrade, ("caseledger db upgrade", "caseledger db upgrade head")),
    "downgrade": (downgrade, ("caseledger db downgrade 0001", "caseledger db downgrade -1")),
    "check": (check, ("caseledger db check",)),
}


def build(name: str) -> Any:
    """One of the commands."""
    function, examples = _COMMANDS[name]
    built = command(function, name, examples)
    built.ignore_unknown_options = True  # `-1` is a revision
    return built
