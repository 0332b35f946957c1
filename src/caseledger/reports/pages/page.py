"""What a page is, before anything decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from caseledger.sheet import About


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: Iterable[str]
    """Consumed once, as the database yields them. A section without lines says nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is recorded of one party, action, case, tally, source, relation, name or citation."""

    title: str
    facts: Sequence[str]
    sections: Sequence[Section]
    about: Callable[[], About]
    """Asked after the lines: the sources that they cite, and what they are not to be taken for."""
    key: str = ""
    """`dataset:key`, by which a file refers to the record."""
