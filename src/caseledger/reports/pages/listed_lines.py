"""What OFAC's list prints of a party's links beyond its affiliations: told, never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader

TO_PEOPLE = """
    SELECT DISTINCT p.id, upper(substr(p.kind, 1, 1)) || p.id, p.name, t.uid
      FROM ofac_parties own
      JOIN ofac_ties t ON t.uid = own.uid
      JOIN ofac_parties other ON other.uid = t.to_uid
      JOIN parties p ON p.id = other.party_id AND p.kind = 'person' AND p.withdrawn_at IS NULL
     WHERE own.party_id = :id AND p.id <> :id
     ORDER BY p.id, t.uid"""

AT_TWO_HOPS = """
    SELECT DISTINCT p.id, upper(substr(p.kind, 1, 1)) || p.id, p.name,
           m.id, upper(substr(m.kind, 1, 1)) || m.id, m.name
      FROM ofac_parties own
      JOIN ofac_ties near ON near.to_uid = own.uid
      JOIN ofac_ties far ON far.to_uid = near.uid
      JOIN ofac_parties middle ON middle.uid = near.uid
      JOIN ofac_parties other ON other.uid = far.uid
      JOIN parties m ON m.id = middle.party_id AND m.withdrawn_at IS NULL
      JOIN parties p ON p.id = other.party_id AND p.withdrawn_at IS NULL
     WHERE own.party_id = :id AND p.id <> :id AND p.id NOT IN (
           SELECT f.party_id FROM affiliations f
            WHERE f.organization_id = :id AND f.withdrawn_at IS NULL)
     ORDER BY p.id, m.id"""


def linked_to_people(reader: Reader, party: int) -> Iterator[str]:
    """The people that a list printed it as linked to."""
    for _, ref, name, uid in reader.rows(TO_PEOPLE, {"id": party}):
        yield f"{ref} {name} — see caseledger ofac show {uid}"


def at_two_hops(reader: Reader, organization: int) -> Iterator[str]:
    """Who was printed as linked to one that is linked to it."""
    for _, ref, name, _, through_ref, through in reader.rows(AT_TWO_HOPS, {"id": organization}):
        yield f"{ref} {name} — linked to {through_ref} {through}"
