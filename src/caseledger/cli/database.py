"""`caseledger db`: Alembic, for those who want it."""

from __future__ import annotations

from typing import Any, ClassVar

from caseledger.cli.lazy import LazyGroup, group

_COMMANDS = "caseledger.cli.database_commands"


class Database(LazyGroup):
    """What can be done to a registry's revision."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {
        "current": (_COMMANDS, "The registry's revision, and the program's."),
        "upgrade": (_COMMANDS, "To a later revision; a copy is kept."),
        "downgrade": (_COMMANDS, "To an earlier revision; a copy is kept."),
        "check": (_COMMANDS, "Look for what another program may have broken."),
    }


def run() -> None:
    """The registry's revision, and whether it is sound."""


def build(name: str) -> Any:
    """The group."""
    return group(
        Database,
        name,
        run,
        no_args_is_help=True,
        epilog="\b\nExamples:\n  caseledger db current\n  caseledger db check\n",
    )
