"""SDN.XML, as a stream: one entry at a time, in memory that does not grow with the file.

Document types, entities and external references are refused before anything is expanded.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from caseledger.ofac.errors import ListError
from caseledger.ofac.parse.records import Address, Alias, Batch, Comment, Entry
from caseledger.ofac.parse.remarks import CELL
from caseledger.ofac.parse.table import DIGITS
from caseledger.ofac.parse.wording import remarks_of
from caseledger.ofac.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.ofac.parse.files import GivenFile

BATCH = 1000
"""Entries that are held at a time."""

_CHUNK = 1 << 16

_ITEMS = frozenset(
    {
        "id",
        "aka",
        "address",
        "nationality",
        "citizenship",
        "dateOfBirthItem",
        "placeOfBirthItem",
        "vesselInfo",
    }
)
_NUMBERED = {"entry": "entry", "aka": "alias", "address": "address"}

_VESSEL = (
    "callSign",
    "vesselType",
    "tonnage",
    "grossRegisteredTonnage",
    "vesselFlag",
    "vesselOwner",
)


class XmlList:
    """One SDN.XML: its date, then its entries in batches."""

    def __init__(self, file: GivenFile) -> None:
        self._file = file
        self._parser: Any = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse_entities
        self._parser.EntityDeclHandler = self._refuse_entities
        self._parser.ExternalEntityRefHandler = self._refuse_entities
        self._text: list[str] = []
        self._entry: dict[str, Any] | None = None
        self._item: dict[str, Any] | None = None
        self._found: list[dict[str, Any]] = []
        self._date: str | None = None
        self.said: int | None = None
        """How many entries it says that it has; an excerpt goes on saying the number of all."""
        self._seen = {kind: Seen() for kind in _NUMBERED}

    def published(self) -> str:
        """The day that the list itself says. Raises ListError."""
        with self._file.path.open("rb") as stream:
            while self._date is None and not self._found and (chunk := stream.read(_CHUNK)):
                self._feed(chunk, last=False)
        if self._date is None:
            raise ListError(self._file.name, None, "no Publish_Date before the first entry")
        return self._date

    def batches(self) -> Iterator[Batch]:
        """The entries, once: a parser reads a file but once. Raises ListError."""
        rows: list[dict[str, Any]] = []
        for row in self._rows():
            rows.append(row)
            if len(rows) >= BATCH:
                yield self._batch(rows)
                rows = []
        yield self._batch(rows)

    def _batch(self, rows: list[dict[str, Any]]) -> Batch:
        return _batch(rows)._replace(said=self.said)

    def _rows(self) -> Iterator[dict[str, Any]]:
        with self._file.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                self._feed(chunk, last=False)
                yield from self._found
                self._found = []
        self._feed(b"", last=True)
        yield from self._found
        if not self._seen["entry"]:
            raise ListError(self._file.name, None, "there is no entry in it")

    def _feed(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise ListError(
                self._file.name, error.lineno, f"it is no XML: {expat.ErrorString(error.code)}"
            ) from error

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._text.clear()
        if name == "sdnEntry":
            self._entry = {"programs": [], "line": self._parser.CurrentLineNumber}
        elif self._entry is not None and name in _ITEMS:
            self._item = {}

    def _characters(self, text: str) -> None:
        self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        text = "".join(self._text).strip()
        self._text.clear()
        if self._entry is None:
            if name == "Publish_Date":
                self._date = self._day(text)
            elif name == "Record_Count" and text.isascii() and text.isdigit():
                self.said = int(text)
        elif name == "sdnEntry":
            self._check(self._entry)
            self._found.append(self._entry)
            self._entry = None
        elif self._item is not None:
            if name in _ITEMS:
                self._entry.setdefault(name, []).append(self._item)
                self._item = None
            elif text:
                self._item[name] = text
        elif name == "program" and text:
            self._entry["programs"].append(text)
        elif text:
            self._entry[name] = text

    def _day(self, text: str) -> str:
        for form in ("%m/%d/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, form).strftime("%Y-%m-%d")  # noqa: DTZ007 - a day
            except ValueError:
                continue
        raise self._error(f"{text!r} is no day of publication")

    def _check(self, entry: dict[str, Any]) -> None:
        uid = entry.get("uid", "")
        entry["number"] = self._number(entry, "entry")
        if "lastName" not in entry:
            raise self._error(f"entry {uid} has no name")
        if entry.get("sdnType", "").lower() not in {"individual", "entity", "vessel", "aircraft"}:
            raise self._error(f"{entry.get('sdnType')!r} is no type of an entry")
        for item in entry.get("address", ()):
            item["number"] = self._number(item, "address")
        for alias in entry.get("aka", ()):
            alias["number"] = self._number(alias, "aka")
            if alias.get("type", "").replace(".", "").lower() not in {"aka", "fka", "nka"}:
                raise self._error(f"{alias.get('type')!r} is no kind of name")
            if "lastName" not in alias:
                raise self._error(f"alias {alias['uid']} has no name")

    def _number(self, item: dict[str, Any], kind: str) -> int:
        text = item.get("uid", "")
        if not (text.isascii() and text.isdigit() and len(text) < DIGITS and int(text)):
            raise self._error(f"{text[:40]!r} is no number of an {_NUMBERED[kind]}")
        number = int(text)
        if not self._seen[kind].add(number):
            raise self._error(f"the number {number} of an {_NUMBERED[kind]} stands there twice")
        return number

    def _error(self, reason: str) -> ListError:
        return ListError(self._file.name, self._parser.CurrentLineNumber, reason)

    def _refuse_entities(self, *_: object) -> int:
        raise self._error("XML with a document type or entities is not read")


def _batch(rows: list[dict[str, Any]]) -> Batch:
    entries: list[Entry] = []
    aliases: list[Alias] = []
    addresses: list[Address] = []
    comments: list[Comment] = []
    for row in rows:
        uid = row["number"]
        vessel = row.get("vesselInfo", [{}])[0]
        remarks = remarks_of(row)
        entries.append(
            Entry._make(
                (
                    uid,
                    _name(row),
                    row["sdnType"].lower(),
                    tuple(dict.fromkeys(row["programs"])),
                    row.get("title"),
                    *(vessel.get(field) for field in _VESSEL),
                    remarks[:CELL] or None,
                )
            )
        )
        if remarks[CELL:]:
            comments.append(Comment(uid, remarks[CELL:]))
        aliases += (
            Alias(uid, aka["number"], aka["type"].replace(".", "").lower(), _name(aka), None)
            for aka in row.get("aka", ())
            if aka.get("category") != "weak"
        )
        addresses += (_address(uid, place) for place in row.get("address", ()))
    return Batch(entries, aliases, addresses, comments, is_whole=False)


def _name(names: dict[str, str]) -> str:
    """As the CSV prints it: surname first."""
    first = names.get("firstName")
    return f"{names['lastName']}, {first}" if first else names["lastName"]


def _address(uid: int, place: dict[str, Any]) -> Address:
    """As the CSV prints it: the lines in one column, city, state and code in another."""
    lines = [place[line] for line in ("address1", "address2", "address3") if line in place]
    region = " ".join(place[part] for part in ("stateOrProvince", "postalCode") if part in place)
    state = "stateOrProvince" in place
    city = (", " if state else " ").join(part for part in (place.get("city"), region) if part)
    return Address(
        uid, place["number"], ", ".join(lines) or None, city or None, place.get("country"), None
    )
