"""Which of the list's files a file is: told by looking at what is in it, never at its name."""

from __future__ import annotations

import csv
import hashlib
import re
import stat
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.errors import UsageError
from caseledger.ofac.errors import ListError, NotReadYetError

if TYPE_CHECKING:
    from pathlib import Path


class Part(StrEnum):
    """The files of a list."""

    SDN = "sdn"
    ALT = "alt"
    ADD = "add"
    COMMENTS = "comments"
    XML = "xml"
    """All of it in one."""


COLUMNS = {12: Part.SDN, 5: Part.ALT, 6: Part.ADD, 2: Part.COMMENTS}
"""How many columns a file has tells which it is."""

_HEAD = 65536
"""How much of a file is looked at; a first row is never that long."""

_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f]")
"""Bytes that no text has; 0x1A closes a list."""

_FORMATS = (
    (b"PK", "a ZIP archive: give the files in it"),
    (b"\x1f\x8b", "compressed: give the file in it"),
    (b"%PDF", "a PDF: give SDN.XML or the CSV files"),
    (b"\xff\xfe", "in UTF-16: give it as OFAC publishes it"),
    (b"\xfe\xff", "in UTF-16: give it as OFAC publishes it"),
)
"""What is given by mistake, by its first bytes."""


class GivenFile(NamedTuple):
    """A file of a list, before it is read."""

    path: Path
    part: Part
    sha256: str
    closed: bool | None
    """Whether the closing 0x1A is there; None for XML, which has none."""

    @property
    def name(self) -> str:
        """As a user would say it."""
        return str(self.path)


def look_at(path: Path) -> GivenFile:
    """What a file is, and its digest. Raises ListError, NotReadYetError, UsageError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            # A pipe gives its content once, and a list is read twice.
            raise UsageError(f"cannot read {path}: it is no file")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            digest = hashlib.sha256(head)
            tail = head
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                tail = chunk
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    part = _part_of(path, head)
    closed = None if part is Part.XML else tail.rstrip(b"\r\n \t").endswith(b"\x1a")
    return GivenFile(path, part, digest.hexdigest(), closed)


def look_at_all(paths: list[Path]) -> list[GivenFile]:
    """The files of one list: each part once, the main file among them. Raises as `look_at`."""
    found: dict[Part, GivenFile] = {}
    for path in paths:
        file = look_at(path)
        if file.part in found:
            raise UsageError(f"{found[file.part].path} and {path} are both the list's {file.part}")
        found[file.part] = file
    if Part.XML in found and len(found) > 1:
        raise UsageError("SDN.XML is a whole list: give it alone")
    if Part.XML not in found and Part.SDN not in found:
        raise UsageError("the main file (sdn.csv) is missing: the others only add to it")
    return [found[part] for part in Part if part in found]


def _part_of(path: Path, head: bytes) -> Part:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if not text.strip(b"\x1a \t\r\n"):
        raise ListError(str(path), 1, "the file is empty")
    for first_bytes, what in _FORMATS:
        if head.startswith(first_bytes):
            raise ListError(str(path), 1, f"it is {what}")
    if odd := _NO_TEXT.search(text):
        line = text.count(b"\n", 0, odd.start()) + 1
        raise ListError(str(path), line, f"it is no text: there is a byte {odd[0][0]:#04x} in it")
    if text.lstrip()[:1] == b"<":
        return _xml_part(path, text)
    first = text.decode("latin-1").splitlines(keepends=True)
    columns = 0
    try:
        columns = next(len(row) for row in csv.reader(first, strict=True) if row)
    except (csv.Error, StopIteration) as error:
        raise ListError(str(path), 1, f"it is no CSV: {error}") from error
    if columns not in COLUMNS:
        raise ListError(
            str(path),
            1,
            f"no file of OFAC's has {columns} {'column' if columns == 1 else 'columns'}: "
            "sdn has 12, alt 5, add 6, comments 2",
        )
    return COLUMNS[columns]


def _xml_part(path: Path, text: bytes) -> Part:
    """By its root, which the parser finds: a comment before it may name another."""
    from xml.parsers import expat  # noqa: PLC0415 - the CSV files need none

    parser: Any = expat.ParserCreate(namespace_separator=" ")
    roots: list[str] = []

    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber
        what = "XML with a document type or entities is not read"
        page = text.lstrip()[:14].lower() == b"<!doctype html"
        raise ListError(str(path), line, "it is a page of the web" if page else what)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, _: roots.append(tag.rpartition(" ")[2])
    try:
        parser.Parse(text, False)  # noqa: FBT003 - it takes no keywords
    except expat.ExpatError as error:
        if not roots:
            raise ListError(
                str(path), error.lineno, f"it is no XML: {expat.ErrorString(error.code)}"
            ) from error
    name = roots[0] if roots else "?"
    if name == "Sanctions":
        raise NotReadYetError(str(path))
    if name != "sdnList":
        raise ListError(str(path), 1, f"its root is <{name}>, and that of SDN.XML <sdnList>")
    return Part.XML
