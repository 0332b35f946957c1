"""Parties: anyone an action can be done to. People, organizations, and people only counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.base import (
    Base,
    Flag,
    Key,
    Record,
    country,
    flag,
    interval,
    not_blank,
    one_of,
    record_constraints,
    table,
)
from caseledger.vocabulary import CountQualifier, NameKind, OrganizationType, PartyKind, Sex


def _identity(kind: PartyKind) -> dict[str, Any]:
    return {"polymorphic_identity": kind.value, "polymorphic_load": "inline"}


class Party(Record, Base):
    """Someone or something an action can be done to. Its reference is P, O or G and its id."""

    __tablename__ = "parties"
    __table_args__ = table(
        *record_constraints(),
        UniqueConstraint("id", "kind"),
        one_of("kind", PartyKind),
        flag("is_named"),
        CheckConstraint("kind <> 'group' OR is_named = 0", name="group_unnamed"),
        *not_blank("name", "name_key"),
        Index(None, "name_key"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": Record.version}

    kind: Mapped[str]
    name: Mapped[str]
    """The form that is shown: as printed, or for the unnamed a description."""
    name_key: Mapped[str]
    """`names.key` of it: accents, case, hyphens and spacing ignored."""
    is_named: Mapped[Flag]

    names: Mapped[list[Name]] = relationship(back_populates="party", order_by="Name.id")
    counted_in: Mapped[list[UnnamedGroup]] = relationship(
        secondary="group_members",
        primaryjoin="Party.id == GroupMember.member_id",
        secondaryjoin="UnnamedGroup.id == GroupMember.group_id",
        back_populates="members",
    )
    """The groups in which a source counted this one already."""


class Person(Party):
    """One human being. May be unnamed, and named later without becoming another."""

    __tablename__ = "persons"
    __table_args__ = table(
        ForeignKeyConstraint(["id", "kind"], ["parties.id", "parties.kind"]),
        one_of("kind", [PartyKind.PERSON]),
        one_of("sex", Sex),
        *interval("birth", "birth_"),
        country("nationality"),
        *not_blank("suffix"),
    )
    __mapper_args__ = _identity(PartyKind.PERSON)

    id: Mapped[Key]
    kind: Mapped[str]
    sex: Mapped[str | None]
    birth: Mapped[str | None]
    birth_earliest: Mapped[str | None]
    birth_latest: Mapped[str | None]
    nationality: Mapped[str | None]
    suffix: Mapped[str | None]
    """`Jr.`, `Sr.`: two people of one name are told apart by it."""


class Organization(Party):
    """A target, a company, an agency or a government. An unnamed one has a description."""

    __tablename__ = "organizations"
    __table_args__ = table(
        ForeignKeyConstraint(["id", "kind"], ["parties.id", "parties.kind"]),
        one_of("kind", [PartyKind.ORGANIZATION]),
        one_of("type", OrganizationType),
    )
    __mapper_args__ = _identity(PartyKind.ORGANIZATION)

    id: Mapped[Key]
    kind: Mapped[str]
    type: Mapped[str]


class UnnamedGroup(Party):
    """People whom a source counts but does not name. One unnamed human is a person, not a group."""

    __tablename__ = "unnamed_groups"
    __table_args__ = table(
        ForeignKeyConstraint(["id", "kind"], ["parties.id", "parties.kind"]),
        one_of("kind", [PartyKind.GROUP]),
        one_of("qualifier", CountQualifier),
        CheckConstraint("headcount >= 2", name="headcount"),
        CheckConstraint(
            "(qualifier = 'words') = (headcount IS NULL)"
            " AND (qualifier = 'words') = (words IS NOT NULL)",
            name="counted_or_words",
        ),
        *not_blank("words"),
    )
    __mapper_args__ = _identity(PartyKind.GROUP)

    id: Mapped[Key]
    kind: Mapped[str]
    headcount: Mapped[int | None]
    qualifier: Mapped[str]
    words: Mapped[str | None]
    """As printed, where there is no number: "several"."""

    members: Mapped[list[Party]] = relationship(
        secondary="group_members",
        primaryjoin="UnnamedGroup.id == GroupMember.group_id",
        secondaryjoin="Party.id == GroupMember.member_id",
        back_populates="counted_in",
    )


class GroupMember(Base):
    """A person named later, or a smaller group, that was already counted in a group."""

    __tablename__ = "group_members"
    __table_args__ = table(
        CheckConstraint("group_id <> member_id", name="not_itself"), Index(None, "member_id")
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("unnamed_groups.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("parties.id"), primary_key=True)


class Name(Record, Base):
    """Another form of a party's name, as printed."""

    __tablename__ = "names"
    __table_args__ = table(
        *record_constraints(),
        one_of("kind", NameKind),
        *not_blank("name", "name_key"),
        Index(None, "name_key"),
        Index(None, "party_id"),
    )

    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    kind: Mapped[str]

    party: Mapped[Party] = relationship(back_populates="names")
