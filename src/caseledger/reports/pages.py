"""The page of one record: everything that is recorded of it, each line with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseledger import references
from caseledger.db.reading import first
from caseledger.errors import CaseledgerError, NotFoundError
from caseledger.lookup import Found, find, find_party, find_reference
from caseledger.reports.actions import NO_FINDING, source_line
from caseledger.reports.tallies import recorded, tallies_of
from caseledger.reports.wording import DETAILS, detail
from caseledger.vocabulary import Kin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.sheet import SourceLine


@dataclass(slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What is recorded of one party, case, tally, source or action."""

    title: str
    facts: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    sources: list[SourceLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, heading: str, lines: list[str]) -> None:
        """A section, where there is anything to say in it."""
        if lines:
            self.sections.append(Section(heading, lines))


def page(reader: Reader, text: str) -> Page:
    """The page of what a name or a reference means.

    A name is looked for among parties, then among cases. Raises the errors of lookup.
    """
    found = _find(reader, text)
    if found.kind in {"person", "organization", "group"}:
        return _party_page(reader, found)
    if found.kind == "case":
        return _case_page(reader, found)
    if found.kind == "tally":
        return _tally_page(reader, found)
    if found.kind == "source":
        return _source_page(reader, found)
    if found.kind == "action":
        return _actions_page(reader, found)
    return _plain_page(reader, found)


def _find(reader: Reader, text: str) -> Found:
    if reference := references.parse(text):
        return find_reference(reader, reference)
    try:
        return find_party(reader, text)
    except NotFoundError as error:
        for sort in ("case", "source"):
            try:
                return find(reader, text, sort)
            except CaseledgerError:
                continue
        raise error from None


def _said(title: str | None, standing: str, period: str | None) -> str:
    """What qualifies an affiliation."""
    parts = [title, "alleged" if standing == "alleged" else None, period]
    inside = ", ".join(part for part in parts if part)
    return f" ({inside})" if inside else ""


def _party_page(reader: Reader, found: Found) -> Page:
    given = {"id": found.id}
    page_ = Page(f"{found.reference} {found.name}")
    if found.kind == "organization":
        row = first(
            reader,
            "SELECT type, is_named FROM organizations_overview WHERE organization_id = :id",
            given,
        )
        page_.facts.append(row[0] if row[0] != "unknown" else "organization of unknown type")
        named = row[1]
    else:
        row = first(
            reader,
            "SELECT is_named, people, people_qualifier, sex, birth, nationality"
            "  FROM people WHERE party_id = :id",
            given,
        )
        named = row[0]
        page_.facts += _person_facts(found.kind, row)
    if not named and found.kind != "group":
        page_.facts.append("not named by its source: described")
    page_.add(
        "Other names",
        [
            f"{name} ({kind})"
            for name, kind in reader.rows(
                "SELECT name, kind FROM names WHERE party_id = :id AND withdrawn_at IS NULL"
                " AND kind <> 'primary' ORDER BY id",
                given,
            )
        ],
    )
    page_.add(
        "Affiliations",
        [
            f"{ref} {relation}{_joiner(relation)}{organization}{_said(title, standing, period)}{_cited(source, phrase)}"
            for ref, relation, organization, title, standing, period, source, phrase in reader.rows(
                "SELECT ref, relation, organization_ref || ' ' || organization, title, standing, period,"
                " source, phrase FROM affiliations_overview WHERE party_id = :id ORDER BY affiliation_id",
                given,
            )
        ],
    )
    page_.add(
        "Affiliated to it",
        [
            f"{ref} {party}: {relation}{_said(title, standing, period)}{_cited(source, None)}"
            for ref, party, relation, title, standing, period, source in reader.rows(
                "SELECT ref, party_ref || ' ' || party, relation, title, standing, period, source"
                "  FROM affiliations_overview WHERE organization_id = :id ORDER BY affiliation_id",
                given,
            )
        ],
    )
    page_.add("Kin", list(_kin(reader, found.id)))
    page_.add(
        "Counted in",
        [
            f"G{group} {name}"
            for group, name in reader.rows(
                "SELECT p.id, p.name FROM group_members m JOIN parties p ON p.id = m.group_id"
                " WHERE m.member_id = :id ORDER BY p.id",
                given,
            )
        ],
    )
    page_.add(
        "Already counted in it",
        [
            f"{kind[0].upper()}{member} {name}"
            for member, kind, name in reader.rows(
                "SELECT p.id, p.kind, p.name FROM group_members m JOIN parties p ON p.id = m.member_id"
                " WHERE m.group_id = :id AND p.withdrawn_at IS NULL ORDER BY p.id",
                given,
            )
        ],
    )
    page_.add("Actions", list(_actions(reader, "subject_id = :id", given)))
    if found.kind == "organization":
        page_.add(
            "Cases that concern it",
            [
                f"{ref} {title}"
                for ref, title in reader.rows(
                    "SELECT ref, title FROM cases_overview WHERE organization_id = :id"
                    " ORDER BY case_id",
                    given,
                )
            ],
        )
    _close(reader, page_, "party_id", found.id)
    return page_


def _joiner(relation: str) -> str:
    """The word between a relation and its organization."""
    return {"linked": " to ", "acts for": " "}.get(relation, " of ")


def _person_facts(kind: str, row: Any) -> Iterator[str]:
    _, people, qualifier, sex, birth, nationality = row
    if kind == "group":
        number = people if people is not None else "an unstated number of"
        exact = "" if qualifier in {"exactly", "words"} else f"{qualifier} "
        yield f"{exact}{number} people, counted and not named"
    if sex:
        yield sex
    if birth:
        yield f"born {birth}"
    if nationality:
        yield f"nationality {nationality}"


def _kin(reader: Reader, person: int) -> Iterator[str]:
    for relation, relative, source, phrase in reader.rows(
        "SELECT relation, relative_ref || ' ' || relative, source, phrase FROM kinships_overview"
        " WHERE person_id = :id ORDER BY kinship_id",
        {"id": person},
    ):
        yield f"{relation} {relative}{_cited(source, phrase)}"
    for relation, relative, source, phrase in reader.rows(
        "SELECT relation, person_ref || ' ' || person, source, phrase FROM kinships_overview"
        " WHERE relative_id = :id ORDER BY kinship_id",
        {"id": person},
    ):
        yield f"{Kin(relation).inverse} {relative}{_cited(source, phrase)}"


def _cited(source: str | None, phrase: str | None) -> str:
    said = f", “{phrase}”" if phrase else ""
    return f" [{source}{said}]" if source else ""


_LINE = (
    "action_id",
    "action",
    "kind",
    "date",
    "date_kind",
    "date_basis",
    "subject_ref",
    "subject",
    "authority",
    "announced_by",
    "cooperation",
    "place",
    "country",
    "case_title",
    "summary",
    "source",
    "phrase",
)


def _actions(
    reader: Reader, condition: str, given: dict[str, Any], *, subject: bool = False
) -> Iterator[str]:
    """A line for each action, in order of date."""
    last = None
    for row in reader.rows(
        f"SELECT {', '.join((*_LINE, *DETAILS))} FROM report_actions WHERE {condition}"
        " ORDER BY coalesce(earliest, latest) ASC NULLS LAST, latest ASC NULLS LAST,"
        " action_id ASC, affiliation_id ASC NULLS LAST",
        given,
    ):
        if row[0] != last:
            last = row[0]
            cell = dict(zip(_LINE, row, strict=False))
            yield _action_line(cell, detail(cell["kind"], row[len(_LINE) :]), subject=subject)


def _action_line(cell: dict[str, Any], words: str, *, subject: bool) -> str:
    when = cell["date"] or "undated"
    if cell["date_kind"] == "announced":
        when += " (announced)"
    if cell["date_basis"] == "inferred":
        when += " (inferred)"
    whom = f" of {cell['subject_ref']} {cell['subject']}" if subject else ""
    rest = (
        words,
        cell["authority"] and f"by {cell['authority']}",
        cell["announced_by"] and f"announced by {cell['announced_by']}",
        cell["cooperation"] and f"with {cell['cooperation']}",
        ", ".join(part for part in (cell["place"], cell["country"]) if part),
        cell["case_title"] and f"case: {cell['case_title']}",
        cell["summary"],
    )
    told = "; ".join(part for part in rest if part)
    return (
        f"{cell['action']} {when}: {cell['kind']}{whom}{f' — {told}' if told else ''}"
        f"{_cited(cell['source'], cell['phrase'])}"
    )


def _case_page(reader: Reader, found: Found) -> Page:
    given = {"id": found.id}
    docket, court, organization_id, organization = first(
        reader,
        "SELECT docket, court, organization_id, organization FROM cases_overview"
        " WHERE case_id = :id",
        given,
    )
    page_ = Page(f"{found.reference} {found.name}")
    page_.facts += [fact for fact in (docket and f"docket {docket}", court) if fact]
    if organization:
        page_.facts.append(f"concerns O{organization_id} {organization}")
    page_.add("Actions", list(_actions(reader, "case_id = :id", given, subject=True)))
    _close(reader, page_, "case_id", found.id)
    return page_


def _tally_page(reader: Reader, found: Found) -> Page:
    given = {"id": found.id}
    [tally] = tallies_of(reader, "tally_id = :id", given)
    page_ = Page(f"{found.reference} {tally.sentence}")
    page_.facts.append(f"claimed: {tally.claim} ({tally.description})")
    if tally.period:
        basis = " (inferred)" if tally.period_basis == "inferred" else ""
        page_.facts.append(f"period: {tally.period}{basis}")
    if tally.program:
        page_.facts.append(f"programme: {tally.program}")
    number = recorded(reader, tally)
    page_.facts.append(f"recorded: {number or 'nothing of the kind is recorded here'}")
    row = first(reader, "SELECT part_of, phrase FROM tallies_overview WHERE tally_id = :id", given)
    if row[0]:
        page_.facts.append(f"part of {row[0]}")
    if row[1]:
        page_.facts.append(f"as printed: “{row[1]}”")
    inside = "action_id IN (SELECT action_id FROM tally_actions WHERE tally_id = :id)"
    page_.add("Inside it, says the source", list(_actions(reader, inside, given, subject=True)))
    page_.notes.append("A total is not added to the records that it contains.")
    _close(reader, page_, "tally_id", found.id)
    return page_


def _source_page(reader: Reader, found: Found) -> Page:
    given = {"id": found.id}
    row = first(
        reader,
        "SELECT publisher, published, published_basis, url, retrieved, sha256, citations"
        "  FROM sources_overview WHERE source_id = :id",
        given,
    )
    names = (
        "publisher",
        "published",
        "basis of the date",
        "url",
        "retrieved",
        "sha256",
        "citations",
    )
    page_ = Page(f"{found.reference} {found.name}")
    page_.facts += [f"{name}: {value}" for name, value in zip(names, row, strict=True) if value]
    cited = (
        "action_id IN (SELECT action_id FROM citations"
        " WHERE source_id = :id AND withdrawn_at IS NULL)"
    )
    page_.add("Actions", list(_actions(reader, cited, given, subject=True)))
    return page_


def _actions_page(reader: Reader, found: Found) -> Page:
    given = {"id": found.id}
    page_ = Page(f"{found.reference} {found.name}")
    page_.add("Action", list(_actions(reader, "action_id = :id", given, subject=True)))
    ended = "action_id IN (SELECT id FROM actions WHERE ends_id = :id)"
    page_.add("Ended by", list(_actions(reader, ended, given)))
    page_.add("Citations", list(_citations(reader, "action_id", found.id)))
    _close(reader, page_, "action_id", found.id)
    return page_


def _citations(reader: Reader, column: str, record_id: int) -> Iterator[str]:
    for ref, source, section, phrase in reader.rows(
        "SELECT 'L' || id, 'S' || source_id, section, phrase FROM citations"
        f" WHERE {column} = :id AND withdrawn_at IS NULL ORDER BY id",
        {"id": record_id},
    ):
        said = f": “{phrase}”" if phrase else ""
        yield f"{ref} {source}{f', {section}' if section else ''}{said}"


def _plain_page(reader: Reader, found: Found) -> Page:
    """A relation, a name or a citation: what it is, and how it is known."""
    page_ = Page(f"{found.reference} {found.kind}: {found.name}")
    column = f"{found.kind}_id"
    if found.kind != "citation":
        page_.add("Citations", list(_citations(reader, column, found.id)))
        _close(reader, page_, column, found.id)
    return page_


def _close(reader: Reader, page_: Page, column: str, record_id: int) -> None:
    """The sources of a record and of the actions on it, and the caution."""
    condition = f"l.{column} = :id"
    if column == "party_id":
        condition = (
            "l.id IN (SELECT id FROM citations WHERE party_id = :id"
            " UNION SELECT c.id FROM citations c JOIN actions a ON a.id = c.action_id"
            " WHERE a.subject_id = :id"
            " UNION SELECT c.id FROM citations c JOIN affiliations f ON f.id = c.affiliation_id"
            " WHERE f.party_id = :id"
            " UNION SELECT c.id FROM citations c JOIN names n ON n.id = c.name_id"
            " WHERE n.party_id = :id)"
        )
    elif column == "case_id":
        condition = (
            "l.id IN (SELECT id FROM citations WHERE case_id = :id"
            " UNION SELECT c.id FROM citations c JOIN actions a ON a.id = c.action_id"
            " WHERE a.case_id = :id)"
        )
    rows = reader.rows(
        "SELECT ref, title, publisher, published, published_basis, url FROM sources_overview"
        f" WHERE source_id IN (SELECT l.source_id FROM citations l WHERE {condition}"
        " AND l.withdrawn_at IS NULL) ORDER BY source_id",
        {"id": record_id},
    )
    page_.sources = [source_line(row) for row in rows]
    if any(section.heading.startswith("Action") for section in page_.sections):
        page_.notes.append(NO_FINDING)
