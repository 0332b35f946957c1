"""One unit of work at the desk, and what is said of it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from caseledger.cli.settings import say, settings_of
from caseledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from caseledger.lookup import Found
    from caseledger.recording.desk import Desk


@contextmanager
def desk_for(ctx: typer.Context, given: Mapping[str, Any], *, cites: bool = True) -> Iterator[Desk]:
    """A desk for one command: everything that is made at it lands together, or nothing."""
    from caseledger.recording.desk import Cite, Desk

    if cites and not given.get("source"):
        raise UsageError("--source is missing: every record says how it is known")
    cite = None
    if cites:
        cite = Cite(str(given["source"]), given.get("section"), given.get("phrase"))
    settings = settings_of(ctx)
    dry_run = bool(given.get("dry_run"))
    with settings.write(dry_run=dry_run) as session:
        desk = Desk(session, settings.who, cite, new=bool(given.get("new")), confirm=_confirm())
        yield desk
        desk.flush(dry_run=dry_run)
        lines = list(_lines(desk))
    for note in dict.fromkeys(desk.notes):
        say(note)
    prefix = "would record " if dry_run else ""
    for line in lines:
        print(f"{prefix}{line}")


def _confirm() -> Any:
    """On a terminal, ask whether someone of a similar name is someone else."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def confirm(name: str, similar: Sequence[Found]) -> bool:
        listed = ", ".join(str(found) for found in similar)
        return typer.confirm(f"{name!r} is not there; similar: {listed}. Someone else?", err=True)

    return confirm


def _lines(desk: Desk) -> Iterator[str]:
    """What was made, a line each, the action last."""
    from caseledger.models import Action, Affiliation, Kinship, Name, Party, Tally
    from caseledger.recording.desk import reference_of

    for item in desk.made:
        ref = reference_of(item)
        if isinstance(item, Action):
            subject = f"{reference_of(item.subject)} {item.subject.name}"
            yield f"{ref} {item.kind} of {subject}, {item.date or 'undated'}"
        elif isinstance(item, Affiliation):
            party = f"{reference_of(item.party)} {item.party.name}"
            organization = f"{reference_of(item.organization)} {item.organization.name}"
            alleged = ", alleged" if item.standing == "alleged" else ""
            yield f"{ref} {party}: {item.relation}, {organization}{alleged}"
        elif isinstance(item, Kinship):
            yield f"{ref} {item.person.name}: {item.relation} {item.relative.name}"
        elif isinstance(item, Name):
            yield f"{ref} {item.name} ({item.kind}) of {reference_of(item.party)} {item.party.name}"
        elif isinstance(item, Tally):
            yield f"{ref} {item.description}"
        elif isinstance(item, Party):
            yield f"{ref} {item.name} ({item.kind})"
        else:
            yield f"{ref} {getattr(item, 'title', '')}"
