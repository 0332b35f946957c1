"""`caseledger export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.output import RawOption
from caseledger.cli.saying import say
from caseledger.cli.settings import settings_of
from caseledger.errors import UsageError

EXAMPLES = ("caseledger export csv registry-csv",)


def run(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="csv", autocompletion=lambda: ["csv"])],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an old export.")],
    raw: RawOption = False,
) -> None:
    """Write the whole registry as CSV files, one per table, with a datapackage.json.

    Withdrawn records are among them, with the reason: this is the ledger, not a report.
    """
    from caseledger.exporting import export_csv

    if what != "csv":
        raise UsageError(f"what can be exported: csv; not {what!r}")
    with settings_of(ctx).read() as reader:
        count = export_csv(reader, folder, raw=raw)
    say(f"wrote {count} files to {folder}")


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
