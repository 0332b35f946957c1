"""What is shipped works where it lands: the wheel carries its data, and names no one's machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import caseledger

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[1]

with_hatchling = pytest.mark.skipif(
    find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)


def _build(target: str, checkout: Path, folder: Path) -> Path:
    """A wheel or an sdist, built as pip builds it, without fetching anything."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return _build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, and nothing of the checkout near it."""
    folder = tmp_path_factory.mktemp("installed")
    _run("-m", "zipfile", "-e", str(wheel), str(folder), folder=folder)
    return folder


def _files(wheel: Path) -> set[str]:
    """What a wheel installs."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("RECORD")}


def _run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new interpreter, started in a folder."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done


@with_hatchling
def test_the_wheel_carries_everything_that_the_program_reads(wheel: Path) -> None:
    """Revisions and seed lie outside the package in the checkout, and inside it in the wheel."""
    files = _files(wheel)
    revisions = {path.name for path in (CHECKOUT / "alembic" / "versions").glob("*.py")}
    seed = {path.name for path in (CHECKOUT / "seed").glob("*.toml")}
    modules = {
        str(path.relative_to(CHECKOUT / "src"))
        for path in (CHECKOUT / "src" / "caseledger").rglob("*.py")
    }

    assert revisions
    assert seed
    assert {f"caseledger/_data/alembic/versions/{name}" for name in revisions} <= files
    assert {f"caseledger/_data/seed/{name}" for name in seed} <= files
    assert modules <= files
    assert {"caseledger/_data/alembic/env.py", "caseledger/py.typed"} <= files


@with_hatchling
def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    """No tests, no caches, nobody's registry."""
    others = {
        name
        for name in _files(wheel)
        if not re.fullmatch(
            r"caseledger/(_data/(alembic|seed)/)?[\w/.-]+\.(py|toml|mako|typed)"
            r"|caseledger-[\w.]+\.dist-info/[\w/.]+",
            name,
        )
    }

    assert others == set()
    assert not [name for name in _files(wheel) if "__pycache__" in name or "test" in name]


@with_hatchling
def test_what_is_installed_runs_from_an_unrelated_folder(unpacked: Path, tmp_path: Path) -> None:
    """It makes its registry from its own revisions and its own seed, far from any checkout.

    The continuous integration does the same with a real installation, dependencies and all.
    """
    path = str(unpacked)
    asked = ("report", "--cartel", "CJNG", "--format", "csv")
    where = _run("-c", "import caseledger; print(caseledger)", folder=tmp_path, PYTHONPATH=path)
    report = _run("-m", "caseledger", *asked, folder=tmp_path, PYTHONPATH=path)

    assert path in where.stdout
    assert len(report.stdout.splitlines()) == 1 + 4
    assert "made a registry" in report.stderr


@with_hatchling
def test_an_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Whoever packages from the sdist misses nothing."""
    sdist = _build("sdist", CHECKOUT, tmp_path / "sdist")
    _run("-m", "tarfile", "-e", str(sdist), str(tmp_path / "source"), folder=tmp_path)
    (source,) = (tmp_path / "source").iterdir()

    assert _files(_build("wheel", source, tmp_path / "again")) == _files(wheel)
    assert (source / "tests" / "test_packaging.py").exists()


def test_alembic_is_the_library_in_the_checkout_too() -> None:
    """A file `alembic/__init__.py` would hide it from everyone who works there."""
    assert not (CHECKOUT / "alembic" / "__init__.py").exists()
    assert _run("-c", "from alembic import command; command.upgrade", folder=CHECKOUT)


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    return project["project"]  # type: ignore[no-any-return]


def test_versions_agree() -> None:
    """The package says the version that it is published under."""
    assert caseledger.__version__ == _project()["version"]


def test_the_package_is_typed() -> None:
    """Type checkers look for the mark."""
    assert (Path(caseledger.__file__).parent / "py.typed").exists()


def test_every_extra_is_in_all() -> None:
    """`.[all]` is everything that continuous integration needs."""
    extras = _project()["optional-dependencies"]
    (everything,) = extras["all"]

    assert set(re.findall(r"\w+", everything)) == {"caseledger", *extras} - {"all"}


def _kept() -> Iterator[Path]:
    """The files of the project: what git keeps, or would; all of an unpacked sdist."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [CHECKOUT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    else:
        names = [path for path in CHECKOUT.rglob("*") if "__pycache__" not in path.parts]
    yield from (path for path in names if path.is_file())


_NAMED = re.compile(
    r"(?<!\w)/(work|root|home|Users|tmp/dev)/"
    r"|\b(pypi|crates|deb\.debian|pythonhosted|npmjs)\.(org|io|com)\b"
)
"""Folders of somebody's machine, and hosts that packages come from."""


def test_no_file_names_a_machine_or_a_registry_of_packages() -> None:
    """The project runs anywhere, from wherever its packages come."""
    named = []
    for path in _kept():
        text = path.read_bytes().decode("utf-8", "replace")
        named += [f"{path.relative_to(CHECKOUT)}: {found[0]}" for found in _NAMED.finditer(text)]

    assert named == []


def test_what_is_not_to_be_named_is_noticed() -> None:
    """The test above would be green for good if it looked for nothing."""
    told = ["see /" + "root/.cache", "from " + "pypi" + ".org", '"/' + 'tmp/dev/bin/python"']

    assert all(_NAMED.search(text) for text in told)
    assert not _NAMED.search("$room/home/data, $XDG_DATA_HOME/work/, example.org")
