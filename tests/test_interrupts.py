"""Ctrl-C: it ends the program in a line at most, and never hides what is recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event

from caseledger.interrupts import uninterrupted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")

ADD = ("add", "person", "Fulano Inventado", "--source", "S1")


def test_while_the_program_is_imported_it_ends_without_a_word(seeded_file: Path) -> None:
    """Nothing is begun yet; no traceback out of the middle of an import."""
    program = subprocess.Popen(
        [
            *(sys.executable, "-X", "importtime", "-m", "caseledger"),
            *("--db", str(seeded_file), *ADD),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    while "typer" not in program.stderr.readline():
        pass  # a line comes as each module has been imported
    program.send_signal(signal.SIGINT)
    _, rest = program.communicate()

    assert program.returncode == -signal.SIGINT  # a shell says 130
    assert [line for line in rest.splitlines() if not line.startswith("import time:")] == []


def test_in_the_middle_of_a_command_it_ends_with_130(seeded_file: Path, tmp_path: Path) -> None:
    """Here while it waits for the file that it is to load."""
    pipe = tmp_path / "records.toml"
    os.mkfifo(pipe)
    program = subprocess.Popen(
        [sys.executable, "-m", "caseledger", "--db", str(seeded_file), "load", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with pipe.open("wb"):  # opened on this side only once it is on the other
        program.send_signal(signal.SIGINT)
        assert program.communicate() == ("", "caseledger: stopped\n")

    assert program.returncode == 130


def test_between_a_commit_and_what_is_said_of_it_it_is_too_late(seeded: Caseledger) -> None:
    """What is recorded is told; the program has no more to do then anyway."""

    def interrupt(_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    event.listen(Engine, "commit", interrupt)
    try:
        ran = seeded(*ADD)
    finally:
        event.remove(Engine, "commit", interrupt)

    assert (ran.code, ran.out, ran.err) == (0, "P39 Fulano Inventado: new person\n", "")
    assert seeded("show", "P39").code == 0


def test_after_what_must_not_be_stopped_it_stops_again() -> None:
    """The program does not turn deaf."""
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
