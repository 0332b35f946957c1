"""Texts of remarks: each kept once, with its features; gone when nothing prints it any more."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from caseledger.errors import RefusedError
from caseledger.ofac.parse.remarks import Feature, features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from caseledger.db.direct import Writer


FEATURE_COLUMNS = ("text_id", "position", *Feature._fields)


def number_of(text: str) -> int:
    """The number of a text: sixty-three bits of its digest, the same in every registry."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1


def keep(writer: Writer, texts: Mapping[int, str]) -> None:
    """Keep the texts that are not there yet, with what they say."""
    there = dict(_among(writer, "SELECT id, text FROM ofac_texts WHERE id", list(texts)))
    for number, text in there.items():
        if texts[number] != text:
            raise RefusedError(f"two remarks have one digest: {text[:60]!r}")
    fresh = sorted(number for number in texts if number not in there)
    writer.insert("ofac_texts", ("id", "text"), ((number, texts[number]) for number in fresh))
    writer.insert("ofac_features", FEATURE_COLUMNS, _features(fresh, texts))


def _features(numbers: Iterable[int], texts: Mapping[int, str]) -> Iterator[tuple[Any, ...]]:
    for number in numbers:
        for position, feature in enumerate(features(texts[number])):
            yield (number, position, *feature)


def sweep(writer: Writer, numbers: Iterable[int]) -> None:
    """Let go of those texts that no span prints any more."""
    asked = set(numbers)
    used = {
        number
        for table in ("ofac_cells", "ofac_joins")
        for (number,) in _among(writer, f"SELECT text_id FROM {table} WHERE text_id", list(asked))
    }
    unused = [(number,) for number in sorted(asked - used)]
    if unused:
        writer.delete("ofac_features", ("text_id",), unused)
        writer.delete("ofac_texts", ("id",), unused)


def _among(writer: Writer, select: str, numbers: list[int]) -> Iterator[Any]:
    """Rows by many numbers of texts: longer than the ids that `Reader.within` takes."""
    if not numbers:
        return iter(())
    if writer.dialect == "sqlite":
        sql, given = f"{select} IN (SELECT value FROM json_each(:numbers))", writer.ids(numbers)
    else:
        sql, given = f"{select} = ANY(CAST(:numbers AS bigint[]))", numbers
    return writer.rows(sql, {"numbers": given})
