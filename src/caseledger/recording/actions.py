"""Recording actions: one per subject, each tied to the organization it was done for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from caseledger import models
from caseledger.catalogue import ACTIONS, AFFILIATION, GROUP, PERSON
from caseledger.catalogue.endings import unfit_to_end
from caseledger.catalogue.subjects import not_yet, unfit_subject
from caseledger.clock import today
from caseledger.errors import RefusedError, UsageError
from caseledger.models import Action, Affiliation, GroupMember, Organization, Party, UnnamedGroup
from caseledger.recording.called import reference_of
from caseledger.recording.earlier import refuse_again, suggest_end
from caseledger.vocabulary import ActionKind, PartyKind, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.fields import Stored
    from caseledger.recording.desk import Desk


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom it was done to: named, referred to, or only counted."""

    people: Sequence[str] = ()
    organizations: Sequence[str] = ()
    references: Sequence[str] = ()
    count: str | None = None
    qualifier: str | None = None
    described: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What the subjects are to an organization."""

    organization: str
    relation: str | None = None
    title: str | None = None
    alleged: bool = False


def record_actions(
    desk: Desk,
    kind: ActionKind,
    values: Mapping[str, object],
    subjects: Subjects,
    tie: Tie | None = None,
) -> list[Action]:
    """One action per subject. Raises UsageError, RefusedError and the errors of lookup."""
    desk.source()
    parties = list(dict.fromkeys(_parties(desk, subjects)))
    if not parties:
        raise UsageError("say to whom: --person, --organization, --subject, or --people")
    stored = _read(desk, kind, values)
    if why := not_yet(stored, today()):
        raise RefusedError(why)
    for party in parties:
        if why := unfit_subject(kind, party.kind):
            raise RefusedError(f"{_called(party)} {why}")
        _check_end(desk, kind, stored, party)
        refuse_again(desk, kind, stored, party)
        suggest_end(desk, kind, stored, party)
    if tie:
        organization = desk.organization(tie.organization, "cartel", role="cartel")
        for party in parties:
            tie_to(desk, party, organization, tie)
    model: type[Action] = getattr(models, kind.value.capitalize())
    return [desk.record(model, subject=party, **stored) for party in parties]


def _read(desk: Desk, kind: ActionKind, values: Mapping[str, object]) -> dict[str, object]:
    """The columns of an action, but for its subject, which is found apart."""
    stored, problems = ACTIONS[kind].read(values, apart=("subject",), typed=True)
    if problems:
        raise UsageError("; ".join(problems))
    return desk.resolve(stored)


def _parties(desk: Desk, subjects: Subjects) -> list[Party]:
    found: list[Party] = [desk.get(text, "party") for text in subjects.references]
    found += [desk.person(name) for name in subjects.people]
    found += [desk.organization(name, "unknown") for name in subjects.organizations]
    if subjects.count is not None:
        found.append(_counted(desk, subjects))
    elif subjects.described is not None or subjects.qualifier:
        raise UsageError("--described, --at-least and --about go with --people")
    return found


def _counted(desk: Desk, subjects: Subjects) -> Party:
    """People whom the source counts but does not name; one is a person without a name."""
    if not subjects.described:
        raise UsageError('--people needs --described "what the source says of them"')
    if _is_one(subjects.count) and not subjects.qualifier:
        unnamed = desk.read(PERSON, {"name": subjects.described, "unnamed": True})
        return desk.record(models.Person, **unnamed)
    values = {
        "name": subjects.described,
        "people": subjects.count,
        "qualifier": subjects.qualifier,
    }
    return desk.record(UnnamedGroup, **desk.read(GROUP, values))


def _called(party: Party) -> str:
    return f"{reference_of(party)} {party.name}" if party.id else party.name


def _is_one(count: str | None) -> bool:
    """Whether a count is the number 1; what is wrong with another is told with the group's."""
    try:
        return bool(GROUP.by_name["people"].read(count)["minimum"] == 1)
    except ValueError:
        return False


def tie_to(desk: Desk, party: Party, organization: Organization, tie: Tie) -> Affiliation:
    """The affiliation that says so. With nothing said of it, one that is there already will do.

    What is alleged here and asserted there is said anew: neither hides the other.
    """
    standing = "alleged" if tie.alleged else None
    if tie.relation is None and tie.title is None:
        for there in _affiliations(desk, party, organization):
            if standing in {None, there.standing}:
                desk.notes.append(f"F{there.id} says {there.relation} already")
                return there
    values = {"relation": tie.relation, "title": tie.title, "standing": standing}
    stored, problems = AFFILIATION.read(values, apart=("party", "organization"), typed=True)
    if problems:
        raise UsageError("; ".join(problems))
    return affiliate(desk, {**stored, "party": party, "organization": organization})


_SAYS = ("relation", "title", "standing", "period")


def affiliate(desk: Desk, stored: Stored) -> Affiliation:
    """What a party is to an organization; one that says the same is not doubled but cited again.

    Raises RefusedError where the party is the organization itself, or a person a faction.
    """
    party, organization = stored["party"], stored["organization"]
    if party is organization:
        raise RefusedError(f"{party.name} cannot be affiliated to itself")
    if stored["relation"] == Relation.FACTION and party.kind != PartyKind.ORGANIZATION:
        raise RefusedError(f"a faction is an organization, and {party.name} is a {party.kind}")
    for affiliation in _affiliations(desk, party, organization):
        if all(getattr(affiliation, column) == stored.get(column) for column in _SAYS):
            desk.record_again(affiliation)
            return affiliation
    columns = {name: value for name, value in stored.items() if not name.endswith("_id")}
    return desk.record(Affiliation, **columns)


def _affiliations(desk: Desk, party: Party, organization: Organization) -> list[Affiliation]:
    """The living affiliations of a party to an organization, first recorded first."""
    if party.id is None or organization.id is None:
        return []
    wanted = select(Affiliation).where(
        Affiliation.party_id == party.id,
        Affiliation.organization_id == organization.id,
        Affiliation.withdrawn_at.is_(None),
    )
    return list(desk.session.scalars(wanted.order_by(Affiliation.id)))


def _check_end(desk: Desk, kind: ActionKind, stored: Stored, party: Party) -> None:
    """A release ends an earlier arrest of the same people: not a charge, not another's."""
    ended = stored.get("ends")
    if not isinstance(ended, Action):
        return
    if why := unfit_to_end(kind, stored, ended.kind, vars(ended)):
        raise RefusedError(f"{reference_of(ended)} {why}")
    if ended.subject_id == party.id:
        return
    if party.id is None or desk.session.get(GroupMember, (ended.subject_id, party.id)) is None:
        raise RefusedError(
            f"{reference_of(ended)} was done to {ended.subject.name}, not to {party.name}"
        )
