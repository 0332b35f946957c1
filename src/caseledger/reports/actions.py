"""The report: one row per action, by date, with the affiliations that were asked for."""

from __future__ import annotations

from functools import partial
from itertools import starmap
from typing import TYPE_CHECKING, Any

from caseledger.reports.selection import IN_ORDER, Selection, select
from caseledger.reports.wording import DETAILS, detail, tie_in_words
from caseledger.sheet import About, Brief, Sheet, SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from caseledger.db.reading import Reader
    from caseledger.reports.criteria import Criteria
    from caseledger.sheet import Row

COLUMNS = (
    "action",
    "kind",
    "date",
    "date_kind",
    "date_basis",
    "subject",
    "subject_ref",
    "aliases",
    "people",
    "relation",
    "title",
    "standing",
    "organization",
    "authority",
    "announced_by",
    "place",
    "country",
    "detail",
    "case",
    "source",
    "section",
    "phrase",
    "url",
)
"""The columns of a report, exactly and in this order: what spreadsheets are built on."""

NO_FINDING = "An arrest, a charge or a designation is not a finding of guilt."

# What is read of the view, in the order in which a row is put together from it.
_KEYS = ("action_id", "subject_id", "organization_id", "case_organization_id", "case_organization")
_BEFORE = (
    "action",
    "kind",
    "date",
    "date_kind",
    "date_basis",
    "subject",
    "subject_ref",
    "aliases",
    "people",
)
_TIE = ("relation", "title", "standing", "organization")
_MIDDLE = ("authority", "announced_by", "place", "country")
_AFTER = ("case_title", "source", "section", "phrase", "url")
_READ = (*_KEYS, *_BEFORE, *_TIE, *_MIDDLE, *_AFTER, *DETAILS)

_B = len(_KEYS)
_T = _B + len(_BEFORE)
_M = _T + len(_TIE)
_A = _M + len(_MIDDLE)
_D = _A + len(_AFTER)


def report(reader: Reader, criteria: Criteria) -> Sheet:
    """The actions that were asked for. Raises UsageError and the errors of lookup."""
    selection = select(reader, criteria)
    return Sheet(
        title=_title(selection),
        columns=COLUMNS,
        rows=_fold(reader.rows(sql(selection), selection.parameters), selection),
        criteria=selection.asked,
        about=partial(_about, selection),
        brief=Brief(_BRIEF, _brief),
        uncertain=partial(_is_uncertain, selection) if selection.has_period else None,
    )


def sql(selection: Selection) -> str:
    """The statement behind a report: columns of one view, by the ids of actions."""
    order = IN_ORDER.format("", "action_id")
    return (
        f"SELECT {', '.join(_READ)} FROM report_actions WHERE {selection.among('action_id')}"
        f" ORDER BY {order}, organization ASC NULLS LAST, relation ASC NULLS LAST,"
        " affiliation_id ASC NULLS LAST"
    )


def _fold(rows: Iterable[Any], selection: Selection) -> Iterator[Row]:
    """One row per action from one per action and affiliation, as they come."""
    wanted = selection.organizations
    first: Any = None
    ties: list[Any] = []
    for row in rows:
        if first is None or row[0] != first[0]:
            if first is not None:
                yield _row(first, ties, selection)
            first, ties = row, []
        if row[2] is not None and (not wanted or row[2] in wanted):
            ties.append(row[_T:_M])
    if first is not None:
        yield _row(first, ties, selection)


def _row(row: Any, ties: list[Any], selection: Selection) -> Row:
    if len(ties) == 1:
        tie = ties[0]
    elif ties:
        tie = tuple("; ".join(cell or "" for cell in cells) for cells in zip(*ties, strict=True))
    else:
        tie = _untied(row, selection)
    words = detail(row[_B + 1], row[_D:])
    cells: Row = (*row[_B:_T], *tie, *row[_M:_A], words, *row[_A:_D])
    return cells


def _untied(row: Any, selection: Selection) -> tuple[str | None, ...]:
    """Why an action is here whose subject is not affiliated to what was asked for."""
    wanted = selection.organizations
    if row[1] in wanted:
        return (None, None, None, wanted[row[1]].name)
    if row[3] in wanted:
        return ("case concerns", None, None, row[4])
    if row[1] in selection.kin:
        return (selection.kin[row[1]], None, None, None)
    return (None, None, None, None)


_BRIEF = ("action", "date", "kind", "subject", "tie", "detail", "source")


def _brief(row: Row) -> tuple[str, ...]:
    """A row where there is little room: what qualifies a cell stands in it."""
    cell = dict(zip(COLUMNS, (("" if value is None else str(value)) for value in row), strict=True))
    qualified = [cell["date"]]
    if cell["date_kind"] == "announced":
        qualified.append("announced")
    if cell["date_basis"] == "inferred":
        qualified.append("inferred")
    subject = cell["subject"] + (f" ({cell['aliases']})" if cell["aliases"] else "")
    if cell["people"] not in {"0", "1", ""}:
        subject += f" [{cell['people']} people]"
    return (
        cell["action"],
        ", ".join(part for part in qualified if part),
        cell["kind"],
        subject,
        _ties_in_words(cell),
        _joined(
            cell["detail"],
            cell["authority"] and f"by {cell['authority']}",
            cell["announced_by"] and f"announced by {cell['announced_by']}",
        ),
        cell["source"],
    )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _ties_in_words(cell: dict[str, str]) -> str:
    """`member of CJNG (Plaza Boss in Colima), alleged`: each affiliation whole, by `; `."""
    if not cell["standing"]:
        return tie_in_words(cell["relation"], cell["organization"])
    columns = [cell[name].split("; ") for name in _TIE]
    if len({len(column) for column in columns}) == 1:
        return "; ".join(starmap(tie_in_words, _in_words_order(columns)))
    # A title or a name has a semicolon of its own: whose it is cannot be told from several.
    relation, title, standing, organization = (cell[name] for name in _TIE)
    if "; " in relation:
        standing = ""
        relation = "; ".join(
            f"{what}, alleged" if said == "alleged" else what
            for what, said in zip(columns[0], columns[2], strict=True)
        )
        return f"{relation}: {organization}" + (f" ({title})" if title else "")
    return tie_in_words(relation, organization, title, standing)


def _in_words_order(columns: list[list[str]]) -> Iterator[tuple[str, str, str, str]]:
    for relation, title, standing, organization in zip(*columns, strict=True):
        yield relation, organization, title, standing


def _is_uncertain(selection: Selection, row: Row) -> bool:
    """Whether a row only may fall in the period: its date does not lie wholly in it."""
    from caseledger import dates  # noqa: PLC0415 - only where a period is asked for

    text = row[2]
    date = dates.point(str(text)) if text else None
    earliest, latest = (date.earliest, date.latest) if date else (None, None)
    return not dates.falls_wholly(earliest, latest, selection.since, selection.until)


def _title(selection: Selection) -> str:
    asked = selection.asked
    organizations = asked.get("organization") or asked.get("person")
    if isinstance(organizations, list):
        return "Actions: " + ", ".join(organizations)
    return "Actions"


def _about(selection: Selection) -> About:
    """The counts, kept apart and whatever the limit; then tallies, sources and cautions."""
    # A CSV says nothing of these, and does not pay for them.
    from caseledger.reports.counting import count_people, subjects_of  # noqa: PLC0415
    from caseledger.reports.tallies import claimed_and_recorded, containing  # noqa: PLC0415

    reader, given = selection.reader, selection.parameters
    condition = selection.among("a.id", limited=False)
    actions = next(iter(reader.rows(f"SELECT count(*) FROM actions a WHERE {condition}", given)))[0]
    people = count_people(reader, subjects_of(reader, condition, given))
    tallies = containing(selection)
    sources = reader.rows(
        "SELECT ref, title, publisher, published, published_basis, url FROM sources_overview"
        " WHERE source_id IN (SELECT l.source_id FROM citations l"
        f" WHERE {selection.among('l.action_id')} AND l.withdrawn_at IS NULL"
        " UNION SELECT l.source_id FROM citations l"
        f" WHERE {reader.within('l.tally_id', 'tallies')} AND l.withdrawn_at IS NULL)"
        " ORDER BY source_id",
        {**given, "tallies": reader.ids({tally.id for tally in tallies})},
    )
    return About(
        counts={
            "actions": actions,
            "named people": people.named,
            "unnamed people": people.unnamed_in_words,
            "organizations": people.organizations,
        },
        tallies=[claimed_and_recorded(reader, tally) for tally in tallies],
        sources=[source_line(row) for row in sources],
        notes=(NO_FINDING,),
    )


def source_line(row: Any) -> SourceLine:
    """A row of `sources_overview`: ref, title, publisher, published, its basis, url."""
    ref, title, publisher, published, basis, url = row
    if published and basis == "inferred":
        published = f"{published} (inferred)"
    return SourceLine(ref, title, publisher, published, url)
