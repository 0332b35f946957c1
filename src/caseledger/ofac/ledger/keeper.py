"""Records of one kind that the lists give: compared by key with what is there, and written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.clock import now
from caseledger.db.reading import first
from caseledger.ofac.ledger.shelves import DATASET

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from caseledger.db.direct import Writer
    from caseledger.ofac.ledger.shelves import Shelf

REASON = "the lists of this registry do not show it any more"
"""Why a derived record is withdrawn. One that a person withdrew has another, and stays so."""

Values = tuple[Any, ...]
"""A record's columns, then those of its details, in the order of its shelf."""


class Settled(NamedTuple):
    """What a shelf holds now: the living records by key, and those a person's hand keeps."""

    ids: dict[str, int]
    spared: set[int]
    """No longer given by the lists, but corrected by a person: they stay."""
    gone: list[tuple[int, int]]
    """Number and version of those that are to be withdrawn."""


class Keeper:
    """Writes what differs, and nothing else."""

    def __init__(self, writer: Writer, by: str, *, dry_run: bool) -> None:
        self.writer, self._by, self._dry_run, self._now = writer, by, dry_run, now()
        self.added: Counter[str] = Counter()
        """Records that are new, or stand again, by the name of their shelf."""
        self.changed: Counter[str] = Counter()
        self.withdrawn: Counter[str] = Counter()

    def settle(
        self,
        shelf: Shelf,
        wanted: Mapping[str, Values],
        heads: Collection[str] | None,
        *,
        spare: Callable[[Values], bool] | None = None,
        withdraw: bool = True,
    ) -> Settled:
        """Hold a shelf against what the lists give: add, set right, revive, withdraw.

        `heads` are the beginnings of the keys that `wanted` is all of; None if it is all there is.
        A record that a person corrected, or for which `spare` is true, is let alone.
        """
        found = Settled({}, set(), [])
        seen: set[str] = set()
        changed: list[tuple[Values, int, int]] = []
        revived: list[tuple[None, None, int, int]] = []
        for key, id_, version, reason, corrected, *rest in self._there(shelf, heads):
            values, want = tuple(rest), wanted.get(key)
            seen.add(key)
            if want is None:
                if reason is not None:
                    continue
                if corrected or (spare and spare(values)):
                    found.spared.add(id_)
                else:
                    found.gone.append((id_, version))
                continue
            if reason is not None:
                if reason != REASON:
                    continue
                version += 1  # noqa: PLW2901 - of the row as it will be
                revived.append((None, None, version, id_))
            found.ids[key] = id_
            if want != values and not corrected:
                changed.append((want, version + 1, id_))
        self._revive(shelf, revived)
        self._change(shelf, changed)
        if withdraw:
            self.withdraw(shelf, found.gone)
        fresh = [key for key in wanted if key not in seen]
        found.ids.update(self._add(shelf, fresh, wanted))
        self.added[shelf.name] += len(fresh) + len(revived)
        self.changed[shelf.name] += len(changed)
        return found

    def withdraw(self, shelf: Shelf, gone: Sequence[tuple[int, int]]) -> None:
        """Withdraw records: number and version of each."""
        self.withdrawn[shelf.name] += len(gone)
        self.writer.update(
            shelf.table,
            ("withdrawn_at", "withdrawn_reason", "version"),
            ("id",),
            [(self._now, REASON, version + 1, id_) for id_, version in gone],
        )

    def _there(self, shelf: Shelf, heads: Collection[str] | None) -> Iterable[Any]:
        columns = [f"s.{column}" for column in shelf.columns]
        columns += [f"d.{column}" for column in shelf.details]
        join = f" JOIN {shelf.detail} d ON d.id = s.id" if shelf.detail else ""
        where = f"s.dataset = '{DATASET}'"
        if shelf.kind:
            where += f" AND s.kind = '{shelf.kind}'"
        rows, given = f"{shelf.table} s", {}
        if heads is not None:
            # 0 is the character after the slash: a range of the index on the keys.
            rows = f"{self.writer.each('heads')} CROSS JOIN {rows}"
            where += " AND s.key >= each.value || '/' AND s.key < each.value || '0'"
            given = {"heads": self.writer.texts(heads)}
        return self.writer.rows(
            "SELECT s.key, s.id, s.version, s.withdrawn_reason, s.corrected_at, "
            f"{', '.join(columns)} FROM {rows}{join} WHERE {where}",
            given,
        )

    def _revive(self, shelf: Shelf, revived: Sequence[tuple[None, None, int, int]]) -> None:
        self.writer.update(
            shelf.table, ("withdrawn_at", "withdrawn_reason", "version"), ("id",), revived
        )

    def _change(self, shelf: Shelf, changed: Sequence[tuple[Values, int, int]]) -> None:
        width = len(shelf.columns)
        self.writer.update(
            shelf.table,
            (*shelf.columns, "version"),
            ("id",),
            [(*values[:width], version, id_) for values, version, id_ in changed],
        )
        if shelf.detail:
            self.writer.update(
                shelf.detail,
                shelf.details,
                ("id",),
                [(*values[width:], id_) for values, _, id_ in changed],
            )

    def _add(self, shelf: Shelf, fresh: list[str], wanted: Mapping[str, Values]) -> dict[str, int]:
        ids = dict(zip(fresh, self._allocate(shelf.table, len(fresh)), strict=True))
        width = len(shelf.columns)
        kind = ("kind",) if shelf.kind else ()
        of_kind = (shelf.kind,) if shelf.kind else ()
        own = ("version", "recorded_at", "recorded_by")
        tail = (1, self._now, self._by)
        self.writer.insert(
            shelf.table,
            ("id", "dataset", "key", *kind, *shelf.columns, *own),
            ((ids[key], DATASET, key, *of_kind, *wanted[key][:width], *tail) for key in fresh),
        )
        if shelf.detail:
            self.writer.insert(
                shelf.detail,
                ("id", "kind", *shelf.details),
                ((ids[key], shelf.kind, *wanted[key][width:]) for key in fresh),
            )
        return ids

    def _allocate(self, table: str, count: int) -> Iterable[int]:
        """Numbers for new rows; a dry run takes none from a sequence, which gives none back."""
        if not count:
            return ()
        if self.writer.dialect == "postgresql" and not self._dry_run:
            return [
                row[0]
                for row in self.writer.rows(
                    "SELECT nextval(pg_get_serial_sequence(:table_name, 'id'))"
                    " FROM generate_series(1, CAST(:count AS integer))",
                    {"table_name": table, "count": count},
                )
            ]
        highest = first(self.writer, f"SELECT coalesce(max(id), 0) FROM {table}")[0]
        return range(highest + 1, highest + 1 + count)
