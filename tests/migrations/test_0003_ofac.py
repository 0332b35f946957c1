"""Revision 0003: OFAC's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.migrations import migrate
from tests.migrations.test_0002_views import report_of
from tests.ofac.lists import SmallList, mirror, put, sdn

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location


def test_what_was_recorded_before_stays(seeded_registry: Location, tmp_path: Path) -> None:
    """Down with a list in it, and up again: the ledger as it was, and no list."""
    put(seeded_registry, SmallList([sdn(99999, "NOBODY", "IRAN")]), "2021-01-01", tmp_path)
    reported = report_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0002")
    migrate(seeded_registry, "upgrade", "head")

    assert report_of(seeded_registry) == reported
    assert not any(mirror(seeded_registry).values())
