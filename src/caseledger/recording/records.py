"""Recording what is no action: people, organizations, names, relations, cases, sources, tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from caseledger.catalogue import (
    AFFILIATION,
    CASE,
    KINSHIP,
    NAME,
    ORGANIZATION,
    PERSON,
    SOURCE,
    TALLY,
)
from caseledger.errors import RefusedError, UsageError
from caseledger.models import (
    Affiliation,
    Case,
    Kinship,
    Name,
    Organization,
    Party,
    Person,
    Source,
    SourceText,
    Tally,
    UnnamedGroup,
)
from caseledger.naming import give_name, refuse_naming
from caseledger.recording.actions import affiliate
from caseledger.recording.called import reference_of
from caseledger.references import misread, parse
from caseledger.vocabulary import CountQualifier, NameKind, PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from caseledger.catalogue import RecordKind
    from caseledger.fields import Stored
    from caseledger.recording.desk import Desk


def record_person(desk: Desk, values: Mapping[str, object]) -> Person:
    """A person. Raises AlreadyThereError, and SimilarError for one of a similar name."""
    stored = _new_party(desk, PERSON, values)
    for group in stored.get("counted_in", ()):
        _refuse_full(group)
    return desk.record(Person, **stored)


def _refuse_full(group: UnnamedGroup) -> None:
    """Nobody is one more of six of whom six are known, nor of a larger group that has them.

    Raises RefusedError.
    """
    for each in _with_those_around(group):
        known = {party for party in _inside(each) if party.kind == PartyKind.PERSON}
        if each.qualifier == CountQualifier.EXACTLY and len(known) >= (each.headcount or 0):
            raise RefusedError(
                f"{reference_of(each)} {each.name} has {each.headcount} people,"
                f" and {len(known)} of them are known already"
            )


def _with_those_around(group: UnnamedGroup) -> list[UnnamedGroup]:
    """A group and the larger ones that it was counted in."""
    found = [group]
    for each in found:
        found += [larger for larger in each.counted_in if larger not in found]
    return found


def _inside(group: UnnamedGroup) -> list[Party]:
    """Everyone counted in a group, and in the groups inside it."""
    found = list(group.members)
    for party in found:
        if isinstance(party, UnnamedGroup):
            found += [member for member in party.members if member not in found]
    return found


def record_organization(desk: Desk, values: Mapping[str, object]) -> Organization:
    """An organization. Raises as `record_person` does."""
    return desk.record(Organization, **_new_party(desk, ORGANIZATION, values))


def _new_party(desk: Desk, kind: RecordKind, values: Mapping[str, object]) -> Stored:
    stored = desk.read(kind, values)
    _refuse_reference(desk, stored["name"], kind.name)
    desk.refuse_known(stored["name"], kind.name)
    return stored


def _refuse_reference(desk: Desk, text: str, what: str) -> None:
    """Nothing goes by `S1` but what the reference means."""
    if (parse(text) or misread(text)) and not desk.new:
        a = "an" if what[0] in "aeiou" else "a"
        raise UsageError(f"{text!r} reads as a reference; --new records {a} {what} of that name")


def record_name(desk: Desk, values: Mapping[str, object]) -> Name:
    """Another form of a party's name; `primary` names someone recorded without a name.

    Raises RefusedError where the party has that form already, and AlreadyThereError where the
    primary name is somebody else's: the two may be one.
    """
    stored = desk.read(NAME, values)
    party: Party = stored["party"]
    if stored["kind"] == NameKind.DESCRIPTION:
        raise UsageError("--kind: a description is kept when somebody is named, and not by hand")
    forms = {party.name_key: party.name} | {
        name.name_key: name.name for name in party.names if name.withdrawn_at is None
    }
    if stored["name_key"] in forms and stored["kind"] != NameKind.PRIMARY:
        raise RefusedError(f"{party.name} goes by {forms[stored['name_key']]!r} already")
    if stored["kind"] == NameKind.PRIMARY:
        refuse_naming(party)
        desk.refuse_known(stored["name"], party.kind)
    name = desk.record(Name, **stored)
    if stored["kind"] == NameKind.PRIMARY:
        desk.notes.append(f"{reference_of(party)} was recorded as {party.name!r}, which is kept")
        give_name(desk.session, party, name)
    return name


def record_affiliation(desk: Desk, values: Mapping[str, object]) -> Affiliation:
    """What a party is to an organization. An identical one that is there is not doubled."""
    return affiliate(desk, desk.read(AFFILIATION, values))


def record_kinship(desk: Desk, values: Mapping[str, object]) -> Kinship:
    """What a person is to a relative; one that says the same is not doubled but cited again.

    Raises RefusedError for a person and themselves.
    """
    stored = desk.read(KINSHIP, values)
    person, relative = stored["person"], stored["relative"]
    if person is relative:
        raise RefusedError(f"{person.name} cannot be their own relative")
    same = select(Kinship).where(
        Kinship.person_id == person.id,
        Kinship.relative_id == relative.id,
        Kinship.relation == stored["relation"],
        Kinship.withdrawn_at.is_(None),
    )
    if there := desk.session.scalars(same).first():
        desk.record_again(there)
        return there
    return desk.record(Kinship, **stored)


def record_case(desk: Desk, values: Mapping[str, object]) -> Case:
    """An operation or a docket. Raises AlreadyThereError."""
    stored = desk.read(CASE, values)
    _refuse_reference(desk, stored["title"], "case")
    desk.refuse_title(stored["title_key"], "case")
    return desk.record(Case, **stored)


def record_tally(desk: Desk, values: Mapping[str, object]) -> Tally:
    """A total that a source claims."""
    return desk.record(Tally, **desk.read(TALLY, values))


def record_source(desk: Desk, values: Mapping[str, object]) -> Source:
    """A document. Its text, where it is given, is kept so that phrases can be found in it.

    Raises AlreadyThereError.
    """
    stored = desk.read(SOURCE, values)
    _refuse_reference(desk, stored["title"], "source")
    desk.refuse_title(stored["title_key"], "source")
    text = stored.pop("text", None)
    if text:
        stored["text"] = SourceText(text=text)
    return desk.record(Source, **stored)
