"""The CSV files of the list: rows told from headers, nulls from texts, damage from oddity."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from caseledger.ofac.errors import ListError
from caseledger.ofac.parse.files import COLUMNS, GivenFile, Part
from caseledger.ofac.parse.records import Address, Alias, Comment, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

NULL = "-0- "
"""Unquoted, with a space behind it; some copies strip it, or write an empty cell."""

_NULLS = frozenset({NULL, "-0-", "", " "})

_TYPES = {
    **{name: name for name in ("individual", "vessel", "aircraft", "entity")},
    **dict.fromkeys(_NULLS, "entity"),
}
"""An entity's type is null."""

_EMPTY = [NULL] * 7
_NOTHING = (None,) * 7
"""Title and the fields of a vessel, as most entries have them."""

_KINDS = {"aka", "fka", "nka"}

_HEADERS = {
    Part.SDN: (
        "entnum|uid",
        "sdnname|name",
        "sdntype|type",
        "program|programs",
        "title",
        "callsign",
        "vesstype|vesseltype",
        "tonnage",
        "grt|grossregisteredtonnage",
        "vessflag|vesselflag",
        "vessowner|vesselowner",
        "remarks",
    ),
    Part.ALT: ("entnum|uid", "altnum", "alttype", "altname", "altremarks|remarks"),
    Part.ADD: (
        "entnum|uid",
        "addnum",
        "address",
        "citystateprovincepostalcode|citystatezip|cityname|city",
        "country",
        "addremarks|remarks",
    ),
    Part.COMMENTS: ("entnum|uid", "remarks|remarksextended|comments|sdncomments"),
}
"""What a header may say, its letters alone; OFAC's own files have none."""

_BETWEEN = re.compile(r"\]\s*\[")

_PLAIN = re.compile(r"[^a-z]")

DIGITS = 10
"""Numbers are shorter than this; OFAC's have five digits."""


class _Rows:
    """The rows of one file: as many columns in each, a number at the head of each."""

    def __init__(self, file: GivenFile) -> None:
        self.file = file
        self._reader = csv.reader(io.StringIO(""))
        self._has_header = False
        self._width = next(width for width, part in COLUMNS.items() if part is file.part)

    def __iter__(self) -> Iterator[list[str]]:
        text = _decoded(self.file.path.read_bytes())
        if (null := text.find("\0")) >= 0:
            line = text.count("\n", 0, null) + 1
            raise ListError(self.file.name, line, "it is no text: there is a byte 0x00 in it")
        end = text[-8:]
        self._reader = reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        del text
        width = self._width
        row: list[str] = []
        is_begun = False
        try:
            for row in reader:
                number = row[0] if len(row) == width else ""
                if number.isdigit() and len(number) < DIGITS and number.isascii():
                    is_begun = True
                    yield row
                elif row and (is_begun or not self._is_header(row)):
                    self._refuse_row(row)
        except csv.Error as error:
            raise self.error(f"it is no CSV: {error}") from error
        if not is_begun and self.file.part is not Part.COMMENTS:
            raise ListError(self.file.name, 1, "the file is empty")
        self._refuse_half_a_row(row, end)

    def _is_header(self, row: list[str]) -> bool:
        """Whether the first row names the columns. Raises ListError where it names others."""
        if self._has_header or len(row) != self._width:
            return False
        plain = [_PLAIN.sub("", cell.lower()) for cell in row]
        if not all(plain) or any(cell in _NULLS for cell in row):
            return False
        for said, meant, cell in zip(plain, _HEADERS[self.file.part], row, strict=True):
            if said not in meant.split("|"):
                wanted = meant.partition("|")[0]
                raise self.error(f"the header is not OFAC's: {cell[:40]!r} stands for {wanted!r}")
        self._has_header = True
        return True

    def _refuse_row(self, row: list[str]) -> None:
        if len(row) == 1 and row[0].strip(" \t") in {"\x1a", ""}:
            return  # the closing 0x1A, or a line of blanks
        if len(row) != self._width:
            raise self.error(f"{len(row)} columns where there are {self._width}")
        raise self.error(f"{row[0][:40]!r} is no number of an entry")

    def _refuse_half_a_row(self, row: list[str], end: str) -> None:
        """A cut between two cells, or within a null, leaves as many columns as there must be."""
        if len(row) != self._width or end.endswith(("\n", "\r")):
            return
        is_cut = end.endswith(",") and any(cell.startswith("-0-") for cell in row)
        if is_cut or (end.endswith((",-", ",-0")) and row[-1] in {"-", "-0"}):
            raise self.error("the last row is cut")

    def error(self, reason: str) -> ListError:
        """What is wrong with the row that was just read."""
        return ListError(self.file.name, self._reader.line_num, reason)

    def number(self, text: str, what: str) -> int:
        """Another number in the row."""
        if text.isdigit() and len(text) < DIGITS and text.isascii():
            return int(text)
        raise self.error(f"{text[:40]!r} is no number of {what}")


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    # Nothing but the closing goes: the null of a last row ends in a space.
    return text[: text.rindex("\x1a")] if text.rstrip().endswith("\x1a") else text


def entries(file: GivenFile) -> Iterator[Entry]:
    """The rows of the main file. Raises ListError."""
    rows = _Rows(file)
    seen: dict[int, list[str]] = {}
    nulls = _NULLS
    programs: dict[str, tuple[str, ...]] = {}
    for row in rows:
        uid = int(row[0])
        name = row[1].strip()
        if name in nulls or not uid:
            raise rows.error(f"entry {uid} has no {'name' if uid else 'number'}")
        if uid in seen:
            _same_again(rows, uid, seen[uid], row)
            continue
        seen[uid] = row
        kind = _TYPES.get(row[2]) or _TYPES.get(row[2].strip().lower())
        if kind is None:
            raise rows.error(f"{row[2][:40]!r} is no type of an entry")
        tags = programs.get(row[3])
        if tags is None:
            tags = programs[row[3]] = split_programs(row[3])
        cells = row[4:11]
        remarks = row[11]
        facts = (
            _NOTHING
            if cells == _EMPTY
            else [None if cell in nulls else cell.strip() or None for cell in cells]
        )
        yield Entry._make((uid, name, kind, tags, *facts, None if remarks in nulls else remarks))


def _same_again(rows: _Rows, uid: int, first: list[str], row: list[str]) -> None:
    """A row that stands there twice is read once; two that differ are a damaged file."""
    if row[1] != first[1]:
        raise rows.error(f"the number {uid} is that of {first[1]!r} and of {row[1]!r}")
    if row[2:] != first[2:]:
        raise rows.error(f"the number {uid} stands there twice, with different fields")


def split_programs(cell: str) -> tuple[str, ...]:
    """The tags of a cell: `SDNTK] [ILLICIT-DRUGS-EO14059`, without the outer brackets."""
    if cell in _NULLS:
        return ()
    tags = (tag.strip().strip("[]").strip() for tag in _BETWEEN.split(cell))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def aliases(file: GivenFile) -> Iterator[Alias]:
    """The rows of the file of aliases. Raises ListError."""
    rows = _Rows(file)
    seen: dict[int, Alias] = {}
    for row in rows:
        uid, number = int(row[0]), rows.number(row[1], "an alias")
        kind = row[2].strip().lower().replace(".", "")
        if kind not in _KINDS:
            raise rows.error(f"{row[2][:40]!r} is no kind of name")
        name = row[3].strip()
        if name in _NULLS or not number:
            raise rows.error(f"alias {number} has no {'name' if number else 'number'}")
        remarks = row[4]
        alias = Alias(uid, number, kind, name, None if remarks in _NULLS else remarks.strip())
        first = seen.setdefault(number, alias)
        if first is alias:
            yield alias
        elif first != alias:
            raise rows.error(f"the number {number} is that of {first.name!r} and of {name!r}")


def addresses(file: GivenFile) -> Iterator[Address]:
    """The rows of the file of addresses. Raises ListError."""
    rows = _Rows(file)
    seen: dict[int, Address] = {}
    nulls = _NULLS
    for row in rows:
        uid, number = int(row[0]), rows.number(row[1], "an address")
        address = Address(
            uid, number, *[None if cell in nulls else cell.strip() or None for cell in row[2:]]
        )
        first = seen.setdefault(number, address)
        if first is address:
            yield address
        elif first != address:
            raise rows.error(f"the number {number} is that of two addresses")


def comments(file: GivenFile) -> Iterator[Comment]:
    """The rows of the file of comments; several of an entry are one text. Raises ListError."""
    found: dict[int, str] = {}
    seen: set[tuple[str, str]] = set()
    for uid, text in _Rows(file):
        if text not in _NULLS and (uid, text) not in seen:
            seen.add((uid, text))
            found[int(uid)] = found.get(int(uid), "") + text
    return (Comment(uid, text) for uid, text in found.items())
