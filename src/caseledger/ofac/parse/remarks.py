"""What the remarks say: fragments between semicolons, each read as far as it is understood.

What is not understood is kept as it stands, under the words it begins with, and can be counted;
nothing is dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from caseledger.ofac.parse.births import birth

CELL = 1000
"""How many letters the main file prints of the remarks; the comments file goes on from there."""


class Feature(NamedTuple):
    """A fragment of the remarks, in the order of the columns that keep it."""

    kind: str
    label: str | None
    value: str
    country: str | None = None
    detail: str | None = None
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None
    is_alternative: int = 0
    is_about: int = 0


UNREAD, CUT = "unread", "cut"

_LABELS = {
    "passport": ("Passport", "Stateless Person Passport", "Diplomatic Passport"),
    "national id": (
        "National ID No.",
        "Cedula No.",
        "C.U.R.P.",
        "D.N.I.",
        "SSN",
        "Identification Number",
        "Personal ID Card",
        "National Foreign ID Number",
        "Birth Certificate Number",
        "Electoral Registry No.",
        "Cartilla de Servicio Militar Nacional",
        "Driver's License No.",
        "Residency Number",
        "Travel Document Number",
        "Turkish Identification Number",
        "Tarjeta de Identidad",
        "I.F.E.",
        "NIE",
        "Citizen's Card Number",
        "Military Registration Number",
        "Refugee ID Card",
        "Seafarer's Identification Document",
        "Afghan Money Service Provider License Number",
        "Credencial electoral",
        "LE Number",
        "Numero de Identidad",
        "Kenyan ID No.",
    ),
    "tax id": (
        "R.F.C.",
        "RFC",
        "Tax ID No.",
        "NIT #",
        "RUC #",
        "RIF #",
        "RTN",
        "V.A.T. Number",
        "C.U.I.T.",
        "C.U.I.",
        "CNPJ",
        "CPF",
        "RUN",
        "RUT",
        "Fiscal Code",
        "Italian Fiscal Code",
        "US FEIN",
    ),
    "registration": (
        "Registration Number",
        "Registration ID",
        "Company Number",
        "UK Company Number",
        "Branch Unit Number",
        "Commercial Registry Number",
        "Business Registration Number",
        "Business Registration Document #",
        "Business Number",
        "Folio Mercantil No.",
        "Matricula Mercantil No",
        "Government Gazette Number",
        "Legal Entity Number",
        "Economic Register Number (CBLS)",
        "Chamber of Commerce Number",
        "Central Registration System Number",
        "Trade License No.",
        "C.R. No.",
        "D-U-N-S Number",
        "Unified Social Credit Code (USCC)",
        "Enterprise Number",
        "Public Registration Number",
        "Registered Charity No.",
        "File Number",
        "License",
        "Dubai Chamber of Commerce Membership No.",
        "United Social Credit Code Certificate (USCCC)",
        "Organization Code",
        "Istanbul Chamber of Comm. No.",
        "Certificate of Incorporation Number",
        "Numero de Identificacion Tributaria",
        "Permit Number",
        "SRE Permit No.",
        "UAE Identification",
        "Romanian C.R.",
        "MarkMonitor",
        "Pilot License Number",
        "Tazkira National ID Card",
        "BIK (RU)",
        "SWIFT/BIC",
        "ISIN",
        "LEI",
    ),
    "vessel": (
        "Vessel Registration Identification",
        "MMSI",
        "Vessel Call Sign",
        "Vessel Year of Build",
        "Former Vessel Flag",
        "Other Vessel Flag",
        "Other Vessel Call Sign",
        "Other Vessel Type",
        "Vessel Type",
        "Vessel Flag",
        "Vessel Owner",
    ),
    "aircraft": (
        "Aircraft Manufacture Date",
        "Aircraft Manufacturer's Serial Number (MSN)",
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
        "Aircraft Model",
        "Aircraft Operator",
        "Aircraft Tail Number",
        "Aircraft Type",
        "Aircraft Mode S Transponder Code",
        "Previous Aircraft Tail Number",
    ),
    "organization": (
        "Organization Established Date",
        "Organization Type:",
        "Target Type",
        "Tax ID Type",
    ),
    "contact": (
        "Website",
        "Email Address",
        "Phone Number",
        "Telephone No.",
        "Telephone:",
        "Telephone",
        "Fax No.",
        "Fax:",
        "Fax",
        "PHONE",
    ),
    "digital currency": ("Digital Currency Address -",),
    "sanctions": (
        "Additional Sanctions Information -",
        "Secondary sanctions risk:",
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:",
        "Executive Order",
        "CAATSA Section 235 Information:",
        "Listing Date",
        "Effective Date",
        "IFCA Determination -",
        "PEESA Information:",
    ),
    "birth place": ("POB",),
    "nationality": ("nationality", "Nationality of Registration"),
    "citizenship": ("citizen",),
    "gender": ("Gender",),
    "birth date": ("DOB",),
    "linked to": ("Linked To:",),
}
"""The words that the list prints before a value, by what the value is."""

_SPELT = {"RFC": "R.F.C."}
"""One label in two spellings."""

_SAID_BY_KIND = frozenset({"POB", "nationality", "citizen", "Gender", "Linked To:", "Passport"})
"""Labels that say no more than the kind does."""

_DOCUMENTS = frozenset({"passport", "national id", "tax id", "registration"})

_BY_WORD: dict[str, list[tuple[str, str]]] = {}
for _kind, _labels in _LABELS.items():
    for _label in sorted(_labels, key=len, reverse=True):
        _BY_WORD.setdefault(_label.split(" ", 1)[0], []).append((_label, _kind))

_NAME = re.compile(r"([afn]\.k\.a\.),? ['\"](.+)['\"]")
_DOCUMENT = re.compile(
    r"(?P<value>.+?)(?: \((?P<country>[A-Z][^()]*(?:\([^()]*\))?)\))?"
    r"(?: (?P<detail>(?:issued|expires|Date of Issue|Expiration Date) .+))?"
)
_WORDS = re.compile(r"[^\d:('#\";]+")


def features(text: str) -> list[Feature]:
    """The fragments of whole remarks, in order."""
    whole = text.strip()
    pieces = whole.split(";")
    found: list[Feature] = []
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        fragment = piece.strip()
        if number == last:
            if not fragment.endswith(".") and len(text) >= CELL:
                # The cell ends in mid-word and no comment goes on: half a name is nobody's.
                if fragment:
                    found.append(Feature(CUT, _kind_of_unread(fragment), fragment))
                break
            fragment = fragment.removesuffix(".")
        if fragment:
            found.append(_read(fragment))
    return found


@lru_cache(maxsize=4096)
def _read(fragment: str) -> Feature:
    said = fragment
    if said.startswith("(") and said.endswith(")") and said.startswith("(Linked To:"):
        said = said[1:-1]
    is_alternative = int(said.startswith("alt. "))  # PostgreSQL takes no truth for a number
    if is_alternative:
        said = said[5:]
    if said[1:].startswith(".k.a.") and (name := _NAME.fullmatch(said)):
        return Feature("name", name[1], name[2], is_alternative=is_alternative)
    for label, kind in _BY_WORD.get(said.split(" ", 1)[0], ()):
        if not said.startswith(label):
            continue
        value = said[len(label) :]
        if not value[:1].isspace():
            continue
        return _labelled(fragment, kind, label, value.strip(), is_alternative)
    return _unread(fragment)


def _labelled(fragment: str, kind: str, label: str, value: str, alternative: int) -> Feature:
    if not value:
        return _unread(fragment)
    shown = None if label in _SAID_BY_KIND else _SPELT.get(label, label)
    if kind == "birth date":
        read = birth(value)
        if read is None:
            return _unread(fragment)
        date, earliest, latest, is_about = read
        return Feature(
            kind, None, value, None, None, date, earliest, latest, alternative, int(is_about)
        )
    if kind == "gender" and value not in {"Male", "Female"}:
        return _unread(fragment)
    if kind in _DOCUMENTS and (parts := _DOCUMENT.fullmatch(value)):
        return Feature(
            kind,
            shown,
            parts["value"],
            parts["country"],
            parts["detail"],
            is_alternative=alternative,
        )
    return Feature(kind, shown, value, is_alternative=alternative)


def _unread(fragment: str) -> Feature:
    return Feature(UNREAD, _kind_of_unread(fragment), fragment)


def _kind_of_unread(fragment: str) -> str:
    """The words with which it begins: two at most, enough to count alike ones together."""
    said = _WORDS.match(fragment.removeprefix("alt. "))
    words = said[0].split()[:2] if said else []
    return " ".join(words) or "other"
