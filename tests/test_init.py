"""Making a registry: whole or not at all, once, and never over what is there."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caseledger.cli.making import make_seeded, seed
from caseledger.db.drafts import draft_beside
from caseledger.db.location import Location, locate
from caseledger.db.reading import first, reading
from caseledger.db.revision import HEAD
from caseledger.errors import CaseledgerError, NoRegistryError
from caseledger.migrations import make, migrate, revision_of
from tests.support import InProcess, run_program

if TYPE_CHECKING:
    from tests.support import Caseledger

ACTIONS = "SELECT count(*) FROM report_actions"
ALL = "SELECT (SELECT count(*) FROM actions), (SELECT count(*) FROM citations)"


RECORDS = [
    "parties",
    "names",
    "affiliations",
    "kinships",
    "cases",
    "actions",
    "tallies",
    "sources",
    "citations",
]


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def ask(location: Location, question: str) -> tuple[int, ...]:
    """The first row of the answer."""
    with reading(location) as reader:
        return tuple(first(reader, question))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no registry yet, on each of the two engines."""
    if request.param == "sqlite":
        return str(tmp_path / "team" / "registry.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


# --- making ---------------------------------------------------------------------------------------


def test_init_makes_a_registry_with_the_first_source_in_it(address: str) -> None:
    """One command, and the first question is answered."""
    caseledger = InProcess(address)

    ran = caseledger("init")

    assert (ran.code, ran.out) == (0, "")
    assert re.fullmatch(r"caseledger: made a registry at \S+\n", ran.err)
    report = caseledger("report", "--cartel", "CJNG", "--format", "csv")
    assert (report.code, len(report.lines)) == (0, 5)
    assert caseledger("db", "check").out == "sound\n"


def test_init_again_changes_nothing(address: str) -> None:
    """Whatever was recorded since, or withdrawn, stays as it is: the seed is loaded once."""
    caseledger = InProcess(address)
    caseledger("init")
    caseledger("withdraw", "A1", "--reason", "entered twice")
    with reading(locate(address)) as reader:
        was = [list(reader.rows(f"SELECT * FROM {table} ORDER BY id")) for table in RECORDS]

    ran = caseledger("init")

    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert ran.err.endswith("is there and up to date\n")
    with reading(locate(address)) as reader:
        is_now = [list(reader.rows(f"SELECT * FROM {table} ORDER BY id")) for table in RECORDS]
    assert is_now == was


def test_init_again_touches_no_byte(seeded: Caseledger) -> None:
    """A file that is up to date is opened and closed."""
    path = Path(seeded.db)
    was = path.read_bytes()

    assert seeded("init").code == 0

    assert path.read_bytes() == was
    assert names_in(path.parent) == [path.name]


def test_an_empty_registry_is_made_when_asked_for_and_seeded_later_once(address: str) -> None:
    """`--no-seed` is for those who bring their own; they may still change their mind."""
    caseledger = InProcess(address)

    caseledger("init", "--no-seed")
    empty = caseledger("list", "organizations", "--format", "csv").lines
    caseledger("init", "--no-seed")
    still_empty = caseledger("list", "organizations", "--format", "csv").lines
    seeding = caseledger("init")

    assert len(empty) == len(still_empty) == 1
    assert seeding.err.endswith("was there; the first source is in it now\n")
    assert caseledger("init").err.endswith("is there and up to date\n")
    assert len(caseledger("report", "--cartel", "CJNG", "--format", "csv").lines) == 5


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """It may hold what is said of living people; a wide umask does not open it."""
    path = tmp_path / "new" / "registry.db"
    umask = os.umask(0)
    try:
        make(Location(path, None))
    finally:
        os.umask(umask)

    assert path.stat().st_mode & 0o777 == 0o600
    assert names_in(path.parent) == ["registry.db"]


def test_a_place_where_nothing_can_be_made_is_told_in_a_line(tmp_path: Path) -> None:
    """Below a file there are no folders."""
    (tmp_path / "notes.txt").write_text("notes")

    ran = InProcess(str(tmp_path / "notes.txt" / "registry.db"))("init")

    assert ran.code == 4
    assert re.fullmatch(r"caseledger: cannot make a registry at .*: .*\n", ran.err)
    assert names_in(tmp_path) == ["notes.txt"]


# --- upgrading ------------------------------------------------------------------------------------


def test_an_upgrade_keeps_a_copy_with_its_data_and_says_where(seeded: Caseledger) -> None:
    """The registry as it was, whole, readable by its owner alone, under a name that says which."""
    path = Path(seeded.db)
    migrate(Location(path, None), "downgrade", "0001")
    path.with_name(f"registry.db.{HEAD}-1.bak").unlink()
    with closing(sqlite3.connect(path)) as connection:
        was = list(connection.iterdump())

    ran = seeded("init")

    copy = path.with_name("registry.db.0001-1.bak")
    assert ran.err == f"caseledger: upgraded the registry at {path} from 0001; as it was: {copy}\n"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert list(connection.iterdump()) == was
    assert len(seeded("report", "--cartel", "CJNG", "--format", "csv").lines) == 5
    assert names_in(path.parent) == ["registry.db", "registry.db.0001-1.bak"]


def test_a_second_copy_does_not_take_the_place_of_the_first(seeded_file: Path) -> None:
    """Copies are numbered."""
    location = Location(seeded_file, None)

    for _ in range(2):
        migrate(location, "downgrade", "0001")
        make(location)

    assert names_in(seeded_file.parent) == [
        "registry.db",
        *(f"registry.db.{name}.bak" for name in ("0001-1", "0001-2", f"{HEAD}-1", f"{HEAD}-2")),
    ]


def test_an_upgrade_seeds_nothing_that_was_not_there_unless_asked(empty: Caseledger) -> None:
    """Who keeps an empty registry upgrades it with `--no-seed`."""
    migrate(Location(Path(empty.db), None), "downgrade", "0001")

    assert empty("init", "--no-seed").code == 0

    assert len(empty("list", "sources", "--format", "csv").lines) == 1


def test_a_server_is_upgraded_in_place(postgres_url: str) -> None:
    """Its copies are the server's business: none is promised."""
    caseledger = InProcess(postgres_url)
    caseledger("init")
    caseledger("db", "downgrade", "0001")

    ran = caseledger("init")

    assert re.fullmatch(r"caseledger: upgraded the registry at \S+ from 0001\n", ran.err)
    assert len(caseledger("report", "--cartel", "CJNG", "--format", "csv").lines) == 5


# --- first use ------------------------------------------------------------------------------------


def test_a_users_own_registry_is_made_on_first_use(tmp_path: Path) -> None:
    """The first question is answered, with a line on stderr that says where the registry is."""
    path = tmp_path / "home of data" / "caseledger" / "registry.db"
    environment = {"XDG_DATA_HOME": str(tmp_path / "home of data")}

    once = run_program("report", "--cartel", "CJNG", "--format", "csv", **environment)
    again = run_program("report", "--cartel", "CJNG", "--format", "csv", **environment)

    assert once.err == f"caseledger: made a registry from the first source at {path}\n"
    assert (once.code, len(once.lines)) == (0, 5)
    assert (again.code, again.out, again.err) == (0, once.out, "")
    assert path.stat().st_mode & 0o777 == 0o600
    assert names_in(path.parent) == ["registry.db"]


AS_NOBODY = """
import os, runpy
os.setreuid(54321, os.geteuid())
runpy.run_module("caseledger", run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can become somebody without an entry",
)
def test_somebody_without_a_home_is_asked_to_name_a_registry() -> None:
    """A service, in a container: no variable and no entry says where its home is."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "list", "people"],
        capture_output=True,
        check=False,
        env=kept,
        text=True,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "caseledger: there is no home folder to keep a registry in: name a file with --db\n"
    )


def test_a_place_that_was_named_is_not_made_on_first_use(tmp_path: Path) -> None:
    """Only the user's own is: a slip in CASELEDGER_DB is not answered with a registry."""
    path = tmp_path / "tpyo.db"

    ran = run_program("report", CASELEDGER_DB=str(path))

    assert ran.code == 4
    assert f"there is no registry at {path}" in ran.err
    assert not path.exists()


# --- at once, and half-way ------------------------------------------------------------------------


def start(*arguments: str) -> subprocess.Popen[str]:
    """The program, going on while others do."""
    return subprocess.Popen(
        [sys.executable, "-m", "caseledger", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_first_uses_at_once_make_one_whole_registry(tmp_path: Path) -> None:
    """The quickest makes it; the others use that one, and leave nothing of their own."""
    path = tmp_path / "data" / "caseledger" / "registry.db"

    running = [start("report", "--cartel", "CJNG", "--format", "csv") for _ in range(3)]
    ended = [(*process.communicate(), process.returncode) for process in running]

    assert {(len(out.splitlines()), code) for out, _, code in ended} == {(5, 0)}
    assert sorted(err for _, err, _ in ended) == [
        "", "", f"caseledger: made a registry from the first source at {path}\n",
    ]  # fmt: skip
    assert names_in(path.parent) == ["registry.db"]
    assert InProcess(str(path))("db", "check").out == "sound\n"


def test_two_who_init_a_server_at_once_make_one_whole_registry(postgres_url: str) -> None:
    """The second waits for the first, and finds it there."""
    running = [start("--db", postgres_url, "init") for _ in range(2)]
    ended = [(*process.communicate(), process.returncode) for process in running]

    assert [code for _, _, code in ended] == [0, 0], ended
    assert sorted(err.split()[1] for _, err, _ in ended) == ["made", "the"]
    assert InProcess(postgres_url)("db", "check").out == "sound\n"


BROKEN_SEED = """
dataset = "broken"
[[source]]
key = "s"
title = "Invented release"
[[arrest]]
person = "Nobody of that name"
source = "s"
"""


def test_a_seed_that_cannot_be_loaded_leaves_no_half_made_registry(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the file, nor a table on a server; and `init` makes it after all."""
    location = locate(address)
    broken = tmp_path / "broken.toml"
    broken.write_text(BROKEN_SEED)

    with monkeypatch.context() as patched:
        patched.setattr("caseledger.cli.making.seed_files", lambda: [broken])
        with pytest.raises(CaseledgerError, match=r"broken\.toml was not loaded"):
            make_seeded(location)

    if location.path is None:
        with pytest.raises(NoRegistryError), reading(location):
            pass
    else:
        assert names_in(location.path.parent) == []
    assert InProcess(address)("init").code == 0
    assert ask(location, ACTIONS) >= (20,)


def test_a_program_killed_while_it_makes_a_registry_leaves_none(tmp_path: Path) -> None:
    """It appears at its place whole or not at all; the next use makes it."""
    path = tmp_path / "data" / "caseledger" / "registry.db"
    moments = random.Random(20221013)  # noqa: S311 - only moments to kill at
    seen = set()
    for pause in (0, moments.uniform(0, 0.3), moments.uniform(0, 0.3)):
        shutil.rmtree(path.parent, ignore_errors=True)
        process = start("list", "people")
        while not path.parent.exists() and process.poll() is None:
            time.sleep(0.005)
        time.sleep(pause)
        process.kill()
        process.communicate()
        seen.add(path.exists())

        if path.exists():
            assert revision_of(Location(path, None)) == HEAD
            assert ask(Location(path, None), ACTIONS) >= (20,)
    assert False in seen
    assert run_program("report", "--cartel", "CJNG").code == 0


def test_what_a_killed_maker_left_goes_with_the_next_making(tmp_path: Path) -> None:
    """With its log; but not what another maker is at, nor anything that is not a draft of it."""
    path = tmp_path / "registry.db"
    left = [tmp_path / f".registry.db.{'a' * 12}.new{ending}" for ending in ("", "-wal", "-shm")]
    others = [tmp_path / ".registry.db.new", tmp_path / f".other.db.{'a' * 12}.new"]
    for file in (*left, *others):
        file.touch()
    with draft_beside(path) as draft:
        make(Location(path, None))

        assert set(names_in(tmp_path)) == {file.name for file in (path, draft, *others)}
    assert set(names_in(tmp_path)) == {file.name for file in (path, *others)}


def test_seeding_is_all_or_nothing_beside_what_is_there(
    empty_registry: Location, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A broken second file of a seed leaves the registry that was there as it was."""
    broken = tmp_path / "broken.toml"
    broken.write_text(BROKEN_SEED)
    monkeypatch.setattr("caseledger.cli.making.seed_files", lambda: [broken])

    with pytest.raises(CaseledgerError):
        seed(empty_registry)

    assert ask(empty_registry, ALL) == (0, 0)
