"""A file of records, TOML or JSON, read into entries; what is wrong with it, all at once.

`docs/format.md` describes the format.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from caseledger import names
from caseledger.catalogue import (
    AFFILIATION,
    CITATION,
    KINDS,
    KINSHIP,
    NAME,
    ORGANIZATION,
    PERSON,
    RecordKind,
)
from caseledger.errors import Problem, ProblemsError
from caseledger.fields import Reference, Stored, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = frozenset({"dataset", "default_source"})
"""What stands at the top of a file, before its records."""

NESTED = {
    "alias": (NAME, "party"),
    "affiliation": (AFFILIATION, "party"),
    "kinship": (KINSHIP, "person"),
}
"""What may stand inside a party, and the field of it that means the party."""

UNREADABLE = Reference("source", "")
"""A default source that cannot be read: told once, and not as missing from every record."""

CITED = {
    "actions": "action_id",
    "affiliations": "affiliation_id",
    "names": "name_id",
    "kinships": "kinship_id",
    "tallies": "tally_id",
    "parties": "party_id",
    "cases": "case_id",
}
"""The column of a citation that means a record of each table."""


@dataclass(slots=True)
class Entry:
    """One record of a file, its values read."""

    kind: RecordKind
    key: str
    stored: Stored
    place: str
    """Where it stands, for a person with an editor: `[[arrest]] no. 3 (line 41)`."""
    new: bool = False
    """Somebody else than whoever goes by that name in the registry."""


Numbered = list[tuple[Entry, int]]
"""Records, each with the number that it will have."""

Problems = Iterator[tuple[Entry, str]]
"""What is wrong, with the record of which it is told."""


@dataclass(slots=True)
class Document:
    """A file of records."""

    name: str
    dataset: str = ""
    source: Reference | None = None
    """The source that is cited where a citation names none."""
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: str, reason: str) -> None:
        """Note what is wrong; the file is refused once all of it has been read."""
        self.problems.append(Problem(place, reason))


def read_document(text: str, name: str, *, as_json: bool) -> Document:
    """Read a file's text.

    Raises ProblemsError where it is not TOML or JSON at all; everything else that is wrong is noted
    in the document.
    """
    document = Document(name)
    content = _json(text, document) if as_json else _toml(text, document)
    if document.problems:
        raise ProblemsError(name, document.problems)
    _head(content, document)
    lines = {} if as_json else _lines_of_tables(text)
    for kind_name, tables in content.items():
        kind = KINDS.get(kind_name)
        if kind:
            _tables(kind, tables, document, lines.get(kind_name, []))
        elif kind_name not in HEAD:
            place = ", ".join(f"line {line}" for line in lines.get(kind_name, [])[:3]) or "the file"
            document.refuse(place, _no_such(kind_name))
    return document


def _no_such(name: str) -> str:
    """What to say of a word at the top that is neither of the head nor a kind of record."""
    near = get_close_matches(name, [*KINDS, *HEAD], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"there is no kind of record {name!r}{hint}"


def _toml(text: str, document: Document) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        document.refuse("the file", f"it is not TOML: {error}")
        return {}


def _json(text: str, document: Document) -> dict[str, Any]:
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        document.refuse("the file", f"it is not JSON: {error}")
        return {}
    if not isinstance(content, dict):
        document.refuse("the file", "a JSON object is needed")
        return {}
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Of a key that stands twice in it the reader would drop the first."""
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return read


def _lines_of_tables(text: str) -> dict[str, list[int]]:
    """The line of each `[[kind]]`: the TOML reader gives no positions."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := re.match(r"\s*\[\[\s*([A-Za-z0-9_-]+)\s*\]\]", line):
            lines.setdefault(match[1], []).append(number)
    return lines


def _head(content: Mapping[str, Any], document: Document) -> None:
    dataset = content.get("dataset")
    if not isinstance(dataset, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", dataset):
        document.refuse("the file", 'dataset = "…" is needed: letters, digits, . _ -, one word')
    elif dataset == "local":
        document.refuse("the file", "the dataset 'local' is of what is recorded by hand")
    else:
        document.dataset = dataset
    source = content.get("default_source")
    if source is None:
        return
    try:
        document.source = Reference("source", text_of(source))
    except ValueError as error:
        document.refuse("the file", f"default_source: {error}")
        document.source = UNREADABLE


def _tables(kind: RecordKind, tables: object, document: Document, lines: list[int]) -> None:
    if not isinstance(tables, list):
        document.refuse(f"[{kind.name}]", f"write [[{kind.name}]], with two brackets")
        return
    known = len(lines) == len(tables)  # not where a text of many lines holds such a line
    for number, values in enumerate(tables, start=1):
        line = f" (line {lines[number - 1]})" if known else ""
        place = f"[[{kind.name}]] no. {number}{line}"
        if not isinstance(values, dict):
            document.refuse(place, "a table of fields is needed")
            continue
        _entry(kind, values, document, place, None)


def _entry(
    kind: RecordKind, values: dict[str, Any], document: Document, place: str, derived: str | None
) -> None:
    """One record, what stands inside it, and its citations."""
    own = dict(values)
    given = own.pop("key", derived)
    citations = own.pop("citation", None)
    new = own.pop("new", False) if kind in (PERSON, ORGANIZATION, NAME) else False
    inside = list(_inside(kind, own, document, place))
    stored, problems = kind.read(own)
    problems += [] if isinstance(new, bool) else ["new: true or false is needed"]
    key = ""
    if given is not None:
        try:
            key = _key(given)
        except ValueError as error:
            document.refuse(place, f"key: {error}")
    elif kind in (NAME, AFFILIATION, KINSHIP) and not problems:
        key = _derived_key(kind, stored)
    else:
        document.refuse(place, "key is missing: it names the record in this dataset")
    for problem in problems:
        document.refuse(place, problem)
    document.entries.append(Entry(kind, key, stored, place, bool(new)))
    for name, nested, means, tables in inside:
        for number, table in enumerate(tables, start=1):
            where = f"{place}, {name} no. {number}"
            if isinstance(table, dict):
                _entry(nested, {means: key, **table}, document, where, None)
            else:
                document.refuse(where, "a table of fields is needed")
    if kind.table in CITED:
        _citations(kind, key, citations, document, place)
    elif citations is not None:
        document.refuse(place, f"a {kind.name} carries no citation")


def _key(given: object) -> str:
    """The key that a file gives a record. Raises ValueError."""
    key = text_of(given)
    if ":" in key:
        raise ValueError(f"{key!r} has a colon, which parts a dataset from a key")
    return key


def _inside(
    kind: RecordKind, own: dict[str, Any], document: Document, place: str
) -> Iterator[tuple[str, RecordKind, str, list[Any]]]:
    """The records that stand inside a party, taken out of its own values."""
    for name, (nested, means) in NESTED.items() if kind.table == "parties" else ():
        tables = own.pop(name, [])
        if isinstance(tables, list):
            yield name, nested, means, tables
        else:
            document.refuse(place, f"write [[{kind.name}.{name}]], with two brackets")


def _derived_key(kind: RecordKind, stored: Stored) -> str:
    """The key of a record that stands inside another: what it says, so that order is free."""
    if kind is NAME:
        return f"{stored['party_id'].text}/{stored['kind']}/{names.fold(stored['name'])}"
    if kind is AFFILIATION:
        parts = (stored["party_id"].text, stored["relation"], stored["organization_id"].text)
        return "/".join((*parts, stored["standing"]))
    parts = (stored["person_id"].text, stored["relation"], stored["relative_id"].text)
    return "/".join(parts)


def _citations(kind: RecordKind, key: str, given: object, document: Document, place: str) -> None:
    """A record's citations; without any, the file's own source is cited as a whole."""
    column = CITED[kind.table]
    tables = [given] if isinstance(given, dict) else given
    if tables is None:
        tables = [{}] if document.source else []
    if not isinstance(tables, list):
        document.refuse(place, "citation: a table is needed, or a list of them")
        return
    if not tables:
        document.refuse(place, "citation is missing: every record says how it is known")
        return
    seen: dict[str, int] = {}
    for number, table in enumerate(tables, start=1):
        where = f"{place}, citation no. {number}" if len(tables) > 1 else f"{place}, citation"
        if not isinstance(table, dict):
            document.refuse(where, "a table of source, section and phrase is needed")
            continue
        apart = ("source",) if document.source else ()
        stored, problems = CITATION.read(table, apart=apart)
        for problem in problems:
            document.refuse(where, problem)
        stored.setdefault("source_id", document.source)
        stored[column] = Reference(kind.table, key)
        source = stored["source_id"].text if stored["source_id"] else ""
        seen[source] = seen.get(source, 0) + 1
        own_key = f"{kind.table}/{key}/{source}/{seen[source]}"
        document.entries.append(Entry(CITATION, own_key, stored, where))


def in_order(document: Document) -> Iterator[tuple[str, list[Entry]]]:
    """The entries by table, each table after those that it refers to."""
    tables: dict[str, list[Entry]] = {
        table: []
        for table in (
            "sources",
            "parties",
            "names",
            "affiliations",
            "kinships",
            "cases",
            "actions",
            "tallies",
            "citations",
        )
    }
    for entry in document.entries:
        tables[entry.kind.table].append(entry)
    yield from tables.items()
