"""Revision 0001: the tables of the ledger."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from caseledger.cli.making import seed
from caseledger.db.reading import first, reading
from caseledger.db.revision import APPLICATION_ID, HEAD
from caseledger.db.writing import engine_for
from caseledger.migrations import migrate, revision_of

if TYPE_CHECKING:
    from caseledger.db.location import Location
    from tests.support import Caseledger

COUNT = "SELECT (SELECT count(*) FROM parties), (SELECT count(*) FROM citations)"


def test_down_and_up_again_leaves_an_empty_registry_that_works(seeded_registry: Location) -> None:
    """Its tables are gone with all that was in them, and come back for a new start."""
    migrate(seeded_registry, "downgrade", "base")
    gone = revision_of(seeded_registry)
    migrate(seeded_registry, "upgrade", "head")

    with reading(seeded_registry) as reader:
        assert first(reader, COUNT) == (0, 0)
    seed(seeded_registry)
    with reading(seeded_registry) as reader:
        assert first(reader, "SELECT count(*) FROM report_actions")[0] >= 20
    assert gone is None


def test_down_to_nothing_keeps_a_copy_with_everything(seeded: Caseledger) -> None:
    """The copy is a registry of its own, named after the revision that it is of."""
    path = Path(seeded.db)
    with closing(sqlite3.connect(path)) as connection:
        was = connection.execute(COUNT).fetchone()

    ran = seeded("db", "downgrade", "base")

    copy = path.with_name(f"registry.db.{HEAD}-1.bak")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute(COUNT).fetchone() == was
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert str(copy) in ran.err
    assert seeded("--db", str(copy), "report", "--cartel", "CJNG").code == 0


def test_a_registry_of_no_revision_is_still_ours(seeded: Caseledger) -> None:
    """The file keeps its mark, so that `init` takes it for a registry and brings it up."""
    seeded("db", "downgrade", "base")

    with closing(sqlite3.connect(seeded.db)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert seeded("report").code == 4
    assert seeded("init").code == 0
    assert seeded("report", "--cartel", "CJNG").code == 0


def test_a_row_written_at_0001_by_hand_is_kept_on_the_way_up(empty_registry: Location) -> None:
    """What the revision made takes rows as they are, and the next one finds them."""
    migrate(empty_registry, "downgrade", "base")
    migrate(empty_registry, "upgrade", "0001")
    with engine_for(empty_registry).begin() as connection:
        connection.execute(
            text(
                "INSERT INTO parties (id, dataset, key, kind, name, name_key, is_named, version,"
                " recorded_at, recorded_by) VALUES (7, 'local', 'x', 'person', 'Ñandú Inventado',"
                " 'nandu inventado', 1, 1, '2026-01-31T12:00:00Z', 'tester')"
            )
        )

    migrate(empty_registry, "upgrade", "head")

    with reading(empty_registry) as reader:
        assert list(reader.rows("SELECT party_id, ref, name, actions FROM people")) == [
            (7, "P7", "Ñandú Inventado", 0)
        ]
