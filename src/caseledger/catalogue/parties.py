"""What people, organizations, groups of unnamed people and their names carry."""

from __future__ import annotations

from caseledger import names
from caseledger.catalogue.kind import RecordKind, settle_words
from caseledger.fields import (
    Choice,
    Count,
    Country,
    Link,
    Links,
    NameText,
    Point,
    Stored,
    Switch,
    Text,
)
from caseledger.vocabulary import CountQualifier, NameKind, OrganizationType, Sex

_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


def suffix_in(name: str) -> str | None:
    """The suffix that a printed name ends in, as it is stored; None where there is none."""
    return _SUFFIXES.get(names.suffix(name))


def _settle_person(stored: Stored) -> None:
    """A suffix printed in the name is the person's suffix."""
    if stored.get("suffix") is None and stored["is_named"]:
        stored["suffix"] = suffix_in(stored["name"])


def _settle_group(stored: Stored) -> None:
    """One unnamed human is a person; words carry no number."""
    number, words = stored.pop("minimum"), stored["words"]
    stored.pop("maximum")
    if words is not None:
        settle_words(stored, words)
    elif stored["qualifier"] == CountQualifier.WORDS:
        raise ValueError(f"qualifier: {number} is a number, not words")
    elif number < 2:
        raise ValueError("people: a group has two people or more; one unnamed human is a person")
    stored["headcount"] = number


_UNNAMED = Switch(
    "unnamed",
    "the source does not name it: the name given is a description",
    column="is_named",
    on=0,
)


ORGANIZATION = RecordKind(
    "organization",
    "parties",
    (
        NameText("name", "as printed; for the unnamed a description", required=True),
        Choice("type", "what it is", values=OrganizationType, otherwise="unknown"),
        _UNNAMED,
    ),
    fixed={"kind": "organization"},
    detail="organizations",
    argument="name",
)


PERSON = RecordKind(
    "person",
    "parties",
    (
        NameText("name", "as printed; for the unnamed a description", required=True),
        _UNNAMED,
        Choice("sex", "where the source says it", values=Sex),
        Point("birth", "date of birth, as exact as it is known", prefix="birth_"),
        Country("nationality", "a country"),
        Text("suffix", "Jr. or Sr.; read from the name where it ends in one"),
        Links(
            "counted_in",
            "unnamed people among whom a source counted this one already",
            to="group",
            metavar="REF",
        ),
    ),
    fixed={"kind": "person"},
    detail="persons",
    settle=_settle_person,
    argument="name",
)


GROUP = RecordKind(
    "group",
    "parties",
    (
        NameText("name", "what the source says of them", required=True, option="described"),
        Count("people", "how many, or words without a number", required=True),
        Choice(
            "qualifier",
            "how exactly they are counted",
            values=CountQualifier,
            otherwise="exactly",
            switches=True,
        ),
        Links("members", "people, or smaller groups, already counted in it", to="party"),
    ),
    fixed={"kind": "group", "is_named": 0},
    detail="unnamed_groups",
    settle=_settle_group,
)


NAME = RecordKind(
    "name",
    "names",
    (
        Link("party", "whose name it is", to="party", column="party_id", required=True),
        NameText("name", "as printed", required=True),
        Choice(
            "kind",
            "what form of the name it is; primary names someone recorded without a name",
            values=NameKind,
            otherwise="aka",
        ),
    ),
    argument="name",
)
