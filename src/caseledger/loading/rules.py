"""The rules over several records of a file, and what to say of a record that has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.catalogue.endings import unfit_to_end
from caseledger.catalogue.subjects import OF_PEOPLE, not_yet, unfit_subject
from caseledger.clock import today
from caseledger.db.reading import first
from caseledger.loading.members import members_that_cannot_be
from caseledger.printed import Quote, Sources
from caseledger.vocabulary import NameKind, PartyKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from caseledger.db.reading import Reader
    from caseledger.loading.document import Entry, Numbered, Problems


def problems_in(reader: Reader, new: Mapping[str, Numbered]) -> Problems:
    """What no single record shows: circles, ends that do not fit, phrases that are not there.

    The new records come by table, each with the number that it will have. Where one is known to be
    wrong already, its values may be missing; what is said of it here says nothing.
    """
    parties = {number: entry for entry, number in new["parties"]}
    yield from _circles(new["parties"], "members", "a group cannot be counted in itself")
    yield from _circles(new["tallies"], "part_of_id", "a tally cannot be a part of itself")
    yield from members_that_cannot_be(reader, new["parties"])
    yield from _relations(reader, new, parties)
    yield from _names(reader, new["names"], parties)
    yield from _subjects(reader, new["actions"], parties)
    yield from _ends(reader, new["actions"], parties)
    yield from _phrases(reader, new["sources"], new["citations"])


def _circles(entries: Numbered, column: str, sentence: str) -> Problems:
    """Records that lead back to themselves, by way of others or not."""
    onward: dict[int, set[int]] = {}
    for entry, number in entries:
        if value := entry.stored.get(column):
            onward[number] = set(value if isinstance(value, list) else [value])
    back: dict[int, set[int]] = {}
    for number, others in onward.items():
        for other in others:
            back.setdefault(other, set()).add(number)
    # What leads nowhere, and what nothing leads to, is on no circle.
    left = _peeled(onward, back) & _peeled(back, onward)
    yield from ((entry, sentence) for entry, number in entries if number in left)


def _peeled(onward: Mapping[int, set[int]], back: Mapping[int, set[int]]) -> set[int]:
    """Those from which one can go on for ever; each is looked at once."""
    ways = {number: len(others) for number, others in onward.items()}
    ends = [number for number in back if number not in ways]
    while ends:
        for number in back.get(ends.pop(), ()):
            ways[number] -= 1
            if not ways[number]:
                ends.append(number)
    return {number for number, count in ways.items() if count}


def _relations(
    reader: Reader, new: Mapping[str, Numbered], parties: Mapping[int, Entry]
) -> Problems:
    for entry, _ in new["affiliations"]:
        party = entry.stored.get("party_id")
        if party == entry.stored.get("organization_id"):
            yield entry, "an organization cannot be affiliated to itself"
        elif entry.stored.get("relation") == Relation.FACTION:
            kind, _ = _party(reader, party, parties)
            if kind != PartyKind.ORGANIZATION:
                yield entry, f"relation: a faction is an organization, not a {kind}"
    for entry, _ in new["kinships"]:
        if entry.stored.get("person_id") == entry.stored.get("relative_id"):
            yield entry, "nobody is their own relative"


def _party(reader: Reader, number: int | None, new: Mapping[int, Entry]) -> tuple[str, bool]:
    """The kind of a party, and whether it has a name."""
    if number is None:
        return "", False
    if number in new:
        return new[number].stored["kind"], bool(new[number].stored["is_named"])
    kind, named = first(reader, "SELECT kind, is_named FROM parties WHERE id = :id", {"id": number})
    return kind, bool(named)


def _names(reader: Reader, names: Numbered, parties: Mapping[int, Entry]) -> Problems:
    """A primary name is given once, to a person or an organization recorded without one."""
    given: set[int | None] = set()
    for entry, _ in names:
        if entry.stored.get("kind") != NameKind.PRIMARY:
            continue
        party = entry.stored.get("party_id")
        kind, named = _party(reader, party, parties)
        if kind == PartyKind.GROUP:
            yield entry, "a group has no name of its own: record the person who is named"
        elif named or party in given:
            yield entry, "the party has a name already; record this one as an aka"
        given.add(party)


def _subjects(reader: Reader, actions: Numbered, parties: Mapping[int, Entry]) -> Problems:
    """To whom it can be done, and that it was done: nothing has happened tomorrow."""
    day = today()
    done = [entry for entry, _ in actions if entry.kind.name in OF_PEOPLE]
    there = {entry.stored.get("subject_id") or 0 for entry in done}.difference(parties)
    within = reader.within("id", "ids")
    kinds = dict(
        reader.rows(f"SELECT id, kind FROM parties WHERE {within}", {"ids": reader.ids(there)})
    )
    for entry, _ in actions:
        if why := not_yet(entry.stored, day):
            yield entry, why
    for entry in done:
        subject = entry.stored.get("subject_id") or 0
        kind = parties[subject].kind.name if subject in parties else kinds.get(subject)
        if why := unfit_subject(entry.kind.name, kind):
            yield entry, f"subject: that {why}"


_ENDED = "SELECT kind, subject_id, date, earliest, date_kind FROM actions WHERE id = :id"

_COUNTED = "SELECT 1 FROM group_members WHERE group_id = :group_id AND member_id = :member_id"


def _ends(reader: Reader, actions: Numbered, parties: Mapping[int, Entry]) -> Problems:
    """A release ends an earlier arrest of the same people: not a charge, not another's."""
    new = {number: entry for entry, number in actions}
    for entry, _ in actions:
        number = entry.stored.get("ends_id")
        if number is None:
            continue
        ended = new[number].stored if number in new else _ended(reader, number)
        if why := unfit_to_end(entry.kind.name, entry.stored, ended["kind"], ended):
            yield entry, f"ends: that action {why}"
            continue
        subject, others = entry.stored.get("subject_id"), ended.get("subject_id")
        if subject == others:
            continue
        if group := parties.get(others or 0):
            member = parties.get(subject or 0)
            counted = subject in group.stored.get("members", ()) or (
                member is not None and others in member.stored.get("counted_in", ())
            )
        else:
            counted = first(reader, _COUNTED, {"group_id": others, "member_id": subject})
        if not counted:
            yield entry, "ends: that action was done to somebody else"


def _ended(reader: Reader, number: int) -> Mapping[str, Any]:
    row = first(reader, _ENDED, {"id": number})
    return dict(zip(("kind", "subject_id", "date", "earliest", "date_kind"), row, strict=True))


def _phrases(reader: Reader, sources: Numbered, citations: Numbered) -> Problems:
    """Where what a source prints is known, a phrase cited from it is found in it."""
    texts = {number: entry.stored["text"] for entry, number in sources if entry.stored.get("text")}
    cited = {entry.stored.get("source_id") or 0 for entry, _ in citations}
    unwritten = {number for _, number in sources} - set(texts)
    prints = Sources(reader, cited - {0} - unwritten, texts)
    quotes = (
        Quote(entry, said.get("source_id") or 0, said.get("section"), said.get("phrase"))
        for entry, _ in citations
        for said in (entry.stored,)
    )
    for entry, why in prints.unsaid(quotes):
        yield entry, f"the source {why}"


_CALLED = {
    "headcount": "people",
    "minimum": "count",
    "maximum": "count",
    "sentence_months": "sentence",
    "sentence_life": "sentence",
    "is_named": "unnamed",
    "list_name": "list",
}
"""Columns that a file knows by another name."""

_WORKED_OUT = ("_key", "earliest", "latest")


def told(kind: str, differing: Iterable[tuple[str, Any, Any]]) -> str:
    """The fields in which a record says something else than the registry: there, and here."""
    fields: dict[str, str] = {}
    for column, there, here in differing:
        if column.endswith(_WORKED_OUT):
            continue
        name = _CALLED.get(column, column.removesuffix("_id"))
        if column == "words":
            name = "people" if kind == "group" else "count"
        shown = column == name and not isinstance(there, list)
        fields[name] = f"{name} ({_short(there)} there, {_short(here)} here)" if shown else name
    return ", ".join(fields.values())


def _short(value: object) -> str:
    """A value in a message: nothing longer than a line is read there."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
