"""Indexes on columns that few rows fill leave out the rows that do not.

A citation is on one of seven kinds of record: whole indexes on all seven were most of what it took
to write one, and half of their pages said that there is nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SPARSE = {
    "actions": ("case_id", "ends_id"),
    "cases": ("organization_id",),
    "citations": (
        "action_id",
        "affiliation_id",
        "case_id",
        "kinship_id",
        "name_id",
        "party_id",
        "tally_id",
    ),
    "tallies": ("authority_id", "part_of_id"),
}


def upgrade() -> None:
    for table, columns in SPARSE.items():
        for column in columns:
            filled = sa.text(f"{column} IS NOT NULL")
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(
                f"ix_{table}_{column}",
                table,
                [column],
                sqlite_where=filled,
                postgresql_where=filled,
            )


def downgrade() -> None:
    for table, columns in SPARSE.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
            op.create_index(f"ix_{table}_{column}", table, [column])
