"""The commands of `caseledger ofac` that tie the list to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.output import BomOption, FormatOption, OutputOption, RawOption, deliver
from caseledger.cli.settings import ensure, say, settings_of
from caseledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Party = Annotated[str, typer.Argument(metavar="PARTY", help="A reference (P12) or a name.")]


def ties(
    ctx: typer.Context,
    format_: FormatOption = None,
    output: OutputOption = None,
    raw: RawOption = False,
    bom: BomOption = None,
) -> None:
    """List which entries our people and organizations are, and may be, with the evidence."""
    from caseledger.ofac.sheets.ties import ties_sheet

    with settings_of(ctx).read() as reader:
        deliver(ties_sheet(reader), format_=format_, output=output, raw=raw, bom=bom)


def tie(
    ctx: typer.Context,
    party: Party,
    uid: Annotated[int, typer.Argument(metavar="UID", help="The entry's number.")],
) -> None:
    """Say that a party is the one of an entry; no import undoes it."""
    from caseledger.ofac.ledger.hands import tie as tie_to

    settings = settings_of(ctx)
    ensure(settings.location)
    found = tie_to(settings.location, party, uid, by=settings.who)
    say(f"{found.party} is entry {uid}")


def untie(ctx: typer.Context, party: Party) -> None:
    """Say that a party is none of the entries tied to it: they get parties of their own again."""
    from caseledger.ofac.ledger.hands import untie as untie_from

    settings = settings_of(ctx)
    ensure(settings.location)
    found = untie_from(settings.location, party, by=settings.who)
    say(f"{found.party} is not entry {', '.join(map(str, found.uids))}")


def follow(
    ctx: typer.Context,
    tags: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TAG…]", help="SDNTK; ILLICIT-DRUGS-EO* for all that begin so."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Follow every programme.")] = False,
) -> None:
    """Follow these programmes and no others, or say which are followed.

    The entries of a followed programme become parties with their designations. It is kept in the
    registry, and what the lists there give is worked out anew.
    """
    from caseledger.ofac.ledger import following

    settings = settings_of(ctx)
    if tags and every:
        raise UsageError("give programmes or --all, not both")
    if tags or every:
        from caseledger.ofac.ledger.hands import follow as keep

        ensure(settings.location)
        chosen = (
            [following.ALL] if every else [tag.strip().upper() for tag in tags or () if tag.strip()]
        )
        if not chosen:
            raise UsageError("a programme has a name, as SDNTK")
        found = keep(settings.location, chosen, by=settings.who)
        say(", ".join(f"{number} {kind}" for kind, number in found.counts.items()))
    with settings.read() as reader:
        for tag in following.followed(reader):
            print(tag)


_COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "ties": (ties, ("caseledger ofac ties", "caseledger ofac ties --format csv")),
    "tie": (tie, ("caseledger ofac tie P23 6707",)),
    "untie": (untie, ("caseledger ofac untie P23",)),
    "follow": (
        follow,
        ("caseledger ofac follow", "caseledger ofac follow SDNTK TCO 'ILLICIT-DRUGS-EO*'"),
    ),
}


def build(name: str) -> Any:
    """One of the commands."""
    function, examples = _COMMANDS[name]
    return command(function, name, examples)
