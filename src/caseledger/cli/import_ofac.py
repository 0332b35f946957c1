"""`caseledger import ofac`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.saying import answer, say
from caseledger.cli.settings import ensure, settings_of
from caseledger.errors import UsageError
from caseledger.ofac import moments
from caseledger.ofac.errors import UndatedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from caseledger.ofac.mirror.summary import Imported

EXAMPLES = (
    "caseledger import ofac sdn.csv alt.csv add.csv sdn_comments.csv --published 2023-12-28",
    "caseledger import ofac sdn.xml",
    "caseledger import ofac sdn.csv alt.csv add.csv --published 2023-12-28T16:30 --dry-run",
)

_SHOWN = 5
"""How many kinds of unread fragments the summary names; JSON has them all."""


def run(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="The files of one list, in any order.")
    ],
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE[THH:MM]",
            help="When it was published, which a CSV does not say: 2023-12-28, or "
            "2023-12-28T16:30 where a second came out on that day.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Import it although it looks cut or mistaken.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")
    ] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="json", help="The summary as data, on stdout."),
    ] = None,
) -> None:
    """Import a list of OFAC's Specially Designated Nationals: all its files, or nothing.

    Give the CSV files (sdn, and alt, add and sdn_comments where you have them) or SDN.XML; which
    is which is told by what is in them, not by their names.

    An older list, or one between two others, finds its place and may narrow dates; the same list
    again changes nothing. A damaged list is refused. One that looks cut or mistaken is not
    imported either, unless --force is given: it would delist those who are missing from it.
    """
    if format_ not in {None, "json"}:
        raise UsageError(f"--format is json here; not {format_!r}")
    found = _import(ctx, files, published, force=force, dry_run=dry_run)
    for line in _sentences(found, dry_run=dry_run):
        say(line)
    if format_:
        told = json.dumps(found.as_data(), ensure_ascii=False, indent=2)
        answer([told], recorded=found.is_new and not dry_run)


def _import(
    ctx: typer.Context, paths: list[Path], published: str | None, *, force: bool, dry_run: bool
) -> Imported:
    from caseledger.db.reading import reading
    from caseledger.ofac.mirror.summary import Imported
    from caseledger.ofac.mirror.versions import there_already
    from caseledger.ofac.parse.files import Part, look_at_all

    settings = settings_of(ctx)
    moment = moments.published(published) if published else None
    files = look_at_all(paths)
    if moment is None and files[0].part is not Part.XML:
        raise UndatedError
    location = settings.location
    ensure(location)
    with reading(location) as reader:
        there = there_already(reader, files, moment)
    if there is None and files[0].part is Part.XML:
        moment = _said(moment, files)
        with reading(location) as reader:
            there = there_already(reader, files, moment)
    if there:
        return Imported(there.published, unchanged=there.entries, is_new=False)
    from caseledger.ofac.lists import import_list

    with _progress() as progress:
        return import_list(
            location,
            files,
            str(moment),
            by=settings.who,
            force=force,
            dry_run=dry_run,
            progress=progress,
        )


def _said(moment: str | None, files: Any) -> str:
    """The moment of an SDN.XML: its own day, to which only a time can be added."""
    from caseledger.ofac.parse.reading import said_day

    day = said_day(files)
    if moment and moment[:10] != day:
        raise UsageError(f"{files[0].name} says itself that it was published on {day}")
    return moment or str(day)


class _progress:  # noqa: N801 - it reads as a function
    """Counts the rows on a terminal that can erase a line, and leaves nothing behind."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Any:
        return self._show if self._is_shown else None

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    @staticmethod
    def _show(rows: int) -> None:
        print(f"\rcaseledger: {rows:,} rows …", end="", file=sys.stderr, flush=True)


def _sentences(found: Imported, *, dry_run: bool) -> list[str]:
    if not found.is_new:
        return [f"the list of {found.published} is there already; nothing changed"]
    would = "would be imported" if dry_run else "imported"
    against = f" (against {found.before})" if found.before else " (none before it)"
    lines = [
        (
            f"{would}: the list of {found.published}{against}, entries: {found.added} added, "
            f"{found.removed} removed, {found.changed} changed, {found.unchanged} unchanged"
        )
    ]
    if found.said is not None:
        number = found.added + found.changed + found.unchanged
        lines.append(
            f"the list says that it has {found.said} entries, and {number} are in the file: "
            "is it an excerpt? Its dates then say too much"
        )
    if fields := _listed(found.fields):
        lines.append(f"changed fields: {fields}")
    lines += [
        f"{kind}: {counts.added} added, {counts.removed} removed, {counts.changed} changed"
        for kind, counts in (("names", found.names), ("addresses", found.addresses))
        if counts.added or counts.removed or counts.changed
    ]
    if found.unparsed:
        first = list(found.unparsed.items())[:_SHOWN]
        shown = ", ".join(f"{label!r} {number}" for label, number in first)
        rest = ", …" if len(found.unparsed) > _SHOWN else ""
        number = sum(found.unparsed.values())
        lines.append(f"fragments of remarks kept as text: {number} ({shown}{rest})")
    if orphans := _listed(found.orphans):
        lines.append(f"of entries that are not in the main file: {orphans}")
    if found.derived:
        lines += found.derived.sentences()
    return lines


def _listed(counts: Mapping[str, int]) -> str:
    """`name 55, programs 135`, without those that are none."""
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()) if number)


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
