"""What was done before to the same subject: the same once more, or what an action may end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from caseledger.catalogue.endings import unfit_to_end
from caseledger.errors import DoneAlreadyError
from caseledger.models import Action, GroupMember, Party
from caseledger.recording.called import reference_of
from caseledger.vocabulary import ENDS, ActionKind

if TYPE_CHECKING:
    from caseledger.fields import Stored
    from caseledger.recording.desk import Desk

_TELLS_APART = ("program", "list_name", "offense", "statute", "case")
"""Where both say something else here, two actions of one date are two."""


def refuse_again(desk: Desk, kind: ActionKind, stored: Stored, party: Party) -> None:
    """Raise DoneAlreadyError for the same kind, subject, date and authority, unless it is `new`.

    People who are only counted are the same where they are described alike.
    """
    if desk.new or desk.again:
        return
    same = select(Action).where(
        Action.kind == kind,
        Action.date.is_not_distinct_from(stored.get("date")),
        Action.withdrawn_at.is_(None),
    )
    if party.id is not None:
        same = same.where(Action.subject_id == party.id)
    elif not party.is_named:
        same = same.join(Party, Party.id == Action.subject_id).where(
            Party.name_key == party.name_key, Party.kind == party.kind, Party.is_named == 0
        )
    else:
        return
    for action in desk.session.scalars(same.order_by(Action.id)):
        if action.authority is not stored.get("authority") or _is_another(action, stored):
            continue
        ref = reference_of(action.subject)
        done = f"{kind} of {ref} {action.subject.name}, {action.date or 'undated'},"
        raise DoneAlreadyError(done, reference_of(action), ref)


def _is_another(action: Action, stored: Stored) -> bool:
    for column in _TELLS_APART:
        there, here = getattr(action, column, None), stored.get(column)
        if there is not None and here is not None and there != here:
            return True
    return False


def suggest_end(desk: Desk, kind: ActionKind, stored: Stored, party: Party) -> None:
    """Note the earlier actions that this one may end, where nobody said which: none is linked."""
    if kind not in ENDS or stored.get("ends") is not None or party.id is None:
        return
    groups = select(GroupMember.group_id).where(GroupMember.member_id == party.id)
    ended = select(Action.ends_id).where(Action.ends_id.is_not(None), Action.withdrawn_at.is_(None))
    earlier = select(Action).where(
        (Action.subject_id == party.id) | Action.subject_id.in_(groups),
        Action.kind.in_(sorted(ENDS[kind])),
        Action.withdrawn_at.is_(None),
        Action.id.not_in(ended),
    )
    may = [
        f"{reference_of(action)} ({action.kind}, {action.date or 'undated'})"
        for action in desk.session.scalars(earlier.order_by(Action.id))
        if not unfit_to_end(kind, stored, action.kind, vars(action))
    ]
    if may:
        which = may[0].split(" ")[0]
        desk.notes.append(f"it may end {', '.join(may)}; --ends {which} says so, nothing else does")
