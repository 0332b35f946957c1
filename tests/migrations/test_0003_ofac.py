"""Revision 0003: OFAC's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.migrations import migrate
from tests.migrations.test_0002_views import report_of
from tests.ofac.lists import SmallList, mirror, put, sdn
from tests.ofac.test_ledger import ledger

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location

DAY = "2021-01-01"
LISTED = SmallList(
    [
        sdn(1, "OROZCO RODRIGUEZ, Sergio Armando", remarks="DOB 1970; Linked To: INVENTED GANG;"),
        sdn(2, "NOBODY", "IRAN"),
        sdn(9, "INVENTED GANG", "TCO", type_=None),
    ],
    aliases=[(1, 5, "aka", "EL UNO", None)],
    addresses=[(1, 7, "Calle 1", "Colima", "Mexico", None)],
    comments=[(1, " Gender Male.")],
)
"""A list with a row for every table of the mirror, and every kind of record that it gives."""


def test_what_was_recorded_before_stays(seeded_registry: Location, tmp_path: Path) -> None:
    """Down with a list in it, and up again: the ledger as it was, and no list."""
    put(seeded_registry, LISTED, DAY, tmp_path)
    reported = report_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0002")
    migrate(seeded_registry, "upgrade", "head")

    assert report_of(seeded_registry) == reported
    assert not any(mirror(seeded_registry).values())


def test_what_the_list_gave_is_known_again_when_it_is_imported_again(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """The records that it gave stay without it, and are the same records with it."""
    put(seeded_registry, LISTED, DAY, tmp_path)
    given, lists = ledger(seeded_registry), mirror(seeded_registry)
    reported = report_of(seeded_registry)

    migrate(seeded_registry, "downgrade", "0002")
    migrate(seeded_registry, "upgrade", "head")
    put(seeded_registry, LISTED, DAY, tmp_path)

    assert all(lists.values())
    assert mirror(seeded_registry) == lists
    assert ledger(seeded_registry) == given
    assert report_of(seeded_registry) == reported
