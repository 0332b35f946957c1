"""The people and organizations that other sources speak of, and which entries they are.

An organization is an entry's by its primary name alone, never by the list's aliases; a person by
the full name, with nothing against it. Where two could be meant, neither is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from caseledger import dates, names
from caseledger.ofac.ledger.shelves import DATASET
from caseledger.ofac.ledger.turning import said, without_small_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.listed import Feature, Listed


class Ours(NamedTuple):
    """A party that the lists did not make."""

    id: int
    kind: str
    name: str
    sex: str | None
    earliest: str | None
    latest: str | None
    suffix: str | None


def ours(reader: Reader) -> list[Ours]:
    """Everyone with a name but agencies and governments, which are never targets."""
    return [
        Ours(*row)
        for row in reader.rows(
            "SELECT p.id, p.kind, p.name, r.sex, r.birth_earliest, r.birth_latest, r.suffix"
            "  FROM parties p LEFT JOIN persons r ON r.id = p.id"
            "  LEFT JOIN organizations o ON o.id = p.id"
            f" WHERE p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL AND p.is_named = 1"
            "   AND p.kind <> 'group'"
            "   AND (o.type IS NULL OR o.type NOT IN ('agency', 'government'))"
            " ORDER BY p.id"
        )
    ]


def by_name(
    listed: Listed, parties: Iterable[Ours], features: dict[int, list[Feature]], skip: set[int]
) -> dict[int, int]:
    """Whose entry is whose, as far as the names alone decide it: party by entry."""
    wanted: dict[tuple[str, str], list[Ours]] = defaultdict(list)
    for party in parties:
        wanted[party.kind, _key(party.name, party.kind)].append(party)
    of_party: dict[int, set[int]] = defaultdict(set)
    of_entry: dict[int, set[int]] = defaultdict(set)
    for uid, stretches in listed.names.items():
        kind = listed.kinds.get(uid)
        if kind is None or uid in skip:
            continue
        for printed in {stretch.value for stretch in stretches}:
            for party in wanted.get((kind, _key(said(printed, kind), kind)), ()):
                if not against(party, printed, features.get(uid, ())):
                    of_party[party.id].add(uid)
                    of_entry[uid].add(party.id)
    return {
        uid: next(iter(found))
        for uid, found in of_entry.items()
        if len(found) == 1 and len(of_party[next(iter(found))]) == 1
    }


def _key(name: str, kind: str) -> str:
    return names.key(name) if kind == "person" else without_small_words(name).replace(" ", "")


def against(party: Ours, printed: str, features: Sequence[Feature]) -> str | None:
    """What speaks against a person being the one of the entry; None where nothing does."""
    if party.kind != "person":
        return None
    suffix = names.suffix(said(printed, "person"))
    if names.fold(party.suffix or "") != suffix and (party.suffix or suffix):
        return f"suffix {suffix or 'none'} on the list, {party.suffix or 'none'} here"
    births = [f for f in features if f.kind == "birth date"]
    if births and not any(
        dates.may_fall(party.earliest, party.latest, f.earliest, f.latest) for f in births
    ):
        return f"born {births[0].value} by the list"
    sexes = {f.value.lower() for f in features if f.kind == "gender"}
    if party.sex and sexes and party.sex not in sexes:
        return f"{', '.join(sorted(sexes))} by the list"
    return None
