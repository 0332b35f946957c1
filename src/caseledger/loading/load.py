"""One file into the registry: read, resolve, compare with what is there, write the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseledger import phrases
from caseledger.clock import now
from caseledger.db.writing import reader_of, writing
from caseledger.errors import ProblemsError, RefusedError
from caseledger.loading.document import Document, Entry, in_order, read_document
from caseledger.loading.resolving import Resolver
from caseledger.loading.tables import Table, allocate, existing_rows, insert
from caseledger.models import Name, Party
from caseledger.naming import give_name
from caseledger.vocabulary import ENDS, NameKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from caseledger.db.location import Location
    from caseledger.db.reading import Reader


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file added, by kind of record, and how much of it was there already."""

    added: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    kept: int = 0
    """Records that were withdrawn or corrected since: left as they are."""


def load_file(
    location: Location, text: str, name: str, *, by: str, as_json: bool, dry_run: bool = False
) -> Loaded:
    """Load a file's text, all of it or nothing.

    Raises ProblemsError with everything that is wrong in it, and the errors of `writing`.
    """
    document = read_document(text, name, as_json=as_json)
    with writing(location, dry_run=dry_run) as session:
        return _Load(session, document, by, dry_run=dry_run).run()


class _Load:
    """One load: the passes over a document, in order."""

    def __init__(self, session: Session, document: Document, by: str, *, dry_run: bool) -> None:
        self._session = session
        self._connection = session.connection()
        self._reader: Reader = reader_of(self._connection)
        self._document = document
        self._by = by
        self._dry_run = dry_run
        self._new: dict[str, list[tuple[Entry, int]]] = {}
        self._unchanged = self._kept = 0

    def run(self) -> Loaded:
        """Every pass; nothing is written before all is known to be right."""
        there = self._identify()
        for entry in self._document.entries:
            self._resolver.resolve(entry)
        self._refuse_if_wrong()
        for table, rows in there.items():
            self._compare(table, rows)
        self._check_phrases()
        self._check_ends()
        self._refuse_if_wrong()
        if not self._dry_run:
            self._write()
        counts = Counter(entry.kind.name for entries in self._new.values() for entry, _ in entries)
        return Loaded(dict(counts), self._unchanged, self._kept)

    def _refuse_if_wrong(self) -> None:
        if self._document.problems:
            raise ProblemsError(self._document.name, self._document.problems)

    def _identify(self) -> dict[str, list[tuple[Entry, dict[str, Any]]]]:
        """Tell the entries that are in the registry by their keys; give the others numbers."""
        self._resolver = Resolver(self._reader, self._document)
        there: dict[str, list[tuple[Entry, dict[str, Any]]]] = {}
        for table, entries in in_order(self._document):
            self._refuse_doubles(entries)
            rows = existing_rows(self._reader, table, self._document.dataset) if entries else {}
            there[table] = [(e, rows[e.key]) for e in entries if e.key in rows]
            fresh = [entry for entry in entries if entry.key not in rows]
            ids = allocate(self._reader, table, len(fresh), dry_run=self._dry_run)
            self._new[table] = list(zip(fresh, ids, strict=True))
            known = [(entry, row["id"]) for entry, row in there[table]]
            self._resolver.know(table, [*known, *self._new[table]])
        return there

    def _refuse_doubles(self, entries: list[Entry]) -> None:
        first: dict[str, str] = {}
        for entry in entries:
            place = first.setdefault(entry.key, entry.place)
            if place is not entry.place and entry.key:
                self._document.refuse(
                    entry.place, f"the key {entry.key!r} is that of {place}: give it one of its own"
                )

    def _compare(self, table: str, rows: list[tuple[Entry, dict[str, Any]]]) -> None:
        """A record that is there must say the same; one corrected or withdrawn since is let be."""
        for entry, row in rows:
            if row["corrected_at"] or row["withdrawn_at"]:
                self._kept += 1
                continue
            self._unchanged += 1
            for column, value in Table.of(entry.kind).comparable(entry.stored).items():
                there = row.get(column)
                if there != value:
                    self._document.refuse(
                        entry.place,
                        f"{table} {entry.key!r} is in the registry with another {column}: "
                        f"{there!r} there, {value!r} here; it is not overwritten",
                    )

    def _check_phrases(self) -> None:
        """Where the text of a source is kept, a phrase cited from it is found in it."""
        texts = {
            record_id: entry.stored["text"]
            for entry, record_id in self._new["sources"]
            if entry.stored.get("text")
        }
        texts |= dict(self._reader.rows("SELECT source_id, text FROM source_texts"))
        if not texts:
            return
        plain = {source: phrases.plain(text) for source, text in texts.items()}
        for entry, _ in self._new["citations"]:
            text, phrase = plain.get(entry.stored["source_id"]), entry.stored.get("phrase")
            if text and phrase and phrases.plain(phrase) not in text:
                self._document.refuse(entry.place, f"the source does not say {phrase!r}")

    def _check_ends(self) -> None:
        """A release ends an arrest, not a charge."""
        new = {record_id: entry.kind.name for entry, record_id in self._new["actions"]}
        for entry, _ in self._new["actions"]:
            ended = entry.stored.get("ends_id")
            if ended is None:
                continue
            kind = (
                new.get(ended)
                or next(
                    iter(
                        self._reader.rows("SELECT kind FROM actions WHERE id = :id", {"id": ended})
                    )
                )[0]
            )
            if kind not in ENDS[entry.kind.name]:  # type: ignore[index]
                self._document.refuse(entry.place, f"a {entry.kind.name} does not end a {kind}")

    def _write(self) -> None:
        stamp = {"version": 1, "recorded_at": now(), "recorded_by": self._by}
        base = {"dataset": self._document.dataset, **stamp}
        for entries in self._new.values():
            for group in _in_groups(entries):
                insert(self._connection, Table.of(group[0][0].kind), base, group)
        self._name_the_unnamed()

    def _name_the_unnamed(self) -> None:
        for entry, record_id in self._new["names"]:
            if entry.stored["kind"] == NameKind.PRIMARY:
                given = self._session.get_one(Name, record_id)
                party = self._session.get_one(Party, entry.stored["party_id"])
                try:
                    give_name(self._session, party, given)
                except RefusedError as error:
                    self._document.refuse(entry.place, str(error))
        self._refuse_if_wrong()


def _in_groups(entries: list[tuple[Entry, int]]) -> list[list[tuple[Entry, int]]]:
    """Entries whose rows have the same columns together, each after those that it refers to."""
    groups: dict[tuple[int, str], list[tuple[Entry, int]]] = {}
    depths = _depths(entries)
    for entry, record_id in entries:
        key = (depths.get(record_id, 0), entry.kind.name)
        groups.setdefault(key, []).append((entry, record_id))
    return [groups[key] for key in sorted(groups, key=lambda key: key[0])]


def _depths(entries: list[tuple[Entry, int]]) -> dict[int, int]:
    """How many records of the same table stand between each and one that refers to none."""
    above = {
        record_id: entry.stored.get("ends_id") or entry.stored.get("part_of_id")
        for entry, record_id in entries
    }
    depths: dict[int, int] = {}
    for record_id in above:
        chain = [record_id]
        while (parent := above.get(chain[-1])) in above and parent not in chain:
            chain.append(parent)
        depths[record_id] = len(chain) - 1
    return depths
