"""People, organizations and groups, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

PARTIES = """
    SELECT p.id, upper(substr(p.kind, 1, 1)) || p.id AS ref, p.name
      FROM parties p
     WHERE {where} AND p.withdrawn_at IS NULL
     ORDER BY p.kind DESC, p.id"""


def parties(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """The parties (`p`) that meet a condition."""
    rows = citing.reader.rows(PARTIES.format(where=where), given)
    for row, cited in citing.each("party_id", rows):
        yield f"{row[1]} {row[2]}{cited}"
