"""Cases, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

CASES = """
    SELECT case_id, ref, title, docket, court, actions
      FROM cases_overview
     WHERE {where}
     ORDER BY case_id"""


def cases(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """The cases that meet a condition, with how much was done in each."""
    for row, cited in citing.each("case_id", citing.reader.rows(CASES.format(where=where), given)):
        _, ref, title, docket, court, number = row
        done = "1 action" if number == 1 else f"{number} actions"
        said = "; ".join(
            part for part in (title, docket and f"docket {docket}", court, done) if part
        )
        yield f"{ref} {said}{cited}"
