"""The mirror: spans, remarks with their comments, what is asked before a list is believed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from caseledger.db.reading import reading
from caseledger.models import Base
from caseledger.ofac.errors import ListError, NoVersionError, SuspectListError, TakenError
from caseledger.ofac.lists import drop, import_list
from caseledger.ofac.mirror.families import FAMILIES
from caseledger.ofac.mirror.joining import Stretch, join
from caseledger.ofac.mirror.texts import FEATURE_COLUMNS
from caseledger.ofac.mirror.versions import Version
from caseledger.ofac.parse.files import look_at_all
from caseledger.ofac.parse.remarks import CELL
from caseledger.ofac.seen import Seen
from tests.ofac.lists import Cells, SmallList, mirror, put, sdn
from tests.ofac.test_parse import SAME, XML

if TYPE_CHECKING:
    from pathlib import Path

    from caseledger.db.location import Location


def test_the_columns_are_those_of_the_models() -> None:
    """The mirror is written without SQLAlchemy; the models say what is there to be written."""
    for family in FAMILIES:
        assert set(family.columns) == set(Base.metadata.tables[family.table].c.keys())
    assert tuple(Base.metadata.tables["ofac_features"].c.keys()) == FEATURE_COLUMNS
    assert Version._fields == tuple(Base.metadata.tables["ofac_versions"].c.keys())


def test_a_life_on_both_engines(empty_registry: Location, tmp_path: Path) -> None:
    """Listed, re-tagged, gone and back, with a list between two others: spans by definition."""
    first = SmallList([sdn(1), sdn(2), sdn(3)], [(1, 7, "aka", "UNO", None)])
    between = SmallList([sdn(1), sdn(3)])
    last = SmallList(
        [sdn(1, programs="SDNTK] [TCO"), sdn(2), sdn(3)], [(3, 8, "aka", "TRES", None)]
    )
    for day, small in (("2021-03-01", last), ("2021-01-01", first), ("2021-02-01", between)):
        put(empty_registry, small, day, tmp_path)

    with reading(empty_registry) as reader:
        programs = {
            tuple(row)
            for row in reader.rows(
                "SELECT p.uid, p.program, s.published, u.published FROM ofac_programs p"
                " JOIN ofac_versions s ON s.id = p.since"
                " LEFT JOIN ofac_versions u ON u.id = p.until"
            )
        }
        alias = list(
            reader.rows(
                "SELECT s.published, u.published FROM ofac_names n"
                " JOIN ofac_versions s ON s.id = n.since"
                " LEFT JOIN ofac_versions u ON u.id = n.until"
                " WHERE n.name = 'UNO'"
            )
        )

    assert programs == {
        (1, "SDNTK", "2021-01-01", None),
        (1, "TCO", "2021-03-01", None),
        (2, "SDNTK", "2021-01-01", "2021-02-01"),
        (2, "SDNTK", "2021-03-01", None),
        (3, "SDNTK", "2021-01-01", None),
    }
    assert [tuple(row) for row in alias] == [("2021-01-01", "2021-03-01")]


def test_dropping_undoes_importing_on_both_engines(
    empty_registry: Location, tmp_path: Path
) -> None:
    """Nothing of it stays: no span, no text, no feature."""
    put(empty_registry, SmallList([sdn(1, remarks="DOB 1970.")]), "2021-01-01", tmp_path)
    was = mirror(empty_registry)
    changed = SmallList([sdn(1, "ROE", "TCO", "DOB 1971.")], comments=[(1, " POB Leon.")])
    put(empty_registry, changed, "2021-02-01", tmp_path)

    gone = drop(empty_registry, "2021-02-01", by="tester")

    assert gone.published == "2021-02-01"
    assert mirror(empty_registry) == was
    with pytest.raises(NoVersionError, match="2021-01-01"):
        drop(empty_registry, "2021-02-01", by="tester")


def test_a_dry_run_writes_nothing(empty_registry: Location, tmp_path: Path) -> None:
    """It counts, and leaves no row behind."""
    files = look_at_all(SmallList([sdn(1)]).write(tmp_path / "a"))
    was = mirror(empty_registry)

    found = import_list(empty_registry, files, "2021-01-01", by="tester", dry_run=True)

    assert found.added == 1
    assert mirror(empty_registry) == was


def test_the_same_list_from_either_form(empty_registry: Location, tmp_path: Path) -> None:
    """Apart from the versions and the files themselves."""
    path = tmp_path / "x"
    path.write_text(XML, encoding="utf-8")
    import_list(empty_registry, look_at_all([path]), "2020-04-22", by="tester")
    from_xml = mirror(empty_registry)
    drop(empty_registry, "2020-04-22", by="tester")
    put(
        empty_registry,
        SmallList(SAME.entries, SAME.aliases, SAME.addresses),
        "2020-04-22",
        tmp_path,
    )
    from_csv = mirror(empty_registry)

    for found in (from_xml, from_csv):
        del found["ofac_versions"], found["ofac_files"]
    assert from_csv == from_xml


def test_xml_in_many_batches_and_out_of_order(empty_file: Path, tmp_path: Path) -> None:
    """What no batch speaks of is gone, and the numbers need not be sorted."""
    from caseledger.db.location import Location
    from caseledger.ofac.parse import xml

    location = Location(empty_file, None)
    start = XML.index("  <sdnEntry>")
    end = XML.index("</sdnList>")

    def write(day: str, uids: list[int]) -> list[Path]:
        body = "".join(
            XML[start:end]
            .replace("<uid>15<", f"<uid>{uid}<")
            .replace("<lastName>DOE", f"<lastName>D{uid}")
            .replace("<uid>7<", f"<uid>{uid + 5000}<")
            .replace("<uid>8<", f"<uid>{uid + 10000}<")
            .replace("<uid>9<", f"<uid>{uid}<")
            for uid in uids
        )
        path = tmp_path / day
        path.write_text(
            XML[:start].replace("04/22/2020", f"04/{day}/2020") + body + XML[end:], encoding="utf-8"
        )
        return [path]

    many = [*range(xml.BATCH + 50, 0, -1), xml.BATCH + 100]
    import_list(location, look_at_all(write("22", many)), "2020-04-22", by="t")
    found = import_list(location, look_at_all(write("23", many[5:])), "2020-04-23", by="t")

    assert (found.added, found.removed, found.unchanged) == (0, 5, len(many) - 5)
    with pytest.raises(ListError, match="stands there twice"):
        import_list(location, look_at_all(write("24", [*many, 1])), "2020-04-24", by="t")


COMMENTED = SmallList([sdn(1, remarks="Linked To: RED MUND")], comments=[(1, "IAL; DOB 1970.")])


def whole(location: Location) -> list[tuple[object, ...]]:
    """The whole remarks and when."""
    with reading(location) as reader:
        return [
            tuple(row)
            for row in reader.rows(
                "SELECT t.text, s.published, u.published FROM ofac_remarks r"
                " JOIN ofac_texts t ON t.id = r.text_id JOIN ofac_versions s ON s.id = r.since"
                " LEFT JOIN ofac_versions u ON u.id = r.until ORDER BY r.uid, r.since"
            )
        ]


def test_a_comment_goes_on_with_the_cell(empty_registry: Location, tmp_path: Path) -> None:
    """Joined as they stand; a list without comments ends no continuation."""
    put(empty_registry, COMMENTED, "2021-01-01", tmp_path)
    put(empty_registry, SmallList(COMMENTED.entries), "2021-02-01", tmp_path)
    put(empty_registry, SmallList([sdn(1, remarks="DOB 1970.")]), "2021-03-01", tmp_path)

    assert whole(empty_registry) == [
        ("Linked To: RED MUNDIAL; DOB 1970.", "2021-01-01", "2021-03-01"),
        ("DOB 1970.", "2021-03-01", None),
    ]


def test_a_new_cell_is_not_joined_with_an_old_comment() -> None:
    """Unless some list with both files prints the two together."""
    cells = [Stretch(1, 3, "A"), Stretch(3, None, "B")]
    comments = [Stretch(1, None, "x")]

    assert join(cells, comments, [1]) == [Stretch(1, 3, "Ax"), Stretch(3, None, "B")]
    assert join(cells, comments, [1, 4]) == [Stretch(1, 3, "Ax"), Stretch(3, None, "Bx")]


def test_long_remarks_of_xml_are_cut_as_the_csv_cuts_them(tmp_path: Path) -> None:
    """A thousand letters in the cell, the rest in the comment."""
    from caseledger.ofac.parse.reading import batches

    path = tmp_path / "x"
    path.write_text(XML.replace("Head</title>", "H" * 2000 + "</title>"), encoding="utf-8")
    (batch,) = batches(look_at_all([path]))

    (entry,) = batch.entries
    (comment,) = batch.comments or ()
    assert len(entry.remarks or "") == CELL
    assert comment.text.endswith("Linked To: UNO (S.A.).")


def test_imports_at_once_wait_for_one_another(empty_registry: Location, tmp_path: Path) -> None:
    """Each builds on its neighbours: the mirror is that of one after the other."""
    days = [f"2021-01-0{number}" for number in range(1, 6)]
    lists = {day: SmallList([sdn(1), sdn(2, title=day)]) for day in days}
    with ThreadPoolExecutor(len(days)) as pool:
        list(pool.map(lambda day: put(empty_registry, lists[day], day, tmp_path), days))
    at_once = mirror(empty_registry)
    for day in days:
        drop(empty_registry, day, by="tester")
    for day in days:
        put(empty_registry, lists[day], day, tmp_path)

    assert mirror(empty_registry) == at_once


HUNDRED = [sdn(uid) for uid in range(1, 101)]
ADDRESSES: list[Cells] = [(uid, uid, None, None, None, None) for uid in range(1, 101)]


@pytest.mark.parametrize(
    ("second", "day", "reason"),
    [
        (SmallList(HUNDRED[:99]), "2021-01-20", "its highest number, 99, is below"),
        (SmallList(HUNDRED[4:]), "2021-01-20", "4 of 100 entries would go in 19 days"),
        (SmallList(HUNDRED[11:]), "2021-06-20", "11 of 100 entries would go in 170 days"),
        (SmallList(HUNDRED, closing=""), "2021-01-20", "0x1A is missing from sdn"),
        (SmallList(HUNDRED, None, ADDRESSES[:-1]), "2021-01-20", "no address row: 100"),
    ],
)
def test_a_list_that_may_be_cut_stops_and_asks(
    empty_file: Path, tmp_path: Path, second: SmallList, day: str, reason: str
) -> None:
    """It would delist people; nothing is written, and --force goes on."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    put(location, SmallList(HUNDRED, None, ADDRESSES), "2021-01-01", tmp_path, force=False)
    was = mirror(location)

    with pytest.raises(SuspectListError, match=reason):
        put(location, second, day, tmp_path, force=False)

    assert mirror(location) == was
    put(location, second, day, tmp_path)
    assert len(mirror(location)["ofac_versions"]) == 2


NAMES: list[Cells] = [(uid, uid, "aka", f"N{uid}", None) for uid in range(1, 101)]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (SmallList(HUNDRED, NAMES[:90]), "10 names of the last entries would end"),
        (SmallList(HUNDRED, NAMES[10:]), "10 of 100 names would end"),
        (SmallList(HUNDRED, NAMES, ADDRESSES[:-1]), "no address row: 100"),
        (SmallList([*HUNDRED, sdn(102)], [*NAMES, (103, 103, "aka", "N", None)]), "after its last"),
        (SmallList(HUNDRED, NAMES, ADDRESSES, closing=""), "0x1A is missing from a"),
    ],
)
def test_a_cut_file_beside_the_main_one_stops_and_asks(
    empty_file: Path, tmp_path: Path, second: SmallList, reason: str
) -> None:
    """Names and addresses would end; a list between that lacks the file changes nothing of it."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    put(location, SmallList(HUNDRED, NAMES, ADDRESSES), "2021-01-01", tmp_path, force=False)
    put(location, SmallList(HUNDRED), "2021-01-10", tmp_path, force=False)

    with pytest.raises(SuspectListError, match=reason):
        put(location, second, "2021-01-20", tmp_path, force=False)


@pytest.mark.parametrize(
    "second",
    [
        SmallList(HUNDRED, NAMES[:91]),
        SmallList(HUNDRED, NAMES[9:]),
        SmallList(HUNDRED[:96] + HUNDRED[97:], NAMES[:96] + NAMES[97:]),
        SmallList([*HUNDRED, sdn(101)], NAMES, ADDRESSES),
        SmallList(HUNDRED, None, None, [(7, "x")]),
    ],
)
def test_a_real_step_is_not_asked_about(
    empty_file: Path, tmp_path: Path, second: SmallList
) -> None:
    """A few names corrected, an entry gone or come, a file not given."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    put(location, SmallList(HUNDRED, NAMES, ADDRESSES), "2021-01-01", tmp_path, force=False)
    put(location, second, "2021-01-02", tmp_path, force=False)


def test_xml_after_csv_is_not_asked_about(empty_file: Path, tmp_path: Path) -> None:
    """It prints no empty addresses, and has no closing."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    csv = SmallList(SAME.entries, SAME.aliases, [(15, 9, None, None, None, None)])
    put(location, csv, "2020-04-21", tmp_path, force=False)
    path = tmp_path / "x"
    start, end = XML.index("<addressList>"), XML.index("<dateOfBirthList>")
    path.write_text(XML[:start] + XML[end:], encoding="utf-8")

    found = import_list(location, look_at_all([path]), "2020-04-22", by="t")

    assert (found.unchanged, found.addresses.removed) == (1, 0)


def test_the_same_files_at_the_same_moment_are_there(empty_file: Path, tmp_path: Path) -> None:
    """However the moment is written, and whoever came first."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    put(location, COMMENTED, "2021-01-01", tmp_path)
    was = mirror(location)

    assert not put(location, COMMENTED, "2021-01-01T00:00", tmp_path).is_new
    assert mirror(location) == was
    with pytest.raises(TakenError):
        put(location, SmallList(HUNDRED), "2021-01-01", tmp_path)


def test_an_entry_that_both_neighbours_have_is_missed(empty_file: Path, tmp_path: Path) -> None:
    """A list between two others that lost a row."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    for day in ("2021-01-01", "2021-03-01"):
        put(location, SmallList(HUNDRED), day, tmp_path, force=False)

    with pytest.raises(SuspectListError, match="before and after have are missing: 50"):
        put(location, SmallList(HUNDRED[:49] + HUNDRED[50:]), "2021-02-01", tmp_path, force=False)


def test_files_of_another_list_are_refused(empty_file: Path, tmp_path: Path) -> None:
    """Mostly orphans; a few are normal, and of comments any number."""
    from caseledger.db.location import Location

    location = Location(empty_file, None)
    foreign = SmallList([sdn(1)], [(9, 1, "aka", "A", None), (8, 2, "aka", "B", None)])
    few = SmallList(
        [sdn(1)], [(1, 1, "aka", "A", None), (8, 2, "aka", "B", None)], comments=[(7, "x")]
    )

    with pytest.raises(ListError, match="another list: 2 of its 2 rows"):
        put(location, foreign, "2021-01-01", tmp_path)
    found = put(location, few, "2021-01-01", tmp_path)

    assert dict(found.orphans) == {"names": 1, "addresses": 0, "comments": 1} or dict(
        found.orphans
    ) == {"names": 1, "comments": 1}


def test_seen_numbers() -> None:
    """In pages, and each once."""
    seen = Seen()

    assert [seen.add(number) for number in (1, 8191, 8192, 1)] == [True, True, True, False]
    assert [number in seen for number in (0, 1, 8192, 10**9)] == [False, True, True, False]
