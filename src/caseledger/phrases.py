"""Whether a source says what is cited from it."""

from __future__ import annotations

import re
import unicodedata

_LIKE = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u201f": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u00ad": None,
        "\u200b": None,
    }
)
"""Quotes, hyphens and invisible characters that differ from copy to copy of one text."""


def plain(text: str) -> str:
    """A text as it reads: quotes straight, spaces single, whatever the copy does with them."""
    folded = unicodedata.normalize("NFC", text).translate(_LIKE)
    return re.sub(r"\s+", " ", folded).strip()
