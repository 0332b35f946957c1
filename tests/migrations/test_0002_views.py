"""Revision 0002: the views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from caseledger.db.reading import reading
from caseledger.db.writing import engine_for
from caseledger.migrations import migrate
from tests.test_migrations import rows_of

if TYPE_CHECKING:
    from caseledger.db.location import Location

REPORT = "SELECT * FROM report_actions ORDER BY action_id, affiliation_id"


def report_of(location: Location) -> list[tuple[object, ...]]:
    """What the report is read from."""
    with reading(location) as reader:
        return list(reader.rows(REPORT))


def test_down_and_up_again_keeps_every_row(seeded_registry: Location) -> None:
    """Views hold nothing: the tables are the same without them, and the report with them again."""
    reported = report_of(seeded_registry)
    migrate(seeded_registry, "downgrade", "0002")
    was = rows_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0001")
    without = rows_of(seeded_registry)
    migrate(seeded_registry, "upgrade", "0002")
    again = rows_of(seeded_registry)
    migrate(seeded_registry, "upgrade", "head")

    assert len(was["actions"]) == 20
    assert without == was
    assert again == was
    assert report_of(seeded_registry) == reported


def test_what_was_written_without_the_views_is_seen_through_them(seeded_registry: Location) -> None:
    """An action recorded at 0001 is in the report of 0002."""
    migrate(seeded_registry, "downgrade", "0001")
    with engine_for(seeded_registry).begin() as connection:
        connection.execute(
            text(
                "INSERT INTO actions (id, dataset, key, kind, subject_id, date, earliest, latest,"
                " date_kind, date_basis, version, recorded_at, recorded_by)"
                " SELECT 900, 'local', 'x', 'death', min(id), '2024', '2024-01-01', '2024-12-31',"
                " 'event', 'stated', 1, '2026-01-31T12:00:00Z', 'tester' FROM persons"
            )
        )

    migrate(seeded_registry, "upgrade", "head")

    with reading(seeded_registry) as reader:
        found = reader.rows("SELECT action, kind, date FROM report_actions WHERE action_id = 900")
        assert list(found) == [("A900", "death", "2024")]
