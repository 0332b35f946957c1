"""Checking a registry for what only another program could have broken: `db check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger import dates, names
from caseledger.db.schema import tables
from caseledger.printed import Quote, Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.db.reading import Reader

_DETAILS = {
    "persons": ("parties", "person"),
    "organizations": ("parties", "organization"),
    "unnamed_groups": ("parties", "group"),
    "arrests": ("actions", "arrest"),
    "charges": ("actions", "charge"),
    "extraditions": ("actions", "extradition"),
    "convictions": ("actions", "conviction"),
    "sentences": ("actions", "sentence"),
    "designations": ("actions", "designation"),
    "delistings": ("actions", "delisting"),
}
"""Each detail table: the table that it completes, and the kind of its rows."""

_CITED = {
    "actions": ("A", "action_id"),
    "affiliations": ("F", "affiliation_id"),
    "kinships": ("K", "kinship_id"),
    "tallies": ("T", "tally_id"),
}
"""Records that no rule of the database obliges to be cited."""

_DATED = (
    ("actions", "date", "", "point"),
    ("affiliations", "period", "", "extent"),
    ("tallies", "period", "", "extent"),
    ("persons", "birth", "birth_", "point"),
    ("charges", "conduct", "conduct_", "extent"),
    ("extraditions", "conduct", "conduct_", "extent"),
    ("sources", "published", "published_", "point"),
)

_NAMED = (("parties", "name"), ("names", "name"), ("cases", "title"), ("sources", "title"))


def check(reader: Reader, made: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each thing that is wrong; none for a sound registry.

    `made` is what a new registry is made of: SQLite's statement for each table, view and index, by
    name. What else another program added is its own business.
    """
    missing = sorted(set(made) - set(_there(reader)))
    yield from (f"{name} is missing" for name in missing)
    if reader.dialect == "sqlite":
        yield from _changed(reader, made)
        yield from _file(reader)
    if missing:
        return
    yield from _kinds(reader)
    yield from _withdrawn(reader)
    yield from _citations(reader)
    yield from _phrases(reader)
    yield from _dates(reader)
    yield from _keys(reader)


def _there(reader: Reader) -> Iterator[str]:
    if reader.dialect == "sqlite":
        found = reader.rows("SELECT name FROM sqlite_schema")
    else:
        found = reader.rows(
            "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(current_schema())"
        )
    yield from (name for (name,) in found)


def _changed(reader: Reader, made: Mapping[str, str]) -> Iterator[str]:
    for name, sql in reader.rows("SELECT name, sql FROM sqlite_schema ORDER BY name"):
        if name in made and (sql or "").split() != made[name].split():
            yield f"{name} is not as the revision made it"


def _file(reader: Reader) -> Iterator[str]:
    for (line,) in reader.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, target, _ in reader.rows("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a row of {target} that is not there"


def _kinds(reader: Reader) -> Iterator[str]:
    for detail, (spine, kind) in _DETAILS.items():
        rows = reader.rows(
            f"SELECT s.id FROM {spine} s LEFT JOIN {detail} d ON d.id = s.id"
            f" WHERE s.kind = '{kind}' AND d.id IS NULL ORDER BY s.id"
        )
        for (record_id,) in rows:
            yield f"{spine} row {record_id} is of kind {kind} and has no row in {detail}"


def _withdrawn(reader: Reader) -> Iterator[str]:
    records = [
        table for table in tables(reader) if ("withdrawn_at", "string", False) in table.columns
    ]
    for table in records:
        for column, referred in table.references:
            target = _DETAILS.get(referred, (referred,))[0]
            rows = reader.rows(
                f"SELECT s.id, t.id FROM {table.name} s JOIN {target} t ON t.id = s.{column}"
                " WHERE s.withdrawn_at IS NULL AND t.withdrawn_at IS NOT NULL ORDER BY s.id"
            )
            for record_id, target_id in rows:
                yield f"{table.name} row {record_id} speaks of {target} row {target_id}, withdrawn"


def _citations(reader: Reader) -> Iterator[str]:
    for table, (letter, column) in _CITED.items():
        rows = reader.rows(
            f"SELECT s.id FROM {table} s WHERE s.withdrawn_at IS NULL AND NOT EXISTS"
            f" (SELECT 1 FROM citations l WHERE l.{column} = s.id AND l.withdrawn_at IS NULL)"
            " ORDER BY s.id"
        )
        for (record_id,) in rows:
            yield f"{letter}{record_id} cites no source"


def _phrases(reader: Reader) -> Iterator[str]:
    """What is cited from a source whose text, or whose list, is kept here is printed in it."""
    sources = Sources(reader, {number for (number,) in reader.rows("SELECT id FROM sources")})
    rows = reader.rows(
        "SELECT id, source_id, section, phrase FROM citations WHERE withdrawn_at IS NULL"
        f" AND {reader.within('source_id', 'ids')} ORDER BY id",
        {"ids": reader.ids(sources.known)},
    )
    for (number, source), why in sources.unsaid(
        Quote((number, source), source, section, phrase) for number, source, section, phrase in rows
    ):
        yield f"L{number}: S{source} {why}"


def _dates(reader: Reader) -> Iterator[str]:
    for table, column, prefix, form in _DATED:
        read = dates.point if form == "point" else dates.extent
        for record_id, text, *bounds in reader.rows(
            f"SELECT id, {column}, {prefix}earliest, {prefix}latest FROM {table}"
            f" WHERE {column} IS NOT NULL ORDER BY id"
        ):
            try:
                date = read(text)
            except dates.DateError as error:
                yield f"{table} row {record_id}: {error}"
                continue
            if [date.earliest, date.latest] != bounds:
                yield f"{table} row {record_id}: {column} {text} has other bounds: {bounds}"


def _keys(reader: Reader) -> Iterator[str]:
    for table, column in _NAMED:
        for record_id, name, key in reader.rows(
            f"SELECT id, {column}, {column}_key FROM {table} ORDER BY id"
        ):
            if names.key(name) != key:
                yield f"{table} row {record_id}: {name!r} cannot be found, its key is {key!r}"
