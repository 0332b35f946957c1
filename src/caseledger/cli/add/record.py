"""`caseledger add person`, `organization`, `case` and all the rest that is no action."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from caseledger.catalogue import KINDS
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
from caseledger.cli.lazy import command

_TOLD = """
person "Fulano Inventado" --nationality Mexico --source S1
organization "Example Cartel" --type cartel --source S1
case "Operation Example" --organization CJNG --source S1
source "Invented press release" --publisher "Example Office" --published 2024-03-02
name "El Ejemplo" --party P21 --kind nickname --source S1
affiliation P21 --organization CJNG --relation member --alleged --source S1
kinship P21 --relation brother-of --relative P22 --source S1
tally "arrests of members" --count 40 --over --unit arrests --authority FGR --source S1
"""

EXAMPLES = {told.split()[0]: [f"caseledger add {told}"] for told in _TOLD.split("\n") if told}

_COMPLETED = {"affiliation": completion.anything, "kinship": completion.people}
"""What completes the argument, where it is someone who is there."""

_WITHOUT = {
    "source": ("source", "section", "phrase"),
    "kinship": ("new",),
}
"""What a kind does not carry: a source cites none, and a kinship makes nobody."""

_HELP = {
    "person": "Record a person, without an action yet.",
    "organization": "Record an organization.",
    "case": "Record an operation or a docket that ties actions together.",
    "source": "Record a document, so that it can be cited.",
    "name": "Record another form of a name; --kind primary names someone recorded without one.",
    "affiliation": "Record what someone is to an organization. The same is never recorded twice.",
    "kinship": "Record what a person is to a relative. It ties nobody to an organization.",
    "tally": "Record a total that a source claims; it stands beside the records, never in them.",
}


def run(kind: str, /, ctx: typer.Context, **given: Any) -> None:
    """Record one thing that is no action."""
    from caseledger.recording import records

    argument = KINDS[kind].argument
    values = {str(argument): given[str(argument)]} | values_of(_rest(kind), given)
    at_desk(ctx, given, lambda desk: getattr(records, f"record_{kind}")(desk, values))


def _rest(kind: str) -> list[Any]:
    return [field for field in KINDS[kind].fields if field.name != KINDS[kind].argument]


def build(name: str) -> Any:
    """The command of one kind of record."""
    field = KINDS[name].by_name[str(KINDS[name].argument)]
    metavar = "TITLE" if field.name == "title" else field.metavar
    annotation = Annotated[
        str, typer.Argument(metavar=metavar, autocompletion=_COMPLETED.get(name))
    ]
    shared = {key: option for key, option in SHARED.items() if key not in _WITHOUT.get(name, ())}
    typed = TYPE if name in {"affiliation", "case"} else {}
    made = signature(options_of(_rest(name)), typed, shared, argument=(field.name, annotation))
    return command(with_signature(partial(run, name), made, _HELP[name]), name, EXAMPLES[name])
