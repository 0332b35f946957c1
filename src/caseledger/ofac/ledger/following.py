"""Which programmes are followed: kept in the registry, not chosen import by import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader

ALL = "*"

DEFAULT = ("ILLICIT-DRUGS-EO*", "SDNT", "SDNTK", "TCO")
"""Counter-narcotics and transnational crime: what a new registry follows (revision 0004)."""


def followed(reader: Reader) -> list[str]:
    """The tags that are followed, in order."""
    return [tag for (tag,) in reader.rows("SELECT tag FROM ofac_followed ORDER BY tag")]


def follow(writer: Writer, tags: Sequence[str]) -> None:
    """Follow these from now on, and no others.

    Raises NotFoundError for a tag that no list prints, if there are lists: what it was mistyped
    for would be withdrawn. A start with a star stands for what may come, too.
    """
    printed = [tag for (tag,) in writer.rows("SELECT DISTINCT program FROM ofac_programs")]
    known = {*printed, *followed(writer), *DEFAULT}
    for tag in tags:
        if printed and tag not in known and not tag.endswith("*"):
            raise NotFoundError("programme of the lists", tag, _near(tag, printed))
    writer.delete("ofac_followed", ("tag",), [(tag,) for tag in followed(writer)])
    writer.insert("ofac_followed", ("tag",), [(tag,) for tag in sorted(set(tags))])


def _near(tag: str, printed: Sequence[str]) -> list[str]:
    from caseledger.likeness import nearest  # noqa: PLC0415 - only on a mistake

    return [printed[index] for index in nearest(tag, printed)]


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
