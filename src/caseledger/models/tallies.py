"""Tallies: totals that a source claims. They stand beside the records, never in their sum."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.actions import Action
from caseledger.models.base import (
    Base,
    Record,
    interval,
    not_blank,
    one_of,
    record_constraints,
    sparse,
    table,
)
from caseledger.models.parties import Organization
from caseledger.vocabulary import ActionKind, DateBasis, TallyQualifier, TallyUnit


class Tally(Record, Base):
    """A total that a source claims, with what it counts, of whom, and when."""

    __tablename__ = "tallies"
    __table_args__ = table(
        *record_constraints(),
        *not_blank("description", "words", "program"),
        one_of("measure", ActionKind),
        one_of("unit", TallyUnit),
        one_of("qualifier", TallyQualifier),
        CheckConstraint("minimum >= 0 AND maximum >= minimum", name="counts_in_order"),
        CheckConstraint("(qualifier = 'words') = (words IS NOT NULL)", name="counted_or_words"),
        CheckConstraint("qualifier = 'words' OR minimum IS NOT NULL", name="number"),
        *interval("period"),
        one_of("period_basis", DateBasis),
        CheckConstraint("(period IS NULL) = (period_basis IS NULL)", name="period_qualified"),
        CheckConstraint("part_of_id <> id", name="not_itself"),
        sparse("authority_id"),
        sparse("part_of_id"),
    )

    description: Mapped[str]
    """What is counted, in the terms of the source."""
    measure: Mapped[str | None]
    """The kind of action that is counted, or none of ours."""
    unit: Mapped[str]
    minimum: Mapped[int | None]
    maximum: Mapped[int | None]
    """Equal to the minimum for one number; none for "over"."""
    qualifier: Mapped[str]
    words: Mapped[str | None]
    """As printed, where there is no number: "several dozen"."""
    period: Mapped[str | None]
    earliest: Mapped[str | None]
    latest: Mapped[str | None]
    period_basis: Mapped[str | None]
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    program: Mapped[str | None]
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("tallies.id"))

    authority: Mapped[Organization | None] = relationship()
    part_of: Mapped[Tally | None] = relationship(remote_side="Tally.id")
    inside: Mapped[list[Action]] = relationship(secondary="tally_actions")
    """The recorded actions that the source itself puts inside the total."""


class TallyAction(Base):
    """A recorded action that the source itself puts inside a total."""

    __tablename__ = "tally_actions"
    __table_args__ = table(Index(None, "action_id"))

    tally_id: Mapped[int] = mapped_column(ForeignKey("tallies.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
