"""Running the program in tests: in this process, or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from caseledger.cli.main import run

CHECKOUT = Path(__file__).parents[1]
SHARED = CHECKOUT.parent / "shared"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Its standard output, by lines."""
        return self.out.splitlines()


class Caseledger(Protocol):
    """Runs the program on one registry."""

    db: str

    def __call__(self, *arguments: str, stdin: str = "") -> Ran:
        """Run it with these arguments."""


class InProcess:
    """The program run in this process: quick, and everything real but the start-up."""

    def __init__(self, db: str) -> None:
        self.db = db

    def __call__(self, *arguments: str, stdin: str = "") -> Ran:
        """Run it with these arguments."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        old = sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = run(["--db", self.db, "--by", "tester", *arguments])
                out.flush()
        finally:
            sys.stdin = old
        assert isinstance(out.buffer, io.BytesIO)
        return Ran(code, out.buffer.getvalue().decode("utf-8"), err.getvalue())


def run_program(*arguments: str, **environment: str) -> Ran:
    """The program in a process of its own, as a user starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "caseledger", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
