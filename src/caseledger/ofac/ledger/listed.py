"""What the mirror has of the entries that are followed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.ofac.ledger import following
from caseledger.ofac.ledger.linked import ties_of
from caseledger.ofac.ledger.turning import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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


class Alias(NamedTuple):
    """A strong alias, and the first list that printed it."""

    uid: int
    kind: str
    printed: str
    since: int


class Listed:
    """The entries of the followed programmes, and the organizations that they are tied to.

    Who they are, what they are called and whom they are tied to is read at once, since one
    entry's name decides another's tie; the rest is read of the entries that are asked for.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        where, given = following.condition(reader, "program")
        followed = f"SELECT uid FROM ofac_programs WHERE {where}"
        self.kinds = self._kinds(f"uid IN ({followed})", given)
        self.followed = frozenset(self.kinds)
        ties = ties_of(reader, followed, given)
        tied = {tie.to for tie in ties} - self.followed
        self.kinds |= self._kinds(*self._of(tied))
        self.ties = [tie for tie in ties if tie.uid in self.followed and tie.to in self.kinds]
        self.names = self._stretches(
            "SELECT uid, name, since, until FROM ofac_names WHERE number = 0 AND", self.kinds
        )

    def shown(self, uid: int) -> str:
        """The newest name of an entry, as it is said."""
        return said(self.names[uid][-1].value, self.kinds[uid])

    def programs(self, uids: Collection[int]) -> dict[int, list[Stretch]]:
        """The programmes of those that are followed."""
        return self._stretches(
            "SELECT uid, program, since, until FROM ofac_programs WHERE",
            self.followed.intersection(uids),
        )

    def aliases(self, uids: Collection[int]) -> Iterator[Alias]:
        """The strong aliases of those that are followed, by the first list with each."""
        where, given = self._of(self.followed.intersection(uids))
        rows = self._reader.rows(
            "SELECT uid, kind, name, min(since) FROM ofac_names"
            f" WHERE number > 0 AND {where} GROUP BY uid, kind, name ORDER BY uid, min(number)",
            given,
        )
        return (Alias(*row) for row in rows)

    def features(self, uids: Collection[int]) -> dict[int, list[Feature]]:
        """What the remarks of the followed say of who someone is, of every text they ever had."""
        where, given = self._of(self.followed.intersection(uids))
        rows: list[Any] = list(
            self._reader.rows(
                "SELECT r.uid, r.since, f.kind, f.label, f.value, f.date, f.earliest, f.latest,"
                " f.is_alternative, f.is_about FROM ofac_remarks r"
                " LEFT JOIN ofac_features f ON f.text_id = r.text_id"
                " AND f.kind IN ('birth date', 'gender', 'nationality', 'citizenship', 'name')"
                f" WHERE r.{where} ORDER BY r.uid, r.since, f.position",
                given,
            )
        )
        newest = {row[0]: row[1] for row in rows}
        found: dict[int, list[Feature]] = defaultdict(list)
        for uid, since, *told, other, about in rows:
            if told[0]:
                is_plain = not (other or about)
                feature = Feature._make((*told, is_plain, since, since == newest[uid]))
                found[uid].append(feature)
        return found

    def _kinds(self, where: str, given: dict[str, Any]) -> dict[int, str]:
        rows = self._reader.rows(
            f"SELECT uid, type FROM ofac_entries WHERE {where} ORDER BY uid, since", given
        )
        newest = dict(rows)
        return {uid: KINDS[type_] for uid, type_ in newest.items() if type_ in KINDS}

    def _stretches(self, select: str, uids: Collection[int]) -> dict[int, list[Stretch]]:
        """Values with their spans, the newest last."""
        where, given = self._of(uids)
        found: dict[int, list[Stretch]] = defaultdict(list)
        for uid, *stretch in self._reader.rows(f"{select} {where} ORDER BY uid, since, 2", given):
            found[uid].append(Stretch(*stretch))
        return found

    def _of(self, uids: Collection[int]) -> tuple[str, dict[str, Any]]:
        """The condition that an entry is one of these, and its parameter."""
        return self._reader.within("uid", "uids"), {"uids": self._reader.ids(set(uids))}
