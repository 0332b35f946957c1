"""`caseledger ofac`: the lists that were imported."""

from __future__ import annotations

from typing import Any, ClassVar

from caseledger.cli.lazy import LazyGroup, group

_COMMANDS = "caseledger.cli.ofac_commands"
_LEDGER = "caseledger.cli.ofac_ledger"


class Ofac(LazyGroup):
    """What can be asked of OFAC's lists."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {
        "versions": (_COMMANDS, "The lists that were imported."),
        "show": (_COMMANDS, "An entry: what the lists print of it, since when, until when."),
        "diff": (_COMMANDS, "What changed from one list to another."),
        "drop": (_COMMANDS, "Take a list out, as if it had never been imported."),
        "follow": (_LEDGER, "Which programmes' entries become parties."),
        "ties": (_LEDGER, "Which entries our people and organizations are, or may be."),
        "tie": (_LEDGER, "Say that a party and an entry are the same."),
        "untie": (_LEDGER, "Say that a party and its entries are not the same."),
    }


def run() -> None:
    """OFAC's lists as published, version by version, and who their entries are.

    Lists come in with `caseledger import ofac`.
    """


def build(name: str) -> Any:
    """The group."""
    return group(
        Ofac,
        name,
        run,
        no_args_is_help=True,
        epilog="\b\nExamples:\n  caseledger ofac versions\n  caseledger ofac diff\n"
        "  caseledger ofac show 17671\n",
    )
