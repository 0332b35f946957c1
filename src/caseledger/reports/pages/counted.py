"""Who was counted in which group of unnamed people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.reports.pages.citing import Citing

COUNTING = """
    WITH RECURSIVE counting(id) AS (
        SELECT group_id FROM group_members WHERE member_id = :id
         UNION
        SELECT m.group_id FROM group_members m JOIN counting c ON m.member_id = c.id
    )"""
"""The groups that a party was counted in, and those that these were counted in."""

GROUPS = f"""{COUNTING}
    SELECT p.id, 'G' || p.id AS ref, p.name
      FROM counting c JOIN parties p ON p.id = c.id
     WHERE p.withdrawn_at IS NULL
     ORDER BY p.id"""

MEMBERS = """
    SELECT p.id, upper(substr(p.kind, 1, 1)) || p.id AS ref, p.name
      FROM group_members m JOIN parties p ON p.id = m.member_id
     WHERE m.group_id = :id AND p.withdrawn_at IS NULL
     ORDER BY p.id"""

OF_GROUPS = f"a.subject_id IN ({COUNTING} SELECT id FROM counting)"
"""The condition on actions that they were done to one of those groups."""


def groups_of(citing: Citing, party: int) -> Iterator[str]:
    """The groups that a party was counted in."""
    return _parties(citing, GROUPS, party)


def members_of(citing: Citing, group: int) -> Iterator[str]:
    """Those who were already counted in a group."""
    return _parties(citing, MEMBERS, group)


def _parties(citing: Citing, sql: str, party: int) -> Iterator[str]:
    for row, cited in citing.each("party_id", citing.reader.rows(sql, {"id": party})):
        yield f"{row[1]} {row[2]}{cited}"
