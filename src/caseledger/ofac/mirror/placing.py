"""Putting one list into the mirror, batch by batch: only what differs from its neighbours."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from caseledger.ofac.errors import ListError
from caseledger.ofac.mirror import texts
from caseledger.ofac.mirror.families import (
    ADDRESSES,
    ALIASES,
    CELLS,
    COMMENTS,
    ENTRIES,
    FAMILIES,
    PRIMARY,
    PROGRAMS,
)
from caseledger.ofac.mirror.spans import Compared, Edit, Place, put_in
from caseledger.ofac.mirror.suspicion import Signs
from caseledger.ofac.mirror.versions import beside
from caseledger.ofac.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from caseledger.db.direct import Writer
    from caseledger.ofac.mirror.families import Family, Held, Key, Value
    from caseledger.ofac.mirror.summary import Counts, Imported
    from caseledger.ofac.parse.records import Batch, Entry

_NONE = -1
"""No version has it as its number: where there is no neighbour."""


class Placing:
    """One list on its way into the mirror."""

    def __init__(
        self,
        writer: Writer,
        version: int,
        marks: Mapping[str, bool],
        found: Imported,
        file_of: Callable[[str], str],
    ) -> None:
        self._writer = writer
        self._version, self._marks, self._found = version, marks, found
        self._file_of = file_of
        self._seen = Seen()
        self._beside = {
            family: beside(writer, version, family.having)
            for family in FAMILIES
            if self._speaks_of(family)
        }
        self.signs = Signs(version)
        self.totals = {"entries": 0, "names": 0, "addresses": 0, "comments": 0}
        self.unaddressed = 0

    def _speaks_of(self, family: Family) -> bool:
        """Whether the list has the file that shows these values."""
        return family.having is None or self._marks[family.having]

    def place(self, batch: Batch) -> Iterator[int]:
        """A batch, file by file; yields how many rows are in. Raises ListError.

        That is where a file belongs to another list.
        """
        listed, known = self._main(batch)
        yield sum(self.totals.values())
        self._aliases(batch, listed)
        yield sum(self.totals.values())
        self._addresses(batch, listed, known)
        self._comments(batch, listed)
        yield sum(self.totals.values())

    def _main(self, batch: Batch) -> tuple[set[int], set[int]]:
        """The main file: the numbers listed, and those of them that the list before had."""
        facts: dict[Key, Value] = {}
        names: dict[Key, Value] = {}
        programs: dict[Key, Value] = {}
        cells: dict[Key, Value] = {}
        printed: dict[int, str] = {}
        nothing: Value = ()
        for entry in batch.entries:
            uid = entry.uid
            self._note(entry, batch)
            facts[uid,] = (entry.type, *entry[4:11])
            names[uid, 0] = ("primary", entry.name, None)
            for program in entry.programs:
                programs[uid, program] = nothing
            if entry.remarks is not None:
                number = texts.number_of(entry.remarks)
                cells[uid,] = (number,)
                printed[number] = entry.remarks
        listed = {uid for (uid,) in facts}
        uids = None if batch.is_whole else listed
        self.totals["entries"] += len(facts)
        entries = self._put(ENTRIES, facts, uids)
        changed = {uid for (uid,), _, _ in entries.changed}
        for _, old, new in entries.changed:
            self._found.fields.update(
                column for column, a, b in zip(ENTRIES.values, old, new, strict=True) if a != b
            )
        fresh = {uid for (uid,) in entries.added} | {uid for (uid,) in entries.removed}
        for family, shown, field in (
            (PRIMARY, names, "name"),
            (PROGRAMS, programs, "programs"),
            (CELLS, cells, "remarks"),
        ):
            compared = self._put(family, shown, uids, printed if family is CELLS else None)
            keys = chain(compared.added, compared.removed, (key for key, _, _ in compared.changed))
            touched = {key[0] for key in keys} - fresh
            self._found.fields[field] += len(touched)
            changed |= touched
        self._found.added += len(entries.added)
        self._found.removed += len(entries.removed)
        self._found.changed += len(changed)
        known = listed - {uid for (uid,) in entries.added}
        self._found.unchanged += len(known) - len(changed)
        self.signs.removed += len(entries.removed)
        self.signs.missing += (uid for (uid,) in entries.missing)
        return listed, known

    def _note(self, entry: Entry, batch: Batch) -> None:
        uid = entry.uid
        if not self._seen.add(uid) and not batch.is_whole:
            raise ListError(self._file_of("sdn"), None, f"the number {uid} stands there twice")
        self.signs.highest = max(self.signs.highest, uid)

    def _aliases(self, batch: Batch, listed: set[int]) -> None:
        if batch.aliases is None:
            return
        shown: dict[Key, Value] = {(row[0], row[1]): row[2:] for row in batch.aliases}
        named = [key[0] for key in shown]
        self._refuse_foreign("names", named, listed, self._file_of("alt"))
        self.totals["names"] += len(shown)
        compared = self._put(ALIASES, shown, self._uids(batch, listed))
        self._count(self._found.names, compared)
        if batch.is_whole:
            self.signs.note_lost_names(compared.removed, listed, max(named, default=0))
            self._note_beyond("names", named, listed)

    def _addresses(self, batch: Batch, listed: set[int], known: set[int]) -> None:
        """An empty row says that there is no address; it counts, and is not kept."""
        if batch.addresses is None:
            return
        empty = (None, None, None, None)
        shown: dict[Key, Value] = {}
        addressed: list[int] = []
        for row in batch.addresses:
            addressed.append(row.uid)
            if row[2:] != empty:
                shown[row[0], row[1]] = row[2:]
        self._refuse_foreign("addresses", addressed, listed, self._file_of("add"))
        self.totals["addresses"] += len(addressed)
        if batch.is_whole:  # SDN.XML has no empty addresses
            without = listed.difference(addressed)
            self.unaddressed += len(without)
            self.signs.without_address += without & known
            self._note_beyond("addresses", addressed, listed)
        self._count(self._found.addresses, self._put(ADDRESSES, shown, self._uids(batch, listed)))

    def _comments(self, batch: Batch, listed: set[int]) -> None:
        if batch.comments is None:
            return
        shown: dict[Key, Value] = {(row.uid,): (row.text,) for row in batch.comments}
        self._found.orphans["comments"] += sum(uid not in listed for (uid,) in shown)
        self.totals["comments"] += len(shown)
        self._count(self._found.comments, self._put(COMMENTS, shown, self._uids(batch, listed)))

    def _note_beyond(self, kind: str, uids: list[int], listed: set[int]) -> None:
        """Rows of entries that would come after the last of the main file: it may be cut."""
        self.signs.beyond[kind] = sum(uid > self.signs.highest for uid in set(uids) - listed)

    def _refuse_foreign(self, kind: str, uids: list[int], listed: set[int], file: str) -> None:
        """A few rows of entries that are gone are normal; mostly such rows are another list's."""
        orphans = sum(uid not in listed for uid in uids)
        self._found.orphans[kind] += orphans
        if orphans * 2 > len(uids):
            place = next(number for number, uid in enumerate(uids, 1) if uid not in listed)
            raise ListError(
                file,
                place,
                f"it belongs to another list: {orphans} of its {len(uids)} rows are of entries "
                "that the main file does not have",
            )

    @staticmethod
    def _uids(batch: Batch, listed: set[int]) -> set[int] | None:
        return None if batch.is_whole else listed

    @staticmethod
    def _count(counts: Counts, compared: Compared) -> None:
        counts.added += len(compared.added)
        counts.removed += len(compared.removed)
        counts.changed += len(compared.changed)

    def _put(
        self,
        family: Family,
        shown: dict[Key, Value],
        uids: set[int] | None,
        printed: Mapping[int, str] | None = None,
    ) -> Compared:
        """Write what differs; `uids` are those that `shown` speaks for, None for all."""
        _, after = self._beside[family]
        edit, compared = Edit(family), Compared()
        put_in(edit, compared, shown, self._held(family, uids), Place(self._version, after))
        if printed is not None:
            new = {row[3] for row in edit.inserted if row[1] == self._version}
            texts.keep(self._writer, {text: printed[text] for text in new})
        edit.write(self._writer)
        return compared

    def _held(self, family: Family, uids: set[int] | None) -> Iterable[Held]:
        """The rows that the neighbours show: of those entries, or all."""
        before, after = self._beside[family]
        if before is None and after is None:
            return ()
        where = "(since <= :before AND (until IS NULL OR until > :before)) OR since = :after"
        given: dict[str, Any] = {
            "before": _NONE if before is None else before,
            "after": _NONE if after is None else after,
        }
        if uids is not None:
            where = f"({where}) AND {self._writer.within('uid', 'uids')}"
            given["uids"] = self._writer.ids(uids)
        return family.held(self._writer, where, given)

    def end(self) -> None:
        """What none of the batches spoke of is gone; for a list that came in several."""
        for family in self._beside:
            edit, compared = Edit(family), Compared()
            rows = self._unseen(family)
            put_in(edit, compared, {}, rows, Place(self._version, self._beside[family][1]))
            edit.write(self._writer)
            if family is ENTRIES:
                self._found.removed += len(compared.removed)
                self.signs.removed += len(compared.removed)
                self.signs.missing += (uid for (uid,) in compared.missing)
            for kind, counts in (
                (ALIASES, self._found.names),
                (ADDRESSES, self._found.addresses),
                (COMMENTS, self._found.comments),
            ):
                if family is kind:
                    self._count(counts, compared)

    def _unseen(self, family: Family) -> Iterator[Held]:
        return (row for row in self._held(family, None) if row.key[0] not in self._seen)
