"""Killing writers, and letting two write at once: nothing acknowledged is lost, nothing is half.

python -m benchmarks.reliability [--quick] [--rounds N] [--work FOLDER]
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks import worker
from benchmarks.measure import CASELEDGER, HERE, PYTHON, Check, Program, Result, Table, told

if TYPE_CHECKING:
    from pathlib import Path

_EVERY = 25
"""Kills that one registry endures before a new one is made."""

_COMMANDS = {"add": worker.add, "load": worker.load}

_WHOLE = """
    SELECT count(*) FROM parties p
      JOIN actions a ON a.subject_id = p.id
      JOIN citations c ON c.action_id = a.id
      JOIN affiliations f ON f.party_id = p.id
     WHERE p.name = ?"""
"""How many times something was added: with all that belongs to it, or it does not count."""

_HALVES = """
    SELECT p.name FROM parties p
     WHERE p.name GLOB 'killed-*' AND 1 <> (
        SELECT count(*) FROM actions a
          JOIN citations c ON c.action_id = a.id
          JOIN affiliations f ON f.party_id = p.id
         WHERE a.subject_id = p.id)"""


@dataclass
class Trial:
    """A registry, and the writes to it that were acknowledged."""

    registry: Path
    written: dict[str, list[str]] = field(default_factory=lambda: {"add": [], "load": []})

    def __post_init__(self) -> None:
        Program([CASELEDGER, "--db", str(self.registry), "init"]).output()

    def killed_in_a_loop(self, what: str, token: str, seconds: float) -> None:
        """A process writes again and again, and is killed after a while."""
        with _worker(self.registry, what, token, times=1_000_000) as process:
            assert process.stdin
            assert process.stdout
            process.stdout.readline()
            process.stdin.write(b"\n")
            process.stdin.flush()
            time.sleep(seconds)
            process.kill()
            self.written[what] += process.stdout.read().decode().split()
        assert process.returncode == -signal.SIGKILL, f"{what} failed before it was killed"

    def killed_at_a_command(self, what: str, token: str, seconds: float) -> None:
        """One command is killed, if it is not done by then."""
        command = [CASELEDGER, *_COMMANDS[what](str(self.registry), token)]
        with Program(command).run(subprocess.DEVNULL) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
        assert process.returncode in {0, -signal.SIGKILL}, f"{what} failed before it was killed"
        if process.returncode == 0:
            self.written[what].append(token)

    def at_once(self, tokens: dict[str, str]) -> None:
        """A process for each token writes once, all at the same moment."""
        processes = {
            token: _worker(self.registry, what, token, times=1) for token, what in tokens.items()
        }
        for process in processes.values():
            assert process.stdout
            process.stdout.readline()
        for process in processes.values():
            assert process.stdin
            process.stdin.write(b"\n")
            process.stdin.flush()
        for token, process in processes.items():
            acknowledged, _ = process.communicate()
            assert process.returncode == 0, f"{tokens[token]} failed beside another writer"
            self.written[tokens[token]] += acknowledged.decode().split()

    def is_open(self) -> bool:
        """Whether the process died with the registry open: the last to close it removes its log."""
        return self.registry.with_name(f"{self.registry.name}-wal").exists()

    def require_sound(self) -> None:
        """It opens, it is whole, and what was acknowledged is there, all of it and once."""
        check = Program([CASELEDGER, "--db", str(self.registry), "db", "check"])
        assert check.output() == "sound\n"
        with closing(sqlite3.connect(self.registry)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            for name in self.written["add"]:
                found = connection.execute(_WHOLE, (name,)).fetchone()[0]
                assert found == 1, f"{name} was acknowledged and is there {found} times"
            assert connection.execute(_HALVES).fetchall() == [], "an addition is there by half"
            loaded: set[str] = set()
            for table, rows in worker.ROWS.items():
                counts = connection.execute(
                    f"SELECT dataset, count(*) FROM {table}"
                    " WHERE dataset GLOB 'killed-*' GROUP BY dataset"
                ).fetchall()
                halves = [dataset for dataset, count in counts if count != rows]
                assert not halves, f"{halves} are there by half, in {table}"
                loaded |= {dataset for dataset, _ in counts}
            lost = set(self.written["load"]) - loaded
            assert not lost, f"{lost} were acknowledged and are not there"


def _worker(registry: Path, what: str, token: str, *, times: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [PYTHON, "-m", "benchmarks.worker", str(registry), what, token, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=HERE.parent,
    )


def main() -> None:
    """Kill, then write at once; look at the registry after each."""
    with told(__doc__) as given:
        table = Table(["what", "times", "with the registry open", "acknowledged writes, all there"])
        kills = given.times(200, quick=12)
        for row in _kill(given.work, kills):
            table.rows.append(row)
        pairs = given.times(100, quick=4) // 2
        trial = Trial(_new(given.work, "pairs"))
        for number in range(pairs):
            second = "load" if number % 4 == 3 else "add"
            trial.at_once({f"killed-{number}-a": "add", f"killed-{number}-b": second})
            trial.require_sound()
        landed = len(trial.written["add"]) + len(trial.written["load"])
        table.rows.append(["two writing at once", str(pairs), "", str(landed)])
    result = Result("reliability", [table])
    result.checks.append(Check("acknowledged writes lost, or anything there by half", 0, at_most=0))
    result.checks.append(Check("writes of pairs that landed", landed / (2 * pairs), at_least=1))
    result.save()


def _kill(work: Path, kills: int) -> list[list[str]]:
    """Kill so many writers, by turns in four ways, at random moments; a row of figures for each."""
    chance = random.Random(kills)
    ways = {
        "`add` in a loop": ("add", Trial.killed_in_a_loop),
        "`load` in a loop": ("load", Trial.killed_in_a_loop),
        "`add`, one command": ("add", Trial.killed_at_a_command),
        "`load`, one command": ("load", Trial.killed_at_a_command),
    }
    figures = {name: [0, 0, 0] for name in ways}
    for number in range(kills):
        if number % _EVERY == 0:
            trial = Trial(_new(work, f"kills-{number}"))
            typical = {what: _typical(trial, what) for what in _COMMANDS}
        name = list(ways)[number % len(ways)]
        what, killed = ways[name]
        before = len(trial.written[what])
        killed(trial, what, f"killed-{number}", chance.uniform(0, 1.2 * typical[what]))
        open_then = trial.is_open()
        trial.require_sound()
        for column, more in enumerate((1, open_then, len(trial.written[what]) - before)):
            figures[name][column] += more
    return [[f"kill -9: {name}", *map(str, counts)] for name, counts in figures.items()]


def _typical(trial: Trial, what: str) -> float:
    """How long a command takes."""
    command = [CASELEDGER, *_COMMANDS[what](str(trial.registry), "not-killed")]
    return Program(command).time().wall


def _new(work: Path, name: str) -> Path:
    path = work / f"{name}.db"
    for leftover in work.glob(f"{name}.db*"):
        leftover.unlink()
    return path


if __name__ == "__main__":
    main()
