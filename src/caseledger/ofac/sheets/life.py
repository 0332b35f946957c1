"""An entry as the lists show it, and its life: since which list, until which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.db.reading import first
from caseledger.ofac.errors import NoEntryError
from caseledger.ofac.mirror.versions import versions
from caseledger.ofac.sheets.links import links, party_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caseledger.db.reading import Reader

_LABELLED_BY_VALUE = frozenset({"unread", "cut", "name"})
"""Kinds whose label is of use for counting only."""

_NO_NUMBER = 10**9
"""More than any number that is read."""

Spans = list[tuple[int, int | None]]


class Life(NamedTuple):
    """A page: its title, facts, and headed lines."""

    title: str
    facts: Sequence[str]
    parts: Sequence[tuple[str, Sequence[str]]]


def life(reader: Reader, uid: int) -> Life:
    """All that the mirror has of an entry. Raises NoEntryError."""
    if not 0 < uid < _NO_NUMBER:
        raise NoEntryError(uid)
    given = {"uid": uid}
    facts = list(
        reader.rows(
            "SELECT since, until, type, title, call_sign, vessel_type, tonnage, gross_tonnage,"
            " flag, owner FROM ofac_entries WHERE uid = :uid ORDER BY since",
            given,
        )
    )
    if not facts:
        raise NoEntryError(uid)
    dates = _Dates(reader)
    name = first(
        reader,
        "SELECT name FROM ofac_names WHERE uid = :uid AND number = 0 ORDER BY since DESC",
        given,
    )[0]
    lines = [f"{facts[-1][2]}; OFAC's number {uid}"]
    lines += [f"on the list {dates.said(span)}" for span in _merged(row[:2] for row in facts)]
    lines.append(party_line(reader, uid))
    parts = [
        (
            "Programmes",
            _told(reader, dates, "SELECT program, since, until FROM ofac_programs", uid),
        ),
        ("Details", _details(dates, facts)),
        (
            "Names",
            _told(
                reader,
                dates,
                "SELECT name || ' (' || kind || ', ' || quality || ')', since, until"
                " FROM ofac_known_names",
                uid,
            ),
        ),
        (
            "Addresses",
            _told(
                reader,
                dates,
                "SELECT coalesce(address, '') || '|' || coalesce(city, '') || '|'"
                " || coalesce(country, ''), since, until FROM ofac_addresses",
                uid,
            ),
        ),
        *links(reader, uid, dates.said),
        *_remarks(reader, dates, uid),
    ]
    return Life(name, lines, [part for part in parts if part[1]])


class _Dates:
    """Says spans by days of publication, and what the lists leave open."""

    def __init__(self, reader: Reader) -> None:
        self._all = versions(reader)
        self._published = {version.id: version.published for version in self._all}

    def said(self, span: tuple[int, int | None]) -> str:
        """`since 2021-07-07` and, where it ended, `until 2023-12-28`: not on that list."""
        since, until = span
        first_list = since == self._all[0].id
        text = f"since {self._published[since]}{' or before' if first_list else ''}"
        return f"{text}, gone on {self._published[until]}" if until is not None else text


def _merged(spans: Iterable[tuple[int, int | None]]) -> Spans:
    """Spans that touch are one."""
    found: Spans = []
    for since, until in sorted(spans, key=lambda span: span[0]):
        if found and found[-1][1] == since:
            found[-1] = (found[-1][0], until)
        else:
            found.append((since, until))
    return found


def _told(reader: Reader, dates: _Dates, select: str, uid: int) -> list[str]:
    """Each value once, with its spans; those that hold today first."""
    held: dict[str, Spans] = {}
    for value, since, until in reader.rows(f"{select} WHERE uid = :uid", {"uid": uid}):
        text = ", ".join(part for part in str(value).split("|") if part)
        held.setdefault(text, []).append((since, until))
    merged = {text: _merged(spans) for text, spans in held.items()}
    order = sorted(merged, key=lambda text: (merged[text][-1][1] is not None, merged[text][0][0]))
    return [f"{text}: {'; '.join(map(dates.said, merged[text]))}" for text in order]


def _details(dates: _Dates, facts: list[Any]) -> list[str]:
    labels = ("title", "call sign", "vessel type", "tonnage", "gross tonnage", "flag", "owner")
    held: dict[str, Spans] = {}
    for row in facts:
        for label, value in zip(labels, row[3:], strict=True):
            if value:
                held.setdefault(f"{label} {value}", []).append(tuple(row[:2]))
    return [f"{text}: {'; '.join(map(dates.said, _merged(spans)))}" for text, spans in held.items()]


def _remarks(reader: Reader, dates: _Dates, uid: int) -> list[tuple[str, list[str]]]:
    """Every text of remarks that it ever had, the newest first, by what it says."""
    texts: dict[tuple[int, str], Spans] = {}
    for number, text, since, until in reader.rows(
        "SELECT t.id, t.text, r.since, r.until FROM ofac_remarks r"
        " JOIN ofac_texts t ON t.id = r.text_id WHERE r.uid = :uid ORDER BY r.since DESC",
        {"uid": uid},
    ):
        texts.setdefault((number, text), []).append((since, until))
    parts: list[tuple[str, list[str]]] = []
    for (number, text), spans in texts.items():
        lines = [
            _worded(row)
            for row in reader.rows(
                "SELECT kind, label, value, country, detail, date FROM ofac_features"
                " WHERE text_id = :text ORDER BY position",
                {"text": number},
            )
        ]
        when = "; ".join(map(dates.said, _merged(spans)))
        parts.append((f"Remarks, {when}", [text.strip(), *lines]))
    return parts


def _worded(row: Sequence[str | None]) -> str:
    """`passport: A123 (Mexico) issued 2001`, `birth date: 28 Jul 1963 = 1963-07-28`."""
    kind, label, value, country, detail, date = row
    words = [label] if label and kind not in _LABELLED_BY_VALUE else []
    words.append(str(value))
    if country:
        words.append(f"({country})")
    if detail:
        words.append(detail)
    if date and date != value:
        words.append(f"= {date}")
    return f"{kind}: {' '.join(words)}"
