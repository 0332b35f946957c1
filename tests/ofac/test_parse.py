"""The files of the list: every oddity survived, every damage refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from caseledger.errors import UsageError
from caseledger.ofac.errors import ListError, NotReadYetError
from caseledger.ofac.parse import table as csv_files
from caseledger.ofac.parse.files import Part, look_at, look_at_all
from caseledger.ofac.parse.reading import batches, said_day
from tests.ofac.lists import SmallList, sdn, table

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [sdn(36, "AEROCARIBBEAN", "CUBA", type_=None), sdn(6707, programs="SDNTK] [TCO")]


def entries(path: Path, content: bytes) -> list[tuple[object, ...]]:
    """What the main file says, after it was told by its content."""
    path.write_bytes(content)
    file = look_at(path)
    assert file.part is Part.SDN
    return [tuple(entry[:4]) for entry in csv_files.entries(file)]


HEADER = (
    "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,"
    "Vess_owner,Remarks\r\n"
)


@pytest.mark.parametrize(
    "content",
    [
        table(ROWS),
        table(ROWS, closing=""),
        table(ROWS, closing="\x1a"),
        table(ROWS).replace("\r\n", "\n"),
        "\ufeff" + table(ROWS),
        table(ROWS).replace("-0- ", '""'),
        table(ROWS).replace("-0- ", "-0-"),
        HEADER + table(ROWS),
        table(ROWS, closing="").rstrip("\r\n"),
        table([*ROWS, ROWS[0]]),
    ],
    ids=["crlf", "open", "bare", "lf", "bom", "empty", "stripped", "header", "no end", "twice"],
)
def test_copies_of_a_file_say_the_same(tmp_path: Path, content: str) -> None:
    """Line ends, nulls, marks and headers of the copies in the wild do not count."""
    assert entries(tmp_path / "x", content.encode()) == [
        (36, "AEROCARIBBEAN", "entity", ("CUBA",)),
        (6707, "DOE, John", "individual", ("SDNTK", "TCO")),
    ]


def test_letters_beyond_ascii_are_read_in_either_encoding(tmp_path: Path) -> None:
    """UTF-8, and what it is not is Latin-1."""
    text = table([sdn(1, "PEÑA, José")])

    assert entries(tmp_path / "a", text.encode())[0][1] == "PEÑA, José"
    assert entries(tmp_path / "b", text.encode("latin-1"))[0][1] == "PEÑA, José"


GOOD = table(ROWS)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "empty"),
        ("\x1a\r\n", 1, "empty"),
        ("a,b,c\r\n", 1, "3 columns"),
        (GOOD.replace("36,", "36.5,", 1), 1, "no number"),
        (table([*ROWS, ("x", "y")]), 3, "2 columns where there are 12"),
        (table([*ROWS, sdn(6707, "ANOTHER")]), 3, "'DOE, John' and of 'ANOTHER'"),
        (table([*ROWS, sdn(6707)]), 3, "twice, with different fields"),
        (table([*ROWS, sdn(7, type_="spaceship")]), 3, "no type"),
        (table([*ROWS, sdn(7, "")]), 3, "no name"),
        (HEADER.replace("Program", "Country") + GOOD, 1, "header is not OFAC's"),
        (GOOD[: GOOD.index("DOE") + 2], 2, "no CSV"),
    ],
)
def test_a_damaged_main_file_is_refused_with_its_line(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    """Whole, before anything is written."""
    path = tmp_path / "sdn.csv"
    path.write_text(content, encoding="utf-8", newline="")

    with pytest.raises(ListError, match=reason) as refused:
        list(csv_files.entries(look_at(path)))

    assert refused.value.line == line


def test_a_name_or_an_address_number_of_two_is_refused(tmp_path: Path) -> None:
    """A spreadsheet filled it down."""
    alt, add = tmp_path / "alt", tmp_path / "add"
    alt.write_text(table([(1, 5, "aka", "A", None), (1, 5, "aka", "B", None)]), encoding="utf-8")
    add.write_text(
        table([(1, 5, "A", None, None, None), (1, 5, "B", None, None, None)]), encoding="utf-8"
    )

    with pytest.raises(ListError, match="'A' and of 'B'"):
        list(csv_files.aliases(look_at(alt)))
    with pytest.raises(ListError, match="two addresses"):
        list(csv_files.addresses(look_at(add)))


def test_the_files_of_a_list_are_one_of_each(tmp_path: Path) -> None:
    """Two main files, or none, are no list."""
    path = tmp_path / "a"
    path.write_text(GOOD, encoding="utf-8")
    comments = tmp_path / "b"
    comments.write_text(table([(1, "x")]), encoding="utf-8")

    with pytest.raises(UsageError, match="both the list's sdn"):
        look_at_all([path, path])
    with pytest.raises(UsageError, match="main file"):
        look_at_all([comments])


XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>04/22/2020</Publish_Date></publshInformation>
  <sdnEntry><uid>15</uid><firstName>Ann</firstName><lastName>DOE</lastName>
    <title>Head</title><sdnType>Individual</sdnType><remarks>(Linked To: UNO (S.A.))</remarks>
    <programList><program>SDNTK</program><program>TCO</program></programList>
    <idList><id><uid>2</uid><idType>Passport</idType><idNumber>A2</idNumber></id>
      <id><uid>1</uid><idType>Passport</idType><idNumber>A1</idNumber>
        <idCountry>Mexico</idCountry><issueDate>14 Nov 2007</issueDate></id></idList>
    <akaList><aka><uid>7</uid><type>a.k.a.</type><category>strong</category>
        <lastName>ROE</lastName></aka>
      <aka><uid>8</uid><type>a.k.a.</type><category>weak</category>
        <lastName>LA JEFA</lastName></aka></akaList>
    <addressList><address><uid>9</uid><address1>Uno 1</address1><address2>Dos</address2>
      <city>Tepic</city><stateOrProvince>Nayarit</stateOrProvince><postalCode>63000</postalCode>
      <country>Mexico</country></address></addressList>
    <dateOfBirthList><dateOfBirthItem><uid>3</uid><dateOfBirth>1970</dateOfBirth>
      <mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
</sdnList>
"""

SAME = SmallList(
    [
        sdn(
            15,
            "DOE, Ann",
            "TCO] [SDNTK",
            "DOB 1970; Passport A1 (Mexico) issued 14 Nov 2007; alt. Passport A2; Head;"
            " a.k.a. 'LA JEFA'; Linked To: UNO (S.A.).",
            title="Head",
        )
    ],
    [(15, 7, "aka", "ROE", None)],
    [(15, 9, "Uno 1, Dos", "Tepic, Nayarit 63000", "Mexico", None)],
    [],
)
"""The same list as the CSV has it."""


def test_xml_says_its_day_and_is_worded_as_the_csv(tmp_path: Path) -> None:
    """So that either form gives the same mirror."""
    path = tmp_path / "x"
    path.write_text(XML, encoding="utf-8")
    xml = look_at_all([path])
    given = SAME.write(tmp_path / "csv")
    ours = look_at_all([path for path in given if path.stat().st_size > len("\x1a\r\n")])

    (batch,), (same,) = batches(xml), batches(ours)

    assert said_day(xml) == "2020-04-22"
    (entry,), (twin,) = batch.entries, same.entries
    assert set(entry.programs) == set(twin.programs)
    assert entry._replace(programs=()) == twin._replace(programs=())
    assert list(batch.aliases or ()) == list(same.aliases or ())
    assert list(batch.addresses or ()) == list(same.addresses or ())


DOCTYPE = '<!DOCTYPE sdnList [<!ENTITY x "y">]>\n<sdnList'


def read_whole(path: Path) -> None:
    """An XML file from its first letter to its last."""
    files = look_at_all([path])
    said_day(files)
    for batch in batches(files):
        list(batch.entries)


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (XML.replace("<sdnList", DOCTYPE, 1), ListError, "line 2: XML with a document type"),
        (XML.replace("sdnList", "html"), ListError, "its root is <html>"),
        (XML.replace("sdnList", "Sanctions"), NotReadYetError, "not read yet"),
        (XML[:-20], ListError, "it is no XML"),
        (XML.replace("<uid>15</uid>", ""), ListError, "no number of an entry"),
        (XML.replace("04/22/2020", "soon"), ListError, "no day of publication"),
        (XML.replace("<lastName>DOE</lastName>", ""), ListError, "no name"),
    ],
)
def test_xml_that_is_damaged_or_dangerous_is_refused(
    tmp_path: Path, content: str, error: type[Exception], reason: str
) -> None:
    """Entities are never expanded, whatever they stand for."""
    path = tmp_path / "x"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(error, match=reason):
        read_whole(path)


def test_entities_far_down_are_refused_too(tmp_path: Path) -> None:
    """Beyond what is looked at to tell what the file is."""
    path = tmp_path / "x"
    path.write_text(XML.replace("<sdnList", f"<!--{' ' * 70000}-->{DOCTYPE}", 1), encoding="utf-8")

    with pytest.raises(ListError):
        read_whole(path)
