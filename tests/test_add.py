"""Recording actions by hand: all or nothing, by whom, on a terminal."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from caseledger.db.location import locate
from caseledger.db.reading import reading
from tests.adding import NEW, TITLE, ask, dump, refused
from tests.support import InProcess, run_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import Caseledger


# All or nothing, and nothing at all


def test_one_of_several_that_cannot_be_recorded_stops_all(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Nobody finds half a press release in the registry."""
    before = dump(seeded_file)

    refused(seeded("add", "arrest", *NEW, "--cartel", "New Gang X", "--person", "Cárdenas"), 3)

    assert dump(seeded_file) == before


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Every value and the citation; no number is taken."""
    before = dump(seeded_file)

    ran = seeded(
        "add", "conviction", *NEW, "--cartel", "CJNG", "--alleged", "--date", "2024", "--inferred",
        "--sentence", "12y", "--place", "CJNG", "--section", "Verdicts", "--phrase", "guilty",
        "--dry-run",
    )  # fmt: skip

    assert ran.code == 0
    assert dump(seeded_file) == before
    assert [line for line in ran.lines if not line.startswith("  ")] == [
        "would record P? Fulano Inventado: new person",
        "would record F? P? Fulano Inventado: linked, O3 Cartel Jalisco Nueva Generación, alleged",
        "would record A? conviction of P? Fulano Inventado, 2024",
        f"citing S1 {TITLE}, Verdicts, “guilty”",
    ]
    assert {"  date basis: inferred", "  sentence months: 144", "  place: CJNG"} < set(ran.lines)


def test_a_dry_run_refuses_what_would_be_refused(seeded: Caseledger) -> None:
    """Else it would promise what does not come."""
    said = refused(
        seeded("add", "arrest", "--person", "Cárdenas", "--source", "S1", "--dry-run"), 3
    )

    assert "P27" in said


def test_a_dry_run_takes_no_number_on_either_engine(either: Caseledger) -> None:
    """A sequence of PostgreSQL does not give back what a rolled back transaction took."""
    for _ in range(2):
        either("add", "arrest", *NEW, "--cartel", "Grupo Zutano", "--dry-run")

    ran = either("add", "arrest", *NEW, "--cartel", "Grupo Zutano")

    assert sorted(line.split()[0] for line in ran.lines) == ["A21", "F11", "O40", "P39"]


def test_what_is_recorded_reads_alike_on_either_engine(either: Caseledger) -> None:
    """The row of a report, from a group that was tied to a cartel."""
    either(
        "add", "arrest", "--people", "several", "--described", "several men", "--inferred",
        "--date", "[..2024-09]", "--cartel", "CJNG", "--relation", "member", "--alleged",
        "--authority", "FGR",
        "--source", "S1", "--section", "Arrests",
    )  # fmt: skip

    row = either("report", "--cartel", "CJNG", "--since", "2023", "--format", "csv").lines[1]

    assert row == (
        "A21,arrest,[..2024-09],event,inferred,several men,G39,,,member,,alleged,"
        "Cartel Jalisco Nueva Generación,FGR,,,,,,S1,Arrests,,"
    )


def test_two_at_once_both_land(seeded_file: Path) -> None:
    """One waits for the other."""
    command = [sys.executable, "-m", "caseledger", "--db", str(seeded_file), "add", "arrest"]
    both = [
        subprocess.Popen(
            [*command, "--person", name, "--source", "S1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("Fulano Inventado", "Zutano Distinto")
    ]
    codes = [(program.communicate(), program.returncode)[1] for program in both]

    assert codes == [0, 0]
    assert ask(seeded_file, "SELECT count(*) FROM actions WHERE dataset = 'local'") == [(2,)]


# Who records


def test_who_records_is_kept_with_every_record(seeded: Caseledger, seeded_file: Path) -> None:
    """`--by` says who; every table has a place for it."""
    seeded("add", "arrest", *NEW, "--cartel", "Grupo Zutano")

    for table in ("parties", "affiliations", "actions", "citations"):
        assert ask(
            seeded_file, f"SELECT DISTINCT recorded_by FROM {table} WHERE dataset = 'local'"
        ) == [("tester",)]


def test_the_environment_says_who_records_where_no_option_does(seeded_file: Path) -> None:
    """A team sets it once."""
    ran = run_program(
        "--db", str(seeded_file), "add", "arrest", *NEW, CASELEDGER_BY="Ana de Ejemplo"
    )  # fmt: skip

    assert ran.code == 0
    assert ask(seeded_file, "SELECT recorded_by FROM actions WHERE id = 21") == [
        ("Ana de Ejemplo",)
    ]


@pytest.mark.parametrize("by", ["  ", "a\nb", "\udce9"])
def test_nobody_cannot_record(seeded: Caseledger, by: str) -> None:
    """A blank name, or one that cannot be kept."""
    said = refused(seeded("--by", by, "add", "arrest", *NEW), 2)

    assert said.startswith("--by: ")


# On a terminal


@pytest.fixture
def terminal(seeded_file: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`add arrest` of a similar name, on a terminal; and the terminal's other end."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    outer, inner = pty.openpty()
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "caseledger", "--db", str(seeded_file), "add", "arrest"),
            *("--person", "Mario Cardenas Guilen", "--cartel", "Golf Cartel", "--source", "S1"),
        ],
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=inner,
    )
    os.close(inner)
    yield program, outer
    program.kill()
    program.communicate()
    os.close(outer)


def until(outer: int, expected: str) -> str:
    """What is shown, up to and with this."""
    shown, deadline = "", time.monotonic() + 30
    while expected not in shown:
        assert time.monotonic() < deadline, shown
        if select.select([outer], [], [], 0.2)[0]:
            shown += os.read(outer, 4096).decode()
    return shown


def test_on_a_terminal_it_asks_whether_somebody_similar_is_someone_else(
    terminal: tuple[subprocess.Popen[bytes], int], seeded_file: Path
) -> None:
    """Each in turn; meanwhile others can write, and a yes to all records it."""
    program, outer = terminal
    shown = until(outer, "Someone else?")
    meanwhile = InProcess(str(seeded_file))("add", "death", "--person", "P23", "--source", "S1")
    os.write(outer, b"y\n")
    until(outer, "'Golf Cartel' is not there; similar: O4 Gulf Cartel. Someone else?")
    os.write(outer, b"y\n")
    out, _ = program.communicate(timeout=30)

    assert "'Mario Cardenas Guilen' is not there; similar: P29 Mario Cárdenas Guillén" in shown
    assert meanwhile.code == program.returncode == 0
    assert b"O40 Golf Cartel: new organization (cartel)" in out


def test_on_a_terminal_a_no_records_nothing(
    terminal: tuple[subprocess.Popen[bytes], int], seeded_file: Path
) -> None:
    """The line says whom to name instead."""
    program, outer = terminal
    before = dump(seeded_file)
    until(outer, "Someone else?")
    os.write(outer, b"n\n")
    shown = until(outer, "give a reference")
    out, _ = program.communicate(timeout=30)

    assert (program.returncode, out) == (3, b"")
    assert "no person called 'Mario Cardenas Guilen'" in shown
    assert dump(seeded_file) == before


def test_with_no_standard_input_at_all_nobody_is_asked(seeded_file: Path) -> None:
    """A service has none: the answer is the one without a terminal."""
    done = subprocess.run(
        [
            *("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "caseledger", "--db"),
            *(str(seeded_file), "add", "arrest", "--person", "Mario Cardenas Guilen"),
            *("--source", "S1"),
        ],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


def test_add_alone_without_a_terminal_shows_its_help(seeded: Caseledger) -> None:
    """A script that forgot the rest is not left waiting for an answer."""
    ran = seeded("add")

    assert ran.code == 0
    assert ran.out.startswith("Usage: caseledger add ")


def test_what_is_recorded_by_hand_has_a_key_of_its_own(empty: Caseledger, empty_file: Path) -> None:
    """So that an export and a load tell it from all others."""
    empty("add", "source", "Invented bulletin")
    empty("add", "arrest", "--person", "Fulano Inventado", "--source", "S1")
    with reading(locate(str(empty_file))) as reader:
        keys = [
            row[0] for row in reader.rows("SELECT key FROM actions UNION SELECT key FROM parties")
        ]

    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{16}", key) for key in keys)
