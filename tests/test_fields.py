"""How one value of a record is read, and what each kind of record carries."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import phrases
from caseledger.catalogue import (
    ACTIONS,
    AFFILIATION,
    CITATION,
    GROUP,
    KINDS,
    NAME,
    ORGANIZATION,
    PERSON,
    SOURCE,
    TALLY,
)
from caseledger.catalogue.endings import unfit_to_end
from caseledger.errors import ExitCode, UsageError
from caseledger.fields import (
    Body,
    Choice,
    Count,
    Country,
    Day,
    Extent,
    Field,
    Link,
    Links,
    NameText,
    Point,
    Reference,
    Sha256,
    Switch,
    Term,
    Text,
    recorder,
    text_of,
)
from caseledger.loading.tables import MANY
from caseledger.models import Base
from caseledger.vocabulary import ENDS, ActionKind

if TYPE_CHECKING:
    from caseledger.catalogue import RecordKind


class Colour(StrEnum):
    """A closed list, for the tests."""

    RED = "red"
    DARK_BLUE = "dark blue"


def refusal(field: Field, value: object) -> str:
    """The sentence with which a field refuses a value."""
    with pytest.raises(ValueError, match=r"\w") as caught:
        field.read(value)
    return str(caught.value)


def problems(kind: RecordKind, **values: object) -> list[str]:
    """Everything that is wrong with these values, but for what is missing."""
    found = kind.read(values)[1]
    return [problem for problem in found if not problem.endswith("is missing")]


def test_a_text_is_kept_as_printed_on_one_line() -> None:
    """Case, accents and punctuation stay; blanks around and between words become single."""
    stored = Text("place", "where").read("  Pier\u00a09,   Puerto Vallarta ")

    assert stored == {"place": "Pier 9, Puerto Vallarta"}


@pytest.mark.parametrize(
    "value",
    ["", "   ", "...", "—", "two\nlines", "a\tb", "bell\x07", "\u202eturned", "\udce9", "a\u200bb"],
)
def test_a_text_that_says_nothing_or_hides_something_is_refused(value: str) -> None:
    """Blank, only signs, a line break, a character that cannot be seen: all are shown."""
    sentence = refusal(Text("place", "where"), value)

    assert repr(value) in sentence


@pytest.mark.parametrize("value", [True, 5, 1.5, ["a"], {"a": 1}, dt.time(10)])
def test_a_text_is_not_made_of_anything_else(value: object) -> None:
    """A number or a list in a file is a slip, not a text: it is never spelt out."""
    assert refusal(Text("place", "where"), value).startswith("a text is needed, not ")


def test_a_name_carries_the_key_by_which_it_is_found() -> None:
    """The key ignores accents, case, hyphens and spacing; the name keeps them."""
    stored = NameText("name", "as printed").read("Osiel Cardenas-Guillén")

    assert stored == {"name": "Osiel Cardenas-Guillén", "name_key": "osielcardenasguillen"}


@pytest.mark.parametrize("written", ["dark blue", "dark-blue", "dark_blue", " Dark  Blue "])
def test_a_hyphen_or_an_underscore_stands_for_a_space_in_a_word_of_a_list(written: str) -> None:
    """On a command line a space would need quotes."""
    stored = Choice("colour", "which", values=Colour).read(written)

    assert stored == {"colour": "dark blue"}


@pytest.mark.parametrize("value", ["green", "", True, None, 3, ["red"]])
def test_a_word_that_is_not_in_the_list_is_refused_with_the_list(value: object) -> None:
    """Whoever mistypes one sees what there is."""
    assert refusal(Choice("colour", "which", values=Colour), value).endswith(
        "is none of: red, dark blue"
    )


@pytest.mark.parametrize("value", ["yes", "true", 1, 0, None])
def test_a_switch_is_true_or_false_and_nothing_like_it(value: object) -> None:
    """In a file `"yes"` is a text; taking it for true would make a named person unnamed."""
    assert refusal(Switch("unnamed", "no name"), value).startswith("true or false is needed")


def test_a_date_is_kept_in_its_shortest_form_with_its_bounds() -> None:
    """Two ways to write one date are one date."""
    stored = Point("date", "when").read("[2022-05-01..2022-05-31]")

    assert stored == {"date": "2022-05", "earliest": "2022-05-01", "latest": "2022-05-31"}


@pytest.mark.parametrize(
    ("value", "text"),
    [(dt.date(2022, 5, 17), "2022-05-17"), (2022, "2022"), ("2022", "2022")],
)
def test_a_date_that_toml_read_as_one_is_understood(value: object, text: str) -> None:
    """An unquoted 2022-05-17 is a date in TOML, and 2022 a number: both can mean nothing else."""
    assert Point("date", "when").read(value)["date"] == text


@pytest.mark.parametrize("value", [True, 2022.5, ["2022"], dt.datetime(2022, 5, 17)])  # noqa: DTZ001
def test_what_is_no_date_is_refused_whatever_its_type(value: object) -> None:
    """True is an int to Python, and a time of day is more than the source says."""
    assert refusal(Point("date", "when"), value)


def test_a_stretch_of_time_keeps_its_open_end() -> None:
    """Until when a conduct lasted may not be known."""
    stored = Extent("conduct", "when", prefix="conduct_").read("2000/..")

    assert stored == {
        "conduct": "2000/..",
        "conduct_earliest": "2000-01-01",
        "conduct_latest": None,
    }


@pytest.mark.parametrize("name", ["MX", "mx", "Mexico", "México", "MEXICO"])
def test_a_country_is_understood_in_english_and_in_spanish(name: str) -> None:
    """What is kept is the code."""
    assert Country("country", "where").read(name) == {"country": "MX"}


def test_a_day_is_one_day() -> None:
    """A document is fetched on a day, not in a month."""
    assert Day("retrieved", "when").read("2022-10-13") == {"retrieved": "2022-10-13"}
    assert refusal(Day("retrieved", "when"), "2022-10").startswith("one day is needed")


def test_a_digest_is_kept_in_lower_case() -> None:
    """Some tools print it in capitals."""
    assert Sha256("sha256", "of").read("AB" * 32) == {"sha256": "ab" * 32}
    assert refusal(Sha256("sha256", "of"), "ab" * 31) == "64 hexadecimal digits are needed"


def test_a_whole_text_keeps_its_lines_and_no_character_that_a_database_cannot() -> None:
    """NUL and half a surrogate pair would be refused later, by PostgreSQL or by the encoder."""
    field = Body("text", "all of it")

    assert field.read("One.\n\nTwo.\n") == {"text": "One.\n\nTwo.\n"}
    assert refusal(field, "a\x00b").endswith("U+0000")
    assert refusal(field, "a\ud800b").endswith("U+D800")
    assert refusal(field, " \n ").startswith("a text that says something is needed")


@pytest.mark.parametrize(
    ("written", "months", "life"),
    [
        ("12y", 144, 0),
        ("18m", 18, 0),
        ("12y6m", 150, 0),
        ("1y 6m", 18, 0),
        ("life", None, 1),
        ("LIFE", None, 1),
    ],
)
def test_a_sentence_is_months_or_life(written: str, months: int | None, life: int) -> None:
    """Years and months are added up, so that sentences can be compared."""
    stored = Term("sentence", "how long").read(written)

    assert stored == {"sentence_months": months, "sentence_life": life}


@pytest.mark.parametrize(
    "written", ["12", "12 years", "0y", "0m", "-3y", "12.5y", "99999y", "6m12y"]
)
def test_a_sentence_that_is_not_written_so_is_refused_with_the_forms(written: str) -> None:
    """Twelve what? is not guessed."""
    assert refusal(Term("sentence", "how long"), written).startswith(
        "a sentence is written 12y, 18m, 12y6m or life"
    )


@given(st.integers(1, 9999), st.integers(0, 11))
def test_a_sentence_in_years_and_months_is_its_months(years: int, months: int) -> None:
    """Whatever its length."""
    stored = Term("sentence", "how long").read(f"{years}y{months}m" if months else f"{years}y")

    assert stored["sentence_months"] == years * 12 + months


@pytest.mark.parametrize(
    ("written", "minimum", "maximum", "words"),
    [
        (26, 26, 26, None),
        ("26", 26, 26, None),
        ("1,000", 1000, 1000, None),
        ("20-30", 20, 30, None),
        ("20–30", 20, 30, None),
        ("several dozen", None, None, "several dozen"),
    ],
)
def test_a_count_is_a_number_a_range_or_words(
    written: object, minimum: int | None, maximum: int | None, words: str | None
) -> None:
    """As the source gives it."""
    stored = Count("count", "how many", ranges=True).read(written)

    assert stored == {"minimum": minimum, "maximum": maximum, "words": words}


@pytest.mark.parametrize(
    "written", ["-3", "3.5", "some 30", "30-20", "9" * 10, True, "", "six", "Twelve"]
)
def test_a_count_that_is_half_a_number_is_refused(written: object) -> None:
    """`six` and `some 30` kept as words would be missing from every sum."""
    assert refusal(Count("count", "how many", ranges=True), written)


def test_a_group_has_no_range_of_people() -> None:
    """A headcount is one number with its qualifier."""
    assert refusal(Count("people", "how many"), "20-30").endswith("nor words without one")


def test_a_reference_is_kept_until_it_is_known_what_it_means() -> None:
    """A key in a file, a name or REF on a command line."""
    stored = Link("authority", "who", to="organization", column="authority_id").read(" O9 ")

    assert stored == {"authority_id": Reference("organization", "O9")}


def test_several_references_may_be_one() -> None:
    """One agency need not stand in a list."""
    field = Links("cooperation", "with whom", to="organization")

    assert field.read("hsi") == field.read(["hsi"])
    assert refusal(field, 5) == "a list is needed, not a number"
    assert refusal(field, ["hsi", 5]) == "a text is needed, not a number"


def test_an_unknown_field_is_told_with_the_one_that_was_meant() -> None:
    """A slip in a file is found without the documentation."""
    assert problems(PERSON, nme="x") == ["there is no field 'nme'; did you mean 'name'?"]
    assert problems(PERSON, colour="red") == ["there is no field 'colour'"]


def test_every_problem_of_a_record_is_told_at_once() -> None:
    """Nobody mends a file one run at a time."""
    _, found = PERSON.read({"sex": "f", "birth": "soon", "nationality": "Narnia"})

    assert [problem.partition(":")[0] for problem in found] == [
        "sex",
        "birth",
        "nationality",
        "name is missing",
    ]


def test_on_a_command_line_a_problem_names_the_option_that_was_typed() -> None:
    """`from_country` is a word of files; what was typed is --from."""
    _, found = ACTIONS[ActionKind.EXTRADITION].read(
        {"from_country": "Narnia", "date": "soon"}, apart=("subject",), typed=True
    )

    assert [problem.partition(":")[0] for problem in found] == ["--from", "--date"]


def test_on_a_command_line_the_argument_goes_by_its_own_name() -> None:
    """It is no option, and no two dashes would find it."""
    _, found = PERSON.read({"name": "..."}, typed=True)

    assert found == ["name: '...' holds neither a letter nor a digit"]


@pytest.mark.parametrize("value", ["announced", "inferred"])
def test_what_says_how_a_date_is_known_needs_a_date(value: str) -> None:
    """Nothing can be announced or inferred that is not given."""
    field = "date_kind" if value == "announced" else "date_basis"
    found = ACTIONS[ActionKind.ARREST].read({"subject": "p", field: value})[1]

    assert found == [f"{value} says how a date is known, and none is given"]


def test_an_action_without_a_date_says_nothing_of_how_it_is_known() -> None:
    """The columns are empty together."""
    stored, _ = ACTIONS[ActionKind.ARREST].read({"subject": "p"})

    assert stored["date_kind"] is stored["date_basis"] is None


def test_a_conviction_may_tell_the_sentence_and_need_not() -> None:
    """Imposed is said of a sentence that is told, and of none that is not."""
    conviction = ACTIONS[ActionKind.CONVICTION]
    told, _ = conviction.read({"subject": "p", "sentence": "12y"})
    untold, _ = conviction.read({"subject": "p"})

    assert told["sentence_extent"] == "imposed"
    assert untold["sentence_extent"] is None
    assert conviction.read({"subject": "p", "sentence_extent": "maximum"})[1] == [
        "maximum goes with a sentence, and there is none"
    ]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("Othon Marban, Sr.", "Sr."), ("Othon Marban Jr", "Jr."), ("Juan III", "III"), ("Juan", None)],
)
def test_a_suffix_is_read_from_the_name_that_ends_in_it(name: str, suffix: str | None) -> None:
    """Jr. and Sr. are two people."""
    stored, _ = PERSON.read({"name": name})

    assert stored.get("suffix") == suffix


def test_a_description_has_no_suffix() -> None:
    """`the man called Jr` is no name."""
    stored, _ = PERSON.read({"name": "man known as Jr", "unnamed": True})

    assert stored.get("suffix") is None


@pytest.mark.parametrize(
    ("people", "qualifier", "problem"),
    [
        (1, "exactly", "people: a group has two people or more; one unnamed human is a person"),
        (0, "exactly", "people: a group has two people or more; one unnamed human is a person"),
        (6, "words", "qualifier: 6 is a number, not words"),
        ("several", "about", "'several' is no number: about does not go with it"),
    ],
)
def test_a_group_is_two_people_or_more_or_words(
    people: object, qualifier: str, problem: str
) -> None:
    """One unnamed human is a person, who can be named later without changing identity."""
    assert problems(GROUP, name="g", people=people, qualifier=qualifier) == [problem]


@pytest.mark.parametrize(
    ("count", "qualifier", "minimum", "maximum"),
    [(100, "over", 100, None), ("20-30", "about", 20, 30), (0, "exactly", 0, 0)],
)
def test_a_tally_says_how_exactly_it_is_counted(
    count: object, qualifier: str, minimum: int, maximum: int | None
) -> None:
    """Over a hundred has no upper end."""
    stored, found = TALLY.read(
        {"description": "x", "count": count, "qualifier": qualifier, "unit": "arrests"}
    )

    assert not found
    assert (stored["minimum"], stored["maximum"]) == (minimum, maximum)


@pytest.mark.parametrize(
    ("count", "qualifier"), [("20-30", "over"), (5, "words"), ("several", "over")]
)
def test_a_tally_that_contradicts_itself_is_refused(count: object, qualifier: str) -> None:
    """Over a range, or words that are a number."""
    assert problems(TALLY, description="x", count=count, qualifier=qualifier, unit="tips")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_column_of_a_record_is_one_of_its_table(kind: RecordKind) -> None:
    """A default that no table keeps would be lost without a word."""
    tables = [Base.metadata.tables[name] for name in (kind.table, kind.detail) if name]
    kept = {column for table in tables for column in table.c.keys()}  # noqa: SIM118 - columns
    apart = {*MANY, "minimum", "maximum", "words"}

    stored, _ = kind.read({})

    assert set(stored) - apart <= kept


@pytest.mark.parametrize("kind", [*KINDS.values(), CITATION], ids=lambda kind: kind.name)
def test_no_two_fields_of_a_kind_share_a_name_or_an_option(kind: RecordKind) -> None:
    """One of them could never be given."""
    options = [field.typed for field in kind.fields]

    assert len(set(options)) == len(options)
    assert len(kind.by_name) == len(kind.fields)


@pytest.mark.parametrize(
    "kind", [SOURCE, ORGANIZATION, PERSON, NAME, AFFILIATION, TALLY], ids=lambda kind: kind.name
)
def test_the_argument_of_a_command_is_a_required_field(kind: RecordKind) -> None:
    """An argument cannot be left away."""
    assert kind.by_name[str(kind.argument)].required


@pytest.mark.parametrize(
    ("kind", "ended"), [(kind, ended) for kind in ENDS for ended in ActionKind], ids=str
)
def test_an_action_ends_only_what_it_can_end(kind: ActionKind, ended: ActionKind) -> None:
    """A release does not end a charge, whatever the dates."""
    assert (unfit_to_end(kind, {}, ended, {}) is None) == (ended in ENDS[kind])


def test_what_ends_comes_later() -> None:
    """A release of 2020 cannot be of an arrest in 2022."""
    arrest = {"date": "2022", "date_kind": "event", "earliest": "2022-01-01"}
    before = {"date": "2020", "date_kind": "event", "latest": "2020-12-31"}
    same = {"date": "2022-01", "date_kind": "event", "latest": "2022-01-31"}

    assert unfit_to_end("release", before, "arrest", arrest) == (
        "was in 2022, after 2020: a release comes later"
    )
    assert unfit_to_end("release", same, "arrest", arrest) is None


def test_when_things_were_announced_says_nothing_of_what_came_first() -> None:
    """An arrest may be announced after the release."""
    arrest = {"date": "2022", "date_kind": "announced", "earliest": "2022-01-01"}
    release = {"date": "2020", "date_kind": "event", "latest": "2020-12-31"}

    assert unfit_to_end("release", release, "arrest", arrest) is None


@pytest.mark.parametrize(
    ("print_", "cited"),
    [
        ("He said “hello”", 'He said "hello"'),
        ("the FGR’s agents", "the FGR's agents"),
        ("U.S.\u2011Mexico", "U.S.-Mexico"),
        ("2000–2012 — ended", "2000-2012 - ended"),
        ("no\u00a0break\nhere", "no break here"),
        ("Gener\u0061\u0301n", "Gener\u00e1n"),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
    ],
)
def test_a_phrase_is_found_whatever_a_copy_does_with_quotes_dashes_and_blanks(
    print_: str, cited: str
) -> None:
    """Nobody types a curly quote or a no-break space."""
    assert phrases.plain(print_) == phrases.plain(cited)


def test_a_phrase_of_other_words_is_not_found() -> None:
    """Case and words are the print's own."""
    assert phrases.plain("Alleged member") not in phrases.plain("an alleged member")


@given(st.text())
def test_reading_a_phrase_twice_changes_nothing(text: str) -> None:
    """What is plain stays as it is."""
    assert phrases.plain(phrases.plain(text)) == phrases.plain(text)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\udce9"])
def test_who_records_is_somebody(name: str) -> None:
    """A blank in `recorded_by` would say that nobody did."""
    with pytest.raises(UsageError, match="--by: ") as caught:
        recorder(name)

    assert caught.value.code is ExitCode.USAGE


def test_text_of_composes_what_a_keyboard_took_apart() -> None:
    """Two spellings of one letter are one name."""
    assert text_of("Jose\u0301") == "José"
