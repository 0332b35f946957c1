"""What the report looks like in each format: golden files, compared as bytes.

    UPDATE_GOLDEN=1 pytest tests/test_report_formats.py

writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from caseledger.errors import ExitCode
from caseledger.reports.actions import COLUMNS

if TYPE_CHECKING:
    from tests.support import Caseledger

GOLDEN = Path(__file__).parent / "golden"
SECOND = Path(__file__).parent / "data" / "second-source.toml"

ENDINGS = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md"}

CJNG = ("--cartel", "CJNG")
EXAMPLE = ("--cartel", "Example Cartel", "--include-family", "--since", "2021")
FORMULA = ("--cartel", "=SUMA(Ficticia)")


@pytest.fixture
def both(seeded: Caseledger) -> Caseledger:
    """The program on a registry with both sources in it."""
    ran = seeded("load", str(SECOND))
    assert ran.code == ExitCode.DONE, ran.err
    return seeded


def golden(name: str, written: bytes) -> bytes:
    """The bytes that were agreed upon; with UPDATE_GOLDEN, those that were just written."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written)
    return path.read_bytes()


def printed(program: Caseledger, *arguments: str) -> str:
    """What a report prints."""
    ran = program("report", *arguments)
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    return ran.out


@pytest.mark.parametrize("form", list(ENDINGS))
def test_the_report_on_cjng_is_the_same_byte_for_byte(seeded: Caseledger, form: str) -> None:
    """The main question of the project, in every format."""
    out = printed(seeded, *CJNG, "--format", form).encode()

    assert out == golden(f"cjng.{ENDINGS[form]}", out)


@pytest.mark.parametrize("form", list(ENDINGS))
def test_a_report_on_a_period_of_the_second_source_is_the_same_byte_for_byte(
    both: Caseledger, form: str
) -> None:
    """Factions, kin, several affiliations, what is alleged, dates that only may fall in it."""
    out = printed(both, *EXAMPLE, "--format", form).encode()

    assert out == golden(f"example-cartel.{ENDINGS[form]}", out)


@pytest.mark.parametrize("form", list(ENDINGS))
def test_names_that_are_wide_or_look_like_formulas_are_the_same_byte_for_byte(
    both: Caseledger, form: str
) -> None:
    """A spreadsheet runs nothing, and the columns of a table line up."""
    out = printed(both, *FORMULA, "--format", form).encode()

    assert out == golden(f"formula.{ENDINGS[form]}", out)


def test_a_csv_on_stdout_has_no_byte_order_mark_and_in_a_file_has_one(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """Programs stumble over one, and Excel over none; the rest is the same."""
    path = tmp_path / "briefing.csv"
    out = printed(seeded, *CJNG, "--format", "csv").encode()
    said = printed(seeded, *CJNG, "--output", str(path))

    assert said == ""
    assert not out.startswith(b"\xef\xbb\xbf")
    assert path.read_bytes() == b"\xef\xbb\xbf" + out


@pytest.mark.parametrize(("bom", "mark"), [("--bom", "\ufeff"), ("--no-bom", "")])
def test_the_byte_order_mark_can_be_decided(
    seeded: Caseledger, tmp_path: Path, bom: str, mark: str
) -> None:
    """For stdout and for a file alike."""
    path = tmp_path / "briefing.csv"
    out = printed(seeded, *CJNG, "--format", "csv", bom)
    printed(seeded, *CJNG, "--output", str(path), bom)

    assert out.startswith(f"{mark}action,kind,")
    assert path.read_bytes() == out.encode()


@pytest.mark.parametrize("ending", ["csv", "json", "md", "txt"])
def test_the_ending_of_a_file_decides_its_format(
    seeded: Caseledger, tmp_path: Path, ending: str
) -> None:
    """The same bytes as on stdout, but for the mark of a CSV."""
    path = tmp_path / f"cjng.{ending}"
    printed(seeded, *CJNG, "--output", str(path))

    assert path.read_bytes().removeprefix(b"\xef\xbb\xbf") == golden(
        f"cjng.{ending}", path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    )


def test_a_csv_is_the_columns_and_nothing_but_the_rows(both: Caseledger) -> None:
    """No counts, no sources, no marks: the date shows what is not certain."""
    rows = list(csv.reader(io.StringIO(printed(both, *EXAMPLE, "--format", "csv"), newline="")))
    told = json.loads(printed(both, *EXAMPLE, "--format", "json"))

    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(told["rows"])
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_unless_raw(
    both: Caseledger,
) -> None:
    """An apostrophe before it; a plain cell is left as it is."""
    harmless, raw = (
        list(csv.DictReader(io.StringIO(printed(both, *FORMULA, "-f", "csv", *more), newline="")))
        for more in ((), ("--raw",))
    )

    for column, text in (
        ("subject", "=1+1 Fórmula Ficticia"),
        ("organization", "=SUMA(Ficticia)"),
        ("title", "+boss @example"),
        ("place", '-Puerto, "Ejemplo"'),
    ):
        assert harmless[0][column] == f"'{text}"
        assert raw[0][column] == text
    assert harmless[1]["subject"] == raw[1]["subject"] == "例文 太郎"


def told(program: Caseledger, *arguments: str) -> dict[str, Any]:
    """What a report says in JSON."""
    report: dict[str, Any] = json.loads(printed(program, *arguments, "--format", "json"))
    return report


def test_json_carries_criteria_counts_rows_and_sources(seeded: Caseledger) -> None:
    """All of the report, cells by the names of the columns; counts and headcounts are numbers."""
    report = told(seeded, *CJNG)

    assert report["criteria"] == {"organization": ["O3 Cartel Jalisco Nueva Generación"]}
    assert report["counts"] == {
        "actions": 4,
        "named people": 4,
        "unnamed people": 0,
        "organizations": 0,
    }
    assert [tuple(row) for row in report["rows"]] == [COLUMNS] * 4
    assert [row["people"] for row in report["rows"]] == [1] * 4
    assert [source["reference"] for source in report["sources"]] == ["S1"]


def test_json_marks_what_is_certain_only_where_a_period_was_asked_for(both: Caseledger) -> None:
    """Each row then says whether its date lies wholly in the period."""
    without = told(both, "--cartel", "Example Cartel")
    certain = {
        (row["kind"], row["subject"]): row["certain"] for row in told(both, *EXAMPLE)["rows"]
    }

    assert not any("certain" in row for row in without["rows"])
    assert certain["arrest", "four dockers"] is True
    assert certain["conviction", "Zutano Inventado García"] is True
    assert certain["arrest", "Recluta Ficticio"] is False


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_page_marks_what_only_may_fall_in_the_period_and_explains_the_mark(
    both: Caseledger, form: str
) -> None:
    """Where nothing is marked there is nothing to explain."""
    marked = printed(both, *EXAMPLE, "--format", form).splitlines()
    certain = printed(both, *EXAMPLE, "--certain", "--format", form)
    row = next(line for line in marked if "Recluta Ficticio" in line)

    assert row.rstrip(" |").endswith("?")
    assert any("may fall in the period" in line for line in marked)
    assert "may fall in the period" not in certain


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_page_ends_with_counts_tallies_sources_and_the_caution_in_that_order(
    seeded: Caseledger, form: str
) -> None:
    """Counts kept apart; the total beside them and never added in."""
    lines = printed(seeded, *CJNG, "--format", form).splitlines()
    foot = [line.lstrip("-* ") for line in lines[lines.index("") + 1 :] if line][-4:]

    assert foot[0] == "4 actions · 4 named people · 0 unnamed people · 0 organizations"
    assert foot[1] == "OFAC designated 26 individuals under EO 14059; 2 recorded in this registry"
    assert foot[2].startswith("S1. Fact sheet on U.S.–Mexico security cooperation")
    assert foot[2].endswith("2022-10-13 (inferred).")
    assert foot[3] == "An arrest, a charge or a designation is not a finding of guilt."


def test_only_tallies_that_contain_one_of_the_rows_are_told(seeded: Caseledger) -> None:
    """A total of something else beside a report reads as if it were the report's."""
    arrests = told(seeded, "--kind", "arrest")["tallies"]
    extraditions = told(seeded, "--kind", "extradition")["tallies"]

    assert [sentence.partition(":")[0] for sentence in arrests] == ["Joint Task Force Alpha"]
    assert extraditions == []


def test_a_tally_is_told_for_the_rows_that_are_shown(both: Caseledger) -> None:
    """Cut short by a limit, the report tells nothing of what is not in it."""
    report = told(both, "--cartel", "Example Cartel", "--limit", "1")

    assert [row["subject"] for row in report["rows"]] == ["Exmiembro Ficticio"]
    assert report["tallies"] == []
    assert report["counts"]["actions"] == 14


def test_the_source_of_a_total_stands_among_the_sources(both: Caseledger) -> None:
    """The second source designates, the first claims the total: both are to be found."""
    report = told(both, "--person", "Example Shipping, S.A. de C.V.", "--kind", "designation")

    assert {row["source"] for row in report["rows"]} == {"S3"}
    (tally,) = report["tallies"]
    assert tally == (
        "OFAC designated 17 entities under EO 14059; 1 recorded in this registry,"
        " and 1 more that may be in it"
    )
    assert [source["reference"] for source in report["sources"]] == ["S1", "S3"]


def test_a_page_says_of_each_affiliation_what_it_is_and_whether_it_is_alleged(
    both: Caseledger,
) -> None:
    """In one cell: relation, organization, title and standing together."""
    page = printed(both, "--cartel", "Example Cartel", "--kind", "release", "--format", "markdown")

    assert (
        "leader of Example Cartel (Jefe de Ejemplo); member of Example Cartel (keeper of accounts),"
        " alleged; founder of Example Faction"
    ) in page


def test_a_title_with_a_semicolon_of_its_own_is_kept_whole(both: Caseledger) -> None:
    """It is one affiliation's title, not two."""
    page = printed(both, *FORMULA, "--format", "markdown")

    assert "(見本; in charge of samples) |" in page


def test_nothing_recorded_is_said_and_is_no_error(seeded: Caseledger) -> None:
    """An organization that is there without an action is an answer: exit 0."""
    page = printed(seeded, "--cartel", "FGR")
    rows = printed(seeded, "--cartel", "FGR", "--format", "csv").splitlines()

    assert "Nothing recorded." in page
    assert rows == [",".join(COLUMNS)]
