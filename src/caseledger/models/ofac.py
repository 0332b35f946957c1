"""OFAC's list as published, version by version: a mirror that is never edited.

Every value has a span of versions. `since` is the first version that shows it, `until` the first
later one that could have shown it and did not; a value that went and came back has two spans. A
version shows the rows whose span it lies in. So the mirror is a function of the set of versions.

A version's number is its moment of publication (minutes since 1970, UTC): the numbers sort as the
versions do, whatever the order in which they were imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from caseledger.models.base import Base, flag, interval, table

if TYPE_CHECKING:
    from sqlalchemy.schema import SchemaItem

TextNumber = BigInteger().with_variant(Integer(), "sqlite")
"""Sixty-three bits of a digest: more than PostgreSQL's INTEGER holds, and STRICT has no BIGINT."""


def _one_of(column: str, *values: str) -> CheckConstraint:
    """A closed list, spelt out: for `IN` with more than two, SQLite builds an index for every row.

    That took half the time of writing the names of a list.
    """
    return CheckConstraint(" OR ".join(f"{column} = '{value}'" for value in values), name=column)


def _filled(column: str) -> CheckConstraint:
    """A text that is never empty."""
    return CheckConstraint(f"{column} <> ''", name=f"{column}_not_blank")


KEY = -80
"""Where what else tells a value apart stands: between the entry's number and the span."""


class Spanned:
    """What every value of the lists carries: whose it is, and from which list to which."""

    uid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-90)
    since: Mapped[int] = mapped_column(
        ForeignKey("ofac_versions.id"), primary_key=True, sort_order=-70
    )
    """The first list with it."""
    until: Mapped[int | None] = mapped_column(ForeignKey("ofac_versions.id"), sort_order=-60)
    """The first list after it that could have shown it and did not."""


def spanned(*items: SchemaItem) -> tuple[Any, ...]:
    """The constraints of a table of values with their spans, kept in order of its key."""
    in_order = CheckConstraint("since < until", name="in_order")
    return (in_order, *items, {"sqlite_strict": True, "sqlite_with_rowid": False})


class OfacVersion(Base):
    """One list, as published at one moment."""

    __tablename__ = "ofac_versions"
    __table_args__ = (
        CheckConstraint("form IN ('csv', 'xml')", name="form"),
        CheckConstraint("length(published) IN (10, 16)", name="published"),
        flag("has_aliases"),
        flag("has_addresses"),
        flag("has_comments"),
        Index(None, "published", unique=True),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Minutes from 1970 to the publication."""
    published: Mapped[str]
    """`2021-07-07`; with a time, `2021-07-07T16:30`, where a second list came out on that day."""
    form: Mapped[str]
    has_aliases: Mapped[int]
    has_addresses: Mapped[int]
    has_comments: Mapped[int]
    entries: Mapped[int]
    names: Mapped[int]
    """Aliases as rows; weak names stand in the remarks."""
    addresses: Mapped[int]
    comments: Mapped[int]
    unaddressed: Mapped[int | None]
    """Entries without an address row; NULL where no list of addresses was given."""
    highest: Mapped[int]
    """The highest number of an entry."""
    imported_at: Mapped[str]
    imported_by: Mapped[str]


class OfacFile(Base):
    """A file of a version: told apart from every other by its digest."""

    __tablename__ = "ofac_files"
    __table_args__ = (
        CheckConstraint("part IN ('sdn', 'alt', 'add', 'comments', 'xml')", name="part"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        flag("closed"),
        Index(None, "sha256"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("ofac_versions.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    closed: Mapped[int | None]
    """Whether the closing 0x1A is there; NULL for XML, which has none."""


class OfacEntry(Spanned, Base):
    """What the main file says of an entry, but its name, its programmes and its remarks."""

    __tablename__ = "ofac_entries"
    __table_args__ = spanned(
        _one_of("type", "individual", "entity", "vessel", "aircraft"),
    )

    type: Mapped[str]
    title: Mapped[str | None]
    call_sign: Mapped[str | None]
    vessel_type: Mapped[str | None]
    tonnage: Mapped[str | None]
    gross_tonnage: Mapped[str | None]
    flag: Mapped[str | None]
    owner: Mapped[str | None]


class OfacName(Spanned, Base):
    """A name in a row of its own, as printed: the primary one, or a strong alias."""

    __tablename__ = "ofac_names"
    __table_args__ = spanned(
        _one_of("kind", "aka", "primary", "fka", "nka"),
        CheckConstraint("(kind = 'primary') = (number = 0)", name="numbered"),
        _filled("name"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=KEY)
    """OFAC's own number of an alias; 0 for the primary name."""
    kind: Mapped[str]
    name: Mapped[str]
    remarks: Mapped[str | None]


class OfacAddress(Spanned, Base):
    """An address of an entry, as printed; it may be empty."""

    __tablename__ = "ofac_addresses"
    __table_args__ = spanned()

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=KEY)
    address: Mapped[str | None]
    city: Mapped[str | None]
    """City, state or province, and postal code, as they stand in one column."""
    country: Mapped[str | None]
    remarks: Mapped[str | None]


class OfacProgram(Spanned, Base):
    """A programme that an entry stands under, verbatim."""

    __tablename__ = "ofac_programs"
    __table_args__ = spanned(
        _filled("program"),
    )

    program: Mapped[str] = mapped_column(primary_key=True, sort_order=KEY)


class OfacText(Base):
    """A text of remarks, kept once however many entries and versions print it."""

    __tablename__ = "ofac_texts"
    __table_args__ = table()

    id: Mapped[int] = mapped_column(TextNumber, primary_key=True, autoincrement=False)
    """From the text's digest."""
    text: Mapped[str]


class OfacFeature(Base):
    """A fragment of a text of remarks, as far as it is understood; it holds where the text does."""

    __tablename__ = "ofac_features"
    __table_args__ = (
        *interval("date"),
        flag("is_alternative"),
        flag("is_about"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    text_id: Mapped[int] = mapped_column(
        TextNumber, ForeignKey("ofac_texts.id"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    """`birth date`, `passport`, `linked to` …; `unread` for what is kept as it stands."""
    label: Mapped[str | None]
    """The word that the list prints before it, where the kind alone does not tell."""
    value: Mapped[str]
    country: Mapped[str | None]
    """As printed."""
    detail: Mapped[str | None]
    """When a document was issued and expires, as printed."""
    date: Mapped[str | None]
    earliest: Mapped[str | None]
    latest: Mapped[str | None]
    is_alternative: Mapped[int]
    is_about: Mapped[int]


class OfacCell(Spanned, Base):
    """The remarks of an entry as they stand in the main file, whose cells end at 1,000 letters."""

    __tablename__ = "ofac_cells"
    __table_args__ = spanned(
        Index(None, "text_id"),
    )

    text_id: Mapped[int] = mapped_column(TextNumber, ForeignKey("ofac_texts.id"))


class OfacComment(Spanned, Base):
    """The continuation of an entry's remarks, from the comments file; the entry may be gone."""

    __tablename__ = "ofac_comments"
    __table_args__ = spanned()

    text: Mapped[str]


class OfacJoin(Spanned, Base):
    """The whole remarks of the few entries that have comments: worked out from cell and comment."""

    __tablename__ = "ofac_joins"
    __table_args__ = spanned(
        Index(None, "text_id"),
    )

    text_id: Mapped[int] = mapped_column(TextNumber, ForeignKey("ofac_texts.id"))
