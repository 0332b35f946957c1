"""`db check`: what a shell, with its foreign keys off, may have broken, is found and told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from caseledger.checking import check
from caseledger.db.location import Location
from caseledger.db.reading import first, reading
from caseledger.db.writing import engine_for
from caseledger.migrations import schema_of_head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support import Caseledger

Made = dict[str, str]

RECORDS = {
    "arrest": "SELECT min(id) FROM arrests",
    "charge": "SELECT min(id) FROM charges",
    "group": "SELECT min(id) FROM unnamed_groups",
    "person": "SELECT min(id) FROM persons",
    "kinship": "SELECT min(id) FROM kinships",
    "tally": "SELECT min(id) FROM tallies",
}
"""Records of the first source to break, each by a name."""

WITHDRAWN = "withdrawn_at = '2026-02-01T00:00:00Z', withdrawn_reason = 'entered twice'"


@pytest.fixture(scope="module")
def made() -> Made:
    """What a new registry is made of."""
    return schema_of_head()


def look(location: Location, made: Mapping[str, str]) -> list[str]:
    """What is wrong with a registry."""
    with reading(location) as reader:
        return list(check(reader, made))


def numbers(location: Location) -> dict[str, int]:
    """The numbers of the records to break."""
    with reading(location) as reader:
        return {name: first(reader, question)[0] for name, question in RECORDS.items()}


def test_the_first_source_is_sound(seeded_registry: Location, made: Made) -> None:
    """Everything in it is cited, dated, keyed and complete."""
    assert look(seeded_registry, made) == []


SWAP = """
    UPDATE sqlite_schema
       SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema
                        WHERE name IN ('ix_names_name_key', 'ix_names_party_id')) - rootpage
     WHERE name IN ('ix_names_name_key', 'ix_names_party_id')"""
"""Two indexes with one another's entries."""

BROKEN = [
    # References, which nobody checks in a shell.
    ("UPDATE actions SET authority_id = 9999 WHERE id = {arrest}",
     "actions row {arrest} refers to a row of organizations that is not there"),
    ("INSERT INTO arrests (id, kind) VALUES ({charge}, 'arrest')",
     "arrests row {charge} refers to a row of actions that is not there"),
    ("DELETE FROM arrests WHERE id = {arrest}",
     "actions row {arrest} is of kind arrest and has no row in arrests"),
    ("DELETE FROM persons WHERE id = {person}",
     "parties row {person} is of kind person and has no row in persons"),
    # Rules that were switched off.
    ("UPDATE unnamed_groups SET headcount = 1 WHERE id = {group}",
     "the file is damaged: CHECK constraint failed in unnamed_groups"),
    # What no rule of the tables can hold.
    ("DELETE FROM citations WHERE action_id = {arrest}", "A{arrest} cites no source"),
    ("DELETE FROM citations WHERE kinship_id = {kinship}", "K{kinship} cites no source"),
    ("UPDATE citations SET " + WITHDRAWN + " WHERE tally_id = {tally}",
     "T{tally} cites no source"),
    ("UPDATE actions SET date = '2023' WHERE id = {arrest}",
     "actions row {arrest}: date 2023 has other bounds: ['2022-01-01', '2022-12-31']"),
    ("UPDATE actions SET date = '2022-13' WHERE id = {arrest}", "actions row {arrest}: "),
    ("UPDATE parties SET name_key = 'other' WHERE id = {person}",
     "cannot be found, its key is 'other'"),
    ("UPDATE parties SET " + WITHDRAWN + " WHERE id = (SELECT person_id FROM kinships)",
     "kinships row {kinship} speaks of parties row "),
    # The tables and views themselves.
    ("DROP VIEW people", "people is missing"),
    ("DROP INDEX ix_names_name_key", "ix_names_name_key is missing"),
    ("DROP TABLE tally_actions", "tally_actions is missing"),
    ("UPDATE sqlite_schema SET sql = replace(sql, '>= 2', '>= 1') WHERE name = 'unnamed_groups'",
     "unnamed_groups is not as the revision made it"),
    (SWAP, "missing from index ix_names_party_id"),
]  # fmt: skip
"""What a shell did, and what is said of it."""


@pytest.mark.parametrize(("statement", "words"), BROKEN)
def test_what_a_shell_broke_is_found(
    seeded_file: Path, made: Made, statement: str, words: str
) -> None:
    """Each in a sentence that names the record."""
    location = Location(seeded_file, None)
    names = numbers(location)
    with closing(sqlite3.connect(seeded_file, isolation_level=None)) as shell:
        shell.execute("PRAGMA ignore_check_constraints = ON")
        shell.execute("PRAGMA writable_schema = ON")
        shell.execute(statement.format(**names))

    found = look(location, made)

    assert [line for line in found if words.format(**names) in line], found


def test_what_no_table_can_hold_is_found_on_both_engines(
    seeded_registry: Location, made: Made
) -> None:
    """A server holds references itself; the rest is looked for there too."""
    names = numbers(seeded_registry)
    with engine_for(seeded_registry).begin() as connection:
        for statement in (
            "UPDATE actions SET date = '2023' WHERE id = {arrest}",
            "UPDATE citations SET " + WITHDRAWN + " WHERE tally_id = {tally}",
            "DELETE FROM citations WHERE action_id = {charge}",
        ):
            connection.execute(text(statement.format(**names)))
    found = look(seeded_registry, made)
    with engine_for(seeded_registry).begin() as connection:
        connection.execute(text("DROP VIEW people"))

    assert found == [
        line.format(**names)
        for line in (
            "A{charge} cites no source",
            "T{tally} cites no source",
            "actions row {arrest}: date 2023 has other bounds: ['2022-01-01', '2022-12-31']",
        )
    ]
    assert look(seeded_registry, made) == ["people is missing"]


def test_what_others_add_is_their_own_business(seeded_file: Path, made: Made) -> None:
    """A table of notes, a view, an index beside ours: the registry is sound."""
    with closing(sqlite3.connect(seeded_file, isolation_level=None)) as shell:
        shell.execute("CREATE TABLE notes (action_id INTEGER, note TEXT)")
        shell.execute(
            "CREATE VIEW mine AS SELECT * FROM report_actions JOIN notes USING (action_id)"
        )
        shell.execute("CREATE INDEX by_country ON actions (country)")

    assert look(Location(seeded_file, None), made) == []


def test_a_sound_registry_is_said_to_be(seeded: Caseledger) -> None:
    """One word, and exit code 0."""
    ran = seeded("db", "check")

    assert (ran.code, ran.out, ran.err) == (0, "sound\n", "")


def test_a_broken_registry_fails_the_check(seeded: Caseledger) -> None:
    """A line for each thing on stdout, how many on stderr, exit code 1; nothing is repaired."""
    with closing(sqlite3.connect(seeded.db, isolation_level=None)) as shell:
        shell.execute("DROP INDEX ix_names_name_key")
        shell.execute("DROP VIEW people")
    was = Path(seeded.db).read_bytes()

    ran = seeded("db", "check")

    assert ran.lines == ["ix_names_name_key is missing", "people is missing"]
    assert (ran.code, ran.err) == (1, "caseledger: 2 things are wrong with the registry\n")
    assert Path(seeded.db).read_bytes() == was
