"""The documentation says what the program does: every command in it is run, every output compared.

In README.md and in docs/ a fenced block of `sh` is run as it stands, on a new registry for each
page, top to bottom; a block of `sql` is asked of that registry. A block of `text` right after one
of them is what it prints, on a terminal of a hundred columns. A line `…` in it stands for any
lines. A command that is to fail says so: `caseledger … # exit code 3`.

    UPDATE_DOCS=1 pytest tests/test_docs.py

writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from caseledger.catalogue import ACTIONS, CITATION, KINDS, RecordKind
from caseledger.cli.main import app
from caseledger.db.location import Location, locate
from caseledger.errors import ExitCode
from caseledger.fields import (
    Body,
    Choice,
    Count,
    Country,
    Day,
    Extent,
    Field,
    Link,
    Links,
    Point,
    Sha256,
    Switch,
    Term,
)
from caseledger.vocabulary import ActionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Caseledger

CHECKOUT = Path(__file__).parents[1]
README = CHECKOUT / "README.md"
DOCS = CHECKOUT / "docs"
PAGES = [README, *sorted(DOCS.glob("*.md"))]

LISTS = CHECKOUT / "tests" / "data" / "ofac"
"""Small invented lists, which a page finds beside its registry under `lists`."""

COLUMNS = 100
"""As wide as a page of documentation is read without scrolling."""

SERVER = "postgresql+psycopg://analyst:secret@db.example.org/caseledger"
"""The address in the documentation, for which the tests put a server of their own."""

EXIT = re.compile(r"#\s*exit code (\d)\s*$")
"""How a command that is to fail says so."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page, and the block of its output where one follows."""

    page: Path
    line: int
    language: str
    text: str
    output: str | None = None
    output_line: int = 0

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"

    @property
    def script(self) -> str:
        """What of it the tests run: all of it, but for the installation before the program."""
        return self.text.rsplit("&& .venv/bin/", 1)[-1]

    @property
    def is_run(self) -> bool:
        """Whether it is for someone who uses the program, not for one who builds it."""
        if self.language == "sql":
            return True
        called = re.search(r"^(caseledger|sqlite3) ", self.script, re.MULTILINE)
        return self.language == "sh" and called is not None


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, each with its output."""
    found: list[Block] = []
    lines: list[str] = []
    language, start, prose = "", 0, True
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        fence = re.fullmatch(r" *```(\w*)", line)
        if fence is None:
            lines.append(line)
            prose = prose or (bool(line.strip()) and not language)
        elif not language:
            language, start, lines = fence[1] or "none", number, []
        else:
            text = "\n".join(lines)
            if language == "text" and found and not prose:
                last = found.pop()
                found.append(Block(page, last.line, last.language, last.text, text, start))
            else:
                found.append(Block(page, start, language, text))
            language, prose = "", False
    assert not language, f"{page.name}:{start} is never closed"
    return found


@dataclass(frozen=True, slots=True)
class Terminal:
    """Somewhere to run a page: a folder, a registry, and a server where the page has one."""

    folder: Path
    registry: str
    server: str = SERVER

    def run(self, block: Block) -> tuple[int, str]:
        """A block's exit code and what it prints."""
        if block.language == "sql":
            return 0, _in_lists(self.folder / self.registry, block.text)
        code, printed = self._script(block.script.replace(SERVER, self.server))
        return code, printed.replace(str(locate(self.server)), str(locate(SERVER)))

    def _script(self, script: str) -> tuple[int, str]:
        """As someone at a terminal sees it, but with nobody to answer."""
        import fcntl
        import pty
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        program = subprocess.Popen(
            ["bash", "-e", "-c", script],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        printed = b"".join(iter(lambda: _some(ours), b""))
        os.close(ours)
        text = printed.decode("utf-8").replace("\r", "").replace("\ufeff", "")
        return program.wait(), "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")

    def _environment(self) -> dict[str, str]:
        """Nobody's settings, and the program that is being tested first on the path."""
        return {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(self.folder / "data"),
            "CASELEDGER_DB": self.registry,
            "CASELEDGER_BY": "analyst",
            "TERM": "dumb",
        }


def _some(descriptor: int) -> bytes:
    """What a terminal printed; nothing once its other side is closed: to Linux, an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def _in_lists(database: Path, sql: str) -> str:
    """What the `sqlite3` shell prints of itself: values between bars."""
    lines = []
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        for statement in re.split(r";[ \t]*$", sql, flags=re.MULTILINE):
            rows = connection.execute(statement)
            lines += ["|".join("" if v is None else str(v) for v in row) for row in rows]
    return "\n".join(lines)


def agrees(shown: str, printed: str) -> bool:
    """Whether the output shown is what was printed, `…` standing for any lines."""
    wanted = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else re.escape(line.rstrip()) + r"\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(wanted, printed + "\n" if printed else "") is not None


def disagreements(page: Path, terminal: Terminal) -> Iterator[str]:
    """Run a page's blocks in order and say what disagrees; with UPDATE_DOCS set the page right."""
    lines, shift = page.read_text(encoding="utf-8").splitlines(), 0
    for block in blocks(page):
        if not block.is_run or (block.script.startswith("sqlite3") and not shutil.which("sqlite3")):
            continue
        told = EXIT.search(block.text)
        expected = int(told[1]) if told else 0
        code, printed = terminal.run(block)
        if code != expected:
            yield f"{block} exits with {code}, not {expected}:\n{printed}"
        if block.output is None or agrees(block.output, printed):
            continue
        if not os.environ.get("UPDATE_DOCS"):
            yield f"{block} prints:\n{printed}\n--- and the page shows:\n{block.output}"
            continue
        at, old = block.output_line + shift, len(block.output.splitlines())
        lines[at : at + old] = printed.splitlines()
        shift += len(printed.splitlines()) - old
    if os.environ.get("UPDATE_DOCS"):
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")


on_unix = pytest.mark.skipif(os.name == "nt", reason="a terminal of Unix is looked at")


@on_unix
@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name != "postgres.md"], ids=lambda page: page.name
)
def test_a_page_shows_what_the_program_does(page: Path, seeded_file: Path) -> None:
    """Whoever copies a command out of the documentation gets what stands under it."""
    shutil.copytree(LISTS, seeded_file.parent / "lists")
    terminal = Terminal(seeded_file.parent, seeded_file.name)

    assert "\n\n".join(disagreements(page, terminal)) == ""


@on_unix
def test_the_page_on_servers_works_on_a_server(postgres_url: str, tmp_path: Path) -> None:
    """Its commands are run on a PostgreSQL server of our own, under the address that it shows."""
    terminal = Terminal(tmp_path, "unused.db", postgres_url)

    assert "\n\n".join(disagreements(DOCS / "postgres.md", terminal)) == ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_output_stands_under_its_command(page: Path) -> None:
    """A block of `text` by itself would be compared with nothing."""
    assert [str(block) for block in blocks(page) if block.language == "text"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """To a page that is there, and to a heading that the page has."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        linked = (page.parent / name) if name else page
        if not linked.exists() or (heading and heading not in _anchors(linked)):
            broken.append(target)

    assert broken == []


def _anchors(page: Path) -> set[str]:
    """The headings of a page as a link names them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# The first screen of the README ------------------------------------------------------------------


def test_the_readme_begins_with_two_commands_of_one_line() -> None:
    """One asks, one tests; each makes what it needs, whatever the state it finds."""
    asks, tests = [block for block in blocks(README) if block.language == "sh"][:2]

    assert asks.text.startswith("python3 -m venv ")
    assert asks.text.endswith("caseledger report --cartel CJNG")
    assert tests.line < 24, "both stand on the first screen"
    assert tests.text.startswith("python3 -m venv ")
    assert tests.text.endswith("pytest")
    assert ".[test]" in tests.text
    assert asks.text.count("\n") == tests.text.count("\n") == 0


# Commands and options ----------------------------------------------------------------------------


def _commands(command: Any, path: str, ctx: Any = None) -> Iterator[tuple[str, Any]]:
    """Every command of the program, with what it is called."""
    yield path, command
    if hasattr(command, "list_commands"):
        for name in command.list_commands(ctx):
            yield from _commands(command.get_command(ctx, name), f"{path} {name}", ctx)


COMMANDS = dict(_commands(typer.main.get_command(app), "caseledger"))


def _section(path: str) -> str:
    """The part of docs/commands.md that is about a command."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    first, *words = path.split()
    if not words:
        return text[: text.index("\n## `caseledger ")]
    _, _, rest = text.partition(f"\n## `{first} {words[0]}`\n")
    return rest.partition("\n## ")[0]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_every_option_is_documented(path: str) -> None:
    """In the section of docs/commands.md that is about it; and no option that is not there."""
    section = _section(path)
    options = {
        option
        for parameter in COMMANDS[path].params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    shown = set(re.findall(r"--[a-z][a-z0-9-]*", section))

    assert re.search(rf"{path}\b", section) or path.count(" ") < 2
    assert section
    assert options - shown - {"--help"} == set()


@pytest.mark.parametrize("group", [path for path in COMMANDS if path.count(" ") < 2])
def test_no_option_is_documented_that_is_not_there(group: str) -> None:
    """An option that was taken away is taken out of the documentation too."""
    inside = [group] if group == "caseledger" else [p for p in COMMANDS if p.startswith(group)]
    inside += ["caseledger"]
    options = {
        option
        for path in inside
        for parameter in COMMANDS[path].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", _prose(_section(group))))

    assert shown - options - {"--help"} == set()


def _prose(section: str) -> str:
    """A section without its blocks: an example may call another command."""
    return re.sub(r"^```.*?^```", "", section, flags=re.MULTILINE | re.DOTALL)


def test_the_readme_lists_every_command() -> None:
    """The table of the README is the program's own list."""
    listed = re.findall(
        r"^\| `(caseledger \w+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert sorted(listed) == sorted(path for path in COMMANDS if path.count(" ") == 1)


def test_exit_codes_are_the_program_s() -> None:
    """The one table of them is complete."""
    table = _section("caseledger").partition("## Exit codes")[2]
    listed = re.findall(r"^\| (\d+) \|", table, re.MULTILINE)

    assert [int(code) for code in listed] == list(ExitCode)


# Views -------------------------------------------------------------------------------------------


def _documented_views() -> dict[str, list[tuple[str, str]]]:
    """The columns, with their types, of each view in docs/views.md."""
    text = (DOCS / "views.md").read_text(encoding="utf-8")
    return {
        name: re.findall(r"^\| `(\w+)` \| (\w+) \|", section.partition("\n#")[0], re.MULTILINE)
        for name, section in re.findall(
            r"^### `(\w+)`\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL
        )
    }


def test_the_views_have_the_columns_that_are_documented(seeded_file: Path) -> None:
    """Names and order, all views and no other."""
    documented = _documented_views()
    with closing(sqlite3.connect(seeded_file)) as connection:
        views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
        real = {
            name: [column[0] for column in connection.execute(f"SELECT * FROM {name}").description]
            for (name,) in views
        }

    assert {name: [column for column, _ in columns] for name, columns in documented.items()} == real


def _import_a_list(location: Location) -> None:
    """A registry as it comes has none, and what shows lists would be looked at in vain."""
    from caseledger.ofac.lists import import_list
    from caseledger.ofac.parse.files import look_at_all

    files = look_at_all([*(LISTS / "2021-07").glob("*.csv")])
    import_list(location, files, "2021-07-07", by="tester")


def test_the_views_have_the_types_that_are_documented(seeded_registry: Location) -> None:
    """On either engine: TEXT and INTEGER, whatever they are made of."""
    from caseledger.db.reading import reading

    _import_a_list(seeded_registry)
    wrong = []
    with reading(seeded_registry) as reader:
        for view, columns in _documented_views().items():
            for row in reader.rows(f"SELECT * FROM {view}"):
                for (column, kind), value in zip(columns, row, strict=True):
                    wanted = {"TEXT": str, "INTEGER": int}[kind]
                    if value is not None and type(value) is not wanted:
                        wrong.append(f"{view}.{column}: {value!r} is no {kind}")

    assert wrong == []


def test_every_view_has_rows_to_look_at(seeded_file: Path) -> None:
    """Without rows the types above would be looked at in vain."""
    _import_a_list(Location(seeded_file, None))
    with closing(sqlite3.connect(seeded_file)) as connection:
        counts = {
            view: connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
            for view in _documented_views()
        }

    assert all(counts.values()), counts


# The format of files -----------------------------------------------------------------------------

FORMAT = DOCS / "format.md"


def _value(field: Field) -> str:
    """How the reference says what a field may hold."""
    if isinstance(field, Choice):
        words = [f"**`{w}`**" if w == field.otherwise else f"`{w}`" for w in field.words]
        return ", ".join(words)
    if isinstance(field, Switch):
        return "`true`, **`false`**"
    if isinstance(field, Links):
        many = "parties" if field.to == "party" else f"{field.to}s"
        return f"keys of {many}, in a list"
    if isinstance(field, Link):
        return f"the key of {'an' if field.to[0] in 'aeiou' else 'a'} {field.to}"
    if isinstance(field, Count):
        return "a number, a range or words" if field.ranges else "a number or words"
    return _SIMPLE.get(type(field), "a text")


_SIMPLE = {
    Point: "a date",
    Extent: "a stretch of time, `2000/2012`, or one date",
    Country: "a code of two letters, or a name in English or Spanish",
    Day: "a day, `2022-10-13`",
    Sha256: "64 hexadecimal digits",
    Body: "a text of many lines",
    Term: "`12y`, `18m`, `12y6m` or `life`",
}


def _help(field: Field) -> str:
    """What the reference says of a field; where it is a switch, of which word."""
    if isinstance(field, Choice) and field.switches:
        words = [word for word in field.words if word not in {field.otherwise, "words"}]
        if len(words) == 1:
            return f"`{words[0]}`: {field.help}"
    return field.help


def _table(fields: tuple[Field, ...] | list[Field]) -> str:
    rows = ["| field | what it says | value |", "| --- | --- | --- |"]
    for field in fields:
        star = " *" if field.required else ""
        rows.append(f"| `{field.name}`{star} | {_help(field)} | {_value(field)} |")
    return "\n".join(rows)


def _reference() -> dict[str, str]:
    """The table under each heading of the reference in docs/format.md; none where it has none."""
    text = FORMAT.read_text(encoding="utf-8").partition("\n## Reference\n")[2]
    parts = re.split(r"^#{3,4} (.*)$", text, flags=re.MULTILINE)
    return {
        heading: "\n".join(line for line in section.splitlines() if line.startswith("|"))
        for heading, section in zip(parts[1::2], parts[2::2], strict=True)
    }


def _of_every_action() -> list[Field]:
    """The fields that every kind of action has."""
    return list(ACTIONS[ActionKind.DEATH].fields)


def _own_fields(kind: RecordKind) -> list[Field]:
    if kind.name not in set(ActionKind):
        return list(kind.fields)
    shared = _of_every_action()
    return [field for field in kind.fields if field not in shared]


def test_the_reference_of_the_format_is_the_catalogue() -> None:
    """Every kind of record and every field, with its values and its default, and no other."""
    wanted = {f"`[[{name}]]`": _own_fields(kind) for name, kind in KINDS.items()}
    wanted |= {"Actions": _of_every_action(), "`citation`": list(CITATION.fields)}

    assert _reference() == {
        heading: _table(fields) if fields else "" for heading, fields in wanted.items()
    }


def test_the_file_that_the_format_builds_step_by_step_is_loaded(
    empty: Caseledger, tmp_path: Path
) -> None:
    """Its parts, put together, are a file that the program takes; the JSON after it too."""
    told = blocks(FORMAT)
    file = tmp_path / "harbour.toml"
    file.write_text("\n".join(b.text for b in told if b.language == "toml"), encoding="utf-8")
    (other,) = [b.text for b in told if b.language == "json"]

    assert empty("load", str(file)).err == ""
    assert empty("load", "-", stdin=other).code == ExitCode.DONE
    assert empty("db", "check").out == "sound\n"


# Style -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*PAGES, CHECKOUT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_each_sentence_has_a_line_of_its_own(page: Path) -> None:
    """So that a difference shows the sentence that changed."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    two = re.compile(r"(?<![A-Z0-9])[.!?]\)? (?=[A-Z`\[])")
    doubled = [line for line in text.splitlines() if line[:1] != "|" and two.search(line)]

    assert doubled == []


def test_the_changelog_tells_of_this_version() -> None:
    """Whoever upgrades reads there what is new."""
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    text = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.search(rf"^## (Unreleased|{re.escape(version)})", text, re.MULTILINE)
