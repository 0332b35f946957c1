"""Fitting text to the columns of a terminal: how wide it is, where it breaks, who gets the room."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from wcwidth import iter_graphemes, wcswidth

from caseledger.render.page import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = 2
"""Spaces between two columns."""

LEAST = 10
"""A column is not made narrower than this: a date to the day (`2024-03-01`) stays whole."""


def measure(text: str) -> int:
    """How many columns of a terminal a text takes: a wide character two, an accent none."""
    return len(text) if text.isascii() else wcswidth(text)


def columns(natural: Sequence[int], room: int, words: Sequence[int] = ()) -> tuple[int, ...] | None:
    """The widths of columns that would be as wide as `natural` if there were the room.

    Narrow columns keep their width and the wide ones share what is left, as equal as it goes, but
    none becomes narrower than its longest word (`words`) as long as there is room for those; where
    there is not, the longest of all are broken first.
    None: there is not even room for the least of each.
    """
    left = room - GAP * (len(natural) - 1)
    least = [min(width, LEAST) for width in natural]
    if sum(least) > left:
        return None
    if words:
        whole = [max(*pair) for pair in zip(least, words, strict=True)]
        most = max(whole)
        while sum(min(width, most) for width in whole) > left:
            most -= 1
        least = [min(width, most) for width in whole]
    widths = list(least)
    left -= sum(least)
    by_need = sorted(range(len(natural)), key=lambda index: natural[index] - least[index])
    for place, index in enumerate(by_need):
        given = min(natural[index] - least[index], left // (len(natural) - place))
        widths[index] += given
        left -= given
    return tuple(widths)


def longest_word(text: str) -> int:
    """How wide a column must be for no word in it to be torn."""
    return max(map(measure, _BREAKS.split(text)))


_BREAKS = re.compile(r" |(?<=\d\.\.)(?=\S)")
"""Where a line may end: at a space, and inside a span of dates, `[2021-12-10..2021-12-16]`."""


def wrap(text: str, width: int, *, hanging: str = "", keep_addresses: bool = False) -> list[str]:
    """The text in lines of at most `width`: broken at spaces and, in a longer word, inside it.

    Every line but the first may begin with a `hanging` indent. An address may be kept whole where
    nothing stands beside it: the terminal breaks it by itself, and it can still be followed.
    """
    if measure(text) <= width:
        return [text]
    room = width - len(hanging)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        whole = measure(word) <= room or (keep_addresses and "://" in word)
        for piece in [word] if whole else _pieces(word, room):
            lines.append(hanging + piece if lines else piece)
        line = lines.pop()
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width`, an accent never torn from its letter."""
    pieces = [piece for part in _BREAKS.split(word) for piece in _fill(part, width)]
    if not all(map(_steady, pieces)):
        pieces = list(_fill(_without_joins(word), width))
    return pieces


def _fill(word: str, width: int) -> Iterator[str]:
    """Pieces of a word, each as full as it goes; a cluster wider than that is broken too."""
    clusters = (
        [cluster] if measure(cluster) <= width else list(cluster)
        for cluster in iter_graphemes(word)
    )
    piece = ""
    for cluster in chain.from_iterable(clusters):
        if piece and measure(piece + cluster) > width:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def settled(text: str) -> str:
    """The text with nothing in it that would join what stands before or after it.

    An accent at the start of a word lands on the space before it, a joiner at the end takes the
    space after it: neither has a width of its own, and the columns to the right would shift.
    """
    if text.isascii():
        return text
    return " ".join(word if _steady(word) else _settled(word) for word in text.split(" "))


def _steady(word: str) -> bool:
    """Whether a word is as wide among spaces as it is alone."""
    return word.isascii() or wcswidth(f" {word} ") == wcswidth(word) + 2


def _settled(word: str) -> str:
    """A word that joined its neighbours: an accent is given a circle to stand on, as in print."""
    if unicodedata.category(word[0]).startswith("M") and _steady(f"◌{word}"):
        return f"◌{word}"
    return _without_joins(word)


def _without_joins(word: str) -> str:
    """A word that no terminal could show as meant, with everything that joins shown escaped."""
    return "".join(
        escape(letter) if unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"} else letter
        for letter in word
    )
