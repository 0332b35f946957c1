"""Names: kept as printed, and found without regard to accents, case, hyphens and spacing.

A name is shown as the source prints it. It is looked for by its *key*, and compared with others by
its *fold*: the same letters, still in words.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ACUTE = "\u00b4"
_APOSTROPHES = "'`\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb"
"""Straight, curly, modifier letters, and the marks that are typed for want of one."""

_UNDECOMPOSED = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
    "\u0131": "i",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
}
"""Latin letters that Unicode does not take apart into a base and a mark."""

_UNSEEN = "\u034f\u115f\u1160\u180b\u180c\u180d\u180f" + "".join(
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
"""A joiner, Hangul fillers and variation selectors: letters or marks to Unicode, nothing to see."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""What tells apart two people of one name and one family, as `fold` writes it."""


class BadNameError(ValueError):
    """A text that cannot be kept as a name; the sentence says why."""


class _Folding(dict[int, str]):
    """What each character of a decomposed, case-folded text becomes; worked out once for each."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if unicodedata.combining(character) or category == "Me":
            folded = ""
        elif character.isalnum() or category in {"Mn", "Mc"}:
            folded = character  # a mark of class 0 is no accent but a vowel, in Hindi or in Thai
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDING = _Folding(
    str.maketrans(_UNDECOMPOSED | dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_UNSEEN, ""))
)


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The words of a name without accents, case and punctuation, one space between them.

    Letters and digits of every script are kept; an apostrophe joins (`O'Neil` is `oneil`), any
    other sign parts (`Cárdenas-Guillén` is `cardenas guillen`).
    """
    if name.isascii():  # as nearly all are: there is nothing to take apart
        return " ".join(name.lower().translate(_FOLDING).split())
    joined = name.replace(_ACUTE, "")  # which decomposes into a space and an accent
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    return " ".join(letters.translate(_FOLDING).split())


def key(name: str) -> str:
    """What two names share if they differ in accents, case, hyphens and spacing at most."""
    return fold(name).replace(" ", "")


def clean(name: str) -> str:
    """The name as printed, its characters composed (NFC) and one plain space between words.

    Raises BadNameError for a character that cannot be seen, which could make one name look like
    another or turn its direction, and for a text without a letter or a digit.
    """
    text = unicodedata.normalize("NFC", name.strip())
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            raise BadNameError(
                f"{name!r} holds a character that cannot be seen: {_called(character)}"
            )
    if not key(text):
        raise BadNameError(f"{name!r} holds neither a letter nor a digit")
    return " ".join(text.split())


def suffix(name: str) -> str:
    """The generational suffix at the end: `jr`, `sr`, `ii`, `iii`, `iv`, or nothing.

    Two people whose names differ in it are two people.
    """
    *others, last = fold(name).split() or [""]
    return last if others and last in SUFFIXES else ""


def turned(printed: str) -> str:
    """`ROE FICTION, Juan` as it is said: `Juan ROE FICTION`; a suffix stays at the end."""
    *before, last = printed.split(", ")
    if not before:
        return printed
    if fold(last) in SUFFIXES and len(before) > 1:
        *before, given = before
        return f"{given} {', '.join(before)}, {last}"
    return f"{last} {', '.join(before)}"


def in_other_orders(name: str) -> list[str]:
    """The keys of a name said from another of its words on: surnames first, or given names."""
    words = fold(name).split()
    return ["".join(words[start:] + words[:start]) for start in range(1, len(words))]


def tokens_within(part: str, whole: str) -> bool:
    """Whether every word of one fold is a word of the other; of no words it is not."""
    words = part.split()
    return bool(words) and set(words).issubset(whole.split())


_KNOWN = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


def _called(character: str) -> str:
    """A character by its number, and by its name where it has one."""
    called: str = unicodedata.name(character, "no character of a text").lower()
    return f"U+{ord(character):04X}, {_KNOWN.get(character, called)}"
