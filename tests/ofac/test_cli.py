"""The commands of OFAC's list, as a user gives them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.ofac.lists import SmallList, sdn
from tests.ofac.test_parse import XML

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger

FIRST = SmallList(
    [sdn(1, "DOE, John", remarks="DOB 1970; Baker."), sdn(2, "ROE, Jane"), sdn(9, "ZED")],
    [(1, 5, "aka", "EL UNO", None)],
)
SECOND = SmallList(
    [sdn(1, "DOE, Johnny", "TCO"), sdn(9, "ZED"), sdn(10, "NEW")], [(1, 5, "aka", "EL UNO", None)]
)


@pytest.fixture
def two(empty: Caseledger, tmp_path: Path) -> Caseledger:
    """The program on a registry with two lists, half a year apart."""
    for small, day in ((FIRST, "2021-01-01"), (SECOND, "2021-07-01")):
        paths = map(str, small.write(tmp_path / day))
        assert empty("import", "ofac", *paths, "--published", day, "--force").code == 0
    return empty


def test_the_summary_is_for_people_and_as_data(empty: Caseledger, tmp_path: Path) -> None:
    """Sentences on stderr, JSON on stdout, and nothing on stdout without it."""
    paths = [*map(str, FIRST.write(tmp_path / "a"))]
    said = empty("import", "ofac", *paths, "--published", "2021-01-01", "--format", "json")

    data = json.loads(said.out)
    assert said.code == 0
    assert (data["added"], data["removed"], data["changed"], data["unchanged"]) == (3, 0, 0, 0)
    assert data["unparsed"] == {"Baker": 1}
    assert data["names"] == {"added": 1, "removed": 0, "changed": 0}
    assert "entries: 3 added" in said.err

    second = [*map(str, SECOND.write(tmp_path / "b"))]
    given = ("import", "ofac", *second, "--published", "2021-07-01")
    assert empty(*given).code == 1
    said = empty(*given, "--force", "--dry-run", "--format", "json")
    data = json.loads(said.out)
    assert "would be imported" in said.err
    assert (data["added"], data["removed"], data["changed"], data["unchanged"]) == (1, 1, 1, 1)
    assert {f: n for f, n in data["fields"].items() if n} == {
        "name": 1,
        "programs": 1,
        "remarks": 1,
    }
    assert empty(*given, "--force").out == ""


def test_a_list_that_has_fewer_entries_than_it_says_is_told(
    empty: Caseledger, tmp_path: Path
) -> None:
    """An excerpt goes on saying how many the whole list has."""
    file = tmp_path / "sdn.xml"
    number = XML.count("<sdnEntry>")
    for said, day in ((number, "01"), (8197, "02")):
        count = f"</Publish_Date><Record_Count>{said}</Record_Count>"
        text = re.sub("<Publish_Date>.*</Publish_Date>", f"<Publish_Date>03/{day}/2021{count}", XML)
        file.write_text(text, encoding="utf-8")
        ran = empty("import", "ofac", str(file), "--format", "json")

        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["said"] == (None if said == number else said)
        assert ("is it an excerpt?" in ran.err) == (said != number)


def test_an_excerpt_beside_a_whole_list_stops(empty: Caseledger, tmp_path: Path) -> None:
    """It would say of everyone who is not in it that they were not listed on its day."""
    number = XML.count("<sdnEntry>")
    whole = SmallList([sdn(uid) for uid in range(1, 20)])
    paths = map(str, whole.write(tmp_path / "whole"))
    assert empty("import", "ofac", *paths, "--published", "2021-01-01").code == 0
    file = tmp_path / "sdn.xml"
    count = "</Publish_Date><Record_Count>8197</Record_Count>"
    file.write_text(XML.replace("</Publish_Date>", count), encoding="utf-8")
    ran = empty("import", "ofac", str(file))

    assert ran.code == 1
    assert f"it says that it has 8197 entries and has {number}" in ran.err


def test_the_same_files_again_change_nothing(two: Caseledger, tmp_path: Path) -> None:
    """Said at once; on a later day they are a version, on the same day they need a time."""
    again = [*map(str, SECOND.write(tmp_path / "again"))]
    other = [*map(str, FIRST.write(tmp_path / "other"))]

    said = two("import", "ofac", *again, "--published", "2021-07-01", "--format", "json")
    assert (said.code, json.loads(said.out)["new"]) == (0, False)
    assert "there already" in said.err
    assert two("import", "ofac", *again, "--published", "2021-07-02").code == 0
    taken = two("import", "ofac", *other, "--published", "2021-07-01", "--force")
    assert (taken.code, "--published 2021-07-01T16:00" in taken.err) == (1, True)
    timed = ("--published", "2021-07-01T16:30", "--force")
    assert two("import", "ofac", *other, *timed).code == 0
    assert [line.split(",")[0] for line in two("ofac", "versions", "-f", "csv").lines[1:]] == [
        "2021-01-01",
        "2021-07-01",
        "2021-07-01T16:30",
        "2021-07-02",
    ]


def test_a_csv_needs_a_day_and_xml_has_one(empty: Caseledger, tmp_path: Path) -> None:
    """Exit code 2: the command line is wrong, not the list."""
    path = tmp_path / "x"
    path.write_text(XML, encoding="utf-8")
    csv = [*map(str, FIRST.write(tmp_path / "a"))]

    assert empty("import", "ofac", *csv).code == 2
    for day in ("May 2021", "2021-02-30", "0021-05-01", "0001-01-01", "2021-05-01T24:30"):
        said = empty("import", "ofac", *csv, "--published", day)
        assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert empty("import", "ofac", str(path), "--published", "2021-01-01").code == 2
    assert empty("import", "ofac", str(path)).code == 0
    assert "there already" in empty("import", "ofac", str(path)).err
    assert empty("ofac", "versions", "-f", "csv").lines[1].startswith("2020-04-22,xml,xml,1,1,1,0")


def test_what_changed_from_one_list_to_another(two: Caseledger) -> None:
    """The last two, or two by name, in any format."""
    data = json.loads(two("ofac", "diff", "-f", "json").out)

    rows = [(row["uid"], row["change"], row["before"], row["after"]) for row in data["rows"]]
    assert rows == [
        (10, "added", None, None),
        (2, "removed", None, None),
        (1, "renamed", "DOE, John", "DOE, Johnny"),
        (1, "re-tagged", "SDNTK", "TCO"),
    ]
    assert len(two("ofac", "diff", "2021-07-01", "2021-01-01", "-f", "csv").lines) == 5
    assert two("ofac", "diff", "2021-07-01").code == 2
    assert two("ofac", "diff", "2021-07-01", "2020-01-01").code == 3


def test_an_entry_and_its_life(two: Caseledger) -> None:
    """Since when, until when, what was said and how it was understood."""
    shown = two("ofac", "show", "1").out

    assert shown.startswith("DOE, Johnny\n")
    assert "on the list since 2021-01-01 or before" in shown
    assert "SDNTK: since 2021-01-01 or before, gone on 2021-07-01" in shown
    assert "EL UNO (aka, strong): since 2021-01-01 or before\n" in shown
    assert "birth date: 1970" in shown
    assert "unread: Baker" in shown
    assert "gone on 2021-07-01" in two("ofac", "show", "2").out
    assert two("ofac", "show", "77").code == 3
    assert two("ofac", "show", "9" * 30).code == 3


def test_a_list_is_taken_out(two: Caseledger) -> None:
    """And what it had ended goes on."""
    assert two("ofac", "drop", "2021-07-01").code == 0
    assert "gone" not in two("ofac", "show", "2").out
    assert two("ofac", "drop", "2021-07-01").code == 3
    assert two("ofac", "diff").code == 1


def test_a_refusal_has_the_line_and_the_reason(empty: Caseledger, tmp_path: Path) -> None:
    """Exit code 1, one sentence, nothing imported."""
    (path,) = SmallList([sdn(1), sdn(1, "OTHER")]).write(tmp_path / "a")

    said = empty("import", "ofac", str(path), "--published", "2021-01-01")

    assert said.code == 1
    assert said.err == (
        f"caseledger: {path}, line 2: the number 1 is that of 'DOE, John' and of 'OTHER'; "
        "nothing was imported\n"
    )
