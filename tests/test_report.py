"""The report: which actions it holds, in what order, and what each row says of its subject.

Asked of the seed together with a second, invented source, which holds what the seed hides; on both
engines, and by the keys that the two files give their actions.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.db.reading import reading
from caseledger.errors import (
    AmbiguousError,
    ExitCode,
    NoReferenceError,
    NotFoundError,
    UsageError,
)
from caseledger.loading.load import load_file
from caseledger.lookup import find_party
from caseledger.reports.actions import COLUMNS, report
from caseledger.reports.criteria import Criteria

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.sheet import About
    from tests.support import Caseledger

Row = dict[str, Any]

SECOND = Path(__file__).parent / "data" / "second-source.toml"

OF_THE_CARTEL = [
    "death-exmiembro",
    "arrest-driver",
    "arrest-fulano",
    "release-fulano",
    "deportation-fulano",
    "arrest-dockers",
    "arrest-vendors",
    "charge-vendors",
    "prosecution-lookouts",
    "designation-cartel",
    "designation-shipping",
    "delisting-shipping",
    "arrest-recluta",
    "designation-faction",
]
"""What a report on the Example Cartel holds, in its order."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def registry(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Location]:
    """Both sources, on each engine; made once, because it is only read."""
    if request.param == "sqlite":
        location = Location(tmp_path_factory.mktemp("both") / "registry.db", None)
        _fill(location)
        yield location
        return
    import psycopg

    server: str = request.getfixturevalue("_server")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE both_sources")
        base, _, query = server.partition("?")
        url = f"{base.rsplit('/', 1)[0]}/both_sources?{query}"
        location = locate(url.replace("postgresql:", "postgresql+psycopg:"))
        _fill(location)
        yield location
        connection.execute("DROP DATABASE both_sources WITH (FORCE)")


def _fill(location: Location) -> None:
    make_seeded(location)
    text = SECOND.read_text("utf-8")
    load_file(location, text, SECOND.name, by="tester", as_json=False)


@pytest.fixture
def both(seeded: Caseledger) -> Caseledger:
    """The program on a registry of its own with both sources in it."""
    ran = seeded("load", str(SECOND))
    assert ran.code == ExitCode.DONE
    return seeded


class Answer(NamedTuple):
    """What a report answered."""

    rows: dict[str, Row]
    """By the key of the action, in the order of the report."""
    about: About
    marked: list[str]
    """The keys of those that only may fall in the period."""

    @property
    def keys(self) -> list[str]:
        """The keys of the actions, in the order of the report."""
        return list(self.rows)

    def only(self, key: str, *columns: str) -> tuple[Any, ...]:
        """Some cells of one row."""
        return tuple(self.rows[key][column] for column in columns)

    @property
    def counts(self) -> tuple[int | str, ...]:
        """Actions, named people, unnamed people, organizations."""
        return tuple(self.about.counts.values())


def ask(location: Location, **criteria: Any) -> Answer:
    """A report, its actions called by their keys; each has one row, or the test fails here."""
    with reading(location) as reader:
        keys = {f"A{row[0]}": row[1] for row in reader.rows("SELECT id, key FROM actions")}
        sheet = report(reader, Criteria(**criteria))
        rows: dict[str, Row] = {}
        marked = []
        for row in sheet.rows:
            cells = dict(zip(sheet.columns, row, strict=True))
            key = keys[str(cells["action"])]
            assert key not in rows, f"{key} has more than one row"
            rows[key] = cells
            if sheet.uncertain and sheet.uncertain(row):
                marked.append(key)
        return Answer(rows, sheet.about(), marked)


TIES = ("relation", "title", "standing", "organization")


def test_the_columns_are_exactly_these_in_this_order() -> None:
    """Spreadsheets and scripts are built on them."""
    promised = (
        "action,kind,date,date_kind,date_basis,subject,subject_ref,aliases,people,relation,title,"
        "standing,organization,authority,announced_by,place,country,detail,case,source,section,"
        "phrase,url"
    )

    assert ",".join(COLUMNS) == promised


# One row per action, and what it says of its subject ---------------------------------------------


def test_an_action_has_one_row_whatever_the_affiliations_of_its_subject(
    registry: Location,
) -> None:
    """Someone with four affiliations was still arrested once."""
    answer = ask(registry)
    with reading(registry) as reader:
        recorded = [row[0] for row in reader.rows("SELECT key FROM actions")]

    assert len(answer.rows) == answer.counts[0] == len(recorded)
    assert set(answer.rows) == set(recorded)


def test_several_affiliations_stand_in_step_by_organization_and_relation(
    registry: Location,
) -> None:
    """The n-th title belongs to the n-th relation: a blank one keeps its place."""
    answer = ask(registry, organizations=["Example Cartel"])

    assert answer.only("arrest-fulano", *TIES) == (
        "leader; member; founder",
        "Jefe de Ejemplo; keeper of accounts; ",
        "asserted; alleged; asserted",
        "Example Cartel; Example Cartel; Example Faction",
    )


def test_what_is_alleged_is_never_hidden_by_what_is_asserted(registry: Location) -> None:
    """Two affiliations to one organization: each keeps its own standing, in every row."""
    answer = ask(registry, organizations=["Example Cartel"], factions=False)

    for key in ("arrest-fulano", "release-fulano", "deportation-fulano"):
        assert answer.only(key, "relation", "standing") == (
            "leader; member",
            "asserted; alleged",
        )


def test_only_affiliations_to_the_organizations_asked_for_are_shown(registry: Location) -> None:
    """What else its subject is does not answer the question."""
    faction = ask(registry, organizations=["Example Faction"])
    two = ask(registry, organizations=["Example Shipping, S.A. de C.V.", "Example Faction"])

    assert faction.only("arrest-fulano", *TIES) == ("founder", None, "asserted", "Example Faction")
    assert two.only("arrest-fulano", "relation", "organization") == (
        "founder; linked",
        "Example Faction; Example Shipping, S.A. de C.V.",
    )


def test_every_affiliation_is_shown_when_no_organization_is_asked_for(registry: Location) -> None:
    """Nothing is picked."""
    answer = ask(registry, people=["Fulano Inventado García"])

    assert answer.only("arrest-fulano", "relation", "title") == (
        "leader; member; founder; linked",
        "Jefe de Ejemplo; keeper of accounts; ; ",
    )


def test_an_affiliation_that_ended_still_counts(registry: Location) -> None:
    """A "former lookout" is found, and called what he is called."""
    answer = ask(registry, organizations=["EXC"])

    assert answer.only("death-exmiembro", *TIES) == (
        "member",
        "former lookout",
        "asserted",
        "Example Cartel",
    )


def test_an_organization_that_is_itself_the_subject_names_itself(registry: Location) -> None:
    """The rest is empty: it is nothing to itself."""
    answer = ask(registry, organizations=["Example Cartel"])
    faction = ask(registry, organizations=["Example Faction"])

    assert answer.only("designation-cartel", *TIES) == (None, None, None, "Example Cartel")
    assert answer.only("designation-faction", *TIES) == (
        *("faction", None, "asserted"),
        "Example Cartel",
    )
    assert faction.only("designation-faction", *TIES) == (None, None, None, "Example Faction")


def test_where_only_the_case_concerns_the_organization_the_row_says_so(
    registry: Location,
) -> None:
    """A scheme tied to a cartel ties none of its people to it."""
    answer = ask(registry, organizations=["Example Cartel"])
    unasked = ask(registry, people=["eight market vendors"])

    assert answer.only("arrest-vendors", *TIES) == ("case concerns", None, None, "Example Cartel")
    assert unasked.only("arrest-vendors", *TIES) == (None, None, None, None)


def test_people_are_one_or_the_headcount_and_none_for_an_organization(
    registry: Location,
) -> None:
    """Words without a number leave the cell empty: no number is made up."""
    answer = ask(registry, organizations=["Example Cartel"])
    people = {key: row["people"] for key, row in answer.rows.items()}

    assert people["arrest-fulano"] == 1
    assert people["arrest-vendors"] == 8
    assert people["designation-cartel"] == 0
    assert people["prosecution-lookouts"] is None


def test_an_unnamed_person_named_later_is_shown_by_name_and_found_by_both(
    registry: Location,
) -> None:
    """The description is what was told first, not an alias."""
    by_name = ask(registry, people=["Nombrado Despues Jr"])
    by_description = ask(registry, people=["the driver of the painted lorry"])

    assert by_name.keys == by_description.keys == ["arrest-driver"]
    assert by_name.only("arrest-driver", "subject", "aliases") == ("Nombrado Después, Jr.", None)
    assert by_name.counts == (1, 1, 0, 0)


def test_the_first_citation_gives_the_place_and_every_source_is_named(
    registry: Location,
) -> None:
    """Section, phrase and address are those of the first; the cell of sources holds them all."""
    answer = ask(registry, people=["Fulano Inventado García"])

    assert answer.only("arrest-fulano", "source", "section", "phrase", "url") == (
        *("S2; S3", "Arrests", "arrested in May 2020"),
        "https://example.org/gazette/1",
    )
    assert [source.reference for source in answer.about.sources] == ["S2", "S3"]


def test_the_facts_of_each_kind_are_told_in_words(registry: Location) -> None:
    """As the source has them: a deportation, a life sentence, a maximum, a conduct still open."""
    detail = {key: row["detail"] for key, row in ask(registry).rows.items()}

    assert detail["deportation-fulano"] == "by deportation; from US to ES"
    assert detail["expulsion-passengers"] == "by expulsion; to MX"
    assert detail["sentence-perengana"] == "life imprisonment; Example District Court"
    assert detail["conviction-zutano"] == (
        "up to 20 years' imprisonment; by verdict; attempting to paint a stall; "
        "Painted Stalls Act; Example District Court"
    )
    assert detail["conviction-two-dockers"] == "1 year 6 months' probation; by plea"
    assert detail["charge-dona"] == (
        "by complaint; alleged: keeping a stall unpainted; conduct 2019/.."
    )
    assert detail["designation-cartel"] == "under EO14059; SDN List; entry 0001"
    assert detail["arrest-fulano"] == (
        "custody: Example Prison; for prosecution by Example Prosecutor's Office"
    )
    assert detail["death-exmiembro"] == ""


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("release-fulano", "arrest-fulano"),
        ("acquittal-dona", "charge-dona"),
        ("reversal-zutano", "conviction-zutano"),
        ("delisting-shipping", "designation-shipping"),
        ("dismissal-eight", "charge-eight"),
    ],
)
def test_what_ends_an_action_is_another_action(
    registry: Location, later: str, earlier: str
) -> None:
    """Nothing earlier is overwritten: both are there, and the later one says what it ends."""
    rows = ask(registry).rows

    assert rows[later]["detail"].endswith(f"ends {rows[earlier]['action']}")
    assert "ends" not in rows[earlier]["detail"]


# Which actions belong to an organization ---------------------------------------------------------


def test_a_report_on_an_organization_holds_its_factions_and_theirs(registry: Location) -> None:
    """By earliest day, else the latest, undated ones last; then the latest day; then the id."""
    answer = ask(registry, organizations=["Example Cartel"])

    assert answer.keys == OF_THE_CARTEL


def test_without_factions_it_holds_the_organization_itself(registry: Location) -> None:
    """A faction is then a party affiliated to it: what was done to the faction stays."""
    answer = ask(registry, organizations=["Example Cartel"], factions=False)
    of_factions = {
        *("arrest-driver", "arrest-dockers", "prosecution-lookouts", "arrest-recluta"),
    }

    assert answer.keys == [key for key in OF_THE_CARTEL if key not in of_factions]


def test_a_faction_does_not_bring_in_its_parent(registry: Location) -> None:
    """What the whole cartel did is not the faction's; a faction that is alleged is one, though."""
    answer = ask(registry, organizations=["Example Faction"])

    assert set(answer.keys) == {
        *("arrest-fulano", "release-fulano", "deportation-fulano", "arrest-driver"),
        *("arrest-dockers", "prosecution-lookouts", "arrest-recluta", "designation-faction"),
    }


def test_two_factions_of_one_another_are_walked_once(registry: Location) -> None:
    """A circle in what sources say hangs nothing."""
    answer = ask(registry, organizations=["Example Loop One"])
    other = ask(registry, organizations=["Example Loop Two"])

    assert answer.keys == other.keys == ["arrest-loop-member"]


def test_two_hops_are_never_counted(registry: Location) -> None:
    """Who manages a company that acts for the cartel is not said to be anything to the cartel."""
    answer = ask(registry, organizations=["Example Cartel"])

    assert "designation-shipping" in answer.rows
    assert "sentence-perengana" not in answer.rows


def test_an_alias_is_not_succession(registry: Location) -> None:
    """The former name of one organization is the name of another: it never merges the two."""
    with pytest.raises(AmbiguousError) as caught:
        ask(registry, organizations=["Example Syndicate"])
    syndicate = next(c for c in caught.value.candidates if c.endswith("Example Syndicate"))
    answer = ask(registry, organizations=[syndicate.split()[0]])

    assert len(caught.value.candidates) == 2
    assert answer.keys == ["arrest-sindicalista"]
    assert "arrest-sindicalista" not in ask(registry, organizations=["EXC"]).rows


def test_kin_of_leaders_come_only_when_asked_for_one_step_and_nothing_else(
    registry: Location,
) -> None:
    """A son and a mother, whichever way it is recorded; no grandchild, no kin of a member."""
    without = ask(registry, organizations=["Example Cartel"])
    answer = ask(registry, organizations=["Example Cartel"], include_family=True)
    kin = {key: row for key, row in answer.rows.items() if key not in without.rows}

    assert {key: row["relation"] for key, row in kin.items()} == {
        "conviction-zutano": "son of Fulano Inventado García",
        "reversal-zutano": "son of Fulano Inventado García",
        "charge-dona": "parent of Fulano Inventado García",
        "acquittal-dona": "parent of Fulano Inventado García",
    }
    assert {row[column] for row in kin.values() for column in TIES[1:]} == {None}
    assert (without.counts[:2], answer.counts[:2]) == ((14, 4), (18, 6))


def test_several_organizations_mean_any_of_them(registry: Location) -> None:
    """Each asked for by itself, the actions are the same."""
    answer = ask(registry, organizations=["CJNG", "Example Loop One"])

    assert set(answer.keys) == {
        *ask(registry, organizations=["CJNG"]).keys,
        "arrest-loop-member",
    }


# Counts and limit --------------------------------------------------------------------------------


def test_the_same_eight_people_arrested_and_charged_are_eight_people(registry: Location) -> None:
    """And two actions."""
    answer = ask(registry, case="Painted stalls scheme")

    assert answer.keys == ["arrest-vendors", "charge-vendors"]
    assert answer.counts == (2, 0, 8, 0)


def test_people_counted_in_a_group_already_are_not_counted_again(registry: Location) -> None:
    """Four dockers, two of the four, and one of the two, now named: four people."""
    of_the_case = ask(registry, case="Operation Example Ferry", kinds=["arrest", "conviction"])
    named_too = ask(registry, people=["Marinero de Muestra"])

    assert of_the_case.counts == (2, 0, 4, 0)
    assert named_too.counts == (3, 1, 3, 0)


def test_someone_counted_two_groups_up_is_not_counted_again(registry: Location) -> None:
    """The smaller group between them was not asked for, and still says who is in it."""
    answer = ask(registry, case="Operation Example Ferry", kinds=["arrest", "sentence"])

    assert answer.keys == ["arrest-dockers", "sentence-docker"]
    assert answer.counts == (2, 1, 3, 0)


def test_words_without_a_number_make_a_count_a_lower_bound(registry: Location) -> None:
    """Four, eight and "several" are at least twelve; about thirty and others are about so many."""
    cartel = ask(registry, organizations=["Example Cartel"])
    cell = ask(registry, organizations=["Example Cell"])
    ferry = ask(registry, case="Operation Example Ferry")

    assert cartel.counts == (14, 4, "at least 12", 3)
    assert cell.counts == (2, 1, "some", 0)
    assert ferry.counts == (4, 1, "about 33", 0)


def test_a_limit_counts_actions_and_leaves_the_counts_alone(registry: Location) -> None:
    """Three actions, though one of them has three affiliations."""
    whole = ask(registry, organizations=["Example Cartel"])
    answer = ask(registry, organizations=["Example Cartel"], limit=3)

    assert answer.keys == OF_THE_CARTEL[:3]
    assert answer.counts == whole.counts
    assert answer.only("arrest-fulano", "relation") == ("leader; member; founder",)


# Periods -----------------------------------------------------------------------------------------


def test_a_period_returns_what_may_fall_in_it_and_marks_what_is_not_certain(
    registry: Location,
) -> None:
    """A year, bounds that reach beyond the period, and no date at all may; a day in it does."""
    answer = ask(
        registry,
        organizations=["Example Cartel"],
        include_family=True,
        since="2021-04",
        until="2021-05",
    )

    assert answer.keys == [
        *("conviction-zutano", "charge-dona", "arrest-dockers"),
        *("arrest-recluta", "designation-faction"),
    ]
    assert answer.marked == [key for key in answer.keys if key != "arrest-dockers"]


def test_certain_keeps_only_what_lies_wholly_in_the_period(registry: Location) -> None:
    """Both ends of what is known lie in it; nothing is marked then."""
    answer = ask(
        registry,
        organizations=["Example Cartel"],
        include_family=True,
        since="2021",
        until="2021-05",
        certain=True,
    )

    assert answer.keys == ["deportation-fulano", "charge-dona", "arrest-dockers"]
    assert answer.marked == []


def test_an_announced_date_filters_as_it_is_recorded(registry: Location) -> None:
    """The month of the announcement is all that is known."""
    answer = ask(registry, kinds=["conviction"], since="2022-08", until="2022-08")

    assert answer.keys == ["conviction-cardenas-salinas-jr"]
    assert answer.marked == []


def test_an_open_bound_reaches_as_far_as_it_says(registry: Location) -> None:
    """By the end of 2019: it may have been in 2001, it was wholly before 2020, never in 2020."""
    may = ask(registry, kinds=["death"], since="2001", until="2001")
    before = ask(registry, kinds=["death"], until="2019", certain=True)
    never = ask(registry, kinds=["death"], since="2020")

    assert may.marked == may.keys == ["death-exmiembro"]
    assert before.keys == ["death-exmiembro"]
    assert never.keys == []


_MONTHS = st.tuples(st.integers(2016, 2024), st.integers(1, 12)).map(lambda t: f"{t[0]}-{t[1]:02}")


@settings(max_examples=25, deadline=None)
@given(since=st.none() | _MONTHS, until=st.none() | _MONTHS)
def test_what_is_certain_is_what_is_not_marked(
    registry: Location, since: str | None, until: str | None
) -> None:
    """The filter is the database's and the mark is ours: they never disagree."""
    if (since is None and until is None) or (since and until and since > until):
        return
    may = ask(registry, since=since, until=until)
    certain = ask(registry, since=since, until=until, certain=True)

    assert certain.keys == [key for key in may.keys if key not in may.marked]


@pytest.mark.parametrize(
    "criteria",
    [
        {"since": "May 2021"},
        {"since": "[..2021]"},
        {"since": "2022", "until": "2021"},
        {"certain": True},
        {"kinds": ["theft"]},
        {"country": "Narnia"},
    ],
)
def test_a_value_that_cannot_be_read_is_wrong_usage(
    registry: Location, criteria: dict[str, Any]
) -> None:
    """Refused, rather than answered with everything or with nothing."""
    with pytest.raises(UsageError):
        ask(registry, **criteria)


# Filters -----------------------------------------------------------------------------------------


def test_kinds_may_be_several(registry: Location) -> None:
    """Any of them."""
    answer = ask(registry, organizations=["Example Cartel"], kinds=["release", "Death"])

    assert answer.keys == ["death-exmiembro", "release-fulano"]


def test_the_authority_is_who_did_it_and_not_who_announced_it(registry: Location) -> None:
    """The prosecutor announced the release and is not said to have released anyone."""
    answer = ask(registry, authority="Example Prosecutor's Office")

    assert answer.keys == ["charge-dona", "charge-vendors"]


@pytest.mark.parametrize("program", ["EO 14059", "eo14059", "E O 1 4 0 5 9"])
def test_a_programme_is_found_whatever_its_spacing_and_case(
    registry: Location, program: str
) -> None:
    """Designated under it, or taken off again; of both sources."""
    answer = ask(registry, program=program)

    assert answer.keys == [
        *("designation-orozco-rodriguez", "designation-cartel"),
        *("designation-sepulveda-portillo", "designation-shipping", "delisting-shipping"),
    ]


def test_an_organization_and_those_on_a_list_are_counted_apart(registry: Location) -> None:
    """Two organizations, one of them twice, and two people."""
    answer = ask(registry, program="EO 14059")

    assert answer.counts == (5, 2, 0, 2)


@pytest.mark.parametrize("country", ["US", "us", "United States", "Estados Unidos"])
def test_a_country_is_understood_in_english_and_in_spanish(
    registry: Location, country: str
) -> None:
    """Surrendered from or to it, too."""
    answer = ask(registry, country=country)

    assert answer.keys == [
        "deportation-fulano",
        "extradition-mario-cardenas-guillen",
        "extradition-casarrubias-salgado",
        "extradition-quintana",
    ]


def test_a_country_is_where_it_was_done(registry: Location) -> None:
    """The arrest in it, and the surrenders from and to it."""
    answer = ask(registry, country="México", until="2021")

    assert answer.keys == ["expulsion-passengers", "arrest-fulano"]


def test_a_source_is_whoever_says_so_even_second(registry: Location) -> None:
    """An action that the second source cites beside the first is in both."""
    answer = ask(registry, source="Example Bulletin, no. 7")

    assert answer.keys == ["arrest-fulano", "designation-shipping", "delisting-shipping"]


def test_a_second_source_speaks_of_the_records_of_the_first(registry: Location) -> None:
    """Its dismissal stands beside the arrest and the charge, on the same eight people."""
    answer = ask(registry, people=["eight individuals in four states"])

    assert set(answer.keys) == {"charge-eight", "arrest-eight", "dismissal-eight"}
    assert [answer.rows[key]["source"] for key in ("charge-eight", "dismissal-eight")] == [
        "S1",
        "S2",
    ]
    assert answer.counts == (3, 0, 8, 0)


def test_a_person_brings_the_actions_of_the_groups_that_counted_them(
    registry: Location,
) -> None:
    """One of two of the four: what was done to the four was done to him."""
    answer = ask(registry, people=["Marinero de Muestra"])

    assert answer.keys == ["arrest-dockers", "conviction-two-dockers", "sentence-docker"]


def test_several_people_mean_any_of_them(registry: Location) -> None:
    """By name or by reference."""
    prima = ask(registry, people=["Prima Ficticia"])
    reference = prima.rows["arrest-prima"]["subject_ref"]
    answer = ask(registry, people=[reference, "Mengana Inventada"])

    assert answer.keys == ["arrest-prima", "arrest-mengana"]


def test_criteria_of_different_sorts_all_hold(registry: Location) -> None:
    """The customs arrested whom, of the cartel, in 2021."""
    answer = ask(
        registry,
        organizations=["Example Cartel"],
        kinds=["arrest"],
        authority="Example Customs Agency",
        since="2021",
        until="2021",
        certain=True,
    )

    assert answer.keys == ["arrest-dockers", "arrest-vendors"]


def test_criteria_are_given_back_as_they_were_understood(registry: Location) -> None:
    """With references, so that a report can be asked for again; and with what cuts it short."""
    with reading(registry) as reader:
        wide = report(reader, Criteria(organizations=["exc"], since="2021", limit=2))
        narrow = report(reader, Criteria(organizations=["exc"], factions=False))

        cartel, faction, cell = (
            str(find_party(reader, f"Example {name}")) for name in ("Cartel", "Faction", "Cell")
        )

    assert wide.criteria == {
        "organization": [cartel],
        "factions": [faction, cell],
        "since": "2021",
        "limit": 2,
    }
    assert narrow.criteria == {"organization": [cartel], "no_factions": True}


@pytest.mark.parametrize(
    ("criteria", "error"),
    [
        ({"organizations": ["Exampel Cartel"]}, NotFoundError),
        ({"organizations": ["Example"]}, AmbiguousError),
        ({"organizations": ["O999999"]}, NoReferenceError),
        ({"people": ["Nobody Whatsoever"]}, NotFoundError),
        ({"authority": "Customs Agency"}, AmbiguousError),
        ({"case": "Operation Nothing"}, NotFoundError),
        ({"source": "Gazette of Nowhere"}, NotFoundError),
        ({"organizations": ["Fulano Inventado García"]}, NotFoundError),
    ],
)
def test_a_name_that_is_not_there_or_only_a_part_is_never_guessed(
    registry: Location, criteria: dict[str, Any], error: type[Exception]
) -> None:
    """An empty report would read as "nothing was done"."""
    with pytest.raises(error):
        ask(registry, **criteria)


def test_an_unknown_organization_exits_3_with_the_nearest_name(seeded: Caseledger) -> None:
    """One line, and nothing on stdout."""
    ran = seeded("report", "--cartel", "CJGN")

    assert ran.code == ExitCode.NOT_FOUND
    assert ran.err == "caseledger: no organization called 'CJGN'; did you mean CJNG?\n"
    assert ran.out == ""


# What was withdrawn ------------------------------------------------------------------------------


def _json(program: Caseledger, *arguments: str) -> dict[str, Any]:
    import json

    ran = program("report", *arguments, "--format", "json")
    assert ran.code == ExitCode.DONE, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def _withdraw(program: Caseledger, table: str, condition: str) -> None:
    """Withdraw the record of a table that meets a condition."""
    from contextlib import closing
    from sqlite3 import connect

    letter = {"citations": "L", "affiliations": "F", "tallies": "T"}.get(table, table[0].upper())
    with closing(connect(program.db)) as connection:
        [row] = connection.execute(f"SELECT id FROM {table} WHERE {condition}").fetchall()
    ran = program("withdraw", f"{letter}{row[0]}", "--reason", "never told")
    assert ran.code == ExitCode.DONE, ran.err


def test_a_withdrawn_action_is_in_no_row_no_count_and_no_tally(both: Caseledger) -> None:
    """As though it had never been recorded."""
    before = _json(both, "--cartel", "Example Cartel")
    _withdraw(both, "actions", "key = 'arrest-vendors'")
    after = _json(both, "--cartel", "Example Cartel")

    assert len(after["rows"]) == len(before["rows"]) - 1
    assert after["counts"]["actions"] == before["counts"]["actions"] - 1
    assert "; 13 recorded in this registry" in before["tallies"][1]
    assert "; 5 recorded in this registry" in after["tallies"][1]


def test_a_withdrawn_action_is_inside_no_total(both: Caseledger) -> None:
    """Not even inside one in which the source itself put it."""
    convicted = ("--person", "Zutano Inventado García", "--kind", "conviction")
    before = _json(both, *convicted)["tallies"]
    _withdraw(both, "actions", "key = 'conviction-two-dockers'")
    after = _json(both, *convicted)["tallies"]

    assert before == ["over 3 convictions told of in this issue; 3 recorded in this registry"]
    assert after == ["over 3 convictions told of in this issue; 1 recorded in this registry"]


def test_a_withdrawn_affiliation_ties_no_one(both: Caseledger) -> None:
    """The person and the action stay; they are no longer the cell's."""
    _withdraw(both, "affiliations", "title = 'lookout'")
    cell = _json(both, "--cartel", "Example Cell")
    person = _json(both, "--person", "Recluta Ficticio")

    assert [row["subject"] for row in cell["rows"]] == ["several lookouts"]
    assert [row["relation"] for row in person["rows"]] == [None]


def test_a_withdrawn_faction_brings_nothing_in(both: Caseledger) -> None:
    """What was done to the faction and to those in it is then no longer the cartel's."""
    _withdraw(both, "affiliations", "relation = 'faction' AND period IS NOT NULL")
    told = _json(both, "--cartel", "Example Cartel")

    assert "factions" not in told["criteria"]
    assert {row["subject"] for row in told["rows"]}.isdisjoint(
        {"Example Faction", "Nombrado Después, Jr.", "several lookouts"}
    )


def test_a_withdrawn_name_is_no_alias_and_finds_no_one(both: Caseledger) -> None:
    """The party stays."""
    _withdraw(both, "names", "name = 'El Muestra'")
    told = _json(both, "--person", "Fulano Inventado García")
    ran = both("report", "--person", "El Muestra")

    assert {row["aliases"] for row in told["rows"]} == {None}
    assert ran.code == ExitCode.NOT_FOUND


def test_a_withdrawn_kinship_makes_no_family(both: Caseledger) -> None:
    """The mother is then nothing to the leader."""
    _withdraw(both, "kinships", "key LIKE '%dona'")
    told = _json(both, "--cartel", "Example Cartel", "--include-family")

    assert "Doña Inventada García" not in {row["subject"] for row in told["rows"]}


def test_a_withdrawn_citation_is_no_source(both: Caseledger) -> None:
    """The next one becomes the first."""
    _withdraw(both, "citations", "phrase = 'arrested in May 2020'")
    [arrest] = _json(both, "--person", "El Muestra", "--kind", "arrest")["rows"]

    assert (arrest["source"], arrest["section"]) == ("S3", "News")


def test_a_withdrawn_tally_is_told_no_more(both: Caseledger) -> None:
    """Though the actions in it are."""
    _withdraw(both, "tallies", "key = 'customs-arrests'")
    told = _json(both, "--cartel", "Example Cartel")

    assert not [sentence for sentence in told["tallies"] if "at the border" in sentence]


def test_a_kind_in_the_plural_is_told_the_word(seeded: Caseledger) -> None:
    """What can be asked for, and what was probably meant."""
    ran = seeded("report", "--kind", "arrests")

    assert ran.code == 2
    assert ran.err.endswith("; not 'arrests'; did you mean arrest?\n")
