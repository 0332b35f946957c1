"""Which programmes are followed: kept in the registry, not chosen import by import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader

ALL = "*"


def followed(reader: Reader) -> list[str]:
    """The tags that are followed, in order."""
    return [tag for (tag,) in reader.rows("SELECT tag FROM ofac_followed ORDER BY tag")]


def follow(writer: Writer, tags: Sequence[str]) -> None:
    """Follow these from now on, and no others."""
    writer.delete("ofac_followed", ("tag",), [(tag,) for tag in followed(writer)])
    writer.insert("ofac_followed", ("tag",), [(tag,) for tag in sorted(set(tags))])


def condition(reader: Reader, column: str) -> tuple[str, dict[str, str]]:
    """The condition that a programme is followed, and its parameters."""
    tests, given = [], {}
    for number, tag in enumerate(followed(reader)):
        name = f"tag_{'abcdefghijklmnopqrstuvwxyz'[number // 26]}{chr(97 + number % 26)}"
        given[name] = tag.removesuffix("*")
        is_start = tag.endswith("*")
        tests.append(
            f"substr({column}, 1, {len(given[name])}) = :{name}"
            if is_start
            else f"{column} = :{name}"
        )
    return f"({' OR '.join(tests) or '1 = 0'})", given
