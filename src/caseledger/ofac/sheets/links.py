"""Whom an entry is linked to, who is linked to it, and which party it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from caseledger.db.reading import Reader

_HOW = {
    "made": "made for this entry",
    "name": "tied to this entry by name",
    "hand": "tied to this entry by hand",
}

_TIES = """
    SELECT t.{other}, t.since, t.until, upper(substr(p.kind, 1, 1)) || p.id, coalesce(
           p.name, (SELECT n.name FROM ofac_names n WHERE n.uid = t.{other} AND n.number = 0
                     ORDER BY n.since DESC LIMIT 1))
      FROM ofac_ties t
      LEFT JOIN ofac_parties b ON b.uid = t.{other}
      LEFT JOIN parties p ON p.id = b.party_id
     WHERE t.{own} = :uid
     ORDER BY t.{other}, t.since"""

_TWO_HOPS = """
    SELECT DISTINCT far.uid, near.uid
      FROM ofac_ties near JOIN ofac_ties far ON far.to_uid = near.uid
     WHERE near.to_uid = :uid AND far.uid <> :uid
       AND far.uid NOT IN (SELECT uid FROM ofac_ties WHERE to_uid = :uid)
     ORDER BY far.uid, near.uid"""


def party_line(reader: Reader, uid: int) -> str:
    """Who the entry is in the ledger."""
    row = first(
        reader,
        "SELECT upper(substr(p.kind, 1, 1)) || p.id, p.name, b.how FROM ofac_parties b"
        " JOIN parties p ON p.id = b.party_id WHERE b.uid = :uid",
        {"uid": uid},
    )
    if row is None:
        return "no party here: its programmes are not followed, or it is a vessel or an aircraft"
    return f"{row[0]} {row[1]}, {_HOW[row[2]]}"


def links(
    reader: Reader, uid: int, said: Callable[[tuple[int, int | None]], str]
) -> list[tuple[str, list[str]]]:
    """Headed lines: `Linked To:` as it was resolved, both ways, and what is two hops away."""
    return [
        ("Linked to", list(_ties(reader, uid, "uid", "to_uid", said))),
        ("Linked to it", list(_ties(reader, uid, "to_uid", "uid", said))),
        (
            "At two hops, never counted",
            [f"entry {far}, linked to entry {near}" for far, near in _two_hops(reader, uid)],
        ),
    ]


def _ties(
    reader: Reader, uid: int, own: str, other: str, said: Callable[[tuple[int, int | None]], str]
) -> Iterator[str]:
    for number, since, until, ref, name in reader.rows(
        _TIES.format(own=own, other=other), {"uid": uid}
    ):
        called = f"{ref} {name}" if ref else name
        yield f"entry {number} {called}: {said((since, until))}"


def _two_hops(reader: Reader, uid: int) -> Iterator[tuple[int, int]]:
    yield from reader.rows(_TWO_HOPS, {"uid": uid})
