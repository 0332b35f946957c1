"""Citations to the lists: the version, the entry, and the words as they are printed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.ledger.shelves import CITATIONS, CITED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from caseledger.ofac.ledger.keeper import Keeper, Values


class Citations:
    """What is cited for the records that are derived, settled when all of them are known."""

    def __init__(self, sources: Mapping[int, int]) -> None:
        self._sources = sources
        """The source that each version is."""
        self._wanted: dict[str, Values] = {}
        self._spared: dict[str, set[int]] = {}

    def cite(
        self,
        record: int | None,
        column: str,
        key: str,
        *,
        version: int,
        uid: int,
        phrase: str | None = None,
        place: str = "",
    ) -> None:
        """Cite a version for a record: the words there, or what it does not show any more."""
        source = self._sources.get(version)
        if record is not None and source is not None:
            on: list[int | None] = [None] * len(CITED)
            on[CITED.index(column)] = record
            self._wanted[key] = (source, f"entry {uid}{place}", phrase, *on)

    def spare(self, column: str, records: set[int]) -> None:
        """Let the citations of these records be: a person's correction goes on citing its list."""
        self._spared.setdefault(column, set()).update(records)

    def settle(self, keeper: Keeper, heads: Collection[str] | None) -> None:
        """Hold what is cited against what is there."""
        first = len(CITATIONS.columns) - len(CITED)
        spared = [
            (first + CITED.index(column), records)
            for column, records in self._spared.items()
            if records
        ]
        keeper.settle(
            CITATIONS,
            self._wanted,
            heads,
            spare=lambda values: any(values[place] in records for place, records in spared),
        )
