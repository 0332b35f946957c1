"""`caseledger add arrest`, `charge`, `extradition` … : one action per subject."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from caseledger.catalogue import ACTIONS, SUBJECT
from caseledger.catalogue.subjects import OF_PEOPLE
from caseledger.cli import completion
from caseledger.cli.add.options import (
    SHARED,
    TYPE,
    options_of,
    signature,
    values_of,
    with_signature,
)
from caseledger.cli.add.recording import at_desk
from caseledger.cli.add.summaries import SUMMARIES
from caseledger.cli.lazy import command
from caseledger.errors import UsageError
from caseledger.vocabulary import ActionKind, Relation

_TOLD = """
arrest --person "Fulano Inventado" --cartel CJNG --date 2024-03-01 --source S1
arrest --people 6 --described "six members" --date 2024-03 --source S1
charge --person "Fulano Inventado" --instrument indictment --date 2024-04 --source S1
extradition --person "Fulano Inventado" --from MX --to US --date 2024-05-02 --source S1
conviction --person "Fulano Inventado" --plea --sentence 12y --date 2024-06 --source S1
sentence --person "Fulano Inventado" --sentence 18m --date 2024-07-09 --source S1
designation --organization "Example Company" --cartel CJNG --program "EO 14059" --source S1
release --subject P21 --ends A2 --date 2024-09 --announced --source S1
acquittal --person "Fulano Inventado" --date 2024-10 --source S1
dismissal --person "Fulano Inventado" --date 2024-10 --source S1
reversal --person "Fulano Inventado" --date 2024-11 --source S1
prosecution --person "Fulano Inventado" --date "[..2024-11]" --inferred --source S1
delisting --person "Fulano Inventado" --program "EO 14059" --date 2024-12 --source S1
death --person "Fulano Inventado" --date 2025 --source S1
"""

EXAMPLES = {
    kind: [f"caseledger add {told}" for told in _TOLD.split("\n") if told.startswith(f"{kind} ")]
    for kind in ActionKind
}

SUBJECTS: dict[str, Any] = {
    "person": Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|REF",
            autocompletion=completion.people,
            help="To whom; repeatable. One who is not there is recorded.",
        ),
    ],
    "organization": Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|REF",
            autocompletion=completion.organizations,
            help="To which organization; repeatable.",
        ),
    ],
    "subject": Annotated[
        list[str] | None,
        typer.Option(
            metavar="REF",
            autocompletion=completion.anything,
            help="To someone who is there: P12, or a group, G5.",
        ),
    ],
    "people": Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER|WORDS", help="To people whom the source counts but does not name."
        ),
    ],
    "at_least": Annotated[bool, typer.Option("--at-least", help="At least so many people.")],
    "about": Annotated[bool, typer.Option("--about", help="About so many people.")],
    "described": Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the source says of those people.")
    ],
}

_UNSEEN = Annotated[list[str] | None, typer.Option("--organization", hidden=True)]

_RELATIONS = [relation.replace(" ", "-") for relation in Relation]

TIE: dict[str, Any] = {
    "cartel": Annotated[
        str | None,
        typer.Option(
            metavar="ORG",
            autocompletion=completion.organizations,
            help="The organization that they are affiliated to.",
        ),
    ],
    "cartel_type": Annotated[
        str | None,
        typer.Option(
            metavar="TYPE",
            help="What it is, where it is not there yet: a cartel where nothing is said.",
        ),
    ],
    "relation": Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_RELATIONS),
            autocompletion=lambda: _RELATIONS,
            help="What they are to it.",
        ),
    ],
    "title": Annotated[str | None, typer.Option(metavar="TEXT", help="Their title, as printed.")],
    "alleged": Annotated[bool, typer.Option("--alleged", help="The source says alleged.")],
}


def run(kind: ActionKind, /, ctx: typer.Context, **given: Any) -> None:
    """Record one action per subject, with its citation and, where it is said, the affiliation."""
    from caseledger.recording.actions import Subjects, Tie, record_actions

    if given["at_least"] and given["about"]:
        raise UsageError("--at-least and --about do not go together")
    qualifier = "at least" if given["at_least"] else "about" if given["about"] else None
    subjects = Subjects(
        people=given["person"] or (),
        organizations=given["organization"] or (),
        references=given["subject"] or (),
        count=given["people"],
        qualifier=qualifier,
        described=given["described"],
    )
    tie = None
    if given["cartel"] is not None:
        tie = Tie(given["cartel"], given["relation"], given["title"], given["alleged"])
    elif given["alleged"] or {given["relation"], given["title"]} != {None}:
        raise UsageError("--relation, --title and --alleged go with --cartel")
    values = values_of(_fields(kind), given)
    at_desk(ctx, given, lambda desk: record_actions(desk, kind, values, subjects, tie))


def _fields(kind: ActionKind) -> list[Any]:
    return [field for field in ACTIONS[kind].fields if field is not SUBJECT]


def build(name: str) -> Any:
    """The command of one kind of action."""
    kind = ActionKind(name)
    subjects = SUBJECTS | TYPE
    if kind in OF_PEOPLE:  # an organization is refused in a line, and not offered
        subjects = SUBJECTS | {"organization": _UNSEEN}
    made = signature(subjects, options_of(_fields(kind)), TIE, SHARED)
    return command(with_signature(partial(run, kind), made, SUMMARIES[kind]), name, EXAMPLES[kind])
