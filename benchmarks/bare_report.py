"""What `caseledger report --format csv` is measured against: the same bytes from a bare script.

Nothing but the standard library's `sqlite3` and `csv`, written straight down. It is given the
statements that the report runs, with their parameters; what is done to the rows of the last of
them (an action's rows folded into one, its details put in words, formulas made harmless) is
written out here, because the same bytes need it.

python bare_report.py REGISTRY STATEMENTS [--raw]
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from typing import Any

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def words(kind: str, d: Any) -> str:
    """The details of an action, in words."""
    if kind == "arrest":
        parts = [d[0] and f"custody: {d[0]}", d[1] and f"warrant: {d[1]}"]
        parts.append(d[2] and f"for prosecution by {d[2]}")
    elif kind == "charge":
        parts = [None if d[3] == "other" else f"by {d[3]}", d[8] and f"alleged: {d[8]}"]
        parts += [d[9], d[10], d[11] and f"conduct {d[11]}"]
    elif kind == "extradition":
        parts = [None if d[4] == "extradition" else f"by {d[4]}"]
        parts.append(f"from {d[5]} to {d[6]}")
        parts += [d[8] and f"alleged: {d[8]}", d[11] and f"conduct {d[11]}"]
        parts.append(d[10] and f"requested by {d[10]}")
    elif kind in {"conviction", "sentence"}:
        parts = ["life imprisonment" if d[13] else None]
        if d[12]:
            years, months = divmod(d[12], 12)
            length = f"{years} year{'s'[: years != 1]}" if years else ""
            length += " " if years and months else ""
            length += f"{months} month{'s'[: months != 1]}" if months else ""
            parts = [f"{length}{chr(39) if length.endswith('s') else chr(39) + 's'} imprisonment"]
        if kind == "conviction":
            parts += [None if d[7] == "unstated" else f"by {d[7]}", d[8], d[9]]
        parts.append(d[10])
    elif kind == "designation":
        parts = [d[17] and f"under {d[17]}", d[16], d[18] and f"entry {d[18]}"]
    else:
        parts = [d[19] and f"ends {d[19]}"]
    return "; ".join([part for part in parts if part])


def main() -> None:
    """Run the statements and write the rows of the last one."""
    connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
        asked = json.load(file)
    *before, (sql, parameters) = asked["statements"]
    for statement, given in before:
        connection.execute(statement, given).fetchall()
    wanted = {int(number): name for number, name in asked["organizations"].items()}
    raw = "--raw" in sys.argv
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    writer = csv.writer(sys.stdout)
    writer.writerow(asked["columns"])

    def put(row: Any, ties: list[Any]) -> None:
        if len(ties) == 1:
            tie = ties[0]
        elif ties:
            tie = ["; ".join([cell or "" for cell in cells]) for cells in zip(*ties, strict=True)]
        elif row[1] in wanted:
            tie = (None, None, None, wanted[row[1]])
        else:
            tie = ("case concerns", None, None, row[4])
        cells = [*row[5:14], *tie, *row[18:22], words(row[6], row[27:]), *row[22:27]]
        if not raw:
            cells = [
                f"'{cell}" if cell.__class__ is str and cell.startswith(FORMULAS) else cell
                for cell in cells
            ]
        writer.writerow(cells)

    first: Any = None
    ties: list[Any] = []
    for row in connection.execute(sql, parameters):
        if first is None or row[0] != first[0]:
            if first is not None:
                put(first, ties)
            first, ties = row, []
        if row[2] in wanted:
            ties.append(row[14:18])
    if first is not None:
        put(first, ties)


main()
