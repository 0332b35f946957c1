"""The page of one record: everything on it, each line cited, what is alleged said first."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.db.reading import reading
from caseledger.errors import AmbiguousError, NoReferenceError, NotFoundError
from caseledger.loading import load_file
from caseledger.render.sections import write_page
from caseledger.reports.actions import NO_FINDING
from caseledger.reports.pages import page
from caseledger.reports.pages.affiliations import ALLEGED
from caseledger.reports.pages.case import TIES_NOBODY
from caseledger.reports.pages.citing import CHUNK
from caseledger.reports.pages.tally_lines import NOT_ADDED
from caseledger.sheet import About, SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from caseledger.db.reading import Reader
    from tests.support import Caseledger

SECOND_SOURCE = """
dataset = "invented"
default_source = "bulletin"

[[source]]
key = "bulletin"
title = "Invented bulletin"
publisher = "Example Office"
published = "2024-06-01"
url = "https://example.org/bulletin"

[[source]]
key = "notice"
title = "Invented notice"

[[organization]]
key = "cartel"
name = "Example Cartel"
type = "cartel"

[[organization]]
key = "faction"
name = "Example Faction"

  [[organization.affiliation]]
  organization = "cartel"
  relation = "faction"

[[organization]]
key = "police"
name = "Example Police"
type = "agency"

[[organization]]
key = "office"
name = "Example Prosecutor"
type = "agency"

[[person]]
key = "fulano"
name = "Fulano Inventado"
birth = "1980"
nationality = "MX"
sex = "male"

  [[person.affiliation]]
  organization = "cartel"
  relation = "leader"
  standing = "alleged"
  title = "boss of the port"
  period = "2020/.."
  citation = [
    { section = "People", phrase = "alleged boss of the port" },
    { source = "notice", phrase = "said to lead" },
  ]

  [[person.affiliation]]
  organization = "cartel"
  relation = "acts for"

[[person]]
key = "zutana"
name = "Zutana Ejemplo"

  [[person.kinship]]
  relation = "sister of"
  relative = "fulano"

[[person]]
key = "driver"
name = "the driver of the truck"
unnamed = true
citation = { section = "People", phrase = "the driver" }

[[name]]
key = "driver-named"
party = "driver"
name = "Mengano Supuesto"
kind = "primary"
citation = { source = "notice", phrase = "Mengano Supuesto" }

[[name]]
key = "fulano-nickname"
party = "fulano"
name = "El Ejemplo"
kind = "nickname"

[[group]]
key = "three"
name = "three people at the port"
people = 3
qualifier = "at least"
members = ["zutana"]

[[group]]
key = "several"
name = "several people at the quay"
people = "several"
members = ["three"]

[[case]]
key = "operation"
title = "Operation Example"
docket = "24-cr-1"
court = "Example Court"
organization = "cartel"

[[arrest]]
key = "arrest-fulano"
subject = "fulano"
date = "2024-03-01"
authority = "police"
announced_by = "office"
cooperation = ["office"]
place = "Port Example"
country = "MX"
case = "operation"
summary = "Without a shot"
citation = { section = "Arrests", phrase = "arrested Fulano Inventado" }

[[release]]
key = "release-fulano"
subject = "fulano"
date = "2024-05"
ends = "arrest-fulano"

[[arrest]]
key = "arrest-three"
subject = "three"
date = "2024-02"
date_kind = "announced"

[[release]]
key = "release-zutana"
subject = "zutana"
ends = "arrest-three"

[[arrest]]
key = "arrest-several"
subject = "several"
date = "2023"
date_basis = "inferred"

[[designation]]
key = "designation"
subject = "cartel"
program = "EX 1"

[[tally]]
key = "arrests"
description = "arrests at the port"
count = 10
qualifier = "over"
unit = "arrests"
measure = "arrest"
authority = "police"
period = "2024-03"

[[tally]]
key = "of-them"
description = "of them by night"
count = 4
unit = "arrests"
part_of = "arrests"
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, its lines read."""

    title: str
    facts: list[str]
    sections: dict[str, list[str]]
    about: About

    @property
    def lines(self) -> list[str]:
        """All the lines under headings."""
        return [line for lines in self.sections.values() for line in lines]


def show(location: Location, text: str) -> Shown:
    """The page of a name or a reference."""
    with reading(location) as reader:
        return read(reader, text)


def read(reader: Reader, text: str) -> Shown:
    """The page, its lines read first and what stands under them after."""
    found = page(reader, text)
    sections = {section.heading: list(section.lines) for section in found.sections}
    told = {heading: lines for heading, lines in sections.items() if lines}
    return Shown(found.title, list(found.facts), told, found.about())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def registry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Location]:
    """The first source and an invented second one, on each engine; read by all, changed by none."""
    if request.param == "sqlite":
        yield made(Location(tmp_path_factory.mktemp("show") / "registry.db", None))
        return
    server = request.getfixturevalue("_server")
    database = pytest.importorskip("psycopg").connect(server, autocommit=True)
    database.execute("CREATE DATABASE test_show")
    address, _, options = server.partition("?")
    yield made(locate(f"{address.rsplit('/', 1)[0]}/test_show?{options}"))
    database.execute("DROP DATABASE test_show WITH (FORCE)")
    database.close()


def made(location: Location) -> Location:
    """A registry with both sources."""
    make_seeded(location)
    load_file(location, SECOND_SOURCE, "invented.toml", by="tester", as_json=False)
    return location


def test_a_person_is_told_with_names_affiliations_and_actions(registry: Location) -> None:
    """Every line ends in the source, the section and the phrases that support it."""
    shown = show(registry, "erick valencia-salazar")

    print_ = 'Combating TCOs: “Erick "el 85" Valencia Salazar”'
    assert shown.title == "P23 Erick Valencia Salazar"
    assert shown.facts == [f"person [S1, {print_}]"]
    assert shown.sections == {
        "Other names": [f"N14 el 85 (nickname) [S1, {print_}]"],
        "Affiliations": [
            (
                "F4 founder of O3 Cartel Jalisco Nueva Generación, asserted; title: co-founder"
                " [S1, Combating TCOs: “CJNG co-founder”]"
            )
        ],
        "Actions": [
            (
                f"A4 2022: arrest — by Mexico [S1, {print_},"
                " “Mexico arrested several prominent cartel leaders”,"
                " “operatives in 2022, including”]"
            )
        ],
    }
    assert [source.reference for source in shown.about.sources] == ["S1"]
    assert shown.about.notes == (NO_FINDING,)


def test_an_organization_is_told_with_everyone_affiliated_by_name(
    registry: Location,
) -> None:
    """Nobody is left out, and a name is found where the alphabet has it."""
    shown = show(registry, "CJNG")

    assert shown.title == "O3 Cartel Jalisco Nueva Generación"
    assert shown.facts[0].startswith("cartel [S1, ")
    assert [line.split(" [")[0] for line in shown.sections["Affiliated to it"]] == [
        "F3 P22 Aldrin Miguel Jarquín Jarquín — member, asserted; title: Plaza Boss in Colima",
        "F4 P23 Erick Valencia Salazar — founder, asserted; title: co-founder",
        "F9 P33 Obed Christian Sepulveda Portillo — acts for, asserted",
        "F8 P32 Sergio Armando Orozco Rodriguez — acts for, asserted",
    ]


def test_what_is_only_alleged_says_so_first_from_either_side(registry: Location) -> None:
    """Read in haste, an alleged member must not pass for a member."""
    person = show(registry, "Carlos Arturo Quintana")
    organization = show(registry, "VCFO")
    affiliation = show(registry, "F7")

    cited = "[S1, Extraditions: “Quintana is alleged to be a prominent member”]"
    told = "ALLEGED: member of O5 Vicente Carrillo Fuentes Organization; title: prominent member"
    assert person.sections["Affiliations"] == [f"F7 {told} {cited}"]
    assert organization.sections["Affiliated to it"] == [
        f"F7 P31 Carlos Arturo Quintana — ALLEGED: member; title: prominent member {cited}"
    ]
    assert affiliation.title == f"F7 P31 Carlos Arturo Quintana — {told}"
    assert all(ALLEGED in shown.about.notes for shown in (person, organization, affiliation))


def test_several_affiliations_to_one_organization_are_all_told(registry: Location) -> None:
    """A later assertion does not hide an earlier allegation, nor one source another."""
    shown = show(registry, "Fulano Inventado")

    assert [line.split(" ", 1)[1] for line in shown.sections["Affiliations"]] == [
        (
            "ALLEGED: leader of O39 Example Cartel; title: boss of the port; period: 2020/.."
            " [S2, People: “alleged boss of the port”; S3: “said to lead”]"
        ),
        "acts for O39 Example Cartel, asserted [S2]",
    ]


def test_an_action_is_told_with_what_ended_it(registry: Location) -> None:
    """An arrest is not an end state: whoever reads of it reads of the release."""
    shown = show(registry, "Fulano Inventado")

    assert shown.facts == ["person; male; born 1980; nationality MX [S2]"]
    assert shown.sections["Actions"] == [
        (
            "A21 2024-03-01: arrest — by Example Police; announced by Example Prosecutor;"
            " with Example Prosecutor; place: Port Example, MX; case: C4 Operation Example;"
            " Without a shot; ended by A24 (release, 2024-05)"
            " [S2, Arrests: “arrested Fulano Inventado”]"
        ),
        "A24 2024-05: release — ends A21 (arrest, 2024-03-01) [S2]",
    ]


def test_a_release_of_one_does_not_read_as_a_release_of_all(registry: Location) -> None:
    """Of three who were arrested, the one who was let go is named."""
    shown = show(registry, "three people at the port")

    assert shown.facts == ["at least 3 people, counted by the source and not named [S2]"]
    assert shown.sections["Already counted in it"] == ["P44 Zutana Ejemplo [S2]"]
    assert shown.sections["Actions"] == [
        (
            "A22 2024-02, announced: arrest"
            " — ended for P44 Zutana Ejemplo by A25 (release, undated) [S2]"
        )
    ]


def test_what_was_done_to_the_groups_that_counted_someone_is_told(registry: Location) -> None:
    """One of the three is one of the several too: their arrest was hers."""
    shown = show(registry, "Zutana Ejemplo")

    assert shown.sections["Counted in"] == [
        "G46 three people at the port [S2]",
        "G47 several people at the quay [S2]",
    ]
    actions = shown.sections["Actions on those it was counted in"]
    assert [action.split(" [")[0] for action in actions] == [
        "A23 2023, inferred: arrest of G47 several people at the quay",
        (
            "A22 2024-02, announced: arrest of G46 three people at the port"
            " — ended for P44 Zutana Ejemplo by A25 (release, undated)"
        ),
    ]


def test_people_counted_in_words_are_told_in_those_words(registry: Location) -> None:
    """No number is made of "several"."""
    shown = show(registry, "several people at the quay")

    assert shown.facts == ["people, counted by the source as “several” and not named [S2]"]


def test_kin_are_told_from_both_ends_and_no_more_exactly_than_recorded(
    registry: Location,
) -> None:
    """A sister's brother may be a sister: the source did not say."""
    hers, his = show(registry, "Zutana Ejemplo"), show(registry, "Fulano Inventado")

    assert hers.sections["Kin"] == ["K2 sister of P43 Fulano Inventado [S2]"]
    assert his.sections["Kin"] == ["K2 sibling of P44 Zutana Ejemplo [S2]"]
    assert show(registry, "K2").title == ("K2 P44 Zutana Ejemplo — sister of P43 Fulano Inventado")


def test_the_unnamed_are_told_as_described(registry: Location) -> None:
    """A description is not a name."""
    person = show(registry, "P34")
    network = show(registry, "O7")

    assert person.facts[0].startswith("person, not named by the source, only described; male [S1")
    assert network.facts[0].startswith(
        "smuggling network, not named by the source, only described [S1"
    )


def test_one_who_was_named_later_keeps_what_was_said_before(registry: Location) -> None:
    """Both forms are told, each on the word of its own source."""
    shown = show(registry, "Mengano Supuesto")

    assert shown.facts == ["person [S2, People: “the driver”]"]
    assert [line.split(" ", 1)[1] for line in shown.sections["Other names"]] == [
        "Mengano Supuesto (the name now known) [S3: “Mengano Supuesto”]",
        (
            "the driver of the truck (what was said before the name was known)"
            " [S2, People: “the driver”]"
        ),
    ]


def test_an_organization_is_told_as_subject_and_with_its_cases(registry: Location) -> None:
    """What was done to it, its factions, and the cases that concern it."""
    shown = show(registry, "Example Cartel")

    assert shown.sections["Actions"] == ["A26 undated: designation — under EX 1 [S2]"]
    assert shown.sections["Cases that concern it"] == [
        "C4 Operation Example; docket 24-cr-1; Example Court; 1 action [S2]"
    ]
    assert [line.split(" ", 1)[1] for line in shown.sections["Affiliated to it"]] == [
        "O40 Example Faction — faction, asserted [S2]",
        (
            "P43 Fulano Inventado — ALLEGED: leader; title: boss of the port; period: 2020/.."
            " [S2, People: “alleged boss of the port”; S3: “said to lead”]"
        ),
        "P43 Fulano Inventado — acts for, asserted [S2]",
    ]
    assert "What was done to those affiliated to it: caseledger report --cartel O39" in (
        shown.about.notes
    )


def test_an_agency_is_told_with_what_it_did_and_what_is_claimed_of_it(registry: Location) -> None:
    """An agency is never a target: what it did stands under a heading of its own."""
    police, office = show(registry, "Example Police"), show(registry, "Example Prosecutor")

    heading = "What it did, announced or took part in"
    assert [line[:43] for line in police.sections[heading]] == [
        "A21 2024-03-01: arrest of P43 Fulano Invent"
    ]
    assert police.sections[heading] == office.sections[heading]
    assert police.sections["Totals of what it did"] == [
        "T10 Example Police: over 10 arrests at the port; 1 recorded in this registry [S2]"
    ]
    assert "Actions" not in police.sections


def test_a_case_is_told_with_its_actions_and_ties_nobody(registry: Location) -> None:
    """A scheme that concerns a cartel makes no one in it a member."""
    shown = show(registry, "operation example")

    assert shown.title == "C4 Operation Example"
    assert shown.facts == [
        "docket: 24-cr-1",
        "court: Example Court",
        "concerns O39 Example Cartel",
    ]
    assert len(shown.sections["Actions"]) == 1
    assert shown.sections["Citations"][0].endswith(" S2")
    assert TIES_NOBODY in shown.about.notes


def test_a_tally_is_told_as_claimed_and_as_recorded(registry: Location) -> None:
    """The two numbers stand side by side and are not added."""
    shown = show(registry, "T1")

    assert shown.title == "T1 OFAC designated 26 individuals under EO 14059"
    assert shown.facts == [
        "claimed: 26 (individuals designated under EO 14059)",
        "recorded: 2",
        "authority: O9 OFAC",
        "programme: EO 14059",
        "period: 2021-10/2022-10-13, inferred",
    ]
    assert [line[:40] for line in shown.sections["Put inside it by the source"]] == [
        "A19 2022-02-17, inferred: designation of",
        "A20 2022-07-11, inferred: designation of",
    ]
    assert shown.sections["Citations"] == [
        "L129 S1, Targeted Financial Measures: “designated 26 individuals and 17 entities”"
    ]
    assert shown.about.notes == (NOT_ADDED, NO_FINDING)


def test_a_tally_of_what_no_action_is_says_so(registry: Location) -> None:
    """Warrants are not arrests: nothing recorded here could be one of them."""
    shown = show(registry, "T3")

    assert shown.facts[1] == "recorded: no action that is kept here is counted in warrants"


def test_a_tally_tells_what_matches_it_and_its_parts(registry: Location) -> None:
    """Without a word of the source: by kind, authority and period."""
    whole, part = show(registry, "T10"), show(registry, "T11")

    heading = "Inside it by its kind, authority, programme and period"
    assert [line[:28] for line in whole.sections[heading]] == ["A21 2024-03-01: arrest of P4"]
    assert whole.sections["Parts of it"] == [
        "T11 4 of them by night; 0 recorded in this registry [S2]"
    ]
    assert part.facts[-1] == "part of T10 arrests at the port"


def test_an_action_is_told_with_every_citation_by_its_reference(
    registry: Location,
) -> None:
    """A phrase that was mistyped can be found, and withdrawn by its reference."""
    shown = show(registry, "A6")

    assert shown.title == "A6 arrest of G36 six members of a human smuggling organization"
    assert shown.facts == [
        "date: 2022-03, announced",
        "for prosecution by Mexico",
        "announced by U.S. Attorney's Office for the District of Arizona",
        "with Mexico",
        "case: C2 Takedown of a human smuggling organization operating in Arizona and Sonora",
    ]
    assert [line.split(" ", 1)[1] for line in shown.sections["Citations"]] == [
        "S1, Human Smuggling: “led to the arrest of six members of the organization”",
        "S1, Human Smuggling: “extensive cooperation with Mexico”",
        "S1, Human Smuggling: “will be prosecuted by Mexican authorities”",
    ]
    assert shown.sections["Affiliations of G36"][0].startswith("F10 member of O6 ")
    assert shown.sections["Totals that contain it, or may"][0].startswith("T5 Joint Task Force")


def test_the_action_of_an_alleged_member_says_alleged(registry: Location) -> None:
    """The page of an extradition is read by itself."""
    shown = show(registry, "A18")

    assert shown.sections["Affiliations of P31"][0].startswith("F7 ALLEGED: member of O5 ")
    assert ALLEGED in shown.about.notes


def test_a_source_is_told_with_everything_on_its_word(registry: Location) -> None:
    """Whoever doubts a source sees what stands and falls with it."""
    shown = show(registry, "Invented notice")

    assert shown.facts == ["citations: 2"]
    assert [line.split(" ", 1)[1].split(" [")[0] for line in shown.lines] == [
        (
            "P43 Fulano Inventado — ALLEGED: leader of O39 Example Cartel;"
            " title: boss of the port; period: 2020/.."
        ),
        "Mengano Supuesto (the name now known) of P45 Mengano Supuesto",
    ]


def test_a_citation_tells_what_it_supports(registry: Location) -> None:
    """The letter L is told too, back from the phrase to the record."""
    shown = show(registry, "l51")

    phrase = "S1, Arms Trafficking: “Cárdenas is the son of former head of the Gulf Cartel”"
    assert shown.facts == [phrase]
    assert shown.sections == {
        "Supports": [
            f"K1 P27 Osiel Cárdenas Salinas, Jr. — son of P28 Osiel Cardenas-Guillén [{phrase}]"
        ]
    }


def test_a_name_tells_whose_it_is(registry: Location) -> None:
    """And what form of the name."""
    shown = show(registry, "N2")

    assert shown.title == (
        "N2 Cartel del Noroeste (misspelling in a source) of O2 Cartel de Noreste"
    )
    assert len(shown.sections["Citations"]) == 1


def test_every_reference_of_every_kind_has_a_page_whose_lines_all_cite(
    registry: Location,
) -> None:
    """Nothing recorded is out of reach, and nothing is told on nobody's word."""
    tables = {
        "A": "actions", "C": "cases", "S": "sources", "F": "affiliations",
        "K": "kinships", "N": "names", "T": "tallies", "L": "citations",
    }  # fmt: skip
    with reading(registry) as reader:
        references = [
            f"{letter}{row[0]}"
            for letter, table in tables.items()
            for row in reader.rows(f"SELECT id FROM {table} ORDER BY id")
        ]
        parties = reader.rows("SELECT upper(substr(kind, 1, 1)) || id FROM parties ORDER BY id")
        references += [row[0] for row in parties]
        pages = {reference: read(reader, reference) for reference in references}

    for reference, shown in pages.items():
        assert shown.title.startswith(f"{reference} ")
        assert [line for line in shown.lines if not (line.endswith("]") or line[0] == "L")] == []
        assert [line for line in shown.lines if "cites no source" in line] == []
        assert shown.about.sources or reference.startswith("S")


def test_more_lines_than_are_read_at_a_time_are_all_told_in_order(empty_file: Path) -> None:
    """A long list is told whole, each action once, whatever the subjects are affiliated to."""
    location, number = Location(empty_file, None), 2 * CHUNK + 3
    head = 'dataset = "long"\ndefault_source = "s"\n[[source]]\nkey = "s"\ntitle = "Long list"\n'
    person = '[[person]]\nkey = "p"\nname = "Fulano Inventado"\n'
    organizations = "".join(
        f'[[organization]]\nkey = "o{n}"\nname = "Example Cartel {n}"\n'
        f'[[affiliation]]\nkey = "f{n}"\nparty = "p"\norganization = "o{n}"\n'
        for n in (1, 2)
    )
    arrests = "".join(
        f'[[arrest]]\nkey = "a{n}"\nsubject = "p"\ndate = "{1000 + n}"\n' for n in range(number)
    )
    text = head + person + organizations + arrests
    load_file(location, text, "long.toml", by="tester", as_json=False)

    actions = show(location, "Fulano Inventado").sections["Actions"]

    assert [line.split()[1] for line in actions] == [f"{1000 + n}:" for n in range(number)]


def test_a_part_of_a_name_is_never_picked_from(seeded: Caseledger) -> None:
    """Three people a bare surname could mean: exit 3, all three with their references."""
    ran = seeded("show", "Cárdenas")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    for candidate in ("P27 Osiel", "P28 Osiel", "P29 Mario"):
        assert candidate in ran.err


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Cárdenas", AmbiguousError),
        ("weapons money laundering scheme Noroeste", AmbiguousError),
        ("CJGN", NotFoundError),
        ("A999", NoReferenceError),
    ],
)
def test_what_is_not_there_is_not_found(
    registry: Location, text: str, error: type[Exception]
) -> None:
    """A part of the title of a case is ambiguous as a part of a name is."""
    with pytest.raises(error):
        show(registry, text)


def test_a_name_that_is_also_a_title_is_ambiguous(tmp_path: Path) -> None:
    """A case may be called after a cartel: the reference decides, not the order of looking."""
    text = """
dataset = "namesakes"
[[source]]
key = "s"
title = "Invented letter"
[[case]]
key = "c"
title = "Example Cartel"
citation = { source = "s" }
"""
    location = made(Location(tmp_path / "registry.db", None))
    load_file(location, text, "namesakes.toml", by="tester", as_json=False)

    with pytest.raises(AmbiguousError, match=r"O39 Example Cartel, C5 Example Cartel"):
        show(location, "Example Cartel")


def test_what_was_withdrawn_is_told_on_no_other_page(seeded: Caseledger) -> None:
    """Neither on the page of its subject, nor as what ended something."""
    made = seeded("add", "release", "--subject", "P23", "--ends", "A4", "--source", "S1")
    reference = made.out.split()[0]
    before = seeded("show", "P23").out

    seeded("withdraw", reference, "--reason", "a mistake")

    assert f"ended by {reference} (release, undated)" in before
    assert reference not in seeded("show", "P23").out


def test_a_page_stands_on_stdout_as_plain_lines(seeded: Caseledger) -> None:
    """Headings at the margin, lines indented, the sources numbered, nothing on stderr."""
    ran = seeded("show", "Osiel Cardenas-Guillén")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "P28 Osiel Cardenas-Guillén",
        "  person [S1, Arms Trafficking: “Osiel Cardenas-Guillén”]",
        "  key: fact-sheet-2022:osiel-cardenas-guillen",
        "",
        "Affiliations",
        (
            "  F5 leader of O4 Gulf Cartel, asserted; title: former head [S1, Arms Trafficking:"
            " “former head of the Gulf Cartel Osiel Cardenas-Guillén”]"
        ),
        "",
        "Kin",
        (
            "  K1 parent of P27 Osiel Cárdenas Salinas, Jr. [S1, Arms Trafficking:"
            " “Cárdenas is the son of former head of the Gulf Cartel”]"
        ),
        "",
        (
            "S1. Fact sheet on U.S.–Mexico security cooperation under the Bicentennial Framework."
            " U.S. Department of State, 2022-10-13 (inferred)."
        ),
    ]


@pytest.mark.parametrize("width", [5, 30, 61, 200])
def test_a_page_fits_its_terminal_whatever_the_letters(width: int) -> None:
    """Wide characters take two columns and accents none; an address is kept whole to be copied."""
    stream = io.StringIO()
    words = "名前 例 " * 20 + "Zutana Eje\u0301mplo " * 10

    write_page(
        stream,
        title=f"P1 {words}",
        facts=[words],
        parts=[("Actions", iter([words, "short"])), ("Kin", iter([]))],
        about=lambda: About(sources=[SourceLine("S1", words)], notes=("a note",)),
        width=width,
    )

    lines = stream.getvalue().splitlines()
    assert max(map(wcswidth, lines)) <= max(width, 20)
    assert lines.count("Actions") == 1
    assert "Kin" not in lines
    assert "  short" in lines


def test_a_page_is_read_without_what_makes_start_up_slow(seeded_file: Path) -> None:
    """`show` is a read: neither SQLAlchemy nor Alembic nor rich nor pydantic is imported."""
    told = (
        "import sys; from caseledger.cli.main import run;"
        f"run(['--db', {str(seeded_file)!r}, 'show', 'CJNG']);"
        "print({'sqlalchemy', 'alembic', 'rich', 'pydantic', 'tabulate', 'wcwidth'}"
        " & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)

    assert done.stdout.splitlines()[-1] == "set()"
