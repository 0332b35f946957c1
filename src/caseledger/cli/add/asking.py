"""`caseledger add` alone, on a terminal: asks its way through a new action, then records it.

Nothing is locked while somebody thinks: the registry is read in passing, and written only at the
end, in one unit of work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from caseledger.catalogue import ACTIONS
from caseledger.cli.add import offering, whom
from caseledger.cli.add.drafting import Draft, record
from caseledger.cli.add.questions import (
    offer,
    optional,
    required,
    tell,
    typed,
    word_of,
    yes,
)
from caseledger.cli.add.summaries import SUMMARIES
from caseledger.cli.saying import answer, say
from caseledger.errors import DoneAlreadyError
from caseledger.fields import Choice, Extent, Link, Links, Term, text_of
from caseledger.references import parse
from caseledger.reports.pages.affiliations import of_party
from caseledger.reports.pages.citing import Citing
from caseledger.vocabulary import ActionKind, Relation

if TYPE_CHECKING:
    from caseledger.cli.settings import Settings
    from caseledger.fields import Field

_FIRST = ("date", "date_kind", "date_basis", "authority")
"""Asked before the organization acted for and the kind's own fields, in words of their own."""

_WRITTEN = {Term: "12y, 18m, life", Extent: "2000/2012, 2021-04/.."}

_OF_A_SENTENCE = {"sentence_kind", "sentence_extent"}


def ask(settings: Settings) -> None:
    """Ask for an action, show what would be recorded, and on a yes record it.

    Raises typer.Abort on Ctrl-C, Ctrl-D and a no: nothing is written then.
    """
    with settings.write(dry_run=True):
        pass  # a registry that cannot be written says so before anything is asked
    try:
        draft = _draft(settings)
        notes, lines = _tried(settings, draft)
        tell("", *notes, *lines)
        agreed = yes("Record it?", default=None)  # Enter too many neither records nor loses it
    except (typer.Abort, KeyboardInterrupt):
        tell("")
        raise typer.Abort from None
    if not agreed:
        raise typer.Abort
    notes, lines = record(settings, draft, dry_run=False)
    for note in notes:
        say(note)
    answer(lines, recorded=True)


def _tried(settings: Settings, draft: Draft) -> tuple[list[str], list[str]]:
    """What would be recorded; somebody is asked before the same action is recorded once more."""
    try:
        return record(settings, draft, dry_run=True)
    except DoneAlreadyError as error:
        if not yes(f"{error.done} is recorded already, as {error.action}. Record another?"):
            raise typer.Abort from None
    draft.again = True
    return record(settings, draft, dry_run=True)


def _draft(settings: Settings) -> Draft:
    tell("A new action. Enter skips what is not known; Ctrl-C stops, and nothing is written.")
    words = [kind.value for kind in ActionKind]
    offer([f"{kind:<12} {SUMMARIES[kind]}" for kind in ActionKind])
    kind = ActionKind(required("What was done, by number or word", word_of(words)))
    draft = Draft(kind, whom.subject(settings))
    _ask_date(draft)
    _ask_tie(settings, draft)
    _ask_organization(settings, draft, "authority", "Who did it, the authority")
    for item in ACTIONS[kind].fields:
        if item.name not in {"subject", *_FIRST}:
            _ask_field(settings, draft, item)
    draft.source = offering.source(settings)
    draft.section = offering.section(settings, draft.source)
    draft.phrase = offering.phrase(settings, draft.source, draft.section)
    return draft


def _ask_date(draft: Draft) -> None:
    question = "When (2024, 2024-03, 2024-03-01, [2024-01..2024-03], [..2024-03])"
    when = optional(question, typed(ACTIONS[draft.kind].by_name["date"]))
    if when is None:
        return
    draft.keep("date", when)
    if yes("Is that when it was announced, not when it happened?"):
        draft.keep("date_kind", "announced")
    if yes("Is the date worked out from context, not stated?"):
        draft.keep("date_basis", "inferred")


def _ask_tie(settings: Settings, draft: Draft) -> None:
    """What the subject is to the organization acted for."""

    def read(text: str) -> whom.Picked:
        picked = whom.party(settings, text, "organization", role="cartel")
        if isinstance(draft.subject, whom.Picked) and picked.text == draft.subject.text:
            raise ValueError(f"{picked.text} cannot be affiliated to itself")
        return picked

    picked = optional("The organization acted for, or belonged to", read)
    if picked is None:
        return
    there = list(_ties(settings, draft.subject, picked))
    tell(*(f"      {line}" for line in there))
    words = [relation.value for relation in Relation if _may_be(draft, relation)]
    offer(words)
    without = "leave it at that" if there else "linked"
    relation = optional(f"What they are to it (Enter: {without})", word_of(words))
    title = optional("Their title in it, as printed", text_of)
    alleged = yes("Does the source say that this is alleged?")
    draft.tie = {
        "organization": draft.add(picked),
        "relation": relation,
        "title": title,
        "alleged": alleged,
    }


def _may_be(draft: Draft, relation: Relation) -> bool:
    """A faction is an organization."""
    subject = draft.subject
    return relation != Relation.FACTION or (
        isinstance(subject, whom.Picked)
        and (subject.new == "organization" or (subject.new is None and subject.text[0] == "O"))
    )


def _ties(
    settings: Settings, subject: whom.Picked | whom.Counted, organization: whom.Picked
) -> list[str]:
    """What is recorded already of the one and the other."""
    if isinstance(subject, whom.Counted):
        return []
    party, other = parse(subject.text), parse(organization.text)
    if party is None or other is None:
        return []
    with settings.read() as reader:
        both = "f.party_id = :party AND f.organization_id = :organization"
        given = {"party": party.id, "organization": other.id}
        return list(of_party(Citing(reader), both, given))


def _ask_field(settings: Settings, draft: Draft, item: Field) -> None:
    """One field of the kind, as the catalogue describes it."""
    question = f"{item.name.replace('_', ' ').capitalize()} — {item.help}"
    if item.name in _OF_A_SENTENCE and "sentence" not in draft.values:
        return
    if isinstance(item, Links):
        _ask_links(settings, draft, item, question)
    elif isinstance(item, Link) and item.to == "organization":
        _ask_organization(settings, draft, item.name, question)
    elif isinstance(item, Link) and item.to == "case":
        draft.keep(item.name, offering.case(settings))
    elif isinstance(item, Link):
        _ask_ended(settings, draft, item)
    elif isinstance(item, Choice):
        offer(item.words)
        question += f" (Enter: {item.otherwise})"
        draft.keep(item.name, optional(question, word_of(item.words)))
    else:
        if written := _WRITTEN.get(type(item)):
            question += f" ({written})"
        draft.keep(item.name, optional(question, typed(item)))


def _ask_organization(settings: Settings, draft: Draft, name: str, question: str) -> None:
    if picked := whom.organization(settings, question, name.replace("_", " ")):
        draft.keep(name, draft.add(picked))


def _ask_links(settings: Settings, draft: Draft, item: Links, question: str) -> None:
    """Several organizations, until Enter."""
    found: list[str] = []
    while picked := whom.organization(
        settings, f"{question}{'; one more' if found else ''}", item.name
    ):
        found.append(draft.add(picked))
    draft.keep(item.name, found)


def _ask_ended(settings: Settings, draft: Draft, item: Link) -> None:
    """The action that this one ends, of somebody who is there."""
    if isinstance(draft.subject, whom.Picked) and draft.subject.new is None:
        ended = offering.ended(settings, draft.kind, draft.subject.text, draft.values)
        draft.keep(item.name, ended)
