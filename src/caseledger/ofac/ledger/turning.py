"""Names of people as the list prints them, `SURNAME, Given`, turned as they are said."""

from __future__ import annotations

from caseledger import names

_SMALL = frozenset({"a", "and", "de", "del", "e", "el", "in", "la", "las", "los", "of", "the", "y"})


def said(printed: str, kind: str) -> str:
    """A printed name as it is shown, of a person or of an organization."""
    return names.turned(printed) if kind == "person" else printed


def without_small_words(name: str) -> str:
    """What two names of one organization share, articles and prepositions ignored."""
    words = names.fold(name).split()
    return " ".join(word for word in words if word not in _SMALL) or " ".join(words)
