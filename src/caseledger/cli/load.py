"""`caseledger load`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.saying import answer
from caseledger.cli.settings import ensure, settings_of
from caseledger.errors import UsageError

EXAMPLES = (
    "caseledger load records.toml --dry-run",
    "caseledger load records.toml",
    "caseledger load - < records.json",
)


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="TOML, JSON, or - for stdin.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and say what would be added.")
    ] = False,
) -> None:
    """Load a file of records: all of it, or nothing and every problem at once.

    The format is that of the seed. Records are known by their dataset and key: loading a file
    twice changes nothing.
    """
    from caseledger.loading import load_file

    text = read_text(file)
    as_json = file.lower().endswith(".json") or text.lstrip().startswith("{")
    name = "standard input" if file == "-" else file
    settings = settings_of(ctx)
    location = settings.location
    ensure(location)
    loaded = load_file(location, text, name, by=settings.who, as_json=as_json, dry_run=dry_run)
    added = ", ".join(f"{number:,} {_many(kind, number)}" for kind, number in loaded.added.items())
    rest = f"; {loaded.unchanged:,} there already" if loaded.unchanged else ""
    if loaded.kept:
        rest += f"; {loaded.kept:,} corrected or withdrawn since, left as they are"
    would = "would add" if dry_run else "added"
    answer([f"{would}: {added or 'nothing'}{rest}"], recorded=bool(loaded.added) and not dry_run)


def _many(kind: str, number: int) -> str:
    """`1 tally`, `2 tallies`."""
    if number == 1:
        return kind
    if kind == "person":
        return "people"
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def read_text(file: str) -> str:
    """The text of a file, or of standard input for `-`. Raises UsageError."""
    if not file:
        raise UsageError("the name of a file is needed, or - for standard input")
    if file == "-" and sys.stdin is None:
        raise UsageError("cannot read -: standard input is closed")
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"cannot read {file}: {why}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8: byte {error.start}") from error


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
