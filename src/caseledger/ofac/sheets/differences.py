"""What changed from one version to another: added, removed, renamed, re-tagged."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from caseledger.errors import RefusedError
from caseledger.ofac.mirror.versions import version_called, versions
from caseledger.sheet import About, Sheet

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.sheet import Row

_COLUMNS = ("uid", "change", "type", "name", "programs", "before", "after")

_IN_A = "since <= :a AND (until IS NULL OR until > :a)"
_IN_B = "since <= :b AND (until IS NULL OR until > :b)"
_ORDER = ("added", "removed", "renamed", "re-tagged")


def differences_sheet(reader: Reader, first: str | None, second: str | None) -> Sheet:
    """The differences, by kind and number. Raises NoVersionError, RefusedError."""
    if first is None or second is None:
        there = versions(reader)
        if len(there) < 2:
            raise RefusedError("there are no two lists to compare: `caseledger import ofac` them")
        a, b = there[-2:]
    else:
        a, b = version_called(reader, first), version_called(reader, second)
    rows = _rows(reader, a.id, b.id)
    counts = {kind: sum(row[1] == kind for row in rows) for kind in _ORDER}
    return Sheet(
        f"OFAC's list from {a.published} to {b.published}",
        _COLUMNS,
        rows,
        criteria={"a": a.published, "b": b.published},
        about=lambda: About(counts=counts),
    )


def _rows(reader: Reader, a: int, b: int) -> list[Row]:
    given = {"a": a, "b": b}
    types = [_as_of(reader, "ofac_entries", "type", number) for number in (a, b)]
    names = [_as_of(reader, "ofac_names", "name", number, "number = 0") for number in (a, b)]
    programs = [_programs(reader, number) for number in (a, b)]
    found: list[Row] = []
    for uid in types[1].keys() - types[0].keys():
        tags = _said(programs[1][uid])
        found.append((uid, "added", types[1][uid], names[1].get(uid), tags, None, None))
    for uid in types[0].keys() - types[1].keys():
        tags = _said(programs[0][uid])
        found.append((uid, "removed", types[0][uid], names[0].get(uid), tags, None, None))
    differing = {
        row[0]
        for table in ("ofac_names", "ofac_programs")
        for row in reader.rows(f"SELECT uid FROM {table} WHERE ({_IN_A}) <> ({_IN_B})", given)
    }
    for uid in differing & types[0].keys() & types[1].keys():
        kind, name = types[1][uid], names[1].get(uid)
        tags = _said(programs[1][uid])
        if names[0].get(uid) != name:
            found.append((uid, "renamed", kind, name, tags, names[0].get(uid), name))
        if programs[0][uid] != programs[1][uid]:
            before = _said(programs[0][uid])
            found.append((uid, "re-tagged", kind, name, tags, before, tags))
    return sorted(found, key=lambda row: (_ORDER.index(str(row[1])), row[0]))


def _as_of(
    reader: Reader, table: str, column: str, number: int, only: str = "uid > 0"
) -> dict[int, Any]:
    return dict(
        reader.rows(f"SELECT uid, {column} FROM {table} WHERE {only} AND {_IN_A}", {"a": number})
    )


def _programs(reader: Reader, number: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for uid, program in reader.rows(
        f"SELECT uid, program FROM ofac_programs WHERE {_IN_A}", {"a": number}
    ):
        found[uid].add(program)
    return found


def _said(programs: set[str]) -> str:
    return "; ".join(sorted(programs))
