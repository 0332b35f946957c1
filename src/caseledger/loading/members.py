"""Who can be counted in a group of unnamed people: people, and no more than there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.vocabulary import CountQualifier, PartyKind

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.loading.document import Numbered, Problems

_KINDS = """
    SELECT p.id, p.kind, CASE g.qualifier WHEN 'exactly' THEN g.headcount END
      FROM parties p LEFT JOIN unnamed_groups g ON g.id = p.id
     WHERE {}"""


def members_that_cannot_be(reader: Reader, new: Numbered) -> Problems:
    """Organizations in a group, and groups with more people known than their exact number.

    Smaller groups may overlap, so that nothing is added to a number: only people are counted.
    """
    saying = [(entry, number) for entry, number in new if _says(entry.stored)]
    if not saying:
        return
    members: dict[int, set[int]] = {}
    for group, member in reader.rows("SELECT group_id, member_id FROM group_members"):
        members.setdefault(group, set()).add(member)
    for entry, number in saying:
        members.setdefault(number, set()).update(entry.stored.get("members") or ())
        for group in entry.stored.get("counted_in") or ():
            members.setdefault(group, set()).add(number)
    kinds = {number: entry.stored["kind"] for entry, number in new}
    exact = {
        number: entry.stored.get("headcount")
        for entry, number in new
        if entry.stored.get("qualifier") == CountQualifier.EXACTLY
    }
    there = {*members, *(member for within in members.values() for member in within)}
    ids = reader.ids({number for number in there if number and number not in kinds})
    for number, kind, headcount in reader.rows(
        _KINDS.format(reader.within("p.id", "ids")), {"ids": ids}
    ):
        kinds[number], exact[number] = kind, headcount
    for entry, number in saying:
        if any(
            kinds.get(member) == PartyKind.ORGANIZATION
            for member in entry.stored.get("members", ())
        ):
            yield entry, "members: an organization is nobody who could be counted in a group"
        for group in {number, *entry.stored.get("counted_in", ())}:
            headcount = exact.get(group)
            known = sum(kinds.get(one) == PartyKind.PERSON for one in _inside(group, members))
            if headcount is not None and known > headcount:
                yield entry, f"{known} people would be counted in a group of {headcount}"
                break


def _says(stored: dict[str, object]) -> bool:
    return bool(stored.get("members") or stored.get("counted_in"))


def _inside(group: int, members: dict[int, set[int]]) -> set[int]:
    """Everyone counted in a group, and in the groups inside it."""
    found: set[int] = set()
    open_ = [group]
    while open_:
        fresh = members.get(open_.pop(), set()) - found
        found |= fresh
        open_ += fresh
    return found
