"""A kind of record: the fields that it carries and the rules over several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from caseledger.fields import Field, Stored, unknown
from caseledger.vocabulary import CountQualifier, DateBasis, DateKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its name in files and commands, its table, its fields, its rules."""

    name: str
    table: str
    fields: tuple[Field, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Columns that every record of the kind has alike."""
    detail: str | None = None
    """The table of its own details, joined by id."""
    settle: Callable[[Stored], None] | None = None
    """Rules over several fields: completes the columns, or raises ValueError."""
    argument: str | None = None
    """The field that a command takes as its argument; every other one is an option."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Its fields by name."""
        return {item.name: item for item in self.fields}

    @cached_property
    def _defaults(self) -> Stored:
        stored: Stored = dict(self.fixed)
        for item in self.fields:
            stored.update(item.default)
        return stored

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(item.name for item in self.fields if item.required)

    def read(
        self, values: Mapping[str, object], *, apart: Collection[str] = (), typed: bool = False
    ) -> tuple[Stored, list[str]]:
        """The columns that the values fill, and everything that is wrong with them.

        Required fields that are found `apart`, by whoever calls, are not missed. Of values `typed`
        on a command line the problems name the option.
        Only the values given are walked: a large file has many records of few values each.
        """
        stored = self._defaults.copy()
        problems: list[str] = []
        for name, value in values.items():
            if value is None:
                continue
            item = self.by_name.get(name)
            if item is None:
                problems.append(unknown(name, self.by_name))
                continue
            try:
                stored.update(item.read(value))
            except ValueError as error:
                problems.append(f"{self._called(item, typed=typed)}: {error}")
        missing = {name for name in self._required if values.get(name) is None}
        problems += [
            f"{self._called(self.by_name[name], typed=typed)} is missing"
            for name in sorted(missing.difference(apart))
        ]
        if not problems and self.settle:
            try:
                self.settle(stored)
            except ValueError as error:
                problems.append(str(error))
        return stored, problems

    def _called(self, item: Field, *, typed: bool) -> str:
        return item.typed if typed and item.name != self.argument else item.name


def settle_words(stored: Stored, words: str) -> None:
    """Words without a number are neither at least, over nor about."""
    if stored["qualifier"] not in {CountQualifier.EXACTLY, CountQualifier.WORDS}:
        raise ValueError(f"{words!r} is no number: {stored['qualifier']} does not go with it")
    stored["qualifier"] = CountQualifier.WORDS.value


def settle_basis(stored: Stored, date: str, *qualifiers: str) -> None:
    """What says how a date is known says nothing where there is none."""
    if stored.get(date) is not None:
        return
    for qualifier in qualifiers:
        if stored[qualifier] not in {DateKind.EVENT, DateBasis.STATED}:
            raise ValueError(f"{stored[qualifier]} says how a date is known, and none is given")
        stored[qualifier] = None
