"""The spine of the ledger: one thing done to one subject."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.base import (
    Base,
    Record,
    country,
    interval,
    is_one_of,
    not_blank,
    one_of,
    record_constraints,
    sparse,
    table,
)
from caseledger.models.cases import Case
from caseledger.models.parties import Organization, Party
from caseledger.vocabulary import ENDS, ActionKind, DateBasis, DateKind


class Action(Record, Base):
    """One thing done to one subject; later events are further actions, nothing is overwritten."""

    __tablename__ = "actions"
    __table_args__ = table(
        *record_constraints(),
        UniqueConstraint("id", "kind"),
        one_of("kind", ActionKind),
        *interval("date"),
        one_of("date_kind", DateKind),
        one_of("date_basis", DateBasis),
        CheckConstraint(
            "(date IS NULL) = (date_kind IS NULL) AND (date IS NULL) = (date_basis IS NULL)",
            name="date_qualified",
        ),
        country("country"),
        *not_blank("place", "summary"),
        CheckConstraint(
            "ends_id IS NULL OR " + is_one_of("kind", ENDS),
            name="ends_only_what_ends",
        ),
        CheckConstraint("ends_id <> id", name="not_itself"),
        Index(None, "subject_id"),
        sparse("case_id"),
        Index(None, "authority_id", "kind"),
        Index(None, "kind"),
        sparse("ends_id"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": Record.version}

    kind: Mapped[str]
    subject_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    date: Mapped[str | None]
    """EDTF: a point known within bounds."""
    earliest: Mapped[str | None]
    latest: Mapped[str | None]
    date_kind: Mapped[str | None]
    date_basis: Mapped[str | None]
    place: Mapped[str | None]
    country: Mapped[str | None]
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """Who did it."""
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """Who announced it: often someone else."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    summary: Mapped[str | None]
    ends_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    """The earlier action that a release, a reversal or a delisting ends."""

    subject: Mapped[Party] = relationship(foreign_keys=[subject_id])
    authority: Mapped[Organization | None] = relationship(foreign_keys=[authority_id])
    announced_by: Mapped[Organization | None] = relationship(foreign_keys=[announced_by_id])
    case: Mapped[Case | None] = relationship()
    ends: Mapped[Action | None] = relationship(remote_side="Action.id")
    cooperation: Mapped[list[Organization]] = relationship(secondary="cooperations")


class Cooperation(Base):
    """An agency that took part in an action; a second indicting office too."""

    __tablename__ = "cooperations"
    __table_args__ = table(Index(None, "organization_id"))

    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
