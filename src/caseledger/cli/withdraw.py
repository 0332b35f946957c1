"""`caseledger withdraw`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from caseledger.cli import completion
from caseledger.cli.lazy import command
from caseledger.cli.saying import answer, say
from caseledger.cli.settings import settings_of
from caseledger.db.writing import reader_of
from caseledger.errors import UsageError
from caseledger.recording.withdrawal import bring_back, withdraw
from caseledger.reports.withdrawn import affiliated_to, reported

_SHOWN = 8
"""How many actions a line names; more would not be read."""

EXAMPLES = (
    'caseledger withdraw A4 --reason "recorded twice" --dry-run',
    'caseledger withdraw A4 --reason "recorded twice"',
    "caseledger withdraw A4 --undo",
)


def run(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", autocompletion=completion.references)],
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it should never have been there.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
) -> None:
    """Take a record that should never have been there out of every report. It is kept.

    What happened later (a release, an acquittal, a delisting) is a further action: use add.
    """
    if (reason is not None) == undo:
        raise UsageError("say why, with --reason; or bring it back, with --undo")
    with settings_of(ctx).write(dry_run=dry_run) as session:
        reader = reader_of(session.connection())
        tied = affiliated_to(reader, reference)
        before = reported(reader, tied)
        done = bring_back(session, reference) if undo else withdraw(session, reference, str(reason))
        session.flush()
        gone = before - reported(reader, tied)
    if gone:
        listed = ", ".join(f"A{number}" for number in sorted(gone)[:_SHOWN])
        more = f" and {len(gone) - _SHOWN} more" if len(gone) > _SHOWN else ""
        say(f"{'would be ' if dry_run else ''}no longer in the report on {tied}: {listed}{more}")
    would = "would be " if dry_run else ""
    what = "brought back" if undo else "withdrawn"
    own = ""
    if done.with_it:
        own = f", with {done.with_it} {'record' if done.with_it == 1 else 'records'} of its own"
    answer([f"{done.reference} {done.name}: {would}{what}{own}"], recorded=not dry_run)


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
