"""Taking a version out: the mirror is then what it would be if it had never been imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.mirror import joining, texts
from caseledger.ofac.mirror.families import CELLS, FAMILIES
from caseledger.ofac.mirror.spans import Edit, take_out
from caseledger.ofac.mirror.versions import beside

if TYPE_CHECKING:
    from caseledger.db.direct import Writer
    from caseledger.ofac.mirror.versions import Version


def take_version_out(writer: Writer, version: Version) -> None:
    """Undo its spans, family by family, and let go of what only it printed."""
    gone: set[int] = set()
    for family in FAMILIES:
        if family.having and not getattr(version, family.having):
            continue
        _, after = beside(writer, version.id, family.having)
        edit = Edit(family)
        where = "since = :version OR until = :version OR since = :after"
        given = {"version": version.id, "after": -1 if after is None else after}
        held = list(family.held(writer, where, given))
        take_out(edit, held, version.id, after)
        edit.write(writer)
        if family is CELLS:
            gone = {row.value[0] for row in held if row.since == version.id}
    joins = list(
        writer.rows(
            "SELECT uid, since, text_id FROM ofac_joins WHERE since = :version OR until = :version",
            {"version": version.id},
        )
    )
    gone |= {row[2] for row in joins}
    writer.delete("ofac_joins", ("uid", "since"), [row[:2] for row in joins])
    for column in ("since", "until"):  # worked out anew when the records are
        writer.delete("ofac_ties", (column,), [(version.id,)])
    writer.delete("ofac_files", ("version_id",), [(version.id,)])
    writer.delete("ofac_versions", ("id",), [(version.id,)])
    joining.join_again(writer)
    texts.sweep(writer, gone)
