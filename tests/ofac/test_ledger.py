"""From the lists to the ledger: parties, dated actions and ties, on invented lists."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger import checking
from caseledger.db.direct import writing_directly
from caseledger.db.reading import reading
from caseledger.errors import NotFoundError
from caseledger.loading.load import load_file
from caseledger.lookup import find_party
from caseledger.migrations import schema_of_head
from caseledger.names import turned
from caseledger.ofac import hands
from caseledger.ofac.ledger.deriving import derive
from caseledger.ofac.ledger.following import DEFAULT
from caseledger.ofac.ledger.turning import without_small_words
from caseledger.ofac.lists import drop
from caseledger.ofac.sheets.life import life
from caseledger.reports.pages.listed_lines import at_two_hops, linked_to_people
from tests.ofac.lists import SmallList, put, sdn
from tests.ofac.test_law import DAYS, empty_copy, registry

if TYPE_CHECKING:
    from caseledger.db.location import Location
    from tests.ofac.lists import Cells

__all__ = ["empty_copy"]

JAN, FEB, MAR, APR = "2021-01-15", "2021-02-15", "2021-03-15", "2021-04-15"
GANG = sdn(9, "INVENTED GANG", "SDNTK", type_=None)


def rows(location: Location, sql: str) -> list[tuple[Any, ...]]:
    """The answer to a question."""
    with reading(location) as reader:
        return [tuple(row) for row in reader.rows(sql)]


def acts(location: Location) -> list[tuple[Any, ...]]:
    """Every living action: kind, entry, programme, date, what is said of it."""
    return rows(
        location,
        "SELECT a.kind, coalesce(d.list_entry, e.list_entry), coalesce(d.program, e.program),"
        " a.date, a.summary FROM actions a LEFT JOIN designations d ON d.id = a.id"
        " LEFT JOIN delistings e ON e.id = a.id WHERE a.withdrawn_at IS NULL"
        " ORDER BY 2, a.kind DESC, a.latest, 3",
    )


def ledger(location: Location) -> dict[str, list[str]]:
    """The living derived records, apart from references and times of recording."""
    selects = {
        "parties": "SELECT p.key, p.kind, p.name, p.name_key, r.sex, r.birth, r.suffix, o.type"
        " FROM parties p LEFT JOIN persons r ON r.id = p.id"
        " LEFT JOIN organizations o ON o.id = p.id"
        " WHERE p.withdrawn_at IS NULL",
        "names": "SELECT n.key, p.key, n.name, n.kind FROM names n"
        " JOIN parties p ON p.id = n.party_id WHERE n.withdrawn_at IS NULL",
        "actions": "SELECT a.key, a.kind, p.key, a.date, a.date_basis, a.summary, u.key, e.key,"
        " d.program, l.program FROM actions a JOIN parties p ON p.id = a.subject_id"
        " LEFT JOIN parties u ON u.id = a.authority_id LEFT JOIN actions e ON e.id = a.ends_id"
        " LEFT JOIN designations d ON d.id = a.id LEFT JOIN delistings l ON l.id = a.id"
        " WHERE a.withdrawn_at IS NULL",
        "affiliations": "SELECT f.key, p.key, o.key, f.relation FROM affiliations f"
        " JOIN parties p ON p.id = f.party_id JOIN parties o ON o.id = f.organization_id"
        " WHERE f.withdrawn_at IS NULL",
        "citations": "SELECT l.key, s.key, l.section, l.phrase FROM citations l"
        " JOIN sources s ON s.id = l.source_id WHERE l.withdrawn_at IS NULL",
        "sources": "SELECT key, title, sha256 FROM sources WHERE withdrawn_at IS NULL",
        "ties": "SELECT t.uid, p.key, t.how FROM ofac_parties t"
        " JOIN parties p ON p.id = t.party_id",
    }
    return {name: sorted(map(repr, rows(location, sql))) for name, sql in selects.items()}


def test_a_gained_programme_is_another_designation(
    empty_registry: Location, tmp_path: Path
) -> None:
    """It is dated from the last list without it to the first with it."""
    put(empty_registry, SmallList([sdn(1)]), JAN, tmp_path)
    put(empty_registry, SmallList([sdn(1, programs="SDNTK] [TCO")]), FEB, tmp_path)

    assert acts(empty_registry) == [
        ("designation", "1", "SDNTK", "[..2021-01-15]", None),
        ("designation", "1", "TCO", "[2021-01-15..2021-02-15]", None),
    ]


def test_a_renamed_tag_is_no_designation(empty_registry: Location, tmp_path: Path) -> None:
    """ILLICIT-DRUGS-EO and ILLICIT-DRUGS-EO14059 are one programme, shown as first printed."""
    put(empty_registry, SmallList([sdn(1, programs="ILLICIT-DRUGS-EO")]), JAN, tmp_path)
    put(empty_registry, SmallList([sdn(1, programs="ILLICIT-DRUGS-EO14059")]), FEB, tmp_path)

    assert acts(empty_registry) == [
        ("designation", "1", "ILLICIT-DRUGS-EO", "[..2021-01-15]", None)
    ]


def test_a_delisting_says_what_is_left_and_later_lists_keep_it(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Losing one programme of two, then disappearing, are two delistings that stay."""
    for day, entries in (
        (JAN, [sdn(1, programs="SDNTK] [TCO"), sdn(2)]),
        (FEB, [sdn(1, programs="TCO"), sdn(2)]),
        (MAR, [sdn(2)]),
        (APR, [sdn(2)]),
    ):
        put(empty_registry, SmallList(entries), day, tmp_path)

    assert acts(empty_registry)[2:4] == [
        ("delisting", "1", "SDNTK", "[2021-01-15..2021-02-15]", "still listed under TCO"),
        ("delisting", "1", "TCO", "[2021-02-15..2021-03-15]", None),
    ]
    assert not rows(
        empty_registry, "SELECT 1 FROM actions WHERE kind = 'delisting' AND ends_id IS NULL"
    )


def test_one_who_comes_back_is_designated_again(empty_registry: Location, tmp_path: Path) -> None:
    """Two designations with a delisting between them."""
    for day, uids in ((JAN, (1, 2)), (FEB, (2,)), (MAR, (1, 2))):
        put(empty_registry, SmallList([sdn(uid) for uid in uids]), day, tmp_path)

    assert [row[:1] + row[3:4] for row in acts(empty_registry) if row[1] == "1"] == [
        ("designation", "[..2021-01-15]"),
        ("designation", "[2021-02-15..2021-03-15]"),
        ("delisting", "[2021-01-15..2021-02-15]"),
    ]


def test_a_list_between_two_narrows_a_date(empty_registry: Location, tmp_path: Path) -> None:
    """The action stays the same record."""
    put(empty_registry, SmallList([sdn(2)]), JAN, tmp_path)
    put(empty_registry, SmallList([sdn(1), sdn(2)]), APR, tmp_path)
    before = rows(empty_registry, "SELECT id FROM actions WHERE key = '1/sdntk/1'")
    put(empty_registry, SmallList([sdn(2)]), MAR, tmp_path)

    assert rows(empty_registry, "SELECT id, date FROM actions WHERE key = '1/sdntk/1'") == [
        (before[0][0], "[2021-03-15..2021-04-15]")
    ]


def test_vessels_and_other_programmes_stay_in_the_mirror(
    empty_registry: Location, tmp_path: Path
) -> None:
    """No party is made for them."""
    entries = [sdn(1, type_="vessel"), sdn(2, programs="INVENTED"), sdn(3)]
    put(empty_registry, SmallList(entries), JAN, tmp_path)

    assert rows(empty_registry, "SELECT uid FROM ofac_parties") == [(3,)]


def test_a_dropped_tie_stays_with_the_last_list_that_printed_it(
    empty_registry: Location, tmp_path: Path
) -> None:
    """An out-of-scope organization is made for it; a tie to a person stays in the mirror."""
    gang = sdn(9, "INVENTED GANG S.A.", "OTHER", type_=None)
    linked = sdn(1, remarks="DOB 1970; Linked To: ROE, Jane; Linked To: INVENTED GANG S.A.")
    jane = sdn(2, "ROE, Jane")
    put(empty_registry, SmallList([linked, jane, gang]), JAN, tmp_path)
    put(empty_registry, SmallList([linked, jane, gang]), FEB, tmp_path)
    put(empty_registry, SmallList([sdn(1), jane, gang]), MAR, tmp_path)

    assert rows(
        empty_registry,
        "SELECT s.key, f.relation, f.standing FROM affiliations f JOIN citations l"
        " ON l.affiliation_id = f.id JOIN sources s ON s.id = l.source_id"
        " WHERE f.withdrawn_at IS NULL AND l.withdrawn_at IS NULL ORDER BY 1",
    ) == [(JAN, "linked", "asserted"), (FEB, "linked", "asserted")]
    assert [row for row in acts(empty_registry) if row[1] == "9"] == []


def test_a_tie_is_kept_while_a_list_prints_it(empty_registry: Location, tmp_path: Path) -> None:
    """To people too; when a list is dropped, it is worked out anew."""
    jane = sdn(2, "ROE, Jane")
    put(empty_registry, SmallList([sdn(1, remarks="Linked To: ROE, Jane."), jane]), JAN, tmp_path)
    put(empty_registry, SmallList([sdn(1), jane]), FEB, tmp_path)
    kept = (
        "SELECT t.uid, t.to_uid, t.printed, s.published, u.published FROM ofac_ties t"
        " JOIN ofac_versions s ON s.id = t.since LEFT JOIN ofac_versions u ON u.id = t.until"
    )
    assert rows(empty_registry, kept) == [(1, 2, "ROE, Jane", JAN, FEB)]

    drop(empty_registry, FEB, by="tester")
    assert rows(empty_registry, kept) == [(1, 2, "ROE, Jane", JAN, None)]


def test_two_hops_are_shown_apart_and_never_counted(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Linked to one who is linked to a gang is no affiliation to the gang."""
    entries = [
        GANG,
        sdn(1, "FICTION, Juan", remarks="Linked To: INVENTED GANG."),
        sdn(2, "ROE, Jane", remarks="Linked To: FICTION, Juan."),
    ]
    put(empty_registry, SmallList(entries), JAN, tmp_path)

    with reading(empty_registry) as reader:
        gang, jane = find_party(reader, "INVENTED GANG"), find_party(reader, "ROE, Jane")
        juan = find_party(reader, "Juan FICTION")
        assert list(at_two_hops(reader, gang.id)) == [f"{jane} — linked to {juan}"]
        assert list(linked_to_people(reader, jane.id)) == [f"{juan} — see caseledger ofac show 2"]
        life_of_gang = dict(life(reader, 9).parts)
        assert life_of_gang["At two hops, never counted"] == ["entry 2, linked to entry 1"]
    assert len(rows(empty_registry, "SELECT 1 FROM affiliations")) == 1


OTHERS = """
dataset = "sheet"
default_source = "s"
source = [{ key = "s", title = "Invented Sheet" }]
organization = [{ key = "g", name = "Invented Gang", type = "gang", new = true }]
"""


def test_what_others_say_meanwhile_is_heard_at_the_next_list(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Also of an entry that the list has nothing new on."""
    put(empty_registry, SmallList([GANG]), JAN, tmp_path)
    load_file(empty_registry, OTHERS, "sheet.toml", by="tester", as_json=False)
    put(empty_registry, SmallList([GANG, sdn(10)]), FEB, tmp_path)

    assert rows(
        empty_registry,
        "SELECT p.dataset, t.how FROM ofac_parties t JOIN parties p ON p.id = t.party_id"
        " WHERE t.uid = 9",
    ) == [("sheet", "name")]


def test_only_what_a_list_has_to_do_with_is_written(
    empty_registry: Location, tmp_path: Path
) -> None:
    """The records of an entry that did not change keep their version."""
    put(empty_registry, SmallList([sdn(1), sdn(2)]), JAN, tmp_path)
    found = put(empty_registry, SmallList([sdn(1), sdn(3)]), FEB, tmp_path)

    assert found.derived is not None
    assert found.derived.added == {
        "sources": 1, "people": 1, "designations": 1, "delistings": 1, "citations": 4,
    }  # fmt: skip
    assert found.derived.changed == found.derived.withdrawn == {}


def test_a_name_that_two_entries_have_ties_nobody(empty_registry: Location, tmp_path: Path) -> None:
    """Who is meant is not picked."""
    twins = [sdn(8, "INVENTED GANG", type_=None), sdn(9, "INVENTED GANG", type_=None)]
    put(
        empty_registry,
        SmallList([sdn(1, remarks="Linked To: INVENTED GANG."), *twins]),
        JAN,
        tmp_path,
    )

    assert rows(empty_registry, "SELECT 1 FROM affiliations") == []


def test_a_tie_stays_when_another_takes_the_name(empty_registry: Location, tmp_path: Path) -> None:
    """It was printed while the name was one entry's; from then on it says nothing."""
    linked, twin = sdn(1, remarks="Linked To: INVENTED GANG."), sdn(8, "INVENTED GANG", type_=None)
    put(empty_registry, SmallList([linked, GANG]), JAN, tmp_path)
    put(empty_registry, SmallList([linked, GANG, twin]), FEB, tmp_path)

    assert rows(empty_registry, "SELECT to_uid FROM ofac_ties WHERE until IS NOT NULL") == [(9,)]
    assert len(rows(empty_registry, "SELECT 1 FROM affiliations WHERE withdrawn_at IS NULL")) == 1


def test_brothers_and_twins_are_two_people(empty_registry: Location, tmp_path: Path) -> None:
    """One surname and one date of birth do not make them one."""
    entries = [
        sdn(1, "FICTION ROE, Juan", remarks="DOB 01 Jan 1970."),
        sdn(2, "FICTION ROE, Jose", remarks="DOB 01 Jan 1970."),
    ]
    put(empty_registry, SmallList(entries), JAN, tmp_path)

    assert rows(empty_registry, "SELECT name FROM parties WHERE kind = 'person' ORDER BY id") == [
        ("Juan FICTION ROE",),
        ("Jose FICTION ROE",),
    ]


def test_a_designation_from_another_source_is_one_action_with_both_citations(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Its exact date is kept; the list's tag and the sheet's order are one programme."""
    other = sdn(1)
    entry = sdn(2, "OROZCO RODRIGUEZ, Sergio Armando", "ILLICIT-DRUGS-EO14059")
    put(seeded_registry, SmallList([other]), JAN, tmp_path)
    put(seeded_registry, SmallList([other, entry]), "2023-01-01", tmp_path)

    found = rows(
        seeded_registry,
        "SELECT a.date, (SELECT count(DISTINCT l.source_id) FROM citations l"
        " WHERE l.action_id = a.id AND l.withdrawn_at IS NULL)"
        " FROM actions a JOIN parties p ON p.id = a.subject_id"
        " WHERE p.name LIKE 'Sergio Armando Orozco%' AND a.withdrawn_at IS NULL",
    )
    assert found == [("2022-02-17", 2)]


def test_one_whose_date_the_lists_rule_out_is_another_designation(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Listed before the day that the other source gives."""
    entry = sdn(2, "OROZCO RODRIGUEZ, Sergio Armando", "ILLICIT-DRUGS-EO14059")
    put(seeded_registry, SmallList([entry]), JAN, tmp_path)

    dates = rows(
        seeded_registry,
        "SELECT a.date FROM actions a JOIN parties p ON p.id = a.subject_id"
        " WHERE p.name LIKE 'Sergio Armando Orozco%' AND a.withdrawn_at IS NULL ORDER BY 1",
    )
    assert dates == [("2022-02-17",), ("[..2021-01-15]",)]


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("ORGANIZACION CARTEL DE JALISCO NUEVA GENERACION", "made"),
        ("CARTEL DE JALISCO NUEVA GENERACION", "name"),
    ],
)
def test_an_organization_is_ours_by_its_primary_name_alone(
    seeded_registry: Location, tmp_path: Path, name: str, how: str
) -> None:
    """Articles and prepositions ignored; an alias says nothing."""
    aliases: list[Cells] = [(9, 1, "aka", "CARTEL JALISCO NUEVA GENERACION", None)]
    put(seeded_registry, SmallList([sdn(9, name, type_=None)], aliases), JAN, tmp_path)

    assert rows(seeded_registry, "SELECT how FROM ofac_parties") == [(how,)]


def test_a_hand_ties_and_unties_and_no_import_undoes_it(
    seeded_registry: Location, tmp_path: Path
) -> None:
    """Untied, the entry has a party of its own, with what was derived for it."""
    entry = sdn(2, "OROZCO RODRIGUEZ, Sergio Armando")
    put(seeded_registry, SmallList([entry]), JAN, tmp_path)
    hands.untie(seeded_registry, "Sergio Armando Orozco Rodriguez", by="tester")
    put(seeded_registry, SmallList([entry]), FEB, tmp_path)
    subject = (
        "SELECT p.dataset FROM actions a JOIN parties p ON p.id = a.subject_id"
        " WHERE a.key = '2/sdntk/1' AND a.withdrawn_at IS NULL"
    )

    assert rows(seeded_registry, subject) == [("ofac",)]
    ours = rows(seeded_registry, "SELECT id FROM parties WHERE name LIKE 'Obed %'")[0][0]
    hands.tie(seeded_registry, f"P{ours}", 2, by="tester")
    put(seeded_registry, SmallList([entry]), MAR, tmp_path)
    assert rows(seeded_registry, subject) == [("fact-sheet-2022",)]
    assert rows(seeded_registry, "SELECT how FROM ofac_parties") == [("hand",)]
    with pytest.raises(hands.OtherKindError):
        hands.tie(seeded_registry, "CJNG", 2, by="tester")


def test_a_corrected_record_is_not_overwritten(empty_registry: Location, tmp_path: Path) -> None:
    """Nor is one revived that a person withdrew."""
    put(empty_registry, SmallList([sdn(1), sdn(2)]), FEB, tmp_path)
    with writing_directly(empty_registry) as writer:
        writer.update(
            "actions",
            ("date", "earliest", "latest", "corrected_at"),
            ("key",),
            [("2020-05-05", "2020-05-05", "2020-05-05", "2026-01-01T00:00:00Z", "1/sdntk/1")],
        )
        writer.update(
            "actions",
            ("withdrawn_at", "withdrawn_reason"),
            ("key",),
            [("2026-01-01T00:00:00Z", "a mistake", "2/sdntk/1")],
        )
    put(empty_registry, SmallList([sdn(1), sdn(2)]), JAN, tmp_path)

    assert acts(empty_registry) == [("designation", "1", "SDNTK", "2020-05-05", None)]


def test_following_more_or_less_derives_again(empty_registry: Location, tmp_path: Path) -> None:
    """What is not followed any more is withdrawn with a reason, and revived by its key."""
    put(empty_registry, SmallList([sdn(1), sdn(2, programs="OTHER")]), JAN, tmp_path)
    before = ledger(empty_registry)

    hands.follow(empty_registry, ["OTH*"], by="tester")
    assert [row[1] for row in acts(empty_registry)] == ["2"]
    hands.follow(empty_registry, ["*"], by="tester")
    assert [row[1] for row in acts(empty_registry)] == ["1", "2"]
    hands.follow(empty_registry, ["SDNTK"], by="tester")
    assert ledger(empty_registry) == before
    assert rows(empty_registry, "SELECT count(*) FROM actions") == [(2,)]


def test_a_tag_that_no_list_prints_is_not_followed(
    empty_registry: Location, tmp_path: Path
) -> None:
    """A slip would withdraw everything; a start may come, and so may any tag without lists."""
    hands.follow(empty_registry, ["SDNTK", "INVENTED"], by="tester")
    put(empty_registry, SmallList([sdn(1), sdn(2, programs="OTHER")]), JAN, tmp_path)

    with pytest.raises(NotFoundError, match="did you mean SDNTK"):
        hands.follow(empty_registry, ["SNDTK"], by="tester")
    hands.follow(empty_registry, ["INVENTED", "OTH*", *DEFAULT[:1]], by="tester")
    assert [row[1] for row in acts(empty_registry)] == ["2"]


def test_what_people_recorded_on_a_party_stays_when_its_list_is_dropped(
    empty_registry: Location, tmp_path: Path
) -> None:
    """The party is kept for it; what the list gave is withdrawn."""
    put(empty_registry, SmallList([sdn(1), sdn(2)]), JAN, tmp_path)
    party = rows(empty_registry, "SELECT party_id FROM ofac_parties WHERE uid = 1")[0][0]
    with writing_directly(empty_registry) as writer:
        row = (9000, "local", "mine", party, "THE INVENTED", "theinvented", "aka", 1, "2026", "me")
        writer.insert(
            "names",
            (
                "id", "dataset", "key", "party_id", "name", "name_key", "kind", "version",
                "recorded_at", "recorded_by",
            ),
            [row],
        )  # fmt: skip
    drop(empty_registry, JAN, by="tester")

    assert rows(empty_registry, "SELECT id FROM parties WHERE withdrawn_at IS NULL") == [(party,)]
    assert acts(empty_registry) == []


def test_a_mass_swap_that_is_not_known_is_reported(
    empty_registry: Location, tmp_path: Path
) -> None:
    """A known one is not."""
    old = [sdn(uid, programs="OLD") for uid in range(1, 7)]
    new = [sdn(uid, programs="NEW") for uid in range(1, 7)]
    put(empty_registry, SmallList(old), JAN, tmp_path)
    found = put(empty_registry, SmallList(new), FEB, tmp_path)

    assert found.derived is not None
    assert [(swap.old, swap.new, swap.entries) for swap in found.derived.swaps] == [
        ("OLD", "NEW", 6)
    ]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("FICTION ROE, Juan", "Juan FICTION ROE"),
        ("FICTION", "FICTION"),
        ("FICTION ROE, Juan, Jr.", "Juan FICTION ROE, Jr."),
        ("FICTION, JR., Juan", "Juan FICTION, JR."),
    ],
)
def test_a_name_is_shown_given_name_first(printed: str, shown: str) -> None:
    """The surname as printed, a suffix after it."""
    assert turned(printed) == shown


def test_small_words_of_a_name_do_not_count() -> None:
    """Articles and prepositions, in either language."""
    assert without_small_words("Cartel de la Invención") == "cartel invencion"


@st.composite
def small_lists(draw: st.DrawFn) -> SmallList:
    """People and an organization that come, go, change programmes, names and ties."""
    uids = draw(st.lists(st.integers(1, 3), unique=True, min_size=1))
    one_of = st.sampled_from
    entries = [
        sdn(
            uid,
            draw(one_of(["DOE, John", "ROE, Jane"])),
            draw(one_of(["SDNTK", "ILLICIT-DRUGS-EO", "ILLICIT-DRUGS-EO14059] [TCO", "OTHER"])),
            draw(one_of([None, "DOB 1970; a.k.a. 'UNO'.", "DOB 1970; Linked To: INVENTED GANG."])),
        )
        for uid in uids
    ]
    gangs = draw(st.sets(st.integers(9, 10)))
    entries += [
        sdn(uid, draw(one_of(["INVENTED GANG", "OTHER GANG"])), "OTHER", type_=None)
        for uid in sorted(gangs)
    ]
    return SmallList(entries)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_derived_records_are_a_function_of_the_set_of_lists(
    empty_copy: Path, data: st.DataObject
) -> None:
    """In order, and in any other order with lists taken out again: equal, sound, words printed."""
    lists = dict(
        zip(DAYS, data.draw(st.lists(small_lists(), min_size=1, max_size=5)), strict=False)
    )
    shuffled = data.draw(st.permutations(sorted(lists)))
    dropped = data.draw(st.sets(st.sampled_from(sorted(lists))))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_order, other = (registry(empty_copy, folder, letter) for letter in "ab")
        for day in sorted(set(lists) - dropped):
            put(in_order, lists[day], day, folder)
        for day in shuffled:
            put(other, lists[day], day, folder)
        for day in sorted(dropped, reverse=True):
            drop(other, day, by="tester")

        assert ledger(other) == ledger(in_order)
        with reading(other) as reader:
            assert list(checking.check(reader, schema_of_head())) == []
        for published, phrase in rows(
            other,
            "SELECT s.key, l.phrase FROM citations l JOIN sources s ON s.id = l.source_id"
            " WHERE l.withdrawn_at IS NULL AND l.phrase IS NOT NULL",
        ):
            printed = [str(cell) for row in lists[published].entries for cell in row if cell]
            assert any(phrase in cell for cell in printed)


KNOWN = """
dataset = "sheet"
default_source = "s"
source = [{ key = "s", title = "Invented Sheet" }]
person = [{ key = "j", name = "John Doe", sex = "male" }]
organization = [
  { key = "g", name = "The Invented Gang", type = "gang" },
  { key = "o", name = "OFAC", type = "agency" },
]
designation = [
  { key = "d", subject = "j", authority = "o", program = "EO 14059", date = "2021-02" },
]
"""


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_looked_at_again_is_all_that_changes(empty_copy: Path, data: st.DataObject) -> None:
    """After each list, in any order, working everything out anew finds nothing to write."""
    lists = dict(
        zip(DAYS, data.draw(st.lists(small_lists(), min_size=1, max_size=5)), strict=False)
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        location = registry(empty_copy, folder, "registry")
        load_file(location, KNOWN, "sheet.toml", by="tester", as_json=False)
        for day in data.draw(st.permutations(sorted(lists))):
            put(location, lists[day], day, folder)
            with writing_directly(location) as writer:
                again = derive(writer, by="tester")
            assert (again.added, again.changed, again.withdrawn) == ({}, {}, {})
