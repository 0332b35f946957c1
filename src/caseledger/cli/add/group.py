"""`caseledger add`, and `caseledger add` alone on a terminal."""

from __future__ import annotations

import sys
from typing import Any, ClassVar

import typer

from caseledger.cli.add.summaries import SUMMARIES
from caseledger.cli.lazy import LazyGroup, group
from caseledger.cli.output import is_terminal

_RECORD = "caseledger.cli.add.record"
_ACTION = "caseledger.cli.add.action"


class Kinds(LazyGroup):
    """The kinds of action, then everything else that can be recorded."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {
        **{kind.value: (_ACTION, summary) for kind, summary in SUMMARIES.items()},
        "person": (_RECORD, "A person, without an action yet."),
        "organization": (_RECORD, "A cartel, a gang, a company, an agency."),
        "case": (_RECORD, "An operation or a docket that ties actions together."),
        "source": (_RECORD, "A document to cite."),
        "name": (_RECORD, "Another form of someone's name."),
        "affiliation": (_RECORD, "What someone is to an organization."),
        "kinship": (_RECORD, "What a person is to a relative."),
        "tally": (_RECORD, "A total that a source claims."),
    }


def run(ctx: typer.Context) -> None:
    """Record what a source says: one action per subject, everything cited.

    On a terminal, with nothing after it, add asks its way through a new action.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        print(ctx.get_help())
        return
    from caseledger.cli.add.asking import ask
    from caseledger.cli.settings import settings_of

    ask(settings_of(ctx))


def build(name: str) -> Any:
    """The group."""
    return group(
        Kinds,
        name,
        run,
        invoke_without_command=True,
        epilog="\b\nExamples:\n"
        '  caseledger add arrest --person "Fulano Inventado" --cartel CJNG'
        " --date 2024-03-01 --source S1\n"
        '  caseledger add source "Invented press release" --published 2024-03-02\n',
    )
