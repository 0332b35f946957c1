"""A name is shown as printed, and found without regard to accents, case, hyphens and spacing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import names

_WORDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Mario Cárdenas Guillén", "mario cardenas guillen"),
        ("Osiel Cardenas-Guillén", "osiel cardenas guillen"),
        ("  JUAN   Gerardo\u00a0Treviño ", "juan gerardo trevino"),
        ("Jarquín Jarquín", "jarquin jarquin"),
        ('Juan "El Huevo" Treviño', "juan el huevo trevino"),
        ("Othon Marban, Jr.", "othon marban jr"),
        ("U.S. Attorney's Office", "u s attorneys office"),
        ("Łukasz Søren Đorđe Þóra", "lukasz soren dorde thora"),
        ("Æthel Œuvre Straße", "aethel oeuvre strasse"),
        ("İstanbul \u0131rmak", "istanbul irmak"),
        ("ﬁn №9 ½", "fin no9 1 2"),
    ],
)
def test_a_fold_is_words_without_accents_case_and_signs(name: str, folded: str) -> None:
    """Accents and case are dropped, letters without a base are spelt out, signs part words."""
    fold = names.fold(name)

    assert fold == folded


@pytest.mark.parametrize(
    "sign", ["'", "\u2019", "\u2018", "\u02bc", "\u02bb", "`", "\u00b4", "\u2032"]
)
def test_an_apostrophe_joins(sign: str) -> None:
    """O'Neil is one word, however the apostrophe is typed."""
    fold = names.fold(f"O{sign}Neil")

    assert fold == "oneil"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Иван Чайковский", "иван чаиковскии"),
        ("李小明", "李小明"),
        ("محمد علي", "محمد علي"),
        ("Zeta ٤٠", "zeta ٤٠"),
        ("ไทย", "ไทย"),
        ("गुप्ता", "गुपता"),
    ],
)
def test_letters_and_digits_of_every_script_are_kept(name: str, folded: str) -> None:
    """A name is not lost for being written in Cyrillic, Chinese, Arabic, Thai or Hindi."""
    fold = names.fold(name)

    assert fold == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A fold of a fold is the same fold, a key of a key the same key."""
    fold, key = names.fold(text), names.key(text)

    assert names.fold(fold) == fold
    assert names.key(key) == key
    assert names.key(fold) == key


@given(st.text())
def test_a_key_ignores_case_and_how_accents_are_encoded(text: str) -> None:
    """The same name in capitals, or with its accents composed or apart, has the same key."""
    key = names.key(text)

    assert names.key(text.upper()) == key
    assert names.key(text.lower()) == key
    assert names.key(unicodedata.normalize("NFC", text)) == key
    assert names.key(unicodedata.normalize("NFD", text)) == key


@given(_WORDS, st.sampled_from(["", " ", "  ", "-", "\u2013", "\u00a0", ". ", ", ", "'"]))
def test_a_key_ignores_what_stands_between_words(words: list[str], between: str) -> None:
    """Cárdenas-Guillén, Cardenas Guillén and CardenasGuillen are found by the same key."""
    key = names.key(between.join(words))

    assert key == "".join(words)


@given(_WORDS, st.data())
def test_a_key_ignores_accents(words: list[str], data: st.DataObject) -> None:
    """A name has the same key with accents on any of its letters as without."""
    plain = " ".join(words)
    accents = data.draw(st.lists(st.sampled_from(["", "\u0301", "\u0303", "\u0308"]), min_size=1))
    marked = "".join(letter + accents[place % len(accents)] for place, letter in enumerate(plain))

    key = names.key(marked)

    assert key == names.key(plain)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Juan Gerardo Treviño Chávez", "Juan Gerardo Treviño Chávez"),
        ("Trevin\u0303o", "Treviño"),
        ("  Othon\u00a0\u00a0Marban,\u202fJr. \n", "Othon Marban, Jr."),
        ("O\u2019Neil", "O\u2019Neil"),
    ],
)
def test_a_name_is_kept_as_printed_in_one_encoding(printed: str, kept: str) -> None:
    """Letters, accents and signs stay; only their encoding and the blanks are made one."""
    name = names.clean(printed)

    assert name == kept


@given(st.text())
def test_cleaning_changes_no_key_and_is_done_once(text: str) -> None:
    """What is kept is found by the key of what was printed, and is clean."""
    try:
        name = names.clean(text)
    except names.BadNameError:
        return

    assert names.key(name) == names.key(text)
    assert names.clean(name) == name


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Juan\nGerardo", "U+000A, a line break"),
        ("Juan\tGerardo", "U+0009, a tab"),
        ("Juan\u202eGerardo", "U+202E, right-to-left override"),
        ("Juan\u2066Gerardo", "U+2066, left-to-right isolate"),
        ("Ju\u200ban", "U+200B, zero width space"),
        ("Ju\u00adan", "U+00AD, soft hyphen"),
        ("Juan\x00", "U+0000, no character of a text"),
        ("Juan\udcff", "U+DCFF, no character of a text"),
        ("Juan\u2028Gerardo", "U+2028, line separator"),
    ],
)
def test_a_character_that_cannot_be_seen_is_refused(text: str, called: str) -> None:
    """What is not seen could make one name pass for another; the refusal names it, on one line."""
    with pytest.raises(names.BadNameError) as refused:
        names.clean(text)

    assert called in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("text", ["", "  ", "\u2014", "?", "\u00a0", "\u3164", "\u0301", "\ufe0f"])
def test_a_name_has_a_letter_or_a_digit(text: str) -> None:
    """Without a key nothing could be found by it again."""
    with pytest.raises(names.BadNameError, match="neither a letter nor a digit"):
        names.clean(text)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("Othon Marban, Jr.", "jr"),
        ("OTHON MARBAN SR", "sr"),
        ("Juan García II", "ii"),
        ("Juan García iii.", "iii"),
        ("Juan García IV", "iv"),
        ("Juan García", ""),
        ("Juan García hijo", ""),
        ("Jr. García", ""),
        ("Jr.", ""),
        ("", ""),
    ],
)
def test_a_suffix_is_one_of_five_at_the_end_of_a_name(name: str, suffix: str) -> None:
    """Jr. and Sr. are different people, and a name that is nothing else is not a suffix."""
    found = names.suffix(name)

    assert found == suffix


@pytest.mark.parametrize(
    ("part", "whole", "within"),
    [
        ("cardenas", "mario cardenas guillen", True),
        ("guillen mario", "mario cardenas guillen", True),
        ("jarquin jarquin", "jarquin", True),
        ("mario cardenas guillen", "cardenas", False),
        ("carden", "mario cardenas guillen", False),
        ("", "cardenas", False),
        ("", "", False),
    ],
)
def test_a_part_has_only_words_of_the_whole(part: str, whole: str, *, within: bool) -> None:
    """Whole words count, in any order; no word at all is a part of nothing."""
    found = names.tokens_within(part, whole)

    assert found is within
