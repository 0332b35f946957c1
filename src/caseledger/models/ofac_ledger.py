"""From OFAC's list to the ledger: which programmes are followed, and who an entry is."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caseledger.models.base import Base, table
from caseledger.models.ofac import KEY, Spanned, spanned


class OfacFollowed(Base):
    """A programme whose entries become parties; a star at its end stands for whatever follows."""

    __tablename__ = "ofac_followed"
    __table_args__ = (
        CheckConstraint("tag <> ''", name="tag_not_blank"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    tag: Mapped[str] = mapped_column(primary_key=True)


class OfacParty(Base):
    """The one party that an entry is, whatever it is called."""

    __tablename__ = "ofac_parties"
    __table_args__ = table(
        CheckConstraint("how IN ('made', 'name', 'hand')", name="how"),
        Index(None, "party_id"),
    )

    uid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    how: Mapped[str]
    """Made for it; tied by its name; or decided by hand, which no import undoes."""


class OfacTie(Spanned, Base):
    """That an entry was printed as linked to another, from a list to another.

    Worked out from the remarks: a name is resolved among the entries of one and the same list.
    """

    __tablename__ = "ofac_ties"
    __table_args__ = spanned(
        CheckConstraint("uid <> to_uid", name="not_itself"), Index(None, "to_uid")
    )

    to_uid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=KEY)
    printed: Mapped[str] = mapped_column(primary_key=True, sort_order=KEY)


class OfacSettled(Base):
    """What the other sources said when the records were last brought into step with the lists."""

    __tablename__ = "ofac_settled"
    __table_args__ = table(CheckConstraint("id = 1", name="one"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    others: Mapped[str]
    """How many records they have, and how often those were changed."""
