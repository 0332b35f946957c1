"""Write what the benchmarks found into `docs/benchmarks.md`, between the markers of each.

python -m benchmarks.page startup report
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from benchmarks.measure import HERE, OUT, Result, Table, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = HERE.parent / "docs" / "benchmarks.md"


def main() -> None:
    """Put the tables of the benchmarks named in their places."""
    text = PAGE.read_text(encoding="utf-8")
    for name in sys.argv[1:]:
        result = Result.read(OUT / f"{name}.json")
        place = re.compile(rf"(<!-- {result.name} -->\n).*?(<!-- end -->)", re.DOTALL)
        match = place.search(text)
        assert match, f"{PAGE.name} has no place for {result.name}"
        found = "\n\n".join(_parts(result))
        text = text[: match.end(1)] + f"\n{found}\n\n" + text[match.start(2) :]
    PAGE.write_text(text, encoding="utf-8")


def _parts(result: Result) -> Iterator[str]:
    yield f"{result.machine}."
    for table in result.tables:
        yield "\n".join(_lines(table))
    checks = [
        [check.what, f"{check.value:.2f}", check.bound, verdict(check)] for check in result.checks
    ]
    yield "\n".join(_lines(Table(["figure", "value", "bound", ""], checks)))
    for text in result.texts:
        yield f"```\n{text}\n```"


def _lines(table: Table) -> Iterator[str]:
    for cells in (table.columns, ["---"] * len(table.columns), *table.rows):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
