"""An action that is asked for, and recording it: one unit of work, from the source to the tie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseledger.cli.add.offering import Source
from caseledger.cli.add.recording import lines_of, would_be
from caseledger.cli.add.whom import Counted, Picked
from caseledger.vocabulary import ActionKind

if TYPE_CHECKING:
    from caseledger.cli.settings import Settings


@dataclass
class Draft:
    """An action that is asked for, as far as it is known."""

    kind: ActionKind
    subject: Picked | Counted
    values: dict[str, object] = field(default_factory=dict)
    tie: dict[str, Any] | None = None
    source: Source = ""
    section: str | None = None
    phrase: str | None = None
    again: bool = False
    """Although the same action is recorded already."""
    others: set[str] = field(default_factory=set)
    """New names that are somebody else's than the similar ones there."""

    def keep(self, name: str, value: object) -> None:
        """An answer, where there is one."""
        if value:
            self.values[name] = value

    def add(self, picked: Picked) -> str:
        """Somebody who stands beside the subject, by reference or new name."""
        if picked.despite:
            self.others.add(picked.text)
        return picked.text


def record(settings: Settings, draft: Draft, *, dry_run: bool) -> tuple[list[str], list[str]]:
    """One unit of work: whom things were attached to, and what was made or would be."""
    from caseledger.recording.actions import Tie, record_actions
    from caseledger.recording.desk import Cite, Desk
    from caseledger.recording.records import record_source

    namesake = isinstance(draft.subject, Picked) and draft.subject.despite
    with settings.write(dry_run=dry_run) as session:
        desk = Desk(session, settings.who, new=namesake, again=draft.again, others=draft.others)
        source = draft.source
        made = record_source(desk, source) if isinstance(source, dict) else source
        desk.cite = Cite(made, draft.section, draft.phrase)
        tie = Tie(**draft.tie) if draft.tie else None
        record_actions(desk, draft.kind, draft.values, _subjects(draft), tie)
        desk.flush(dry_run=dry_run)
        lines = list(would_be(desk) if dry_run else lines_of(desk))
    return list(dict.fromkeys(desk.notes)), lines


def _subjects(draft: Draft) -> Any:
    from caseledger.recording.actions import Subjects

    subject = draft.subject
    if isinstance(subject, Counted):
        return Subjects(
            count=subject.count, qualifier=subject.qualifier, described=subject.described
        )
    if subject.new == "person":
        return Subjects(people=[subject.text])
    if subject.new == "organization":
        return Subjects(organizations=[subject.text])
    return Subjects(references=[subject.text])
