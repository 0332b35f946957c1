"""Which names are near to a name: what a mistyped one may have meant, who may be there already.

Names are given as `names.fold` makes them, and answered by their place in the list. Nothing here
says that two names are one person's; only that someone should look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "of", "the", "and"})
"""Words that tell no two names apart: Cartel de Noreste, Cartel del Noreste."""

_MOSTLY = 0.75
"""The share of letters that near names have in common: with less, every cartel is near."""

_WORDED = 0.8
"""What having all the words counts for: more than most of the letters, less than nearly all."""


def nearest(fold: str, folds: Sequence[str], limit: int = 3) -> list[int]:
    """Where the names stand that this one may have been meant for, the nearest first.

    Near is a name with mostly the same letters, in whatever order its words come, and one that has
    all the words, a slip in them allowed: `cardenaz` finds `mario cardenas guillen`. A name that
    stands there twice is given once.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only when a name is not there
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    key, keys = _joined(fold), [_joined(other) for other in folds]
    if not key:
        return []
    # C.J.G.N. has the letters of CJNG; Jalisco New Generation Cartel mostly those of the Spanish.
    letters = process.extract(
        key, keys, scorer=OSA.normalized_similarity, score_cutoff=_MOSTLY, limit=None
    )
    words = process.extract(
        fold, folds, scorer=fuzz.token_sort_ratio, score_cutoff=100 * _MOSTLY, limit=None
    )
    worded = set(_by_words(fold, folds, lone=True))

    def rank(index: int) -> tuple[float, float, int]:
        as_letters = OSA.normalized_similarity(key, keys[index])
        whole = max(as_letters, fuzz.token_sort_ratio(fold, folds[index]) / 100)
        return -max(whole, _WORDED if index in worded else 0), -whole, index

    once: dict[str, int] = {}
    for index in sorted(worded.union(index for _, _, index in (*letters, *words)), key=rank):
        once.setdefault(folds[index], index)
    return list(once.values())[:limit]


def similar(fold: str, folds: Sequence[str]) -> list[int]:
    """Where the names stand that may be this one's, written otherwise.

    The keys are equal, or the words of the one are among those of the other, or they are the same
    words but for slips. Jr. and Sr. are two people, never similar to each other; a name without a
    suffix may be either's.
    """
    key, own = _joined(fold), names.suffix(fold)
    if not key:
        return []
    found = {index for index, other in enumerate(folds) if _joined(other) == key}
    found.update(_by_words(fold, folds, lone=False))
    return sorted(index for index in found if len({own, names.suffix(folds[index])} - {""}) < 2)


def _by_words(fold: str, folds: Sequence[str], *, lone: bool) -> Iterator[int]:
    """Where all the words of the one name are words of the other, slips allowed.

    A single word with a slip in it is taken for a part of a longer name if `lone`.
    """
    ours = _telling(fold)
    slips = _slips(ours, {word for other in folds for word in other.split()})
    alike = frozenset().union(*slips.values())
    for index, other in enumerate(folds):
        if alike.isdisjoint(other.split()):
            continue
        theirs = _telling(other)
        if ours <= theirs or theirs <= ours:
            yield index
            continue
        found = sum(not theirs.isdisjoint(slips[word]) for word in ours)
        shorter = min(len(ours), len(theirs))
        if shorter <= min(found, len(theirs & alike)) and (
            lone or shorter > 1 or len(ours) == len(theirs)
        ):
            yield index


def _telling(fold: str) -> frozenset[str]:
    """The words that tell a name from others: no suffix, no particle, unless there are no more."""
    words = fold.split()
    if names.suffix(fold):
        words.pop()
    return frozenset(words) - _PARTICLES or frozenset(words)


def _slips(words: Iterable[str], vocabulary: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each word, those of the vocabulary that may be the same one mistyped; itself too."""
    from rapidfuzz import process  # noqa: PLC0415 - only when a name is not there
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    known = list(vocabulary)
    return {
        word: frozenset(
            other
            for other, edits, _ in process.extract(
                word, known, scorer=OSA.distance, score_cutoff=_allowed(word), limit=None
            )
            if edits <= _allowed(other)
        )
        | {word}
        for word in words
    }


def _allowed(word: str) -> int:
    """How many letters of a word may be wrong, missing, added or swapped with the next.

    None in a number: Z-40 and Z-42 are brothers. In a short word one, so that CJGN is near to CJNG
    and López is not near to Pérez; in a long one two, as in Gonsales for González.
    """
    if len(word) < 3 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) < 8 else 2


def _joined(fold: str) -> str:
    """The key of a name, from its fold."""
    return fold.replace(" ", "")
