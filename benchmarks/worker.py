"""Write to a registry again and again until killed, saying each write once it is acknowledged.

Runs the commands as the command line does, in one process, so that a kill seldom falls on start-up.
Waits for a line on stdin before it begins.

python -m benchmarks.worker REGISTRY add|load TOKEN TIMES
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from caseledger.cli.main import run

PEOPLE = 300
"""In each file that is loaded."""


def add(registry: str, name: str) -> list[str]:
    """The command that records an arrest of someone new, in one unit of work of several rows."""
    action = ["add", "arrest", "--person", name, "--new", "--cartel", "CJNG", "--date", "2020"]
    return ["--db", registry, *action, "--source", "S1", "--phrase", f"arrested {name}"]


def load(registry: str, name: str) -> list[str]:
    """The command that loads a file of many records, written beside the registry."""
    file = Path(registry).with_name(f"{name}.json")
    file.write_text(json.dumps(content(name)), encoding="utf-8")
    return ["--db", registry, "load", str(file)]


def content(dataset: str) -> dict[str, Any]:
    """A file of people, each arrested once for the same cartel."""
    numbers = range(PEOPLE)
    return {
        "dataset": dataset,
        "default_source": "s",
        "source": [{"key": "s", "title": f"Bulletin {dataset}"}],
        "organization": [{"key": "o", "name": f"Cartel {dataset}"}],
        "person": [
            {
                "key": f"p{n}",
                "name": f"Loaded {dataset} {n}",
                "affiliation": [{"organization": "o"}],
            }
            for n in numbers
        ],
        "arrest": [{"key": f"a{n}", "subject": f"p{n}", "date": "2020"} for n in numbers],
    }


ROWS = {
    "sources": 1,
    "parties": PEOPLE + 1,
    "affiliations": PEOPLE,
    "actions": PEOPLE,
    "citations": 3 * PEOPLE + 1,
}
"""What a file that was loaded has left in each table."""


def main() -> None:
    """Write, and say so."""
    registry, what, token, times = sys.argv[1:]
    command = {"add": add, "load": load}[what]
    _run([*command(registry, token), "--dry-run"])  # which imports all that it takes
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(times)):
        name = f"{token}-{number}"
        _run(command(registry, name))
        print(name, flush=True)


def _run(arguments: list[str]) -> None:
    """Run a command; what it says is of interest only if it fails."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(arguments)
    if code:
        sys.exit(said.getvalue())


if __name__ == "__main__":
    main()
