"""Shell completion of what is in the registry: names of parties, and references.

It never makes a registry, and says nothing when it cannot read one.
"""

import os
import re
from collections.abc import Callable

import typer

from caseledger import names
from caseledger.db.location import locate
from caseledger.db.reading import Reader, reading
from caseledger.errors import CaseledgerError
from caseledger.references import LETTERS

_MOST = 50

Candidates = list[tuple[str, str]]
"""What may be meant, each with what is said of it."""

_SHOWN = {
    "cases": "title",
    "sources": "title",
    "actions": "kind || ' of ' || (SELECT s.name FROM parties s WHERE s.id = subject_id)",
    "tallies": "description",
    "affiliations": "relation",
    "kinships": "relation",
    "citations": "coalesce(phrase, section, '')",
}
"""What is said of a record beside its reference; its name where it has one."""


def organizations(ctx: typer.Context, incomplete: str) -> Candidates:
    """Organizations by any form of their names, or by reference."""
    return _read(ctx, lambda reader: _parties(reader, incomplete, ("organization",), "O"))


def people(ctx: typer.Context, incomplete: str) -> Candidates:
    """People by any form of their names, or by reference."""
    return _read(ctx, lambda reader: _parties(reader, incomplete, ("person", "group"), "PG"))


def groups(ctx: typer.Context, incomplete: str) -> Candidates:
    """Groups of unnamed people by what the source says of them, or by reference."""
    return _read(ctx, lambda reader: _parties(reader, incomplete, ("group",), "G"))


def anything(ctx: typer.Context, incomplete: str) -> Candidates:
    """Parties by name, or any record by reference."""
    kinds = ("person", "organization", "group")
    return _read(ctx, lambda reader: _parties(reader, incomplete, kinds, "POGACST"))


def kinds() -> list[str]:
    """Kinds of action."""
    from caseledger.vocabulary import ActionKind

    return list(ActionKind)


def cases(ctx: typer.Context, incomplete: str) -> Candidates:
    """Cases by title or reference."""
    return _read(ctx, lambda reader: _titled(reader, incomplete, "C"))


def sources(ctx: typer.Context, incomplete: str) -> Candidates:
    """Sources by title or reference."""
    return _read(ctx, lambda reader: _titled(reader, incomplete, "S"))


def actions(ctx: typer.Context, incomplete: str) -> Candidates:
    """Actions by reference."""
    return _read(ctx, lambda reader: _references(reader, incomplete or "A", "A"))


def tallies(ctx: typer.Context, incomplete: str) -> Candidates:
    """Tallies by reference."""
    return _read(ctx, lambda reader: _references(reader, incomplete or "T", "T"))


def references(ctx: typer.Context, incomplete: str) -> Candidates:
    """Records of every kind by reference, once the letter is there."""
    return _read(ctx, lambda reader: _references(reader, incomplete, "".join(LETTERS)))


class _Offered(str):
    r"""A candidate that begins as typed in every sense but the letter's: `cjng`, `Gulf\ C`.

    Typer drops what does not begin with the very text; which it is was settled by the key.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """It does."""
        return True


def _read(ctx: typer.Context, candidates: Callable[[Reader], Candidates]) -> Candidates:
    given = ctx.find_root().params.get("db") or os.environ.get("CASELEDGER_DB")
    try:
        with reading(locate(given)) as reader:
            found = candidates(reader)
    except (CaseledgerError, UnicodeError):  # what is typed may be no text
        return []
    return [(_Offered(_as_typed(value)), told) for value, told in found]


def _as_typed(value: str) -> str:
    """A candidate as Bash, which puts it into the line as it is, must have it; others quote it."""
    if not os.environ.get("_CASELEDGER_COMPLETE", "").endswith("bash"):
        return value
    match _open_quote(os.environ.get("COMP_WORDS", "")):
        case '"':
            return re.sub(r'([\\"$`])', r"\\\1", value)
        case "'":
            return value.replace("'", "'\\''")
        case _:
            return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)


def _open_quote(line: str) -> str:
    """The quotation mark that a line leaves open, if one."""
    left = re.sub(r"""\\.|'[^']*'|"(?:\\.|[^"\\])*\"""", "", line, flags=re.DOTALL)
    return next((mark for mark in left if mark in "'\""), "")


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


def _titled(reader: Reader, incomplete: str, letter: str) -> Candidates:
    """Cases or sources, by how the title begins; each by its reference where nothing is typed."""
    if not incomplete:
        return _references(reader, letter, letter)
    key = names.key(incomplete)
    rows = reader.rows(
        f"SELECT title, '{letter}' || id FROM {LETTERS[letter].table} WHERE title_key >= :key"
        " AND title_key < :after AND withdrawn_at IS NULL ORDER BY title, id LIMIT :most",
        {"key": key, "after": f"{key}\U0010ffff", "most": _MOST},
    )
    return [(title, ref) for title, ref in rows] + _references(reader, incomplete, letter)


def _references(reader: Reader, incomplete: str, letters: str) -> Candidates:
    """References that begin as typed, once the letter is there."""
    letter = incomplete[:1].upper()
    if not letter or letter not in letters or not (incomplete[1:] + "0").isdigit():
        return []
    kept = LETTERS[letter]
    kind = f" AND kind = '{kept.what}'" if kept.table == "parties" else ""
    rows = reader.rows(
        f"SELECT id, {_SHOWN.get(kept.table, 'name')} FROM {kept.table}"
        f" WHERE withdrawn_at IS NULL{kind} AND CAST(id AS TEXT) LIKE :digits"
        " ORDER BY id LIMIT :most",
        {"digits": f"{incomplete[1:]}%", "most": _MOST},
    )
    return [(f"{incomplete[:1]}{record_id}", str(shown)) for record_id, shown in rows]
