"""From OFAC's list to the ledger: which programmes are followed, and who an entry is.

It imports nothing from caseledger: what a revision made must not change with the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

FOLLOWED = ("ILLICIT-DRUGS-EO*", "SDNT", "SDNTK", "TCO")
"""Counter-narcotics and transnational crime."""


def upgrade() -> None:
    followed = op.create_table(
        "ofac_followed",
        sa.Column("tag", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_ofac_followed"),
        sa.CheckConstraint("tag <> ''", name=op.f("ck_ofac_followed_tag_not_blank")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.bulk_insert(followed, [{"tag": tag} for tag in FOLLOWED])
    op.create_table(
        "ofac_parties",
        sa.Column("uid", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("uid", name="pk_ofac_parties"),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name="fk_ofac_parties_party_id"),
        sa.CheckConstraint("how IN ('made', 'name', 'hand')", name=op.f("ck_ofac_parties_how")),
        sqlite_strict=True,
    )
    op.create_index("ix_ofac_parties_party_id", "ofac_parties", ["party_id"])
    op.create_table(
        "ofac_ties",
        sa.Column("uid", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("to_uid", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("printed", TEXT, nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("uid", "to_uid", "printed", "since", name="pk_ofac_ties"),
        sa.ForeignKeyConstraint(["since"], ["ofac_versions.id"], name="fk_ofac_ties_since"),
        sa.ForeignKeyConstraint(["until"], ["ofac_versions.id"], name="fk_ofac_ties_until"),
        sa.CheckConstraint("since < until", name=op.f("ck_ofac_ties_in_order")),
        sa.CheckConstraint("uid <> to_uid", name=op.f("ck_ofac_ties_not_itself")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ofac_ties_to_uid", "ofac_ties", ["to_uid"])
    op.create_table(
        "ofac_settled",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("others", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ofac_settled"),
        sa.CheckConstraint("id = 1", name=op.f("ck_ofac_settled_one")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("ofac_settled")
    op.drop_table("ofac_ties")
    op.drop_table("ofac_parties")
    op.drop_table("ofac_followed")
