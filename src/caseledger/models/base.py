"""What all tables share: types, names of constraints, and what every record carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import CheckConstraint, Index, Integer, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

    from sqlalchemy.schema import SchemaItem

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""A constraint without a name cannot be changed by a later migration."""

PlainText = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts alike on both engines, whatever the server's locale."""

Key = Annotated[int, mapped_column(primary_key=True)]
"""A primary key; first in its table."""

Flag = Annotated[int, mapped_column(Integer)]
"""0 or 1: the views promise TEXT and INTEGER only, on both engines."""


class Base(DeclarativeBase):
    """The ledger's tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: PlainText, int: Integer}


def table(*items: SchemaItem) -> tuple[Any, ...]:
    """The constraints of a table. STRICT: SQLite alone would take 'abc' into an INTEGER column."""
    return (*items, {"sqlite_strict": True})


def sparse(column: str) -> Index:
    """An index on a column that few rows fill: those that leave it empty cost it nothing.

    A citation is on one of seven kinds of record; whole indexes on all seven were most of what it
    took to write one. Both engines use it for any comparison with the column.
    """
    filled = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=filled, postgresql_where=filled)


class Record:
    """What every record carries: who recorded it, under what key, and whether it still stands."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-90)
    dataset: Mapped[str] = mapped_column(sort_order=-80)
    """The file or the place it came from; `local` for what was added by hand."""
    key: Mapped[str] = mapped_column(sort_order=-80)
    """With `dataset`, unique over all rows, withdrawn ones too: known again when loaded again."""
    version: Mapped[int] = mapped_column(sort_order=90)
    """Counts the changes, so that two writers cannot overwrite each other unseen."""
    recorded_at: Mapped[str] = mapped_column(sort_order=90)
    """UTC, `2026-01-31T12:00:00Z`."""
    recorded_by: Mapped[str] = mapped_column(sort_order=90)
    corrected_at: Mapped[str | None] = mapped_column(sort_order=90)
    withdrawn_at: Mapped[str | None] = mapped_column(sort_order=90)
    """Set: the record should never have been there. It is kept, and no view shows it."""
    withdrawn_reason: Mapped[str | None] = mapped_column(sort_order=90)

    __mapper_args__: Any = {"version_id_col": version}


def record_constraints() -> tuple[SchemaItem, ...]:
    """The rules that hold for every record."""
    return (
        UniqueConstraint("dataset", "key"),
        CheckConstraint("length(dataset) > 0 AND length(key) > 0", name="keyed"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_reason"
        ),
    )


def is_one_of(column: str, values: Iterable[StrEnum]) -> str:
    """The condition that a column holds one of these values."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return f"{column} IN ({listed})"


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """A closed list of values, held by the database whoever writes."""
    return CheckConstraint(is_one_of(column, values), name=column)


def flag(column: str) -> CheckConstraint:
    """A column that is 0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=column)


def not_blank(*columns: str) -> tuple[CheckConstraint, ...]:
    """Texts that, where they are there, say something."""
    return tuple(
        CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_not_blank")
        for column in columns
    )


def country(column: str) -> CheckConstraint:
    """An ISO 3166 code of two letters."""
    return CheckConstraint(
        f"length({column}) = 2 AND {column} = upper({column})", name=f"{column}_code"
    )


def interval(text: str, prefix: str = "") -> tuple[CheckConstraint, ...]:
    """An EDTF text and its two ISO bounds: there together, in order, whole days.

    An open bound is NULL; a text with both bounds open says nothing and is refused.
    """
    earliest, latest = f"{prefix}earliest", f"{prefix}latest"
    return (
        CheckConstraint(
            f"({text} IS NULL) = ({earliest} IS NULL AND {latest} IS NULL)", name=f"{text}_bounded"
        ),
        CheckConstraint(f"{earliest} <= {latest}", name=f"{text}_in_order"),
        CheckConstraint(f"length({earliest}) = 10", name=f"{text}_earliest_whole_day"),
        CheckConstraint(f"length({latest}) = 10", name=f"{text}_latest_whole_day"),
    )
