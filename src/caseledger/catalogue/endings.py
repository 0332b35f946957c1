"""Which earlier action a release, an acquittal, a reversal or a delisting can end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.vocabulary import ENDS, ActionKind, DateKind

if TYPE_CHECKING:
    from collections.abc import Mapping


def unfit_to_end(
    kind: str, ending: Mapping[str, Any], ended_kind: str, ended: Mapping[str, Any]
) -> str | None:
    """Why an action cannot be the one that is ended; None where it can.

    Both are given by their columns. Dates of announcements say nothing of what came first.
    """
    if ended_kind not in ENDS[ActionKind(kind)]:
        *others, last = (_a(word) for word in sorted(ENDS[ActionKind(kind)]))
        words = f"{', '.join(others)} or {last}" if others else last
        return f"is {_a(ended_kind)}; {_a(kind)} ends {words}"
    latest, earliest = ending.get("latest"), ended.get("earliest")
    happened = ending.get("date_kind") == ended.get("date_kind") == DateKind.EVENT
    if happened and latest and earliest and latest < earliest:
        return f"was in {ended['date']}, after {ending['date']}: {_a(kind)} comes later"
    return None


def _a(word: str) -> str:
    """The word with its article."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
