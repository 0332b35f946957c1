"""The other forms of names, a line each with what form it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.pages.citing import UNCITED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

NAMES = """
    SELECT n.id, n.name, n.kind, p.id, upper(substr(p.kind, 1, 1)) || p.id AS ref, p.name AS shown
      FROM names n
      JOIN parties p ON p.id = n.party_id
     WHERE n.withdrawn_at IS NULL AND {where}
     ORDER BY n.id"""

KINDS = {
    "primary": "the name now known",
    "description": "what was said before the name was known",
    "misspelling": "misspelling in a source",
    "weak": "weak alias",
}
"""What a kind of name is, where its own word does not say it."""


def names_of(citing: Citing, party: int) -> Iterator[str]:
    """The other names of a party."""
    for ref, name, kind, _, cited in _read(citing, "n.party_id = :id", {"id": party}):
        yield f"{ref} {name} ({kind}){cited}"


def names(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """Names (`n`) of anyone."""
    for ref, name, kind, whose, cited in _read(citing, where, given):
        yield f"{ref} {name} ({kind}) of {whose}{cited}"


def _read(
    citing: Citing, where: str, given: Mapping[str, object]
) -> Iterator[tuple[str, str, str, str, str]]:
    rows = citing.reader.rows(NAMES.format(where=where), given)
    for row, cited in citing.each("name_id", rows):
        name_id, name, kind, party, ref, shown = row
        if cited == UNCITED and kind == "description":
            # A description became a name of its own when the name was known; the words that
            # support it are those that the party was recorded on.
            cited = citing.of("party_id", [party])[party]  # noqa: PLW2901
        yield f"N{name_id}", name, KINDS.get(kind, kind), f"{ref} {shown}", cited
