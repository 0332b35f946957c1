"""`caseledger init`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.saying import say
from caseledger.cli.settings import settings_of

EXAMPLES = (
    "caseledger init",
    "caseledger --db ./team.db init",
    "caseledger --db ./empty.db init --no-seed",
)


def run(
    ctx: typer.Context,
    no_seed: Annotated[
        bool, typer.Option("--no-seed", help="Leave it empty: without the first source.")
    ] = False,
) -> None:
    """Make a registry, or upgrade one that is there (a copy is kept), and seed it once.

    Doing it again changes nothing.
    """
    from caseledger.cli.making import seed
    from caseledger.migrations import make

    location = settings_of(ctx).location
    made = make(location, None if no_seed else seed)
    seeded = not made.created and not no_seed and seed(location)
    if made.created:
        say(f"made a registry at {location}")
    elif made.upgraded_from is not None:
        copy = f"; as it was: {made.kept_copy}" if made.kept_copy else ""
        say(f"upgraded the registry at {location} from {made.upgraded_from}{copy}")
    elif seeded:
        say(f"the registry at {location} was there; the first source is in it now")
    else:
        say(f"the registry at {location} is there and up to date")


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
