"""The floors of the house: who may import whom, and who may speak.

The static graph is held by the contracts in `pyproject.toml`; this runs them where import-linter is
installed, and holds what an import graph does not show.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from caseledger.db.location import Location
from tests.ofac.lists import SmallList, put, sdn
from tests.ofac.test_parse import SAME, XML

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[1]
PACKAGE = CHECKOUT / "src" / "caseledger"
MODULES = sorted(PACKAGE.rglob("*.py"))
BELOW_THE_COMMAND_LINE = [path for path in MODULES if PACKAGE / "cli" not in path.parents]
REVISIONS = sorted((CHECKOUT / "alembic" / "versions").glob("*.py"))

_SAID = {"print", "input", "exit", "quit", "breakpoint"}
_LEFT = {("sys", "exit"), ("os", "_exit"), ("os", "abort")}
_STREAMS = {"stdin", "stdout", "stderr"}


def _name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _speaking(tree: ast.AST) -> Iterator[str]:
    """Everything in a module that prints, reads the terminal, or ends the program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in _SAID:
                yield f"line {node.lineno}: {node.func.id}()"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whole = (node.value.id, node.attr)
            if whole in _LEFT or (node.value.id == "sys" and node.attr in _STREAMS):
                yield f"line {node.lineno}: {'.'.join(whole)}"
        elif isinstance(node, ast.Name) and node.id == "SystemExit":
            yield f"line {node.lineno}: SystemExit"


def _imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_every_import_contract_is_kept() -> None:
    """A new import that goes up, or a module on no floor, is told here."""
    cli = pytest.importorskip("importlinter.cli", reason="import-linter is in the extra `dev`")

    assert cli.lint_imports(config_filename=str(CHECKOUT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", BELOW_THE_COMMAND_LINE, ids=_name)
def test_only_the_command_line_prints_reads_the_terminal_or_exits(path: Path) -> None:
    """Below it a result is returned and a mistake is raised: a page in a browser can use it too."""
    assert list(_speaking(_tree(path))) == []


def test_what_speaks_is_noticed() -> None:
    """The test above would be green for good if it looked for nothing."""
    told = "import sys\nprint(1)\nsys.exit(1)\nraise SystemExit\nwrite(sys.stderr)\n"

    assert len(list(_speaking(ast.parse(told)))) == 4


@pytest.mark.parametrize("path", REVISIONS, ids=_name)
def test_a_revision_imports_nothing_of_ours(path: Path) -> None:
    """A revision is run years later, over a program that has changed: it stands by itself."""
    ours = [name for name in _imported(_tree(path)) if name.startswith((".", "caseledger"))]

    assert ours == []


def test_there_are_revisions_to_look_at() -> None:
    """A folder that moved would leave nothing to look at."""
    assert len(REVISIONS) >= 2
    assert len(MODULES) > 50


HEAVY = {
    "alembic",
    "babel",
    "platformdirs",
    "psycopg",
    "pydantic",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
}
"""What some commands need, and what every one of them would pay for at start-up."""

_LISTED = """
import sys
from caseledger.cli.main import run
code = run(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "report --help",
        "report --cartel CJNG --format csv",
        "report --cartel CJNG --format json",
        "report --cartel CJNG --format markdown",
        "report --cartel CJNG",
        "show CJNG",
        "list organizations",
        "ofac --help",
        "ofac versions",
        "ofac versions --format json",
        "ofac show 1",
        "ofac diff",
        "ofac diff --format csv",
    ],
)
def test_a_command_that_reads_imports_nothing_heavy(command: str, seeded_file: Path) -> None:
    """The static graph cannot tell an import inside a function from one at the top."""
    if command.startswith("ofac"):
        for name, day in (("DOE, John", "2021-01-01"), ("DOE, Jane", "2021-02-01")):
            put(Location(seeded_file, None), SmallList([sdn(1, name)]), day, seeded_file.parent)

    imported = _imports(seeded_file, *command.split())

    assert "caseledger" in imported
    assert imported & HEAVY == set()
    assert "tabulate" not in imported or "table" in _format(command)


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_importing_a_list_takes_neither_sqlalchemy_nor_anything_heavy(
    seeded_file: Path, tmp_path: Path, form: str
) -> None:
    """It would take as long as reading and writing the whole list; Babel knows the countries."""
    if form == "csv":
        paths = replace(SAME, comments=None).write(tmp_path / "list")
        given = [*map(str, paths), "--published", "2021-01-01"]
    else:
        (tmp_path / "sdn.xml").write_text(XML, encoding="utf-8")
        given = [str(tmp_path / "sdn.xml")]

    imported = _imports(seeded_file, "import", "ofac", *given)

    assert "caseledger" in imported
    assert imported & HEAVY <= {"babel"}


def _imports(registry: Path, *command: str) -> set[str]:
    """The top-level packages that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTED, "--db", str(registry), *command],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stderr.split())


def _format(command: str) -> str:
    """Only a table needs tabulate."""
    if "--help" in command or command.startswith(("show", "ofac show")):
        return "none"
    return command.partition("--format ")[2] or "table"
