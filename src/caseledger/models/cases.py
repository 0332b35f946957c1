"""Cases: what ties actions together, an operation or a docket."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseledger.models.base import Base, Record, not_blank, record_constraints, sparse, table
from caseledger.models.parties import Organization


class Case(Record, Base):
    """An operation or a docket. A case tied to a cartel ties none of its people to it."""

    __tablename__ = "cases"
    __table_args__ = table(
        *record_constraints(),
        *not_blank("title", "title_key", "docket", "court"),
        Index(None, "title_key"),
        sparse("organization_id"),
    )

    title: Mapped[str]
    title_key: Mapped[str]
    docket: Mapped[str | None]
    court: Mapped[str | None]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """The organization that the case concerns."""

    organization: Mapped[Organization | None] = relationship()
