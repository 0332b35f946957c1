"""What a party is called on the list besides the name that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger import names
from caseledger.ofac.ledger.shelves import DATASET, NAMES
from caseledger.ofac.ledger.turning import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.citing import Citations
    from caseledger.ofac.ledger.keeper import Keeper
    from caseledger.ofac.ledger.listed import Feature, Listed
    from caseledger.ofac.ledger.parties import Parties

_STRONG = {"aka": "aka", "fka": "fka", "nka": "aka"}


class Form(NamedTuple):
    """A form of a name, as it is said."""

    uid: int
    name: str
    kind: str
    since: int
    """The first list with it."""
    printed: str


class Names:
    """The other names of some entries, or of all."""

    def __init__(self, keeper: Keeper, parties: Parties, citations: Citations) -> None:
        self._keeper, self._parties, self._citations = keeper, parties, citations

    def settle(
        self,
        listed: Listed,
        features: Mapping[int, list[Feature]],
        uids: set[int],
        heads: Collection[str] | None,
    ) -> None:
        """Write what differs."""
        found = self._chosen(listed, features, uids)
        wanted = {
            key: (self._parties.of[form.uid], form.name, names.key(form.name), form.kind)
            for key, form in found.items()
        }
        settled = self._keeper.settle(NAMES, wanted, heads)
        self._citations.spare("name_id", settled.spared)
        for key, form in found.items():
            uid, _, name_key = key.partition("/")
            self._citations.cite(
                settled.ids.get(key), "name_id", f"{uid}/name/{name_key}",
                version=form.since, uid=form.uid, phrase=form.printed,
            )  # fmt: skip

    def _chosen(
        self, listed: Listed, features: Mapping[int, list[Feature]], uids: set[int]
    ) -> dict[str, Form]:
        """Each form of a party once, as the first list printed it; not what is known already."""
        party_of = self._parties.of
        reader = self._keeper.writer
        recorded = _recorded(reader, {party_of[uid] for uid in uids if uid in party_of})
        taken = _taken(reader)
        found: dict[tuple[int, str], tuple[str, Form]] = {}
        for form in _forms(listed, features, uids):
            party, name_key = party_of.get(form.uid), names.key(form.name)
            if party is None or not name_key or (party, name_key) in recorded:
                continue
            # An alias is no succession: the list's alias of one is often the name of another.
            is_organization = listed.kinds[form.uid] == "organization"
            if is_organization and taken.get(name_key, party) != party:
                continue
            key, before = found.get((party, name_key), (f"{form.uid}/{name_key}", None))
            if before is None:
                found[party, name_key] = key, form
            elif form.since < before.since and form.printed == before.printed:
                found[party, name_key] = key, before._replace(since=form.since)
        return dict(found.values())


def _forms(listed: Listed, features: Mapping[int, list[Feature]], uids: set[int]) -> Iterator[Form]:
    """The newest primary name first, then the older ones, strong aliases, weak ones."""
    for uid, kind in listed.kinds.items():
        if uid in uids:
            for stretch in reversed(listed.names[uid]):
                printed = stretch.value
                yield Form(uid, said(printed, kind), "aka", stretch.since, printed)
    for alias in listed.aliases(uids):
        shown = said(alias.printed, listed.kinds[alias.uid])
        yield Form(alias.uid, shown, _STRONG[alias.kind], alias.since, alias.printed)
    for uid in uids & listed.followed:
        for f in features.get(uid, ()):
            if f.kind == "name":
                yield Form(uid, said(f.value, listed.kinds[uid]), "weak", f.since, f.value)


def _recorded(reader: Reader, parties: set[int]) -> set[tuple[int, str]]:
    """The names that these parties are shown by, or have from other sources."""
    given = {"parties": reader.ids(parties)}
    rows = reader.rows(
        f"SELECT id, name_key FROM parties WHERE {reader.within('id', 'parties')}"
        " AND withdrawn_at IS NULL"
        " UNION ALL SELECT party_id, name_key FROM names"
        f" WHERE {reader.within('party_id', 'parties')}"
        f"   AND dataset <> '{DATASET}' AND withdrawn_at IS NULL",
        given,
    )
    return {tuple(row) for row in rows}


def _taken(reader: Reader) -> dict[str, int]:
    """The names of organizations that other sources speak of."""
    rows = reader.rows(
        "SELECT p.name_key, p.id FROM parties p"
        f" WHERE p.kind = 'organization' AND p.dataset <> '{DATASET}' AND p.withdrawn_at IS NULL"
        " UNION ALL SELECT n.name_key, n.party_id FROM names n JOIN parties p ON p.id = n.party_id"
        f" WHERE p.kind = 'organization' AND p.dataset <> '{DATASET}' AND n.dataset <> '{DATASET}'"
        "   AND p.withdrawn_at IS NULL AND n.withdrawn_at IS NULL"
    )
    return dict(rows)
