"""Records of one kind that the lists give: compared by key with what is there, and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.clock import now
from caseledger.db.reading import first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from caseledger.db.direct import Writer

DATASET = "ofac"
REASON = "the lists of this registry do not show it any more"
"""Why a derived record is withdrawn. One that a person withdrew has another, and stays so."""

Values = tuple[Any, ...]


class Shelf(NamedTuple):
    """A kind of record: its table, and the table of its details."""

    table: str
    columns: tuple[str, ...]
    kind: str | None = None
    detail: str | None = None
    details: tuple[str, ...] = ()


PERSONS = Shelf(
    "parties",
    ("name", "name_key", "is_named"),
    "person",
    "persons",
    ("sex", "birth", "birth_earliest", "birth_latest", "nationality", "suffix"),
)
ORGANIZATIONS = Shelf(
    "parties", ("name", "name_key", "is_named"), "organization", "organizations", ("type",)
)
NAMES = Shelf("names", ("party_id", "name", "name_key", "kind"))
AFFILIATIONS = Shelf("affiliations", ("party_id", "organization_id", "relation", "standing"))
_ACTION = (
    "subject_id", "date", "earliest", "latest", "date_kind", "date_basis", "authority_id",
    "summary", "ends_id",
)  # fmt: skip
_LISTED = ("list_name", "program", "list_entry")
DESIGNATIONS = Shelf("actions", _ACTION, "designation", "designations", _LISTED)
DELISTINGS = Shelf("actions", _ACTION, "delisting", "delistings", _LISTED)
SOURCES = Shelf(
    "sources",
    (
        "title", "title_key", "publisher", "published", "published_earliest", "published_latest",
        "published_basis", "sha256",
    ),
)  # fmt: skip
CITATIONS = Shelf(
    "citations",
    ("source_id", "section", "phrase", "action_id", "affiliation_id", "name_id", "party_id"),
)


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
        self.written = 0

    def settle(
        self,
        shelf: Shelf,
        wanted: Mapping[str, Values],
        *,
        spare: Callable[[Values], bool] | None = None,
        withdraw: bool = True,
    ) -> Settled:
        """Hold a shelf against what the lists give: add, set right, revive, withdraw."""
        ids: dict[str, int] = {}
        spared: set[int] = set()
        gone: list[tuple[int, int]] = []
        seen: set[str] = set()
        changed: list[tuple[Values, int, int]] = []
        revived: list[tuple[int]] = []
        for key, id_, version, reason, corrected, *rest in self._there(shelf):
            values, want = tuple(rest), wanted.get(key)
            seen.add(key)
            if want is None:
                if reason is None:
                    if corrected or (spare and spare(values)):
                        spared.add(id_)
                    else:
                        gone.append((id_, version))
                continue
            if reason is not None:
                if reason != REASON:
                    continue
                revived.append((id_,))
            ids[key] = id_
            if want != values and not corrected:
                changed.append((want, version + 1, id_))
        if changed:
            self._change(shelf, changed)
        if revived:
            self.writer.update(
                shelf.table,
                ("withdrawn_at", "withdrawn_reason"),
                ("id",),
                [(None, None, *row) for row in revived],
            )
        if withdraw:
            self.withdraw(shelf, gone)
        fresh = [key for key in wanted if key not in seen]
        ids.update(self._add(shelf, fresh, wanted))
        self.written += len(changed) + len(revived) + len(fresh)
        return Settled(ids, spared, gone)

    def withdraw(self, shelf: Shelf, gone: Sequence[tuple[int, int]]) -> None:
        """Withdraw records: number and version of each."""
        if gone:
            self.written += len(gone)
            self.writer.update(
                shelf.table,
                ("withdrawn_at", "withdrawn_reason", "version"),
                ("id",),
                [(self._now, REASON, version + 1, id_) for id_, version in gone],
            )

    def _there(self, shelf: Shelf) -> Iterable[Any]:
        columns = [f"s.{column}" for column in shelf.columns]
        columns += [f"d.{column}" for column in shelf.details]
        join = f" JOIN {shelf.detail} d ON d.id = s.id" if shelf.detail else ""
        kind = f" AND s.kind = '{shelf.kind}'" if shelf.kind else ""
        return self.writer.rows(
            "SELECT s.key, s.id, s.version, s.withdrawn_reason, s.corrected_at, "
            f"{', '.join(columns)} FROM {shelf.table} s{join}"
            f" WHERE s.dataset = '{DATASET}'{kind}"
        )

    def _change(self, shelf: Shelf, changed: list[tuple[Values, int, int]]) -> None:
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
        if not fresh:
            return ids
        width = len(shelf.columns)
        kind = ("kind",) if shelf.kind else ()
        of_kind = (shelf.kind,) if shelf.kind else ()
        tail = (1, self._now, self._by)
        self.writer.insert(
            shelf.table,
            (
                "id",
                "dataset",
                "key",
                *kind,
                *shelf.columns,
                "version",
                "recorded_at",
                "recorded_by",
            ),
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
