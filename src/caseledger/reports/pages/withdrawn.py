"""The page of a record that was withdrawn: that it was, why, and what it said.

The views hide such records, so it is read from the tables as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.db.reading import first
from caseledger.db.schema import TableSchema, tables
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.page import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

NO_FACT = "A withdrawn record is in no report: it should never have been there."

_PARTY = "SELECT upper(substr(kind, 1, 1)) || id || ' ' || name FROM parties"

_NAMED = {
    **dict.fromkeys(("parties", "persons", "organizations", "unnamed_groups"), _PARTY),
    "actions": "SELECT 'A' || id || ' ' || kind FROM actions",
    "cases": "SELECT 'C' || id || ' ' || title FROM cases",
    "sources": "SELECT 'S' || id || ' ' || title FROM sources",
    "affiliations": "SELECT 'F' || id || ' ' || relation FROM affiliations",
    "kinships": "SELECT 'K' || id || ' ' || relation FROM kinships",
    "names": "SELECT 'N' || id || ' ' || name FROM names",
    "tallies": "SELECT 'T' || id || ' ' || description FROM tallies",
}

_UNTOLD = frozenset(
    {
        *("id", "kind", "dataset", "key", "version", "is_named", "recorded_at", "recorded_by"),
        *("corrected_at", "withdrawn_at", "withdrawn_reason"),
    }
)

_CITED = """
    SELECT source_id, section, phrase FROM citations
     WHERE {} = :id AND (withdrawn_at IS NULL OR withdrawn_reason LIKE :along) ORDER BY id"""


def withdrawn_page(reader: Reader, found: Found, table: str) -> Page:
    """When and why it was withdrawn, who recorded it, and what it said, with its citations."""
    citing = Citing(reader)
    citing.note(NO_FACT)
    when, why, recorded, by = first(
        reader,
        f"SELECT withdrawn_at, withdrawn_reason, recorded_at, recorded_by FROM {table}"
        " WHERE id = :id",
        {"id": found.id},
    )
    said = [f"WITHDRAWN {when}: {why}", f"recorded {recorded} by {by}"]
    said += dict.fromkeys(_said(reader, found.id, table))  # a detail may repeat its spine
    return Page(
        f"{found}, withdrawn",
        said,
        [Section("Citations", _citations(citing, found))],
        citing.about,
    )


def _said(reader: Reader, record_id: int, table: str) -> Iterator[str]:
    """What the record said, a column at a time, and whom it named in tables of their own."""
    schema = tables(reader)
    for part in schema:
        columns = [column for column, _, _ in part.columns]
        if part.name == table or ("id", table) in part.references:
            yield from _columns(reader, part, columns, record_id)
        elif "id" not in columns:
            yield from _links(reader, part, table, record_id)


def _columns(
    reader: Reader, part: TableSchema, columns: list[str], record_id: int
) -> Iterator[str]:
    select = f"SELECT {', '.join(columns)} FROM {part.name} WHERE id = :id"
    refers = dict(part.references)
    for row in reader.rows(select, {"id": record_id}):
        for column, value in zip(columns, row, strict=True):
            worked_out = column.endswith(("_key", "earliest", "latest"))
            if value is None or column in _UNTOLD or worked_out:
                continue
            label = column.removesuffix("_id").replace("_", " ")
            yield f"{label}: {_named(reader, refers.get(column), value)}"


def _links(reader: Reader, part: TableSchema, table: str, record_id: int) -> Iterator[str]:
    """What belongs to a record without being one: agencies that took part, who was counted."""
    targets = {column: _spine(to) for column, to in part.references}
    if len(targets) != 2 or table not in targets.values():
        return
    for own, other in (tuple(targets), tuple(reversed(targets))):
        if targets[own] == table:
            rows = reader.rows(
                f"SELECT {other} FROM {part.name} WHERE {own} = :id ORDER BY {other}",
                {"id": record_id},
            )
            for (value,) in list(rows):
                yield f"{other.removesuffix('_id')}: {_named(reader, targets[other], value)}"


def _spine(table: str) -> str:
    """The table of which another keeps the details of some rows."""
    return "parties" if _NAMED.get(table) is _PARTY else table


def _named(reader: Reader, table: str | None, value: Any) -> str:
    """A value; what it refers to, by reference and name."""
    select = _NAMED.get(table or "")
    row = select and first(reader, f"{select} WHERE id = :id", {"id": value})
    return str(row[0]) if row else str(value)


def _citations(citing: Citing, found: Found) -> Iterator[str]:
    """The citations that went with it."""
    column = "party_id" if found.reference[0] in "POG" else f"{found.kind}_id"
    if found.kind in {"source", "citation"}:
        return
    given = {"id": found.id, "along": f"with {found.reference}: %"}
    for source, section, phrase in list(citing.reader.rows(_CITED.format(column), given)):
        yield citing.place(source, section, phrase)
