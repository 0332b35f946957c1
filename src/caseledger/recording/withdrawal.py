"""Taking a record that should never have been there out of every report, keeping it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from caseledger.clock import now
from caseledger.db.reading import first
from caseledger.db.writing import reader_of
from caseledger.errors import NoReferenceError, RefusedError, UsageError
from caseledger.fields import text_of
from caseledger.lookup import find_reference
from caseledger.models import (
    Action,
    Affiliation,
    Case,
    Citation,
    Kinship,
    Name,
    Party,
    Source,
    Tally,
)
from caseledger.models.sources import CITED
from caseledger.naming import description_kept, refuse_naming, show_by, take_name
from caseledger.references import LETTERS, Reference, parse
from caseledger.vocabulary import NameKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found


SPEAKS = (
    ("actions", "subject_id", "parties"),
    ("actions", "authority_id", "parties"),
    ("actions", "announced_by_id", "parties"),
    ("actions", "case_id", "cases"),
    ("actions", "ends_id", "actions"),
    ("affiliations", "party_id", "parties"),
    ("affiliations", "organization_id", "parties"),
    ("kinships", "person_id", "parties"),
    ("kinships", "relative_id", "parties"),
    ("names", "party_id", "parties"),
    ("cases", "organization_id", "parties"),
    ("tallies", "authority_id", "parties"),
    ("tallies", "part_of_id", "tallies"),
    ("citations", "source_id", "sources"),
)
"""Which records speak of which: table, column, and the table of what is spoken of."""

_SUPPORTS = (
    ("citations", "action_id", "actions"),
    ("citations", "affiliation_id", "affiliations"),
    ("citations", "name_id", "names"),
    ("citations", "kinship_id", "kinships"),
    ("citations", "tally_id", "tallies"),
    ("citations", "party_id", "parties"),
    ("citations", "case_id", "cases"),
)
"""What a citation supports: it goes with it, and keeps nothing from being withdrawn."""

_PARTS = (
    ("cooperations", "organization_id", "action_id", "actions"),
    ("arrests", "prosecution_by_id", "id", "actions"),
)
"""Parties spoken of in what belongs to a record: table, column, the record's id, its table.

Not who was counted in a group: the group stands without them, as unnamed as before.
"""

_MODELS: dict[str, type[Any]] = {
    "parties": Party,
    "actions": Action,
    "cases": Case,
    "sources": Source,
    "affiliations": Affiliation,
    "kinships": Kinship,
    "names": Name,
    "tallies": Tally,
    "citations": Citation,
}

_CITING = {
    Party: Citation.party_id,
    Action: Citation.action_id,
    Case: Citation.case_id,
    Affiliation: Citation.affiliation_id,
    Kinship: Citation.kinship_id,
    Name: Citation.name_id,
    Tally: Citation.tally_id,
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out, or brought back."""

    reference: str
    name: str
    with_it: int
    """Its own citations and names, which went with it."""


def withdraw(session: Session, text: str, reason: str) -> Withdrawal:
    """Withdraw a record with a reason.

    Raises UsageError, NoReferenceError, and RefusedError where living records speak of it: they
    would be left without a subject, a source, an organization.
    """
    reader, reference = _reference(session, text)
    why = _reason(reason)
    found = find_reference(reader, reference, withdrawn=True)
    if gone := _get(session, reference).withdrawn_reason:
        raise RefusedError(f"{found} is withdrawn already: {gone}; --undo brings it back")
    if speaking := list(_speaking_of(reader, reference)):
        listed = ", ".join(speaking[:8]) + (" …" if len(speaking) > 8 else "")
        verb = "speaks" if len(speaking) == 1 else "speak"
        raise RefusedError(f"{found} cannot be withdrawn: {listed} {verb} of it")
    record = _get(session, reference)
    if isinstance(record, Citation):
        _refuse_last(reader, record)
    stamp = now()
    own = list(_own(session, record))
    if isinstance(record, Name):
        own += _unnamed(record, found, stamp)
    record.withdrawn_at, record.withdrawn_reason = stamp, why
    for item in own:
        item.withdrawn_at, item.withdrawn_reason = stamp, _along(reference, why)
    return Withdrawal(str(reference), found.name, len(own))


def _along(reference: Reference, why: str) -> str:
    """The reason of what went with a record: it comes back with that record, and with no other."""
    return f"with {reference}: {why}"


def _went_with(session: Session, record: Any) -> Reference | None:
    """The record that a withdrawn one went with."""
    match = re.match(r"with ([A-Z][0-9]+): ", record.withdrawn_reason)
    owner = parse(match[1]) if match else None
    gone = owner and session.get(_MODELS[owner.kept.table], owner.id)
    if owner and gone and gone.withdrawn_at == record.withdrawn_at:
        return owner if record.withdrawn_reason == _along(owner, gone.withdrawn_reason) else None
    return None


def _unnamed(name: Name, found: Found, stamp: str) -> list[Name]:
    """Withdrawing the name that was given to someone: the description stands for them again.

    Raises RefusedError for that description itself.
    """
    if name.kind == NameKind.DESCRIPTION:
        raise RefusedError(f"{found} is what somebody was recorded as before the name was known")
    description = description_kept(name) if name.kind == NameKind.PRIMARY else None
    if description is None:
        return []
    take_name(name.party, name, description, when=stamp)
    return [description]


def bring_back(session: Session, text: str) -> Withdrawal:
    """Undo a withdrawal, with what went with it.

    Raises RefusedError where the record is not withdrawn, or speaks of one that is.
    """
    reader, reference = _reference(session, text)
    found = find_reference(reader, reference, withdrawn=True)
    record = _get(session, reference)
    stamp, why = record.withdrawn_at, record.withdrawn_reason
    if stamp is None:
        raise RefusedError(f"{found} is not withdrawn")
    if owner := _went_with(session, record):
        raise RefusedError(f"{found} was withdrawn with {owner}, and comes back with it")
    gone = list(_spoken_of(reader, reference))
    if gone:
        raise RefusedError(
            f"{found} speaks of {', '.join(gone)}, withdrawn too; bring that back first"
        )
    own = [
        item
        for item in _own(session, record, withdrawn=True)
        if (item.withdrawn_at, item.withdrawn_reason) == (stamp, _along(reference, why))
    ]
    if isinstance(record, Name) and (description := description_kept(record)):
        refuse_naming(record.party)
        show_by(record.party, record, when=now())
        own.append(description)
    for item in (record, *own):
        item.withdrawn_at = item.withdrawn_reason = None
    return Withdrawal(str(reference), found.name, len(own))


def _reference(session: Session, text: str) -> tuple[Reader, Reference]:
    reference = parse(text)
    if reference is None:
        raise UsageError(f"{text!r} is no reference; withdraw takes one, like A12")
    return reader_of(session.connection()), reference


def _reason(text: str) -> str:
    try:
        return text_of(text)
    except ValueError as error:
        raise UsageError(f"--reason: {error}") from error


def _get(session: Session, reference: Reference) -> Any:
    record = session.get(_MODELS[reference.kept.table], reference.id)
    if record is None:
        raise NoReferenceError(str(reference))
    return record


def _own(session: Session, record: Any, *, withdrawn: bool = False) -> Iterator[Any]:
    """What is part of a record and goes with it: its citations, and a party's names with theirs."""
    column = _CITING.get(record.__mapper__.base_mapper.class_)
    if column is not None:
        for citation in session.scalars(select(Citation).where(column == record.id)):
            if (citation.withdrawn_at is not None) == withdrawn:
                yield citation
    if isinstance(record, Party):
        for name in record.names:
            if (name.withdrawn_at is not None) == withdrawn:
                yield name
                yield from _own(session, name, withdrawn=withdrawn)


def _speaking_of(reader: Reader, reference: Reference) -> Iterator[str]:
    """The living records that would be left without what they speak of."""
    for table, column, target in SPEAKS:
        if target == reference.kept.table and table != "names":
            for row in reader.rows(
                f"SELECT {_ref(table, 's')} FROM {table} s"
                f" WHERE s.{column} = :id AND s.withdrawn_at IS NULL ORDER BY s.id",
                {"id": reference.id},
            ):
                yield row[0]
    if reference.kept.table == "parties":
        for part, column, owner, table in _PARTS:
            for row in reader.rows(
                f"SELECT {_ref(table, 's')} FROM {part} w JOIN {table} s ON s.id = w.{owner}"
                f" WHERE w.{column} = :id AND s.withdrawn_at IS NULL ORDER BY s.id",
                {"id": reference.id},
            ):
                yield row[0]


def _spoken_of(reader: Reader, reference: Reference) -> Iterator[str]:
    """What a record speaks of that is itself withdrawn."""
    for table, column, target in (*SPEAKS, *_SUPPORTS):
        if table == reference.kept.table:
            for row in reader.rows(
                f"SELECT {_ref(target, 't')} FROM {table} s JOIN {target} t ON t.id = s.{column}"
                " WHERE s.id = :id AND t.withdrawn_at IS NOT NULL",
                {"id": reference.id},
            ):
                yield row[0]
    for part, column, owner, table in _PARTS:
        if table == reference.kept.table:
            for row in reader.rows(
                f"SELECT {_ref('parties', 't')} FROM {part} w JOIN parties t ON t.id = w.{column}"
                f" WHERE w.{owner} = :id AND t.withdrawn_at IS NOT NULL ORDER BY t.id",
                {"id": reference.id},
            ):
                yield row[0]


def _ref(table: str, alias: str) -> str:
    """SQL for the reference of a row."""
    if table == "parties":
        return f"upper(substr({alias}.kind, 1, 1)) || {alias}.id"
    letter = next(letter for letter, kept in LETTERS.items() if kept.table == table)
    return f"'{letter}' || {alias}.id"


def _refuse_last(reader: Reader, citation: Citation) -> None:
    """Every record cites: its last citation stays as long as the record does."""
    for column in CITED:
        value = getattr(citation, column)
        if value is None:
            continue
        count = first(
            reader,
            f"SELECT count(*) FROM citations WHERE {column} = :id AND withdrawn_at IS NULL",
            {"id": value},
        )[0]
        if count <= 1:
            raise RefusedError(f"L{citation.id} is the only citation of its record")
