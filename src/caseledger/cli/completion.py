"""Shell completion of what is in the registry: names of parties, and references.

It never makes a registry, and says nothing when it cannot read one.
"""

import os
from collections.abc import Callable

import typer

from caseledger import names
from caseledger.db.location import locate
from caseledger.db.reading import Reader, reading
from caseledger.errors import CaseledgerError
from caseledger.references import LETTERS

_MOST = 50

Candidates = list[tuple[str, str]]


def organizations(ctx: typer.Context, incomplete: str) -> Candidates:
    """Organizations by any form of their names, or by reference."""
    return _read(ctx, lambda reader: _parties(reader, incomplete, ("organization",), "O"))


def people(ctx: typer.Context, incomplete: str) -> Candidates:
    """People by any form of their names, or by reference."""
    return _read(ctx, lambda reader: _parties(reader, incomplete, ("person", "group"), "PG"))


def anything(ctx: typer.Context, incomplete: str) -> Candidates:
    """Parties by name, or any record by reference."""
    kinds = ("person", "organization", "group")
    return _read(ctx, lambda reader: _parties(reader, incomplete, kinds, "POGACST"))


def kinds() -> list[str]:
    """Kinds of action."""
    from caseledger.vocabulary import ActionKind

    return list(ActionKind)


def cases(ctx: typer.Context, incomplete: str) -> Candidates:
    """Cases by reference."""
    return _read(ctx, lambda reader: _references(reader, incomplete, "C"))


def sources(ctx: typer.Context, incomplete: str) -> Candidates:
    """Sources by reference."""
    return _read(ctx, lambda reader: _references(reader, incomplete, "S"))


def _read(ctx: typer.Context, candidates: Callable[[Reader], Candidates]) -> Candidates:
    given = ctx.find_root().params.get("db") or os.environ.get("CASELEDGER_DB")
    try:
        with reading(locate(given)) as reader:
            return candidates(reader)
    except CaseledgerError:
        return []


def _parties(reader: Reader, incomplete: str, kinds: tuple[str, ...], letters: str) -> Candidates:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    key = names.key(incomplete)
    given = {"key": key, "after": f"{key}\U0010ffff", "most": _MOST}
    rows = reader.rows(
        "SELECT name, upper(substr(kind, 1, 1)) || id, name FROM parties"
        f" WHERE name_key >= :key AND name_key < :after AND kind IN ({listed})"
        " AND withdrawn_at IS NULL"
        " UNION SELECT n.name, upper(substr(p.kind, 1, 1)) || p.id, p.name"
        "   FROM names n JOIN parties p ON p.id = n.party_id"
        f" WHERE n.name_key >= :key AND n.name_key < :after AND p.kind IN ({listed})"
        " AND n.withdrawn_at IS NULL AND p.withdrawn_at IS NULL ORDER BY 1 LIMIT :most",
        given,
    )
    found = [(name, f"{ref} {shown}") for name, ref, shown in rows]
    return found + _references(reader, incomplete, letters)


def _references(reader: Reader, incomplete: str, letters: str) -> Candidates:
    """References that begin as typed, once the letter is there."""
    letter = incomplete[:1].upper()
    if not letter or letter not in letters or not (incomplete[1:] + "0").isdigit():
        return []
    kept = LETTERS[letter]
    name = {"cases": "title", "sources": "title", "actions": "kind", "tallies": "description"}
    kind = f" AND kind = '{kept.what}'" if kept.table == "parties" else ""
    rows = reader.rows(
        f"SELECT id, {name.get(kept.table, 'name')} FROM {kept.table}"
        f" WHERE withdrawn_at IS NULL{kind} AND CAST(id AS TEXT) LIKE :digits"
        " ORDER BY id LIMIT :most",
        {"digits": f"{incomplete[1:]}%", "most": _MOST},
    )
    return [(f"{incomplete[:1]}{record_id}", str(shown)) for record_id, shown in rows]
