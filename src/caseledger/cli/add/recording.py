"""One unit of work at the desk, and what is said of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from caseledger.cli.add.options import types_of
from caseledger.cli.output import is_terminal
from caseledger.cli.saying import answer, say
from caseledger.cli.settings import settings_of
from caseledger.errors import SimilarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from caseledger.recording.desk import Desk


def at_desk(ctx: typer.Context, given: Mapping[str, Any], work: Callable[[Desk], object]) -> None:
    """Do one thing at a desk, and say what came of it: all of it lands together, or nothing.

    On a terminal somebody is asked whether a new one is someone else than those of a similar name;
    meanwhile nothing is locked, and the work is done again from the start.
    """
    others: set[str] = set()
    while True:
        try:
            _once(ctx, given, work, others)
        except SimilarError as error:
            if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
                raise
            from caseledger.cli.add.questions import yes

            listed = ", ".join(error.candidates)
            if not yes(f"{error.name!r} is not there; similar: {listed}. Someone else?"):
                raise
            others.add(error.name)
        else:
            return


def _once(
    ctx: typer.Context,
    given: Mapping[str, Any],
    work: Callable[[Desk], object],
    others: Collection[str],
) -> None:
    from caseledger.recording.desk import Cite, Desk

    cite = None
    if "source" in given:
        if not given["source"]:
            raise UsageError("--source is missing: every record says how it is known")
        cite = Cite(str(given["source"]), given["section"], given["phrase"])
    settings = settings_of(ctx)
    dry_run = bool(given["dry_run"])
    with settings.write(dry_run=dry_run) as session:
        desk = Desk(
            *(session, settings.who, cite),
            new=bool(given.get("new")),
            others=others,
            types=types_of(given),
        )
        work(desk)
        desk.flush(dry_run=dry_run)
        lines = list(would_be(desk) if dry_run else lines_of(desk))
    for note in dict.fromkeys(desk.notes):
        say(note)
    answer(lines, recorded=not dry_run)


def would_be(desk: Desk) -> Iterator[str]:
    """What would be made, everything that would be kept of it, and what would be cited."""
    for item, line in zip(desk.made, lines_of(desk), strict=True):
        yield f"would record {line}"
        for what, said in _details(item):
            if not (what in _IN_THE_LINE and said in line):
                yield f"  {what}: {said}"
    if desk.cite and desk.made:
        place = f", {desk.cite.section}" if desk.cite.section else ""
        phrase = f", “{desk.cite.phrase}”" if desk.cite.phrase else ""
        yield f"citing {_named(desk.source())}{place}{phrase}"


_IN_THE_LINE = {"name", "title", "description", "relation", "date", "subject", "party"}
"""What the line of a record says already, where it does."""

_UNTOLD = {"id", "kind", "dataset", "key", "version", "recorded_at", "recorded_by", "is_named"}


def _details(item: Any) -> Iterator[tuple[str, str]]:
    """What is kept of a record, but for what is worked out from it."""
    from sqlalchemy import inspect

    mapper = inspect(type(item))
    for name in [column.key for column in mapper.column_attrs]:
        if name in _UNTOLD or name.endswith(("_id", "_key", "earliest", "latest")):
            continue
        if value := getattr(item, name):
            yield name.replace("_", " "), str(value)
    for name, relation in mapper.relationships.items():
        value = getattr(item, name)
        others = value if relation.uselist else [value] if value else []
        if others and name not in {"text", "names"}:
            yield name.replace("_", " "), ", ".join(map(_named, others))


def _named(item: Any) -> str:
    """A record that another speaks of: its reference, and what it is called."""
    from caseledger.recording.called import reference_of

    called = ("name", "title", "description", "kind")
    text = next(getattr(item, name) for name in called if hasattr(item, name))
    return f"{reference_of(item)} {text}"


def lines_of(desk: Desk) -> Iterator[str]:
    """What was made, a line each, the action last."""
    from caseledger.models import Action, Affiliation, Kinship, Name, Party, Tally
    from caseledger.recording.called import reference_of

    for item in desk.made:
        ref = reference_of(item)
        if isinstance(item, Action):
            subject = f"{reference_of(item.subject)} {item.subject.name}"
            yield f"{ref} {item.kind} of {subject}, {item.date or 'undated'}"
        elif isinstance(item, Affiliation):
            party = f"{reference_of(item.party)} {item.party.name}"
            organization = f"{reference_of(item.organization)} {item.organization.name}"
            title = f" ({item.title})" if item.title else ""
            alleged = ", alleged" if item.standing == "alleged" else ""
            yield f"{ref} {party}: {item.relation}{title}, {organization}{alleged}"
        elif isinstance(item, Kinship):
            yield f"{ref} {item.person.name}: {item.relation} {item.relative.name}"
        elif isinstance(item, Name):
            yield f"{ref} {item.name} ({item.kind}) of {reference_of(item.party)} {item.party.name}"
        elif isinstance(item, Tally):
            yield f"{ref} {item.description}"
        elif isinstance(item, Party):
            unnamed = "" if item.is_named or item.kind == "group" else "unnamed "
            kept = getattr(item, "type", "unknown")
            type_ = "" if kept == "unknown" else f" ({kept})"
            yield f"{ref} {item.name}: new {unnamed}{item.kind}{type_}"
        else:
            yield f"{ref} {getattr(item, 'title', '')}"
