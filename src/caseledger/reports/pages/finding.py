"""Which record a page is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger import names, references
from caseledger.errors import AmbiguousError, NotFoundError
from caseledger.lookup import Found, find, find_reference, parties_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader

_SORTS = ("party", "case", "source")
"""What goes by a name or a title, in the order in which it is looked for."""

TITLED = """
    SELECT 'case', id, title, 'C' || id FROM cases
     WHERE title_key = :key AND withdrawn_at IS NULL
     UNION ALL
    SELECT 'source', id, title, 'S' || id FROM sources
     WHERE title_key = :key AND withdrawn_at IS NULL
     ORDER BY 1, 2"""


def look_up(reader: Reader, text: str) -> Found:
    """The record that a reference, a name of a party, or the title of a case or a source means.

    A reference finds a withdrawn record too, whose page says that it is.
    Raises NoReferenceError, AmbiguousError (several, or only a part of a name), NotFoundError with
    the nearest names, UsageError for what is no name.
    """
    if reference := references.parse(text):
        return find_reference(reader, reference, withdrawn=True)
    named = parties_named(reader, text, "party", in_any_order=True)
    exact = [*named, *_titled(reader, text)]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise AmbiguousError("record", text, [str(found) for found in exact], part=False)
    nearest: list[str] = []
    for sort in _SORTS:
        try:
            return find(reader, text, sort)
        except NotFoundError as error:
            nearest += error.nearest
    raise NotFoundError("record", text, nearest[:3])


def _titled(reader: Reader, text: str) -> Iterator[Found]:
    for kind, record_id, title, reference in reader.rows(TITLED, {"key": names.key(text)}):
        yield Found(record_id, kind, title, reference)
