"""A list from its files: when it was published, if it says so, and its records in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.parse import table
from caseledger.ofac.parse.files import Part
from caseledger.ofac.parse.records import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caseledger.ofac.parse.files import GivenFile
    from caseledger.ofac.parse.xml import XmlList


def said_day(files: Sequence[GivenFile]) -> str | None:
    """The day that the list itself says; None of a CSV, which carries no date. Raises ListError."""
    return _xml(files[0]).published() if files[0].part is Part.XML else None


def batches(files: Sequence[GivenFile]) -> Iterable[Batch]:
    """The records of a list. Reading them raises ListError."""
    by_part = {file.part: file for file in files}
    if xml := by_part.get(Part.XML):
        return _xml(xml).batches()
    alt, add, more = (by_part.get(part) for part in (Part.ALT, Part.ADD, Part.COMMENTS))
    return [
        Batch(
            table.entries(by_part[Part.SDN]),
            table.aliases(alt) if alt else None,
            table.addresses(add) if add else None,
            table.comments(more) if more else None,
            is_whole=True,
        )
    ]


def _xml(file: GivenFile) -> XmlList:
    from caseledger.ofac.parse.xml import XmlList  # noqa: PLC0415 - a CSV needs no parser of XML

    return XmlList(file)
