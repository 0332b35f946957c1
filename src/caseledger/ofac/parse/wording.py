"""The remarks of an entry of SDN.XML, worded as the CSV prints them.

The XML form gives dates of birth, documents and weak names as elements of their own; the CSV
strings them together. Worded alike, the same list from either form gives the same mirror.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseledger.ofac.parse.table import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ORDER = (
    "Website",
    "Additional Sanctions Information -",
    "Email Address",
    "Secondary sanctions risk:",
    "Gender",
    "Organization Established Date",
    "D-U-N-S Number",
    "Passport",
    "SSN",
    "Aircraft Manufacture Date",
    "Digital Currency Address -",
    "Cedula No.",
    "Aircraft Model",
    "V.A.T. Number",
    "Phone Number",
    "National ID No.",
    "NIT #",
    "R.F.C.",
    "Vessel Registration Identification",
    "RIF #",
    "Aircraft Tail Number",
    "C.R. No.",
    "MMSI",
    "D.N.I.",
    "Registration ID",
    "Trade License No.",
    "Commercial Registry Number",
    "Tax ID No.",
    "RUC #",
    "Folio Mercantil No.",
    "Personal ID Card",
    "C.U.R.P.",
    "Electoral Registry No.",
    "Matricula Mercantil No",
    "Government Gazette Number",
    "Legal Entity Number",
    "Company Number",
    "Business Registration Number",
    "Identification Number",
    "Economic Register Number (CBLS)",
    "Registration Number",
)
"""The order in which the CSV prints them, learnt from two whole lists."""

_RANK = {label: rank for rank, label in enumerate(_ORDER)}

_NEVER_ALTERNATIVE = frozenset({"Telephone No.", "Fax No.", "Telephone:", "Fax:"})


def remarks_of(entry: dict[str, Any]) -> str:
    """The remarks, or an empty text."""
    fragments = [*_fragments(entry)]
    return "; ".join(fragments) + "." if fragments else ""


def _fragments(entry: dict[str, Any]) -> Iterator[str]:
    births = _main_first(entry.get("dateOfBirthItem", ()))
    yield from _alternatives("DOB", [item.get("dateOfBirth", "") for item in births])
    places = _main_first(entry.get("placeOfBirthItem", ()))
    yield from _alternatives("POB", [item.get("placeOfBirth", "") for item in places])
    for tag, label in (("nationality", "nationality"), ("citizenship", "citizen")):
        countries = _main_first(entry.get(tag, ()))
        yield from _alternatives(label, [item.get("country", "") for item in countries])
    yield from _documents(entry.get("id", ()))
    if title := entry.get("title"):
        yield title
    linked, said = _remarks(entry.get("remarks", ""))
    yield from said
    for alias in sorted(entry.get("aka", ()), key=lambda aka: int(aka["number"])):
        if alias.get("category") == "weak":
            first = alias.get("firstName")
            name = f"{alias['lastName']}, {first}" if first else alias["lastName"]
            yield f"{alias['type']} '{name}'"
    yield from linked


def _main_first(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(items, key=lambda item: item.get("mainEntry") != "true")


def _alternatives(label: str, values: Iterable[str]) -> Iterator[str]:
    said = [value for value in values if value]
    for number, value in enumerate(said):
        yield f"{'alt. ' if number else ''}{label} {value}"


def _documents(items: Iterable[dict[str, str]]) -> Iterator[str]:
    def place(item: dict[str, str]) -> tuple[int, str, int]:
        label = item.get("idType", "")
        number = item.get("uid", "")
        is_number = number.isascii() and number.isdigit() and len(number) < DIGITS
        return _RANK.get(label, len(_RANK)), label, int(number) if is_number else 0

    before = ""
    for item in sorted(items, key=place):
        label = item.get("idType", "")
        again = label == before and label not in _NEVER_ALTERNATIVE
        text = " ".join(part for part in (label, item.get("idNumber", "")) if part)
        if country := item.get("idCountry"):
            text += f" ({country})"
        if issued := item.get("issueDate"):
            text += f" issued {issued}"
        if expires := item.get("expirationDate"):
            text += f" expires {expires}"
        before = label
        yield f"{'alt. ' if again else ''}{text}"


def _remarks(text: str) -> tuple[list[str], list[str]]:
    """What the XML prints as remarks: those it is linked to, in brackets, and the rest."""
    linked: list[str] = []
    rest: list[str] = []
    for piece in text.split(";"):
        said = piece.strip()
        while said.startswith("(Linked To:"):
            name, bracket, after = _closing(said)
            if not bracket:
                break
            linked.append(name)
            said = after.strip()
        if said.startswith("Linked To:"):
            linked.append(said.removesuffix("."))
        elif said:
            rest.append(said.removesuffix("."))
    return linked, rest


def _closing(text: str) -> tuple[str, bool, str]:
    """What stands in the bracket that opens a text, and what comes after it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[1:place], True, text[place + 1 :]
    return text, False, ""
