"""Four questions to every revision: do the models equal the head, does it go up and down, does it
leave the schema as it was, and (in `migrations/`) does data survive.
"""  # noqa: D205

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from caseledger.db.location import Location, locate
from caseledger.db.revision import APPLICATION_ID, HEAD
from caseledger.db.writing import engine_for
from caseledger.errors import NotARegistryError, RefusedError, UsageError
from caseledger.migrations import ensure_file, make, migrate, revision_of
from caseledger.models import Base
from tests.support import CHECKOUT, run_program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from tests.support import Caseledger

ALEMBIC = CHECKOUT / "alembic"
SCRIPTS = ScriptDirectory(str(ALEMBIC))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]

Statements = dict[str, list[str]]


def statements(path: Path) -> Statements:
    """Everything in a file's schema, by name: its statement as tokens, in SQLite's own words."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    return {name: tokens(sql or "") for name, sql in found}


def tokens(sql: str) -> list[str]:
    """A statement without its line breaks and the quotes that no name of ours needs."""
    return re.findall(r"'[^']*'|\w+|[^\w\s\"]", sql)


def clauses(statement: Sequence[str]) -> list[str]:
    """The columns in order, then the table's own marks and the constraints, in no order."""
    found: list[list[str]] = [[]]
    depth = 0
    for word in statement:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == "," and depth == 1:
            found.append([])
            continue
        if word == ")" and not depth:
            found.append([])
        found[-1].append(word)
    spelled = [" ".join(clause) for clause in found]
    columns = [clause for clause in spelled if not clause.startswith("CONSTRAINT")]
    return columns + sorted(set(spelled) - set(columns))


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


SERVER_SCHEMA = """
    SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = to_regnamespace(:schema)
     UNION ALL
    SELECT tablename, indexname, replace(indexdef, :schema || '.', '') FROM pg_indexes
     WHERE schemaname = :schema
     UNION ALL
    SELECT table_name, column_name,
           concat_ws(' ', ordinal_position, data_type, collation_name, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = :schema
     UNION ALL
    SELECT viewname, viewname, definition FROM pg_views WHERE schemaname = :schema"""


def server_schema(connection: Connection, schema: str = "public") -> list[tuple[str, ...]]:
    """Everything in a server's schema: constraints, indexes, columns, views."""
    rows = connection.execute(text(SERVER_SCHEMA), {"schema": schema})
    return sorted(tuple(map(str, row)) for row in rows if row[0] != "alembic_version")


def schema_of(location: Location) -> object:
    """The schema of a registry on either engine, but for Alembic's own table."""
    if location.path is not None:
        return {k: v for k, v in statements(location.path).items() if "alembic_version" not in k}
    with engine_for(location).connect() as connection:
        return server_schema(connection)


def rows_of(location: Location) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is there, of a registry on either engine."""
    with engine_for(location).connect() as connection:
        there = inspect(connection).get_table_names()
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=str)
            for table in Base.metadata.sorted_tables
            if table.name in there
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """An empty database on each of the two engines, for revisions to be run in."""
    if request.param == "postgresql":
        return locate(request.getfixturevalue("postgres_url"))
    path = tmp_path / "place.db"
    location = Location(path, None)
    ensure_file(location)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return location


# --- do the models equal the head? ----------------------------------------------------------------


def test_the_program_knows_the_newest_revision() -> None:
    """A constant stands for it: asking Alembic would cost more than most commands do."""
    assert SCRIPTS.get_heads() == [HEAD]
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_alembic_finds_no_difference_between_the_models_and_the_head(
    empty_registry: Location,
) -> None:
    """Tables, columns, types, nullability, indexes, unique constraints, foreign keys."""
    with engine_for(empty_registry).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        assert compare_metadata(context, Base.metadata) == []


def test_the_models_make_the_very_tables_of_the_head(empty_file: Path, tmp_path: Path) -> None:
    """Alembic does not see a CHECK whose condition changed; the text of the statements does."""
    Base.metadata.create_all(create_engine(f"sqlite:///{tmp_path / 'models.db'}"))
    by_models = statements(tmp_path / "models.db")
    by_revisions = statements(empty_file)

    assert by_models.keys() <= by_revisions.keys()
    assert {name: clauses(sql) for name, sql in by_models.items()} == {
        name: clauses(sql) for name, sql in by_revisions.items() if name in by_models
    }
    added = {name for name in by_revisions.keys() - by_models.keys() if by_revisions[name]}
    assert {name for name in added if by_revisions[name][1] != "VIEW"} == {"alembic_version"}


def test_the_models_make_the_very_tables_of_the_head_on_a_server(postgres_url: str) -> None:
    """The same conditions, collations and keys on PostgreSQL."""
    location = locate(postgres_url)
    make(location)
    with engine_for(location).begin() as connection:
        connection.execute(text("CREATE SCHEMA models"))
        connection.execute(text("SET search_path = models"))
        Base.metadata.create_all(connection)
        by_models = server_schema(connection, "models")
        connection.execute(text("SET search_path = public"))
        by_revisions = server_schema(connection)

    names = {row[0] for row in by_models}
    assert by_models == [row for row in by_revisions if row[0] in names]


# --- does it go up and down, and leave the schema as it was? --------------------------------------


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_taken_back_leaves_the_schema_as_it_was(place: Location, revision: str) -> None:
    """Up and down again is nothing, for each revision; and up once more is the same as once."""
    before = SCRIPTS.get_revision(revision).down_revision
    if before:
        migrate(place, "upgrade", str(before))
    was = schema_of(place)

    migrate(place, "upgrade", revision)
    once = schema_of(place)
    migrate(place, "downgrade", "-1")
    back = schema_of(place)
    migrate(place, "upgrade", revision)

    assert back == was
    assert schema_of(place) == once
    assert revision_of(place) == revision


def test_revisions_run_one_by_one_make_a_fresh_registry(empty_file: Path, place: Location) -> None:
    """An upgraded registry and a fresh one are the same to the letter."""
    for _ in REVISIONS:
        migrate(place, "upgrade", "+1")

    if place.path is not None:
        assert statements(place.path) == statements(empty_file)
    assert revision_of(place) == HEAD


def test_all_the_way_down_leaves_nothing(empty_registry: Location) -> None:
    """The lowest revision takes back what it made."""
    migrate(empty_registry, "downgrade", "base")

    assert not schema_of(empty_registry)
    assert revision_of(empty_registry) is None


def test_a_revision_that_is_none_is_a_users_mistake(empty_file: Path) -> None:
    """One line, no copy, nothing changed."""
    was = empty_file.read_bytes()

    with pytest.raises(UsageError, match="0077"):
        migrate(Location(empty_file, None), "upgrade", "0077")

    assert empty_file.read_bytes() == was
    assert names_in(empty_file.parent) == ["empty.db"]


def test_a_move_keeps_a_copy_and_says_what_it_did(seeded: Caseledger) -> None:
    """`db downgrade` and `db upgrade` name both revisions and the copy, which holds the rows."""
    path = Path(seeded.db)
    was = rows_of(Location(path, None))

    down, up = seeded("db", "downgrade", "-1"), seeded("db", "upgrade")

    before = REVISIONS[-2]
    assert down.err == (
        f"caseledger: the registry at {path} went from {HEAD} to {before};"
        f" as it was: {path}.{HEAD}-1.bak\n"
    )
    assert f"went from {before} to {HEAD}; as it was: {path}.{before}-1.bak" in up.err
    copy = path.with_name(f"registry.db.{HEAD}-1.bak")
    assert rows_of(Location(copy, None)) == was
    assert copy.stat().st_mode & 0o777 == 0o600
    assert (
        seeded("db", "upgrade").err == f"caseledger: the registry at {path} is at {HEAD} already\n"
    )
    assert len(names_in(path.parent)) == 3


# --- what a later revision may do -----------------------------------------------------------------

NEXT = f"{int(HEAD) + 1:04}"

LATER = """
from alembic import op
import sqlalchemy as sa

revision = "NEXT"
down_revision = "HEAD"

VIEWS = "SELECT name, sql FROM sqlite_schema WHERE type = 'view'"


def upgrade():
    bind = op.get_bind()
    views = bind.exec_driver_sql(VIEWS).all() if bind.dialect.name == "sqlite" else []
    for name, _ in views:
        op.execute(f"DROP VIEW {name}")
    with op.batch_alter_table("parties") as batch:
        batch.add_column(sa.Column("merged_into", sa.Integer))
        batch.create_foreign_key("fk_parties_merged_into", "parties", ["merged_into"], ["id"])
    THEN
    for _, sql in views:
        op.execute(sql)
"""
"""Rebuilds a table that others refer to: SQLite copies it, so the views are dropped meanwhile."""


class Revise:
    """Adds a revision to the program's: it rebuilds a parent table, and then something."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, then: str) -> None:
        """Write the revision."""
        revision = self._folder / "versions" / f"{NEXT}_later.py"
        later = LATER.replace("NEXT", NEXT).replace("HEAD", HEAD).replace("THEN", then)
        revision.write_text(later, encoding="utf-8")


@pytest.fixture
def revise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Revise:
    """A copy of the program's revisions to add one to."""
    folder = tmp_path / "later"
    shutil.copytree(ALEMBIC, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("caseledger.migrations.alembic_folder", lambda: folder)
    return Revise(folder)


def test_a_table_is_rebuilt_with_all_that_refers_to_it(
    seeded_registry: Location, revise: Revise
) -> None:
    """Batch mode copies a parent table; with foreign keys on, its children would be in the way."""
    revise("assert op.get_context().opts['render_as_batch'] == bool(views)")
    was = rows_of(seeded_registry)

    migrate(seeded_registry, "upgrade", "head")

    assert revision_of(seeded_registry) == NEXT
    assert rows_of(seeded_registry) == was
    with engine_for(seeded_registry).connect() as connection:
        assert connection.execute(text("SELECT merged_into FROM parties WHERE id = 1")).one()


FAILURES: list[tuple[str, type[Exception]]] = [
    ("op.execute('UPDATE parties SET is_named = 7')", RefusedError),
    ("op.execute('DELETE FROM parties')", RefusedError),
    ("raise LookupError('half-way')", LookupError),
]
"""A rule broken; references broken, which SQLite tells only when asked at the end; a slip."""


def test_a_revision_that_fails_leaves_the_registry_as_it_was(
    seeded_registry: Location, revise: Revise
) -> None:
    """Whatever fails, half-way or at the end: no row, no table, no copy is left of the attempt."""
    rows, schema = rows_of(seeded_registry), schema_of(seeded_registry)

    for then, error in FAILURES:
        revise(then)
        with pytest.raises(error):
            migrate(seeded_registry, "upgrade", "head")

        assert revision_of(seeded_registry) == HEAD
        assert rows_of(seeded_registry) == rows
        assert schema_of(seeded_registry) == schema
    if seeded_registry.path is not None:
        assert "_alembic_tmp" not in str(schema)
        assert names_in(seeded_registry.path.parent) == ["later", "registry.db"]


# --- `alembic` by hand ----------------------------------------------------------------------------


def alembic(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Alembic as a developer runs it, from the checkout."""
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-c", "alembic.ini", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize("setting", ["CASELEDGER_DB", "-x db=", "none"])
def test_alembic_upgrade_head_makes_the_registry_that_the_program_makes(
    tmp_path: Path, empty_file: Path, setting: str
) -> None:
    """From the checkout, at the place named either way, or at the program's own."""
    path = tmp_path / "data" / "caseledger" / "registry.db"
    given: dict[str, list[str]] = {"-x db=": ["-x", f"db={path}"]}
    environment = {"CASELEDGER_DB": {"CASELEDGER_DB": str(path)}}.get(setting, {})

    done = alembic(*given.get(setting, []), "upgrade", "head", **environment)

    assert done.returncode == 0, done.stderr
    assert statements(path) == statements(empty_file)
    assert path.stat().st_mode & 0o777 == 0o600
    assert names_in(path.parent) == ["registry.db"]
    ran = run_program("--db", str(path), "report", "--format", "csv")
    assert (ran.code, ran.err, len(ran.lines)) == (0, "", 1)


def test_alembic_check_finds_nothing_to_do(empty_file: Path) -> None:
    """What `alembic check` says from the checkout, with its own env.py."""
    done = alembic("check", CASELEDGER_DB=str(empty_file))

    assert "No new upgrade operations detected." in done.stdout + done.stderr


def test_alembic_leaves_the_database_of_another_program_alone(tmp_path: Path) -> None:
    """A slip in CASELEDGER_DB does not put our tables into someone else's file."""
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE tasks (id INTEGER)")
    was = path.read_bytes()

    done = alembic("upgrade", "head", CASELEDGER_DB=str(path))

    assert NotARegistryError.__name__ in done.stderr
    assert path.read_bytes() == was


def test_the_folder_of_revisions_is_no_package() -> None:
    """An `alembic/__init__.py` in the checkout would hide Alembic itself."""
    assert not (ALEMBIC / "__init__.py").exists()
    assert not (ALEMBIC / "versions" / "__init__.py").exists()


def test_every_revision_has_a_test_with_data() -> None:
    """An empty table hides most bugs of a migration."""
    tested = {path.stem for path in Path(__file__).parent.glob("migrations/test_*.py")}

    assert {f"test_{path.stem}" for path in (ALEMBIC / "versions").glob("*.py")} == tested
