"""Running programs side by side, and keeping what was found.

Programs that are compared run in turn, round after round, so that whatever else the machine does
falls on all of them alike; each is told by its median.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
OUT = HERE / "out"
PYTHON = sys.executable
_PROGRAMS = Path(sys.executable).parent
CASELEDGER = str(_PROGRAMS / "caseledger")
SQLITE_UTILS = str(_PROGRAMS / "sqlite-utils")


class Timing(NamedTuple):
    """How long a whole process takes, in seconds: on the clock, and of the processor."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Program:
    """A command line, and what it is told by its environment."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, stdout: int) -> subprocess.Popen[bytes]:
        """Start it, undisturbed by the settings of whoever runs the benchmark."""
        mine = ("CASELEDGER_", "PYTHON", "COMP_", "XDG_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(mine)}
        return subprocess.Popen(
            self.command, stdout=stdout, env={**inherited, **self.environment}, cwd=HERE
        )

    def output(self) -> str:
        """What it prints; it must succeed."""
        with self.run(subprocess.PIPE) as process:
            printed, _ = process.communicate()
        assert process.returncode == 0, f"{self.command} exits with {process.returncode}"
        return printed.decode()

    def output_to(self, path: Path) -> Path:
        """The same, into a file."""
        with path.open("wb") as file, self.run(file.fileno()) as process:
            process.wait()
        assert process.returncode == 0, f"{self.command} exits with {process.returncode}"
        return path

    def time(self) -> Timing:
        """How long it takes once; what it prints goes nowhere."""
        start = time.perf_counter()
        process = self.run(subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{self.command} exits with {process.returncode}"
        return Timing(wall, usage.ru_utime + usage.ru_stime)

    def peak(self) -> float:
        """The most memory that it holds, in MB: told by a small parent, whose own is less."""
        measured = Program([PYTHON, "-S", str(HERE / "peak.py"), *self.command], self.environment)
        return int(measured.output()) / (1_000_000 if sys.platform == "darwin" else 1_000)


def side_by_side(programs: Mapping[str, Program], runs: int) -> dict[str, Timing]:
    """The median times of programs that run in turn; a first round warms caches and bytecode."""
    taken: dict[str, list[Timing]] = {name: [] for name in programs}
    for number in range(runs + 1):
        for name, program in programs.items():
            timing = program.time()
            if number:
                taken[name].append(timing)
    return {name: typical(timings) for name, timings in taken.items()}


def typical(timings: Sequence[Timing]) -> Timing:
    """The median of each kind of time."""
    return Timing(median(t.wall for t in timings), median(t.cpu for t in timings))


def ratio(ours: Timing, theirs: Timing) -> Timing:
    """How much of their time ours is, of each kind of time."""
    return Timing(ours.wall / theirs.wall, ours.cpu / theirs.cpu)


@dataclass
class Table:
    """A table for the page."""

    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Check:
    """A figure with a bound that it must keep, whatever the machine."""

    what: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def met(self) -> bool:
        """Whether it keeps it."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def bound(self) -> str:
        """The bound in words."""
        return (
            f"at least {self.at_least:g}" if self.at_most is None else f"at most {self.at_most:g}"
        )


def _machine() -> str:
    return (
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} processors"
    )


@dataclass
class Result:
    """What a benchmark found: tables, bounds kept or not, and blocks of text, for the page."""

    name: str
    tables: list[Table] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    machine: str = field(default_factory=_machine)

    def save(self) -> None:
        """Keep it in `benchmarks/out`, and say it."""
        OUT.mkdir(exist_ok=True)
        kept = {**asdict(self), "met": all(check.met for check in self.checks)}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        (OUT / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")
        for table in self.tables:
            print("\n".join("  ".join(cells) for cells in [table.columns, *table.rows]))
        for check in self.checks:
            print(f"{check.what}: {check.value:.2f} ({check.bound}): {verdict(check)}")

    @classmethod
    def read(cls, path: Path) -> Result:
        """One that was kept."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            kept["name"],
            [Table(**table) for table in kept["tables"]],
            [Check(**check) for check in kept["checks"]],
            kept["texts"],
            kept["machine"],
        )


def verdict(check: Check) -> str:
    """A check in a word."""
    return "met" if check.met else "MISSED"


def milliseconds(seconds: float) -> str:
    """A time, as exact as it means something."""
    return f"{seconds * 1000:,.0f} ms"


class Given(NamedTuple):
    """What a benchmark is told on its command line."""

    quick: bool
    rounds: int | None
    work: Path

    def times(self, usual: int, quick: int) -> int:
        """How many times to do what is usually done so often."""
        return self.rounds or (quick if self.quick else usual)


@contextmanager
def told(description: str | None) -> Iterator[Given]:
    """Read the command line; without `--work` the files that are made are gone at the end."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="small and few: does it work at all")
    parser.add_argument("--rounds", type=int, metavar="N", help="how many times: runs, or kills")
    parser.add_argument("--work", type=Path, help="a folder to keep generated files in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = (given.work or Path(folder)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        yield Given(given.quick, given.rounds, work)
