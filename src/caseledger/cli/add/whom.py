"""Who is meant by an answer: somebody who is there, somebody new, or people only counted.

Each look into the registry is a short one of its own: nothing is held open while somebody thinks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseledger import names
from caseledger.catalogue import GROUP
from caseledger.catalogue.roles import unfit_for
from caseledger.cli.add.questions import (
    numbered,
    offer,
    optional,
    reference,
    required,
    tell,
    word_of,
    yes,
)
from caseledger.db.reading import first
from caseledger.errors import AmbiguousError, NotFoundError
from caseledger.fields import text_of
from caseledger.lookup import find_party, parties_like, parties_named
from caseledger.references import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.cli.settings import Settings
    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

_UNNAMED = "unnamed people"
_WHAT = ("person", "organization", _UNNAMED)

_NUMBER = re.compile(r"(?:(at least|about|exactly)\s+)?([0-9][0-9,]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picked:
    """Somebody who is there, or a name that is to be recorded."""

    text: str
    """A reference, or the new name."""
    new: str | None = None
    """What a new one is: `person`, `organization`."""
    despite: bool = False
    """New although there are others of that name, or of a similar one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """People whom the source counts and does not name."""

    count: str
    qualifier: str | None
    described: str


def subject(settings: Settings) -> Picked | Counted:
    """To whom it was done."""

    def read(text: str) -> Picked | Counted:
        if _NUMBER.fullmatch(text):
            return _counted(text)
        picked = party(settings, text, "party", namesake=True)
        return _counted(None, picked.text) if picked.new == _UNNAMED else picked

    return required(
        "To whom (a name, a reference, or how many unnamed people: 6, at least 6)", read
    )


def organization(settings: Settings, question: str, role: str) -> Picked | None:
    """An organization, or none."""
    return optional(question, lambda text: party(settings, text, "organization", role=role))


def party(
    settings: Settings, text: str, sort: str, *, namesake: bool = False, role: str | None = None
) -> Picked:
    """Who goes by a name or a reference, chosen from those who may be meant; or somebody new.

    An organization's exact name is enough. A person's is not: there are namesakes, and it takes an
    Enter more to say that it is not one.
    Raises the errors of lookup, and ValueError for what is to be asked again.
    """
    name = names.clean(text)
    with settings.read() as reader:
        if parse(name):
            found = find_party(reader, name, sort)
            return Picked(found.reference)
        exact = parties_named(reader, name, sort)
        if not namesake and len(exact) == 1 and not exact[0].by_nickname:
            _refuse_role(reader, exact[0], role)
            tell(f"      {exact[0]}")
            return Picked(exact[0].reference)
        if not exact and sort == "organization":
            _refuse_person(reader, name)
        others = [str(found) for found in exact] or _others(reader, name, sort)
    if not others:
        if not yes(f"{name!r} is not there yet. Record it?", default=True):
            raise ValueError("then give another name, or a reference")
        return _new(name, sort)
    offer(others)
    answer = _chosen(others, by_enter=len(exact) == 1 and not exact[0].by_nickname)
    if answer in others:
        return Picked(reference(answer))
    if answer.lower() != "new":
        return party(settings, answer, sort, namesake=namesake, role=role)
    if exact and not namesake:
        raise ValueError(f"{exact[0]} goes by that name; choose it, or give another name")
    return _new(name, sort, despite=True)


def _refuse_role(reader: Reader, found: Found, role: str | None) -> None:
    """Raise ValueError for an agency as the cartel, or a cartel as the authority."""
    (type_,) = first(reader, "SELECT type FROM organizations WHERE id = :id", {"id": found.id})
    if why := unfit_for(role, type_):
        raise ValueError(f"{found} {why}; give the reference if it is meant")


def _refuse_person(reader: Reader, name: str) -> None:
    """Raise ValueError where a person goes by that name."""
    people = parties_named(reader, name, "person")
    if known := [str(found) for found in people if not found.by_nickname]:
        raise ValueError(f"{', '.join(known)} is a person; give another name, or a reference")


def _others(reader: Reader, name: str, sort: str) -> list[str]:
    """Of whose names this is a part, and whose are similar."""
    parts: list[str] = []
    try:
        find_party(reader, name, sort)
    except AmbiguousError as error:
        parts = [line for line in error.candidates if parse(reference(line))]
    except NotFoundError:
        pass
    return list(dict.fromkeys([*parts, *map(str, parties_like(reader, name, sort))]))


def _chosen(others: Sequence[str], *, by_enter: bool) -> str:
    """One of the others, `new`, or another name."""
    question = "A number, `new` for somebody else, or another name"
    if not by_enter:
        return required(question, lambda text: numbered(text, others) or text)
    question = f"{question} (Enter: {reference(others[0])})"
    return optional(question, lambda text: numbered(text, others) or text) or others[0]


def _new(name: str, sort: str, *, despite: bool = False) -> Picked:
    what = sort
    if sort == "party":
        offer(_WHAT)
        what = required(f"What {name!r} is", word_of(_WHAT))
    return Picked(name, what, despite)


def _counted(number: str | None, described: str | None = None) -> Counted:
    """People without names: how many, and what the source says of them. Raises ValueError."""
    if number is None:
        number = required("How many they are (a number, or the word of the source)", text_of)
    if described is None:
        described = required("What the source says of them", text_of)
    match = _NUMBER.fullmatch(number)
    count, qualifier = (match[2], match[1] and match[1].lower()) if match else (number, None)
    counted = Counted(count, None if qualifier == "exactly" else qualifier, described)
    if counted.count != "1" or counted.qualifier:
        values = {"name": described, "people": count, "qualifier": counted.qualifier}
        _, problems = GROUP.read(values)
        if problems:
            raise ValueError(problems[0])
    return counted
