"""Tallies: what a source claims, and beside it, never added to it, what is recorded here.

Recorded are the actions that the source itself puts inside the total, together with those that
match its measure, authority, programme and period. The numbers need not agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseledger import programs
from caseledger.reports.counting import count_people, subjects_of
from caseledger.sheet import Brief, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.db.reading import Reader
    from caseledger.reports.selection import Selection
    from caseledger.sheet import Row

MATCHES = f"""
    SELECT w.tally_id, w.action_id, 1 AS certain
      FROM tally_actions w JOIN actions a ON a.id = w.action_id
     WHERE a.withdrawn_at IS NULL
     UNION ALL
    SELECT t.id, a.id,
           CASE WHEN (t.earliest IS NULL OR a.earliest >= t.earliest)
                 AND (t.latest IS NULL OR a.latest <= t.latest) THEN 1 ELSE 0 END
      FROM tallies t
      JOIN actions a ON a.authority_id = t.authority_id AND a.kind = t.measure
      JOIN parties s ON s.id = a.subject_id
       AND (s.kind = 'organization') = (t.unit = 'organizations')
      LEFT JOIN designations d ON d.id = a.id
      LEFT JOIN delistings e ON e.id = a.id
     WHERE a.withdrawn_at IS NULL AND t.withdrawn_at IS NULL
       AND coalesce(a.latest, '9999-12-31') >= coalesce(t.earliest, '0001-01-01')
       AND coalesce(a.earliest, '0001-01-01') <= coalesce(t.latest, '9999-12-31')
       AND (t.program IS NULL
            OR {programs.key_sql("coalesce(d.program, e.program)")}
             = {programs.key_sql("t.program")})"""
"""Which recorded actions are inside which tally, and whether they certainly are."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How much of a tally is recorded here."""

    certain: int
    possible: int
    """So many more that may be in the period."""

    def __str__(self) -> str:
        more = f" and {self.possible} more that may be" if self.possible else ""
        return f"{self.certain}{more}"

    @property
    def here(self) -> str:
        """`1 recorded in this registry, and 2 more that may be in it`: whatever a report shows."""
        more = f", and {self.possible} more that may be in it" if self.possible else ""
        return f"{self.certain} recorded in this registry{more}"


@dataclass(frozen=True, slots=True)
class Tally:
    """A total that a source claims."""

    id: int
    ref: str
    description: str
    measure: str | None
    unit: str
    qualifier: str
    minimum: int | None
    maximum: int | None
    words: str | None
    period: str | None
    period_basis: str | None
    authority: str | None
    program: str | None

    @property
    def claim(self) -> str:
        """The number as the source gives it: `26`, `over 100`, `20-30`, `several dozen`."""
        if self.words is not None:
            return self.words
        number = str(self.minimum)
        if self.maximum not in {self.minimum, None}:
            number += f"-{self.maximum}"
        return number if self.qualifier == "exactly" else f"{self.qualifier} {number}"

    @property
    def sentence(self) -> str:
        """`OFAC designated 26 individuals under EO 14059`."""
        done = _DONE.get(self.measure or "")
        if self.authority and done and self.unit in _COUNTED:
            under = f" under {self.program}" if self.program else ""
            counted = _COUNTED[self.unit][self.claim != "1"]
            return f"{self.authority} {done} {self.claim} {counted}{under}"
        by = f"{self.authority}: " if self.authority else ""
        return f"{by}{self.claim} {self.description}"


_DONE = {"designation": "designated", "delisting": "delisted", "arrest": "arrested"}
_COUNTED = {"people": ("individual", "individuals"), "organizations": ("entity", "entities")}
"""What is counted, one of it and more."""

_COLUMNS = (
    "tally_id, ref, description, measure, unit, qualifier, minimum, maximum, words,"
    " period, period_basis, authority, program"
)


def tallies_of(
    reader: Reader, condition: str = "1 = 1", given: Mapping[str, object] | None = None
) -> list[Tally]:
    """The tallies that meet a condition on `tallies_overview`."""
    select = f"SELECT {_COLUMNS} FROM tallies_overview WHERE {condition} ORDER BY tally_id"
    return [Tally(*row) for row in reader.rows(select, given)]


def recorded(reader: Reader, tally: Tally) -> Recorded | None:
    """What is recorded of a tally; None where it counts what no action is (warrants, tips).

    People are compared with people; an arrest of six people is six arrests.
    """
    if tally.unit not in {"people", "organizations", "arrests", "convictions"}:
        return None
    certain = _count(reader, tally, "m.certain = 1")
    return Recorded(certain, _count(reader, tally, "1 = 1") - certain)


def _count(reader: Reader, tally: Tally, condition: str) -> int:
    matched = f"SELECT m.action_id FROM ({MATCHES}) m WHERE m.tally_id = :tally AND {condition}"
    given = {"tally": tally.id}
    if tally.unit in {"people", "organizations"}:
        people = count_people(reader, subjects_of(reader, f"a.id IN ({matched})", given))
        return people.organizations if tally.unit == "organizations" else people.all
    rows = reader.rows(
        "SELECT coalesce(sum(CASE s.kind WHEN 'person' THEN 1 ELSE g.headcount END), 0)"
        "  FROM actions a JOIN parties s ON s.id = a.subject_id"
        "  LEFT JOIN unnamed_groups g ON g.id = s.id"
        f" WHERE a.id IN ({matched})",
        given,
    )
    return int(next(iter(rows))[0])


def containing(selection: Selection) -> list[Tally]:
    """The tallies that contain one of the actions shown, or may."""
    shown = selection.among("m.action_id")
    condition = f"tally_id IN (SELECT m.tally_id FROM ({MATCHES}) m WHERE {shown})"
    return tallies_of(selection.reader, condition, selection.parameters)


def claimed_and_recorded(reader: Reader, tally: Tally) -> str:
    """`OFAC designated 26 individuals under EO 14059; 2 recorded in this registry`."""
    found = recorded(reader, tally)
    return f"{tally.sentence}; {found.here}" if found else tally.sentence


COLUMNS = (
    "ref",
    "authority",
    "claimed",
    "unit",
    "description",
    "measure",
    "program",
    "period",
    "period_basis",
    "part_of",
    "recorded",
    "possibly",
    "source",
    "section",
    "phrase",
)


def tallies_sheet(reader: Reader) -> Sheet:
    """Every tally, claimed and recorded."""
    return Sheet("Tallies", COLUMNS, list(_rows(reader)), brief=Brief(_BRIEF, _brief))


_BRIEF = ("ref", "claim", "period", "recorded", "source")


def _brief(row: Row) -> tuple[str, ...]:
    """A row where there is little room: the claim as a sentence's worth of cells."""
    cell = dict(zip(COLUMNS, (("" if value is None else str(value)) for value in row), strict=True))
    claim = f"{cell['claimed']} {cell['description']}"
    if cell["authority"]:
        claim = f"{cell['authority']}: {claim}"
    if cell["part_of"]:
        claim += f" (of {cell['part_of']})"
    period = cell["period"] + (", inferred" if cell["period_basis"] == "inferred" else "")
    found = cell["recorded"] + (
        f" and possibly {cell['possibly']}" if cell["possibly"] not in {"", "0"} else ""
    )
    return (cell["ref"], claim, period, found, cell["source"])


def _rows(reader: Reader) -> Iterator[Row]:
    rest: dict[int, Any] = {
        row[0]: row[1:]
        for row in reader.rows(
            "SELECT tally_id, part_of, source, section, phrase FROM tallies_overview"
        )
    }
    for tally in tallies_of(reader):
        found = recorded(reader, tally)
        part_of, *cited = rest[tally.id]
        yield (
            tally.ref,
            tally.authority,
            tally.claim,
            tally.unit,
            tally.description,
            tally.measure,
            tally.program,
            tally.period,
            tally.period_basis,
            part_of,
            found.certain if found else None,
            found.possible if found else None,
            *cited,
        )
