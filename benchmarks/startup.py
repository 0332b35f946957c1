"""Whole processes of everyday commands, against `sqlite-utils`, which does not do more.

python -m benchmarks.startup [--quick] [--rounds N]
"""

from __future__ import annotations

import csv
import io
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.measure import (
    CASELEDGER,
    PYTHON,
    SQLITE_UTILS,
    Check,
    Program,
    Result,
    Table,
    milliseconds,
    ratio,
    side_by_side,
    told,
)

from caseledger.db.location import Location
from caseledger.db.reading import reading
from caseledger.reports.actions import COLUMNS, sql
from caseledger.reports.criteria import Criteria
from caseledger.reports.selection import select

if TYPE_CHECKING:
    from pathlib import Path

REPORT = ("report", "--cartel", "CJNG", "--format", "csv")

_NAMED = {"detail": "program", "case": "case_title"}
"""Columns of a report that have another name in the view."""


def main() -> None:
    """Check that the programs say the same, then run them in turn."""
    assert find_spec("pandas") is None, "sqlite-utils imports pandas where it finds it"
    with told(__doc__) as given:
        home = given.work / "home"
        home.mkdir(exist_ok=True)
        report = Program([CASELEDGER, *REPORT], {"HOME": str(home)})
        rows = report.output()  # which makes the registry
        (registry,) = home.rglob("registry.db")
        programs = _programs(report, registry)
        _require_same(rows, programs["sqlite-utils query"].output())
        assert rows == programs["report, CASELEDGER_DB set"].output()
        completed = programs["completion of an organization"].output().split()
        assert "CJNG" in completed, f"completion says {completed}"
        times = side_by_side(programs, given.times(41, quick=3))
    result = Result("startup")
    table = Table(["whole process", "median", "processor", "against", "ratio", "processor"])
    for name, timing in times.items():
        row = [name, milliseconds(timing.wall), milliseconds(timing.cpu)]
        if name in _YARDSTICK:
            against, most = _YARDSTICK[name]
            share = ratio(timing, times[against])
            row += [against, f"{share.wall:.2f}", f"{share.cpu:.2f}"]
            result.checks.append(Check(f"{name} / {against}", share.wall, at_most=most))
        table.rows.append(row + [""] * (len(table.columns) - len(row)))
    result.tables.append(table)
    result.save()


_YARDSTICK = {
    "report of CJNG": ("sqlite-utils query", 0.6),
    "report, CASELEDGER_DB set": ("sqlite-utils query", 0.6),
    "--help": ("sqlite-utils --help", 0.6),
    "completion of an organization": ("sqlite-utils --help", 0.6),
}
"""What each of ours is measured against, and at most how much of its time it may take."""


def _programs(report: Program, registry: Path) -> dict[str, Program]:
    here = {"CASELEDGER_DB": str(registry)}
    completing = {
        **report.environment,
        "_CASELEDGER_COMPLETE": "complete_bash",
        "COMP_WORDS": "caseledger report --cartel CJ",
        "COMP_CWORD": "3",
    }
    return {
        "report of CJNG": report,
        "report, CASELEDGER_DB set": Program(report.command, here),
        "sqlite-utils query": Program([SQLITE_UTILS, "query", str(registry), *_query(registry)]),
        "--help": Program([CASELEDGER, "--help"]),
        "completion of an organization": Program([CASELEDGER], completing),
        "sqlite-utils --help": Program([SQLITE_UTILS, "--help"]),
        "python -c pass": Program([PYTHON, "-c", "pass"]),
        "python -c 'import typer'": Program([PYTHON, "-c", "import typer"]),
    }


def _query(registry: Path) -> list[str]:
    """The report's own statement and parameters, its columns in the report's order."""
    with reading(Location(registry, None)) as reader:
        selection = select(reader, Criteria(organizations=["CJNG"]))
    listed = ", ".join(f'{_NAMED.get(column, column)} AS "{column}"' for column in COLUMNS)
    arguments = [f"SELECT {listed} FROM ({sql(selection)})", "--csv"]
    for name, value in selection.parameters.items():
        arguments += ["-p", name, str(value)]
    return arguments


def _require_same(ours: str, theirs: str) -> None:
    """The same rows, cell by cell; of `detail`, which is put in words, the fact in it."""
    mine, other = ([*csv.DictReader(io.StringIO(text))] for text in (ours, theirs))
    assert len(mine) == len(other) > 0, "not the same number of rows"
    for row, their_row in zip(mine, other, strict=True):
        words, fact = row.pop("detail"), their_row.pop("detail")
        assert row == their_row, json.dumps([row, their_row], ensure_ascii=False)
        assert fact in words, f"{fact!r} is not said in {words!r}"


if __name__ == "__main__":
    main()
