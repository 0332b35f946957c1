"""The seed says how each of its records is known, in words that its source can be checked for."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from caseledger.phrases import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seed" / "fact-sheet-2022.toml"
SOURCE = ROOT.parent / "shared" / "source" / "fact-sheet-2022.html"

MOST_WORDS = 12
"""Enough to find the place by; the project keeps facts and short phrases, not the document."""

with_source = pytest.mark.skipif(
    not SOURCE.exists(), reason="the source document lies beside the repository, not in it"
)


def _records(tables: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record of a file and what to call it, those inside another record too."""
    for kind, values in tables.items():
        if kind == "citation" or not isinstance(values, list):
            continue
        for number, record in enumerate(values, start=1):
            if isinstance(record, dict):
                name = f"{inside}{kind} {record.get('key', number)}"
                yield name, record
                yield from _records(record, f"{name}, ")


def _citations() -> Iterator[tuple[str, dict[str, str]]]:
    """Every citation of the seed, and what to call the record that it supports."""
    for name, record in _records(tomllib.loads(SEED.read_text("utf-8"))):
        given = record.get("citation", [])
        for citation in [given] if isinstance(given, dict) else given:
            yield name, citation


def _text(markup: str) -> str:
    """What a reader sees: a word may change its type within, a block starts a new line."""
    unbroken = re.sub(r"</?(?:a|em|strong|u)\b[^>]*>", "", markup)
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", unbroken)))


def _sections() -> dict[str, str]:
    """The text under each heading of the source; headings are what it underlines."""
    parts = re.split(r"<u>(.*?)</u>", SOURCE.read_text("utf-8"))
    headings = (_text(heading).rstrip(": ") for heading in parts[1::2])
    return dict(zip(headings, map(_text, parts[2::2]), strict=True))


def test_every_record_but_a_source_is_cited() -> None:
    """Every record says how it is known; what a source says of itself needs no other."""
    records = _records(tomllib.loads(SEED.read_text("utf-8")))

    uncited = [name for name, record in records if not record.get("citation")]

    assert [name for name in uncited if not name.startswith("source ")] == []


def test_every_citation_has_a_section_and_a_phrase() -> None:
    """A citation without a place and words cannot be checked by anyone."""
    wanting = [
        name
        for name, citation in _citations()
        if not citation.get("section", "").strip() or not citation.get("phrase", "").strip()
    ]

    assert wanting == []


def test_every_phrase_is_a_few_words() -> None:
    """The project keeps short phrases of the source, never its sentences."""
    phrases = {citation.get("phrase", "") for _, citation in _citations()}

    assert [phrase for phrase in sorted(phrases) if len(phrase.split()) > MOST_WORDS] == []


@with_source
def test_every_section_is_a_heading_of_the_source() -> None:
    """A reader who looks for the place finds it under the name that is printed."""
    headings = _sections()

    assert {citation.get("section") for _, citation in _citations()} - set(headings) == set()


@with_source
def test_every_phrase_stands_under_its_section() -> None:
    """A phrase is what the source says, letter for letter, where the citation says that it does."""
    sections = _sections()

    unfound = [
        (name, citation)
        for name, citation in _citations()
        if plain(citation.get("phrase", "")) not in sections.get(citation.get("section", ""), "")
    ]

    assert unfound == []


@with_source
def test_no_phrase_is_a_whole_sentence() -> None:
    """Even a short sentence of the source is not copied whole."""
    sentences = {
        sentence.rstrip(".")
        for text in _sections().values()
        for sentence in re.split(r"(?<=[.:])\s+(?=[A-Z])", text)
    }

    copied = {
        plain(citation.get("phrase", "")).rstrip(".") for _, citation in _citations()
    } & sentences

    assert copied == set()
