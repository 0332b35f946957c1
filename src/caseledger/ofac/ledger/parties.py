"""Who an entry is: a party of ours, or one made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger import names
from caseledger.db.reading import first
from caseledger.ofac.ledger.facts import facts
from caseledger.ofac.ledger.ours import by_name
from caseledger.ofac.ledger.shelves import AGENCY, DATASET, ORGANIZATIONS, PERSONS

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.keeper import Keeper, Values
    from caseledger.ofac.ledger.listed import Feature, Listed
    from caseledger.ofac.ledger.shelves import Shelf


class Bound(NamedTuple):
    """The party of an entry, and how it came to be."""

    party: int
    how: str
    """`made` for it; by its `name`; or by `hand`, which no import undoes."""


class Parties:
    """The party of every entry that is followed, or that one of them is tied to.

    `untied` are entries that, a person says, are to have parties of their own.
    """

    def __init__(self, keeper: Keeper, listed: Listed, untied: frozenset[int]) -> None:
        self._keeper, self._listed, self._untied = keeper, listed, untied
        writer = keeper.writer
        self._there = {
            uid: Bound(party, how)
            for uid, party, how in writer.rows("SELECT uid, party_id, how FROM ofac_parties")
        }
        self._hands = {
            uid: bound.party
            for uid, bound in self._there.items()
            if bound.how == "hand" and uid not in untied
        }
        self._decided = self._hands.keys() | untied
        self._named = by_name(writer, listed, self._decided)
        own = own_parties(writer)
        tied = {uid: party for uid, party in self._hands.items() if own.get(party) != uid}
        self._elsewhere = self._named | tied
        """Entries that are parties which were not made for them."""
        self._own = own
        self.of: dict[int, int] = {}
        """Party by entry."""
        self.agency: int | None = None
        """OFAC itself."""
        self.gone: dict[Shelf, list[tuple[int, int]]] = {}
        """Parties that no entry has any more: number and version of each."""

    def reached(self, touched: set[int]) -> set[int]:
        """All entries whose records may differ where those of `touched` do.

        That are those whose party is another than before, and those that share one.
        """
        listed, there = self._listed.kinds, self._there
        found = touched | (there.keys() - listed.keys())
        for uid in listed:
            bound, other = there.get(uid), self._elsewhere.get(uid)
            if bound is None or (
                bound.party != other and (other is not None or self._own.get(bound.party) != uid)
            ):
                found.add(uid)
        shared = {there[uid].party for uid in found if uid in there}
        shared |= {self._elsewhere[uid] for uid in found if uid in self._elsewhere}
        found |= {uid for uid, bound in there.items() if bound.party in shared}
        found |= {uid for uid, party in self._elsewhere.items() if party in shared}
        return found

    def settle(self, uids: set[int] | None, features: dict[int, list[Feature]]) -> None:
        """Make the parties that nobody else speaks of, of these entries or of all."""
        people: dict[str, Values] = {}
        organizations: dict[str, Values] = {}
        agency = agency_of(self._keeper.writer)
        if agency is None and self._listed.kinds:
            organizations[AGENCY] = ("OFAC", names.key("OFAC"), 1, "agency")
        for uid, kind in self._listed.kinds.items():
            if uid in self._elsewhere or (uids is not None and uid not in uids):
                continue
            shown = self._listed.shown(uid)
            row = (shown, names.key(shown) or str(uid), 1)
            if kind == "person":
                people[f"{uid}/person"] = (*row, *facts(shown, features.get(uid, ())))
            else:
                organizations[f"{uid}/organization"] = (*row, "unknown")
        heads = None if uids is None else [*map(str, uids), AGENCY.partition("/")[0]]
        made: dict[str, int] = {}
        for shelf, wanted in ((PERSONS, people), (ORGANIZATIONS, organizations)):
            settled = self._keeper.settle(shelf, wanted, heads, withdraw=False)
            made |= settled.ids
            self.gone[shelf] = settled.gone
        self.agency = agency or made.get(AGENCY)
        for uid, kind in self._listed.kinds.items():
            party = self._elsewhere.get(uid) or made.get(f"{uid}/{kind}")
            if party is None and uids is not None and uid not in uids:
                party = self._there[uid].party
            if party is not None:
                self.of[uid] = party
        self._bind()

    def _bind(self) -> None:
        """Write who is who; what was decided by hand stays, also for an entry that is not there."""
        wanted = {uid: Bound(party, self._how(uid)) for uid, party in self.of.items()}
        kept = {uid for uid, bound in self._there.items() if bound.how == "hand"} - self._untied
        differing = {
            uid
            for uid in wanted.keys() | self._there.keys()
            if wanted.get(uid) != self._there.get(uid) and uid not in kept
        }
        writer = self._keeper.writer
        stale = sorted(differing & self._there.keys())
        writer.delete("ofac_parties", ("uid",), [(uid,) for uid in stale])
        writer.insert(
            "ofac_parties",
            ("uid", "party_id", "how"),
            [(uid, *wanted[uid]) for uid in sorted(differing & wanted.keys())],
        )

    def _how(self, uid: int) -> str:
        if uid in self._decided:
            return "hand"
        return "name" if uid in self._named else "made"


def own_parties(reader: Reader) -> dict[int, int]:
    """The parties that were made for entries: entry by party."""
    return {
        id_: int(key.partition("/")[0])
        for id_, key in reader.rows(
            f"SELECT id, key FROM parties WHERE dataset = '{DATASET}' AND key <> '{AGENCY}'"
        )
    }


_OFAC = ", ".join(f"'{names.key(name)}'" for name in ("OFAC", "Office of Foreign Assets Control"))


def agency_of(reader: Reader) -> int | None:
    """OFAC, where another source speaks of it."""
    row = first(
        reader,
        "SELECT min(p.id) FROM parties p JOIN organizations o ON o.id = p.id"
        f" WHERE p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL AND o.type = 'agency'"
        f"   AND (p.name_key IN ({_OFAC}) OR EXISTS"
        "     (SELECT 1 FROM names n WHERE n.party_id = p.id AND n.withdrawn_at IS NULL"
        f"       AND n.name_key IN ({_OFAC})))",
    )
    return row[0] if row else None
