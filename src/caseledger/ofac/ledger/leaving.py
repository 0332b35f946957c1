"""Parties that no entry has any more, and lists that are out: withdrawn, unless spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.ofac.ledger.keeper import Keeper
    from caseledger.ofac.ledger.shelves import Shelf

_SPEAK = {
    "parties": (
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
    ),
    "sources": (("citations", "source_id"),),
}
"""Living records that speak of one; values that belong to a record stand or fall with it."""

_BELONG = {
    "parties": (("group_members", "member_id"), ("cooperations", "organization_id")),
    "sources": (),
}


def withdraw_unspoken(keeper: Keeper, gone: Mapping[Shelf, Sequence[tuple[int, int]]]) -> None:
    """Withdraw those that nothing speaks of; what the lists gave for them is withdrawn already."""
    writer = keeper.writer
    for shelf, rows in gone.items():
        if not rows:
            continue
        given = {"ids": writer.ids({id_ for id_, _ in rows})}
        spoken: set[int] = set()
        for of_them, living in ((_SPEAK, " AND withdrawn_at IS NULL"), (_BELONG, "")):
            for table, column in of_them[shelf.table]:
                where = f"{writer.within(column, 'ids')}{living}"
                found = writer.rows(f"SELECT {column} FROM {table} WHERE {where}", given)
                spoken |= {id_ for (id_,) in found}
        keeper.withdraw(shelf, [row for row in rows if row[0] not in spoken])
