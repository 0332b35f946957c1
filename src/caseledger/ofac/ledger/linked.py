"""Who is printed as `Linked To:` whom: names that resolve to entries of one and the same list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader


class Tie(NamedTuple):
    """An entry that was printed as linked to another."""

    uid: int
    to: int
    printed: str
    since: int
    until: int | None


_LAST = (
    " AND f.position = (SELECT max(g.position) FROM ofac_features g WHERE g.text_id = f.text_id)"
)


def ties_of(reader: Reader, uids: str, given: Mapping[str, Any]) -> list[Tie]:
    """The ties of the entries that a SELECT with its parameters yields.

    A name is resolved to the exact primary name of an entry, in lists that print the two together.
    Of the last fragment the list's own full stop may be the name's. A name that several entries
    have at once says nothing.
    """
    found: dict[tuple[int, str, str], list[Tie]] = defaultdict(list)
    for form, last in (("f.value", ""), ("f.value || '.'", _LAST)):
        for uid, to, value, name, since, until in reader.rows(
            "SELECT r.uid, n.uid, f.value, n.name,"
            " CASE WHEN r.since > n.since THEN r.since ELSE n.since END,"
            " CASE WHEN r.until IS NULL OR n.until < r.until THEN n.until ELSE r.until END"
            "  FROM ofac_remarks r JOIN ofac_features f ON f.text_id = r.text_id"
            f"  JOIN ofac_names n ON n.number = 0 AND n.name = {form}"
            "   AND (n.until IS NULL OR n.until > r.since)"
            "   AND (r.until IS NULL OR r.until > n.since)"
            f" WHERE f.kind = 'linked to' AND r.uid IN ({uids}){last}"
            " ORDER BY r.uid, n.uid, 5",
            given,
        ):
            if uid != to:
                found[uid, value, name].append(Tie(uid, to, value, since, until))
    return [
        tie
        for same in found.values()
        for tie in same
        if not any(_differ_at_once(tie, other) for other in same)
    ]


def _differ_at_once(one: Tie, other: Tie) -> bool:
    return (
        one.to != other.to
        and (one.until is None or other.since < one.until)
        and (other.until is None or one.since < other.until)
    )


def keep_ties(writer: Writer, ties: Sequence[Tie]) -> None:
    """Bring the ties that are kept into step, for those who look an entry up."""
    columns = ("uid", "to_uid", "printed", "since", "until")
    wanted = set(ties)
    there = {Tie(*row) for row in writer.rows(f"SELECT {', '.join(columns)} FROM ofac_ties")}
    writer.delete("ofac_ties", columns[:4], sorted(tie[:4] for tie in there - wanted))
    fresh = sorted(wanted - there, key=lambda tie: tie[:4])
    writer.insert("ofac_ties", columns, fresh)
