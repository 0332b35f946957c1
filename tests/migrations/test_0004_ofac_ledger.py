"""Revision 0004: from OFAC's list to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import reading
from caseledger.migrations import migrate
from caseledger.ofac import hands
from caseledger.ofac.ledger.following import DEFAULT
from tests.migrations.test_0002_views import report_of
from tests.migrations.test_0003_ofac import DAY, LISTED
from tests.ofac.lists import mirror, put
from tests.ofac.test_ledger import ledger

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location


def followed(location: Location) -> list[str]:
    """The programmes that are followed."""
    with reading(location) as reader:
        return [tag for (tag,) in reader.rows("SELECT tag FROM ofac_followed ORDER BY tag")]


def test_what_was_recorded_before_stays_and_programmes_are_followed(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Down with a list in it, and up again: the lists as they were, and the followed by default."""
    put(seeded_registry, LISTED, DAY, tmp_path)
    hands.follow(seeded_registry, ["TCO"], by="tester")
    reported, lists = report_of(seeded_registry), mirror(seeded_registry)

    migrate(seeded_registry, "downgrade", "0003")
    migrate(seeded_registry, "upgrade", "head")

    assert report_of(seeded_registry) == reported
    assert mirror(seeded_registry) == lists
    assert followed(seeded_registry) == list(DEFAULT)


def test_who_an_entry_is_is_worked_out_again_from_the_lists(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """The table of it goes with the revision; what was made is known by its keys."""
    put(seeded_registry, LISTED, DAY, tmp_path)
    given, reported = ledger(seeded_registry), report_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0003")
    migrate(seeded_registry, "upgrade", "head")
    hands.follow(seeded_registry, DEFAULT, by="tester")

    assert given["ties"]
    assert ledger(seeded_registry) == given
    assert report_of(seeded_registry) == reported
