"""Relations: what a party is to an organization, and a person to a relative."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.base import (
    Base,
    Record,
    interval,
    not_blank,
    one_of,
    record_constraints,
    table,
)
from caseledger.models.parties import Organization, Party, Person
from caseledger.vocabulary import Kin, Relation, Standing


class Affiliation(Record, Base):
    """What a party is to an organization, asserted or alleged. A faction is an organization's."""

    __tablename__ = "affiliations"
    __table_args__ = table(
        *record_constraints(),
        one_of("relation", Relation),
        one_of("standing", Standing),
        *not_blank("title"),
        *interval("period"),
        CheckConstraint("party_id <> organization_id", name="not_itself"),
        Index(None, "party_id"),
        Index(None, "organization_id"),
    )

    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    relation: Mapped[str]
    title: Mapped[str | None]
    """As printed: "Plaza Boss in Colima", "former head of the Gulf Cartel"."""
    standing: Mapped[str]
    period: Mapped[str | None]
    earliest: Mapped[str | None]
    latest: Mapped[str | None]

    party: Mapped[Party] = relationship(foreign_keys=[party_id])
    organization: Mapped[Organization] = relationship(foreign_keys=[organization_id])


class Kinship(Record, Base):
    """What a person is to a relative; it says nothing of any organization."""

    __tablename__ = "kinships"
    __table_args__ = table(
        *record_constraints(),
        one_of("relation", Kin),
        CheckConstraint("person_id <> relative_id", name="not_itself"),
        Index(None, "person_id"),
        Index(None, "relative_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    relation: Mapped[str]
    relative_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    relative: Mapped[Person] = relationship(foreign_keys=[relative_id])
