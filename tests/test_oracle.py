"""What a faithful seed answers: every row of the oracle (DESIGN 1.4), and the traps of its source.

All of it holds on both engines, read from one registry of each: nothing here writes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.db.reading import reading
from caseledger.errors import AmbiguousError
from caseledger.lookup import find_party
from caseledger.reports.actions import COLUMNS, report
from caseledger.reports.criteria import Criteria
from caseledger.reports.lists import listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from caseledger.sheet import About

Row = dict[str, Any]

CRIMINAL = {"cartel", "gang", "smuggling network", "unknown"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest) -> Iterator[Location]:
    """A registry with the first source in it, on each engine; made once: it is only read."""
    if request.param == "sqlite":
        path: Path = request.getfixturevalue("_seeded")
        yield Location(path, None)
        return
    import psycopg

    server: str = request.getfixturevalue("_server")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE oracle")
        base, _, query = server.partition("?")
        url = f"{base.rsplit('/', 1)[0]}/oracle?{query}"
        location = locate(url.replace("postgresql:", "postgresql+psycopg:"))
        make_seeded(location)
        yield location
        connection.execute("DROP DATABASE oracle WITH (FORCE)")


def ask(location: Location, **criteria: Any) -> tuple[list[Row], About]:
    """The rows of a report, by column, and what stands under them."""
    with reading(location) as reader:
        sheet = report(reader, Criteria(**criteria))
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.rows]
        return rows, sheet.about()


def listed(location: Location, what: str) -> list[Row]:
    """The rows of a list, by column."""
    with reading(location) as reader:
        sheet = listing(reader, what)
        return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


def counted(named: int, unnamed: int, actions: int) -> dict[str, int]:
    """The counts of a report without organizations among its subjects."""
    return {
        "actions": actions,
        "named people": named,
        "unnamed people": unnamed,
        "organizations": 0,
    }


def test_thirteen_named_people_have_an_action_of_their_own(registry: Location) -> None:
    """One more, the father, is only what his son is related to: nothing is told as done to him."""
    _, about = ask(registry)
    people = [row for row in listed(registry, "people") if row["kind"] == "person"]
    without = [row["name"] for row in people if row["is_named"] and not row["actions"]]

    assert about.counts["named people"] == 13
    assert without == ["Osiel Cardenas-Guillén"]


def test_five_criminal_organizations_are_named_and_two_are_not(registry: Location) -> None:
    """Agencies and a government are organizations too, and never counted among the targets."""
    targets = [row for row in listed(registry, "organizations") if row["type"] in CRIMINAL]

    assert [(row["name"], row["aliases"]) for row in targets if row["is_named"]] == [
        ("Guadalajara Cartel", None),
        ("Cartel de Noreste", "CDN; Cartel del Noroeste"),
        ("Cartel Jalisco Nueva Generación", "CJNG"),
        ("Gulf Cartel", None),
        ("Vicente Carrillo Fuentes Organization", "VCFO"),
    ]
    assert [row["type"] for row in targets if not row["is_named"]] == ["smuggling network"] * 2


def test_cjng_has_four_actions_on_four_named_people(registry: Location) -> None:
    """Two arrests of 2022, and two designations whose day is printed and whose year is inferred."""
    rows, about = ask(registry, organizations=["CJNG"])

    assert [(r["kind"], r["date"], r["date_basis"], r["subject"], r["aliases"]) for r in rows] == [
        ("arrest", "2022", "stated", "Aldrin Miguel Jarquín Jarquín", "El Chaparrito"),
        ("arrest", "2022", "stated", "Erick Valencia Salazar", "el 85"),
        ("designation", "2022-02-17", "inferred", "Sergio Armando Orozco Rodriguez", "Chocho"),
        ("designation", "2022-07-11", "inferred", "Obed Christian Sepulveda Portillo", None),
    ]
    assert [(r["relation"], r["title"]) for r in rows] == [
        ("member", "Plaza Boss in Colima"),
        ("founder", "co-founder"),
        ("acts for", None),
        ("acts for", None),
    ]
    assert about.counts == counted(named=4, unnamed=0, actions=4)
    assert about.tallies == [
        "OFAC designated 26 individuals under EO 14059; 2 recorded in this registry"
    ]


@pytest.mark.parametrize("name", ["CDN", "Cartel del Noroeste", "cartel de-noreste"])
def test_cdn_is_found_by_every_form_of_its_name(registry: Location, name: str) -> None:
    """One named person, and three whose case concerns it and who are tied to nothing."""
    rows, about = ask(registry, organizations=[name])

    assert [(r["subject"], r["kind"], r["date"], r["date_kind"], r["people"]) for r in rows] == [
        ("Juan Gerardo Treviño Chávez", "arrest", "2022", "event", 1),
        (
            "three individuals in a weapons money laundering scheme",
            *("conviction", "2022-05", "announced", 3),
        ),
    ]
    assert [(r["relation"], r["standing"]) for r in rows] == [
        ("leader", "asserted"),
        ("case concerns", None),
    ]
    assert about.counts == counted(named=1, unnamed=3, actions=2)


def test_the_gulf_cartel_has_one_extradition(registry: Location) -> None:
    """A son is no member of his father's cartel: without being asked for he is not there."""
    rows, about = ask(registry, organizations=["Gulf Cartel"])

    assert [(r["subject"], r["kind"], r["date"]) for r in rows] == [
        ("Mario Cárdenas Guillén", "extradition", "2022-05-17")
    ]
    assert about.counts == counted(named=1, unnamed=0, actions=1)


def test_the_family_of_the_gulf_cartels_heads_comes_when_asked_for(registry: Location) -> None:
    """As what he is to his father, and as nothing to the cartel."""
    rows, about = ask(registry, organizations=["Gulf Cartel"], include_family=True)
    son = rows[1]

    assert (son["subject"], son["kind"]) == ("Osiel Cárdenas Salinas, Jr.", "conviction")
    assert (son["date"], son["date_kind"]) == ("2022-08", "announced")
    assert son["relation"] == "son of Osiel Cardenas-Guillén"
    assert (son["title"], son["standing"], son["organization"]) == (None, None, None)
    assert about.counts == counted(named=2, unnamed=0, actions=2)


def test_vcfo_has_one_extradition_of_someone_alleged_to_be_its_member(registry: Location) -> None:
    """Who "is alleged to be a prominent member" is not made one."""
    rows, about = ask(registry, organizations=["VCFO"])

    assert [(r["subject"], r["kind"], r["date"]) for r in rows] == [
        ("Carlos Arturo Quintana", "extradition", "2022-08-18")
    ]
    assert rows[0]["standing"] == "alleged"
    assert rows[0]["title"] == "prominent member"
    assert about.counts == counted(named=1, unnamed=0, actions=1)


def test_there_are_twenty_actions_in_all(registry: Location) -> None:
    """By kind; a prosecution is no conviction, and no kind brings another along."""
    rows, about = ask(registry)

    assert about.counts["actions"] == len(rows) == 20
    assert Counter(row["kind"] for row in rows) == {
        "arrest": 7,
        "conviction": 6,
        "charge": 1,
        "prosecution": 1,
        "extradition": 3,
        "designation": 2,
    }


def test_three_convictions_are_by_plea_and_one_has_a_sentence(registry: Location) -> None:
    """A basis and a term only where the source gives them."""
    rows, _ = ask(registry, kinds=["conviction"])
    pleas = [row["subject"] for row in rows if "by plea" in row["detail"]]
    terms = [row["subject"] for row in rows if "imprisonment" in row["detail"]]

    assert pleas == [
        "Othon Marban, Sr.",
        "Othon Marban, Jr.",
        "first individual convicted under the Bipartisan Safer Communities Act",
    ]
    assert terms == ["Andrew Scott Pierson"]
    assert rows[0]["detail"].startswith("12 years' imprisonment; ")


def test_three_extraditions_are_each_to_the_day(registry: Location) -> None:
    """What the indictments allege is a detail of the surrender: there is no charge beside it."""
    rows, about = ask(registry, kinds=["extradition"])

    assert [(r["subject"], r["date"], r["date_kind"], r["date_basis"]) for r in rows] == [
        ("Mario Cárdenas Guillén", "2022-05-17", "event", "stated"),
        ("Adan Casarrubias Salgado", "2022-05-26", "event", "stated"),
        ("Carlos Arturo Quintana", "2022-08-18", "event", "stated"),
    ]
    assert all(row["detail"].startswith("from MX to US") for row in rows)
    assert "alleged: conspired with others" in rows[0]["detail"]
    assert rows[0]["detail"].endswith("conduct 2000/2012")
    assert rows[1]["detail"].endswith("conduct 2014")
    assert rows[2]["detail"] == "from MX to US"
    assert about.counts == counted(named=3, unnamed=0, actions=3)


def test_nineteen_people_are_arrested_in_seven_actions(registry: Location) -> None:
    """Four named, and 1 + 6 + 8 unnamed; the source's own 19 arrests by the FGR are others."""
    rows, about = ask(registry, kinds=["arrest"])

    assert about.counts == counted(named=4, unnamed=15, actions=7)
    assert sorted(row["people"] for row in rows) == [1, 1, 1, 1, 1, 6, 8]
    assert not [row for row in rows if row["authority"] == "FGR"]


def test_ofac_claims_26_individuals_and_17_entities_of_whom_two_are_recorded(
    registry: Location,
) -> None:
    """The two stand inside the 26, and none of the 17 is recorded."""
    tallies = [row for row in listed(registry, "tallies") if row["authority"] == "OFAC"]

    assert [(t["claimed"], t["unit"], t["recorded"], t["possibly"]) for t in tallies] == [
        ("26", "people", 2, 0),
        ("17", "organizations", 0, 0),
    ]
    for tally in tallies:
        assert (tally["measure"], tally["program"]) == ("designation", "EO 14059")
        assert (tally["period"], tally["period_basis"]) == ("2021-10/2022-10-13", "inferred")


def test_the_programme_of_the_two_designations_is_cited_too(registry: Location) -> None:
    """It is printed in the sentence that they stand under, not in theirs."""
    with reading(registry) as reader:
        cited = [
            tuple(row)
            for row in reader.rows(
                "SELECT d.program, count(*) FROM designations d"
                "  JOIN citations l ON l.action_id = d.id"
                " WHERE l.phrase = 'pursuant to Executive Order (EO) 14059'"
                " GROUP BY d.id, d.program"
            )
        ]

    assert cited == [("EO 14059", 1)] * 2


def test_the_other_tallies_stand_as_they_are_claimed(registry: Location) -> None:
    """Warrants and tips are no actions: nothing is recorded of them, which is not "0 recorded"."""
    tallies = [row for row in listed(registry, "tallies") if row["authority"] != "OFAC"]

    assert [
        (t["authority"], t["claimed"], t["unit"], t["period"], t["recorded"], t["possibly"])
        for t in tallies
    ] == [
        ("FGR", "29", "warrants", "2021-10/2022-10", None, None),
        ("FGR", "19", "arrests", "2021-10/2022-10", 0, 0),
        ("Joint Task Force Alpha", "over 100", "arrests", "2021-04/2022-10-13", 14, 0),
        ("Joint Task Force Alpha", "several dozen", "convictions", "2021-04/2022-10-13", 0, 0),
        (None, "60", "tips", "2021-10/2022-08", None, None),
        (None, "4", "tips", "2021-10/2022-08", None, None),
        (None, "1", "tips", "2021-10/2022-08", None, None),
    ]


def test_four_and_one_of_the_sixty_tips_are_parts_of_them(registry: Location) -> None:
    """A part is not added to what it is a part of."""
    tips = [row for row in listed(registry, "tallies") if row["unit"] == "tips"]
    sixty = tips[0]["ref"]

    assert [row["part_of"] for row in tips] == [None, sixty, sixty]


def test_the_six_and_the_eight_are_inside_the_arrests_of_the_task_force(registry: Location) -> None:
    """The source puts them there; it does not call the task force the one who arrested them."""
    rows, about = ask(registry, kinds=["arrest"])
    groups = [row for row in rows if row["people"] > 1]

    assert [row["authority"] for row in groups] == [None, None]
    assert [sentence for sentence in about.tallies if "14 recorded in this registry" in sentence]


def test_twenty_seven_unnamed_people_are_counted_once(registry: Location) -> None:
    """3 + 1 + 6 + 9 + 8: the eight and the one each across two actions."""
    _, about = ask(registry)

    assert about.counts["unnamed people"] == 27


def test_two_actions_are_told_of_one_unnamed_person(registry: Location) -> None:
    """His arrest, of which no date is given, was before the conviction that was announced."""
    who = "first individual convicted under the Bipartisan Safer Communities Act"
    rows, about = ask(registry, people=[who])

    assert [(r["kind"], r["date"], r["date_kind"], r["date_basis"]) for r in rows] == [
        ("conviction", "2022-09", "announced", "stated"),
        ("arrest", "[..2022-09]", "event", "inferred"),
    ]
    assert rows[1]["place"] == "traveling south towards the port of entry in Laredo"
    assert about.counts == counted(named=0, unnamed=1, actions=2)


def test_the_eight_are_arrested_and_charged_as_one_group(registry: Location) -> None:
    """Eight people and two actions."""
    rows, about = ask(registry, people=["eight individuals in four states"])

    assert Counter(row["kind"] for row in rows) == {"arrest": 1, "charge": 1}
    assert about.counts == counted(named=0, unnamed=8, actions=2)


def test_a_nickname_inside_the_given_names_is_an_alias(registry: Location) -> None:
    """The name is shown without it, and the phrase keeps the print."""
    rows, _ = ask(registry, people=["Juan Gerardo Treviño Chávez"])

    assert [(r["subject"], r["aliases"]) for r in rows] == [
        ("Juan Gerardo Treviño Chávez", "El Huevo")
    ]
    assert rows[0]["phrase"] == 'Juan "El Huevo" Gerardo Treviño Chávez'


def test_senior_and_junior_are_two_people(registry: Location) -> None:
    """The commas between them are those of their names."""
    people = [row for row in listed(registry, "people") if row["name"].startswith("Othon Marban")]

    assert [(row["name"], row["suffix"], row["actions"]) for row in people] == [
        ("Othon Marban, Sr.", "Sr.", 1),
        ("Othon Marban, Jr.", "Jr.", 1),
    ]
    with reading(registry) as reader, pytest.raises(AmbiguousError) as caught:
        find_party(reader, "Othon Marban", "person")
    assert len(caught.value.candidates) == 2


def test_a_bare_surname_could_mean_three_people_and_is_never_picked_from(
    registry: Location,
) -> None:
    """The candidates are listed, each with the reference to give instead."""
    with reading(registry) as reader, pytest.raises(AmbiguousError) as caught:
        find_party(reader, "Cárdenas")
    names = [candidate.partition(" ")[2] for candidate in caught.value.candidates]

    assert names == [
        "Osiel Cárdenas Salinas, Jr.",
        "Osiel Cardenas-Guillén",
        "Mario Cárdenas Guillén",
    ]
    assert "is only a part of a name" in str(caught.value)


@pytest.mark.parametrize(
    "spelling",
    [
        "Osiel Cardenas-Guillén",
        "Osiel Cárdenas Guillén",
        "osiel cardenas guillen",
        "OSIEL CÁRDENAS-GUILLEN",
        "Osiel  Cardenas‑Guillén",
    ],
)
def test_accents_case_hyphens_and_spacing_do_not_matter(registry: Location, spelling: str) -> None:
    """The source itself prints the two surnames in two ways."""
    with reading(registry) as reader:
        found = find_party(reader, spelling)

    assert found.name == "Osiel Cardenas-Guillén"


def test_a_doubled_surname_is_kept(registry: Location) -> None:
    """Jarquín Jarquín is no slip, and Jarquín alone is only a part of the name."""
    with reading(registry) as reader:
        found = find_party(reader, "Aldrin Miguel Jarquin Jarquin")
        with pytest.raises(AmbiguousError) as caught:
            find_party(reader, "Aldrin Miguel Jarquín")

    assert found.name == "Aldrin Miguel Jarquín Jarquín"
    assert caught.value.candidates == (str(found),)


def test_a_former_head_keeps_the_word_and_gets_no_interval(registry: Location) -> None:
    """Since when either is "former" the source does not say; an affiliation that ended counts."""
    with reading(registry) as reader:
        heads = [
            tuple(row)
            for row in reader.rows(
                "SELECT party, relation, title, period FROM affiliations_overview"
                " WHERE organization = 'Gulf Cartel' ORDER BY affiliation_id"
            )
        ]

    assert heads == [
        ("Osiel Cardenas-Guillén", "leader", "former head", None),
        ("Mario Cárdenas Guillén", "leader", "former head", None),
    ]


def test_an_office_that_announces_is_not_the_authority(registry: Location) -> None:
    """Of what the office in Texas announced, only the indictment is said to be its own."""
    office = "U.S. Attorney's Office for the Southern District of Texas"
    rows, _ = ask(registry)
    by_it, _ = ask(registry, authority=office)

    assert [row["kind"] for row in by_it] == ["charge"]
    announced = [row for row in rows if row["announced_by"] == office]
    assert {row["kind"] for row in announced} == {"conviction"}
    assert {row["authority"] for row in announced} == {None}


def test_an_attempt_to_purchase_stays_one(registry: Location) -> None:
    """Attempting to purchase is neither a purchase nor trafficking."""
    rows, _ = ask(registry, people=["Osiel Cárdenas Salinas, Jr."])

    assert rows[0]["detail"] == "attempting to purchase assault rifles to export into Mexico"


def test_a_prosecution_is_not_called_a_conviction(registry: Location) -> None:
    """The nine were "successfully prosecuted": none of them is among those convicted."""
    rows, about = ask(registry, kinds=["prosecution"])

    assert [(r["subject"], r["people"], r["date"], r["date_basis"]) for r in rows] == [
        ("nine U.S.-based co-conspirators", 9, "[..2022-10-13]", "inferred")
    ]
    assert about.counts == counted(named=0, unnamed=9, actions=1)


def test_the_source_is_dated_by_inference_and_has_no_address(registry: Location) -> None:
    """It bears neither; there is exactly one, S1, and every action cites it."""
    rows, _ = ask(registry)
    [source] = listed(registry, "sources")

    assert source["ref"] == "S1"
    assert (source["published"], source["published_basis"]) == ("2022-10-13", "inferred")
    assert source["url"] is None
    assert {row["source"] for row in rows} == {"S1"}
    assert all(row["section"] and row["phrase"] for row in rows)
