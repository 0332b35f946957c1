"""Finding a record by reference or by name; what is not clear is never picked from."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import lookup, names, references
from caseledger.cli.making import make_seeded
from caseledger.db.location import Location
from caseledger.db.reading import Reader, reading
from caseledger.errors import (
    AmbiguousError,
    ExitCode,
    NoReferenceError,
    NotFoundError,
    UsageError,
)
from caseledger.loading.load import load_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Caseledger

SECOND = Path(__file__).parent / "data" / "second-source.toml"

MANY = """
dataset = "many"
default_source = "s"
source = [{ key = "s", title = "Example Almanac" }]
organization = [
  { key = "gang", name = "Beispiel", type = "gang" },
]
person = [
  { key = "p0", name = "Alma Muster" },
  { key = "p1", name = "Berta Muster" },
  { key = "p2", name = "Carla Muster" },
  { key = "p3", name = "Dora Muster" },
  { key = "p4", name = "Emma Muster" },
  { key = "p5", name = "Frida Muster" },
  { key = "p6", name = "Gerda Muster" },
  { key = "p7", name = "Hilda Muster" },
  { key = "p8", name = "Irma Muster" },
  { key = "p9", name = "Namensgleich Ejemplo" },
  { key = "p10", name = "Namensgleich Ejemplo" },
  { key = "p11", name = "Beispiel" },
]
name = [
  { party = "p0", name = "La Llave", kind = "nickname" },
  { party = "p1", name = "La Llave Grande", kind = "weak" },
  { party = "p2", name = "Alma Muster", kind = "nickname" },
]
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """The seed, the second source, and many of one name; made once, because it is only read."""
    location = Location(tmp_path_factory.mktemp("lookup") / "registry.db", None)
    make_seeded(location)
    for name, text in ((SECOND.name, SECOND.read_text("utf-8")), ("many.toml", MANY)):
        load_file(location, text, name, by="tester", as_json=False)
    return location


@pytest.fixture
def reader(registry: Location) -> Iterator[Reader]:
    """The registry, to read."""
    with reading(registry) as open_reader:
        yield open_reader


def test_a_party_is_found_by_its_reference(reader: Reader) -> None:
    """In either case, with blanks around it."""
    found = lookup.find_party(reader, "CJNG")

    assert lookup.find_party(reader, f" {found.reference.lower()} ") == found
    assert str(found) == f"{found.reference} Cartel Jalisco Nueva Generación"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("CJNG", "Cartel Jalisco Nueva Generación"),
        ("cartel jalisco nueva generacion", "Cartel Jalisco Nueva Generación"),
        ("Cartel del Noroeste", "Cartel de Noreste"),
        ("Office of Foreign Assets Control", "OFAC"),
        ("Attorney General’s Office", "FGR"),
        ("El Huevo", "Juan Gerardo Treviño Chávez"),
        ("EL-85", "Erick Valencia Salazar"),
        ("the driver of the painted lorry", "Nombrado Después, Jr."),
        ("four dockers", "four dockers"),
    ],
)
def test_a_party_is_found_in_every_recorded_form(reader: Reader, name: str, shown: str) -> None:
    """Its acronym, a misprint, a nickname, what it was recorded as before it had a name."""
    assert lookup.find_party(reader, name).name == shown


def test_a_party_found_by_a_nickname_alone_says_so(reader: Reader) -> None:
    """It may be said of many: nothing is recorded on it."""
    assert lookup.find_party(reader, "La Llave").by_nickname
    assert lookup.find_party(reader, "La Llave Grande").by_nickname
    assert not lookup.find_party(reader, "Berta Muster").by_nickname
    assert not lookup.find_party(reader, "CJNG").by_nickname


def test_a_name_and_a_nickname_alike_are_two_who_may_be_meant(reader: Reader) -> None:
    """Not even the one whose name it is is picked."""
    with pytest.raises(AmbiguousError) as caught:
        lookup.find_party(reader, "Alma Muster")

    names_of = [candidate.partition(" ")[2] for candidate in caught.value.candidates]
    assert names_of == ["Alma Muster", "Carla Muster"]


def test_namesakes_are_told_apart_by_reference_only(reader: Reader) -> None:
    """The sentence asks for one, and gives both."""
    with pytest.raises(AmbiguousError) as caught:
        lookup.find_party(reader, "namensgleich ejemplo", "person")
    references_of = [candidate.split()[0] for candidate in caught.value.candidates]

    assert str(caught.value).startswith("'namensgleich ejemplo' is the name of more than one")
    assert len(set(references_of)) == 2
    assert [lookup.find_party(reader, text).reference for text in references_of] == references_of


def test_only_parties_of_the_sort_asked_for_are_found(reader: Reader) -> None:
    """A person and a gang of one name: each where it is asked for."""
    assert lookup.find_party(reader, "Beispiel", "person").kind == "person"
    assert lookup.find_party(reader, "Beispiel", "organization").kind == "organization"
    with pytest.raises(AmbiguousError):
        lookup.find_party(reader, "Beispiel")
    with pytest.raises(NotFoundError):
        lookup.find_party(reader, "CJNG", "person")


@pytest.mark.parametrize("part", ["Gulf", "cartel gulf", "Vicente Carrillo"])
def test_a_part_of_a_name_is_never_taken_for_it(reader: Reader, part: str) -> None:
    """Even where it is a part of one only."""
    with pytest.raises(AmbiguousError, match="only a part of a name") as caught:
        lookup.find_party(reader, part)

    assert caught.value.code == ExitCode.NOT_FOUND


def test_candidates_come_by_reference_and_eight_at_most(reader: Reader) -> None:
    """More would not be read: the rest is counted."""
    with pytest.raises(AmbiguousError) as caught:
        lookup.find_party(reader, "Muster")
    *shown, rest = caught.value.candidates
    numbers = [int(candidate.split()[0][1:]) for candidate in shown]

    assert len(shown) == 8
    assert numbers == sorted(numbers)
    assert rest == "and 1 more"


def test_a_party_with_two_matching_forms_is_one_candidate(reader: Reader) -> None:
    """The cartel and its misprint both hold the word."""
    with pytest.raises(AmbiguousError) as caught:
        lookup.find_party(reader, "Noroeste")

    assert len(caught.value.candidates) == 1


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("CJGN", "CJNG"),
        ("Gulf Cartell", "Gulf Cartel"),
        ("Othon Marvan, Jr.", "Othon Marban, Jr."),
        ("Sepulbeda Portillo", "Obed Christian Sepulveda Portillo"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    reader: Reader, typed: str, nearest: str
) -> None:
    """Offered in the form that was nearly typed, and not taken."""
    with pytest.raises(NotFoundError) as caught:
        lookup.find_party(reader, typed)

    assert caught.value.nearest[0] == nearest


def test_a_text_without_a_letter_is_no_name(reader: Reader) -> None:
    """It would match every name of none."""
    with pytest.raises(UsageError, match="no letter and no digit"):
        lookup.find_party(reader, " - ")


def test_a_reference_of_the_wrong_letter_finds_nothing(reader: Reader) -> None:
    """P7 is not O7: one of the two was mistyped, and we do not know which."""
    number = lookup.find_party(reader, "CJNG").id

    with pytest.raises(NoReferenceError):
        lookup.find_party(reader, f"P{number}")
    with pytest.raises(NoReferenceError):
        lookup.find_party(reader, "O999999")


def test_a_reference_to_another_sort_of_record_is_wrong_usage(reader: Reader) -> None:
    """The sentence says what it is."""
    cartel = lookup.find_party(reader, "CJNG").reference

    with pytest.raises(UsageError, match=f"{cartel} is an organization, not a person"):
        lookup.find_party(reader, cartel, "person")
    with pytest.raises(UsageError, match="S1 is a source, not a case"):
        lookup.find(reader, "S1", "case")


@pytest.mark.parametrize(
    ("reference", "kind"),
    [("A1", "action"), ("C1", "case"), ("S1", "source"), ("F1", "affiliation"), ("K1", "kinship")],
)
def test_every_record_is_found_by_its_reference(reader: Reader, reference: str, kind: str) -> None:
    """Each by the letter of its sort."""
    parsed = references.parse(reference)
    assert parsed is not None

    assert lookup.find_reference(reader, parsed).kind == kind


def test_cases_and_sources_are_found_by_title(reader: Reader) -> None:
    """With accents, case and spacing ignored, as names are."""
    case = lookup.find(reader, "operation EXAMPLE-ferry", "case")
    source = lookup.find(reader, "example almanac", "source")

    assert (case.reference[0], case.name) == ("C", "Operation Example Ferry")
    assert (source.reference[0], source.name) == ("S", "Example Almanac")


def test_a_case_is_found_by_its_docket_and_a_source_by_its_address(seeded: Caseledger) -> None:
    """What an analyst has at hand is the number on the filing and the link of the release."""
    seeded("add", "case", "Operation Example", "--docket", "1:24-CR-007", "--source", "S1")
    seeded("add", "source", "Invented release", "--url", "https://example.org/7")

    with reading(Location(Path(seeded.db), None)) as reader:
        assert lookup.find(reader, "1:24-cr-007", "case").name == "Operation Example"
        assert lookup.find(reader, "https://example.org/7", "source").name == "Invented release"


def test_a_part_of_a_title_is_never_taken_for_it(reader: Reader) -> None:
    """Nor is a slip."""
    with pytest.raises(AmbiguousError, match="only a part"):
        lookup.find(reader, "Ferry", "case")
    with pytest.raises(NotFoundError) as caught:
        lookup.find(reader, "Operation Exampel Ferry", "case")
    assert caught.value.nearest == ("Operation Example Ferry",)


@pytest.mark.parametrize("sort", ["action", "tally"])
def test_actions_and_tallies_go_by_reference_only(reader: Reader, sort: str) -> None:
    """They have no names."""
    with pytest.raises(UsageError, match="is no reference to"):
        lookup.find(reader, "arrest", sort)


@pytest.mark.parametrize("name", ["Gulf Cartell", "Gulf Cartels"])
def test_a_similar_name_is_offered_to_who_records_a_new_one(reader: Reader, name: str) -> None:
    """It may be the same under a slip."""
    found = lookup.parties_like(reader, name, "organization")

    assert "Gulf Cartel" in [party.name for party in found]
    assert lookup.parties_like(reader, "Nothing of the Kind", "organization") == []


def test_a_withdrawn_record_is_found_only_where_it_is_asked_for(seeded: Caseledger) -> None:
    """By no name, by no reference; but to bring it back."""
    with reading(Location(Path(seeded.db), None)) as before:
        huevo = lookup.find_party(before, "El Huevo")
    with closing(sqlite3.connect(seeded.db)) as connection:
        [row] = connection.execute("SELECT id FROM names WHERE name = 'El Huevo'")
    reference = references.Reference("N", row[0])
    ran = seeded("withdraw", str(reference), "--reason", "never told")
    assert ran.code == ExitCode.DONE, ran.err

    with reading(Location(Path(seeded.db), None)) as after:
        with pytest.raises(NotFoundError):
            lookup.find_party(after, "El Huevo")
        with pytest.raises(NoReferenceError):
            lookup.find_reference(after, reference)
        assert lookup.find_reference(after, reference, withdrawn=True).name == "El Huevo"
        assert lookup.find_party(after, huevo.reference) == huevo._replace(by_nickname=False)


@given(st.data())
def test_no_accent_case_hyphen_or_space_keeps_a_name_from_being_found(
    registry: Location, data: st.DataObject
) -> None:
    """However one of the recorded forms is typed, its party is among those found by it."""
    with reading(registry) as reader:
        forms = [
            (row[0], row[1])
            for row in reader.rows(
                "SELECT id, name FROM parties UNION SELECT party_id, name FROM names"
            )
        ]
        party, name = data.draw(st.sampled_from(sorted(forms)))
        typed = "".join(data.draw(_typed(letter)) for letter in name)
        found = [found.id for found in lookup.parties_named(reader, typed, "party")]

    assert names.key(typed) == names.key(name)
    assert party in found


def _typed(letter: str) -> st.SearchStrategy[str]:
    """The ways in which a letter of a name may be typed."""
    if letter in " -":
        return st.sampled_from([" ", "-", "  ", " - ", ""])
    bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    return st.sampled_from([letter, letter.lower(), bare, bare.upper()])


def test_a_name_with_its_surname_first_is_the_person(reader: Reader) -> None:
    """`Muster, Alma` is how lists print Alma Muster."""
    assert lookup.find_party(reader, "Muster, Emma", "person").name == "Emma Muster"


def test_only_those_who_ask_find_people_by_another_order_of_words(reader: Reader) -> None:
    """James Martin is not Martin James: nothing is recorded on that alone."""
    assert lookup.parties_named(reader, "Muster Emma", "person") == []
    assert [
        party.name
        for party in lookup.parties_named(reader, "Muster Emma", "person", in_any_order=True)
    ] == ["Emma Muster"]
