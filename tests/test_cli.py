"""The command line itself: help whose examples work, completion, mistakes, what is imported."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caseledger.cli import main
from caseledger.cli.add.group import Kinds
from caseledger.cli.database import Database
from caseledger.cli.importing import Importing
from caseledger.cli.main import Commands
from caseledger.cli.ofac import Ofac
from tests.support import run_program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Caseledger, Ran

COMMANDS = [
    (),
    *((name,) for name in Commands.modules),
    *(("add", name) for name in Kinds.modules),
    *(("import", name) for name in Importing.modules),
    *(("ofac", name) for name in Ofac.modules),
    *(("db", name) for name in Database.modules),
]

LISTS = Path(__file__).parent / "data" / "ofac"

RECORDS = """\
dataset = "example"
default_source = "s"
[[source]]
key = "s"
title = "Invented press release"
[[person]]
key = "p"
name = "Fulano Inventado"
"""

RECORDS_AS_JSON = '{"dataset": "j", "source": [{"key": "s", "title": "Another"}]}'


def named(command: tuple[str, ...]) -> str:
    """A command, as a test's name."""
    return " ".join(command) or "caseledger"


def examples(help_: str) -> list[str]:
    """The commands that a help text shows."""
    _, found, rest = help_.partition("Examples:\n")
    assert found, help_
    shown = rest.partition("\n\n")[0]
    return [line.strip() for line in shown.splitlines() if line.strip()]


def refused(ran: Ran, code: int) -> str:
    """The one line that says what is wrong."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


# Help


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_every_command_has_help_with_an_example(
    seeded: Caseledger, command: tuple[str, ...]
) -> None:
    """What it does, in a sentence; its options; and a line to copy."""
    ran = seeded(*command, "--help")

    usage, _, rest = ran.out.partition("\n\n")
    assert (ran.code, ran.err) == (0, "")
    assert usage.startswith(" ".join(["Usage: caseledger", *command]))
    assert rest.startswith("  ")
    assert all(line.startswith("caseledger ") for line in examples(ran.out))


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_every_option_says_what_it_is(seeded: Caseledger, command: tuple[str, ...]) -> None:
    """None stands there bare."""
    told = seeded(*command, "--help").out.partition("\nOptions:\n")[2].partition("\n\n")[0]
    entries = re.split(r"\n(?=  -)", told)

    assert entries
    assert [entry for entry in entries if len(re.split(r"\s{2,}", entry.strip())) < 2] == []


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_every_example_of_every_help_works(
    seeded: Caseledger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    """On a registry with the first source in it, one after the other as they stand there.

    Those on OFAC's lists need two.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.toml").write_text(RECORDS, encoding="utf-8")
    (tmp_path / "records.json").write_text(RECORDS_AS_JSON, encoding="utf-8")
    for given in (*(LISTS / "2021-12").glob("*.csv"), LISTS / "sdn.xml"):
        shutil.copy(given, tmp_path)
    (tmp_path / "sdn_comments.csv").write_text(
        '80000,"of an entry that is gone."\n', encoding="utf-8"
    )
    if command[:1] == ("ofac",):
        older = [*map(str, (LISTS / "2021-07").glob("*.csv"))]
        assert seeded("import", "ofac", *older, "--published", "2021-07-07").code == 0
        assert seeded("import", "ofac", "sdn.csv", "--published", "2023-12-28").code == 0

    for example in examples(seeded(*command, "--help").out):
        line, _, file = example.partition(" < ")
        stdin = Path(file).read_text(encoding="utf-8") if file else ""
        ran = seeded(*shlex.split(line)[1:], stdin=stdin)

        assert ran.code == 0, (example, ran)


def test_the_help_lists_every_command_with_a_line(seeded: Caseledger) -> None:
    """And the exit codes, which are a contract."""
    told = seeded("--help").out

    for name, (_, summary) in Commands.modules.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", told, re.MULTILINE), name
    assert "0 done; 1 refused by a rule, or a check failed; 2 wrong usage;" in told
    assert "3 not found or ambiguous; 4 no registry" in told


def test_a_caller_may_have_read_from_stdin_before() -> None:
    """One that runs commands in its own process."""
    caller = (
        "import sys; sys.stdin.readline(); from caseledger.cli.main import run; run(['--help'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", caller], input=b"a line\nanother\n", capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Usage: caseledger")


def test_the_program_alone_shows_its_help() -> None:
    """It is what somebody new types first; no registry is made by it."""
    ran = run_program()

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: caseledger [OPTIONS] COMMAND")


@pytest.mark.parametrize("command", [("add",), ("db",)], ids=named)
def test_a_group_alone_shows_its_help(seeded: Caseledger, command: tuple[str, ...]) -> None:
    """What there is to choose from."""
    ran = seeded(*command)

    assert ran.code == 0
    assert ran.out.startswith("Usage: caseledger")


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_what_is_needed_is_marked_so(seeded: Caseledger, command: tuple[str, ...]) -> None:
    """Of `add` everywhere the source, which no file would forgive either."""
    told = seeded(*command, "--help").out

    if command[:1] == ("add",) and len(command) > 1 and command != ("add", "source"):
        assert re.search(r"--source TITLE\|REF\s+Who says so\.\s+\[required\]", told)


def test_the_version_is_told(seeded: Caseledger) -> None:
    """On stdout, with the name."""
    assert re.fullmatch(r"caseledger \d+\.\d+\.\d+\n", seeded("--version").out)


# Mistakes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["reprot"],
            "there is no command 'reprot'; did you mean 'report'?; see `caseledger --help`",
        ),
        ([], "Missing command; see `caseledger --help`"),
        (["xyzzy"], "there is no command 'xyzzy'; see `caseledger --help`"),
        (["add", "arest"], "did you mean 'arrest'?; see `caseledger add --help`"),
        (["db", "chek"], "did you mean 'check'?; see `caseledger db --help`"),
        (["--databse", "x"], "No such option: --databse"),
        (
            ["report", "--db", "x"],
            "--db goes before the command: `caseledger --db … report`",
        ),
        (
            ["add", "death", "--by", "x"],
            "--by goes before the command: `caseledger --by … add death`",
        ),
        (["report", "--cartell", "CJNG"], "No such option: --cartell"),
        (["report", "CJNG"], "Got unexpected extra argument"),
        (["report", "--limit", "0"], "--limit"),
        (["report", "--limit", "many"], "--limit"),
        (["report", "--kind", "seizure"], "--kind is one of: arrest,"),
        (["report", "--since", "yesterday"], "'yesterday' is not a date"),
        (["report", "--cartel"], "Option '--cartel' requires an argument"),
        (["show"], "Missing argument 'NAME|REF'"),
        (["list", "cartels"], "what can be listed: people, organizations, cases, sources, tallies"),
        (["list"], "Missing argument"),
        (["load"], "Missing argument 'FILE'"),
        (["withdraw"], "Missing argument 'REF'"),
        (["add", "person", "--source", "S1"], "Missing argument 'NAME'"),
        (["add", "arrest", "--persn", "x"], "No such option: --persn"),
    ],
)
def test_wrong_usage_is_one_line_with_a_hint(
    seeded: Caseledger, words: list[str], said: str
) -> None:
    """Exit 2; what is wrong, and where the help is or what there is."""
    assert said in refused(seeded(*words), 2)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["report", "--cartel", "CJGN"], 3),
        (["report", "--person", "Cárdenas"], 3),
        (["show", "A999"], 3),
        (["show", "\udce9"], 2),
        (["withdraw", "O3", "--reason", "x"], 1),
        (["--db", "/nowhere/registry.db", "report"], 4),
        (["--db", "mysql://x/y", "report"], 2),
        (["--db", "mysql://x/y", "add", "death", "--person", "P22", "--source", "S1"], 2),
    ],
)
def test_every_mistake_is_one_line_with_its_exit_code(
    seeded: Caseledger, words: list[str], code: int
) -> None:
    """A traceback is always a bug."""
    assert refused(seeded(*words), code)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "\udce9"],
        ["withdraw", "\udce9", "--reason", "x"],
        ["withdraw", "A4", "--reason", "\udce9"],
        *(["report", option, "\udce9"] for option in ("--program", "--case", "--cartel")),
        *(["report", option, "\udce9"] for option in ("--source", "--authority", "--person")),
        ["add", "person", "\udce9", "--source", "S1"],
        ["add", "person", "Fulano", "--source", "\udce9"],
        ["--by", "\udce9", "add", "person", "Fulano", "--source", "S1"],
    ],
    ids=lambda words: " ".join(words).replace("\udce9", "…"),
)
def test_a_value_that_is_no_text_is_told_in_a_line(seeded: Caseledger, words: list[str]) -> None:
    """Its bytes are not UTF-8: it can be neither kept nor found."""
    assert "'\\udce9' is not UTF-8" in refused(seeded(*words), 2)


def test_a_file_may_have_any_name(
    seeded: Caseledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's names are bytes."""
    monkeypatch.chdir(tmp_path)
    Path("\udce9.toml").write_text(RECORDS, encoding="utf-8")

    assert seeded("load", "\udce9.toml").code == 0
    assert seeded("list", "people", "--output", "\udce9.csv").code == 0
    assert seeded("export", "csv", "\udce9").code == 0
    assert "\\udce9.db" in refused(run_program("--db", "\udce9.db", "report"), 4)


def test_a_word_after_two_dashes_is_a_name(seeded: Caseledger) -> None:
    """However it begins."""
    ran = seeded("add", "person", "--source", "S1", "--", "--help")

    assert ran.out == "P39 --help: new person\n"


# Completion


def words_of(line: str) -> list[str]:
    """The words of a line as Bash counts them: what is quoted, or escaped, is one."""
    return re.findall(r"""(?:\\.|"[^"]*"?|'[^']*'?|\S)+""", line)


@pytest.fixture
def complete(
    seeded: Caseledger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], list[str]]:
    """What Bash is offered for a line, through the protocol that its script speaks."""
    monkeypatch.setenv("CASELEDGER_DB", seeded.db)
    monkeypatch.setenv("_CASELEDGER_COMPLETE", "complete_bash")

    def run(line: str) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", line)
        at = len(words_of(line)) - (not line.endswith(" "))
        monkeypatch.setenv("COMP_CWORD", str(at))
        with pytest.raises(SystemExit) as caught:
            main.run([])
        assert caught.value.code == 0
        told = capsys.readouterr()
        assert told.err == ""
        return [offered for offered in told.out.splitlines() if offered]

    return run


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("caseledger re", ["report"]),
        ("caseledger add arr", ["arrest"]),
        ("caseledger db ", ["current", "upgrade", "downgrade", "check"]),
        ("caseledger add arrest --rel", ["--relation"]),
        ("caseledger report --cartel CJ", ["CJNG"]),
        ("caseledger report --cartel cjn", ["CJNG"]),
        ("caseledger report --organization VCF", ["VCFO"]),
        ("caseledger report --cartel O3", ["O3"]),
        ("caseledger report --cartel o3", ["o3"]),
        ("caseledger report --kind a", ["arrest", "acquittal"]),
        ("caseledger report --format c", ["csv"]),
        (
            "caseledger report --case C",
            ["Cartel\\ del\\ Noroeste\\ weapons\\ money\\ laundering\\ scheme", "C1", "C2", "C3"],
        ),
        ("caseledger list p", ["people"]),
        ("caseledger export ", ["csv"]),
        ("caseledger add arrest --source ", ["S1"]),
        ("caseledger add arrest --relation a", ["acts-for"]),
        ("caseledger add organization X --type c", ["cartel", "company"]),
        ("caseledger add name X --kind n", ["nickname"]),
        ("caseledger add kinship P21 --relation sp", ["spouse-of"]),
        ("caseledger add release --ends A2", ["A2", "A20"]),
        ("caseledger add tally x --part-of ", [f"T{number}" for number in range(1, 10)]),
        ("caseledger add tally x --inside A19", ["A19"]),
        ("caseledger withdraw L14", ["L14", "L140", "L141", "L142", "L143"]),
        ("caseledger withdraw k", ["k1"]),
        ("caseledger add person X --counted-in G3", ["G35", "G36", "G37", "G38"]),
        (
            "caseledger add person X --counted-in eight",
            ["eight\\ individuals\\ in\\ four\\ states"],
        ),
        ("caseledger show T1", ["T1"]),
        ("caseledger show G38", ["G38"]),
        ("caseledger report --cartel Nobody", []),
        ("caseledger report --cartel O99", []),
    ],
)
def test_commands_words_names_and_references_are_completed(
    complete: Callable[[str], list[str]], line: str, offered: list[str]
) -> None:
    """Names by every recorded form, whatever the case; references once their letter is there."""
    assert complete(line) == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Gulf", "Gulf\\ Cartel"),
        ("gulf", "Gulf\\ Cartel"),
        ("Gulf\\ C", "Gulf\\ Cartel"),
        ('"Gulf', "Gulf Cartel"),
        ('"Gulf C', "Gulf Cartel"),
        ("'Gulf C", "Gulf Cartel"),
        ("Attorney", "Attorney\\ General\\'s\\ Office"),
        ('"Attorney', "Attorney General's Office"),
        ("'Attorney", "Attorney General'\\''s Office"),
    ],
)
def test_a_name_with_spaces_is_offered_as_the_line_needs_it(
    complete: Callable[[str], list[str]], typed: str, offered: str
) -> None:
    """Bash puts it into the line as it is: escaped where nothing quotes it."""
    assert complete(f"caseledger report --cartel {typed}") == [offered]


def test_every_organization_is_offered_where_nothing_is_typed(
    complete: Callable[[str], list[str]],
) -> None:
    """By every form of its name; no person among them."""
    offered = complete("caseledger report --cartel ")

    assert {"CJNG", "Gulf\\ Cartel", "OFAC"} < set(offered)
    assert not any("Valencia" in name for name in offered)


def test_people_are_offered_by_name(complete: Callable[[str], list[str]]) -> None:
    """Where a person is asked for."""
    assert complete("caseledger add arrest --person Erick") == ["Erick\\ Valencia\\ Salazar"]
    assert complete("caseledger show erick") == ["Erick\\ Valencia\\ Salazar"]


def test_what_was_withdrawn_is_not_offered(
    seeded: Caseledger, complete: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in no report either."""
    with monkeypatch.context() as patched:
        patched.delenv("_CASELEDGER_COMPLETE")
        for reference in ("A4", "F4", "P23"):
            assert seeded("withdraw", reference, "--reason", "a mistake").code == 0

    assert complete("caseledger show Erick") == []
    assert complete("caseledger show el\\ 85") == []
    assert complete("caseledger show P23") == []


def test_the_registry_that_the_line_names_is_the_one_that_is_asked(
    complete: Callable[[str], list[str]], seeded: Caseledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--db` goes before the environment."""
    monkeypatch.setenv("CASELEDGER_DB", "/nowhere/registry.db")

    assert complete(f"caseledger --db {seeded.db} report --cartel CJ") == ["CJNG"]


@pytest.mark.parametrize("db", ["/nowhere/registry.db", "mysql://x/y", __file__, ""])
def test_completion_makes_no_registry_and_says_nothing_where_there_is_none(
    complete: Callable[[str], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: str
) -> None:
    """A traceback in the middle of a line helps nobody."""
    monkeypatch.setenv("CASELEDGER_DB", db)

    assert complete("caseledger report --cartel CJ") == []
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("shell", "told"),
    [
        ("zsh", """_arguments '*: :(("Gulf Cartel":"O4 Gulf Cartel"))'\n"""),
        ("fish", "Gulf Cartel\tO4 Gulf Cartel\n"),
    ],
)
def test_other_shells_are_told_what_a_name_is_beside_it(
    seeded_file: Path, shell: str, told: str
) -> None:
    """They quote what has spaces themselves."""
    ran = run_program(
        CASELEDGER_DB=str(seeded_file),
        _CASELEDGER_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_ARGS="caseledger report --cartel Gulf",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )

    assert (ran.code, ran.out, ran.err) == (0, told, "")


def test_bash_is_told_by_the_program_itself(seeded_file: Path) -> None:
    """The whole process, as the script of `--show-completion` calls it."""
    ran = run_program(
        CASELEDGER_DB=str(seeded_file),
        _CASELEDGER_COMPLETE="complete_bash",
        COMP_WORDS="caseledger\nreport\n--cartel\nGulf",
        COMP_CWORD="3",
    )

    assert (ran.code, ran.out.strip(), ran.err) == (0, "Gulf\\ Cartel", "")


# What a run costs, and how it looks


IMPORTED = """
import io, sys
from contextlib import redirect_stderr, redirect_stdout
from caseledger.cli.main import run
out = io.TextIOWrapper(io.BytesIO(), "utf-8")
with redirect_stdout(out), redirect_stderr(io.StringIO()):
    code = run(sys.argv[1:])
print(code)
print(*sys.modules)
"""


def imported(*arguments: str) -> set[str]:
    """The modules that a run of the program has imported, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments], capture_output=True, check=True, text=True
    )
    code, modules = done.stdout.splitlines()
    assert code == "0", done
    return set(modules.split())


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (["report", "--cartel", "CJNG", "--format", "csv"], False),
        (["report", "--cartel", "CJNG", "--format", "json"], False),
        (["report", "--cartel", "CJNG"], True),
        (["list", "people", "--format", "csv"], False),
        (["list", "tallies"], True),
        (["show", "P22"], False),
        (["--help"], False),
        (["report", "--help"], False),
        (["add", "arrest", "--help"], False),
        (["load", "--help"], False),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_reading_imports_neither_the_orm_nor_what_only_decorates(
    seeded_file: Path,
    words: list[str],
    table: bool,  # noqa: FBT001
) -> None:
    """Start-up is made of imports: any of these would double it."""
    modules = imported("--db", str(seeded_file), *words)

    heavy = {"sqlalchemy", "alembic", "rich", "pydantic", "babel", "rapidfuzz", "psycopg"}
    assert modules & heavy == set()
    assert ("tabulate" in modules) == table
    assert not {
        name for name in modules if name.startswith(("caseledger.models", "caseledger.rec"))
    }


def test_what_is_looked_for_would_be_seen(seeded_file: Path) -> None:
    """The test above would be green for good if it looked for nothing."""
    modules = imported(
        "--db", str(seeded_file), "add", "death", "--person", "P22", "--source", "S1"
    )

    assert {"sqlalchemy", "caseledger.models", "caseledger.recording"} <= modules
    assert modules & {"alembic", "rich", "pydantic"} == set()


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the program shows on a terminal."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    outer, inner = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "caseledger", *arguments],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**os.environ, **environment},
    )
    os.close(inner)
    shown = b""
    while program.poll() is None or select.select([outer], [], [], 0)[0]:
        if select.select([outer], [], [], 0.2)[0]:
            try:
                shown += os.read(outer, 65536)
            except OSError:
                break
    os.close(outer)
    program.wait()
    return shown.decode()


@pytest.mark.parametrize(
    "words",
    [("report", "--cartel", "CJNG"), ("report", "--help"), ("show", "P22"), ("report", "--x")],
)
def test_no_color_means_none(seeded_file: Path, words: tuple[str, ...]) -> None:
    """On a terminal too; not in a table, not in a help text, not in a mistake."""
    shown = on_a_terminal(
        "--db", str(seeded_file), *words, NO_COLOR="1", TERM="xterm-256color", COLUMNS="100"
    )

    assert shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("limit", ["0", "-1", "99999999999999999999"])
def test_a_limit_is_a_number_of_actions_that_there_can_be(seeded: Caseledger, limit: str) -> None:
    """Anything else is a slip of the keyboard, told in a line."""
    ran = seeded("report", "--limit", limit)

    assert ran.code == 2
    assert ran.err.count("\n") == 1
