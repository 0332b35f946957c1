"""`caseledger show`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from caseledger.cli import completion
from caseledger.cli.lazy import command
from caseledger.cli.output import terminal_width
from caseledger.cli.saying import stdout
from caseledger.cli.settings import settings_of
from caseledger.render.sections import write_page
from caseledger.reports.pages import page

EXAMPLES = (
    'caseledger show "Erick Valencia Salazar"',
    'caseledger show "Gulf Cartel"',
    "caseledger show T1",
)


def run(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="NAME|REF", autocompletion=completion.anything)],
) -> None:
    """Everything on one person, organization, case, tally, source or action, each line cited."""
    with settings_of(ctx).read() as reader:
        found = page(reader, what)
        write_page(
            stdout(),
            title=found.title,
            facts=[*found.facts, f"key: {found.key}"],
            parts=((section.heading, section.lines) for section in found.sections),
            about=found.about,
            width=terminal_width(),
        )


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
