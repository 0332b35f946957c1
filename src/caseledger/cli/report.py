"""`caseledger report`."""

from typing import Annotated, Any

import typer

from caseledger.cli import completion
from caseledger.cli.lazy import command
from caseledger.cli.output import BomOption, FormatOption, OutputOption, RawOption, deliver
from caseledger.cli.settings import settings_of
from caseledger.reports.actions import report
from caseledger.reports.criteria import Criteria

EXAMPLES = (
    "caseledger report --cartel CJNG",
    "caseledger report --cartel CJNG --since 2021 --output briefing.csv",
    "caseledger report --kind extradition --format markdown",
    'caseledger report --cartel "Gulf Cartel" --include-family',
)


def run(
    ctx: typer.Context,
    cartel: Annotated[
        list[str] | None,
        typer.Option(
            "--cartel",
            "--organization",
            metavar="ORG",
            autocompletion=completion.organizations,
            help="Who is affiliated to it or to its factions, and the cases that concern it.",
        ),
    ] = None,
    person: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME|REF", autocompletion=completion.people, help="Done to them."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="What was done.", autocompletion=completion.kinds),
    ] = None,
    authority: Annotated[
        str | None,
        typer.Option(metavar="ORG", autocompletion=completion.organizations, help="Who did it."),
    ] = None,
    program: Annotated[
        str | None, typer.Option(metavar="TAG", help="Designated or delisted under it.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Where; or surrendered from or to.")
    ] = None,
    case: Annotated[
        str | None,
        typer.Option(metavar="TITLE|REF", autocompletion=completion.cases, help="Part of it."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="TITLE|REF", autocompletion=completion.sources, help="Says so."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="What may have been on that day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="What may have been on that day or earlier.")
    ] = None,
    certain: Annotated[
        bool, typer.Option("--certain", help="Only what lies wholly in the period.")
    ] = False,
    include_family: Annotated[
        bool, typer.Option("--include-family", help="Also the kin of leaders, one step away.")
    ] = False,
    no_factions: Annotated[
        bool, typer.Option("--no-factions", help="The organization itself, not its factions.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, max=2**31 - 1, metavar="N", help="At most so many actions.")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
    raw: RawOption = False,
    bom: BomOption = None,
) -> None:
    """What was done to whom, by date: one row per action, each with its source.

    Dates are 2022, 2022-05 or 2022-05-17. An action whose date only may fall in the period is
    listed too, and marked; --certain leaves it out.
    """
    criteria = Criteria(
        organizations=cartel or (),
        people=person or (),
        kinds=kind or (),
        authority=authority,
        program=program,
        country=country,
        case=case,
        source=source,
        since=since,
        until=until,
        certain=certain,
        include_family=include_family,
        factions=not no_factions,
        limit=limit,
    )
    with settings_of(ctx).read() as reader:
        deliver(report(reader, criteria), format_=format_, output=output, raw=raw, bom=bom)


def build(name: str) -> Any:
    """The command."""
    return command(run, name, EXAMPLES)
