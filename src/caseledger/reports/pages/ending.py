"""What an action ends, and what later ended it: an arrest is not an end state."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.db.reading import Reader

ENDS = """
    SELECT a.id, e.id, e.kind, e.date, s.name, upper(substr(s.kind, 1, 1)) || s.id AS subject_ref,
           CASE WHEN e.subject_id = a.subject_id THEN 1 ELSE 0 END AS same
      FROM actions a
      JOIN actions e ON e.id = a.ends_id
      JOIN parties s ON s.id = e.subject_id
     WHERE {within}
     ORDER BY a.id"""

ENDED_BY = """
    SELECT a.id, e.id, e.kind, e.date, s.name, upper(substr(s.kind, 1, 1)) || s.id AS subject_ref,
           CASE WHEN e.subject_id = a.subject_id THEN 1 ELSE 0 END AS same
      FROM actions a
      JOIN actions e ON e.ends_id = a.id AND e.withdrawn_at IS NULL
      JOIN parties s ON s.id = e.subject_id
     WHERE {within}
     ORDER BY a.id, e.id"""


def endings(reader: Reader, ids: Sequence[int]) -> dict[int, list[str]]:
    """By the id of an action: `ends A2 (arrest, 2022)`, `ended by A31 (release, 2024-09)`.

    Where only one of several people was released, it says which: the others were not.
    """
    given = {"ids": reader.ids(ids)}
    within = reader.within("a.id", "ids")
    said: dict[int, list[str]] = {}
    for action, ended, kind, date, name, ref, same in reader.rows(
        ENDS.format(within=within), given
    ):
        what = kind if same else f"{kind} of {ref} {name}"
        said.setdefault(action, []).append(f"ends A{ended} ({what}, {date or 'undated'})")
    for action, end, kind, date, name, ref, same in reader.rows(
        ENDED_BY.format(within=within), given
    ):
        whom = "" if same else f" for {ref} {name}"
        said.setdefault(action, []).append(f"ended{whom} by A{end} ({kind}, {date or 'undated'})")
    return said
