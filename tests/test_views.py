"""What the registry promises to those who read it with other programs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from caseledger.db.location import Location
from caseledger.db.reading import first, reading
from caseledger.db.writing import engine_for
from caseledger.reports.actions import sql
from caseledger.reports.criteria import Criteria
from caseledger.reports.selection import select
from tests.ofac.lists import SmallList, put, sdn

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = {
    "report_actions": """
        action_id action kind date earliest latest date_kind date_basis
        subject_id subject_kind subject_is_named subject subject_ref aliases people people_qualifier
        affiliation_id relation title standing organization_id organization
        authority_id authority announced_by_id announced_by cooperation
        place country summary ends
        case_id case_title case_organization_id case_organization
        custody warrant prosecution_by instrument mode from_country to_country basis
        offense statute court conduct
        sentence_months sentence_life sentence_kind sentence_extent
        list_name program list_entry
        source source_id section phrase url""",
    "people": """
        party_id ref kind name is_named aliases people people_qualifier
        sex birth birth_earliest birth_latest nationality suffix organizations actions source""",
    "organizations_overview": """
        organization_id ref name type is_named aliases faction_of affiliated actions cases
        source""",
    "cases_overview": """
        case_id ref title docket court organization_id organization actions source""",
    "sources_overview": """
        source_id ref title publisher published published_basis url retrieved sha256
        has_text citations""",
    "tallies_overview": """
        tally_id ref description measure unit qualifier minimum maximum words
        period earliest latest period_basis authority_id authority program part_of inside
        source section phrase url""",
    "affiliations_overview": """
        affiliation_id ref party_id party_ref party organization_id organization_ref organization
        relation title standing period earliest latest source section phrase""",
    "kinships_overview": """
        kinship_id ref person_id person_ref person relation relative_id relative_ref relative
        source section phrase""",
    "ofac_remarks": "uid since until text_id",
    "ofac_known_names": "uid kind quality name since until",
}
"""Each view and its columns: what spreadsheets and notebooks are built on."""

COLUMNS_ON_SERVER = """
    SELECT column_name, data_type FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = :view ORDER BY ordinal_position"""


def change(location: Location, *statements: str) -> None:
    """What anyone's program may do to a registry."""
    with engine_for(location).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_views_have_the_promised_columns_in_order(seeded_registry: Location) -> None:
    """A column is never renamed, moved or taken away, on either engine."""
    with reading(seeded_registry) as reader:
        if reader.dialect == "sqlite":
            listed = "SELECT name FROM sqlite_schema WHERE type = 'view'"
            columns = "SELECT name, type FROM pragma_table_info(:view) ORDER BY cid"
        else:
            listed = "SELECT viewname FROM pg_views WHERE schemaname = current_schema()"
            columns = COLUMNS_ON_SERVER
        found = {
            view: [row[0] for row in reader.rows(columns, {"view": view})]
            for (view,) in list(reader.rows(listed))
        }

    assert found == {view: names.split() for view, names in VIEWS.items()}


FULLER = """
    INSERT INTO actions (id, dataset, key, kind, subject_id, place, country, summary, version,
                         recorded_at, recorded_by)
    SELECT n.id, 'local', n.kind, n.kind, p.id, 'Invented', 'MX', 'Invented.', 1, 'x', 'x'
      FROM (SELECT 901 AS id, 'charge' AS kind UNION SELECT 902, 'sentence'
             UNION SELECT 903, 'delisting' UNION SELECT 904, 'release') n,
           (SELECT min(id) AS id FROM persons) p;
    INSERT INTO charges (id, kind, instrument, offense, court, conduct, conduct_earliest)
    VALUES (901, 'charge', 'complaint', 'x', 'x', '2020/..', '2020-01-01');
    INSERT INTO sentences (id, kind, sentence_months, sentence_life, court)
    VALUES (902, 'sentence', 12, 0, 'x');
    INSERT INTO delistings (id, kind, list_name) VALUES (903, 'delisting', 'SDN');
    UPDATE actions SET ends_id = 902 WHERE id = 904"""
"""Actions of the kinds that the first source has none of."""

LISTED = SmallList(
    [sdn(1, remarks="a.k.a. 'UNO'; DOB 1970;"), sdn(2, "ROE, Jane", remarks="Baker.")],
    aliases=[(1, 5, "fka", "DOE, Jack", None)],
    comments=[(1, " POB Invented.")],
)
"""A list of OFAC's with a name of each kind, and remarks with and without a comment."""


def test_values_are_text_and_integers_only(seeded_registry: Location, tmp_path: Path) -> None:
    """No real numbers, no dates of an engine's own, no blobs: a spreadsheet shows what is there."""
    change(seeded_registry, *FULLER.split(";"))
    put(seeded_registry, LISTED, "2021-01-01", tmp_path)
    with reading(seeded_registry) as reader:
        found: set[str] = set()
        for view, names in VIEWS.items():
            if reader.dialect == "postgresql":
                rows = reader.rows(COLUMNS_ON_SERVER, {"view": view})
                found |= {kind for _, kind in rows}
            for name in names.split():
                typed = "typeof" if reader.dialect == "sqlite" else "pg_typeof"
                rows = reader.rows(f"SELECT DISTINCT CAST({typed}({name}) AS text) FROM {view}")
                found |= {kind for (kind,) in rows}

    assert found <= {"text", "integer", "bigint", "null"}
    assert {"text", "integer"} <= found


def test_every_kind_of_detail_is_shown(seeded_registry: Location) -> None:
    """A charge, a sentence and a delisting show theirs in the same columns as other kinds."""
    change(seeded_registry, *FULLER.split(";"))
    with reading(seeded_registry) as reader:
        found = reader.rows(
            "SELECT action, instrument, offense, conduct, court, sentence_months, list_name, ends"
            "  FROM report_actions WHERE action_id > 900 ORDER BY action_id, affiliation_id"
        )

        assert dict.fromkeys(found) == dict.fromkeys(
            [
                ("A901", "complaint", "x", "2020/..", "x", None, None, None),
                ("A902", None, None, None, "x", 12, None, None),
                ("A903", None, None, None, None, None, "SDN", None),
                ("A904", None, None, None, None, None, None, "A902"),
            ]
        )


def test_every_name_of_the_list_is_known_with_its_quality(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Primary names and aliases are strong; those that stand in the remarks are weak."""
    put(empty_registry, LISTED, "2021-01-01", tmp_path)

    with reading(empty_registry) as reader:
        found = reader.rows("SELECT uid, kind, quality, name FROM ofac_known_names")
        assert sorted(map(tuple, found)) == [
            (1, "aka", "weak", "UNO"),
            (1, "fka", "strong", "DOE, Jack"),
            (1, "primary", "strong", "DOE, John"),
            (2, "primary", "strong", "ROE, Jane"),
        ]


def test_remarks_are_whole_and_one_text_at_a_time(empty_registry: Location, tmp_path: Path) -> None:
    """The cell of the main file, joined with its comment where it has one; each with its span."""
    put(empty_registry, LISTED, "2021-01-01", tmp_path)
    later = SmallList([sdn(1, remarks="DOB 1971.")], comments=[(2, " Candlestick maker.")])
    put(empty_registry, later, "2021-02-01", tmp_path)

    with reading(empty_registry) as reader:
        found = reader.rows(
            "SELECT r.uid, t.text, f.published, u.published FROM ofac_remarks r"
            "  JOIN ofac_texts t ON t.id = r.text_id"
            "  JOIN ofac_versions f ON f.id = r.since"
            "  LEFT JOIN ofac_versions u ON u.id = r.until ORDER BY r.uid, r.since"
        )
        assert list(map(tuple, found)) == [
            (1, "a.k.a. 'UNO'; DOB 1970; POB Invented.", "2021-01-01", "2021-02-01"),
            (1, "DOB 1971.", "2021-02-01", None),
            (2, "Baker.", "2021-01-01", "2021-02-01"),
        ]


# --- what was withdrawn ---------------------------------------------------------------------------

WITHDRAWN = "SET withdrawn_at = '2026-02-01T00:00:00Z', withdrawn_reason = 'entered twice'"

SHOWN = [
    ("parties", "people", "party_id"),
    ("parties", "organizations_overview", "organization_id"),
    ("cases", "cases_overview", "case_id"),
    ("sources", "sources_overview", "source_id"),
    ("tallies", "tallies_overview", "tally_id"),
    ("affiliations", "affiliations_overview", "affiliation_id"),
    ("kinships", "kinships_overview", "kinship_id"),
    ("actions", "report_actions", "action_id"),
]
"""Where the records of each table are shown, and by which column."""


def test_what_was_withdrawn_is_in_no_view(seeded_registry: Location) -> None:
    """The record is kept, and only its own row goes."""
    for table, view, column in SHOWN:
        shown = f"SELECT DISTINCT {column} FROM {view} ORDER BY {column}"
        with reading(seeded_registry) as reader:
            (gone,), *rest = list(reader.rows(shown))

        change(seeded_registry, f"UPDATE {table} {WITHDRAWN} WHERE id = {gone}")

        with reading(seeded_registry) as reader:
            assert list(reader.rows(shown)) == rest
            assert first(reader, f"SELECT count(*) FROM {table} WHERE id = {gone}")[0] == 1


CJNG = "name = 'Cartel Jalisco Nueva Generación'"

PARTS = [
    ("names", "SELECT aliases FROM people WHERE aliases = 'El Chaparrito'"),
    ("affiliations", "SELECT affiliated FROM organizations_overview WHERE affiliated > 0"),
    ("affiliations", "SELECT organization FROM report_actions WHERE organization IS NOT NULL"),
    ("citations", "SELECT source FROM report_actions WHERE source IS NOT NULL"),
    ("citations", "SELECT phrase FROM tallies_overview WHERE phrase IS NOT NULL"),
    ("actions", "SELECT actions FROM people WHERE actions > 0"),
    ("actions", "SELECT inside FROM tallies_overview WHERE inside IS NOT NULL"),
    ("cases", "SELECT cases FROM organizations_overview WHERE cases > 0"),
]  # fmt: skip


@pytest.mark.parametrize("table", ["names", "affiliations", "citations", "actions", "cases"])
def test_what_was_withdrawn_counts_nowhere(seeded_file: Path, table: str) -> None:
    """Withdrawn names, ties, citations and actions are in no list and no count of another row."""
    location = Location(seeded_file, None)
    questions = [question for name, question in PARTS if name == table]
    with reading(location) as reader:
        assert all(first(reader, question) for question in questions)

    change(location, f"UPDATE {table} {WITHDRAWN}")

    with reading(location) as reader:
        assert [first(reader, question) for question in questions] == [None] * len(questions)


# --- report_actions -------------------------------------------------------------------------------


def test_an_action_has_a_row_for_each_living_affiliation_of_its_subject(
    seeded_registry: Location,
) -> None:
    """And one row where there is none: nothing is picked, nothing is left out."""
    change(
        seeded_registry,
        "INSERT INTO affiliations (id, dataset, key, party_id, organization_id, relation,"
        " standing, version, recorded_at, recorded_by) SELECT 900, 'local', 'second', party_id,"
        " organization_id, 'leader', 'alleged', 1, 'x', 'x' FROM affiliations"
        " WHERE id = (SELECT min(id) FROM affiliations WHERE relation = 'member')",
    )
    with reading(seeded_registry) as reader:
        ties: dict[int, list[int | None]] = {}
        for action, affiliation in reader.rows(
            "SELECT a.id, f.id FROM actions a LEFT JOIN affiliations f"
            " ON f.party_id = a.subject_id AND f.withdrawn_at IS NULL ORDER BY a.id, f.id"
        ):
            ties.setdefault(action, []).append(affiliation)
        shown: dict[int, list[int | None]] = {}
        for action, affiliation in reader.rows(
            "SELECT action_id, affiliation_id FROM report_actions ORDER BY 1, 2"
        ):
            shown.setdefault(action, []).append(affiliation)

    assert shown == ties
    assert len(shown) == 20
    assert sorted({len(affiliations) for affiliations in shown.values()}) == [1, 2]


def test_a_shell_can_ask_what_was_done_about_a_cartel(seeded_file: Path) -> None:
    """Plain SQLite, one view, no program of ours: four actions on four people, each sourced."""
    with closing(sqlite3.connect(f"file:{seeded_file}?mode=ro", uri=True)) as shell:
        found = shell.execute(
            "SELECT kind, date, subject, relation, source FROM report_actions"
            " WHERE organization = 'Cartel Jalisco Nueva Generación' AND latest >= '2021'"
            " ORDER BY earliest, latest, action_id"
        ).fetchall()

    assert found == [
        ("arrest", "2022", "Aldrin Miguel Jarquín Jarquín", "member", "S1"),
        ("arrest", "2022", "Erick Valencia Salazar", "founder", "S1"),
        ("designation", "2022-02-17", "Sergio Armando Orozco Rodriguez", "acts for", "S1"),
        ("designation", "2022-07-11", "Obed Christian Sepulveda Portillo", "acts for", "S1"),
    ]


def test_an_ordered_list_is_the_same_on_both_engines(seeded_registry: Location) -> None:
    """Names in the order in which they were recorded, whatever the engine's own order is."""
    with reading(seeded_registry) as reader:
        found = first(reader, f"SELECT aliases FROM organizations_overview WHERE {CJNG}")[0]
        names = reader.rows(
            "SELECT n.name FROM names n JOIN parties p ON p.id = n.party_id"
            f" WHERE p.{CJNG} ORDER BY n.id"
        )

        assert found == "; ".join(name for (name,) in names)


# --- how the report is read -----------------------------------------------------------------------

LARGE = {"a", "actions", "s", "fo", "au", "an", "co", "pb", "o", "parties", "p"}
LARGE |= {"f", "affiliations", "l", "citations", "n", "names"}
"""Tables that grow with the registry, and the names that they go by in the view."""


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(organizations=["CJNG"]),
        Criteria(organizations=["Gulf Cartel"], include_family=True, since="2021", limit=10),
        Criteria(people=["Erick Valencia Salazar"]),
        Criteria(authority="OFAC"),
        Criteria(kinds=["extradition"]),
        Criteria(source="S1"),
    ],
    ids=["organization", "family", "person", "authority", "kind", "source"],
)
def test_a_report_reads_no_large_table_from_end_to_end(
    seeded_file: Path, criteria: Criteria
) -> None:
    """Each is searched by a key or an index: a million actions cost what the answer costs."""
    with reading(Location(seeded_file, None)) as reader:
        selection = select(reader, criteria)
        plan = [
            row[3]
            for row in reader.rows(f"EXPLAIN QUERY PLAN {sql(selection)}", selection.parameters)
        ]

    scanned = {found[1] for step in plan if (found := re.match(r"SCAN (\w+)", step))}
    assert len(plan) > 20
    assert not scanned & LARGE
