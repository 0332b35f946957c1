"""Who an entry is: a party of ours, or one made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger import countries, names
from caseledger.db.reading import first
from caseledger.ofac.ledger.ours import by_name, ours
from caseledger.ofac.ledger.shelves import DATASET, ORGANIZATIONS, PERSONS

if TYPE_CHECKING:
    from caseledger.db.direct import Writer
    from caseledger.ofac.ledger.listed import Listed
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
        stale = [(uid,) for uid, row in there.items() if wanted.get(uid) != row and uid not in kept]
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
