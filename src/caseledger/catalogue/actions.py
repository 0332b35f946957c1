"""What an action of each kind carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.catalogue.kind import RecordKind, settle_basis
from caseledger.fields import Choice, Country, Extent, Field, Link, Links, Point, Stored, Term, Text
from caseledger.vocabulary import (
    ActionKind,
    ConvictionBasis,
    DateBasis,
    DateKind,
    Instrument,
    SentenceExtent,
    SurrenderMode,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _settle_action(stored: Stored) -> None:
    settle_basis(stored, "date", "date_kind", "date_basis")


def _settle_term(stored: Stored) -> None:
    """A sentence that is told was imposed unless the source says it is the most that could be."""
    _settle_action(stored)
    told = stored["sentence_months"] is not None or stored["sentence_life"]
    if not told:
        if stored["sentence_extent"] == SentenceExtent.MAXIMUM:
            raise ValueError("maximum goes with a sentence, and there is none")
        stored["sentence_extent"] = None


SUBJECT = Link("subject", "to whom it was done", to="party", column="subject_id", required=True)

_ACTION = (
    Point("date", "when: 2022, 2022-05, 2022-05-17, [2022-01..2022-05], [..2022-09]"),
    Choice(
        "date_kind",
        "the date is when it was announced",
        values=DateKind,
        otherwise="event",
        switches=True,
    ),
    Choice(
        "date_basis",
        "the date is worked out from context",
        values=DateBasis,
        otherwise="stated",
        switches=True,
    ),
    Link("authority", "who did it", to="organization", column="authority_id"),
    Link(
        "announced_by",
        "who announced it, where that is someone else",
        to="organization",
        column="announced_by_id",
    ),
    Links("cooperation", "agencies that took part", to="organization"),
    Text("place", "as printed"),
    Country("country", "a country"),
    Link(
        "case",
        "the operation or docket that it belongs to",
        to="case",
        column="case_id",
        metavar="TITLE|REF",
    ),
    Text("summary", "a line of your own"),
)

_ENDS = Link(
    "ends", "the earlier action that it ends", to="action", column="ends_id", metavar="REF"
)
_OFFENSE = Text("offense", "as printed: an attempt stays an attempt")
_STATUTE = Text("statute", "as printed")
_COURT = Text("court", "as printed")
_CONDUCT = Extent("conduct", "when the conduct is alleged to have been", prefix="conduct_")
_TERM = (
    Term("sentence", "its length"),
    Text("sentence_kind", "what it is: imprisonment where nothing is said", metavar="TEXT"),
    Choice(
        "sentence_extent",
        "the most that could be imposed",
        values=SentenceExtent,
        otherwise="imposed",
        switches=True,
    ),
)
_LISTING = (
    Text("list", "the list, as printed", column="list_name"),
    Text("program", "one programme, as printed: SDNTK, EO 14059"),
    Text("list_entry", "the list's own number or address of the entry", option="entry"),
)


def _action(
    kind: ActionKind,
    *details: Field,
    table: str | None = None,
    settle: Callable[[Stored], None] = _settle_action,
) -> RecordKind:
    return RecordKind(
        kind.value,
        "actions",
        (SUBJECT, *_ACTION, *details),
        fixed={"kind": kind.value},
        detail=table,
        settle=settle,
    )


ACTIONS = {
    ActionKind(kind.name): kind
    for kind in (
        _action(
            ActionKind.ARREST,
            Text("custody", "where or by whom the person is held"),
            Text("warrant", "what the arrest rests on"),
            Link(
                "prosecution_by",
                "who is to prosecute",
                to="organization",
                column="prosecution_by_id",
            ),
            table="arrests",
        ),
        _action(
            ActionKind.CHARGE,
            Choice("instrument", "what it was brought by", values=Instrument, otherwise="other"),
            _OFFENSE,
            _STATUTE,
            _COURT,
            _CONDUCT,
            table="charges",
        ),
        _action(
            ActionKind.EXTRADITION,
            Choice(
                "mode",
                "how the person was handed over",
                values=SurrenderMode,
                otherwise="extradition",
            ),
            Country("from_country", "by which country", option="from"),
            Country("to_country", "to which country", option="to"),
            Text("offense", "what the person is to answer for: alleged, not found"),
            Text("court", "the court that asked"),
            _CONDUCT,
            table="extraditions",
        ),
        _action(
            ActionKind.CONVICTION,
            Choice(
                "basis",
                "what it rests on",
                values=ConvictionBasis,
                otherwise="unstated",
                switches=True,
            ),
            _OFFENSE,
            _STATUTE,
            _COURT,
            *_TERM,
            table="convictions",
            settle=_settle_term,
        ),
        _action(ActionKind.SENTENCE, *_TERM, _COURT, table="sentences", settle=_settle_term),
        _action(ActionKind.DESIGNATION, *_LISTING, table="designations"),
        _action(ActionKind.RELEASE, _ENDS),
        _action(ActionKind.ACQUITTAL, _ENDS),
        _action(ActionKind.DISMISSAL, _ENDS),
        _action(ActionKind.REVERSAL, _ENDS),
        _action(ActionKind.PROSECUTION),
        _action(ActionKind.DELISTING, *_LISTING, _ENDS, table="delistings"),
        _action(ActionKind.DEATH),
    )
}
"""What an action of each kind carries."""
