"""`caseledger list`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.output import BomOption, FormatOption, OutputOption, RawOption, deliver
from caseledger.cli.settings import settings_of
from caseledger.errors import UsageError
from caseledger.reports.lists import NAMES, listing

EXAMPLES = (
    "caseledger list organizations",
    "caseledger list people --output people.csv",
    "caseledger list tallies --format markdown",
)


def run(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="|".join(NAMES), autocompletion=lambda: list(NAMES))
    ],
    format_: FormatOption = None,
    output: OutputOption = None,
    raw: RawOption = False,
    bom: BomOption = None,
) -> None:
    """List the people, organizations, cases, sources or tallies, or what was withdrawn."""
    if what not in NAMES:
        raise UsageError(f"what can be listed: {', '.join(NAMES)}; not {what!r}")
    with settings_of(ctx).read() as reader:
        deliver(listing(reader, what), format_=format_, output=output, raw=raw, bom=bom)


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
