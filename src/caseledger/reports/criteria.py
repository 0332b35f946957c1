"""What a report is asked for."""

# No `from __future__ import annotations` here: a named tuple compiles each annotation that is text.
from collections.abc import Sequence
from typing import NamedTuple


class Criteria(NamedTuple):
    """What was asked for, as it was typed. Several organizations or people mean any of them."""

    organizations: Sequence[str] = ()
    people: Sequence[str] = ()
    kinds: Sequence[str] = ()
    authority: str | None = None
    program: str | None = None
    country: str | None = None
    case: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None
    certain: bool = False
    """Only what lies wholly in the period."""
    include_family: bool = False
    factions: bool = True
    limit: int | None = None
