"""Revision 0005: indexes leave out the rows that do not fill their column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.location import Location
from caseledger.db.reading import reading
from caseledger.migrations import migrate
from tests.migrations.test_0002_views import report_of
from tests.migrations.test_0003_ofac import DAY, LISTED
from tests.ofac.lists import put

if TYPE_CHECKING:
    from pathlib import Path


def test_reports_are_the_same_before_and_after(seeded_registry: Location, tmp_path: Path) -> None:
    """Down and up again, with the first source and a list in it."""
    put(seeded_registry, LISTED, DAY, tmp_path)
    reported = report_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0004")
    migrate(seeded_registry, "upgrade", "head")

    assert report_of(seeded_registry) == reported


def test_the_index_is_used_where_a_citation_is_looked_for(seeded_file: Path) -> None:
    """By the record that it is on: a sparse index serves any comparison with its column."""
    location = Location(seeded_file, None)
    with reading(location) as reader:
        plans = {
            column: [
                row[-1]
                for row in reader.rows(
                    f"EXPLAIN QUERY PLAN SELECT c.id FROM citations c WHERE c.{column} = :id",
                    {"id": 1},
                )
            ]
            for column in ("action_id", "affiliation_id", "name_id", "party_id", "tally_id")
        }

    assert plans == {
        column: [f"SEARCH c USING COVERING INDEX ix_citations_{column} ({column}=?)"]
        for column in plans
    }
