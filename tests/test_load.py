"""Loading a file of records: all of it or nothing, twice the same."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from typing import TYPE_CHECKING

import pytest

from caseledger.db.location import Location
from caseledger.errors import ProblemsError
from caseledger.loading import load_file
from caseledger.resources import seed_files
from tests.loading import HEAD, PEOPLE, SECOND, ask, dump, problems, records
from tests.support import InProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support import Caseledger, Ran


# What is loaded


def test_a_file_is_loaded_and_it_is_said_what_was_added(load: Callable[..., Ran]) -> None:
    """By kind, in the order of the tables."""
    ran = load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "added: 1 source, 2 people, 1 organization, 1 arrest, 4 citations\n"


def test_loading_twice_changes_nothing(seeded: Caseledger, seeded_file: Path) -> None:
    """Not even an hour; and it is said that everything was there."""
    first = seeded("load", str(SECOND))
    before = dump(seeded_file)

    second = seeded("load", str(SECOND))

    assert first.code == second.code == 0
    assert second.out.startswith("added: nothing; ")
    assert dump(seeded_file) == before


def test_the_seed_can_be_loaded_again(seeded: Caseledger, seeded_file: Path) -> None:
    """It is a file like others."""
    before = dump(seeded_file)
    for file in seed_files():
        ran = seeded("load", str(file))
        assert ran.code == 0
        assert ran.out.startswith("added: nothing; ")

    assert dump(seeded_file) == before


def test_json_holds_the_same_records(
    empty: Caseledger, empty_file: Path, seeded_file: Path, tmp_path: Path
) -> None:
    """The seed, written as JSON, makes the same registry."""
    (seed,) = seed_files()
    file = tmp_path / "seed.json"
    file.write_text(json.dumps(tomllib.loads(seed.read_text(encoding="utf-8"))), encoding="utf-8")

    ran = empty("--by", "seed", "load", str(file))

    assert ran.code == 0, ran.err
    assert records(empty_file) == records(seeded_file)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_may_come_down_a_pipe(empty: Caseledger, as_json: bool) -> None:  # noqa: FBT001
    """TOML and JSON are told apart by how they begin."""
    content = tomllib.loads(HEAD + PEOPLE)
    ran = empty("load", "-", stdin=json.dumps(content) if as_json else HEAD + PEOPLE)

    assert ran.out == "added: 1 source, 2 people, 1 organization, 3 citations\n"


def test_a_byte_order_mark_is_no_part_of_a_file(load: Callable[..., Ran]) -> None:
    """Some editors write one."""
    assert load("\ufeff" + HEAD).code == 0


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """The same words, and nothing in the registry."""
    before = dump(empty_file)
    dry = load(HEAD + PEOPLE, "--dry-run")
    unchanged = dump(empty_file) == before
    ran = load(HEAD + PEOPLE)

    assert unchanged
    assert dry.out.removeprefix("would add: ") == ran.out.removeprefix("added: ")


def test_a_dry_run_finds_every_problem(load: Callable[..., Ran]) -> None:
    """That is what it is for: one that shows only while writing would make it worthless."""
    named = '[[name]]\nparty = "ana"\nname = "Other"\nkind = "primary"\n'

    assert problems(load(HEAD + PEOPLE + named, "--dry-run"))


def test_new_records_in_a_file_that_was_loaded_are_added(load: Callable[..., Ran]) -> None:
    """A file grows."""
    load(HEAD + PEOPLE)

    ran = load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    assert ran.out == "added: 1 arrest, 1 citation; 7 there already\n"


def test_who_loads_is_kept_with_every_record(load: Callable[..., Ran], empty_file: Path) -> None:
    """As with what is added by hand."""
    load(HEAD + PEOPLE)

    assert ask(empty_file, "SELECT DISTINCT recorded_by, dataset, version FROM parties") == [
        ("tester", "d", 1)
    ]


# Files that are none


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.toml", "nowhere.toml: No such file or directory"),
        (".", "cannot read .: Is a directory"),
        ("", "the name of a file is needed, or - for standard input"),
        ("with\x00nul", "cannot read with"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_line(
    empty: Caseledger, name: str, said: str
) -> None:
    """Wrong usage: exit 2."""
    ran = empty("load", name)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_in_another_encoding_is_told_in_a_line(empty: Caseledger, tmp_path: Path) -> None:
    """With the byte where it stops being UTF-8."""
    file = tmp_path / "latin.toml"
    file.write_bytes(b'dataset = "caf\xe9"')

    ran = empty("load", str(file))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"caseledger: {file} is not UTF-8: byte 14\n"


def test_without_standard_input_there_is_nothing_to_load(empty_file: Path) -> None:
    """It was closed before we began."""
    done = subprocess.run(
        [
            *("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "caseledger"),
            *("--db", str(empty_file), "load", "-"),
        ],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"caseledger: cannot read -: standard input is closed\n"


# All or nothing


def test_a_file_loads_alike_on_either_engine(either: Caseledger, tmp_path: Path) -> None:
    """Dry, right, again and wrong; the dry run takes no number of a sequence."""
    wrong = tmp_path / "file.toml"
    wrong.write_text(
        SECOND.read_text(encoding="utf-8") + '\n[[arrest]]\nkey = "x"\nsubject = "nobody"\n',
        encoding="utf-8",
    )

    dry = either("load", str(SECOND), "--dry-run")
    ran = either("load", str(SECOND))
    again = either("load", str(SECOND))
    told = problems(either("load", str(wrong)))
    organizations = either("list", "organizations", "--format", "csv")

    assert "O39," in organizations.out
    assert len(told) == 1
    assert dry.out.removeprefix("would add") == ran.out.removeprefix("added")
    assert again.out.startswith("added: nothing; ")
    assert either("db", "check").out == "sound\n"


def test_a_load_that_is_killed_leaves_nothing_or_everything(
    empty_file: Path, tmp_path: Path
) -> None:
    """At whatever moment; the registry opens, and is sound."""
    people = [{"key": f"p{number}", "name": f"Fulano {number}"} for number in range(3000)]
    file = tmp_path / "many.json"
    head = {"dataset": "d", "default_source": "s", "source": [{"key": "s", "title": "S"}]}
    file.write_text(json.dumps({**head, "person": people}), encoding="utf-8")
    command = [sys.executable, "-m", "caseledger", "--db"]
    whole = tmp_path / "whole.db"
    shutil.copy(empty_file, whole)
    began = time.monotonic()
    subprocess.run([*command, str(whole), "load", str(file)], check=True, capture_output=True)
    lasted = time.monotonic() - began

    for part in (0.5, 0.7, 0.8, 0.9, 0.95):
        path = tmp_path / f"{part}.db"
        shutil.copy(empty_file, path)
        program = subprocess.Popen([*command, str(path), "load", str(file)], stdout=subprocess.PIPE)
        time.sleep(lasted * part)
        program.send_signal(signal.SIGKILL)
        out, _ = program.communicate()
        told = InProcess(str(path))("list", "people", "--format", "csv")

        assert told.code == 0
        assert len(told.lines) - 1 in ({3000} if out else {0, 3000})
        assert ask(path, "PRAGMA integrity_check") == [("ok",)]
        assert ask(path, "PRAGMA foreign_key_check") == []


def test_the_error_holds_every_problem_for_a_program_that_loads(empty_file: Path) -> None:
    """A page in a browser shows them in its own way."""
    text = HEAD + '[[person]]\nkey = "p"\n[[person]]\nkey = "q"\n'
    with pytest.raises(ProblemsError) as caught:
        load_file(Location(empty_file, None), text, "name", by="tester", as_json=False)

    assert [(problem.place, problem.reason) for problem in caught.value.problems] == [
        ("[[person]] no. 1 (line 6)", "name is missing"),
        ("[[person]] no. 2 (line 8)", "name is missing"),
    ]


def test_a_load_says_when_it_was(load: Callable[..., Ran], empty_file: Path) -> None:
    """One hour for all of a file, in UTC."""
    load(HEAD + PEOPLE)
    ((stamp,),) = ask(empty_file, "SELECT DISTINCT recorded_at FROM parties")

    read = dt.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    assert abs(dt.datetime.now(dt.UTC) - read) < dt.timedelta(minutes=2)
