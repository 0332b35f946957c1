"""An invented world of the size that is asked for: the same seed gives the same world.

It comes as records of the file format (`docs/format.md`), in an order in which each stands after
those that it refers to. Nobody in it exists: every name is put together from made-up syllables.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from caseledger.vocabulary import ENDS, ActionKind, ConvictionBasis, Instrument, SurrenderMode

if TYPE_CHECKING:
    from collections.abc import Iterator

DATASET = "invented"

REPORTS = {
    "Cartel of Twenty": 20,
    "Cartel of Two Thousand": 2_000,
    "Cartel of a Hundred Thousand": 100_000,
}
"""The organizations whose reports are measured, and how many actions each has at full size."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything."""

    people: int = 300_000
    organizations: int = 2_000
    actions: int = 1_000_000

    def scaled(self, scale: float) -> Size:
        """A fraction of it; the organizations that are reported on are always there."""
        return Size(
            max(300, int(self.people * scale)),
            max(100, int(self.organizations * scale)),
            max(1_000, int(self.actions * scale)),
        )

    def report_rows(self) -> dict[str, int]:
        """How many actions each of the organizations that are reported on has."""
        scale = self.actions / Size().actions
        return {name: max(20, int(rows * scale)) for name, rows in REPORTS.items()}


class Record(NamedTuple):
    """A record of a file: its kind, its key, its fields, its citations."""

    kind: str
    key: str
    values: dict[str, Any]
    citations: list[dict[str, str]]


_AGENCIES = 40
_SOURCES = 500
_SYLLABLES = (
    *("bra", "cor", "dal", "fen", "gri", "hul", "jom", "kes", "lor", "mín", "nub", "orp", "pla"),
    *("quo", "rus", "ský", "tav", "urd", "vex", "wim", "yol", "zan", "ñor", "ché", "zür", "óst"),
)
_OFFENSES = (
    "conspiracy to smuggle invented goods",
    "running a market of make-believe",
    'possession of "imaginary" articles, second degree',
    "laundering of play money",
)
_HELD: tuple[dict[str, str], ...] = (
    {},
    {},
    {"warrant": "a warrant of Nowhere"},
    {"custody": "the State"},
)
_STATUTES = ("Invented Code § 12", "Invented Code § 846(a), as amended", "Playhouse Act, art. 4")
_COURTS = ("Court of Nowhere", "District Court of Elsewhere, Northern Division", "High Court")
_PROGRAMS = ("EO 00001", "EO 00002", "MAKEBELIEVE", "PLAY-2")
_COUNTRIES = ("MX", "US", "CO", "GT", "ES")
_RELATIONS = ("member",) * 6 + ("linked", "linked", "acts for", "leader", "founder")
_TITLES = ("quay boss", "plaza boss in Elsewhere", "former head", "keeper of the books")
_TOLD_BY = ("organization", "relation", "standing")
"""What tells two affiliations of one party apart."""
_KINDS = {
    ActionKind.ARREST: 34,
    ActionKind.CHARGE: 20,
    ActionKind.CONVICTION: 14,
    ActionKind.DESIGNATION: 9,
    ActionKind.EXTRADITION: 6,
    ActionKind.SENTENCE: 5,
    ActionKind.RELEASE: 5,
    ActionKind.PROSECUTION: 3,
    ActionKind.DISMISSAL: 1,
    ActionKind.ACQUITTAL: 1,
    ActionKind.REVERSAL: 1,
    ActionKind.DEATH: 1,
}


class World:
    """Everyone in it and everything that was done to them."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        self._random = random.Random(seed)
        self._reported = dict(enumerate(size.report_rows(), start=1))
        self._faction = len(self._reported) + 1
        agencies = range(self._faction + 1, self._faction + 1 + _AGENCIES)
        self._agencies = [f"o{number}" for number in agencies]
        self._others = range(agencies.stop, size.organizations + 1)
        self._subjects = self._settle_subjects()
        cases = max(len(self._targets), size.actions // 50)
        self._case_targets = [self._targets[n % len(self._targets)] for n in range(cases)]
        self._cases: dict[int, list[str]] = {}
        for number, target in enumerate(self._case_targets, start=1):
            self._cases.setdefault(target, []).append(f"c{number}")

    @property
    def _targets(self) -> list[int]:
        return [*self._reported, self._faction, *self._others]

    def _settle_subjects(self) -> list[str]:
        """Who belongs where, and to whom each action is done.

        An organization that is reported on has members of its own, who belong to no other, so that
        its report has the rows that it should; a twentieth of them are tied to it by cases alone.
        """
        size, rng = self._size, self._random
        people = [f"p{number}" for number in range(1, size.people + 1)]
        people += [f"g{number}" for number in range(1, size.people // 100 + 1)]
        self._people = people.copy()
        rng.shuffle(people)
        self._homes: dict[str, int] = {}
        self._only_by_case: set[str] = set()
        subjects: list[str] = []
        for number, rows in zip(self._reported, size.report_rows().values(), strict=True):
            members = [people.pop() for _ in range(max(6, rows * size.people // size.actions))]
            self._homes |= dict.fromkeys(members, number)
            self._only_by_case.update(members[6::20])
            subjects += rng.choices([*members, f"o{number}"], k=rows)
        self._general = frozenset(people)
        for person in people:
            if rng.random() < 0.9:
                self._homes[person] = rng.choice(self._others)
        someone = [*people, *(f"o{number}" for number in self._others)]
        subjects += rng.choices(someone, k=size.actions - len(subjects))
        rng.shuffle(subjects)
        return subjects

    def records(self) -> Iterator[Record]:
        """Every record, once: a world is told in one go."""
        yield from self._sources()
        yield from self._organizations()
        affiliations = count(1)
        for person in self._people:
            yield self._person(person)
            said = {tuple(tie.get(of) for of in _TOLD_BY): tie for tie in self._ties(person)}
            for tie in said.values():
                values = {"party": person, **tie}
                yield Record("affiliation", f"f{next(affiliations)}", values, self._cited())
        yield from self._names()
        yield from self._all_cases()
        yield from self._actions()

    def _sources(self) -> Iterator[Record]:
        for number in range(1, _SOURCES + 1):
            values = {
                "title": f"Bulletin of Nowhere, no. {number}",
                "publisher": "Office of Invented Affairs",
                "published": f"{2000 + number // 20}-{number % 12 + 1:02}",
                "url": f"https://example.org/bulletin/{number}",
            }
            yield Record("source", f"s{number}", values, [])

    def _organizations(self) -> Iterator[Record]:
        for number, name in enumerate(REPORTS, start=1):
            yield self._organization(number, name, "cartel")
        yield self._organization(self._faction, "Northern Faction of a Hundred Thousand", "cartel")
        values = {
            "party": f"o{self._faction}",
            "organization": f"o{len(self._reported)}",
            "relation": "faction",
        }
        yield Record("affiliation", "f0", values, self._cited())
        for number, key in enumerate(self._agencies, start=self._faction + 1):
            yield self._organization(number, f"Office {key} of {self._word(2)}", "agency")
        for number in self._others:
            kind = self._random.choice(("cartel", "gang", "smuggling network", "company"))
            yield self._organization(number, f"{self._word(2)} {self._word(3)} {number}", kind)

    def _organization(self, number: int, name: str, kind: str) -> Record:
        return Record("organization", f"o{number}", {"name": name, "type": kind}, self._cited())

    def _person(self, key: str) -> Record:
        rng = self._random
        if key.startswith("g"):
            values: dict[str, Any] = {
                "name": f"members seen at {self._word(3)}",
                "people": rng.randint(2, 40),
            }
            return Record("group", key, values, self._cited())
        values = {"name": f"{self._word(2)} {self._word(2)} {self._word(3)}"}
        if rng.random() < 0.6:
            values["sex"] = rng.choice(("female", "male"))
        if rng.random() < 0.3:
            values["birth"] = self._day(1940, 2000)
        if rng.random() < 0.4:
            values["nationality"] = rng.choice(_COUNTRIES)
        return Record("person", key, values, self._cited())

    def _ties(self, party: str) -> Iterator[dict[str, str]]:
        """What a party is to organizations: mostly one thing to one, some of it alleged."""
        home = self._homes.get(party)
        if home is None or party in self._only_by_case:
            return
        rng = self._random
        if home == len(self._reported) and rng.random() < 0.2:
            home = self._faction
        yield self._tie(home)
        if rng.random() < 0.08:
            yield {**self._tie(home), "relation": "linked", "standing": "alleged"}
        if party in self._general and rng.random() < 0.1:
            yield self._tie(rng.choice(self._others))

    def _tie(self, organization: int) -> dict[str, str]:
        rng = self._random
        tie = {"organization": f"o{organization}", "relation": rng.choice(_RELATIONS)}
        if rng.random() < 0.2:
            tie["title"] = rng.choice(_TITLES)
        if rng.random() < 0.15:
            tie["standing"] = "alleged"
        return tie

    def _names(self) -> Iterator[Record]:
        """Acronyms of organizations, other names and nicknames of people."""
        number = count(1)
        for organization in range(1, self._size.organizations + 1):
            values = {"party": f"o{organization}", "name": f"ORG{organization}", "kind": "acronym"}
            yield Record("name", f"n{next(number)}", values, self._cited())
        for person in self._people:
            if person.startswith("g"):
                continue
            for kind, share in (("nickname", 0.3), ("aka", 0.2)):
                if self._random.random() < share:
                    values = {"party": person, "name": f"El {self._word(3)}", "kind": kind}
                    yield Record("name", f"n{next(number)}", values, self._cited())

    def _all_cases(self) -> Iterator[Record]:
        for number, target in enumerate(self._case_targets, start=1):
            values = {
                "title": f"Operation {self._word(3)} {number}",
                "docket": f"{number % 30}-inv-{number}",
                "court": self._random.choice(_COURTS),
                "organization": f"o{target}",
            }
            yield Record("case", f"c{number}", values, self._cited())

    def _actions(self) -> Iterator[Record]:
        rng = self._random
        latest: dict[str, tuple[ActionKind, str]] = {}
        kinds = rng.choices(list(_KINDS), list(_KINDS.values()), k=len(self._subjects))
        for number, subject in enumerate(self._subjects, start=1):
            kind = ActionKind.DESIGNATION if subject.startswith("o") else kinds[number - 1]
            key = f"a{number}"
            years = (2021, 2025) if kind in ENDS else (2000, 2020)
            values = {"subject": subject, **self._when(*years), **self._where(subject)}
            values |= self._details(kind)
            before = latest.get(subject)
            if before and before[0] in ENDS.get(kind, ()):
                values["ends"] = before[1]
            latest[subject] = (kind, key)
            citations = [self._citation() for _ in range(2 if rng.random() < 0.1 else 1)]
            yield Record(kind.value, key, values, citations)

    def _when(self, first: int, last: int) -> dict[str, str]:
        """As exact as sources are, which is not always."""
        rng = self._random
        values: dict[str, str] = {}
        chance = rng.random()
        if chance < 0.6:
            values["date"] = self._day(first, last)
        elif chance < 0.95:
            values["date"] = self._day(first, last)[: 7 if chance < 0.8 else 4]
        elif chance < 0.98:
            values["date"] = f"[..{self._day(first, last)[:7]}]"
        if values and rng.random() < 0.15:
            values["date_kind"] = "announced"
        if values and rng.random() < 0.1:
            values["date_basis"] = "inferred"
        return values

    def _where(self, subject: str) -> dict[str, str]:
        """Where, by whom and in what case."""
        rng = self._random
        values: dict[str, str] = {}
        for field, share in (("authority", 0.9), ("announced_by", 0.2)):
            if rng.random() < share:
                values[field] = rng.choice(self._agencies)
        if rng.random() < 0.5:
            values["place"] = f"{self._word(2)}, {self._word(2)}"
        if rng.random() < 0.7:
            values["country"] = rng.choice(_COUNTRIES)
        home = self._homes.get(subject)
        if home is not None and (subject in self._only_by_case or rng.random() < 0.3):
            values["case"] = rng.choice(self._cases[home])
        return values

    def _details(self, kind: ActionKind) -> dict[str, str]:
        """The kind's own fields, of which sources tell some."""
        rng = self._random
        offense = {"offense": rng.choice(_OFFENSES), "court": rng.choice(_COURTS)}
        term = {"sentence": "life" if rng.random() < 0.04 else f"{rng.randint(6, 400)}m"}
        values: dict[str, str] = {}
        match kind:
            case ActionKind.ARREST:
                values = {**rng.choice(_HELD)}
                if rng.random() < 0.15:
                    values["prosecution_by"] = rng.choice(self._agencies)
            case ActionKind.CHARGE:
                values = {**offense, "instrument": rng.choice(list(Instrument))}
                if rng.random() < 0.3:
                    values["conduct"] = f"{rng.randint(1995, 2004)}/{rng.randint(2005, 2020)}"
            case ActionKind.CONVICTION:
                values = {**offense, "basis": rng.choice(list(ConvictionBasis))}
                values["statute"] = rng.choice(_STATUTES)
                if rng.random() < 0.7:
                    values |= term
            case ActionKind.SENTENCE:
                values = {**term, "court": offense["court"]}
            case ActionKind.EXTRADITION:
                values = {**offense, "mode": rng.choice(list(SurrenderMode))}
                values |= {"from_country": "MX", "to_country": "US"}
            case ActionKind.DESIGNATION:
                values = {"program": rng.choice(_PROGRAMS)}
                if rng.random() < 0.3:
                    values["list"] = "List of Nowhere"
        return values

    def _cited(self) -> list[dict[str, str]]:
        """One citation, of a source as a whole."""
        return [{"source": f"s{self._random.randrange(_SOURCES) + 1}"}]

    def _citation(self) -> dict[str, str]:
        """Section and phrase; a few phrases begin as a formula would, others hold quotes."""
        rng = self._random
        phrase = f"{self._word(2)} was {self._word(2)} at {self._word(3)} of {self._word(2)}"
        chance = rng.random()
        if chance < 0.002:
            phrase = f"- {phrase}"
        elif chance < 0.1:
            phrase = f'{phrase}, "{self._word(2)}"'
        return {
            "source": f"s{rng.randrange(_SOURCES) + 1}",
            "section": f"Part {rng.randint(1, 40)}",
            "phrase": phrase,
        }

    def _day(self, first: int, last: int) -> str:
        rng = self._random
        return f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"

    def _word(self, syllables: int) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=syllables)).capitalize()
