"""What the mirror has of the entries that are followed, read at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from caseledger.ofac.ledger import following
from caseledger.ofac.ledger.turning import said

if TYPE_CHECKING:
    from caseledger.db.reading import Reader

KINDS = {"individual": "person", "entity": "organization"}
"""What an entry is as a party; vessels and aircraft stay in the mirror."""


class Stretch(NamedTuple):
    """A value from a list to another."""

    value: str
    since: int
    until: int | None


class Feature(NamedTuple):
    """A fragment of remarks, and the first list that printed it."""

    kind: str
    label: str | None
    value: str
    date: str | None
    earliest: str | None
    latest: str | None
    is_plain: bool
    since: int
    is_newest: bool


class Tie(NamedTuple):
    """An entry that was printed as linked to another."""

    uid: int
    to: int
    printed: str
    since: int
    until: int | None


class Listed:
    """The entries of the followed programmes, and the organizations that they are tied to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        where, self._given = following.condition(reader, "program")
        self._followed = f"SELECT uid FROM ofac_programs WHERE {where}"
        self.kinds = self._kinds(self._followed)
        self.followed = frozenset(self.kinds)
        self.ties = self._ties()
        tied = {tie.to for tie in self.ties} - self.followed
        self._tied = ",".join(map(str, sorted(tied)))
        if tied:
            self.kinds |= self._kinds(self._tied)
            self.ties = [tie for tie in self.ties if tie.to in self.kinds]
        self.names = self._names("number = 0")
        self.programs = self._programs()

    def _kinds(self, uids: str) -> dict[int, str]:
        rows = self._reader.rows(
            f"SELECT uid, type FROM ofac_entries WHERE uid IN ({uids}) ORDER BY uid, since",
            self._given,
        )
        newest = dict(rows)
        return {uid: KINDS[type_] for uid, type_ in newest.items() if type_ in KINDS}

    def _names(self, which: str) -> dict[int, list[Stretch]]:
        """The primary names, the newest last."""
        found: dict[int, list[Stretch]] = defaultdict(list)
        tied = f" OR uid IN ({self._tied})" if self._tied else ""
        for uid, *stretch in self._reader.rows(
            "SELECT uid, name, since, until FROM ofac_names"
            f" WHERE {which} AND (uid IN ({self._followed}){tied}) ORDER BY uid, since",
            self._given,
        ):
            found[uid].append(Stretch(*stretch))
        return found

    def shown(self, uid: int) -> str:
        """The newest name of an entry, as it is said."""
        return said(self.names[uid][-1].value, self.kinds[uid])

    def aliases(self) -> list[tuple[int, str, str, int]]:
        """The aliases of the followed: entry, kind, name as printed, the first list with it."""
        rows = self._reader.rows(
            "SELECT uid, kind, name, min(since) FROM ofac_names"
            f" WHERE number > 0 AND uid IN ({self._followed}) GROUP BY uid, kind, name"
            " ORDER BY uid, min(number)",
            self._given,
        )
        return [tuple(row) for row in rows]

    def features(self) -> dict[int, list[Feature]]:
        """What the remarks say of who someone is, of every text an entry ever had."""
        found: dict[int, list[Feature]] = defaultdict(list)
        newest: dict[int, int] = {}
        rows = list(
            self._reader.rows(
                "SELECT r.uid, r.since, f.kind, f.label, f.value, f.date, f.earliest, f.latest,"
                " f.is_alternative, f.is_about FROM ofac_remarks r"
                " JOIN ofac_features f ON f.text_id = r.text_id"
                f" WHERE r.uid IN ({self._followed})"
                " AND f.kind IN ('birth date', 'gender', 'nationality', 'citizenship', 'name')"
                " ORDER BY r.uid, r.since, f.position",
                self._given,
            )
        )
        for row in rows:
            newest[row[0]] = max(row[1], newest.get(row[0], row[1]))
        for uid, since, kind, label, value, date, earliest, latest, other, about in rows:
            is_plain = not (other or about)
            found[uid].append(
                Feature(
                    kind, label, value, date, earliest, latest, is_plain, since,
                    since == newest[uid],
                )
            )  # fmt: skip
        return found

    def _programs(self) -> dict[int, list[Stretch]]:
        found: dict[int, list[Stretch]] = defaultdict(list)
        for uid, *stretch in self._reader.rows(
            f"SELECT uid, program, since, until FROM ofac_programs WHERE uid IN ({self._followed})"
            " ORDER BY uid, since, program",
            self._given,
        ):
            if uid in self.followed:
                found[uid].append(Stretch(*stretch))
        return found

    def _ties(self) -> list[Tie]:
        """Who is linked to which entry, in one and the same list.

        Of the last fragment the list's own full stop may be the name's. A name that several
        entries have says nothing.
        """
        found: dict[tuple[int, str, str], list[Tie]] = defaultdict(list)
        for form, last in (("f.value", ""), ("f.value || '.'", _IS_LAST)):
            for uid, to, value, name, since, until in self._reader.rows(
                "SELECT r.uid, n.uid, f.value, n.name,"
                " CASE WHEN r.since > n.since THEN r.since ELSE n.since END,"
                " CASE WHEN r.until IS NULL OR n.until < r.until THEN n.until ELSE r.until END"
                "  FROM ofac_remarks r JOIN ofac_features f ON f.text_id = r.text_id"
                f"  JOIN ofac_names n ON n.number = 0 AND n.name = {form}"
                "   AND (n.until IS NULL OR n.until > r.since)"
                "   AND (r.until IS NULL OR r.until > n.since)"
                f" WHERE f.kind = 'linked to' AND r.uid IN ({self._followed}){last}"
                " ORDER BY r.uid, n.uid, 5",
                self._given,
            ):
                if uid in self.followed and uid != to:
                    found[uid, value, name].append(Tie(uid, to, value, since, until))
        ties: list[Tie] = []
        for same in found.values():
            ties += [tie for tie in same if not any(_at_once(tie, other) for other in same)]
        return ties


_IS_LAST = (
    " AND f.position = (SELECT max(g.position) FROM ofac_features g WHERE g.text_id = f.text_id)"
)


def _at_once(one: Tie, other: Tie) -> bool:
    return (
        one.to != other.to
        and (one.until is None or other.since < one.until)
        and (other.until is None or one.since < other.until)
    )
