"""What the references of a file mean: records of the same file, or of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.fields import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from caseledger.db.reading import Reader
    from caseledger.loading.document import Document, Entry

SORT_TABLES = {
    "party": "parties",
    "person": "parties",
    "organization": "parties",
    "case": "cases",
    "source": "sources",
    "action": "actions",
    "tally": "tallies",
}
"""The table in which a sort of reference is looked for."""


class Resolver:
    """Gives the id behind a reference. Records of the file have theirs before they are written."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self._reader = reader
        self._document = document
        self._own: dict[str, dict[str, tuple[int, str]]] = {}
        self._elsewhere: dict[tuple[str, str], tuple[int, str] | None] = {}

    def know(self, table: str, entries: Iterable[tuple[Entry, int]]) -> None:
        """The ids that the entries of a table have or will have."""
        self._own[table] = {
            entry.key: (record_id, entry.stored.get("kind", entry.kind.name))
            for entry, record_id in entries
        }

    def resolve(self, entry: Entry) -> None:
        """Put ids for the references of an entry, or note what cannot be found."""
        stored = entry.stored
        for column, value in stored.items():
            if value.__class__ is Reference:
                stored[column] = self._id(entry, value)
            elif value.__class__ is list:
                ids = [self._id(entry, reference) for reference in value]
                stored[column] = list(dict.fromkeys(ids))

    def _id(self, entry: Entry, reference: Reference) -> Any:
        table = SORT_TABLES.get(reference.sort, reference.sort)
        found = self._own.get(table, {}).get(reference.text) or self._lookup(table, reference.text)
        if found is None:
            self._document.refuse(
                entry.place,
                f"no {reference.sort} has the key {reference.text!r} in this file; a record of "
                "another dataset is written dataset:key",
            )
            return None
        if reference.sort in {"person", "organization"} and found[1] != reference.sort:
            self._document.refuse(entry.place, f"{reference.text!r} is not a {reference.sort}")
        return found[0]

    def _lookup(self, table: str, text: str) -> tuple[int, str] | None:
        """A living record of the registry: `dataset:key`, or a key of the same dataset."""
        if (table, text) not in self._elsewhere:
            dataset, colon, key = text.partition(":")
            if not colon:
                dataset, key = self._document.dataset, text
            kind = "kind" if table in {"parties", "actions"} else f"'{table}'"
            rows = self._reader.rows(
                f"SELECT id, {kind} FROM {table}"
                " WHERE dataset = :dataset AND key = :key AND withdrawn_at IS NULL",
                {"dataset": dataset, "key": key},
            )
            self._elsewhere[table, text] = next(iter(rows), None)
        return self._elsewhere[table, text]
