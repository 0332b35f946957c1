"""Actions that another source recorded already: recognised, so that they are one and not two."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from caseledger import dates, programs
from caseledger.ofac.ledger.shelves import DATASET

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.keeper import Values
    from caseledger.ofac.ledger.shelves import Shelf


class Recorded(NamedTuple):
    """A designation or a delisting by OFAC, from elsewhere."""

    id: int
    kind: str
    program: str
    earliest: str | None
    latest: str | None

    def is_same(self, shelf: Shelf, values: Values) -> bool:
        """Whether it is what the lists show: of one programme, at a time that they allow."""
        derived = dict(zip((*shelf.columns, *shelf.details), values, strict=True))
        return (
            self.kind == shelf.kind
            and self.program == programs.key(derived["program"])
            and dates.may_fall(self.earliest, self.latest, derived["earliest"], derived["latest"])
        )


def recorded_elsewhere(reader: Reader, agency: int | None) -> dict[int, list[Recorded]]:
    """Those under a programme, by their subject."""
    found: dict[int, list[Recorded]] = defaultdict(list)
    for subject, id_, kind, program, earliest, latest in reader.rows(
        "SELECT a.subject_id, a.id, a.kind, coalesce(d.program, e.program), a.earliest, a.latest"
        "  FROM actions a LEFT JOIN designations d ON d.id = a.id"
        "  LEFT JOIN delistings e ON e.id = a.id"
        " WHERE a.authority_id = :agency AND a.kind IN ('designation', 'delisting')"
        f"   AND a.dataset <> '{DATASET}' AND a.withdrawn_at IS NULL"
        "   AND coalesce(d.program, e.program) IS NOT NULL ORDER BY a.id",
        {"agency": agency},
    ):
        found[subject].append(Recorded(id_, kind, programs.key(program), earliest, latest))
    return dict(found)
