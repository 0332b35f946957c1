"""Which entries a list that came in has to do with, so that the rest is let be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.ofac.ledger.shelves import DATASET

if TYPE_CHECKING:
    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader

_SPANS = ("ofac_entries", "ofac_names", "ofac_programs", "ofac_cells", "ofac_joins")


def touched_by(reader: Reader, version: int) -> set[int]:
    """The entries of which something begins or ends with a list, or with the one after it.

    With the one after, because a list that comes between two narrows the dates of the later one.
    """
    after = first(
        reader, "SELECT min(id) FROM ofac_versions WHERE id > :version", {"version": version}
    )[0]
    given = {"version": version, "after": version if after is None else after}
    changes = " UNION ".join(
        f"SELECT uid FROM {table} WHERE since IN (:version, :after) OR until IN (:version, :after)"
        for table in _SPANS
    )
    return {uid for (uid,) in reader.rows(changes, given)}


def others_changed(writer: Writer) -> bool:
    """Whether other sources say anything new since the last time, and remember what they say.

    If so, any entry may be somebody else, or any action known already.
    """
    told = [
        first(
            writer,
            f"SELECT count(*), coalesce(sum(version), 0), max(id) FROM {table}"
            f" WHERE dataset <> '{DATASET}'{which}",
        )
        for table, which in (
            ("parties", ""),
            ("names", ""),
            ("actions", " AND kind IN ('designation', 'delisting')"),
        )
    ]
    now = "; ".join(",".join(map(str, row)) for row in told)
    before = first(writer, "SELECT others FROM ofac_settled")
    if before is None:
        writer.insert("ofac_settled", ("id", "others"), [(1, now)])
        return True
    writer.update("ofac_settled", ("others",), ("id",), [(now, 1)])
    return bool(before[0] != now)
