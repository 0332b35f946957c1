"""Which entries are whose: what the names decided, what a hand did, and what may be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from caseledger import names
from caseledger.ofac.ledger.listed import Listed
from caseledger.ofac.ledger.ours import Ours, against, organizations, people
from caseledger.ofac.ledger.parties import own_parties
from caseledger.ofac.ledger.turning import said, without_small_words
from caseledger.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.listed import Feature, Stretch
    from caseledger.sheet import Row

COLUMNS = ("party_ref", "party", "uid", "entry", "programs", "tie", "evidence")

_SAID = {"name": "by name", "hand": "by hand"}


def ties_sheet(reader: Reader) -> Sheet:
    """The parties of other sources beside the entries that they are, or may be."""
    return Sheet("Ties to OFAC's list", COLUMNS, list(_rows(reader)))


def _rows(reader: Reader) -> Iterator[Row]:
    listed = Listed(reader)
    features = listed.features(listed.followed)
    programs = listed.programs(listed.followed)
    bound: dict[int, tuple[int, str]] = {
        uid: (party, how)
        for uid, party, how in reader.rows("SELECT uid, party_id, how FROM ofac_parties")
    }
    own = own_parties(reader)
    known = {party.id: party for party in (*people(reader), *organizations(reader))}
    for uid, (party_id, how) in sorted(bound.items(), key=lambda item: (item[1][0], item[0])):
        if how == "made" or uid not in listed.kinds or own.get(party_id) == uid:
            continue
        row = known.get(party_id) or _party(reader, party_id)
        tags = programs.get(uid, ())
        yield _row(listed, tags, row, uid, _SAID[how], _of_name(row, listed, uid))
    tied = {(party, uid) for uid, (party, _) in bound.items()}
    by_hand = {uid for uid, (_, how) in bound.items() if how == "hand"}
    forms = _forms(listed, features)
    for party in known.values():
        for uid, evidence in _possible(party, listed, features, forms).items():
            if (party.id, uid) not in tied and uid not in by_hand:
                yield _row(listed, programs.get(uid, ()), party, uid, "possible", evidence)


def _party(reader: Reader, party_id: int) -> Ours:
    """One of the list's own parties."""
    row = next(
        iter(reader.rows("SELECT id, kind, name FROM parties WHERE id = :id", {"id": party_id}))
    )
    return Ours(*row)


def _row(  # noqa: PLR0917 - the columns, nearly
    listed: Listed, tags: Iterable[Stretch], party: Ours, uid: int, how: str, evidence: str
) -> Row:
    return (
        f"{party.kind[0].upper()}{party.id}",
        party.name,
        uid,
        listed.names[uid][-1].value,
        "; ".join(dict.fromkeys(stretch.value for stretch in tags)),
        how,
        evidence,
    )


def _of_name(party: Ours, listed: Listed, uid: int) -> str:
    kind = listed.kinds[uid]
    forms = [said(stretch.value, kind) for stretch in listed.names[uid]]
    if any(names.key(form) == names.key(party.name) for form in forms):
        return "the same name"
    if any(without_small_words(form) == without_small_words(party.name) for form in forms):
        return "the same name, articles and prepositions apart"
    return "another name"


Form = tuple[int, str, str, frozenset[str], str]
"""An entry, a form of its name as it is said, its key, its words, and what the form is."""


def _forms(listed: Listed, features: dict[int, list[Feature]]) -> dict[str, list[Form]]:
    """Every form of every name, by the words in it."""
    printed: list[tuple[int, str, str]] = [
        (uid, stretch.value, "primary name")
        for uid, stretches in listed.names.items()
        for stretch in stretches
    ]
    printed += [(uid, name, kind) for uid, kind, name, _ in listed.aliases(listed.followed)]
    printed += [
        (uid, f.value, "weak alias")
        for uid, said_of in features.items()
        for f in said_of
        if f.kind == "name"
    ]
    found: dict[str, list[Form]] = defaultdict(list)
    for uid, name, what in printed:
        kind = listed.kinds.get(uid)
        if kind is None:
            continue
        shown = said(name, kind)
        words = frozenset(names.fold(shown).split())
        form = (uid, shown, names.key(shown), words, what)
        for word in words:
            found[word].append(form)
    return found


def _possible(
    party: Ours,
    listed: Listed,
    features: dict[int, list[Feature]],
    forms: dict[str, list[Form]],
) -> dict[int, str]:
    """Entries of its kind whose name is the same, or has all its words, or the other way round."""
    key, words = names.key(party.name), frozenset(names.fold(party.name).split())
    found: dict[int, str] = {}
    for form in dict.fromkeys(form for word in sorted(words) for form in forms.get(word, ())):
        uid, shown, form_key, form_words, what = form
        if listed.kinds[uid] != party.kind or uid in found:
            continue
        if form_key == key:
            reason = f"its {what} is the same"
        elif min(len(words), len(form_words)) > 1 and (words <= form_words or form_words <= words):
            reason = f"its {what} {shown} is longer or shorter"
        else:
            continue
        but = against(party, listed.names[uid][-1].value, features.get(uid, ()))
        born = next((f.value for f in features.get(uid, ()) if f.kind == "birth date"), None)
        parts = (reason, f"born {born}" if born else None, f"against it: {but}" if but else None)
        found[uid] = "; ".join(part for part in parts if part)
    return found
