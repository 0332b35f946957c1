"""What the tests of loading share."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support import Ran

SECOND = Path(__file__).parent / "data" / "second-source.toml"

HEAD = """\
dataset = "d"
default_source = "s"
[[source]]
key = "s"
title = "Invented bulletin"
"""

PEOPLE = """\
[[person]]
key = "ana"
name = "Ana Inventada"
[[person]]
key = "beto"
name = "Beto Inventado"
[[organization]]
key = "gang"
name = "Los Ejemplos"
type = "gang"
"""

_REFERS = {
    "party_id": "parties",
    "organization_id": "parties",
    "person_id": "parties",
    "relative_id": "parties",
    "subject_id": "parties",
    "authority_id": "parties",
    "announced_by_id": "parties",
    "prosecution_by_id": "parties",
    "group_id": "parties",
    "member_id": "parties",
    "case_id": "cases",
    "source_id": "sources",
    "ends_id": "actions",
    "action_id": "actions",
    "affiliation_id": "affiliations",
    "name_id": "names",
    "kinship_id": "kinships",
    "tally_id": "tallies",
    "part_of_id": "tallies",
}

_SPINES = sorted(set(_REFERS.values()) | {"citations"})

_DETAILS = {
    "persons": "parties",
    "organizations": "parties",
    "unnamed_groups": "parties",
    "arrests": "actions",
    "charges": "actions",
    "extraditions": "actions",
    "convictions": "actions",
    "sentences": "actions",
    "designations": "actions",
    "delistings": "actions",
}


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def records(file: Path) -> dict[str, list[str]]:
    """Everything that a registry holds, by key: whatever the numbers and the hour."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        keys = {
            table: {
                row["id"]: f"{row['dataset']}:{row['key']}"
                for row in connection.execute(f"SELECT id, dataset, key FROM {table}")
            }
            for table in _SPINES
        }
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            )
        ]
        found = {}
        for table in tables:
            refers = {**_REFERS, "id": _DETAILS.get(table, table)}
            found[table] = sorted(
                repr(
                    {
                        column: keys[refers[column]].get(value) if column in refers else value
                        for column, value in dict(row).items()
                        if column not in {"recorded_at", "corrected_at"}
                    }
                )
                for row in connection.execute(f"SELECT * FROM {table}")
            )
        return found


def problems(ran: Ran) -> list[str]:
    """What was wrong, a line each, without the name of the file."""
    assert (ran.code, ran.out) == (1, ""), ran
    head, *lines = ran.err.splitlines()
    number = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    assert head.endswith(f" was not loaded: {number}")
    return [re.sub(r"^  .*?file\.(toml|json): ", "", line) for line in lines]
