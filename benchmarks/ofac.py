"""Importing OFAC's lists, against `sqlite_utils` merely loading the same four files.

python -m benchmarks.ofac [--quick] [--rounds N] [--work FOLDER]

The lists lie beside the checkout, in `../shared/data/ofac`, and are no part of the project; where
they are not there it says so and measures nothing. `CASELEDGER_SHARED` names another folder.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import (
    CASELEDGER,
    HERE,
    PYTHON,
    Check,
    Program,
    Result,
    Table,
    milliseconds,
    told,
    typical,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Given, Timing

SHARED = Path(os.environ.get("CASELEDGER_SHARED") or HERE.parent.parent / "shared")
LISTS = SHARED / "data" / "ofac"
FIRST, SECOND = "2021-07", "2023-12-28"
DAY = {FIRST: "2021-07-07", SECOND: SECOND}
PARTS = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")

AT_MOST = {
    "first list": ("loading it bare", 1.5),
    "second list": ("loading that bare", 1.3),
    "the same again": ("loading that bare", 0.5),
}
"""What each import is measured against, and at most how much of its time it may take."""

MEGABYTES = 120
FIRST_FILE, SECOND_GROWTH = 4, 1.5
"""The most that the registry may be, and may grow, in sizes of the CSV files of the list."""


def main() -> None:
    """Time the imports in turn with the bare loads, then look at memory, size and many days."""
    with told(__doc__) as given:
        if not (LISTS / SECOND / PARTS[0]).exists():
            print(f"skipped: OFAC's lists are not at {LISTS}")
            return
        result = Result("ofac")
        registry = _times(given, result)
        _sizes(given, registry, result)
        _memory(given, result)
        _days(given, result)
    result.save()


def _files(name: str) -> list[str]:
    return [str(LISTS / name / part) for part in PARTS]


def _import(registry: Path, name: str, files: Sequence[str] = (), day: str = "") -> Program:
    given = [*(files or _files(name)), "--published", day or DAY[name]]
    return Program([CASELEDGER, "--db", str(registry), "import", "ofac", *given])


def _bare(database: Path, name: str) -> Program:
    _remove(database)
    return Program([PYTHON, str(HERE / "bare_ofac.py"), str(database), *_files(name)])


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _fresh(folder: Path, name: str) -> Path:
    """A new registry, seeded as a user's is."""
    registry = folder / name
    _remove(registry)
    Program([CASELEDGER, "--db", str(registry), "init"]).output()
    return registry


def _times(given: Given, result: Result) -> Path:
    """Whole processes in turn; a first round warms caches and bytecode."""
    taken: dict[str, list[Timing]] = {}
    bare = given.work / "bare.db"
    registry = given.work / "timed.db"
    for number in range(given.times(9, quick=1) + 1):
        registry = _fresh(given.work, "timed.db")
        round_ = {"first list": _import(registry, FIRST).time()}
        round_["loading it bare"] = _bare(bare, FIRST).time()
        round_["second list"] = _import(registry, SECOND).time()
        round_["loading that bare"] = _bare(bare, SECOND).time()
        _require_same(registry, bare)
        round_["the same again"] = _import(registry, SECOND).time()
        if number:
            for name, timing in round_.items():
                taken.setdefault(name, []).append(timing)
    times = {name: typical(timings) for name, timings in taken.items()}
    table = Table(["whole process", "median", "processor", "against", "ratio"])
    for name, timing in times.items():
        against, bound = AT_MOST.get(name, ("", 0.0))
        ratio = timing.wall / times[against].wall if against else 0
        table.rows.append(
            [
                name,
                milliseconds(timing.wall),
                milliseconds(timing.cpu),
                against,
                f"{ratio:.2f}" if against else "",
            ]
        )
        if against:
            result.checks.append(Check(f"{name} / {against}", ratio, at_most=bound))
    result.tables.append(table)
    return registry


def _require_same(registry: Path, bare: Path) -> None:
    """Both have read every row of the second list."""
    asked = [CASELEDGER, "--db", str(registry), "ofac", "versions", "--format", "json"]
    said = json.loads(Program(asked).output())["rows"][-1]
    with closing(sqlite3.connect(bare)) as connection:
        for table, column in (("sdn", "entries"), ("alt", "names"), ("add", "addresses")):
            (rows,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert rows == said[column], f"{table}: {rows} rows, and {said[column]} imported"


def _sizes(given: Given, both: Path, result: Result) -> None:
    """The file before any list, with one, and with two: against the CSV files."""
    one = _fresh(given.work, "one.db")
    sizes = [_size(one)]
    _import(one, FIRST).output()
    sizes += [_size(one), _size(both)]
    published = [
        sum(Path(file).stat().st_size for file in _files(name)) for name in (FIRST, SECOND)
    ]
    whole, growth = sizes[1] / published[0], (sizes[2] - sizes[1]) / published[1]
    result.tables.append(
        Table(
            ["registry", "MB", "the list's CSV files, MB", "ratio"],
            [
                ["seeded, no list", f"{sizes[0] / 1e6:.1f}", "", ""],
                [
                    "first list",
                    f"{sizes[1] / 1e6:.1f}",
                    f"{published[0] / 1e6:.1f}",
                    f"{whole:.2f}",
                ],
                [
                    "both: what the second added",
                    f"{(sizes[2] - sizes[1]) / 1e6:.1f}",
                    f"{published[1] / 1e6:.1f}",
                    f"{growth:.2f}",
                ],
            ],
        )
    )
    result.checks.append(
        Check("file with the first list / its CSV files", whole, at_most=FIRST_FILE)
    )
    result.checks.append(
        Check("what the second list adds / its CSV files", growth, at_most=SECOND_GROWTH)
    )


def _size(registry: Path) -> int:
    """All of it in one file: what still stands in the log is taken in first."""
    with closing(sqlite3.connect(registry)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return registry.stat().st_size


def _memory(given: Given, result: Result) -> None:
    """The most that an import holds; of an SDN.XML, short and long."""
    registry = _fresh(given.work, "memory.db")
    table = Table(["import", "peak memory"])
    for label, name in (("first list", FIRST), ("second list", SECOND)):
        peak = _import(registry, name).peak()
        table.rows.append([label, f"{peak:.0f} MB"])
        result.checks.append(Check(f"peak of the {label}, MB", peak, at_most=MEGABYTES))
    peaks = []
    for entries in (400, 1_600) if given.quick else (20_000, 80_000, 160_000):
        file = given.work / f"{entries}.xml"
        file.write_text(_xml(entries), encoding="utf-8")
        registry = _fresh(given.work, "xml.db")
        command = [CASELEDGER, "--db", str(registry), "import", "ofac", str(file)]
        peaks.append(Program(command).peak())
        table.rows.append([f"an invented SDN.XML of {entries:,} entries", f"{peaks[-1]:.0f} MB"])
    result.tables.append(table)
    if not given.quick:  # of short lists neither a batch nor the database's cache is full
        twice = Check("peak of the longest XML / of one half as long", peaks[-1] / peaks[-2], 1.1)
        result.checks.append(twice)


def _xml(entries: int) -> str:
    """An invented list: organizations of one programme, each with a name and an address."""
    rows = "".join(
        f"<sdnEntry><uid>{uid}</uid><lastName>INVENTED COMPANY {uid}</lastName>"
        "<sdnType>Entity</sdnType><programList><program>INVENTED</program></programList>"
        f"<remarks>Tax ID No. {uid}; an invented remark of entry {uid}.</remarks>"
        f"<akaList><aka><uid>{uid}</uid><type>a.k.a.</type><category>strong</category>"
        f"<lastName>ALSO {uid}</lastName></aka></akaList><addressList><address><uid>{uid}</uid>"
        f"<city>Town {uid}</city><country>Mexico</country></address></addressList></sdnEntry>\n"
        for uid in range(1, entries + 1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<sdnList><publshInformation>'
        f"<Publish_Date>01/02/2020</Publish_Date><Record_Count>{entries}</Record_Count>"
        f"</publshInformation>\n{rows}</sdnList>\n"
    )


def _days(given: Given, result: Result) -> None:
    """The first list day after day, one entry renamed on each; then one more, after few and many.

    That last import runs in turn on a copy of either registry: what the machine does meanwhile
    falls on both.
    """
    many = 3 if given.quick else 300
    registry, few = _fresh(given.work, "days.db"), given.work / "few.db"
    files = _renamed(given.work / "day", _files(FIRST), 0)
    for day in range(many):
        _import(registry, FIRST, files, _day(day)).output()
        if day == 1:
            _size(registry)  # all of it in one file
            shutil.copy(registry, few)
        files = _renamed(given.work / "day", files, day + 1)
    size = _size(registry)
    taken: dict[str, list[Timing]] = {}
    for number in range(given.times(11, quick=1) + 1):
        for label, source in (("2", few), (f"{many}", registry)):
            copy = given.work / "copy.db"
            _remove(copy)
            shutil.copy(source, copy)
            timing = _import(copy, FIRST, files, _day(many)).time()
            if number:
                taken.setdefault(label, []).append(timing)
    times = {name: typical(timings) for name, timings in taken.items()}
    table = Table(["one more daily list", "median", "processor"])
    for name, timing in times.items():
        label = f"after {name} lists"
        table.rows.append([label, milliseconds(timing.wall), milliseconds(timing.cpu)])
    table.rows.append([f"the registry with {many} lists", f"{size / 1e6:.1f} MB", ""])
    result.tables.append(table)
    if not given.quick:
        ratio = times[f"{many}"].wall / times["2"].wall
        result.checks.append(Check(f"after {many} lists / after 2", ratio, at_most=1.2))


def _day(number: int) -> str:
    return str(date(2021, 7, 7) + timedelta(days=number))


def _renamed(folder: Path, files: Sequence[str], number: int) -> list[str]:
    """A copy of the list in which one more entry has another name."""
    folder.mkdir(exist_ok=True)
    copies = [folder / part for part in PARTS]
    for file, copy in zip(files, copies, strict=True):
        if Path(file) != copy:
            copy.write_bytes(Path(file).read_bytes())
    rows = copies[0].read_bytes().splitlines(keepends=True)
    cells = rows[number].split(b'"')
    cells[1] += b" %d" % number
    rows[number] = b'"'.join(cells)
    copies[0].write_bytes(b"".join(rows))
    return [str(copy) for copy in copies]


if __name__ == "__main__":
    main()
