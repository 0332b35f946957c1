"""Opening a registry, and what stands in the way: every trouble is one line and loses nothing."""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.db.reading import first, reading
from caseledger.db.revision import HEAD
from caseledger.db.writing import engine_for, writing
from caseledger.errors import (
    NewerRegistryError,
    NoRegistryError,
    NotARegistryError,
    OldRegistryError,
    RefusedError,
    RegistryError,
    UsageError,
)
from caseledger.migrations import make, migrate
from caseledger.models import Party
from tests.support import InProcess, Ran, run_program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Caseledger

COUNT = "SELECT count(*) FROM parties"

Setting = dict[str, tuple[bytes, int]]


def shell(path: Path, *statements: str) -> None:
    """What anyone's SQLite shell may do to a file: foreign keys are off in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def ask(path: Path, question: str) -> Any:
    """The first value of the answer."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchone()[0]


def setting(folder: Path) -> Setting:
    """Every file of a folder: its bytes and its mode."""
    return {
        path.name: (path.read_bytes() if path.is_file() else b"", path.stat().st_mode)
        for path in folder.iterdir()
    }


def is_one_line(ran: Ran, *words: str) -> bool:
    """Whether a run failed as it ought to: exit code 4, one line on stderr, nothing on stdout."""
    return (
        ran.code == 4
        and not ran.out
        and ran.err.startswith("caseledger: ")
        and ran.err.count("\n") == 1
        and all(word in ran.err for word in words)
    )


ADD = ("add", "person", "Quirino Imaginado", "--source", "S1")
READ = ("report", "--cartel", "CJNG")


# --- where a registry is --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "path", "url"),
    [
        ("team.db", "team.db", None),
        ("sqlite:///team.db", "team.db", None),
        ("sqlite:////srv/team.db", "/srv/team.db", None),
        ("postgresql://h/d", None, "postgresql://h/d"),
        ("postgresql+psycopg://u:p@h/d", None, "postgresql://u:p@h/d"),
        ("postgres://h/d", None, "postgresql://h/d"),
    ],
)
def test_a_registry_is_named_by_a_path_or_an_address(
    given: str, path: str | None, url: str | None
) -> None:
    """Every usual spelling of either."""
    location = locate(given)

    assert (location.path, location.url) == (path and Path(path), url)


@pytest.mark.parametrize("given", ["mysql://h/d", "postgresql+asyncpg://h/d", "sqlite://team.db"])
def test_another_kind_of_database_is_a_wrong_command_line(given: str) -> None:
    """It says what may be given instead."""
    with pytest.raises(UsageError, match=r"give a path or postgresql\+psycopg://"):
        locate(given)


def test_a_password_is_never_shown() -> None:
    """An address appears in messages, which appear in logs."""
    shown = str(locate("postgresql+psycopg://analyst:s3:cr%40t@db.example.org:5432/ledger"))

    assert shown == "postgresql://analyst:***@db.example.org:5432/ledger"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://127.0.0.1:1/d?user=analyst&password=hunter2",
        "postgresql://127.0.0.1:1/d?pass%77ord=hunter2",
        "postgresql://127.0.0.1:1/d?sslpassword=hunter2&sslmode=disable",
        "postgresql://analyst:hunter%32@127.0.0.1:1/d",
        "postgresql://analyst:hunter2@127.0.0.1:1/d?colour=hunter",
        "postgresql://analyst:hunter2@127.0.0.1:99999/d",
        "postgresql://analyst:x%hunter2@127.0.0.1:1/d",
        "postgresql://analyst:x%00hunter2@127.0.0.1:1/d",
        "postgresql://analyst:x@hunter2@127.0.0.1:1/d",
        "postgresql://analyst:x/hunter2@127.0.0.1:1/d",
        "postgresql://analyst:x#hunter2@127.0.0.1:1/d",
        "postgresql://analyst:x?hunter2@127.0.0.1:1/d",
        "postgresql://analyst:1?hunter2=1@127.0.0.1:1/d",
        "postgresql://analyst:p@ss/w#hunter2@127.0.0.1/d",
        "postgresql://analyst:hunter2",
        "postgresql://[hunter2",
        "postgresql:/analyst:hunter2@127.0.0.1:1/d",
        "postgresql+psycopg2://analyst:hunter2@127.0.0.1:1/d",
        "host=127.0.0.1 password=hunter2",
        "analyst:hunter2@mysql://h/d",
    ],
)
@pytest.mark.parametrize("command", [READ, ADD, ("init",), ("db", "current")], ids=" ".join)
def test_no_message_holds_a_password(address: str, command: tuple[str, ...]) -> None:
    """Wherever it stands in the address, and be it not one at all: not even a part is printed."""
    ran = InProcess(address)(*command)

    assert ran.code in {2, 4}, ran
    assert ran.err.startswith("caseledger: ")
    assert ran.err.count("\n") == 1
    assert "hunter" not in ran.err


@pytest.mark.parametrize("given", ["", "postgresql://a:b@c@d/e", "~nobody-of-that-name/x.db"])
def test_what_names_no_registry_is_a_wrong_command_line(given: str) -> None:
    """An empty variable of a script is not the user's own registry."""
    with pytest.raises(UsageError):
        locate(given)


def test_an_empty_variable_names_no_registry(tmp_path: Path) -> None:
    """As `--db ""` does not; and nothing is made."""
    ran = run_program("list", "people", CASELEDGER_DB="")

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "data").exists()


# --- what is no registry --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [READ, ADD, ("db", "check"), ("db", "current"), ("list", "people")]
)
def test_a_missing_file_is_told_and_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A slip in the path never answers "nothing found" from a new, empty registry."""
    path = tmp_path / "nope.db"

    ran = InProcess(str(path))(*command)

    assert is_one_line(ran, f"there is no registry at {path}", f"`caseledger --db {path} init`")
    assert not list(tmp_path.glob("nope*"))


def text_file(path: Path) -> None:
    """Something else altogether."""
    path.write_text("Dear colleague, please find attached …\n" * 50)


def empty_file(path: Path) -> None:
    """Nothing: an interrupted download, a redirection."""
    path.write_bytes(b"")


def emptied_database(path: Path) -> None:
    """A database with nothing in it any more."""
    path.unlink()
    shell(path, "CREATE TABLE t (x)", "DROP TABLE t")


def other_program(path: Path) -> None:
    """The database of another program."""
    path.unlink()
    shell(path, "CREATE TABLE tasks (id INTEGER)")


def other_program_with_revisions(path: Path) -> None:
    """One that uses Alembic too, and numbers its revisions as we do."""
    other_program(path)
    shell(path, "CREATE TABLE alembic_version (version_num TEXT)")
    shell(path, f"INSERT INTO alembic_version VALUES ('{HEAD}')")


def later_version(path: Path) -> None:
    """A registry that a later caseledger made."""
    shell(path, "UPDATE alembic_version SET version_num = '0999'")


def foreign_revision(path: Path) -> None:
    """A registry at a revision that no caseledger has."""
    shell(path, "UPDATE alembic_version SET version_num = 'ab12cd34ef56'")


def lost_revision(path: Path) -> None:
    """A registry that no longer says what it is."""
    shell(path, "DELETE FROM alembic_version")


def cut_short(path: Path) -> None:
    """A copy that was interrupted."""
    os.truncate(path, 100_000)


def folder(path: Path) -> None:
    """A folder of that name."""
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    """A pipe, from which nothing will ever come."""
    path.unlink()
    os.mkfifo(path)


def null(path: Path) -> None:
    """A link to the device that holds nothing."""
    path.unlink()
    path.symlink_to(os.devnull)


def two_revisions(path: Path) -> None:
    """A registry that claims to be at two revisions at once."""
    shell(path, "INSERT INTO alembic_version VALUES ('0001')")


UNUSABLE: list[tuple[Callable[[Path], None], str]] = [
    (text_file, "is not a caseledger registry: the file is not a database"),
    (empty_file, "is not a caseledger registry: it is empty; remove it first"),
    (emptied_database, "is not a caseledger registry: it is empty; remove it first"),
    (other_program, "is not a caseledger registry: it is the database of another program"),
    (other_program_with_revisions, "it is the database of another program"),
    (later_version, "is of a later version (0999) than this caseledger; install a newer"),
    (foreign_revision, "its revision 'ab12cd34ef56' is none of ours"),
    (lost_revision, "is damaged: its revision is gone"),
    (cut_short, "is damaged"),
    (folder, "is not a caseledger registry: it is a folder, not a file"),
    (pipe, "is not a caseledger registry: it is a device or a pipe, not a file"),
    (null, "is not a caseledger registry: it is a device or a pipe, not a file"),
    (two_revisions, "is damaged: it has several revisions"),
]


@pytest.mark.parametrize(("spoil", "words"), UNUSABLE)
def test_what_cannot_be_used_is_told_in_a_line_and_left_alone(
    seeded: Caseledger, spoil: Callable[[Path], None], words: str
) -> None:
    """By every command, `init` too: no byte of it changes, and nothing appears beside it."""
    path = Path(seeded.db)
    spoil(path)
    was = setting(path.parent)

    for command in (READ, ADD, ("db", "check"), ("db", "upgrade"), ("init",)):
        assert is_one_line(seeded(*command), str(path), words), command
        assert setting(path.parent) == was, command


def test_the_command_that_a_message_shows_can_be_copied(tmp_path: Path) -> None:
    """A path with spaces is one word of it."""
    path = tmp_path / "my registries" / "team's.db"
    shown = InProcess(str(path))(*READ).err.split("`")[1]

    assert shlex.split(shown) == ["caseledger", "--db", str(path), "init"]


@pytest.mark.parametrize("revision", ["0001", "base"])
def test_an_older_registry_is_told_how_to_be_upgraded(seeded_file: Path, revision: str) -> None:
    """Nothing upgrades it unasked: a copy is kept when someone does, and others may be reading."""
    migrate(Location(seeded_file, None), "downgrade", revision)
    was = setting(seeded_file.parent)
    caseledger = InProcess(str(seeded_file))

    for command in (READ, ADD, ("db", "check")):
        ran = caseledger(*command)

        assert is_one_line(ran, f"of an earlier version ({revision})", "init` upgrades it"), command
    assert setting(seeded_file.parent) == was
    assert caseledger("db", "current").out == f"{revision} (this program: {HEAD})\n"


def test_a_registry_that_lacks_a_view_says_so(seeded: Caseledger) -> None:
    """A shell dropped it: that is no traceback, and `db check` says more."""
    shell(Path(seeded.db), "DROP VIEW report_actions")

    ran = seeded(*READ)

    assert is_one_line(ran, "is incomplete", "report_actions", "`caseledger db check`")


def test_on_a_server_too_only_a_registry_is_taken_for_one(postgres_url: str) -> None:
    """An empty database, one of another program, and ones of other versions."""
    location = locate(postgres_url)

    def refused(error: type[RegistryError], *statements: str) -> None:
        with engine_for(location).begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        with pytest.raises(error), reading(location):
            pass
        with pytest.raises(error), writing(location):
            pass

    refused(NoRegistryError)
    refused(NoRegistryError, "CREATE TABLE tasks (id integer)")
    with pytest.raises(NotARegistryError):
        make(location)
    refused(NoRegistryError, "CREATE TABLE alembic_version (version_num varchar(32))")
    with pytest.raises(NotARegistryError):
        make(location)
    refused(NoRegistryError, "DROP TABLE tasks", "DROP TABLE alembic_version")
    make(location)
    refused(NewerRegistryError, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(NewerRegistryError):
        make(location)
    refused(NotARegistryError, "UPDATE alembic_version SET version_num = 'ab12cd34ef56'")
    refused(OldRegistryError, "UPDATE alembic_version SET version_num = '0001'")


def test_a_server_that_does_not_answer_is_told_in_a_line() -> None:
    """With its address, without its password."""
    caseledger = InProcess("postgresql+psycopg://analyst:secret@127.0.0.1:1/ledger")

    for command in (READ, ADD, ("init",)):
        ran = caseledger(*command)

        assert is_one_line(ran, "postgresql://analyst:***@127.0.0.1:1/ledger"), ran.err
        assert "secret" not in ran.err


def test_a_right_that_is_missing_on_a_server_is_told_in_a_line(postgres_url: str) -> None:
    """To connect, to read, to write: each by whoever lacks it."""
    location = locate(postgres_url)
    make_seeded(location)
    role = f"{postgres_url.rpartition('/')[2].partition('?')[0]}_reader"

    def as_superuser(*statements: str) -> None:
        with engine_for(location).begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    as_superuser(f"CREATE ROLE {role} LOGIN")
    reader = InProcess(re.sub(r"//[^@]*@", f"//{role}:@", postgres_url))
    for command in (READ, ADD, ("init",), ("db", "current")):
        assert is_one_line(reader(*command), "permission denied"), command
    as_superuser(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    assert reader(*READ).code == 0
    for write in (ADD, ("withdraw", "A4", "--reason", "x")):
        assert is_one_line(reader(*write), "permission denied"), write
    as_superuser(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_registry_is_made_only_where_every_name_can_be_kept(postgres_url: str) -> None:
    """Not in Latin-1, nor in bytes of no encoding; and nothing is left there."""
    base, _, query = postgres_url.partition("?")
    for encoding in ("LATIN1", "SQL_ASCII"):
        with psycopg.connect(locate(postgres_url).url or "", autocommit=True) as connection:
            name = f"{connection.info.dbname}{encoding.lower()}"
            connection.execute(
                f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
            )
            try:
                caseledger = InProcess(f"{base.rpartition('/')[0]}/{name}?{query}")
                for command in (("init",), READ, ADD, ("db", "current")):
                    assert is_one_line(caseledger(*command), f"its encoding is {encoding}")
                with psycopg.connect(locate(caseledger.db).url or "") as other:
                    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                    assert other.execute(tables).fetchone() == (0,)
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


# --- reading --------------------------------------------------------------------------------------


def test_reading_leaves_nothing_beside_the_file(seeded: Caseledger) -> None:
    """No log, no index of one: a registry stays one file, and its bytes stay what they were."""
    path = Path(seeded.db)
    was = setting(path.parent)

    for command in (READ, ("show", "CJNG"), ("list", "people"), ("db", "check"), ("db", "current")):
        assert seeded(*command).code == 0

    assert setting(path.parent) == was


def test_writing_leaves_nothing_beside_the_file(seeded: Caseledger) -> None:
    """The log is taken in when the last one closes the registry."""
    path = Path(seeded.db)

    assert seeded(*ADD).code == 0

    assert list(setting(path.parent)) == [path.name]


def test_a_reader_sees_one_state_of_the_registry(seeded_registry: Location) -> None:
    """A report and its counts agree, whoever writes while it is made."""
    with reading(seeded_registry) as reader:
        before = first(reader, COUNT)
        with writing(seeded_registry) as session:
            session.get_one(Party, 1).name = "Changed meanwhile"
            session.execute(text("DELETE FROM citations"))
        seen = first(reader, "SELECT count(*) FROM citations")[0]
        name = first(reader, "SELECT name FROM parties WHERE id = 1")[0]
        assert first(reader, COUNT) == before

    assert seen > 0
    assert name != "Changed meanwhile"


def test_a_reader_cannot_write(seeded_registry: Location) -> None:
    """A mistake of ours in a report does no harm: the driver itself refuses."""
    with pytest.raises(RegistryError), reading(seeded_registry) as reader:
        reader.rows("UPDATE parties SET name = 'x' WHERE id = 1")


# --- read-only, unreadable ------------------------------------------------------------------------


def run_without_privileges(path: Path, *arguments: str) -> Ran:
    """The program as someone for whom the modes of files count; they do not for root."""
    command = [sys.executable, "-m", "caseledger", "--db", str(path), *arguments]
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root, and no setpriv to become less")
        taken = "-dac_override,-dac_read_search"
        command = [setpriv, f"--bounding-set={taken}", f"--inh-caps={taken}", *command]
    done = subprocess.run(command, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o644, 0o555)])
def test_a_read_only_registry_is_read_and_not_written(
    seeded: Caseledger, file_mode: int, folder_mode: int
) -> None:
    """An archive, a medium that cannot be written: the file itself, or the folder it lies in."""
    path = Path(seeded.db)
    expected = seeded(*READ).out
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)
    was = setting(path.parent)

    read, write = run_without_privileges(path, *READ), run_without_privileges(path, *ADD)

    after = setting(path.parent)
    path.parent.chmod(0o755)
    assert (read.code, read.out) == (0, expected)
    assert is_one_line(write, f"the registry at {path} cannot be written: it is read-only")
    assert after == was


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o000, 0o755), (0o600, 0o000)])
def test_a_registry_that_may_not_be_read_is_told_in_a_line(
    seeded_file: Path, tmp_path: Path, file_mode: int, folder_mode: int
) -> None:
    """Somebody else's: not a traceback, and not "there is no registry"."""
    path = tmp_path / "theirs" / "registry.db"
    path.parent.mkdir()
    shutil.copy(seeded_file, path)
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)

    read, write = run_without_privileges(path, *READ), run_without_privileges(path, *ADD)

    path.parent.chmod(0o755)
    assert is_one_line(read, "cannot be opened")
    assert is_one_line(write, "cannot be opened")


# --- more than one at a time ----------------------------------------------------------------------


def start(path: Path | str, *arguments: str) -> subprocess.Popen[str]:
    """The program, going on while the test does."""
    return subprocess.Popen(
        [sys.executable, "-m", "caseledger", "--db", str(path), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_several_who_add_at_once_all_add(seeded_file: Path) -> None:
    """One writer waits for another; none fails, and none overwrites."""
    before = ask(seeded_file, COUNT)
    names = ["Quirino Imaginado", "Ulrika Beispiel", "Ivo Nobody", "Zenobia Fiction"]

    writers = [start(seeded_file, "add", "person", name, "--source", "S1") for name in names]
    ended = [(*writer.communicate(), writer.returncode) for writer in writers]

    assert [(err, code) for _, err, code in ended] == [("", 0)] * len(names)
    assert ask(seeded_file, COUNT) == before + len(names)
    assert list(setting(seeded_file.parent)) == [seeded_file.name]


def test_a_writer_waits_for_one_who_holds_the_registry(seeded_file: Path) -> None:
    """And readers do not wait: they go on with what was there."""
    with closing(sqlite3.connect(seeded_file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        holder.execute("UPDATE parties SET name = 'Held' WHERE id = 1")
        writer = start(seeded_file, *ADD)
        while_held = InProcess(str(seeded_file))(*READ)
        time.sleep(1)
        waiting = writer.poll() is None
        holder.execute("COMMIT")
        _, err = writer.communicate()

    assert waiting
    assert while_held.code == 0
    assert (writer.returncode, err) == (0, "")
    assert ask(seeded_file, "SELECT name FROM parties WHERE id = 1") == "Held"


def test_a_registry_held_too_long_is_told_in_a_line(
    seeded: Caseledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After half a minute it is better to say so than to wait on."""
    monkeypatch.setattr("caseledger.db.reading.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(seeded.db, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        ran = seeded(*ADD)

    assert is_one_line(ran, "is busy: another program holds it")


def test_a_server_held_too_long_is_told_in_a_line(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file; and readers never wait."""
    make(locate(postgres_url))
    caseledger = InProcess(postgres_url)
    with writing(locate(postgres_url)):
        monkeypatch.setattr("caseledger.db.turns.BUSY_SECONDS", 0.1)

        assert is_one_line(caseledger(*ADD), "is busy: another program holds it")
        assert caseledger("list", "people").code == 0


def while_they_wait(url: str, writers: list[subprocess.Popen[str]]) -> int:
    """How many of the writers wait for a lock, once all do or one has ended."""
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with psycopg.connect(locate(url).url or "", autocommit=True) as connection:
        while True:
            (count,) = connection.execute(waiting).fetchone() or (0,)
            if count == len(writers) or any(w.poll() is not None for w in writers):
                return int(count)
            time.sleep(0.05)


@pytest.mark.parametrize("isolation", ["read committed", "serializable"])
def test_of_several_who_add_one_name_on_a_server_one_does(
    postgres_url: str, isolation: str
) -> None:
    """The others wait, and find somebody of that name there, however the server is set up."""
    location = locate(postgres_url)
    make_seeded(location)
    with psycopg.connect(location.url or "", autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(
            f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = '{isolation}'"
        )
    with writing(location):
        writers = [start(postgres_url, *ADD) for _ in range(3)]
        waited = while_they_wait(postgres_url, writers)
    ended = [(*writer.communicate(), writer.returncode) for writer in writers]

    assert waited == len(writers)
    assert sorted(code for _, _, code in ended) == [0, 1, 1], ended
    assert sorted("is there already" in err for _, err, _ in ended) == [False, True, True]


def test_of_several_who_load_one_file_on_a_server_one_does(
    postgres_url: str, tmp_path: Path
) -> None:
    """For the others everything is there already."""
    location = locate(postgres_url)
    make(location)
    file = tmp_path / "records.toml"
    file.write_text('dataset = "x"\n[[source]]\nkey = "s"\ntitle = "Invented"\n', encoding="utf-8")
    with writing(location):
        writers = [start(postgres_url, "load", str(file)) for _ in range(3)]
        waited = while_they_wait(postgres_url, writers)
    ended = [(*writer.communicate(), writer.returncode) for writer in writers]

    assert waited == len(writers)
    assert sorted(ended) == [
        ("added: 1 source\n", "", 0),
        *[("added: nothing; 1 there already\n", "", 0)] * 2,
    ]


# --- what breaks in the middle --------------------------------------------------------------------

ADDING = """
import sys
from itertools import count
from caseledger.cli.main import run
for number in count():
    run(["--db", sys.argv[1], "add", "person", f"Killed {number}", "--source", "S1", "--new"])
"""


def test_a_program_killed_while_it_writes_loses_nothing_that_it_acknowledged(
    seeded_file: Path,
) -> None:
    """What was printed as recorded is recorded, whole, after `kill -9` at any moment."""
    moments = random.Random(20221013)  # noqa: S311 - only a moment to kill at
    acknowledged: set[str] = set()
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-u", "-c", ADDING, str(seeded_file)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout
        said = list(islice(writer.stdout, 3))
        time.sleep(moments.uniform(0, 0.15))
        writer.kill()
        said += writer.communicate()[0].splitlines(keepends=True)
        acknowledged |= {line.split()[0] for line in said if line.endswith("\n")}

        with closing(sqlite3.connect(seeded_file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            found = connection.execute("SELECT ref FROM people").fetchall()
        assert acknowledged <= {ref for (ref,) in found}
    assert len(acknowledged) >= 12
    assert InProcess(str(seeded_file))("db", "check").out == "sound\n"


MANY = (
    "dataset = 'many'\ndefault_source = 's'\n[[source]]\nkey = 's'\ntitle = 'Invented'\n"
    + "".join(f"[[person]]\nkey = 'p{number}'\nname = 'Many {number}'\n" for number in range(400))
)
"""A file of records that takes more room than is left below."""

LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv[1:2] = []
runpy.run_module("caseledger", run_name="__main__")
"""


@pytest.mark.parametrize("room", [4_096, 40_000, 100_000])
def test_a_file_that_may_not_grow_is_told_in_a_line_and_loses_nothing(
    seeded_file: Path, tmp_path: Path, room: int
) -> None:
    """A quota stops the write at its beginning, or in the middle of it: all of it is undone."""
    many = tmp_path / "many.toml"
    many.write_text(MANY)
    before = ask(seeded_file, COUNT)

    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), "--db", str(seeded_file), "load", str(many)],
        capture_output=True,
        check=False,
        text=True,
    )

    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert is_one_line(ran, f"at {seeded_file}: nothing was written")
    assert ask(seeded_file, "PRAGMA integrity_check") == "ok"
    assert ask(seeded_file, COUNT) == before


FULL = """
mount -t tmpfs -o size=900k tmpfs "$FULL" && cp "$REGISTRY" "$FULL/registry.db" || exit 99
"$@"
code=$?
cp "$FULL"/* "$KEPT"
exit $code
"""


def on_a_small_disk(
    script: str, registry: Path, tmp_path: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """A script's `"$@"` is the program, on a copy of a registry on a disk of a megabyte."""
    for folder in ("full", "kept"):
        (tmp_path / folder).mkdir()
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False).returncode:
        pytest.skip("no way to mount a small disk here")
    path = tmp_path / "full" / "registry.db"
    return subprocess.run(
        [
            *(unshare, "-rm", "sh", "-c", script, "sh"),
            *(sys.executable, "-m", "caseledger", "--db", str(path), *arguments),
        ],
        env={
            **os.environ,
            "FULL": str(path.parent),
            "KEPT": str(tmp_path / "kept"),
            "REGISTRY": str(registry),
        },
        capture_output=True,
        check=False,
        text=True,
    )


FILLED = """
mount -t tmpfs -o size=900k tmpfs "$FULL" && cp "$REGISTRY" "$FULL/registry.db" || exit 99
dd if=/dev/zero of="$FULL/filled" bs=512 2> "$KEPT/dd"
"$@"
code=$?
cp "$FULL"/registry.db* "$KEPT"
exit $code
"""


def test_on_a_full_disk_a_registry_is_still_read(seeded: Caseledger, tmp_path: Path) -> None:
    """Though SQLite has no room to share its log with others."""
    done = on_a_small_disk(FILLED, Path(seeded.db), tmp_path, *READ)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == seeded(*READ).out
    assert (tmp_path / "kept" / "registry.db").read_bytes() == Path(seeded.db).read_bytes()


def test_a_full_disk_is_told_in_a_line_and_loses_nothing(seeded_file: Path, tmp_path: Path) -> None:
    """A disk with no room for the records: none of them is there, and everything else is."""
    many, kept = tmp_path / "many.toml", tmp_path / "kept"
    many.write_text(MANY.replace("Invented", "Invented" * 20_000))
    before = ask(seeded_file, COUNT)

    done = on_a_small_disk(FULL, seeded_file, tmp_path, "load", str(many))

    assert is_one_line(Ran(done.returncode, done.stdout, done.stderr), "the disk is full")
    assert ask(kept / "registry.db", "PRAGMA integrity_check") == "ok"
    assert ask(kept / "registry.db", COUNT) == before


# --- what the driver says, in our words -----------------------------------------------------------


def test_what_the_tables_refuse_is_refused_by_a_rule(seeded_registry: Location) -> None:
    """The same exit code on both engines: it is no trouble with the registry."""
    with pytest.raises(RefusedError, match="own rules refuse this"), writing(seeded_registry) as s:
        s.execute(text("UPDATE parties SET is_named = 7"))


def test_a_mistake_of_ours_is_not_taken_for_trouble(seeded_file: Path) -> None:
    """A traceback is a bug, and is not hidden behind a sentence."""
    location = Location(seeded_file, None)

    with pytest.raises(sqlite3.OperationalError), reading(location) as reader:
        reader.rows("SELECT no_such_column FROM parties")
    with pytest.raises(OperationalError), writing(location) as session:
        session.execute(text("SELEC 1"))
