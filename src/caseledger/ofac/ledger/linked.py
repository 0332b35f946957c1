"""Who is printed as `Linked To:` whom: names that resolve to entries of one and the same list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader


Span = tuple[int, int, int | None]
"""An entry, from a list to another."""


class Tie(NamedTuple):
    """An entry that was printed as linked to another."""

    uid: int
    to: int
    printed: str
    since: int
    until: int | None


class _Printed(NamedTuple):
    """A `Linked To:` of one entry, from a list to another."""

    uid: int
    name: str
    since: int
    until: int | None
    is_last: bool
    """Of the last fragment the list's own full stop may be the name's."""


_LINKED = """
    SELECT r.uid, f.value, r.since, r.until,
           NOT EXISTS (SELECT 1 FROM ofac_features g
                        WHERE g.text_id = f.text_id AND g.position > f.position)
      FROM ofac_remarks r
      JOIN ofac_features f ON f.text_id = r.text_id
     WHERE f.kind = 'linked to' AND r.uid IN ({uids})
     ORDER BY r.uid, r.since, f.position"""


def ties_of(reader: Reader, uids: str, given: Mapping[str, Any]) -> list[Tie]:
    """The ties of the entries that a SELECT with its parameters yields.

    A name is resolved to the exact primary name of an entry, in lists that print the two together.
    While several entries have the name, it says nothing.
    """
    printed = [_Printed(*row) for row in reader.rows(_LINKED.format(uids=uids), given)]
    called = _called(reader, printed)
    return [
        Tie(link.uid, uid, link.name, since, until)
        for link in printed
        for name in (link.name, f"{link.name}.")[: 1 + link.is_last]
        for uid, since, until in _alone(called.get(name, ()), link.since, link.until)
        if uid != link.uid
    ]


def _called(reader: Reader, printed: Sequence[_Printed]) -> dict[str, list[Span]]:
    """The entries that have these names as their primary ones, from when to when."""
    asked = {link.name for link in printed} | {f"{link.name}." for link in printed if link.is_last}
    found: dict[str, list[Span]] = defaultdict(list)
    for uid, name, since, until in reader.rows(
        "SELECT uid, name, since, until FROM ofac_names"
        f" WHERE number = 0 AND name IN (SELECT value FROM {reader.each('names')})",
        {"names": reader.texts(asked)},
    ):
        found[name].append((uid, since, until))
    return found


def _alone(spans: Sequence[Span], first: int, end: int | None) -> list[Span]:
    """Between two lists, who has a name while no other has it."""
    cuts = sorted(
        {first}.union(
            cut
            for _, *span in spans
            for cut in span
            if cut is not None and first < cut and (end is None or cut < end)
        )
    )
    found: list[Span] = []
    for start, stop in zip(cuts, [*cuts[1:], end], strict=True):
        there = [
            uid
            for uid, since, until in spans
            if since <= start and (until is None or start < until)
        ]
        if len(there) != 1:
            continue
        if found and found[-1][0] == there[0] and found[-1][2] == start:
            found[-1] = (there[0], found[-1][1], stop)
        else:
            found.append((there[0], start, stop))
    return found


def keep_ties(writer: Writer, ties: Sequence[Tie]) -> None:
    """Bring the ties that are kept into step, for those who look an entry up."""
    columns = ("uid", "to_uid", "printed", "since", "until")
    wanted = set(ties)
    there = {Tie(*row) for row in writer.rows(f"SELECT {', '.join(columns)} FROM ofac_ties")}
    writer.delete("ofac_ties", columns[:4], sorted(tie[:4] for tie in there - wanted))
    fresh = sorted(wanted - there, key=lambda tie: tie[:4])
    writer.insert("ofac_ties", columns, fresh)
