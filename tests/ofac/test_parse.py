"""The files of the list: every oddity survived, every damage refused with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caseledger.errors import UsageError
from caseledger.ofac.errors import ListError, NotReadYetError
from caseledger.ofac.parse import table as csv_files
from caseledger.ofac.parse.files import Part, look_at, look_at_all
from caseledger.ofac.parse.reading import batches, said_day
from tests.ofac.lists import NULL, SmallList, sdn, table

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
        "\ufeff\r\n" + HEADER + table(ROWS),
        table(ROWS).replace("\r\n", "\r"),
        table(ROWS).replace("] [", "]["),
        table(ROWS, closing="").rstrip("\r\n"),
        table([*ROWS, ROWS[0]]),
    ],
    ids=[
        "crlf",
        "open",
        "bare",
        "lf",
        "bom",
        "empty",
        "stripped",
        "header",
        "late",
        "cr",
        "tight",
        "no end",
        "twice",
    ],
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
        (HEADER, 1, "empty"),
        (HEADER + "\x1a", 1, "empty"),
        (GOOD.replace("6707,", "9" * 30 + ",", 1), 2, "no number"),
        (GOOD.replace("6707,", "9" * 5000 + ",", 1), 2, "no number"),
        (GOOD.replace("6707,", "0,", 1), 2, "no number"),
        (GOOD.replace("John", "Jo\0hn"), 2, "no text"),
        (GOOD + "\0\0", 4, "no text"),
        (GOOD[: GOOD.index(NULL + "\r\n\x1a")], 2, "the last row is cut"),
        (GOOD[: GOOD.index(NULL + "\r\n\x1a") + 2], 2, "the last row is cut"),
        (HEADER + HEADER + GOOD, 2, "no number"),
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


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.encode("utf-16-le"), "no text"),
        (b"PK\x03\x04" + GOOD.encode(), "ZIP"),
        (b"\x1f\x8b\x08" + b"ab,cd\n" * 9, "compressed"),
        (b"\x80\x03\x99,\x01\n", "no text"),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", "page of the web"),
        (b"<p", "its root is"),
        (b"<p a='1' a='2'>", "no XML"),
    ],
)
def test_what_is_no_list_is_told_by_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    """Each is refused before a row of it is read."""
    path = tmp_path / "sdn.csv"
    path.write_bytes(content)

    with pytest.raises(ListError, match=reason):
        look_at(path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """It gives what it has but once: it is refused, and nobody waits for it."""
    pipe = tmp_path / "sdn.csv"
    os.mkfifo(pipe)

    for path in (pipe, Path("/dev/null"), tmp_path, tmp_path / "absent"):
        with pytest.raises(UsageError, match="cannot read"):
            look_at(path)


def test_a_comment_that_stands_there_twice_is_read_once(tmp_path: Path) -> None:
    """Another one of the same entry goes on with it."""
    path = tmp_path / "x"
    path.write_text(table([(1, "IAL; "), (1, "IAL; "), (1, "DOB 1970.")]), encoding="utf-8")

    assert [tuple(comment) for comment in csv_files.comments(look_at(path))] == [
        (1, "IAL; DOB 1970.")
    ]


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


ENTRY = XML[XML.index("  <sdnEntry>") : XML.index("</sdnList>")]
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
        (XML.replace("<uid>15<", f"<uid>{'9' * 30}<"), ListError, "no number of an entry"),
        (XML.replace("<uid>7<", "<uid>\u00b2<"), ListError, "no number of an alias"),
        (XML.replace("<uid>9<", "<uid>0<"), ListError, "no number of an address"),
        (XML.replace("<uid>8<", "<uid>7<"), ListError, "line [0-9]+: the number 7 of an alias"),
        (XML.replace("</sdnList>", ENTRY + "</sdnList>"), ListError, "15 of an entry .* twice"),
        (XML.replace("<lastName>DOE", "<lastName>&x;DOE"), ListError, "undefined entity"),
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


def test_the_root_is_no_word_in_a_comment(tmp_path: Path) -> None:
    """SDN.XML may speak of the advanced form, and is not it."""
    path = tmp_path / "x"
    path.write_text(XML.replace("?>", "?><!-- <Sanctions > -->"), encoding="utf-8")

    assert look_at(path).part is Part.XML


def test_entities_far_down_are_refused_too(tmp_path: Path) -> None:
    """Beyond what is looked at to tell what the file is."""
    path = tmp_path / "x"
    path.write_text(XML.replace("<sdnList", f"<!--{' ' * 70000}-->{DOCTYPE}", 1), encoding="utf-8")

    with pytest.raises(ListError):
        read_whole(path)
