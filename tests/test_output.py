"""Where a report goes: to the terminal, down a pipe, or into a file that is whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from caseledger.cli import output
from caseledger.errors import ExitCode, RefusedError, UsageError
from caseledger.render import Format
from caseledger.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Caseledger, Ran

BOM = b"\xef\xbb\xbf"

CJNG = ("report", "--cartel", "CJNG")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was written."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


def drafts(folder: Path) -> list[Path]:
    """What a write that failed half-way would leave behind."""
    return list(folder.glob(".*"))


# The format


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.csv", BOM + b"action,kind,date"),
        ("x.CSV", BOM + b"action,kind,date"),
        ("x.json", b'{\n  "title"'),
        ("x.md", b"### Actions: O3"),
        ("x.markdown", b"### Actions: O3"),
        ("x.txt", b"Actions: O3"),
    ],
)
def test_the_ending_of_a_file_says_its_format(
    seeded: Caseledger, tmp_path: Path, name: str, begins: bytes
) -> None:
    """Nothing is printed besides: stdout is data, and there is none."""
    ran = seeded(*CJNG, "--output", str(tmp_path / name))

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_format_that_is_asked_for_goes_before_the_ending(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """Whoever says both means what was said."""
    seeded(*CJNG, "--output", str(tmp_path / "x.csv"), "--format", "json")

    assert json.loads((tmp_path / "x.csv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["x", "x.foo", "x.csv.gz", "csv"])
def test_an_ending_that_says_no_format_is_refused(
    seeded: Caseledger, tmp_path: Path, name: str
) -> None:
    """Nothing is guessed, and no file is made."""
    said = refused(seeded(*CJNG, "--output", str(tmp_path / name)), 2)

    assert said.endswith("its ending is none of .csv, .json, .md, .markdown, .txt; give --format")
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["xml", "", "CSVX"])
def test_an_unknown_format_is_refused_with_the_list(seeded: Caseledger, name: str) -> None:
    """Exit 2."""
    said = refused(seeded(*CJNG, "--format", name), 2)

    assert said == f"--format is one of: table, csv, json, markdown; not {name!r}"


def test_without_a_file_a_report_is_a_table(seeded: Caseledger) -> None:
    """`-` is standard output."""
    assert seeded(*CJNG).out == seeded(*CJNG, "--output", "-").out
    assert seeded(*CJNG).out.startswith("Actions: O3")


def test_lists_go_where_reports_go(seeded: Caseledger, tmp_path: Path) -> None:
    """With the same options."""
    seeded("list", "people", "--output", str(tmp_path / "x.csv"))

    assert (tmp_path / "x.csv").read_bytes().startswith(BOM + b"ref,kind,name")


# The byte order mark


@pytest.mark.parametrize(
    ("options", "in_file", "on_stdout"),
    [((), True, False), (("--bom",), True, True), (("--no-bom",), False, False)],
)
def test_a_csv_for_excel_has_a_byte_order_mark(
    seeded: Caseledger,
    tmp_path: Path,
    options: tuple[str, ...],
    in_file: bool,  # noqa: FBT001
    on_stdout: bool,  # noqa: FBT001
) -> None:
    """In a file, without which Excel misreads accents; down a pipe none, unless asked for."""
    seeded(*CJNG, "--output", str(tmp_path / "x.csv"), *options)
    out = seeded(*CJNG, "--format", "csv", *options).out

    assert (tmp_path / "x.csv").read_bytes().startswith(BOM) == in_file
    assert out.startswith("\ufeff") == on_stdout


@pytest.mark.parametrize("name", ["x.json", "x.md", "x.txt"])
def test_only_a_csv_has_a_byte_order_mark(seeded: Caseledger, tmp_path: Path, name: str) -> None:
    """A reader of JSON stumbles over it."""
    seeded(*CJNG, "--output", str(tmp_path / name), "--bom")

    assert not (tmp_path / name).read_bytes().startswith(BOM)


# Cells


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """In a file and down a pipe; --raw leaves it, and so do formats that nothing runs."""
    seeded("add", "arrest", "--person", "=HYPERLINK(1)", "--source", "S1")
    file = tmp_path / "x.csv"
    asked = ("report", "--person", "=HYPERLINK(1)")

    seeded(*asked, "--output", str(file))
    piped = list(csv.DictReader(io.StringIO(seeded(*asked, "--format", "csv").out)))
    raw = list(csv.DictReader(io.StringIO(seeded(*asked, "--format", "csv", "--raw").out)))

    assert ",'=HYPERLINK(1)," in file.read_text(encoding="utf-8")
    assert piped[0]["subject"] == "'=HYPERLINK(1)"
    assert raw[0]["subject"] == "=HYPERLINK(1)"
    assert '"=HYPERLINK(1)"' in seeded(*asked, "--format", "json").out


def test_a_csv_in_a_file_is_the_one_down_a_pipe(seeded: Caseledger, tmp_path: Path) -> None:
    """Byte for byte, but for the mark; lines end as the csv module ends them."""
    seeded(*CJNG, "--output", str(tmp_path / "x.csv"))
    out = seeded(*CJNG, "--format", "csv").out

    assert (tmp_path / "x.csv").read_bytes() == BOM + out.encode()
    assert out.count("\r\n") == 5


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_what_is_written_is_utf_8_whatever_the_locale(seeded_file: Path, encoding: str) -> None:
    """A pipe on Windows, or under LANG=C."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "caseledger", "--db", str(seeded_file)),
            *(*CJNG, "--format", "csv"),
        ],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )

    assert "Aldrin Miguel Jarquín Jarquín".encode() in done.stdout


# Files


def test_a_file_that_is_there_is_replaced_whole(seeded: Caseledger, tmp_path: Path) -> None:
    """Whoever has the old one open keeps reading the old one; permissions stay."""
    file = tmp_path / "x.csv"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    with file.open(encoding="utf-8") as old:
        seeded(*CJNG, "--output", str(file))

        assert old.read() == "old"
    assert b"CJNG" in file.read_bytes() or b"Jalisco" in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert drafts(tmp_path) == []


def test_a_link_stays_a_link(seeded: Caseledger, tmp_path: Path) -> None:
    """What is written lands where it leads, there already or not."""
    link, real = tmp_path / "link.csv", tmp_path / "elsewhere.csv"
    link.symlink_to(real)

    seeded(*CJNG, "--output", str(link))
    seeded(*CJNG, "--output", str(link))

    assert link.is_symlink()
    assert real.read_bytes().startswith(BOM)


def test_a_link_that_leads_to_itself_is_replaced(seeded: Caseledger, tmp_path: Path) -> None:
    """It leads nowhere; and it is no traceback."""
    link = tmp_path / "link.csv"
    link.symlink_to(link)

    ran = seeded(*CJNG, "--output", str(link))

    assert ran.code == 0
    assert link.read_bytes().startswith(BOM)


def test_what_is_no_file_is_written_to_as_it_is(seeded: Caseledger) -> None:
    """A device cannot be replaced."""
    ran = seeded(*CJNG, "--output", os.devnull, "--format", "csv")

    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("nowhere/x.csv", 1, "nowhere/x.csv: No such file or directory"),
        ("folder.csv", 1, "folder.csv: Is a directory"),
        ("file.txt/x.csv", 1, "x.csv: Not a directory"),
        ("a" * 300 + ".csv", 1, "File name too long"),
    ],
)
def test_where_nothing_can_be_written_it_is_told_in_a_line(
    seeded: Caseledger, tmp_path: Path, name: str, code: int, said: str
) -> None:
    """And nothing is made."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    before = set(tmp_path.rglob("*"))

    assert said in refused(seeded(*CJNG, "--output", f"{tmp_path}/{name}"), code)
    assert set(tmp_path.rglob("*")) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, but the index that whoever has the registry open writes in."""
    return {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if file.is_file() and not file.name.endswith("-shm")
    }


@pytest.mark.parametrize("command", [CJNG, ("list", "people")])
@pytest.mark.parametrize(
    "name",
    [
        *("registry.db", "symbolic", "hard", "copy.csv"),
        *("registry.db-wal", "registry.db-shm", "registry.db-journal", "log.csv"),
    ],
)
def test_no_database_is_ever_written_over(
    seeded: Caseledger, seeded_file: Path, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    """The registry itself by any path, its log, there or not, or another database."""
    (tmp_path / "symbolic").symlink_to(seeded_file)
    (tmp_path / "hard").hardlink_to(seeded_file)
    with closing(sqlite3.connect(tmp_path / "copy.csv")) as other, other:
        other.execute("CREATE TABLE mine (x)")
    with closing(sqlite3.connect(seeded_file)) as writer:
        writer.execute("CREATE TABLE mine (x)")  # now there is a log, and an index
        (tmp_path / "log.csv").hardlink_to(tmp_path / "registry.db-wal")
        before = contents(tmp_path)

        said = refused(seeded(*command, "--output", f"{tmp_path}/{name}", "--format", "csv"), 1)

        assert said.endswith(f"{name}: it is, or belongs to, a database of SQLite")
        assert contents(tmp_path) == before


def test_what_only_looks_like_the_name_of_a_log_is_written(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """There is no database that it would belong to."""
    for name in ("notes-wal", "-wal"):
        ran = seeded(*CJNG, "--output", f"{tmp_path}/{name}", "--format", "csv")

        assert (ran.code, ran.err) == (0, "")


def test_the_name_of_a_file_is_needed(seeded: Caseledger) -> None:
    """An empty variable of a script is no file."""
    said = refused(seeded(*CJNG, "--output", ""), 2)

    assert said == "--output: the name of a file is needed, or -"


def test_a_report_that_cannot_be_made_leaves_the_old_file(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """A slip in a name does not cost yesterday's briefing."""
    file = tmp_path / "x.csv"
    file.write_text("old", encoding="utf-8")

    refused(seeded("report", "--cartel", "CJGN", "--output", str(file)), 3)

    assert file.read_text(encoding="utf-8") == "old"


def test_a_report_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """No half of the new one, and no draft."""
    file = tmp_path / "x.csv"
    file.write_text("old", encoding="utf-8")

    def rows() -> Iterator[tuple[str, ...]]:
        yield ("one",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        output.deliver(Sheet("t", ("a",), rows()), output=str(file))

    assert file.read_text(encoding="utf-8") == "old"
    assert drafts(tmp_path) == []


@on_linux
@pytest.mark.parametrize("layout", ["csv", "json", "markdown", "table"])
def test_a_full_disk_is_told_in_a_line(seeded: Caseledger, layout: str) -> None:
    """It shows only when what was written is flushed."""
    said = refused(seeded(*CJNG, "--output", "/dev/full", "--format", layout), 1)

    assert said == "cannot write /dev/full: No space left on device"


@on_linux
@pytest.mark.parametrize("command", [CJNG, (*CJNG, "--format", "csv"), ("list", "people")])
def test_standard_output_on_a_full_disk_is_told_in_a_line(
    seeded_file: Path, command: tuple[str, ...]
) -> None:
    """No traceback as the interpreter shuts down, either."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "caseledger", "--db", str(seeded_file), *command],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert done.returncode == 1
    assert done.stderr == b"caseledger: output: No space left on device\n"


def test_a_reader_that_goes_away_is_no_mistake(seeded_file: Path) -> None:
    """`| head -1`."""
    done = subprocess.run(
        [
            *("sh", "-c", '"$@" | head -n 1', "sh", sys.executable, "-m", "caseledger"),
            *("--db", str(seeded_file), "report", "--format", "csv"),
        ],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"action,kind,")


def test_a_standard_output_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """`>&-`: there is nowhere to write."""
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(RefusedError, match="standard output is closed"):
        output.deliver(Sheet("t", ("a",), [("b",)]), format_="csv")


def test_every_format_can_be_asked_for() -> None:
    """In any case of its letters; a wrong one is wrong usage."""
    for layout in Format:
        assert output._layout(layout.upper(), None) is layout
    with pytest.raises(UsageError) as caught:
        output._layout("xml", None)

    assert caught.value.code is ExitCode.USAGE
