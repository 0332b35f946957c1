"""Counting: people and organizations apart, the named and the unnamed apart, nobody twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.db.reading import SQLiteReader
from caseledger.reports.counting import People, Subject, count_people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TABLES = """
    CREATE TABLE parties (id INTEGER PRIMARY KEY, kind TEXT, is_named INTEGER);
    CREATE TABLE unnamed_groups (id INTEGER PRIMARY KEY, headcount INTEGER, qualifier TEXT);
    CREATE TABLE group_members (group_id INTEGER, member_id INTEGER);
"""
"""As much of a registry as counting reads."""


def count(
    subjects: list[Subject],
    members: Mapping[int, list[Subject]] | None = None,
) -> People:
    """Count some subjects, where groups have counted these members already."""
    members = members or {}
    parties = {party.id: party for party in subjects}
    parties |= {party.id: party for within in members.values() for party in within}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        for party in parties.values():
            connection.execute(
                "INSERT INTO parties VALUES (?, ?, ?)", (party.id, party.kind, party.is_named)
            )
            if party.kind == "group":
                connection.execute(
                    "INSERT INTO unnamed_groups VALUES (?, ?, ?)",
                    (party.id, party.headcount, party.qualifier),
                )
        connection.executemany(
            "INSERT INTO group_members VALUES (?, ?)",
            [(group, member.id) for group, within in members.items() for member in within],
        )
        return count_people(SQLiteReader(connection), subjects)


def person(number: int, *, is_named: bool = True) -> Subject:
    """A person."""
    return Subject(number, "person", is_named, None, None)


def group(number: int, headcount: int | None, qualifier: str = "exactly") -> Subject:
    """People who are only counted."""
    return Subject(number, "group", is_named=False, headcount=headcount, qualifier=qualifier)


def organization(number: int) -> Subject:
    """An organization."""
    return Subject(number, "organization", is_named=True, headcount=None, qualifier=None)


def test_the_named_the_unnamed_and_organizations_are_counted_apart() -> None:
    """An organization is nobody, and one unnamed human is one of the unnamed."""
    people = count([person(1), person(2, is_named=False), group(3, 6), organization(4)])

    assert people == People(named=1, unnamed=7, organizations=1, qualifier="exactly")
    assert people.all == 8


def test_no_subjects_are_nobody() -> None:
    """A report without rows counts nobody, exactly."""
    people = count([])

    assert (people.all, people.organizations, people.unnamed_in_words) == (0, 0, 0)


def test_a_subject_that_comes_twice_is_counted_once() -> None:
    """The same eight people, arrested and charged."""
    people = count([group(1, 8), group(1, 8), person(2), person(2)])

    assert (people.named, people.unnamed) == (1, 8)


def test_a_person_named_later_is_taken_from_the_group_that_counted_them() -> None:
    """Six people, of whom one has a name now."""
    people = count([group(1, 6), person(2)], {1: [person(2)]})

    assert (people.named, people.unnamed) == (1, 5)


def test_a_smaller_group_adds_nothing_to_the_larger_one_that_counted_it() -> None:
    """Four of the six."""
    people = count([group(1, 6), group(2, 4)], {1: [group(2, 4)]})

    assert people.unnamed == 6


def test_someone_two_groups_down_is_not_added_though_the_one_between_is_no_subject() -> None:
    """One of four of the six: who is in it does not depend on what was asked for."""
    people = count([group(1, 6), person(3)], {1: [group(2, 4)], 2: [person(3)]})

    assert (people.named, people.unnamed) == (1, 5)


def test_someone_counted_in_two_groups_is_one_person() -> None:
    """Six and eight who share one are thirteen, whether or not that one is a subject."""
    shared = {1: [person(3)], 2: [person(3)]}
    without = count([group(1, 6), group(2, 8)], shared)
    with_them = count([group(1, 6), group(2, 8), person(3)], shared)

    assert without.all == with_them.all == 13
    assert (without.named, with_them.named) == (0, 1)


def test_groups_that_count_one_another_in_a_circle_end() -> None:
    """What sources say may go round; counting does not."""
    people = count([group(1, 6), group(2, 4)], {1: [group(2, 4)], 2: [group(1, 6)]})

    assert people.all == 6


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([group(1, 6)], 6),
        ([group(1, 6), group(2, 4, "at least")], "at least 10"),
        ([group(1, 6), group(2, None, "words")], "at least 6"),
        ([group(1, 6), group(2, 4, "about"), group(3, 2, "at least")], "about 12"),
        ([group(1, None, "words")], "some"),
    ],
)
def test_a_sum_is_no_more_exact_than_its_parts(groups: list[Subject], words: int | str) -> None:
    """The weakest qualifier holds for all; words without a number are somebody, not nobody."""
    assert count(groups).unnamed_in_words == words


@pytest.mark.parametrize("qualifier", ["at least", "about", "words"])
def test_a_vague_group_in_an_exact_one_makes_it_no_less_exact(qualifier: str) -> None:
    """Of exactly six, about four were charged: there are exactly six."""
    inner = group(2, None if qualifier == "words" else 4, qualifier)

    assert count([group(1, 6), inner], {1: [inner]}).unnamed_in_words == 6


@dataclass
class World:
    """Groups inside groups, of whom we know what nobody who counts knows: each single human."""

    people: dict[int, Subject] = field(default_factory=dict)
    groups: dict[int, Subject] = field(default_factory=dict)
    members: dict[int, list[Subject]] = field(default_factory=dict)
    humans: dict[int, set[int]] = field(default_factory=dict)
    """Who is behind each party, by number; those without a record have numbers below zero."""

    @property
    def parties(self) -> list[Subject]:
        """Everyone who may be a subject."""
        return [*self.people.values(), *self.groups.values()]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """People known, and groups of some of them, of other groups whole, and of strangers."""
    world = World()
    for number in range(1, draw(st.integers(1, 4)) + 1):
        world.people[number] = person(number, is_named=draw(st.booleans()))
        world.humans[number] = {number}
    strangers: Iterator[int] = iter(range(-1, -1000, -1))
    for number in range(10, 10 + draw(st.integers(0, 5))):
        known = draw(st.lists(st.sampled_from(world.parties), unique=True, max_size=3))
        behind = {next(strangers) for _ in range(draw(st.integers(0 if known else 1, 3)))}
        behind = behind.union(*(world.humans[party.id] for party in known))
        world.groups[number] = group(number, len(behind))
        world.members[number] = known
        world.humans[number] = behind
    return world


@given(st.data())
def test_as_many_people_are_counted_as_there_are(data: st.DataObject) -> None:
    """However groups nest and share, and whichever of them an action was done to."""
    world = data.draw(worlds())
    subjects = data.draw(st.lists(st.sampled_from(world.parties), max_size=8))
    people = count(subjects, world.members)
    humans: set[int] = set().union(*(world.humans[subject.id] for subject in subjects))

    assert people.all == len(humans)
    assert people.named == len({s.id for s in subjects if s.kind == "person" and s.is_named})


@given(st.data())
def test_a_count_never_exceeds_the_headcounts_and_never_shrinks(data: st.DataObject) -> None:
    """At most all of them one by one; at least as many as without one of them."""
    world = data.draw(worlds())
    subjects = data.draw(st.lists(st.sampled_from(world.parties), min_size=1, unique=True))
    all_of_them = count(subjects, world.members).all

    assert all_of_them <= sum(subject.headcount or 1 for subject in subjects)
    assert all_of_them >= max(subject.headcount or 1 for subject in subjects)
    assert all_of_them >= count(subjects[1:], world.members).all
