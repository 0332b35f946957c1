"""What a party is, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.db.reading import first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from caseledger.db.reading import Reader

PERSON = """
    SELECT p.is_named, p.name, d.sex, d.birth, d.nationality, d.suffix
      FROM parties p JOIN persons d ON d.id = p.id
     WHERE p.id = :id"""

ORGANIZATION = """
    SELECT p.is_named, d.type
      FROM parties p JOIN organizations d ON d.id = p.id
     WHERE p.id = :id"""

GROUP = "SELECT headcount, qualifier, words FROM unnamed_groups WHERE id = :id"

UNNAMED = "not named by the source, only described"


def person(reader: Reader, party: int) -> str:
    """`person; male; born 1970; nationality MX`."""
    is_named, name, sex, birth, nationality, suffix = _read(reader, PERSON, party)
    return _said(
        "person" if is_named else f"person, {UNNAMED}",
        sex,
        suffix if suffix and suffix not in name else None,
        birth and f"born {birth}",
        nationality and f"nationality {nationality}",
    )


def organization(reader: Reader, party: int) -> str:
    """`cartel`; `smuggling network, not named by the source, only described`."""
    is_named, type_ = _read(reader, ORGANIZATION, party)
    what = "organization of unknown type" if type_ == "unknown" else type_
    return what if is_named else f"{what}, {UNNAMED}"


def group(reader: Reader, party: int) -> str:
    """`at least 6 people, counted by the source and not named`."""
    headcount, qualifier, words = _read(reader, GROUP, party)
    if headcount is None:
        return f"people, counted by the source as “{words}” and not named"
    number = headcount if qualifier == "exactly" else f"{qualifier} {headcount}"
    return f"{number} people, counted by the source and not named"


def _read(reader: Reader, sql: str, party: int) -> Any:
    return first(reader, sql, {"id": party})


def _said(*parts: str | None) -> str:
    return "; ".join(_known(parts))


def _known(parts: Iterable[str | None]) -> Iterable[str]:
    return (part for part in parts if part)
