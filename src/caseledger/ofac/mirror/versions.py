"""The versions that the mirror has: which are there, and which stand beside one another."""

# No `from __future__ import annotations` here: a named tuple compiles each annotation that is text.
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.db.reading import Reader, first
from caseledger.errors import UsageError
from caseledger.ofac import moments
from caseledger.ofac.errors import NoVersionError, TakenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.ofac.parse.files import GivenFile

_COLUMNS = (
    "id, published, form, has_aliases, has_addresses, has_comments, entries, names, addresses, "
    "comments, unaddressed, highest, imported_at, imported_by"
)


class Version(NamedTuple):
    """One list of the registry, as its row stands."""

    id: int
    published: str
    form: str
    has_aliases: int
    has_addresses: int
    has_comments: int
    entries: int
    names: int
    addresses: int
    comments: int
    unaddressed: int | None
    """Entries without an address row; None where no list of addresses was given."""
    highest: int
    imported_at: str
    imported_by: str


def versions(reader: Reader) -> list[Version]:
    """All of them, in the order of their publication."""
    rows = reader.rows(f"SELECT {_COLUMNS} FROM ofac_versions ORDER BY id")
    return [Version(*row) for row in rows]


def version_at(reader: Reader, number: int | None) -> Version | None:
    """The version of a number."""
    row = first(reader, f"SELECT {_COLUMNS} FROM ofac_versions WHERE id = :id", {"id": number})
    return row and Version(*row)


def version_called(reader: Reader, text: str) -> Version:
    """The version published then; a day alone is enough where it has one. Raises NoVersionError."""
    try:
        moment = moments.published(text)
    except UsageError:
        moment = text
    rows = list(
        reader.rows(
            f"SELECT {_COLUMNS} FROM ofac_versions"
            " WHERE published = :moment OR substr(published, 1, 10) = :moment ORDER BY id",
            {"moment": moment},
        )
    )
    exact = [row for row in rows if row[1] == moment] or rows
    if len(exact) != 1:
        there = [row[1] for row in rows] or [version.published for version in versions(reader)[-3:]]
        raise NoVersionError(text, there)
    return Version(*exact[0])


def digests(reader: Reader, number: int) -> dict[str, str]:
    """The files of a version: their digests by part."""
    rows = reader.rows("SELECT part, sha256 FROM ofac_files WHERE version_id = :id", {"id": number})
    return dict(rows)


def closings(reader: Reader, number: int) -> dict[str, int | None]:
    """Whether each file had its closing 0x1A in the last version before this one that has it."""
    rows = reader.rows(
        "SELECT part, closed FROM ofac_files f WHERE version_id = (SELECT max(version_id)"
        " FROM ofac_files g WHERE g.part = f.part AND g.version_id < :id)",
        {"id": number},
    )
    return dict(rows)


def unaddressed(reader: Reader, number: int) -> int | None:
    """How many entries had no address row in the last version before this one that can tell."""
    row = first(
        reader,
        "SELECT unaddressed FROM ofac_versions WHERE id < :id AND unaddressed IS NOT NULL"
        " ORDER BY id DESC LIMIT 1",
        {"id": number},
    )
    return row and int(row[0])


def beside(reader: Reader, number: int, having: str | None = None) -> tuple[int | None, int | None]:
    """The versions before and after a moment; of those that have a kind of file, if it is said."""
    also = f" AND {having} = 1" if having else ""
    row: Any = first(
        reader,
        f"SELECT (SELECT max(id) FROM ofac_versions WHERE id < :id{also}),"
        f" (SELECT min(id) FROM ofac_versions WHERE id > :id{also})",
        {"id": number},
    )
    return row[0], row[1]


def there_already(
    reader: Reader, files: "Sequence[GivenFile]", published: str | None
) -> Version | None:
    """The version that these very files are; None where they are to be read.

    It looks at digests alone, so that importing a list again costs next to nothing. Raises
    TakenError where another list has the moment.
    """
    given = {str(file.part): file.sha256 for file in files}
    if published is None:
        row = first(
            reader,
            "SELECT min(version_id) FROM ofac_files WHERE part = :part AND sha256 = :sha256",
            {"part": str(files[0].part), "sha256": files[0].sha256},
        )
        return version_at(reader, row[0])
    found = version_at(reader, moments.number(published))
    if found is None:
        return None
    if digests(reader, found.id) != given:
        raise TakenError(found.published)
    return found
