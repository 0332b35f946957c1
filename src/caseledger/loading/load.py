"""One file into the registry: read, resolve, compare with what is there, write the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from caseledger.clock import now
from caseledger.collector import uncollected
from caseledger.db.writing import reader_of, writing
from caseledger.errors import ProblemsError
from caseledger.fields import recorder
from caseledger.loading.document import CITED, Document, Entry, in_order, read_document
from caseledger.loading.namesakes import namesakes_in
from caseledger.loading.resolving import Resolver
from caseledger.loading.rules import problems_in, told
from caseledger.loading.tables import Table, allocate, existing_rows, insert, insert_links
from caseledger.models import Name, Party
from caseledger.naming import give_name
from caseledger.vocabulary import NameKind

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
    with uncollected():
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
        self._by = recorder(by)
        self._dry_run = dry_run
        self._new: dict[str, list[tuple[Entry, int]]] = {}
        self._unchanged = self._kept = 0

    def run(self) -> Loaded:
        """Every pass; nothing is written before all is known to be right."""
        if not self._document.dataset:
            self._refuse_if_wrong()  # of another dataset, all the rest would look wrong
        there = self._identify()
        self._resolve(there)
        for rows in there.values():
            self._compare(rows)
        wrong = {problem.place for problem in self._document.problems}
        found = chain(
            problems_in(self._reader, self._new),
            namesakes_in(self._reader, self._new, self._document.dataset),
        )
        for entry, problem in list(found):
            if entry.place not in wrong:  # one mistake is told once
                self._document.refuse(entry.place, problem)
        self._refuse_if_wrong()
        if not self._dry_run:
            self._write()
        counts = Counter(entry.kind.name for entries in self._new.values() for entry, _ in entries)
        return Loaded(dict(counts), self._unchanged, self._kept)

    def _refuse_if_wrong(self) -> None:
        """Raise everything that is wrong, in the order of the file."""
        if self._document.problems:
            order = {entry.place: number for number, entry in enumerate(self._document.entries)}
            problems = sorted(self._document.problems, key=lambda p: order.get(p.place, -1))
            raise ProblemsError(self._document.name, problems)

    def _identify(self) -> dict[str, list[tuple[Entry, dict[str, Any]]]]:
        """Tell the entries that are in the registry by their keys; give the others numbers."""
        self._resolver = Resolver(self._reader, self._document)
        there: dict[str, list[tuple[Entry, dict[str, Any]]]] = {}
        for table, entries in in_order(self._document):
            if table != "citations":  # whose keys are made from those of what they support
                self._refuse_doubles(entries)
            rows = existing_rows(self._reader, table, self._document.dataset) if entries else {}
            there[table] = [(e, rows[e.key]) for e in entries if e.key in rows]
            fresh = [entry for entry in entries if entry.key not in rows]
            ids = allocate(self._reader, table, len(fresh), dry_run=self._dry_run)
            self._new[table] = list(zip(fresh, ids, strict=True))
            known = [(entry, row["id"]) for entry, row in there[table]]
            self._resolver.know(table, [*known, *self._new[table]])
            withdrawn = [row["id"] for _, row in there[table] if row["withdrawn_at"]]
            self._resolver.know_withdrawn(table, withdrawn)
        return there

    def _resolve(self, there: dict[str, list[tuple[Entry, dict[str, Any]]]]) -> None:
        self._resolver.require_source()
        for table, entries in self._new.items():
            for entry, _ in there[table]:
                self._resolver.resolve(entry, fresh=False)
            for entry, _ in entries:
                self._resolver.resolve(entry, fresh=True)
        # A citation of a record that was withdrawn is let be, as the record is.
        cited = self._new["citations"]
        self._new["citations"] = [
            (entry, number) for entry, number in cited if not self._is_of_withdrawn(entry)
        ]
        self._kept += len(cited) - len(self._new["citations"])

    def _is_of_withdrawn(self, citation: Entry) -> bool:
        return any(
            self._resolver.is_withdrawn(table, citation.stored[column])
            for table, column in CITED.items()
            if column in citation.stored
        )

    def _refuse_doubles(self, entries: list[Entry]) -> None:
        first: dict[str, str] = {}
        for entry in entries:
            place = first.setdefault(entry.key, entry.place)
            if place is not entry.place and entry.key:
                self._document.refuse(
                    entry.place, f"the key {entry.key!r} is that of {place}: give it one of its own"
                )

    def _compare(self, rows: list[tuple[Entry, dict[str, Any]]]) -> None:
        """A record that is there must say the same; one corrected or withdrawn since is let be."""
        wrong = {problem.place for problem in self._document.problems}
        for entry, row in rows:
            if row["corrected_at"] or row["withdrawn_at"]:
                self._kept += 1
                continue
            self._unchanged += 1
            if entry.place in wrong:
                continue
            differing = list(Table.of(entry.kind).differing(entry.stored, row))
            if differing:
                said = told(entry.kind.name, differing)
                self._document.refuse(
                    entry.place, f"it is in the registry with another {said}; it is not overwritten"
                )

    def _write(self) -> None:
        stamp = {"version": 1, "recorded_at": now(), "recorded_by": self._by}
        base = {"dataset": self._document.dataset, **stamp}
        for entries in self._new.values():
            groups = _in_groups(entries)
            for group in groups:
                insert(self._connection, Table.of(group[0][0].kind), base, group)
            for group in groups:
                insert_links(self._connection, group)
        self._name_the_unnamed()

    def _name_the_unnamed(self) -> None:
        for entry, record_id in self._new["names"]:
            if entry.stored["kind"] == NameKind.PRIMARY:
                given = self._session.get_one(Name, record_id)
                party = self._session.get_one(Party, entry.stored["party_id"])
                give_name(self._session, party, given)


def _in_groups(entries: list[tuple[Entry, int]]) -> list[list[tuple[Entry, int]]]:
    """Entries whose rows have the same columns together, each after those that it refers to.

    A chain of one kind stays one group, in its order: rows are written one after another.
    """
    groups: dict[tuple[int, str], list[tuple[Entry, int]]] = {}
    depths = _depths(entries)
    if depths:
        entries = sorted(entries, key=lambda numbered: depths.get(numbered[1], 0))
    levels: dict[int, int] = {}
    kinds = {record_id: entry.kind.name for entry, record_id in entries} if depths else {}
    for entry, record_id in entries:
        level = 0
        if (above := _above(entry)) in kinds:
            level = levels[above] + (kinds[above] != entry.kind.name)
        levels[record_id] = level
        groups.setdefault((level, entry.kind.name), []).append((entry, record_id))
    return [groups[key] for key in sorted(groups, key=lambda key: key[0])]


def _above(entry: Entry) -> int:
    """The record of the same table that a record refers to; 0 for none."""
    return entry.stored.get("ends_id") or entry.stored.get("part_of_id") or 0


def _depths(entries: list[tuple[Entry, int]]) -> dict[int, int]:
    """How many records of the same table stand between each and one that refers to none."""
    above = {record_id: upper for entry, record_id in entries if (upper := _above(entry))}
    depths: dict[int, int] = {}
    for record_id in above:
        chain = [record_id]
        while chain[-1] not in depths and (upper := above[chain[-1]]) in above:
            chain.append(upper)
        for link in reversed(chain):
            depths.setdefault(link, depths.get(above[link], 0) + 1)
    return depths
