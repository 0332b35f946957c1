"""OFAC's list: versions, entries, names, addresses, programmes, remarks and what they say.

It imports nothing from caseledger: what a revision made must not change with the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "ofac_versions",
    "ofac_files",
    "ofac_entries",
    "ofac_names",
    "ofac_addresses",
    "ofac_programs",
    "ofac_texts",
    "ofac_features",
    "ofac_cells",
    "ofac_comments",
    "ofac_joins",
)

REMARKS = """
SELECT c.uid, c.since, c.until, c.text_id
  FROM ofac_cells c
 WHERE NOT EXISTS (SELECT 1 FROM ofac_joins j WHERE j.uid = c.uid)
UNION ALL
SELECT j.uid, j.since, j.until, j.text_id
  FROM ofac_joins j
"""
"""The whole remarks of every entry, joined with their comment."""

KNOWN_NAMES = """
SELECT n.uid, n.kind, 'strong' AS quality, n.name, n.since, n.until
  FROM ofac_names n
UNION ALL
SELECT r.uid, replace(f.label, '.', '') AS kind, 'weak' AS quality, f.value AS name,
       r.since, r.until
  FROM ofac_features f
  JOIN ofac_remarks r ON r.text_id = f.text_id
 WHERE f.kind = 'name'
"""
"""Every name with its kind and quality: weak ones stand in the remarks."""

VIEWS = {"ofac_remarks": REMARKS, "ofac_known_names": KNOWN_NAMES}


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null)


def _integer(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def _long(name: str) -> sa.Column[int]:
    return sa.Column(name, LONG, nullable=False, autoincrement=False)


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def _flag(table: str, column: str) -> sa.CheckConstraint:
    return _check(f"ck_{table}_{column}", f"{column} IN (0, 1)")


def _is_one_of(column: str, *values: str) -> str:
    """Spelt out: for `IN` with more than two, SQLite builds an index anew for every row."""
    return " OR ".join(f"{column} = '{value}'" for value in values)


def _filled(table: str, column: str) -> sa.CheckConstraint:
    return _check(f"ck_{table}_{column}_not_blank", f"{column} <> ''")


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _spanned(
    table: str,
    key: tuple[sa.Column[int] | sa.Column[str], ...],
    *rest: sa.Column[int] | sa.Column[str] | sa.Constraint,
) -> None:
    """Values that hold from a version to another."""
    op.create_table(
        table,
        *key,
        _integer("since"),
        _integer("until", null=True),
        *rest,
        sa.PrimaryKeyConstraint(*(column.name for column in key), "since", name=f"pk_{table}"),
        _foreign(table, "since", "ofac_versions.id"),
        _foreign(table, "until", "ofac_versions.id"),
        _check(f"ck_{table}_in_order", "since < until"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    _versions()
    _texts()
    _values()
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS{select}")


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for table in reversed(TABLES):
        op.drop_table(table)


def _versions() -> None:
    op.create_table(
        "ofac_versions",
        _integer("id"),
        _text("published"),
        _text("form"),
        _integer("has_aliases"),
        _integer("has_addresses"),
        _integer("has_comments"),
        _integer("entries"),
        _integer("names"),
        _integer("addresses"),
        _integer("comments"),
        _integer("unaddressed", null=True),
        _integer("highest"),
        _text("imported_at"),
        _text("imported_by"),
        sa.PrimaryKeyConstraint("id", name="pk_ofac_versions"),
        _check("ck_ofac_versions_form", "form IN ('csv', 'xml')"),
        _check("ck_ofac_versions_published", "length(published) IN (10, 16)"),
        _flag("ofac_versions", "has_aliases"),
        _flag("ofac_versions", "has_addresses"),
        _flag("ofac_versions", "has_comments"),
        sqlite_strict=True,
    )
    op.create_index("ix_ofac_versions_published", "ofac_versions", ["published"], unique=True)
    op.create_table(
        "ofac_files",
        _integer("version_id"),
        _text("part"),
        _text("sha256"),
        _integer("closed", null=True),
        sa.PrimaryKeyConstraint("version_id", "part", name="pk_ofac_files"),
        _foreign("ofac_files", "version_id", "ofac_versions.id"),
        _check("ck_ofac_files_part", "part IN ('sdn', 'alt', 'add', 'comments', 'xml')"),
        _check("ck_ofac_files_sha256", "length(sha256) = 64"),
        _flag("ofac_files", "closed"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ofac_files_sha256", "ofac_files", ["sha256"])


def _texts() -> None:
    op.create_table(
        "ofac_texts",
        _long("id"),
        _text("text"),
        sa.PrimaryKeyConstraint("id", name="pk_ofac_texts"),
        sqlite_strict=True,
    )
    op.create_table(
        "ofac_features",
        _long("text_id"),
        _integer("position"),
        _text("kind"),
        _text("label", null=True),
        _text("value"),
        _text("country", null=True),
        _text("detail", null=True),
        _text("date", null=True),
        _text("earliest", null=True),
        _text("latest", null=True),
        _integer("is_alternative"),
        _integer("is_about"),
        sa.PrimaryKeyConstraint("text_id", "position", name="pk_ofac_features"),
        _foreign("ofac_features", "text_id", "ofac_texts.id"),
        _check(
            "ck_ofac_features_date_bounded",
            "(date IS NULL) = (earliest IS NULL AND latest IS NULL)",
        ),
        _check("ck_ofac_features_date_in_order", "earliest <= latest"),
        _check("ck_ofac_features_date_earliest_whole_day", "length(earliest) = 10"),
        _check("ck_ofac_features_date_latest_whole_day", "length(latest) = 10"),
        _flag("ofac_features", "is_alternative"),
        _flag("ofac_features", "is_about"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _values() -> None:
    _spanned(
        "ofac_entries",
        (_integer("uid"),),
        _text("type"),
        _text("title", null=True),
        _text("call_sign", null=True),
        _text("vessel_type", null=True),
        _text("tonnage", null=True),
        _text("gross_tonnage", null=True),
        _text("flag", null=True),
        _text("owner", null=True),
        _check(
            "ck_ofac_entries_type",
            _is_one_of("type", "individual", "entity", "vessel", "aircraft"),
        ),
    )
    _spanned(
        "ofac_names",
        (_integer("uid"), _integer("number")),
        _text("kind"),
        _text("name"),
        _text("remarks", null=True),
        _check("ck_ofac_names_kind", _is_one_of("kind", "aka", "primary", "fka", "nka")),
        _check("ck_ofac_names_numbered", "(kind = 'primary') = (number = 0)"),
        _filled("ofac_names", "name"),
    )
    _spanned(
        "ofac_addresses",
        (_integer("uid"), _integer("number")),
        _text("address", null=True),
        _text("city", null=True),
        _text("country", null=True),
        _text("remarks", null=True),
    )
    _spanned(
        "ofac_programs",
        (_integer("uid"), _text("program")),
        _filled("ofac_programs", "program"),
    )
    for table in ("ofac_cells", "ofac_joins"):
        _spanned(
            table,
            (_integer("uid"),),
            _long("text_id"),
            _foreign(table, "text_id", "ofac_texts.id"),
        )
        op.create_index(f"ix_{table}_text_id", table, ["text_id"])
    _spanned("ofac_comments", (_integer("uid"),), _text("text"))
