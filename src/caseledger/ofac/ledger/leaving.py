"""Parties that no entry has any more: withdrawn, unless somebody has recorded something on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.ledger.shelves import PERSONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.ofac.ledger.shelves import Keeper

_SPEAK = (
    ("actions", "subject_id"),
    ("actions", "authority_id"),
    ("actions", "announced_by_id"),
    ("affiliations", "party_id"),
    ("affiliations", "organization_id"),
    ("kinships", "person_id"),
    ("kinships", "relative_id"),
    ("names", "party_id"),
    ("cases", "organization_id"),
    ("tallies", "authority_id"),
)
"""Living records that speak of a party; values that belong to a record stand or fall with it."""

_BELONG = (("group_members", "member_id"), ("cooperations", "organization_id"))


def withdraw_unspoken(keeper: Keeper, gone: Sequence[tuple[int, int]]) -> None:
    """Withdraw those that nothing speaks of; what the lists gave for them is withdrawn already."""
    if not gone:
        return
    writer = keeper.writer
    given = {"ids": writer.ids({id_ for id_, _ in gone})}
    spoken: set[int] = set()
    for table, column in (*_SPEAK, *_BELONG):
        living = " AND withdrawn_at IS NULL" if (table, column) in _SPEAK else ""
        spoken |= {
            row[0]
            for row in writer.rows(
                f"SELECT {column} FROM {table} WHERE {writer.within(column, 'ids')}{living}", given
            )
        }
    keeper.withdraw(PERSONS, [row for row in gone if row[0] not in spoken])
