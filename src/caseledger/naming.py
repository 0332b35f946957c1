"""Giving a name to someone recorded without one: the same record, now named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.catalogue.parties import suffix_in
from caseledger.errors import RefusedError
from caseledger.models import Name, Party, Person
from caseledger.vocabulary import NameKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def refuse_naming(party: Party) -> None:
    """Raises RefusedError for a group, and for a party that has a name."""
    if party.kind == "group":
        raise RefusedError("a group has no name of its own: record the person who is named")
    if party.is_named:
        raise RefusedError(f"{party.name} has a name already; record this one as an aka")


def give_name(session: Session, party: Party, given: Name) -> None:
    """Show a party by the name now known; what it was recorded as stays, as a description.

    Raises what `refuse_naming` raises.
    """
    refuse_naming(party)
    session.add(
        Name(
            dataset=given.dataset,
            key=_kept_key(given),
            party=party,
            name=party.name,
            name_key=party.name_key,
            kind=NameKind.DESCRIPTION.value,
            recorded_at=given.recorded_at,
            recorded_by=given.recorded_by,
        )
    )
    show_by(party, given, when=given.recorded_at)


def show_by(party: Party, given: Name, *, when: str) -> None:
    """Show a party by a name that was given to it."""
    party.name, party.name_key, party.is_named = given.name, given.name_key, 1
    party.corrected_at = when
    if isinstance(party, Person) and party.suffix is None:
        party.suffix = suffix_in(given.name)


def take_name(party: Party, given: Name, description: Name, *, when: str) -> None:
    """Show a party again by the description that it was recorded under."""
    party.name, party.name_key, party.is_named = description.name, description.name_key, 0
    party.corrected_at = when
    if isinstance(party, Person) and party.suffix == suffix_in(given.name):
        party.suffix = None


def description_kept(given: Name) -> Name | None:
    """What a party was recorded as before this name was given to it."""
    return next((name for name in given.party.names if name.key == _kept_key(given)), None)


def _kept_key(given: Name) -> str:
    return f"{given.key}/description"
