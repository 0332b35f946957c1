"""What was withdrawn: kept, in no report, and here to be looked at and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.references import parse
from caseledger.reports.criteria import Criteria
from caseledger.reports.selection import select
from caseledger.sheet import Sheet

if TYPE_CHECKING:
    from caseledger.db.reading import Reader

COLUMNS = ("ref", "what", "name", "withdrawn", "reason", "recorded", "recorded_by")

_TABLES = (
    ("actions", "'A' || r.id", "r.kind", "p.name", "JOIN parties p ON p.id = r.subject_id"),
    ("parties", "upper(substr(r.kind, 1, 1)) || r.id", "r.kind", "r.name", ""),
    ("cases", "'C' || r.id", "'case'", "r.title", ""),
    ("sources", "'S' || r.id", "'source'", "r.title", ""),
    (
        *("affiliations", "'F' || r.id", "'affiliation'", "p.name || ': ' || r.relation"),
        "JOIN parties p ON p.id = r.party_id",
    ),
    (
        *("kinships", "'K' || r.id", "'kinship'", "p.name || ': ' || r.relation"),
        "JOIN parties p ON p.id = r.person_id",
    ),
    ("names", "'N' || r.id", "'name'", "r.name", ""),
    ("tallies", "'T' || r.id", "'tally'", "r.description", ""),
    ("citations", "'L' || r.id", "'citation'", "coalesce(r.phrase, r.section, '')", ""),
)
"""Of each table: the reference of a row, what it is, what it is called, and what that needs."""

_ALONG = ("names", "citations")
"""What may be withdrawn along with a record, and comes back with it: told with that record."""


def withdrawn_sheet(reader: Reader) -> Sheet:
    """Every record that was withdrawn by itself, in the order in which it was."""
    selects = []
    for rank, (table, ref, what, name, joined) in enumerate(_TABLES):
        alone = " AND r.withdrawn_reason NOT LIKE 'with _%: %'" if table in _ALONG else ""
        selects.append(
            f"SELECT {ref} AS ref, {what} AS what, {name} AS name, r.withdrawn_at AS withdrawn,"
            " r.withdrawn_reason AS reason, r.recorded_at AS recorded,"
            f" r.recorded_by AS recorded_by, {rank} AS place, r.id AS id FROM {table} r {joined}"
            f" WHERE r.withdrawn_at IS NOT NULL{alone}"
        )
    rows = reader.rows(
        f"SELECT {', '.join(COLUMNS)} FROM ({' UNION ALL '.join(selects)}) AS gone"
        " ORDER BY withdrawn ASC, place ASC, id ASC"
    )
    return Sheet("Withdrawn", COLUMNS, rows)


def affiliated_to(reader: Reader, text: str) -> str | None:
    """`O4 Gulf Cartel`, to which a living affiliation ties somebody; None for any other record."""
    reference = parse(text)
    if reference is None or reference.letter != "F":
        return None
    row = first(
        reader,
        "SELECT p.id, p.name FROM affiliations f JOIN parties p ON p.id = f.organization_id"
        " WHERE f.id = :id AND f.withdrawn_at IS NULL",
        {"id": reference.id},
    )
    return f"O{row[0]} {row[1]}" if row else None


def reported(reader: Reader, organization: str | None) -> set[int]:
    """The ids of the actions in a report on an organization."""
    if organization is None:
        return set()
    chosen = select(reader, Criteria(organizations=[organization.split(" ")[0]]))
    return {row[0] for row in reader.rows(chosen.all_ids, chosen.parameters)}
