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
    from collections.abc import Collection, Sequence

    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.listed import Feature, Listed


class Ours(NamedTuple):
    """A party that the lists did not make."""

    id: int
    kind: str
    name: str
    sex: str | None = None
    earliest: str | None = None
    latest: str | None = None
    suffix: str | None = None


_SELECT = "SELECT p.id, p.kind, p.name, r.sex, r.birth_earliest, r.birth_latest, r.suffix FROM "
_NAMED = f"p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL AND p.is_named = 1"
_PEOPLE = f"JOIN persons r ON r.id = p.id WHERE {_NAMED}"


def organizations(reader: Reader) -> list[Ours]:
    """All with a name but agencies and governments, which are never targets."""
    rows = reader.rows(
        "SELECT p.id, p.kind, p.name FROM parties p JOIN organizations o ON o.id = p.id"
        f" WHERE {_NAMED} AND o.type NOT IN ('agency', 'government') ORDER BY p.id"
    )
    return [Ours(*row) for row in rows]


def people(reader: Reader) -> list[Ours]:
    """All with a name."""
    return [Ours(*row) for row in reader.rows(f"{_SELECT} parties p {_PEOPLE} ORDER BY p.id")]


def people_called(reader: Reader, keys: Collection[str]) -> list[Ours]:
    """Those whose name is one of these."""
    rows = reader.rows(
        f"{_SELECT} {reader.each('keys')} CROSS JOIN parties p {_PEOPLE}"
        " AND p.name_key = each.value ORDER BY p.id",
        {"keys": reader.texts(keys)},
    )
    return [Ours(*row) for row in rows]


def by_name(reader: Reader, listed: Listed, skip: set[int]) -> dict[int, int]:
    """Whose entry is whose, as far as the names alone decide it: party by entry."""
    printed: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    for uid, stretches in listed.names.items():
        if uid not in skip:
            kind = listed.kinds[uid]
            for stretch in stretches:
                printed[kind, _key(said(stretch.value, kind), kind)].add((uid, stretch.value))
    people_keys = {key for kind, key in printed if kind == "person"}
    candidates = [
        (party, uid, name)
        for party in (*people_called(reader, people_keys), *organizations(reader))
        for uid, name in sorted(printed.get((party.kind, _key(party.name, party.kind)), ()))
    ]
    features = listed.features({uid for _, uid, _ in candidates})
    of_party: dict[int, set[int]] = defaultdict(set)
    of_entry: dict[int, set[int]] = defaultdict(set)
    for party, uid, name in candidates:
        if not against(party, name, features.get(uid, ())):
            of_party[party.id].add(uid)
            of_entry[uid].add(party.id)
    return {
        uid: party
        for uid, (party, *others) in of_entry.items()
        if not others and len(of_party[party]) == 1
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
