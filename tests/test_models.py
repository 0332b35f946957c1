"""What always holds of a record, whoever writes: plain SQL meets the tables' own rules."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Integer
from sqlalchemy.orm.exc import StaleDataError

from caseledger.db.location import Location, locate
from caseledger.db.writing import writing
from caseledger.migrations import make
from caseledger.models import Base, Party
from caseledger.models.sources import CITED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import ForeignKeyConstraint, Table

Row = dict[str, Any]

TABLES = Base.metadata.sorted_tables

RECORD: Row = {
    "dataset": "tests",
    "version": 1,
    "recorded_at": "2026-01-31T12:00:00Z",
    "recorded_by": "tests",
}

VALID: dict[str, Row] = {
    "parties": {"kind": "person", "name": "Invented Person", "name_key": "invented", "is_named": 1},
    "persons": {"id": 4, "kind": "person"},
    "organizations": {"id": 5, "kind": "organization", "type": "cartel"},
    "unnamed_groups": {"id": 6, "kind": "group", "headcount": 6, "qualifier": "exactly"},
    "group_members": {"group_id": 3, "member_id": 1},
    "names": {"party_id": 1, "name": "El Inventado", "name_key": "inventado", "kind": "aka"},
    "affiliations": {
        "party_id": 1, "organization_id": 2, "relation": "member", "standing": "alleged",
    },
    "kinships": {"person_id": 1, "relation": "son of", "relative_id": 7},
    "cases": {"title": "Operation Invented", "title_key": "operation invented"},
    "actions": {"kind": "arrest", "subject_id": 1},
    "cooperations": {"action_id": 1, "organization_id": 2},
    "arrests": {"id": 1, "kind": "arrest"},
    "charges": {"id": 2, "kind": "charge", "instrument": "indictment"},
    "extraditions": {"id": 3, "kind": "extradition", "mode": "deportation"},
    "convictions": {"id": 4, "kind": "conviction", "basis": "plea", "sentence_life": 0},
    "sentences": {"id": 5, "kind": "sentence", "sentence_life": 0},
    "designations": {"id": 6, "kind": "designation"},
    "delistings": {"id": 7, "kind": "delisting"},
    "tallies": {
        "description": "people", "unit": "people", "minimum": 26, "maximum": 26,
        "qualifier": "exactly",
    },
    "tally_actions": {"tally_id": 1, "action_id": 1},
    "sources": {"title": "Invented release", "title_key": "invented release"},
    "source_texts": {"source_id": 2, "text": "Invented."},
    "citations": {"source_id": 1, "action_id": 1},
    "ofac_versions": {
        "id": 3, "published": "2021-03-01", "form": "csv", "has_aliases": 1, "has_addresses": 1,
        "has_comments": 1, "entries": 1, "names": 1, "addresses": 1, "comments": 0, "highest": 9,
        "imported_at": "2026-01-31T12:00:00Z", "imported_by": "tests",
    },
    "ofac_files": {"version_id": 1, "part": "sdn", "sha256": "0" * 64, "closed": 1},
    "ofac_entries": {"uid": 9, "since": 1, "type": "individual"},
    "ofac_names": {"uid": 9, "number": 5, "since": 1, "kind": "aka", "name": "EL UNO"},
    "ofac_addresses": {"uid": 9, "number": 5, "since": 1},
    "ofac_programs": {"uid": 9, "program": "SDNTK", "since": 1},
    "ofac_texts": {"id": 2**62, "text": "DOB 1970; POB Invented."},
    "ofac_features": {
        "text_id": 1, "position": 1, "kind": "gender", "value": "Male", "is_alternative": 0,
        "is_about": 0,
    },
    "ofac_cells": {"uid": 9, "since": 1, "text_id": 1},
    "ofac_comments": {"uid": 9, "since": 1, "text": "POB Invented."},
    "ofac_joins": {"uid": 9, "since": 1, "text_id": 1},
    "ofac_followed": {"tag": "INVENTED"},
    "ofac_parties": {"uid": 9, "party_id": 1, "how": "made"},
    "ofac_ties": {"uid": 9, "to_uid": 8, "printed": "INVENTED GANG", "since": 1},
    "ofac_settled": {"id": 1, "others": "1,1,1"},
}  # fmt: skip
"""For each table a row without fault, beside those of `WORLD`."""

RECORDS = [table.name for table in TABLES if "dataset" in table.columns]

DETAILS = {
    "persons": 5, "organizations": 4, "unnamed_groups": 4,
    "arrests": 2, "charges": 1, "extraditions": 1, "convictions": 1, "sentences": 1,
    "designations": 1, "delistings": 1,
}  # fmt: skip
"""Each detail table, and the number of a record of another kind."""


def valid(table: str, **changes: object) -> Row:
    """A row without fault, but for the changes."""
    own: Row = {"id": 99, "key": "99", **RECORD} if table in RECORDS else {}
    return {**own, **VALID[table], **changes}


WORLD = [
    *(
        ("parties", valid("parties", id=number, key=str(number), kind=kind, is_named=0))
        for number, kind in enumerate(
            ("person", "organization", "group", "person", "organization", "group", "person"), 1
        )
    ),
    ("persons", valid("persons", id=1)),
    ("organizations", valid("organizations", id=2)),
    ("unnamed_groups", valid("unnamed_groups", id=3)),
    ("persons", valid("persons", id=7)),
    *(
        ("actions", valid("actions", id=number, key=str(number), kind=kind))
        for number, kind in enumerate(
            (
                "arrest", "charge", "extradition", "conviction", "sentence", "designation",
                "delisting",
            ),
            1,
        )
    ),
    ("sources", valid("sources", id=1, key="1")),
    ("sources", valid("sources", id=2, key="2")),
    *((table, valid(table, id=1, key="1")) for table in ("cases", "tallies")),
    ("ofac_versions", valid("ofac_versions", id=1, published="2021-01-01")),
    ("ofac_texts", valid("ofac_texts", id=1)),
]  # fmt: skip
"""What the rows under test refer to. Parties 4 to 6 and the actions lack their details."""


class Shell:
    """Anyone's program on a registry: plain SQL, and no rules but the registry's own."""

    def __init__(self, connection: Any, mark: str) -> None:
        self.connection, self._mark = connection, mark
        self.is_sqlite = mark == "?"

    def insert(self, table: str, row: Row) -> None:
        """Write a row."""
        marks = ", ".join(self._mark for _ in row)
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )

    def refusal(self, table: str, row: Row) -> str:
        """What the registry says of a row: the constraint, where the engine names it."""
        import psycopg

        self.connection.execute("SAVEPOINT before")
        try:
            self.insert(table, row)
        except sqlite3.IntegrityError as error:
            return str(error).removeprefix("CHECK constraint failed: ")
        except psycopg.Error as error:
            return error.diag.constraint_name or str(error)
        else:
            return "accepted"
        finally:
            self.connection.execute("ROLLBACK TO before")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def _registry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    """A registry with `WORLD` in it: one for all the rows, for no row stays."""
    connection: Any
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("models") / "registry.db"
        make(Location(path, None))
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        shell = Shell(connection, "?")
    else:
        import psycopg

        server = request.getfixturevalue("_server")
        with psycopg.connect(server, autocommit=True) as first:
            first.execute("CREATE DATABASE models")
        url = re.sub(r"/[^/?]*\?", "/models?", server)
        make(locate(url))
        connection = psycopg.connect(url, autocommit=True)
        shell = Shell(connection, "%s")
    for table, row in WORLD:
        shell.insert(table, row)
    yield shell
    connection.close()


@pytest.fixture
def shell(_registry: Shell) -> Iterator[Shell]:
    """The registry, for one test: what it writes is taken back."""
    _registry.connection.execute("BEGIN")
    yield _registry
    _registry.connection.execute("ROLLBACK")


@pytest.mark.parametrize("table", VALID)
def test_a_row_without_fault_is_accepted(shell: Shell, table: str) -> None:
    """Else every refusal below might have another reason."""
    assert shell.refusal(table, valid(table)) == "accepted"


# --- rules of one row -----------------------------------------------------------------------------

DATED = {
    "date": "2022", "earliest": "2022-01-01", "latest": "2022-12-31", "date_kind": "event",
    "date_basis": "stated",
}  # fmt: skip

LISTS: list[tuple[str, str, Row]] = [
    ("parties", "kind", {}),
    ("persons", "sex", {}),
    ("organizations", "type", {}),
    ("unnamed_groups", "qualifier", {}),
    ("names", "kind", {}),
    ("affiliations", "relation", {}),
    ("affiliations", "standing", {}),
    ("kinships", "relation", {}),
    ("actions", "kind", {}),
    ("actions", "date_kind", DATED),
    ("actions", "date_basis", DATED),
    ("charges", "instrument", {}),
    ("extraditions", "mode", {}),
    ("convictions", "basis", {}),
    ("convictions", "sentence_extent", {}),
    ("sentences", "sentence_extent", {}),
    ("tallies", "measure", {}),
    ("tallies", "unit", {}),
    ("tallies", "qualifier", {}),
    ("tallies", "period_basis", {"period": "2022", "earliest": "2022-01-01", "latest": None}),
    ("sources", "published_basis", {"published": "2022", "published_earliest": "2022-01-01"}),
    *((table, "kind", {}) for table in DETAILS),
    ("ofac_versions", "form", {}),
    ("ofac_files", "part", {}),
    ("ofac_entries", "type", {}),
    ("ofac_names", "kind", {}),
    ("ofac_parties", "how", {}),
]

SPANNED = [table.name for table in TABLES if {"since", "until"} <= set(table.columns.keys())]
"""What a list shows from one version to another."""

FLAGS = {
    "ofac_versions": ["has_aliases", "has_addresses", "has_comments"],
    "ofac_files": ["closed"],
    "ofac_features": ["is_alternative", "is_about"],
}

BLANKS = {
    "parties": ["name", "name_key"],
    "persons": ["suffix"],
    "names": ["name", "name_key"],
    "affiliations": ["title"],
    "cases": ["title", "title_key", "docket", "court"],
    "actions": ["place", "summary"],
    "arrests": ["custody", "warrant"],
    "charges": ["offense", "statute", "court"],
    "extraditions": ["offense", "court"],
    "convictions": ["offense", "statute", "court", "sentence_kind"],
    "sentences": ["sentence_kind", "court"],
    "designations": ["list_name", "program", "list_entry"],
    "delistings": ["list_name", "program", "list_entry"],
    "tallies": ["description", "program"],
    "sources": ["title", "title_key", "publisher", "url", "retrieved"],
    "citations": ["section", "phrase"],
}

INTERVALS: list[tuple[str, str, str, Row]] = [
    ("actions", "date", "", {"date_kind": "event", "date_basis": "stated"}),
    ("affiliations", "period", "", {}),
    ("tallies", "period", "", {"period_basis": "stated"}),
    ("persons", "birth", "birth_", {}),
    ("charges", "conduct", "conduct_", {}),
    ("extraditions", "conduct", "conduct_", {}),
    ("sources", "published", "published_", {"published_basis": "stated"}),
    ("ofac_features", "date", "", {}),
]
"""Each interval: table, column of the text, prefix of the bounds, what a text brings with it."""

FAULTY_INTERVALS = [
    ("2022", None, None, "bounded"),
    (None, "2022-01-01", "2022-12-31", "bounded"),
    ("2022", "2022-12-31", "2022-01-01", "in_order"),
    ("2022", "2022", "2022-12-31", "earliest_whole_day"),
    ("2022", "2022-01-01", "2022-12", "latest_whole_day"),
]

REFUSED: list[tuple[str, Row, str]] = [
    # A group is counted, or said in words; one human being is a person.
    ("unnamed_groups", {"headcount": 1}, "ck_unnamed_groups_headcount"),
    ("unnamed_groups", {"headcount": None}, "ck_unnamed_groups_counted_or_words"),
    ("unnamed_groups", {"words": "several"}, "ck_unnamed_groups_counted_or_words"),
    ("unnamed_groups", {"qualifier": "words", "words": "several"},
     "ck_unnamed_groups_counted_or_words"),
    ("unnamed_groups", {"qualifier": "words", "headcount": None},
     "ck_unnamed_groups_counted_or_words"),
    ("unnamed_groups", {"qualifier": "words", "headcount": None, "words": " "},
     "ck_unnamed_groups_words_not_blank"),
    ("parties", {"kind": "group", "is_named": 1}, "ck_parties_group_unnamed"),
    ("parties", {"is_named": 2}, "ck_parties_is_named"),
    # A date says whether it is when it happened, and whether that was stated.
    ("actions", {**DATED, "date_kind": None}, "ck_actions_date_qualified"),
    ("actions", {**DATED, "date_basis": None}, "ck_actions_date_qualified"),
    ("actions", {"date_kind": "event", "date_basis": "stated"}, "ck_actions_date_qualified"),
    ("tallies", {"period": "2022", "earliest": "2022-01-01"}, "ck_tallies_period_qualified"),
    ("tallies", {"period_basis": "stated"}, "ck_tallies_period_qualified"),
    ("sources", {"published": "2022", "published_latest": "2022-12-31"},
     "ck_sources_published_qualified"),
    ("sources", {"published_basis": "stated"}, "ck_sources_published_qualified"),
    # Countries are codes of two capitals.
    ("actions", {"country": "mx"}, "ck_actions_country_code"),
    ("actions", {"country": "MEX"}, "ck_actions_country_code"),
    ("persons", {"nationality": "Mexico"}, "ck_persons_nationality_code"),
    ("extraditions", {"from_country": "mx"}, "ck_extraditions_from_country_code"),
    ("extraditions", {"to_country": "U"}, "ck_extraditions_to_country_code"),
    # Only what ends something ends something, and nothing is itself.
    ("actions", {"ends_id": 1}, "ck_actions_ends_only_what_ends"),
    ("actions", {"kind": "death", "ends_id": 1}, "ck_actions_ends_only_what_ends"),
    ("actions", {"kind": "release", "ends_id": 99}, "ck_actions_not_itself"),
    ("affiliations", {"party_id": 2}, "ck_affiliations_not_itself"),
    ("kinships", {"relative_id": 1}, "ck_kinships_not_itself"),
    ("group_members", {"member_id": 3}, "ck_group_members_not_itself"),
    ("tallies", {"part_of_id": 99}, "ck_tallies_not_itself"),
    # A sentence is of months or for life.
    ("convictions", {"sentence_months": 0}, "ck_convictions_sentence_months"),
    ("convictions", {"sentence_life": 2}, "ck_convictions_sentence_life"),
    ("convictions", {"sentence_life": 1, "sentence_months": 144}, "ck_convictions_months_or_life"),
    ("sentences", {"sentence_months": -1}, "ck_sentences_sentence_months"),
    ("sentences", {"sentence_life": -1}, "ck_sentences_sentence_life"),
    ("sentences", {"sentence_life": 1, "sentence_months": 144}, "ck_sentences_months_or_life"),
    # A tally claims a number, or words where there is none.
    ("tallies", {"minimum": -1}, "ck_tallies_counts_in_order"),
    ("tallies", {"maximum": 25}, "ck_tallies_counts_in_order"),
    ("tallies", {"minimum": None, "maximum": None}, "ck_tallies_number"),
    ("tallies", {"words": "several dozen"}, "ck_tallies_counted_or_words"),
    ("tallies", {"qualifier": "words"}, "ck_tallies_counted_or_words"),
    ("tallies", {"qualifier": "words", "words": " "}, "ck_tallies_words_not_blank"),
    ("sources", {"sha256": "abc"}, "ck_sources_sha256"),
    # A citation supports exactly one record.
    ("citations", {"action_id": None}, "ck_citations_cites_one"),
    ("citations", {"case_id": 1}, "ck_citations_cites_one"),
    ("citations", {"action_id": None, "party_id": 1, "tally_id": 1}, "ck_citations_cites_one"),
    # OFAC's list: a primary name has no number, and what is printed is never nothing.
    ("ofac_versions", {"published": "2021"}, "ck_ofac_versions_published"),
    ("ofac_files", {"sha256": "abc"}, "ck_ofac_files_sha256"),
    ("ofac_names", {"kind": "primary"}, "ck_ofac_names_numbered"),
    ("ofac_names", {"number": 0}, "ck_ofac_names_numbered"),
    ("ofac_names", {"name": ""}, "ck_ofac_names_name_not_blank"),
    ("ofac_programs", {"program": ""}, "ck_ofac_programs_program_not_blank"),
    ("ofac_followed", {"tag": ""}, "ck_ofac_followed_tag_not_blank"),
    ("ofac_ties", {"to_uid": 9}, "ck_ofac_ties_not_itself"),
    ("ofac_settled", {"id": 2}, "ck_ofac_settled_one"),
    *((table, {"until": 1}, f"ck_{table}_in_order") for table in SPANNED),
    *((table, {column: 2}, f"ck_{table}_{column}")
      for table, columns in FLAGS.items() for column in columns),
    # Closed lists, blank texts, dates and their bounds.
    *((table, {**rest, column: "invented"}, f"ck_{table}_{column}")
      for table, column, rest in LISTS),
    *((table, {column: "   "}, f"ck_{table}_{column}_not_blank")
      for table, columns in BLANKS.items() for column in columns),
    *((table,
       {**(brings if text else {}),
        column: text, f"{prefix}earliest": earliest, f"{prefix}latest": latest},
       f"ck_{table}_{column}_{fault}")
      for table, column, prefix, brings in INTERVALS
      for text, earliest, latest, fault in FAULTY_INTERVALS),
    # What every record carries.
    *((table, {"dataset": ""}, f"ck_{table}_keyed") for table in RECORDS),
    *((table, {"key": ""}, f"ck_{table}_keyed") for table in RECORDS),
    *((table, {"withdrawn_at": "2026-02-01T00:00:00Z"}, f"ck_{table}_withdrawn_with_reason")
      for table in RECORDS),
    *((table, {"withdrawn_reason": "entered twice"}, f"ck_{table}_withdrawn_with_reason")
      for table in RECORDS),
]  # fmt: skip
"""A table, what is wrong with a row of it, and the rule that refuses it."""


@pytest.mark.parametrize("table", VALID)
def test_a_row_that_breaks_a_rule_is_refused(shell: Shell, table: str) -> None:
    """The database refuses it, by the rule that is broken and no other."""
    faults = [(fault, constraint) for name, fault, constraint in REFUSED if name == table]

    said = [(fault, shell.refusal(table, valid(table, **fault))) for fault, _ in faults]

    assert said == faults


def test_every_rule_is_broken_once_above() -> None:
    """A new CHECK comes with a row that it refuses."""
    rules = {
        constraint.name
        for table in TABLES
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }

    assert rules == {constraint for _, _, constraint in REFUSED}


@pytest.mark.parametrize(("table", "column", "prefix", "brings"), INTERVALS)
def test_an_open_bound_and_a_single_day_are_accepted(
    shell: Shell, table: str, column: str, prefix: str, brings: Row
) -> None:
    """`[..2022-09]` and `2021-04/..` are dates; a point may be one day."""
    for earliest, latest in ((None, "2022-09-30"), ("2022-09-01", None), ("2022-05-17",) * 2):
        bounds = {f"{prefix}earliest": earliest, f"{prefix}latest": latest}

        said = shell.refusal(table, valid(table, **{column: "x"}, **bounds, **brings))

        assert said == "accepted"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_text_in_a_column_of_numbers_is_refused(shell: Shell, table: Table) -> None:
    """SQLite alone would take 'abc' there, and past `headcount >= 2` too."""
    numbers = [column.name for column in table.columns if isinstance(column.type, Integer)]

    said = [shell.refusal(table.name, valid(table.name, **{name: "abc"})) for name in numbers]

    wrong_type = "cannot store TEXT value in INTEGER column|datatype mismatch|invalid input syntax"
    assert [answer for answer in said if not re.match(wrong_type, answer)] == []


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_required_value_is_not_left_out(shell: Shell, table: Table) -> None:
    """Nobody records without saying what, when, by whom and under what key."""
    numbered = [*table.primary_key] if len(table.primary_key) == 1 else []  # by the engine
    required = [c.name for c in table.columns if not c.nullable and c not in numbered]

    said = [shell.refusal(table.name, valid(table.name, **{name: None})) for name in required]

    missing = "NOT NULL constraint failed|null value in column"
    assert [answer for answer in said if not re.match(missing, answer)] == []


# --- rules between rows ---------------------------------------------------------------------------

FOREIGN_KEYS = [
    constraint
    for table in TABLES
    for constraint in sorted(table.foreign_key_constraints, key=lambda item: str(item.name))
]


@pytest.mark.parametrize("foreign_key", FOREIGN_KEYS, ids=lambda item: str(item.name))
def test_a_reference_to_nothing_is_refused(shell: Shell, foreign_key: ForeignKeyConstraint) -> None:
    """What a record speaks of is there."""
    table, column = foreign_key.table.name, foreign_key.column_keys[0]
    changes: Row = {column: 999_999}
    if column == "ends_id":
        changes["kind"] = "release"
    if column in CITED and table == "citations":
        changes = {"action_id": None, **changes}

    said = shell.refusal(table, valid(table, **changes))

    assert said == ("FOREIGN KEY constraint failed" if shell.is_sqlite else foreign_key.name)


@pytest.mark.parametrize(("table", "other"), DETAILS.items())
def test_details_of_one_kind_are_not_put_under_another(
    shell: Shell, table: str, other: int
) -> None:
    """No arrest's custody under a charge, no person's birth under a cartel."""
    said = shell.refusal(table, valid(table, id=other))

    assert said == ("FOREIGN KEY constraint failed" if shell.is_sqlite else f"fk_{table}_id_kind")


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("withdrawn_at", [None, "2026-02-01T00:00:00Z"])
def test_a_key_is_taken_once_even_by_a_record_withdrawn(
    shell: Shell, table: str, withdrawn_at: str | None
) -> None:
    """A withdrawn record that is loaded again is recognised, and does not come back."""
    reason = withdrawn_at and "entered twice"
    shell.insert(table, valid(table, withdrawn_at=withdrawn_at, withdrawn_reason=reason))

    said = shell.refusal(table, valid(table, id=100))

    assert said == (
        f"UNIQUE constraint failed: {table}.dataset, {table}.key"
        if shell.is_sqlite
        else f"uq_{table}_dataset_key"
    )


# --- how the tables are made ----------------------------------------------------------------------


def test_every_rule_has_a_name_by_the_convention(shell: Shell) -> None:
    """A constraint without a name cannot be changed by a later migration."""
    if shell.is_sqlite:
        made = shell.connection.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'"
        ).fetchall()
        rules = re.findall(
            r"(?:CONSTRAINT (\w+) )?(?:CHECK|FOREIGN KEY|UNIQUE|PRIMARY KEY) \(",
            "\n".join(sql for (sql,) in made),
        )
    else:
        found = shell.connection.execute(
            "SELECT c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
            " WHERE c.contype IN ('c', 'f', 'u', 'p') AND t.relname <> 'alembic_version'"
            "   AND t.relnamespace = 'public'::regnamespace"
        )
        rules = [name for (name,) in found]

    assert len(rules) > 150
    assert [name for name in rules if not re.match(r"(ck|fk|uq|pk)_[a-z_0-9]+$", name)] == []


def test_tables_are_strict_and_of_text_and_integers(empty_file: Path) -> None:
    """Every table of a file refuses what is of another type, whoever opens it."""
    connection = sqlite3.connect(empty_file)

    strict = connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table'"
        " AND name NOT IN ('sqlite_schema', 'sqlite_temp_schema', 'alembic_version')"
    ).fetchall()
    types = connection.execute(
        "SELECT DISTINCT c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.name <> 'alembic_version' ORDER BY 1"
    ).fetchall()
    connection.close()

    assert dict(strict) == dict.fromkeys(VALID, 1)
    assert types == [("INTEGER",), ("TEXT",)]


def test_text_sorts_alike_on_a_server_of_any_locale(shell: Shell) -> None:
    """Columns of text carry the collation C, which is that of SQLite."""
    if shell.is_sqlite:
        pytest.skip("a matter of PostgreSQL")
    found = shell.connection.execute(
        "SELECT DISTINCT data_type, collation_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        " AND table_name <> 'alembic_version' ORDER BY 1"
    ).fetchall()

    assert found == [("bigint", None), ("integer", None), ("text", "C")]


def test_nothing_is_deleted_with_what_it_refers_to() -> None:
    """A ledger has no cascade: a reference is refused, never followed by a deletion."""
    assert [key.ondelete for key in FOREIGN_KEYS if key.ondelete] == []


def test_a_table_without_the_mark_would_not_be_strict() -> None:
    """The mark is on every model: a new table without it would take anything."""
    assert [table.name for table in TABLES if not table.dialect_options["sqlite"]["strict"]] == []


# --- what the models add --------------------------------------------------------------------------


def test_a_change_counts_the_version(seeded_registry: Location) -> None:
    """So that two writers can tell that the other was there."""
    with writing(seeded_registry) as session:
        before = session.get_one(Party, 1).version
        session.get_one(Party, 1).name += " II"
    with writing(seeded_registry) as session:
        after = session.get_one(Party, 1).version

    assert (before, after) == (1, 2)


def test_a_change_of_what_was_changed_since_is_refused(seeded_registry: Location) -> None:
    """The second of two writers who read the same record does not overwrite the first unseen."""
    with writing(seeded_registry) as session:
        stale = session.get_one(Party, 1)
    with writing(seeded_registry) as session:
        session.get_one(Party, 1).name += " II"
    stale.name += " III"

    with pytest.raises(StaleDataError), writing(seeded_registry) as session:
        session.add(stale)


def test_a_record_is_of_the_class_of_its_kind(seeded_registry: Location) -> None:
    """One statement reads parties of every kind, each with its details."""
    with writing(seeded_registry, dry_run=True) as session:
        found = {type(party).__name__ for party in session.query(Party)}

    assert found == {"Person", "Organization", "UnnamedGroup"}
