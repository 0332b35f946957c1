"""Counting: actions and people apart, the named and the unnamed apart, nobody twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        """The number, with its qualifier where it is not exact."""
        return self.unnamed if self.qualifier == "exactly" else f"{self.qualifier} {self.unnamed}"


def subjects_of(reader: Reader, condition: str, given: Mapping[str, object]) -> list[Subject]:
    """The distinct subjects of the actions (`a`) that meet a condition."""
    rows = reader.rows(
        "SELECT DISTINCT s.id, s.kind, s.is_named, g.headcount, g.qualifier"
        "  FROM actions a JOIN parties s ON s.id = a.subject_id"
        "  LEFT JOIN unnamed_groups g ON g.id = s.id"
        f" WHERE {condition} ORDER BY s.id",
        given,
    )
    return [Subject(row[0], row[1], bool(row[2]), row[3], row[4]) for row in rows]


def count_people(reader: Reader, subjects: Iterable[Subject]) -> People:
    """Count people and organizations; one who was counted in a group already is not added to it."""
    by_id = {subject.id: subject for subject in subjects}
    groups = [subject for subject in by_id.values() if subject.kind == "group"]
    people = [subject for subject in by_id.values() if subject.kind == "person"]
    inside = _members(reader, {group.id for group in groups})
    unnamed = sum(not person.is_named for person in people)
    for group in groups:
        members = (by_id[member] for member in inside.get(group.id, ()) if member in by_id)
        already = sum(1 if m.kind == "person" else m.headcount or 0 for m in members)
        unnamed += max(0, (group.headcount or 0) - already)
    return People(
        named=sum(person.is_named for person in people),
        unnamed=unnamed,
        organizations=sum(subject.kind == "organization" for subject in by_id.values()),
        qualifier=_qualifier(groups),
    )


def _members(reader: Reader, groups: set[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    if groups:
        asked = reader.within("group_id", "groups")
        for group, member in reader.rows(
            f"SELECT group_id, member_id FROM group_members WHERE {asked}",
            {"groups": reader.ids(groups)},
        ):
            members.setdefault(group, []).append(member)
    return members


def _qualifier(groups: Iterable[Subject]) -> str:
    """The weakest of the qualifiers: a sum is no more exact than its parts."""
    said = {group.qualifier for group in groups}
    if "about" in said:
        return "about"
    return "at least" if said & {"at least", "words"} else "exactly"
