"""Reports from a registry of a million actions, against a bare script that writes the same bytes.

python -m benchmarks.report [--quick] [--work FOLDER]
"""

from __future__ import annotations

import filecmp
import json
import re
from typing import TYPE_CHECKING, Any

from benchmarks.generate import registry_of
from benchmarks.measure import (
    CASELEDGER,
    HERE,
    PYTHON,
    Check,
    Program,
    Result,
    Table,
    milliseconds,
    ratio,
    side_by_side,
    told,
)
from benchmarks.world import Size

from caseledger.db.location import Location
from caseledger.db.reading import Reader, reading
from caseledger.reports.actions import COLUMNS, sql
from caseledger.reports.criteria import Criteria
from caseledger.reports.selection import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_TIME = 1.1
"""Of a bare script's, for the largest report."""

MOST_MEMORY = 60
"""MB, for the largest report."""


def main() -> None:
    """Every size of report: the same bytes first, then times, memory and query plans."""
    with told(__doc__) as given:
        size = Size().scaled(0.01 if given.quick else 1)
        registry = registry_of(given.work, size)
        result = Result("report")
        times = Table(
            ["actions", "ours", "bare", "ratio", "processor", "ratio with `--raw`", "processor"]
        )
        memory = Table(["actions", "ours", "bare"])
        result.tables += [times, memory]
        for name, rows in size.report_rows().items():
            asked = given.work / "statements.json"
            plans = _ask(registry, name, asked)
            programs = _programs(registry, name, asked)
            _require_same(programs, rows, given.work)
            runs = given.times(25 if rows < 10_000 else 9, quick=2)
            took = side_by_side(programs, runs)
            ratios = [
                *ratio(took["ours"], took["bare"]),
                *ratio(took["ours, raw"], took["bare, raw"]),
            ]
            shown = [milliseconds(took[program].wall) for program in ("ours", "bare")]
            times.rows.append([f"{rows:,}", *shown, *(f"{value:.2f}" for value in ratios)])
            peaks = [programs[name].peak() for name in ("ours", "bare")]
            memory.rows.append([f"{rows:,}", *(f"{peak:.0f} MB" for peak in peaks)])
    result.checks.append(Check(f"MB, report of {rows:,} actions", peaks[0], at_most=MOST_MEMORY))
    if not given.quick:  # in a short report nothing is measured but start-up
        largest = f"report of {rows:,} actions / bare script"
        result.checks.append(Check(largest, ratios[0], at_most=MOST_TIME))
        result.checks.append(Check(f"{largest}, both with --raw", ratios[2], at_most=MOST_TIME))
    result.texts.append(plans)
    result.save()


def _programs(registry: Path, name: str, asked: Path) -> dict[str, Program]:
    ours = [CASELEDGER, "report", "--cartel", name, "--format", "csv"]
    bare = [PYTHON, str(HERE / "bare_report.py"), str(registry), str(asked)]
    where = {"CASELEDGER_DB": str(registry)}
    return {
        "ours": Program(ours, where),
        "bare": Program(bare),
        "ours, raw": Program([*ours, "--raw"], where),
        "bare, raw": Program([*bare, "--raw"]),
    }


def _require_same(programs: dict[str, Program], rows: int, work: Path) -> None:
    """Byte for byte, and as many rows as the world was made with."""
    for ours, bare in (("ours", "bare"), ("ours, raw", "bare, raw")):
        mine = programs[ours].output_to(work / "ours.csv")
        other = programs[bare].output_to(work / "bare.csv")
        assert filecmp.cmp(mine, other, shallow=False), f"{ours} and {bare} differ"
        with mine.open("rb") as lines:
            assert sum(1 for _ in lines) == rows + 1, f"{ours} has not {rows} rows"


def _ask(registry: Path, name: str, asked: Path) -> str:
    """Write down what the report asks of the registry; give the plans, which scan no table."""
    with reading(Location(registry, None)) as reader:
        recorder = _Recorder(reader)
        selection = select(recorder, Criteria(organizations=[name]))
        statements = [*recorder.statements, (sql(selection), selection.parameters)]
        asked.write_text(json.dumps(_told(statements, selection)), encoding="utf-8")
        return "\n".join(_plans(reader, statements))


def _told(statements: list[tuple[str, Any]], selection: Selection) -> dict[str, Any]:
    names = {found.id: found.name for found in selection.organizations.values()}
    return {"statements": statements, "organizations": names, "columns": COLUMNS}


class _Recorder:
    """A reader that remembers what it was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.dialect = reader.dialect
        self.ids = reader.ids
        self.within = reader.within
        self.texts = reader.texts
        self.each = reader.each
        self.statements: list[tuple[str, Mapping[str, Any]]] = []

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Read, and remember."""
        self.statements.append((sql, dict(parameters or {})))
        return self._reader.rows(sql, parameters)


def _plans(reader: Reader, statements: list[tuple[str, Any]]) -> Iterator[str]:
    """How SQLite goes about each statement, a step a line."""
    for statement, parameters in statements:
        tables = _tables(reader, statement)
        yield f"-- {' '.join(statement.split())[:90]} …"
        depth = {0: 0}
        for step, parent, _, text in reader.rows(f"EXPLAIN QUERY PLAN {statement}", parameters):
            scan = re.match(r"SCAN (\w+)", text)
            assert not (scan and scan[1] in tables), f"a full scan: {text}"
            depth[step] = depth[parent] + 1
            yield f"{'  ' * depth[step]}{text}"


def _tables(reader: Reader, statement: str) -> set[str]:
    """What the registry's tables are called in a statement and in the views that it may read.

    Other things are there to be scanned: ids bound to it, rows that it made itself.
    """
    schema = list(reader.rows("SELECT type, name, sql FROM sqlite_schema"))
    tables = {name for type_, name, _ in schema if type_ == "table"}
    texts = [statement, *(sql for type_, _, sql in schema if type_ == "view")]
    named = re.findall(r"(?:FROM|JOIN)\s+(\w+)\s+(?:AS\s+)?(\w+)", " ; ".join(texts))
    return tables | {alias for table, alias in named if table in tables}


if __name__ == "__main__":
    main()
