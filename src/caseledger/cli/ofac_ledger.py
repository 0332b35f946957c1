"""The commands of `caseledger ofac` that tie the list to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseledger.cli.lazy import command
from caseledger.cli.output import BomOption, FormatOption, OutputOption, RawOption, deliver
from caseledger.cli.saying import answer, say
from caseledger.cli.settings import ensure, settings_of
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
    """List which entries our people and organizations are, or may be, with the evidence.

    Tied by name is who agrees in the whole name with nothing against it; the rest is for you to
    decide, with `caseledger ofac tie`.
    """
    from caseledger.ofac.sheets.ties import ties_sheet

    with settings_of(ctx).read() as reader:
        deliver(ties_sheet(reader), format_=format_, output=output, raw=raw, bom=bom)


def tie(
    ctx: typer.Context,
    party: Party,
    uid: Annotated[int, typer.Argument(metavar="UID", help="The entry's number.")],
) -> None:
    """Say that a party and an entry are the same; no import undoes it.

    What the lists give for the entry is then the party's.
    """
    from caseledger.ofac.hands import tie as tie_to

    settings = settings_of(ctx)
    ensure(settings.location)
    found = tie_to(settings.location, party, uid, by=settings.who)
    say(f"{found.party} is entry {uid}")


def untie(ctx: typer.Context, party: Party) -> None:
    """Say that a party is none of the entries tied to it; no import undoes it.

    Each of them gets a party of its own again, with what the lists give for it.
    """
    from caseledger.ofac.hands import untie as untie_from

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
    """Follow these programmes and no others; alone, say which are followed.

    The entries of a followed programme become people and organizations, with their designations
    and delistings. The choice is kept in the registry, and all lists that are there are gone
    through anew: what they gave under other programmes is withdrawn, and comes back when those
    are followed again.
    """
    from caseledger.ofac.ledger import following

    settings = settings_of(ctx)
    if tags and every:
        raise UsageError("give programmes or --all, not both")
    if tags or every:
        from caseledger.ofac.hands import follow as keep

        ensure(settings.location)
        chosen = (
            [following.ALL] if every else [tag.strip().upper() for tag in tags or () if tag.strip()]
        )
        if not chosen:
            raise UsageError("a programme has a name, as SDNTK")
        found = keep(settings.location, chosen, by=settings.who)
        for line in found.sentences():
            say(line)
    with settings.read() as reader:
        answer(following.followed(reader), recorded=bool(tags or every))


_COMMANDS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "ties": (ties, ("caseledger ofac ties", "caseledger ofac ties --format csv")),
    "tie": (tie, ("caseledger ofac tie O5 8237",)),
    "untie": (untie, ("caseledger ofac untie O3",)),
    "follow": (
        follow,
        ("caseledger ofac follow", "caseledger ofac follow SDNTK TCO 'ILLICIT-DRUGS-EO*'"),
    ),
}


def build(name: str) -> Any:
    """One of the commands."""
    function, examples = _COMMANDS[name]
    return command(function, name, examples)
