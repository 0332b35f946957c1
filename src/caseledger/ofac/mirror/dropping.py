"""Taking a version out: the mirror is then what it would be if it had never been imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db import bulk
from caseledger.db.writing import reader_of, writing
from caseledger.models import Base
from caseledger.ofac.mirror import joining, texts
from caseledger.ofac.mirror.families import CELLS, FAMILIES
from caseledger.ofac.mirror.spans import Edit, take_out
from caseledger.ofac.mirror.versions import Version, beside, version_called

if TYPE_CHECKING:
    from caseledger.db.location import Location


def drop(location: Location, published: str) -> Version:
    """Take the version published then out of the mirror.

    Raises NoVersionError, and the errors of `writing`.
    """
    with writing(location) as session:
        connection = session.connection()
        reader = reader_of(connection)
        version = version_called(reader, published)
        gone: set[int] = set()
        for family in FAMILIES:
            if family.having and not getattr(version, family.having):
                continue
            _, after = beside(reader, version.id, family.having)
            edit = Edit(family)
            where = "since = :version OR until = :version OR since = :after"
            given = {"version": version.id, "after": -1 if after is None else after}
            held = list(family.held(reader, where, given))
            take_out(edit, held, version.id, after)
            edit.write(connection)
            if family is CELLS:
                gone = {row.value[0] for row in held if row.since == version.id}
        tables = Base.metadata.tables
        joins = list(
            reader.rows(
                "SELECT uid, since, text_id FROM ofac_joins"
                " WHERE since = :version OR until = :version",
                {"version": version.id},
            )
        )
        gone |= {row[2] for row in joins}
        bulk.delete_rows(
            connection, tables["ofac_joins"], ("uid", "since"), [row[:2] for row in joins]
        )
        bulk.delete_rows(connection, tables["ofac_files"], ("version_id",), [(version.id,)])
        bulk.delete_rows(connection, tables["ofac_versions"], ("id",), [(version.id,)])
        joining.join_again(connection, reader)
        texts.sweep(connection, reader, gone)
        return version
