"""Which actions are asked for: criteria as they are typed, and the ids that answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger import programs
from caseledger.errors import UsageError
from caseledger.lookup import Found, find, find_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caseledger.dates import Interval
    from caseledger.db.reading import Reader
    from caseledger.reports.criteria import Criteria

IN_ORDER = """coalesce({0}earliest, {0}latest) ASC NULLS LAST,
         {0}latest ASC NULLS LAST, {0}{1} ASC"""
"""Rows by date: the earliest day, else the latest; undated last; then the latest day, then id."""


class Selection:
    """The actions that were asked for, as SQL over ids; and what to say of them."""

    def __init__(self, reader: Reader, limit: int | None) -> None:
        self.reader = reader
        self.limit = limit
        self.conditions = ["a.withdrawn_at IS NULL"]
        self.parameters: dict[str, Any] = {}
        self.asked: dict[str, object] = {}
        """The criteria as they were understood, by the name of the option."""
        self.organizations: dict[int, Found] = {}
        """Those asked for, with their factions; empty when none was."""
        self.kin: dict[int, str] = {}
        """Relatives of leaders, by id, and what they are to them."""
        self.since: str | None = None
        self.until: str | None = None

    @property
    def all_ids(self) -> str:
        """SQL for the ids of all the actions, whatever the limit."""
        return f"SELECT a.id FROM actions a WHERE {' AND '.join(self.conditions)}"

    @property
    def ids(self) -> str:
        """SQL for the ids of the actions that are shown."""
        if self.limit is None:
            return self.all_ids
        order = IN_ORDER.format("a.", "id")
        return f"SELECT id FROM ({self.all_ids} ORDER BY {order} LIMIT {self.limit}) AS shown"

    def among(self, expression: str, *, limited: bool = True) -> str:
        """The condition that an expression is the id of one of the actions."""
        ids = self.ids if limited else self.all_ids
        if self.reader.dialect == "postgresql":
            # As an array: PostgreSQL stops reordering joins at eight tables, and would build the
            # whole view before it looks at a subquery's ids.
            return f"{expression} = ANY(ARRAY({ids}))"
        return f"{expression} IN ({ids})"

    @property
    def has_period(self) -> bool:
        """Whether a period was asked for."""
        return self.since is not None or self.until is not None


def select(reader: Reader, criteria: Criteria) -> Selection:
    """Understand the criteria.

    Raises UsageError for a value that cannot be read, and the errors of lookup for a name that is
    not there.
    """
    chosen = Selection(reader, criteria.limit)
    if criteria.organizations:
        _by_organization(chosen, criteria)
    if criteria.people:
        _by_person(chosen, criteria.people)
    if criteria.kinds:
        _by_kind(chosen, criteria.kinds)
    for name, sort, column in _BY_RECORD:
        text = getattr(criteria, name)
        if text is not None:
            found = find(reader, text, sort)
            chosen.parameters[name] = found.id
            chosen.conditions.append(column)
            chosen.asked[name] = str(found)
    if criteria.program is not None:
        chosen.parameters["program"] = programs.key(criteria.program)
        chosen.conditions.append(_BY_PROGRAM)
        chosen.asked["program"] = criteria.program
    if criteria.country is not None:
        _by_country(chosen, criteria.country)
    _by_period(chosen, criteria)
    if criteria.limit is not None:
        chosen.asked["limit"] = criteria.limit
    return chosen


_CITING = """a.id IN (SELECT l.action_id FROM citations l
    WHERE l.source_id = :source AND l.withdrawn_at IS NULL)"""

_BY_RECORD = (
    ("authority", "organization", "a.authority_id = :authority"),
    ("case", "case", "a.case_id = :case"),
    ("source", "source", _CITING),
)

_BY_PROGRAM = f"""a.id IN (
    SELECT d.id FROM designations d WHERE {programs.key_sql("d.program")} = :program
     UNION
    SELECT d.id FROM delistings d WHERE {programs.key_sql("d.program")} = :program)"""

_FACTIONS = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM organizations WHERE {asked}
         UNION
        SELECT f.party_id FROM affiliations f JOIN below b ON b.id = f.organization_id
         WHERE f.relation = 'faction' AND f.withdrawn_at IS NULL)
    SELECT p.id, p.name FROM below b JOIN parties p ON p.id = b.id WHERE p.kind = 'organization'
     ORDER BY p.id"""


def _by_organization(chosen: Selection, criteria: Criteria) -> None:
    """Those who are, or are affiliated to, an organization; and the cases that concern it."""
    reader = chosen.reader
    asked = [find_party(reader, text, "organization") for text in criteria.organizations]
    chosen.organizations = {found.id: found for found in asked}
    chosen.asked["organization"] = [str(found) for found in asked]
    if criteria.factions:
        given = {"asked": reader.ids(set(chosen.organizations))}
        query = _FACTIONS.format(asked=reader.within("id", "asked"))
        for party_id, name in reader.rows(query, given):
            faction = Found(party_id, "organization", name, f"O{party_id}")
            chosen.organizations.setdefault(party_id, faction)
        factions = [str(found) for found in chosen.organizations.values() if found not in asked]
        if factions:
            chosen.asked["factions"] = factions
    else:
        chosen.asked["no_factions"] = True
    given = {"organizations": reader.ids(set(chosen.organizations))}
    within = reader.within("organization_id", "organizations")
    subjects = set(chosen.organizations) | _ids(
        reader,
        f"SELECT party_id FROM affiliations WHERE {within} AND withdrawn_at IS NULL",
        given,
    )
    if criteria.include_family:
        chosen.asked["include_family"] = True
        chosen.kin = _kin_of_leaders(reader, within, given)
        subjects |= set(chosen.kin)
    cases = _ids(reader, f"SELECT id FROM cases WHERE {within} AND withdrawn_at IS NULL", given)
    chosen.parameters |= {"subjects": reader.ids(subjects), "cases": reader.ids(cases)}
    by_subject = reader.within("subject_id", "subjects")
    by_case = reader.within("case_id", "cases")
    # Never an OR across two columns: that is a scan of all actions.
    chosen.conditions.append(
        f"a.id IN (SELECT id FROM actions WHERE {by_subject}"
        f" UNION SELECT id FROM actions WHERE {by_case})"
    )


def _ids(reader: Reader, sql: str, given: dict[str, Any]) -> set[int]:
    return {row[0] for row in reader.rows(sql, given)}


def _kin_of_leaders(reader: Reader, within: str, given: dict[str, Any]) -> dict[int, str]:
    """Relatives of leaders, one step away, and what they are to them: nothing else of them."""
    from caseledger.vocabulary import Kin  # noqa: PLC0415 - rarely asked for

    leaders = (
        f"SELECT party_id FROM affiliations WHERE {within}"
        " AND relation = 'leader' AND withdrawn_at IS NULL"
    )
    kin: dict[int, list[str]] = {}
    for person, relation, leader in reader.rows(
        "SELECT person_id, relation, relative FROM kinships_overview"
        f" WHERE relative_id IN ({leaders}) ORDER BY kinship_id",
        given,
    ):
        kin.setdefault(person, []).append(f"{relation} {leader}")
    for relative, relation, leader in reader.rows(
        "SELECT relative_id, relation, person FROM kinships_overview"
        f" WHERE person_id IN ({leaders}) ORDER BY kinship_id",
        given,
    ):
        kin.setdefault(relative, []).append(f"{Kin(relation).inverse} {leader}")
    return {person: "; ".join(dict.fromkeys(relations)) for person, relations in kin.items()}


def _by_person(chosen: Selection, people: Iterable[str]) -> None:
    """What was done to a person, or to people of whom the source counts them as one.

    A smaller group counted in a larger one brings its people along.
    """
    reader = chosen.reader
    asked = [find_party(reader, text, in_any_order=True) for text in people]
    chosen.asked["person"] = [str(found) for found in asked]
    chosen.parameters["people"] = reader.ids({found.id for found in asked})
    themselves = reader.within("id", "people")
    chosen.conditions.append(
        "a.subject_id IN (WITH RECURSIVE counted(id) AS ("
        f"SELECT id FROM parties WHERE {themselves} UNION"
        " SELECT m.group_id FROM group_members m JOIN counted c ON c.id = m.member_id)"
        " SELECT id FROM counted)"
    )


def _by_kind(chosen: Selection, kinds: Sequence[str]) -> None:
    from caseledger.vocabulary import ActionKind  # noqa: PLC0415 - seventeen enums

    known = []
    for kind in kinds:
        word = kind.strip().lower()
        if word not in set(ActionKind):
            from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

            near = get_close_matches(word, list(ActionKind), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UsageError(f"--kind is one of: {', '.join(ActionKind)}; not {kind!r}{hint}")
        known.append(word)
    listed = ", ".join(f"'{word}'" for word in known)
    chosen.conditions.append(f"a.kind IN ({listed})")
    chosen.asked["kind"] = known


def _by_country(chosen: Selection, text: str) -> None:
    """Where it was done; for a surrender also from and to where."""
    from caseledger import countries  # noqa: PLC0415 - rarely asked for

    try:
        code = countries.code(text)
    except ValueError as error:
        raise UsageError(f"--country: {error}") from error
    chosen.parameters["country"] = code
    chosen.conditions.append(
        "a.id IN (SELECT id FROM actions WHERE country = :country"
        " UNION SELECT id FROM extraditions WHERE from_country = :country"
        " UNION SELECT id FROM extraditions WHERE to_country = :country)"
    )
    chosen.asked["country"] = code


def _by_period(chosen: Selection, criteria: Criteria) -> None:
    """What may fall in the period, or with `certain` what lies wholly in it."""
    since, until = _date(criteria.since, "--since"), _date(criteria.until, "--until")
    chosen.since = since.earliest if since else None
    chosen.until = until.latest if until else None
    if chosen.since and chosen.until and chosen.since > chosen.until:
        raise UsageError(f"--since {criteria.since} is after --until {criteria.until}")
    if criteria.certain and not chosen.has_period:
        raise UsageError("--certain goes with --since or --until")
    lower = "a.earliest" if criteria.certain else "coalesce(a.latest, '9999-12-31')"
    upper = "a.latest" if criteria.certain else "coalesce(a.earliest, '0001-01-01')"
    for name, bound, condition in (
        ("since", since, f"{lower} >= :since"),
        ("until", until, f"{upper} <= :until"),
    ):
        if bound:
            chosen.parameters[name] = getattr(chosen, name)
            chosen.conditions.append(condition)
            chosen.asked[name] = bound.text
    if criteria.certain:
        chosen.asked["certain"] = True


def _date(text: str | None, option: str) -> Interval | None:
    if text is None:
        return None
    from caseledger import dates  # noqa: PLC0415 - only where a period is asked for

    try:
        date = dates.point(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
    if date.earliest is None or date.latest is None:
        raise UsageError(f"{option} takes a year, a month or a day; not {date.text}")
    return date
