"""Many entries that changed one tag for another at once: reported, not decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger import programs

if TYPE_CHECKING:
    from caseledger.db.reading import Reader

FEW = 5
"""Fewer than these are no mass."""


class Swap(NamedTuple):
    """A tag that most of its entries changed for another."""

    old: str
    new: str
    entries: int
    of: int

    def __str__(self) -> str:
        return (
            f"{self.entries} of the {self.of} entries under {self.old} are under {self.new} now: "
            "if that is only a new tag, it is not known here as one programme"
        )


def swaps(reader: Reader, version: int) -> list[Swap]:
    """Those that a list brought, of tags that are not known to be one programme."""
    found = [
        Swap(*row)
        for row in reader.rows(
            "SELECT o.program, n.program, count(*),"
            " (SELECT count(*) FROM ofac_programs w WHERE w.program = o.program"
            "   AND w.since < :version AND (w.until IS NULL OR w.until >= :version))"
            "  FROM ofac_programs o"
            "  JOIN ofac_programs n ON n.uid = o.uid AND n.since = o.until"
            " WHERE o.until = :version GROUP BY o.program, n.program"
            f" HAVING count(*) >= {FEW} ORDER BY count(*) DESC, o.program, n.program",
            {"version": version},
        )
    ]
    return [
        swap
        for swap in found
        if 2 * swap.entries > swap.of and programs.key(swap.old) != programs.key(swap.new)
    ]
