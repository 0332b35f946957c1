"""Sources, their stored text, and the citations that tie every record to them."""

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
from caseledger.models.cases import Case
from caseledger.models.parties import Name, Party
from caseledger.models.relations import Affiliation, Kinship
from caseledger.models.tallies import Tally
from caseledger.vocabulary import DateBasis


class Source(Record, Base):
    """A document that says so."""

    __tablename__ = "sources"
    __table_args__ = table(
        *record_constraints(),
        *not_blank("title", "title_key", "publisher", "url", "retrieved"),
        *interval("published", "published_"),
        one_of("published_basis", DateBasis),
        CheckConstraint(
            "(published IS NULL) = (published_basis IS NULL)", name="published_qualified"
        ),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        Index(None, "title_key"),
    )

    title: Mapped[str]
    title_key: Mapped[str]
    publisher: Mapped[str | None]
    url: Mapped[str | None]
    published: Mapped[str | None]
    published_earliest: Mapped[str | None]
    published_latest: Mapped[str | None]
    published_basis: Mapped[str | None]
    retrieved: Mapped[str | None]
    """The day on which it was fetched."""
    sha256: Mapped[str | None]
    """Of the document as fetched."""

    text: Mapped[SourceText | None] = relationship(back_populates="source")


class SourceText(Base):
    """What a source says, so that a phrase cited from it can be found in it."""

    __tablename__ = "source_texts"
    __table_args__ = table()

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    text: Mapped[str]

    source: Mapped[Source] = relationship(back_populates="text")


CITED = ("action_id", "affiliation_id", "name_id", "kinship_id", "tally_id", "party_id", "case_id")
"""What a citation may support: exactly one of these."""


class Citation(Record, Base):
    """Source, place in the source, and the short exact phrase that supports one record."""

    __tablename__ = "citations"
    __table_args__ = table(
        *record_constraints(),
        *not_blank("section", "phrase"),
        CheckConstraint(
            " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in CITED)
            + " = 1",
            name="cites_one",
        ),
        Index(None, "source_id"),
        *(sparse(column) for column in CITED),
    )

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    section: Mapped[str | None]
    phrase: Mapped[str | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliations.id"))
    name_id: Mapped[int | None] = mapped_column(ForeignKey("names.id"))
    kinship_id: Mapped[int | None] = mapped_column(ForeignKey("kinships.id"))
    tally_id: Mapped[int | None] = mapped_column(ForeignKey("tallies.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))

    source: Mapped[Source] = relationship()
    action: Mapped[Action | None] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()
    name: Mapped[Name | None] = relationship()
    kinship: Mapped[Kinship | None] = relationship()
    tally: Mapped[Tally | None] = relationship()
    party: Mapped[Party | None] = relationship()
    case: Mapped[Case | None] = relationship()
