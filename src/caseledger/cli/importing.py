"""`caseledger import`: lists that others publish."""

from __future__ import annotations

from typing import Any, ClassVar

from caseledger.cli.lazy import LazyGroup, group


class Importing(LazyGroup):
    """The lists that can be imported."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {
        "ofac": (
            "caseledger.cli.import_ofac",
            "OFAC's list of Specially Designated Nationals: CSV or SDN.XML.",
        ),
    }


def run() -> None:
    """Import a list that others publish; it is kept as published, version by version."""


def build(name: str) -> Any:
    """The group."""
    return group(
        Importing,
        name,
        run,
        no_args_is_help=True,
        epilog="\b\nExamples:\n  caseledger import ofac sdn.csv alt.csv add.csv "
        "--published 2023-12-28\n  caseledger import ofac sdn.xml\n",
    )
