"""What a party is called on the list besides the name that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger import names
from caseledger.ofac.ledger.shelves import DATASET
from caseledger.ofac.ledger.turning import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.listed import Listed
    from caseledger.ofac.ledger.parties import Parties
    from caseledger.ofac.ledger.shelves import Values

_STRONG = {"aka": "aka", "fka": "fka", "nka": "aka"}


class Form(NamedTuple):
    """A form of a name."""

    uid: int
    name: str
    kind: str
    since: int
    """The first list with it."""
    printed: str


def forms(reader: Reader, parties: Parties, listed: Listed) -> dict[str, tuple[Values, int, str]]:
    """The rows of other forms, each with the first list that has it, and as printed there."""
    shown = dict(reader.rows("SELECT id, name_key FROM parties WHERE withdrawn_at IS NULL"))
    recorded = {
        tuple(row)
        for row in reader.rows(
            "SELECT party_id, name_key FROM names"
            f" WHERE dataset <> '{DATASET}' AND withdrawn_at IS NULL"
        )
    }
    taken = _taken(reader)
    found: dict[str, tuple[Values, int, str]] = {}
    for form in _forms(parties, listed):
        party = parties.of.get(form.uid)
        if party is None:
            continue
        name_key = names.key(form.name)
        if not name_key or name_key == shown.get(party) or (party, name_key) in recorded:
            continue
        # An alias is no succession: the list's alias of one is often the name of another.
        is_organization = listed.kinds[form.uid] == "organization"
        if is_organization and taken.get(name_key, party) != party:
            continue
        key = f"{form.uid}/{name_key}"
        before = found.get(key)
        if before is None:
            found[key] = ((party, form.name, name_key, form.kind), form.since, form.printed)
        elif form.since < before[1] and form.printed == before[2]:
            found[key] = (before[0], form.since, form.printed)
    return found


def _forms(parties: Parties, listed: Listed) -> Iterator[Form]:
    """The newest primary name first, then the older ones, strong aliases, weak ones."""
    for uid, kind in listed.kinds.items():
        for stretch in reversed(listed.names[uid]):
            turned = said(stretch.value, kind)
            yield Form(uid, turned, "aka", stretch.since, stretch.value)
            if turned != stretch.value:
                yield Form(uid, stretch.value, "primary", stretch.since, stretch.value)
    for uid, kind, printed, since in listed.aliases():
        if uid in listed.kinds:
            yield Form(uid, said(printed, listed.kinds[uid]), _STRONG[kind], since, printed)
    for uid, features in parties.features.items():
        for f in features:
            if f.kind == "name" and uid in listed.kinds:
                yield Form(uid, said(f.value, listed.kinds[uid]), "weak", f.since, f.value)


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
