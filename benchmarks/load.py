"""Loading a file of 100,000 actions, against `executemany` of the rows that come of it.

python -m benchmarks.load [--quick] [--work FOLDER]
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.generate import file_of
from benchmarks.measure import (
    CASELEDGER,
    HERE,
    PYTHON,
    Check,
    Program,
    Result,
    Table,
    told,
)
from benchmarks.world import Size

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Load, and write the same rows bare, in turn; then load once more, which changes nothing."""
    with told(__doc__) as given:
        file = file_of(given.work, Size().scaled(0.01 if given.quick else 0.1))
        loads, bares, agains = [], [], []
        for _ in range(given.times(5, quick=1)):
            ours, bare = given.work / "loaded.db", given.work / "bare.db"
            for registry in (ours, bare):
                _make_anew(registry)
            load = Program([CASELEDGER, "--db", str(ours), "load", str(file)])
            loads.append(load.time().wall)
            counts = _counts(ours)
            printed = Program([PYTHON, str(HERE / "bare_load.py"), str(ours), str(bare)]).output()
            bares.append(float(printed.split()[0]))
            assert counts == _counts(bare), "not the same rows"
            assert "added: nothing" in load.output(), "a second load changed something"
            agains.append(load.time().wall)
            assert counts == _counts(ours), "a second load changed something"
    rows = sum(counts.values())
    speed = {
        "`caseledger load`, whole process": rows / median(loads),
        "bare `executemany`": rows / median(bares),
    }
    share = median(bares) / median(loads)
    result = Result("load")
    table = Table(["", "rows", "seconds", "rows per second", "share of bare speed"])
    for (name, rate), shared in zip(speed.items(), (f"{share:.2f}", "1"), strict=True):
        table.rows.append([name, f"{rows:,}", f"{rows / rate:.1f}", f"{rate:,.0f}", shared])
    again = median(agains)
    table.rows.append(
        ["the same file once more, which changes nothing", "0", f"{again:.1f}", "", ""]
    )
    result.tables.append(table)
    if not given.quick:  # in a short load nothing is measured but start-up
        actions = f"load of {counts['actions']:,} actions"
        result.checks.append(Check(f"{actions} / bare speed", share, at_least=0.2))
    result.save()


def _make_anew(registry: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        registry.with_name(registry.name + ending).unlink(missing_ok=True)
    Program([CASELEDGER, "--db", str(registry), "init", "--no-seed"]).output()


def _counts(registry: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(registry)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name <> 'alembic_version'"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in tables
        }


if __name__ == "__main__":
    main()
