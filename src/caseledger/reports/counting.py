"""Counting: actions and people apart, the named and the unnamed apart, nobody twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from caseledger.db.reading import Reader


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an action was done to, as far as counting goes."""

    id: int
    kind: str
    is_named: bool
    headcount: int | None
    """Of a group; None for words without a number, and for the others."""
    qualifier: str | None


@dataclass(frozen=True, slots=True)
class People:
    """How many people there are among some subjects."""

    named: int
    unnamed: int
    organizations: int
    qualifier: str
    """`exactly`, `at least` or `about`, of the unnamed."""

    @property
    def all(self) -> int:
        """Named and unnamed together."""
        return self.named + self.unnamed

    @property
    def unnamed_in_words(self) -> int | str:
        """The number, with its qualifier where it is not exact; `some` where there is none."""
        if self.qualifier == "exactly":
            return self.unnamed
        return f"{self.qualifier} {self.unnamed}" if self.unnamed else "some"


def subjects_of(reader: Reader, condition: str, given: Mapping[str, object]) -> list[Subject]:
    """The distinct subjects of the actions (`a`) that meet a condition."""
    rows = reader.rows(
        "SELECT DISTINCT s.id, s.kind, s.is_named, g.headcount, g.qualifier"
        "  FROM actions a JOIN parties s ON s.id = a.subject_id"
        "  LEFT JOIN unnamed_groups g ON g.id = s.id"
        f" WHERE {condition} ORDER BY s.id",
        given,
    )
    return [_subject(row) for row in rows]


def _subject(row: Sequence[Any]) -> Subject:
    party, kind, is_named, headcount, qualifier = row
    return Subject(party, kind, bool(is_named), headcount, qualifier)


def count_people(reader: Reader, subjects: Iterable[Subject]) -> People:
    """Count people and organizations; one whom a group has counted is not added to it again.

    A group stands for the people known to be in it, for those of the smaller groups in it, and for
    as many others as are left of its number.
    """
    by_id = {subject.id: subject for subject in subjects}
    groups = {subject.id for subject in by_id.values() if subject.kind == "group"}
    people = {subject.id for subject in by_id.values() if subject.kind == "person"}
    inside = _inside(reader, groups)
    members = {member.id: member for within in inside.values() for member in within}
    numbers = {party.id: party.headcount or 0 for party in (*by_id.values(), *members.values())}
    others: dict[int, int] = {}
    for group in sorted(
        groups | {member.id for member in members.values() if member.kind == "group"},
        key=lambda group: (len(inside.get(group, ())), group),  # the inner ones first
    ):
        known = sum(
            1 if member.kind == "person" else others.get(member.id, 0)
            for member in inside.get(group, ())
        )
        others[group] = max(0, numbers[group] - known)
    everyone = people | {member.id for member in members.values() if member.kind == "person"}
    named = sum(by_id[person].is_named for person in people)
    return People(
        named=named,
        unnamed=len(everyone) + sum(others.values()) - named,
        organizations=sum(subject.kind == "organization" for subject in by_id.values()),
        qualifier=_qualifier(by_id[group] for group in groups - set(members) or groups),
    )


_INSIDE = """
    WITH RECURSIVE inside(group_id, member_id) AS (
        SELECT group_id, member_id FROM group_members WHERE {asked}
         UNION
        SELECT below.group_id, below.member_id
          FROM inside JOIN group_members below ON below.group_id = inside.member_id)
    SELECT i.group_id, s.id, s.kind, s.is_named, g.headcount, g.qualifier
      FROM inside i JOIN parties s ON s.id = i.member_id
      LEFT JOIN unnamed_groups g ON g.id = s.id"""


def _inside(reader: Reader, groups: set[int]) -> dict[int, set[Subject]]:
    """Everyone counted in each of the groups, and in each group inside them, however deep."""
    if not groups:
        return {}
    rows = reader.rows(
        _INSIDE.format(asked=reader.within("group_id", "groups")), {"groups": reader.ids(groups)}
    )
    members: dict[int, set[Subject]] = {}
    for group, *member in rows:
        members.setdefault(group, set()).add(_subject(member))
    return {group: _closure(group, members) for group in members}


def _closure(group: int, members: Mapping[int, set[Subject]]) -> set[Subject]:
    found: set[Subject] = set()
    open_ = [group]
    while open_:
        fresh = members.get(open_.pop(), set()) - found
        found |= fresh
        open_ += (member.id for member in fresh)
    return {member for member in found if member.id != group}


def _qualifier(groups: Iterable[Subject]) -> str:
    """The weakest of the qualifiers: a sum is no more exact than its parts."""
    said = {group.qualifier for group in groups}
    if "about" in said:
        return "about"
    return "at least" if said & {"at least", "words"} else "exactly"
