"""Finding a record by reference or by name.

Names are matched with accents, case, hyphens and spacing ignored, in every recorded form. Nothing
is ever picked: several, or only a part of a name, is an error that lists the candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger import names, references
from caseledger.db.reading import first
from caseledger.errors import AmbiguousError, NoReferenceError, NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from caseledger.db.reading import Reader
    from caseledger.fields import Sort

PARTY_SORTS = {
    "party": frozenset({"person", "organization", "group"}),
    "person": frozenset({"person"}),
    "organization": frozenset({"organization"}),
    "group": frozenset({"group"}),
}
"""Which kinds of party a sort of reference may be to."""

_SHOWN = 8
"""How many candidates a message names; more would not be read."""


class Found(NamedTuple):
    """A record that was looked for."""

    id: int
    kind: str
    """What it is: `person`, `organization`, `group`, `case`, `source`, `action`, `tally` …"""
    name: str
    reference: str
    by_nickname: bool = False
    """Found only by a form that may be said of many."""

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


_PARTIES_BY_KEY = """
    SELECT p.id, p.kind, p.name, 0 AS weak FROM parties p
     WHERE p.name_key = :key AND p.withdrawn_at IS NULL
     UNION ALL
    SELECT p.id, p.kind, p.name,
           CASE WHEN n.kind IN ('nickname', 'weak', 'description') THEN 1 ELSE 0 END AS weak
      FROM names n JOIN parties p ON p.id = n.party_id
     WHERE n.name_key = :key AND n.withdrawn_at IS NULL AND p.withdrawn_at IS NULL"""

_ALL_FORMS = """
    SELECT p.id, p.kind, p.name, p.name AS form FROM parties p WHERE p.withdrawn_at IS NULL
     UNION ALL
    SELECT p.id, p.kind, p.name, n.name AS form
      FROM names n JOIN parties p ON p.id = n.party_id
     WHERE n.withdrawn_at IS NULL AND p.withdrawn_at IS NULL"""


def parties_named(
    reader: Reader, name: str, sort: Sort, *, in_any_order: bool = False
) -> list[Found]:
    """Every party of a sort that goes by that name, in whatever form of it is recorded.

    `ROE, Juan` is Juan Roe. With `in_any_order`, for those who only ask, people are found by
    `Roe Juan` too, if by nothing nearer: that alone is too little to record anything on them.
    """
    keys = dict.fromkeys((names.key(name), names.key(names.turned(name))))
    found = [party for key in keys for party in _called(reader, key, sort)]
    if not found and in_any_order:
        orders = names.in_other_orders(name)
        found = [p for key in orders for p in _called(reader, key, sort) if p.kind == "person"]
    unique = {party.id: party for party in found}
    return sorted(unique.values(), key=lambda party: party.id)


def _called(reader: Reader, key: str, sort: Sort) -> list[Found]:
    found: dict[int, Found] = {}
    for party_id, kind, shown, weak in reader.rows(_PARTIES_BY_KEY, {"key": key}):
        if kind in PARTY_SORTS[sort] and not (party_id in found and weak):
            found[party_id] = _party(party_id, kind, shown, weak=bool(weak))
    return list(found.values())


def parties_like(reader: Reader, name: str, sort: Sort) -> list[Found]:
    """Parties whose name is similar enough that a new one might be the same under a slip."""
    from caseledger.likeness import similar  # noqa: PLC0415 - only when a name is not there

    return _among_forms(reader, sort, lambda forms: similar(names.fold(name), forms))


def _among_forms(
    reader: Reader, sort: Sort, choose: Callable[[Sequence[str]], Iterable[int]]
) -> list[Found]:
    rows = [row for row in reader.rows(_ALL_FORMS) if row[1] in PARTY_SORTS[sort]]
    chosen = choose([names.fold(row[3]) for row in rows])
    parties = (_party(*rows[index][:3]) for index in chosen)
    return list({party.id: party for party in parties}.values())


def _party(party_id: int, kind: str, name: str, *, weak: bool = False) -> Found:
    return Found(party_id, kind, name, f"{kind[0].upper()}{party_id}", by_nickname=weak)


def find_party(
    reader: Reader, text: str, sort: Sort = "party", *, in_any_order: bool = False
) -> Found:
    """The party that a reference or a name means.

    Raises NoReferenceError, AmbiguousError (several, or only a part of a name), NotFoundError with
    the nearest names.
    """
    if reference := references.parse(text):
        found = find_reference(reader, reference)
        if found.kind not in PARTY_SORTS[sort]:
            raise UsageError(f"{found.reference} is {_a(found.kind)}, not {_a(sort)}")
        return found
    if not names.key(text):
        raise UsageError(f"{text!r} is no name: it has no letter and no digit")
    exact = parties_named(reader, text, sort, in_any_order=in_any_order)
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise AmbiguousError(sort, text, _listed(exact), part=False)
    fold = names.fold(text)
    parts = _among_forms(
        reader,
        sort,
        lambda forms: (i for i, form in enumerate(forms) if names.tokens_within(fold, form)),
    )
    if parts:
        in_order = sorted(parts, key=lambda party: party.id)
        raise AmbiguousError(sort, text, _listed(in_order), part=True)
    raise NotFoundError(sort, text, nearest_names(reader, text, sort))


def nearest_names(reader: Reader, text: str, sort: Sort) -> list[str]:
    """The names that a mistyped one may have meant, in the form that is nearest."""
    from caseledger.likeness import nearest  # noqa: PLC0415 - only when a name is not there

    forms = [row[3] for row in reader.rows(_ALL_FORMS) if row[1] in PARTY_SORTS[sort]]
    chosen = nearest(names.fold(text), [names.fold(form) for form in forms], limit=3)
    return list(dict.fromkeys(forms[index] for index in chosen))


def _listed(found: Sequence[Found]) -> list[str]:
    shown = [str(party) for party in found[:_SHOWN]]
    rest = len(found) - len(shown)
    return [*shown, f"and {rest} more"] if rest else shown


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


_RECORDS = {
    "parties": "SELECT kind, name FROM parties",
    "actions": "SELECT 'action', kind FROM actions",
    "cases": "SELECT 'case', title FROM cases",
    "sources": "SELECT 'source', title FROM sources",
    "tallies": "SELECT 'tally', description FROM tallies",
    "affiliations": "SELECT 'affiliation', relation FROM affiliations",
    "kinships": "SELECT 'kinship', relation FROM kinships",
    "names": "SELECT 'name', name FROM names",
    "citations": "SELECT 'citation', coalesce(phrase, section, '') FROM citations",
}


def find_reference(
    reader: Reader, reference: references.Reference, *, withdrawn: bool = False
) -> Found:
    """The living record of a reference; with `withdrawn`, one that was withdrawn too.

    Raises NoReferenceError, also where the letter is not the record's (P for an organization).
    """
    select = f"{_RECORDS[reference.kept.table]} WHERE id = :id"
    if not withdrawn:
        select += " AND withdrawn_at IS NULL"
    row = first(reader, select, {"id": reference.id})
    if row is None or row[0] != reference.kept.what:
        raise NoReferenceError(str(reference))
    return Found(reference.id, row[0], row[1], str(reference))


_TITLED = {
    "case": ("C", "SELECT id, title FROM cases WHERE withdrawn_at IS NULL AND "),
    "source": ("S", "SELECT id, title FROM sources WHERE withdrawn_at IS NULL AND "),
}

_BY_NUMBER = {
    "case": f"{_TITLED['case'][1]} lower(docket) = lower(:text) ORDER BY id",
    "source": f"{_TITLED['source'][1]} url = :text ORDER BY id",
}
"""A case by its docket number, a source by its address: what an analyst has at hand."""


def find(reader: Reader, text: str, sort: Sort) -> Found:
    """The record of a sort that a reference, a name or a title means.

    Raises what `find_party` raises; actions and tallies go by reference only (UsageError).
    """
    if sort in PARTY_SORTS:
        return find_party(reader, text, sort)
    if reference := references.parse(text):
        if reference.kept.what != sort:
            raise UsageError(f"{reference} is {_a(reference.kept.what)}, not {_a(sort)}")
        return find_reference(reader, reference)
    if sort not in _TITLED:
        raise UsageError(f"{text!r} is no reference to {_a(sort)}")
    letter, select = _TITLED[sort]
    by_title = reader.rows(select + "title_key = :key ORDER BY id", {"key": names.key(text)})
    rows = list(by_title) or list(reader.rows(_BY_NUMBER[sort], {"text": text.strip()}))
    exact = [Found(row[0], sort, row[1], f"{letter}{row[0]}") for row in rows]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise AmbiguousError(sort, text, _listed(exact), part=False)
    return _no_title(reader, text, sort)


def _no_title(reader: Reader, text: str, sort: Sort) -> Found:
    """Raise, with the titles of which the text is a part, or the nearest."""
    from caseledger.likeness import nearest  # noqa: PLC0415 - only when a title is not there

    letter, select = _TITLED[sort]
    rows = list(reader.rows(select + "1 = 1 ORDER BY id"))
    folds = [names.fold(row[1]) for row in rows]
    fold = names.fold(text)
    parts = [
        Found(row[0], sort, row[1], f"{letter}{row[0]}")
        for row, other in zip(rows, folds, strict=True)
        if fold and names.tokens_within(fold, other)
    ]
    if parts:
        raise AmbiguousError(sort, text, _listed(parts), part=True)
    raise NotFoundError(sort, text, [rows[i][1] for i in nearest(fold, folds, limit=3)])
