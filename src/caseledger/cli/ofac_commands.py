"""The commands of `caseledger ofac`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.output import (
    BomOption,
    FormatOption,
    OutputOption,
    RawOption,
    deliver,
)
from caseledger.cli.saying import say, stdout
from caseledger.cli.settings import ensure, settings_of
from caseledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Published = Annotated[
    str, typer.Argument(metavar="VERSION", help="Its day, and the time if it has one.")
]


def versions(
    ctx: typer.Context,
    format_: FormatOption = None,
    output: OutputOption = None,
    raw: RawOption = False,
    bom: BomOption = None,
) -> None:
    """List the versions: when each was published, what files it had, what it holds."""
    from caseledger.ofac.sheets.versions import versions_sheet

    with settings_of(ctx).read() as reader:
        deliver(versions_sheet(reader), format_=format_, output=output, raw=raw, bom=bom)


def diff(
    ctx: typer.Context,
    first: Annotated[
        str | None,
        typer.Argument(metavar="A", help="From this list, by its day. The last but one."),
    ] = None,
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="To this list. The last.")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
    raw: RawOption = False,
    bom: BomOption = None,
) -> None:
    """List what was added, removed, renamed and re-tagged from one version to another.

    Re-tagged is an entry that stands under other programmes than before.
    """
    from caseledger.ofac.sheets.differences import differences_sheet

    if (first is None) != (second is None):
        raise UsageError("give two versions, or none for the last two")
    with settings_of(ctx).read() as reader:
        deliver(
            differences_sheet(reader, first, second),
            format_=format_,
            output=output,
            raw=raw,
            bom=bom,
        )


def show(
    ctx: typer.Context,
    uid: Annotated[int, typer.Argument(metavar="UID", help="OFAC's number of it.")],
) -> None:
    """Show an entry: its programmes, names, addresses and remarks, each since when and until when.

    It is there also when the newest list has it no more.
    """
    from caseledger.ofac.sheets.life import life
    from caseledger.render.sections import write_page
    from caseledger.sheet import About

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    with settings_of(ctx).read() as reader:
        found = life(reader, uid)
    write_page(
        stdout(),
        title=found.title,
        facts=found.facts,
        parts=found.parts,
        about=About,
        width=width,
    )


def drop(ctx: typer.Context, version: Published) -> None:
    """Take a version out: what the lists give is then as if it had never been imported.

    What people have recorded on its parties stays.
    """
    from caseledger.ofac.lists import drop as take_out

    settings = settings_of(ctx)
    ensure(settings.location)
    gone = take_out(settings.location, version, by=settings.who)
    say(f"the list of {gone.published} is out")


_COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "versions": (versions, ("caseledger ofac versions", "caseledger ofac versions --format json")),
    "diff": (diff, ("caseledger ofac diff", "caseledger ofac diff 2021-07-07 2023-12-28 -f csv")),
    "show": (show, ("caseledger ofac show 17671",)),
    "drop": (drop, ("caseledger ofac drop 2023-12-28",)),
}


def build(name: str) -> Any:
    """One of the commands."""
    function, examples = _COMMANDS[name]
    return command(function, name, examples)
