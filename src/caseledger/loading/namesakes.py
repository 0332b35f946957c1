"""Parties of a file that may be somebody who is in the registry already, by their names.

A file tells its records by their keys alone, so that a name it spells like one in the registry
would silently make a second party. As with `add`, somebody says whether it is the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.vocabulary import NameKind, PartyKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.db.reading import Reader
    from caseledger.loading.document import Entry, Numbered, Problems

_WEAK = frozenset({NameKind.NICKNAME, NameKind.WEAK, NameKind.DESCRIPTION})
"""Forms that may be said of many: they tell nobody from an organization."""

_NAMED = (PartyKind.PERSON, PartyKind.ORGANIZATION)

_BY_NAME = (
    """
    SELECT name_key, id, kind, name, dataset, key, 'name' FROM parties
     WHERE withdrawn_at IS NULL AND {}""",
    """
    SELECT n.name_key, p.id, p.kind, p.name, p.dataset, p.key, n.kind
      FROM names n JOIN parties p ON p.id = n.party_id
     WHERE n.withdrawn_at IS NULL AND p.withdrawn_at IS NULL AND n.{}""",
)
"""Who goes by one of many names, as shown and in another form: each asked once for a whole file."""


class _There(NamedTuple):
    """A party of the registry that goes by a name."""

    name_key: str
    id: int
    kind: str
    name: str
    dataset: str
    key: str
    form: str


def namesakes_in(reader: Reader, new: Mapping[str, Numbered], dataset: str) -> Problems:
    """New people and organizations whose name somebody in the registry has; not those said `new`.

    Someone recorded without a name has none to share, but may be given one here.
    """
    named = list(_named(new))
    there = _there(reader, {entry.stored["name_key"] for entry, _, _ in named})
    for entry, kind, own in named:
        known = {
            party.id: party
            for party in there.get(entry.stored["name_key"], ())
            if party.id != own and (party.kind == kind or party.form not in _WEAK)
        }
        if known:
            yield entry, _said(entry.stored["name"], kind, list(known.values()), dataset)


def _named(new: Mapping[str, Numbered]) -> Iterator[tuple[Entry, str, int]]:
    """What gives somebody new a name, of what kind they are, and their number."""
    kinds: dict[int, str] = {}
    for entry, number in new["parties"]:
        kind = kinds[number] = entry.kind.name
        if kind in _NAMED and entry.stored["is_named"] and _is_told(entry):
            yield entry, kind, number
    for entry, _ in new["names"]:
        if entry.stored.get("kind") == NameKind.PRIMARY and _is_told(entry):
            party = entry.stored.get("party_id") or 0
            yield entry, kinds.get(party, PartyKind.PERSON), party


def _is_told(entry: Entry) -> bool:
    """Whether a name is given, and nobody said that it is another's."""
    return bool(entry.stored.get("name_key")) and not entry.new


def _there(reader: Reader, keys: set[str]) -> dict[str, list[_There]]:
    """The people and organizations of the registry that go by these names."""
    found: dict[str, list[_There]] = {}
    if not keys:
        return found
    asked: Any = list(keys)
    within = "name_key = ANY(CAST(:keys AS text[]))"
    if reader.dialect == "sqlite":
        asked, within = json.dumps(asked), "name_key IN (SELECT value FROM json_each(:keys))"
    for select in _BY_NAME:
        for row in reader.rows(select.format(within), {"keys": asked}):
            party = _There._make(row)
            if party.kind in _NAMED:
                found.setdefault(party.name_key, []).append(party)
    return found


def _said(name: str, kind: str, known: list[_There], dataset: str) -> str:
    """`'CJNG' is O3 … already: refer to 'fact-sheet-2022:cjng', or say new = true …`."""
    parties = sorted(known, key=lambda party: party.id)
    listed = " and ".join(f"{party.kind[0].upper()}{party.id} {party.name}" for party in parties)
    keys = " or ".join(
        repr(party.key if party.dataset == dataset else f"{party.dataset}:{party.key}")
        for party in parties
    )
    return (
        f"{name!r} is {listed} already: refer to {keys},"
        f" or say new = true for another {kind} of that name"
    )
