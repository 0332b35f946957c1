"""Actions in order of date, a line each: shared by every page that tells of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger.reports.actions import NO_FINDING
from caseledger.reports.pages.citing import chunks
from caseledger.reports.pages.ending import endings
from caseledger.reports.selection import IN_ORDER
from caseledger.reports.wording import DETAILS, detail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from caseledger.db.reading import Reader
    from caseledger.reports.pages.citing import Citing

ORDERED = f"""
    SELECT a.id
      FROM actions a
     WHERE a.withdrawn_at IS NULL AND {{where}}
     ORDER BY {IN_ORDER.format("a.", "id")}"""

TOLD = f"""
    SELECT action_id, action, kind, date, date_kind, date_basis, subject_ref, subject,
           authority, announced_by, cooperation, place, country, case_id, case_title, summary,
           {", ".join(DETAILS)}
      FROM report_actions
     WHERE {{within}}"""
"""An action has as many rows as its subject has affiliations; here they are all the same."""

_ELSEWHERE = {"ends", "summary"}
"""Details that have a place of their own on a page."""


class Told(NamedTuple):
    """What is said of one action."""

    id: int
    ref: str
    kind: str
    date: str | None
    date_kind: str | None
    date_basis: str | None
    subject_ref: str
    subject: str
    authority: str | None
    announced_by: str | None
    cooperation: str | None
    place: str | None
    country: str | None
    case_id: int | None
    case_title: str | None
    summary: str | None
    details: tuple[str | None, ...]

    @property
    def what(self) -> str:
        """What was done to whom."""
        return f"{self.kind} of {self.subject_ref} {self.subject}"

    @property
    def when(self) -> str:
        """`2022-05, announced`; `undated`."""
        qualified = [self.date or "undated"]
        if self.date_kind == "announced":
            qualified.append("announced")
        if self.date_basis == "inferred":
            qualified.append("inferred")
        return ", ".join(qualified)

    def parts(self) -> Iterator[str]:
        """Everything else but what it ends and what ended it, which is told in full elsewhere."""
        own = tuple(
            None if column in _ELSEWHERE else value
            for column, value in zip(DETAILS, self.details, strict=True)
        )
        agencies = self.cooperation and self.cooperation.replace("; ", " and ")
        case = self.case_id and f"C{self.case_id} {self.case_title}"
        place = ", ".join(part for part in (self.place, self.country) if part)
        for label, value in (
            ("", detail(self.kind, own)),
            ("by ", self.authority),
            ("announced by ", self.announced_by),
            ("with ", agencies),
            ("place: ", place),
            ("case: ", case),
            ("", self.summary),
        ):
            if value:
                yield f"{label}{value}"


_OWN = len(Told._fields) - 1
"""How many columns of a row come before its details."""


def actions(
    citing: Citing, where: str, given: Mapping[str, object], *, subject: bool = True
) -> Iterator[str]:
    """A line for each action (`a`) that meets a condition, in order of date."""
    ids = (row[0] for row in citing.reader.rows(ORDERED.format(where=where), given))
    for chunk in chunks(ids):
        citing.note(NO_FINDING)
        told = read(citing.reader, chunk)
        ends = endings(citing.reader, chunk)
        cited = citing.of("action_id", chunk)
        for action_id in chunk:
            action = told[action_id]
            what = action.what if subject else action.kind
            more = "; ".join([*action.parts(), *ends.get(action_id, ())])
            said = f"{action.ref} {action.when}: {what}{f' — {more}' if more else ''}"
            yield said + cited[action_id]


def read(reader: Reader, ids: Sequence[int]) -> dict[int, Told]:
    """What is said of some actions, by id."""
    sql = TOLD.format(within=reader.within("action_id", "ids"))
    rows = reader.rows(sql, {"ids": reader.ids(ids)})
    return {row[0]: Told._make((*row[:_OWN], tuple(row[_OWN:]))) for row in rows}
