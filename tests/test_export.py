"""The whole registry as CSV files, with a description that other programs read."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from caseledger import render
from caseledger.cli.making import make_seeded
from caseledger.db.location import locate
from caseledger.models import Base
from tests.ofac.lists import SmallList, sdn
from tests.support import InProcess

if TYPE_CHECKING:
    from tests.support import Caseledger, Ran

SECOND = Path(__file__).parent / "data" / "second-source.toml"

TABLES = set(Base.metadata.tables)


def rows(file: Path) -> list[dict[str, str]]:
    """A CSV file, by column."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was written."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Caseledger:
    """The program on a registry with two sources in it, on each of the two engines."""
    if request.param == "sqlite":
        program: Caseledger = request.getfixturevalue("seeded")
    else:
        url = request.getfixturevalue("postgres_url")
        make_seeded(locate(url))
        program = InProcess(url)
    assert program("load", str(SECOND)).code == 0
    return program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where it is written to; not there yet."""
    return tmp_path / "export"


def test_there_is_a_file_for_every_table_and_one_that_describes_them(
    either: Caseledger, folder: Path
) -> None:
    """On either engine; Alembic's own table is none of the registry's."""
    ran = either("export", "csv", str(folder))

    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"caseledger: wrote {len(TABLES) + 1} files to {folder}\n"
    assert set(contents(folder)) == {f"{table}.csv" for table in TABLES} | {"datapackage.json"}
    assert {resource["name"] for resource in described["resources"]} == TABLES


def test_the_package_is_valid_with_its_keys_and_references(
    either: Caseledger, folder: Path
) -> None:
    """By the library of those who made the format: types, required values, foreign keys."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is in the extra `dev`")
    either("export", "csv", str(folder))

    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["title", "message"])[:5]


def test_the_lists_of_the_sanctioned_are_exported_too(
    either: Caseledger, folder: Path, tmp_path: Path
) -> None:
    """The whole registry is: OFAC's list forgets, and its versions may be nowhere else any more."""
    listed = SmallList([sdn(1, remarks="DOB 1970.")])
    paths = map(str, listed.write(tmp_path / "list"))
    assert either("import", "ofac", *paths, "--published", "2021-01-01").code == 0
    either("export", "csv", str(folder))

    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    types = {
        (resource["name"], field["name"]): field["type"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert [row["name"] for row in rows(folder / "ofac_names.csv")] == ["DOE, John"]
    assert [row["text"] for row in rows(folder / "ofac_texts.csv")] == ["DOB 1970."]
    assert types["ofac_texts", "id"] == types["ofac_cells", "text_id"] == "integer"


def test_the_references_are_described_so_that_a_broken_one_is_found(
    seeded: Caseledger, folder: Path
) -> None:
    """The test above would be green for good if nothing were described."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is in the extra `dev`")
    seeded("export", "csv", str(folder))
    file = folder / "affiliations.csv"
    broken = [{**row, "organization_id": "9999"} for row in rows(file)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(broken[0]))
        writer.writeheader()
        writer.writerows(broken)

    report = frictionless.validate(str(folder / "datapackage.json"))

    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_reference_of_the_models_is_described(
    seeded: Caseledger, folder: Path, table: str
) -> None:
    """Each foreign key, with the resource that it leads to."""
    seeded("export", "csv", str(folder))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (item for item in package["resources"] if item["name"] == table)
    model = Base.metadata.tables[table]

    described = {
        (key["fields"], key["reference"]["resource"] or table)
        for key in resource["schema"].get("foreignKeys", [])
    }

    assert described == {
        (key.parent.name, key.column.table.name)
        for key in model.foreign_keys
        if key.column.name == "id"
    }
    assert [field["name"] for field in resource["schema"]["fields"]] == list(model.c.keys())
    assert set(resource["schema"]["primaryKey"]) == set(model.primary_key.c.keys())


def test_every_row_of_every_table_is_there(
    seeded: Caseledger, seeded_file: Path, folder: Path
) -> None:
    """Value by value; nothing is an empty cell."""
    assert seeded("load", str(SECOND)).code == 0
    seeded("withdraw", "A4", "--reason", "recorded twice")
    seeded("export", "csv", str(folder), "--raw")

    for table in TABLES:
        with closing(sqlite3.connect(seeded_file)) as connection:
            connection.row_factory = sqlite3.Row
            kept: list[dict[str, Any]] = [
                {name: "" if value is None else str(value) for name, value in dict(row).items()}
                for row in connection.execute(f"SELECT * FROM {table}")
            ]
        assert sorted(map(repr, rows(folder / f"{table}.csv"))) == sorted(map(repr, kept)), table


def test_what_was_withdrawn_is_there_with_the_reason(seeded: Caseledger, folder: Path) -> None:
    """This is the ledger, not a report."""
    seeded("withdraw", "A4", "--reason", "recorded twice")
    seeded("export", "csv", str(folder))

    (row,) = (row for row in rows(folder / "actions.csv") if row["id"] == "4")
    assert row["withdrawn_reason"] == "recorded twice"


@pytest.mark.parametrize(
    ("options", "cell"), [((), "'=HYPERLINK(1)"), (("--raw",), "=HYPERLINK(1)")]
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(
    seeded: Caseledger, folder: Path, options: tuple[str, ...], cell: str
) -> None:
    """Unless it is left as it is, for another program."""
    seeded("add", "person", "=HYPERLINK(1)", "--source", "S1")
    seeded("export", "csv", str(folder), *options)

    assert rows(folder / "parties.csv")[-1]["name"] == cell


def test_an_earlier_export_is_written_over(seeded: Caseledger, folder: Path) -> None:
    """Twice the same is the same, byte for byte; what is new is in the next."""
    seeded("export", "csv", str(folder))
    before = contents(folder)
    seeded("export", "csv", str(folder))
    again = contents(folder)
    seeded("add", "person", "Fulano Inventado", "--source", "S1")
    ran = seeded("export", "csv", str(folder))

    assert ran.code == 0
    assert again == before
    assert "Fulano Inventado" in (folder / "parties.csv").read_text(encoding="utf-8")


def test_a_table_that_is_no_more_does_not_stay_behind(seeded: Caseledger, folder: Path) -> None:
    """A later version may have one table less; its file would be described by nothing."""
    seeded("export", "csv", str(folder))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"].append({"name": "gone", "path": "gone.csv"})
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "gone.csv").write_text("id\r\n1\r\n", encoding="utf-8")

    ran = seeded("export", "csv", str(folder))

    assert ran.code == 0
    assert not (folder / "gone.csv").exists()


@pytest.mark.parametrize("other", ["notes.txt", "people.csv"])
@pytest.mark.parametrize("exported", [False, True])
def test_a_folder_with_other_files_is_refused(
    seeded: Caseledger,
    folder: Path,
    other: str,
    exported: bool,  # noqa: FBT001
) -> None:
    """It is said which; nothing is written beside them, be it an earlier export or not."""
    if exported:
        seeded("export", "csv", str(folder))
    folder.mkdir(exist_ok=True)
    (folder / other).write_text("mine", encoding="utf-8")
    before = contents(folder)

    said = refused(seeded("export", "csv", str(folder)), 1)

    assert f"holds other files ({other}): name a new folder" in said
    assert contents(folder) == before


def test_a_registry_in_an_earlier_export_is_not_written_over(
    seeded: Caseledger, seeded_file: Path, folder: Path
) -> None:
    """Though it goes by the name of a table's file, which the description lists."""
    seeded("export", "csv", str(folder))
    (folder / "actions.csv").write_bytes(seeded_file.read_bytes())
    before = contents(folder)

    said = refused(seeded("export", "csv", str(folder)), 1)

    assert said.endswith("holds a database of SQLite (actions.csv): name another folder")
    assert contents(folder) == before


def test_a_package_of_another_program_is_refused(seeded: Caseledger, folder: Path) -> None:
    """Its description has the name that ours has."""
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"name": "theirs", "resources": []}', "utf-8")

    assert "holds other files (datapackage.json)" in refused(
        seeded("export", "csv", str(folder)), 1
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"name": "caseledger"}', "5"])
def test_a_description_that_is_none_is_another_file(
    seeded: Caseledger, folder: Path, text: str
) -> None:
    """Whatever is in it, it is no error of ours."""
    folder.mkdir()
    (folder / "datapackage.json").write_text(text, encoding="utf-8")

    refused(seeded("export", "csv", str(folder)), 1)


def test_what_a_desktop_hides_in_a_folder_is_in_nobodys_way(
    seeded: Caseledger, folder: Path
) -> None:
    """And is left alone."""
    folder.mkdir()
    (folder / ".DS_Store").write_bytes(b"\x00")

    assert seeded("export", "csv", str(folder)).code == 0
    assert seeded("export", "csv", str(folder)).code == 0
    assert (folder / ".DS_Store").exists()


def test_folders_above_it_are_made(seeded: Caseledger, folder: Path) -> None:
    """As deep as is asked for."""
    assert seeded("export", "csv", str(folder / "a" / "b")).code == 0
    assert (folder / "a" / "b" / "actions.csv").exists()


def test_a_link_to_a_folder_stays_a_link(seeded: Caseledger, folder: Path, tmp_path: Path) -> None:
    """What is written lands where it leads."""
    real = tmp_path / "real"
    real.mkdir()
    folder.symlink_to(real)

    assert seeded("export", "csv", str(folder)).code == 0
    assert folder.is_symlink()
    assert (real / "actions.csv").exists()


def test_a_link_that_leads_to_itself_is_told_in_a_line(seeded: Caseledger, folder: Path) -> None:
    """It leads to no folder."""
    folder.symlink_to(folder)

    refused(seeded("export", "csv", str(folder)), 1)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["json", "x"], 2, "what can be exported: csv; not 'json'"),
        (["csv"], 2, "Missing argument 'DIR'"),
        ([], 2, "Missing argument 'csv'"),
        (["csv", "/proc/caseledger"], 1, "cannot write /proc/caseledger: "),
    ],
)
def test_what_cannot_be_exported_is_told_in_a_line(
    seeded: Caseledger, words: list[str], code: int, said: str
) -> None:
    """Wrong usage, or a place that cannot be written."""
    assert said in refused(seeded("export", *words), code)


def test_a_file_is_no_folder(seeded: Caseledger, folder: Path) -> None:
    """It is left as it is, and so is what it would be a folder of."""
    folder.write_text("mine", encoding="utf-8")

    assert refused(seeded("export", "csv", str(folder)), 1).endswith("is not a folder")
    assert refused(seeded("export", "csv", str(folder / "x")), 1).startswith("cannot write ")
    assert folder.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("exported", [False, True])
def test_nothing_half_written_is_left_where_writing_fails(
    seeded: Caseledger,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    exported: bool,  # noqa: FBT001
) -> None:
    """No new folder, no change to an old one, no draft beside them."""
    if exported:
        seeded("export", "csv", str(folder))
        seeded("add", "person", "Fulano Inventado", "--source", "S1")
    before = contents(folder) if exported else None
    written = iter(range(5))

    def write(*given: Any, **named: Any) -> None:
        if next(written, None) is None:
            raise OSError(28, "No space left on device")
        render.write(*given, **named)

    monkeypatch.setattr("caseledger.exporting.datapackage.write", write)
    said = refused(seeded("export", "csv", str(folder)), 1)

    assert said == f"cannot write {folder}: No space left on device"
    assert (contents(folder) if folder.exists() else None) == before
    assert not list(folder.parent.glob(".export.*"))
