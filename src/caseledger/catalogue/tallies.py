"""What a total that a source claims carries."""

from __future__ import annotations

from caseledger.catalogue.kind import RecordKind, settle_basis, settle_words
from caseledger.fields import Choice, Count, Extent, Link, Links, Stored, Text
from caseledger.vocabulary import ActionKind, DateBasis, TallyQualifier, TallyUnit


def _settle_tally(stored: Stored) -> None:
    """A claim is a number, a range, more than a number, or words."""
    low, high, words = stored["minimum"], stored["maximum"], stored["words"]
    if words is not None:
        settle_words(stored, words)
    elif stored["qualifier"] == TallyQualifier.WORDS:
        raise ValueError(f"qualifier: {low} is a number, not words")
    elif stored["qualifier"] == TallyQualifier.OVER:
        if low != high:
            raise ValueError("count: over goes with one number")
        stored["maximum"] = None
    settle_basis(stored, "period", "period_basis")


TALLY = RecordKind(
    "tally",
    "tallies",
    (
        Text("description", "what is counted, in the terms of the source", required=True),
        Count(
            "count",
            "a number, a range (20-30), or words without a number",
            required=True,
            ranges=True,
        ),
        Choice(
            "qualifier",
            "how exactly it is counted",
            values=TallyQualifier,
            otherwise="exactly",
            switches=True,
        ),
        Choice("unit", "what is counted", values=TallyUnit, required=True),
        Choice("measure", "the kind of action, where it is one of ours", values=ActionKind),
        Extent("period", "over what time"),
        Choice(
            "period_basis",
            "the period is worked out from context",
            values=DateBasis,
            otherwise="stated",
            switches=True,
        ),
        Link("authority", "whose actions are counted", to="organization", column="authority_id"),
        Text("program", "the programme that the total names"),
        Link(
            "part_of",
            "the tally that it is a part of",
            to="tally",
            column="part_of_id",
            metavar="REF",
        ),
        Links(
            "inside",
            "recorded actions that the source itself puts inside it",
            to="action",
            metavar="REF",
        ),
    ),
    settle=_settle_tally,
    argument="description",
)
