"""The desk at which one thing is recorded: who records it, on whose word, and what came of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from caseledger import names
from caseledger.catalogue import CITATION, ORGANIZATION, PERSON, RecordKind
from caseledger.catalogue.roles import unfit_for
from caseledger.clock import now
from caseledger.db.writing import reader_of
from caseledger.errors import (
    AlreadyThereError,
    AmbiguousError,
    NicknameError,
    RefusedError,
    SimilarError,
    UsageError,
)
from caseledger.fields import Reference, Stored, recorder
from caseledger.lookup import Found, find, parties_like, parties_named
from caseledger.models import (
    Action,
    Case,
    Citation,
    Organization,
    Party,
    Person,
    Record,
    Source,
    Tally,
    UnnamedGroup,
)
from caseledger.printed import Quote, Sources
from caseledger.recording.called import cited_as, reference_of
from caseledger.references import misread, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from caseledger.fields import Sort

LOCAL = "local"
"""The dataset of what is recorded by hand."""

R = TypeVar("R", bound=Record)

_MODELS: dict[str, type[Any]] = {
    "party": Party,
    "person": Person,
    "organization": Organization,
    "group": UnnamedGroup,
    "case": Case,
    "action": Action,
    "tally": Tally,
    "source": Source,
}


@dataclass
class Cite:
    """The source, the place in it and the phrase that support what is recorded."""

    source: str | Source
    """A title or a reference; or a source that is recorded in the same unit of work."""
    section: str | None = None
    phrase: str | None = None


@dataclass
class Desk:
    """Finds or makes what a new record speaks of, and cites everything that is made."""

    session: Session
    by: str
    cite: Cite | None = None
    new: bool = False
    """Record someone else of a name that is there, or of a similar one."""
    again: bool = False
    """Record an action although the same is recorded already."""
    others: Collection[str] = ()
    """Names of which somebody said that they are someone else's than the similar ones there."""
    types: Mapping[str, str] = field(default_factory=dict)
    """What an organization is said to be, by its place: `organization`, `cartel`."""
    notes: list[str] = field(default_factory=list)
    """What was made by the way, and whom things were attached to."""
    made: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by = recorder(self.by)
        self.reader = reader_of(self.session.connection())
        self._fresh: dict[tuple[str, str], Party] = {}
        self._source: Source | None = None
        self._prints: Sources | None = None
        self._stamp = now()

    def record(self, model: type[R], **columns: Any) -> R:
        """A new record of this hour, under a key of its own, cited where records are cited."""
        item = model(**columns, **self._kept())
        self.session.add(item)
        self.made.append(item)
        if attribute := cited_as(item):
            self.session.add(Citation(**{attribute: item}, **self._says(), **self._kept()))
        return item

    def record_again(self, item: Record) -> None:
        """A record that is there and says the same: cited once more, not recorded twice."""
        attribute, says = cited_as(item), self._says()
        wanted = {column: value for column, value in says.items() if value is not None}
        same = select(Citation.id).where(
            getattr(Citation, f"{attribute}_id") == item.id,
            Citation.withdrawn_at.is_(None),
            *(getattr(Citation, column) == value for column, value in wanted.items()),
        )
        if says["source"].id is not None and self.session.scalars(same).first():
            self.notes.append(f"{reference_of(item)} says so already")
            return
        self.session.add(Citation(**{str(attribute): item}, **says, **self._kept()))
        self.notes.append(
            f"{reference_of(item)} says so already; {reference_of(says['source'])} is cited for it"
        )

    def _says(self) -> dict[str, Any]:
        """The source, the place in it and the phrase. Raises UsageError, RefusedError."""
        source = self.source()
        assert self.cite is not None  # noqa: S101 - there is a source
        section, phrase = self.cite.section or None, self.cite.phrase or None
        given = {"section": section, "phrase": phrase}
        stored, problems = CITATION.read(given, apart=("source",), typed=True)
        if problems:
            raise UsageError("; ".join(problems))
        quote = Quote(None, source.id, stored.get("section"), stored.get("phrase"))
        for _, why in self._prints.unsaid([quote]) if self._prints else ():
            raise RefusedError(f"{source.title!r} {why}")
        return {
            "source": source,
            "section": stored.get("section"),
            "phrase": stored.get("phrase"),
        }

    def _kept(self) -> dict[str, Any]:
        """What every record carries."""
        return {
            "dataset": LOCAL,
            "key": secrets.token_hex(8),
            "recorded_at": self._stamp,
            "recorded_by": self.by,
        }

    def source(self) -> Source:
        """The source that everything here is cited to."""
        if self._source is None:
            if self.cite is None:
                raise UsageError("--source is missing: every record says how it is known")
            given = self.cite.source
            self._source = self.get(given, "source") if isinstance(given, str) else given
            if self._source.id:  # else it was made just now, and nothing is known of it yet
                self._prints = Sources(self.reader, [self._source.id])
        return self._source

    def read(self, kind: RecordKind, values: Mapping[str, object]) -> Stored:
        """The columns that typed values fill, references resolved. Raises UsageError."""
        stored, problems = kind.read(values, typed=True)
        if problems:
            raise UsageError("; ".join(problems))
        return self.resolve(stored)

    def resolve(self, stored: Stored) -> Stored:
        """Put records for references: `authority_id`, a name, becomes `authority`, the agency."""
        resolved: Stored = {}
        for column, value in stored.items():
            if isinstance(value, Reference):
                resolved[column.removesuffix("_id")] = self.referred(value, column)
            elif isinstance(value, list):
                found = [self.referred(reference, column) for reference in value]
                resolved[column] = list(dict.fromkeys(found))
            else:
                resolved[column] = value
        return resolved

    def referred(self, reference: Reference, column: str) -> Any:
        """The record that a typed reference means; an organization that is not there is made."""
        if reference.sort == "organization":
            role = column.removesuffix("_id").replace("_", " ")
            return self.organization(reference.text, _TYPES.get(column, "unknown"), role=role)
        return self.get(reference.text, reference.sort)

    def get(self, text: str, sort: Sort) -> Any:
        """A record that must be there. Raises the errors of `lookup.find`."""
        found = find(self.reader, text, sort)
        self._refuse_nickname(text, [found])
        return self.session.get_one(_MODELS[sort], found.id)

    def person(self, name: str, **columns: object) -> Person:
        """The person of a name or reference, as the subject of an action; made if not there."""
        party = self._find_or_make(
            name, "person", namesake=self.new, values={**columns, "name": name}
        )
        assert isinstance(party, Person)  # noqa: S101 - the sort says so
        return party

    def organization(self, name: str, type_: str, *, role: str | None = None) -> Organization:
        """The organization of a name or reference; made if not there.

        With a role it stands beside the subject, as the cartel or the authority does: `--new` makes
        a namesake of the subject only, and what is named beside it is the one that is there.
        """
        said = self.types.get(role or "organization")
        values: dict[str, object] = {"name": name, "type": said or type_}
        party = self._find_or_make(
            name, "organization", namesake=self.new and role is None, values=values, role=role
        )
        assert isinstance(party, Organization)  # noqa: S101 - the sort says so
        if not parse(name) and (why := unfit_for(role, party.type)):
            meant = f"; say {reference_of(party)} if it is meant" if party.id else ""
            raise RefusedError(f"{name!r} {why}{meant}")
        if said and said != party.type:
            raise RefusedError(
                f"{reference_of(party)} {party.name} is recorded as {party.type}, not as {said}"
            )
        return party

    def _find_or_make(
        self,
        name: str,
        sort: Sort,
        *,
        namesake: bool,
        values: dict[str, object],
        role: str | None = None,
    ) -> Party:
        if not names.key(name):
            raise UsageError(f"{name!r} is no name: it has no letter and no digit")
        if fresh := self._fresh.get((sort, names.key(name))):
            return fresh
        if parse(name):
            party: Party = self.get(name, sort)
            return party
        if not self.new and (why := misread(name)):
            raise UsageError(why)
        exact = parties_named(self.reader, name, sort)
        if exact and not namesake:
            self._refuse_nickname(name, exact)
            if len(exact) > 1:
                raise AmbiguousError(sort, name, [str(found) for found in exact], part=False)
            self.notes.append(f"{role}: {exact[0]}" if role else f"attached to {exact[0]}")
            return self.session.get_one(Party, exact[0].id)
        if not exact:
            self._refuse_other_kind(name, sort)
            self._refuse_similar(name, sort)
        return self._make(name, sort, values)

    def refuse_known(self, name: str, sort: Sort) -> None:
        """Someone of that name, or of a similar one, may be the one who is meant.

        Raises AlreadyThereError or SimilarError, unless it is `new`.
        """
        if self.new:
            return
        if known := parties_named(self.reader, name, sort):
            raise AlreadyThereError(sort, name, [str(found) for found in known])
        self._refuse_other_kind(name, sort)
        self._refuse_similar(name, sort)

    def refuse_title(self, title_key: str, sort: Sort) -> None:
        """A case or a source of that title is there. Raises AlreadyThereError, unless `new`."""
        model = _MODELS[sort]
        wanted = select(model).where(model.title_key == title_key, model.withdrawn_at.is_(None))
        known = self.session.scalars(wanted.order_by(model.id)).all()
        if known and not self.new:
            listed = [f"{reference_of(item)} {item.title}" for item in known]
            raise AlreadyThereError(sort, known[0].title, listed)

    def _refuse_nickname(self, name: str, found: Sequence[Found]) -> None:
        """A nickname alone attaches nothing to anyone."""
        if found and all(party.by_nickname for party in found):
            raise NicknameError(name, [str(party) for party in found])

    def _refuse_other_kind(self, name: str, sort: Sort) -> None:
        """A person of a cartel's name is a slip, nearly always, and so is the other way round."""
        other = "organization" if sort == "person" else "person"
        known = [] if self.new else parties_named(self.reader, name, other)
        if strong := [str(found) for found in known if not found.by_nickname]:
            raise RefusedError(
                f"{name!r} is the name of {', '.join(strong)}, {_a(other)};"
                f" --new records {_a(sort)} of that name"
            )

    def _refuse_similar(self, name: str, sort: Sort) -> None:
        similar = [] if self.new or name in self.others else parties_like(self.reader, name, sort)
        if similar:
            raise SimilarError(sort, name, [str(found) for found in similar])

    def _make(self, name: str, sort: Sort, values: dict[str, object]) -> Party:
        kind, model = (PERSON, Person) if sort == "person" else (ORGANIZATION, Organization)
        stored = self.read(kind, values)
        party: Party = self.record(model, **stored)
        self._fresh[sort, names.key(name)] = party
        return party

    def flush(self, *, dry_run: bool) -> None:
        """Write, so that what was made has its references; a dry run writes nothing."""
        if not dry_run:
            self.session.flush()


_TYPES = {
    "authority_id": "agency",
    "announced_by_id": "agency",
    "cooperation": "agency",
    "prosecution_by_id": "agency",
}
"""What an organization is taken to be that is only known by what it did."""


def _a(word: str) -> str:
    """The word with its article."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
