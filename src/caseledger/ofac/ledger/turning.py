"""Names of people as the list prints them, `SURNAME, Given`, turned as they are said."""

from __future__ import annotations

from caseledger import names

_SMALL = frozenset({"a", "and", "de", "del", "e", "el", "in", "la", "las", "los", "of", "the", "y"})


def turned(printed: str) -> str:
    """`OSEGUERA CERVANTES, Nemesio` as `Nemesio OSEGUERA CERVANTES`; a suffix stays at the end."""
    *before, last = printed.split(", ")
    if not before:
        return printed
    if names.fold(last) in names.SUFFIXES and len(before) > 1:
        *before, given = before
        return f"{given} {', '.join(before)}, {last}"
    return f"{last} {', '.join(before)}"


def said(printed: str, kind: str) -> str:
    """A printed name as it is shown, of a person or of an organization."""
    return turned(printed) if kind == "person" else printed


def without_small_words(name: str) -> str:
    """What two names of one organization share, articles and prepositions ignored."""
    words = names.fold(name).split()
    return " ".join(word for word in words if word not in _SMALL) or " ".join(words)
