"""Kin, both ways, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.vocabulary import Kin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

KINSHIPS = """
    SELECT kinship_id, ref, person_id, person_ref, person, relation, relative_ref, relative
      FROM kinships_overview
     WHERE {where}
     ORDER BY kinship_id"""


def kin(citing: Citing, person: int) -> Iterator[str]:
    """What a person is to each relative, whichever of the two the source speaks of."""
    rows = citing.reader.rows(
        KINSHIPS.format(where="person_id = :id OR relative_id = :id"), {"id": person}
    )
    for row, cited in citing.each("kinship_id", rows):
        _, ref, person_id, person_ref, name, relation, relative_ref, relative = row
        if person_id == person:
            yield f"{ref} {relation} {relative_ref} {relative}{cited}"
        else:
            yield f"{ref} {Kin(relation).inverse} {person_ref} {name}{cited}"


def kinships(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """Kinships of anyone."""
    rows = citing.reader.rows(KINSHIPS.format(where=where), given)
    for row, cited in citing.each("kinship_id", rows):
        _, ref, _, person_ref, name, relation, relative_ref, relative = row
        yield f"{ref} {person_ref} {name} — {relation} {relative_ref} {relative}{cited}"
