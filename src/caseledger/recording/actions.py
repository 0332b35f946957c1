"""Recording actions: one per subject, each tied to the organization it was done for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from caseledger import models
from caseledger.catalogue import ACTIONS, AFFILIATION, GROUP, PERSON
from caseledger.errors import RefusedError, UsageError
from caseledger.models import Action, Affiliation, GroupMember, Organization, Party, UnnamedGroup
from caseledger.vocabulary import ENDS, ActionKind

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
    model: type[Action] = getattr(models, kind.value.capitalize())
    actions = []
    for party in parties:
        _check_end(desk, kind, stored.get("ends"), party)
        actions.append(desk.record(model, subject=party, **stored))
    if tie:
        organization = desk.organization(tie.organization, "cartel")
        for party in parties:
            tie_to(desk, party, organization, tie)
    return actions


def _read(desk: Desk, kind: ActionKind, values: Mapping[str, object]) -> dict[str, object]:
    """The columns of an action, but for its subject, which is found apart."""
    stored, problems = ACTIONS[kind].read(values, apart=("subject",))
    if problems:
        raise UsageError("; ".join(problems))
    return desk.resolve(stored)


def _parties(desk: Desk, subjects: Subjects) -> list[Party]:
    found: list[Party] = [desk.get(text, "party") for text in subjects.references]
    found += [desk.person(name) for name in subjects.people]
    found += [desk.organization(name, "unknown", subject=True) for name in subjects.organizations]
    if subjects.count is not None:
        found.append(_counted(desk, subjects))
    elif subjects.described or subjects.qualifier:
        raise UsageError("--described, --at-least and --about go with --people")
    return found


def _counted(desk: Desk, subjects: Subjects) -> Party:
    """People whom the source counts but does not name; one is a person without a name."""
    if not subjects.described:
        raise UsageError('--people needs --described "what the source says of them"')
    if subjects.count == "1" and not subjects.qualifier:
        unnamed = desk.read(PERSON, {"name": subjects.described, "unnamed": True})
        return desk.record(models.Person, **unnamed)
    values = {
        "name": subjects.described,
        "people": subjects.count,
        "qualifier": subjects.qualifier,
    }
    return desk.record(UnnamedGroup, **desk.read(GROUP, values))


def tie_to(desk: Desk, party: Party, organization: Organization, tie: Tie) -> Affiliation:
    """The affiliation that says so. With nothing said of it, one that is there already will do."""
    there = _affiliations(desk, party, organization)
    if not (tie.relation or tie.title or tie.alleged) and there:
        return there[0]
    values = {
        "relation": tie.relation,
        "title": tie.title,
        "standing": "alleged" if tie.alleged else None,
    }
    stored, problems = AFFILIATION.read(values, apart=("party", "organization"))
    if problems:
        raise UsageError("; ".join(problems))
    return affiliate(desk, {**stored, "party": party, "organization": organization})


_SAYS = ("relation", "title", "standing", "period")


def affiliate(desk: Desk, stored: Stored) -> Affiliation:
    """What a party is to an organization; one that says the same is not doubled.

    Raises RefusedError where the party is the organization itself.
    """
    party, organization = stored["party"], stored["organization"]
    if party is organization:
        raise RefusedError(f"{party.name} cannot be affiliated to itself")
    for affiliation in _affiliations(desk, party, organization):
        if all(getattr(affiliation, column) == stored.get(column) for column in _SAYS):
            desk.notes.append(f"F{affiliation.id} says so already")
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


def _check_end(desk: Desk, kind: ActionKind, ended: object, party: Party) -> None:
    """A release ends an arrest of the same people, not a charge, not another's."""
    if not isinstance(ended, Action):
        return
    if ended.kind not in ENDS[kind]:
        ends = " or ".join(sorted(ENDS[kind]))
        raise RefusedError(f"A{ended.id} is a {ended.kind}; a {kind} ends a {ends}")
    if ended.subject_id == party.id:
        return
    if party.id is None or desk.session.get(GroupMember, (ended.subject_id, party.id)) is None:
        raise RefusedError(f"A{ended.id} was done to {ended.subject.name}, not to {party.name}")
