"""The words under the rows of a page, the same in a table and in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger.render.page import MARK, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.sheet import About, SourceLine

NOTHING = "Nothing recorded."
"""Instead of rows. Not "nothing happened": a registry knows only what was recorded in it."""

LEGEND = f"{MARK} may fall in the period asked for: its date is not certain."


_ONE = {
    "actions": "action",
    "named people": "named person",
    "unnamed people": "unnamed person",
    "organizations": "organization",
}
"""What is counted, where there is one of it."""


class Section(NamedTuple):
    """Lines that belong together."""

    lines: tuple[str, ...]
    listed: bool
    """One of several of a kind, even where there is only one."""


def sections(about: About, *, marked: bool) -> Iterator[Section]:
    """What is to be said, in the order it is said; nothing is said of what is not there."""
    counts = " · ".join(
        f"{value} {_ONE.get(name, name) if value == 1 else name}"
        for name, value in about.counts.items()
    )
    for lines, listed in (
        ((LEGEND if marked else "",), False),
        ((counts,), False),
        (about.tallies, True),
        (map(_source, about.sources), True),
        (about.notes, True),
    ):
        shown = tuple(filter(None, map(visible, lines)))
        if shown:
            yield Section(shown, listed)


def _source(source: SourceLine) -> str:
    """`S1. Title. Publisher, published. URL`, without what is not known."""
    published = ", ".join(filter(None, (source.publisher, source.published)))
    parts = (source.reference, source.title, published)
    sentences = [_ended(part.strip()) for part in parts if part.strip()]
    return " ".join([*sentences, source.url or ""])


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."
