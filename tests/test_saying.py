"""What the program says reaches whom it is for, or is said elsewhere; it never hides a record."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SECOND = Path(__file__).parent / "data" / "second-source.toml"

ADD = ("add", "person", "Łucja Ñandú", "--source", "S1")
LOAD = ("load", str(SECOND))
WITHDRAW = ("withdraw", "A4", "--reason", "a mistake")
WRITES = [ADD, LOAD, WITHDRAW]

FULL = "/dev/full"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


def shell(
    script: str, file: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The program as a shell's `"$@"`."""
    return subprocess.run(
        [
            *("sh", "-c", script, "sh", sys.executable, "-m", "caseledger"),
            *("--db", str(file), *arguments),
        ],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


def state(file: Path) -> tuple[int, int]:
    """How many parties there are, and how many actions are withdrawn."""
    with closing(sqlite3.connect(file)) as connection:
        (parties,) = connection.execute("SELECT count(*) FROM parties").fetchone()
        (withdrawn,) = connection.execute("SELECT count(withdrawn_at) FROM actions").fetchone()
    return parties, withdrawn


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_any_name_is_printed_whatever_the_locale(
    seeded_file: Path, environment: dict[str, str]
) -> None:
    """What is recorded, and what is wrong, in UTF-8."""
    done = shell('"$@"', seeded_file, *ADD, **environment)
    again = shell('"$@"', seeded_file, *ADD, **environment)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "P39 Łucja Ñandú: new person\n"
    assert "'Łucja Ñandú' is there already" in again.stderr.decode()


@on_linux
@pytest.mark.parametrize("command", WRITES, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("output", "why"), [(f">{FULL}", "No space left on device"), (">&-", "is closed")]
)
def test_what_is_recorded_and_cannot_be_printed_is_said_to_be_recorded(
    seeded_file: Path, command: tuple[str, ...], output: str, why: str
) -> None:
    """With its references, and a code of its own: done again it would be there twice."""
    before = state(seeded_file)

    done = shell(f'"$@" {output}', seeded_file, *command)

    said = done.stderr.decode()
    assert (done.returncode, done.stdout, said.count("\n")) == (5, b"", 1)
    assert said.startswith("caseledger: recorded, but it could not be printed (")
    assert why in said
    assert any(told in said for told in ("P39 Łucja Ñandú", "added: ", "A4 arrest"))
    assert state(seeded_file) != before


@on_linux
@pytest.mark.parametrize("command", WRITES, ids=lambda words: words[0])
def test_a_dry_run_that_cannot_be_printed_recorded_nothing(
    seeded_file: Path, command: tuple[str, ...]
) -> None:
    """So it is a plain failure."""
    before = state(seeded_file)

    done = shell(f'"$@" >{FULL}', seeded_file, *command, "--dry-run")

    assert (done.returncode, done.stderr) == (1, b"caseledger: output: No space left on device\n")
    assert state(seeded_file) == before


@on_linux
@pytest.mark.parametrize("errors", [f"2>{FULL}", "2>&-"])
def test_where_nothing_can_be_said_the_exit_code_still_tells(
    seeded_file: Path, errors: str
) -> None:
    """A standard error that fails turns no success into a failure, nor one failure into another."""
    for command, code in ((("init",), 0), (("show", "A999"), 3), (("reprot",), 2)):
        assert shell(f'"$@" {errors}', seeded_file, *command).returncode == code


@pytest.mark.parametrize(
    "command",
    [
        *(("list", "people"), ("show", "CJNG"), ("report",), ("--help",), ("db", "current")),
        *(("report", "--format", "csv"), WITHDRAW),
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_mistake_of_any_command(
    seeded_file: Path, command: tuple[str, ...]
) -> None:
    """`| head` ends quietly, wherever in the writing it goes."""
    outer, inner = os.pipe()
    os.close(outer)
    for buffered in ("", "1"):  # Python's buffer is written at the end, or line by line
        done = subprocess.run(
            [sys.executable, "-m", "caseledger", "--db", str(seeded_file), *command],
            stdout=inner,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": buffered},
        )
        if command != WITHDRAW or not buffered:
            assert (done.returncode, done.stderr) == (0, b"")
    os.close(inner)
