"""Revision 0004: from OFAC's list to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import reading
from caseledger.migrations import migrate
from tests.migrations.test_0002_views import report_of
from tests.ofac.lists import SmallList, mirror, put, sdn

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location


def test_what_was_recorded_before_stays_and_programmes_are_followed(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Down with a list in it, and up again: the lists as they were, and the followed by default."""
    put(seeded_registry, SmallList([sdn(99999, "NOBODY", "IRAN")]), "2021-01-01", tmp_path)
    reported, lists = report_of(seeded_registry), mirror(seeded_registry)

    migrate(seeded_registry, "downgrade", "0003")
    migrate(seeded_registry, "upgrade", "head")

    assert report_of(seeded_registry) == reported
    assert mirror(seeded_registry) == lists
    with reading(seeded_registry) as reader:
        tags = [tag for (tag,) in reader.rows("SELECT tag FROM ofac_followed ORDER BY tag")]
    assert tags == ["ILLICIT-DRUGS-EO*", "SDNT", "SDNTK", "TCO"]
