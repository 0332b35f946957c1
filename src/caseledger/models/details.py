"""What an action of each kind says of its own. A new kind with details is one more table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.actions import Action
from caseledger.models.base import Key, country, flag, interval, not_blank, one_of, table
from caseledger.models.parties import Organization
from caseledger.vocabulary import (
    ActionKind,
    ConvictionBasis,
    Instrument,
    SentenceExtent,
    SurrenderMode,
)

if TYPE_CHECKING:
    from sqlalchemy.schema import SchemaItem


def _identity(kind: ActionKind) -> dict[str, Any]:
    return {"polymorphic_identity": kind.value, "polymorphic_load": "inline"}


def _details(kind: ActionKind, *items: SchemaItem) -> tuple[Any, ...]:
    """A detail table: its rows belong to actions of that kind and no other."""
    return table(
        ForeignKeyConstraint(["id", "kind"], ["actions.id", "actions.kind"]),
        one_of("kind", [kind]),
        *items,
    )


def _term() -> tuple[SchemaItem, ...]:
    """The rules of a sentence: months or life, never both."""
    return (
        CheckConstraint("sentence_months > 0", name="sentence_months"),
        flag("sentence_life"),
        CheckConstraint("sentence_life = 0 OR sentence_months IS NULL", name="months_or_life"),
        one_of("sentence_extent", SentenceExtent),
        *not_blank("sentence_kind"),
    )


class Arrest(Action):
    """A person taken into custody."""

    __tablename__ = "arrests"
    __table_args__ = _details(ActionKind.ARREST, *not_blank("custody", "warrant"))
    __mapper_args__ = _identity(ActionKind.ARREST)

    id: Mapped[Key]
    kind: Mapped[str]
    custody: Mapped[str | None]
    warrant: Mapped[str | None]
    prosecution_by_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """Who is to prosecute, where the source says so."""

    prosecution_by: Mapped[Organization | None] = relationship(foreign_keys=[prosecution_by_id])


class Charge(Action):
    """A formal accusation."""

    __tablename__ = "charges"
    __table_args__ = _details(
        ActionKind.CHARGE,
        one_of("instrument", Instrument),
        *not_blank("offense", "statute", "court"),
        *interval("conduct", "conduct_"),
    )
    __mapper_args__ = _identity(ActionKind.CHARGE)

    id: Mapped[Key]
    kind: Mapped[str]
    instrument: Mapped[str]
    offense: Mapped[str | None]
    statute: Mapped[str | None]
    court: Mapped[str | None]
    conduct: Mapped[str | None]
    """When the conduct charged is alleged to have been."""
    conduct_earliest: Mapped[str | None]
    conduct_latest: Mapped[str | None]


class Extradition(Action):
    """A person handed from one country to another; deportation is not extradition."""

    __tablename__ = "extraditions"
    __table_args__ = _details(
        ActionKind.EXTRADITION,
        one_of("mode", SurrenderMode),
        country("from_country"),
        country("to_country"),
        *not_blank("offense", "court"),
        *interval("conduct", "conduct_"),
    )
    __mapper_args__ = _identity(ActionKind.EXTRADITION)

    id: Mapped[Key]
    kind: Mapped[str]
    mode: Mapped[str]
    from_country: Mapped[str | None]
    to_country: Mapped[str | None]
    offense: Mapped[str | None]
    """What the person is surrendered to answer for: alleged, not found."""
    court: Mapped[str | None]
    """The court that asked for the surrender."""
    conduct: Mapped[str | None]
    conduct_earliest: Mapped[str | None]
    conduct_latest: Mapped[str | None]


class Conviction(Action):
    """A finding of guilt, with the sentence where it is told in the same breath."""

    __tablename__ = "convictions"
    __table_args__ = _details(
        ActionKind.CONVICTION,
        one_of("basis", ConvictionBasis),
        *not_blank("offense", "statute", "court"),
        *_term(),
    )
    __mapper_args__ = _identity(ActionKind.CONVICTION)

    id: Mapped[Key]
    kind: Mapped[str]
    basis: Mapped[str]
    offense: Mapped[str | None]
    """As printed: an attempt stays an attempt."""
    statute: Mapped[str | None]
    court: Mapped[str | None]
    sentence_months: Mapped[int | None]
    sentence_life: Mapped[int]
    sentence_kind: Mapped[str | None]
    sentence_extent: Mapped[str | None]


class Sentence(Action):
    """A sentence told by itself, later or changed."""

    __tablename__ = "sentences"
    __table_args__ = _details(ActionKind.SENTENCE, *_term(), *not_blank("court"))
    __mapper_args__ = _identity(ActionKind.SENTENCE)

    id: Mapped[Key]
    kind: Mapped[str]
    sentence_months: Mapped[int | None]
    sentence_life: Mapped[int]
    sentence_kind: Mapped[str | None]
    sentence_extent: Mapped[str | None]
    court: Mapped[str | None]


class Designation(Action):
    """An entry put on a list under one programme. Under another programme it is another action."""

    __tablename__ = "designations"
    __table_args__ = _details(
        ActionKind.DESIGNATION, *not_blank("list_name", "program", "list_entry")
    )
    __mapper_args__ = _identity(ActionKind.DESIGNATION)

    id: Mapped[Key]
    kind: Mapped[str]
    list_name: Mapped[str | None]
    program: Mapped[str | None]
    """As printed: `SDNTK`, `EO 14059`."""
    list_entry: Mapped[str | None]
    """The list's own number or address of the entry."""


class Delisting(Action):
    """An entry taken off a list under one programme."""

    __tablename__ = "delistings"
    __table_args__ = _details(
        ActionKind.DELISTING, *not_blank("list_name", "program", "list_entry")
    )
    __mapper_args__ = _identity(ActionKind.DELISTING)

    id: Mapped[Key]
    kind: Mapped[str]
    list_name: Mapped[str | None]
    program: Mapped[str | None]
    list_entry: Mapped[str | None]


class Release(Action):
    """A person let go from custody."""

    __mapper_args__ = _identity(ActionKind.RELEASE)


class Acquittal(Action):
    """A finding of not guilty."""

    __mapper_args__ = _identity(ActionKind.ACQUITTAL)


class Dismissal(Action):
    """Charges dropped or thrown out."""

    __mapper_args__ = _identity(ActionKind.DISMISSAL)


class Reversal(Action):
    """A conviction or a sentence overturned on appeal."""

    __mapper_args__ = _identity(ActionKind.REVERSAL)


class Prosecution(Action):
    """The source says "prosecuted" and no more: it is not upgraded to "convicted"."""

    __mapper_args__ = _identity(ActionKind.PROSECUTION)


class Death(Action):
    """The subject died."""

    __mapper_args__ = _identity(ActionKind.DEATH)
