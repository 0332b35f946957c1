"""To whom an action of each kind can be done, and when it cannot have been yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.vocabulary import ActionKind, PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_PEOPLE = {
    ActionKind.ARREST: "be arrested",
    ActionKind.EXTRADITION: "be extradited",
    ActionKind.RELEASE: "be released from custody",
    ActionKind.DEATH: "die",
}
"""What no organization can, though it can be designated, charged, convicted and acquitted."""


def unfit_subject(kind: str, subject_kind: str | None) -> str | None:
    """Why an action cannot be done to a party of that kind; None where it can."""
    if subject_kind == PartyKind.ORGANIZATION and (what := OF_PEOPLE.get(ActionKind(kind))):
        return f"is an organization, which cannot {what}"
    return None


def not_yet(stored: Mapping[str, Any], today: str) -> str | None:
    """Why the date of an action is none: all of it is still to come."""
    if (stored.get("earliest") or "") > today:
        return f"date: {stored['date']} is still to come; an action is something that was done"
    return None
