"""What the references of a file mean: records of the same file, or of the registry."""

from __future__ import annotations

from difflib import get_close_matches
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
    "group": "parties",
    "case": "cases",
    "source": "sources",
    "action": "actions",
    "tally": "tallies",
}
"""The table in which a sort of reference is looked for."""

SORT_NAMES = {"party": "person, organization or group"}
"""What a sort of reference is called, where its own name says little."""


class Resolver:
    """Gives the id behind a reference. Records of the file have theirs before they are written."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self._reader = reader
        self._document = document
        self._own: dict[str, dict[str, tuple[int, str]]] = {}
        self._elsewhere: dict[tuple[str, str], tuple[int, str] | None] = {}
        self._withdrawn: set[tuple[str, int]] = set()

    def know(self, table: str, entries: Iterable[tuple[Entry, int]]) -> None:
        """The ids that the entries of a table have or will have."""
        self._own[table] = {
            entry.key: (record_id, entry.stored.get("kind", entry.kind.name))
            for entry, record_id in entries
        }

    def know_withdrawn(self, table: str, ids: Iterable[int]) -> None:
        """Records of the file that were withdrawn in the registry since."""
        self._withdrawn.update((table, record_id) for record_id in ids)

    def is_withdrawn(self, table: str, record_id: int) -> bool:
        """Whether a record of the file was withdrawn in the registry since."""
        return (table, record_id) in self._withdrawn

    def resolve(self, entry: Entry, *, fresh: bool) -> None:
        """Put ids for the references of an entry, or note what cannot be found.

        What is `fresh` may not speak of a record that was withdrawn.
        """
        stored = entry.stored
        for column, value in stored.items():
            if value.__class__ is Reference:
                stored[column] = self._id(entry, value, fresh=fresh)
            elif value.__class__ is list:
                ids = [self._id(entry, reference, fresh=fresh) for reference in value]
                stored[column] = list(dict.fromkeys(ids))

    def _id(self, entry: Entry, reference: Reference, *, fresh: bool) -> Any:
        table = SORT_TABLES.get(reference.sort, reference.sort)
        found = self._own.get(table, {}).get(reference.text) or self._lookup(table, reference.text)
        if found is None:
            if reference is not self._document.source:  # which is told once, of the file
                self._document.refuse(entry.place, self._not_found(table, reference))
            return None
        if reference.sort in {"person", "organization", "group"} and found[1] != reference.sort:
            what = "an organization" if reference.sort == "organization" else f"a {reference.sort}"
            self._document.refuse(entry.place, f"{reference.text!r} is not {what}")
        if fresh and reference.sort != table and (table, found[0]) in self._withdrawn:
            self._document.refuse(
                entry.place, f"{reference.text!r} was withdrawn from the registry since"
            )
        return found[0]

    def require_source(self) -> None:
        """The source that is cited where a citation names none must be there."""
        source = self._document.source
        if (
            source
            and source.text
            and not (
                self._own.get("sources", {}).get(source.text)
                or self._lookup("sources", source.text)
            )
        ):
            said = self._not_found("sources", source)
            self._document.refuse("the file", f"default_source: {said}")

    def _not_found(self, table: str, reference: Reference) -> str:
        sort = SORT_NAMES.get(reference.sort, reference.sort)
        dataset, colon, key = reference.text.partition(":")
        if colon:
            return f"no {sort} has the key {key!r} in the dataset {dataset!r}"
        near = get_close_matches(reference.text, self._own.get(table, {}), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "one of another dataset is dataset:key"
        return f"no {sort} has the key {reference.text!r} in this file; {hint}"

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
