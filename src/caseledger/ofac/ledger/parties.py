"""Who an entry is: a party of ours, or one made for it; and what the party is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger import countries, names
from caseledger.db.reading import first
from caseledger.ofac.ledger.ours import by_name, ours
from caseledger.ofac.ledger.shelves import DATASET, ORGANIZATIONS, PERSONS
from caseledger.ofac.ledger.turning import said

if TYPE_CHECKING:
    from caseledger.db.direct import Writer
    from caseledger.ofac.ledger.listed import Feature, Listed
    from caseledger.ofac.ledger.shelves import Keeper, Values

AGENCY = "authority"
"""The key of OFAC itself, where no other source speaks of it."""


class Parties:
    """The party of every entry that is followed, or that one of them is tied to."""

    def __init__(self, keeper: Keeper, listed: Listed, untied: frozenset[int]) -> None:
        self._untied = untied
        self._keeper, self._writer, self._listed = keeper, keeper.writer, listed
        self.features = listed.features()
        self.of: dict[int, int] = {}
        """Party by entry."""
        self.gone: list[tuple[int, int]] = []
        """Parties that no entry has any more: number and version."""

    def settle(self) -> None:
        """Decide who is who, and make those that nobody else speaks of."""
        there = {
            uid: (party, how)
            for uid, party, how in self._writer.rows("SELECT uid, party_id, how FROM ofac_parties")
        }
        own = own_parties(self._writer)
        hand = {
            uid: party
            for uid, (party, how) in there.items()
            if how == "hand" and uid not in self._untied
        }
        decided = set(hand) | self._untied
        named = by_name(self._listed, ours(self._writer), self.features, decided)
        elsewhere = named | {uid: party for uid, party in hand.items() if own.get(party) != uid}
        people: dict[str, Values] = {}
        organizations: dict[str, Values] = {}
        agency = agency_of(self._writer)
        if agency is None and self._listed.kinds:
            organizations[AGENCY] = ("OFAC", names.key("OFAC"), 1, "agency")
        for uid, kind in self._listed.kinds.items():
            if uid not in elsewhere:
                shown = self._listed.shown(uid)
                row = (shown, names.key(shown) or str(uid), 1)
                if kind == "person":
                    people[f"{uid}/person"] = (*row, *self._facts(uid, shown))
                else:
                    organizations[f"{uid}/organization"] = (*row, "unknown")
        made: dict[str, int] = {}
        for shelf, wanted in ((PERSONS, people), (ORGANIZATIONS, organizations)):
            settled = self._keeper.settle(shelf, wanted, withdraw=False)
            made |= settled.ids
            self.gone += settled.gone
        self.agency = agency or made.get(AGENCY)
        for uid, kind in self._listed.kinds.items():
            party = elsewhere.get(uid) or made.get(f"{uid}/{kind}")
            if party is not None:
                self.of[uid] = party
        self._bind(there, decided, named)

    def _bind(
        self, there: dict[int, tuple[int, str]], decided: set[int], named: dict[int, int]
    ) -> None:
        """Write who is who; what was decided by hand stays, also for an entry that is not there."""
        wanted = {
            uid: (party, "hand" if uid in decided else "name" if uid in named else "made")
            for uid, party in self.of.items()
        }
        kept = {uid for uid, (_, how) in there.items() if how == "hand"} - self._untied
        stale = [
            (uid,) for uid, row in there.items() if wanted.get(uid) != row and uid not in kept
        ]
        self._writer.delete("ofac_parties", ("uid",), stale)
        self._writer.insert(
            "ofac_parties",
            ("uid", "party_id", "how"),
            [
                (uid, *row)
                for uid, row in wanted.items()
                if there.get(uid) != row and uid not in kept
            ],
        )

    def _facts(self, uid: int, shown: str) -> Values:
        """Sex, birth, nationality and suffix, where the newest remarks say one plain thing."""
        newest = [f for f in self.features.get(uid, ()) if f.is_newest]
        births = [f for f in newest if f.kind == "birth date"]
        born: tuple[Any, ...] = (None, None, None)
        if len(births) == 1 and births[0].is_plain:
            born = births[0].date, births[0].earliest, births[0].latest
        return (
            _only({f.value.lower() for f in newest if f.kind == "gender"}),
            *born,
            _only(
                {_country(f.value) for f in newest if f.kind == "nationality"}
                or {_country(f.value) for f in newest if f.kind == "citizenship"}
            ),
            _SUFFIXES.get(names.suffix(shown)),
        )


_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


def _only(values: set[Any]) -> Any:
    return next(iter(values)) if len(values) == 1 else None


_countries: dict[str, str | None] = {"Mexico": "MX", "Colombia": "CO"}


def _country(printed: str) -> str | None:
    if printed not in _countries:
        try:
            _countries[printed] = countries.code(printed)
        except ValueError:
            _countries[printed] = None
    return _countries[printed]


def own_parties(writer: Writer) -> dict[int, int]:
    """The parties that were made for entries: entry by party."""
    return {
        id_: int(key.split("/")[0])
        for id_, key in writer.rows(
            f"SELECT id, key FROM parties WHERE dataset = '{DATASET}' AND key <> '{AGENCY}'"
        )
    }


def agency_of(writer: Writer) -> int | None:
    """OFAC, where another source speaks of it."""
    row = first(
        writer,
        "SELECT min(p.id) FROM parties p JOIN organizations o ON o.id = p.id"
        f" WHERE p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL AND o.type = 'agency'"
        "   AND (p.name_key IN ('ofac', 'officeofforeignassetscontrol') OR EXISTS"
        "     (SELECT 1 FROM names n WHERE n.party_id = p.id AND n.withdrawn_at IS NULL"
        "       AND n.name_key IN ('ofac', 'officeofforeignassetscontrol')))",
    )
    return row[0] if row else None


def forms(parties: Parties, listed: Listed) -> dict[str, tuple[Values, int, str]]:
    """The other forms of every party's name: the row, the first list with it, as printed there."""
    writer = parties._writer  # noqa: SLF001 - one noun in two halves
    shown = dict(writer.rows("SELECT id, name_key FROM parties WHERE withdrawn_at IS NULL"))
    recorded = {
        tuple(row)
        for row in writer.rows(
            "SELECT party_id, name_key FROM names"
            f" WHERE dataset <> '{DATASET}' AND withdrawn_at IS NULL"
        )
    }
    taken = _taken(writer)
    by_entry: dict[int, list[tuple[str, str, int, str]]] = {}
    for uid, kind in listed.kinds.items():
        rows = by_entry.setdefault(uid, [])
        for stretch in reversed(listed.names[uid]):
            turned = said(stretch.value, kind)
            rows.append((turned, "aka", stretch.since, stretch.value))
            if turned != stretch.value:
                rows.append((stretch.value, "primary", stretch.since, stretch.value))
    strong = {"aka": "aka", "fka": "fka", "nka": "aka"}
    for uid, kind, printed, since in listed.aliases():
        if uid in by_entry:
            by_entry[uid].append(
                (said(printed, listed.kinds[uid]), strong[kind], since, printed)
            )
    for uid, features in parties.features.items():
        for f in features:
            if f.kind == "name" and uid in by_entry:
                by_entry[uid].append((said(f.value, listed.kinds[uid]), "weak", f.since, f.value))
    found: dict[str, tuple[Values, int, str]] = {}
    for uid, rows in by_entry.items():
        party = parties.of.get(uid)
        if party is None:
            continue
        is_organization = listed.kinds[uid] == "organization"
        for name, kind, since, printed in rows:
            name_key = names.key(name)
            key = f"{uid}/{name_key}"
            if not name_key or name_key == shown[party] or (party, name_key) in recorded:
                continue
            # An alias is no succession: the list's alias of one is often the name of another.
            if is_organization and taken.get(name_key, party) != party:
                continue
            before = found.get(key)
            if before is None:
                found[key] = ((party, name, name_key, kind), since, printed)
            elif since < before[1] and printed == before[2]:
                found[key] = (before[0], since, printed)
    return found


def _taken(writer: Writer) -> dict[str, int]:
    """The names of organizations that other sources speak of."""
    rows = writer.rows(
        "SELECT p.name_key, p.id FROM parties p"
        f" WHERE p.kind = 'organization' AND p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL"
        " UNION ALL SELECT n.name_key, n.party_id FROM names n JOIN parties p ON p.id = n.party_id"
        f" WHERE p.kind = 'organization' AND p.dataset <> '{DATASET}' AND n.dataset <> '{DATASET}'"
        "   AND p.withdrawn_at IS NULL AND n.withdrawn_at IS NULL"
    )
    return dict(rows)
