"""Giving a name to someone recorded without one: the same record, now named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.catalogue.parties import suffix_in
from caseledger.errors import RefusedError
from caseledger.models import Name, Party, Person
from caseledger.vocabulary import NameKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def give_name(session: Session, party: Party, given: Name) -> None:
    """Show a party by the name now known; what it was recorded as stays, as a description.

    Raises RefusedError for a group, and for a party that has a name.
    """
    if party.kind == "group":
        raise RefusedError(
            "a group has no name: record the person, and say that the group counted them already"
        )
    if party.is_named:
        raise RefusedError(f"{party.name} has a name already; record this one as an aka")
    session.add(
        Name(
            dataset=given.dataset,
            key=f"{given.key}/description",
            party=party,
            name=party.name,
            name_key=party.name_key,
            kind=NameKind.DESCRIPTION.value,
            recorded_at=given.recorded_at,
            recorded_by=given.recorded_by,
        )
    )
    party.name, party.name_key, party.is_named = given.name, given.name_key, 1
    party.corrected_at = given.recorded_at
    if isinstance(party, Person) and party.suffix is None:
        party.suffix = suffix_in(given.name)
