"""A citation to the list is held against the mirror: the words are printed there, of that entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from caseledger import checking
from caseledger.cli.making import make_seeded
from caseledger.db.direct import writing_directly
from caseledger.db.location import Location
from caseledger.db.reading import first, reading
from caseledger.printed import HOW, Quote, Sources
from tests.ofac.lists import SmallList, put, sdn

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.reading import Reader
    from tests.support import Caseledger

JAN, FEB, MAR = "2021-01-01", "2021-02-01", "2021-03-01"

ENTRY = sdn(
    7,
    "DOE ROE, Ana María",
    "SDNTK] [TCO",
    "a.k.a. 'LA JEFA'; DOB 1970; Linked To: ZUTANO\u2019S  GANG.",
    title="Head of Sales",
)
OTHER = sdn(8, "NOBODY", "SDNTK")

FIRST = SmallList(
    [ENTRY, OTHER],
    aliases=[(7, 1, "aka", "DOE, Annie", None)],
    addresses=[(7, 1, "Calle 1", "Tepic, Nayarit 63000", "Mexico", None), (8, 2, *[None] * 4)],
)
SECOND = SmallList([sdn(7, "DOE, Ana", "TCO", title="Head of Sales"), OTHER])
THIRD = SmallList([OTHER])


def put_all(location: Location, folder: Path) -> None:
    """Three lists: an entry that is renamed and loses much, and is gone."""
    for small, day in ((FIRST, JAN), (SECOND, FEB), (THIRD, MAR)):
        put(location, small, day, folder)


def source_of(reader: Reader, day: str) -> int:
    """The source that a list is."""
    row = first(reader, "SELECT id FROM sources WHERE dataset = 'ofac' AND key = :k", {"k": day})
    return int(row[0])


SAID = [
    (JAN, "entry 7", "DOE ROE, Ana María"),
    (JAN, "entry 7", "DOE ROE, Ana Mari\u0301a"),
    (JAN, "entry 7", "TCO"),
    (JAN, "entry 7", "DOE, Annie"),
    (JAN, "entry 7", "LA JEFA"),
    (JAN, "entry 7", "Head of Sales"),
    (JAN, "entry 7", "Calle 1, Tepic, Nayarit 63000, Mexico"),
    (JAN, "entry 7", "DOB 1970"),
    (JAN, "entry 7", "Linked To: ZUTANO'S GANG"),
    (JAN, "entry 7, for the last time", "SDNTK"),
    (JAN, "entry 7, remarks", "DOB 1970"),
    (JAN, "entry 7", None),
    (FEB, "entry 7", "DOE, Ana"),
    (FEB, "entry 7 is not there under SDNTK", None),
    (MAR, "entry 7 is not there", None),
    (MAR, "entry 7 is not there under TCO", None),
]

UNSAID = [
    (JAN, None, "TCO", f"is a list of entries: {HOW}"),
    (JAN, None, None, f"is a list of entries: {HOW}"),
    (JAN, "7", "TCO", f"is a list of entries: {HOW}"),
    (JAN, "page 12", "TCO", f"is a list of entries: {HOW}"),
    (JAN, "entry 9", None, "has no entry 9"),
    (MAR, "entry 7", "DOE, Ana", "has no entry 7"),
    (JAN, "entry 8", "TCO", "does not say 'TCO' of entry 8"),
    (JAN, "entry 7", "DOE, Ana", "does not say 'DOE, Ana' of entry 7"),
    (JAN, "entry 7", "SDNT", "does not say 'SDNT' of entry 7"),
    (FEB, "entry 7", "SDNTK", "does not say 'SDNTK' of entry 7"),
    (FEB, "entry 7", "DOE, Annie", "does not say 'DOE, Annie' of entry 7"),
    (FEB, "entry 7", "Calle 1", "does not say 'Calle 1' of entry 7"),
    (FEB, "entry 7, for the last time", "SDNTK", "does not say 'SDNTK' of entry 7"),
    (FEB, "entry 7 is not there", None, "has an entry 7"),
    (JAN, "entry 7 is not there under SDNTK", None, "has entry 7 under SDNTK"),
    (MAR, "entry 7 is not there", "TCO", "does not say 'TCO': what is not there prints nothing"),
]
"""Of February neither aliases nor addresses were imported: it says nothing of them."""


def test_what_a_list_prints_of_an_entry_is_told_from_what_it_does_not(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Names, programmes, title, address, remarks, ties; in that version, whole, however typed."""
    put_all(empty_registry, tmp_path)
    with reading(empty_registry) as reader:
        number = {day: source_of(reader, day) for day in (JAN, FEB, MAR)}
        sources = Sources(reader, set(number.values()))
        said = [Quote(case, number[case[0]], *case[1:]) for case in SAID]
        unsaid = [Quote(case, number[case[0]], *case[1:3]) for case in UNSAID]

        assert list(sources.unsaid(said)) == []
        found = dict(sources.unsaid(unsaid))
    assert found == {case: case[3] for case in UNSAID}


@pytest.fixture
def listed(seeded: Caseledger, tmp_path: Path) -> Caseledger:
    """The program on the first source and three lists: S2, S3 and S4."""
    put_all(Location(tmp_path / "registry.db", None), tmp_path)
    return seeded


DEATH = ("add", "death", "--person", "P23", "--source")


def test_what_a_person_cites_from_a_list_is_printed_there(listed: Caseledger) -> None:
    """Else nothing is recorded, and the line says what is wrong and how it is written."""
    good = listed(
        *DEATH, "S2", "--date", "2019", "--section", "entry 7", "--phrase", "DOE ROE, Ana María"
    )
    bad = listed(*DEATH, "S3", "--date", "2020", "--section", "entry 7", "--phrase", "SDNTK")
    nowhere = listed(*DEATH, "S2", "--date", "2020", "--phrase", "SDNTK")

    title = "caseledger: 'Specially Designated Nationals list, 2021-0"
    assert good.code == 0, good.err
    assert (bad.code, bad.err) == (1, f"{title}2-01' does not say 'SDNTK' of entry 7\n")
    assert (nowhere.code, nowhere.err) == (1, f"{title}1-01' is a list of entries: {HOW}\n")
    assert len(listed("report", "--kind", "death", "-f", "csv").lines) == 1 + 1


LOADED = """
dataset = "mine"
default_source = "ofac:2021-02-01"
[[person]]
key = "p"
name = "Ana Inventada"
citation = {{ section = "{}", phrase = "{}" }}
"""


@pytest.mark.parametrize(
    ("section", "phrase", "why"),
    [
        ("entry 7", "DOE, Ana", None),
        ("entry 7", "SDNTK", "the source does not say 'SDNTK' of entry 7"),
        ("page 1", "DOE, Ana", f"the source is a list of entries: {HOW}"),
    ],
)
def test_what_a_file_cites_from_a_list_is_printed_there(
    listed: Caseledger, tmp_path: Path, section: str, phrase: str, why: str | None
) -> None:
    """Else the file is refused, with the record that says so."""
    file = tmp_path / "mine.toml"
    file.write_text(LOADED.format(section, phrase), encoding="utf-8")

    ran = listed("load", str(file))

    assert ran.code == bool(why), ran.err
    assert (why or "") in ran.err


def test_the_check_holds_every_citation_against_the_lists(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """What another program made of the words, the place or the mirror is found."""
    put_all(seeded_registry, tmp_path)
    with reading(seeded_registry) as reader:
        assert list(checking.check(reader, {})) == []
        number, source = first(
            reader, "SELECT id, source_id FROM citations WHERE key = '8/sdntk/1'"
        )
        party, _ = first(reader, "SELECT id, 0 FROM citations WHERE key = '8/party'")
    with writing_directly(seeded_registry) as writer:
        writer.update("citations", ("phrase",), ("id",), [("TCO", number)])
        writer.update("citations", ("section",), ("id",), [("page 1", party)])

    with reading(seeded_registry) as reader:
        assert sorted(checking.check(reader, {})) == sorted(
            [
                f"L{number}: S{source} does not say 'TCO' of entry 8",
                f"L{party}: S{source} is a list of entries: {HOW}",
            ]
        )


def test_the_check_holds_phrases_against_the_texts_that_are_kept(tmp_path: Path) -> None:
    """A phrase that a shell changed is not in the text any more."""
    location = Location(tmp_path / "registry.db", None)
    make_seeded(location)
    with writing_directly(location) as writer:
        writer.insert("source_texts", ("source_id", "text"), [(1, "Nothing of it.")])

    with reading(location) as reader:
        found = list(checking.check(reader, {}))
        cited = first(reader, "SELECT count(*) FROM citations WHERE phrase IS NOT NULL")[0]

    assert len(found) == cited > 0
    assert all("does not say" in line for line in found)
