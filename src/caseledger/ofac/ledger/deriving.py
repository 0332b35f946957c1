"""From all the lists of the registry to its records: run after a list came in, or went.

What is derived is worked out from the mirror as a whole, so it is a function of the set of lists;
only what differs from the records that are there is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseledger import names
from caseledger.ofac.ledger import shelves
from caseledger.ofac.ledger.forms import forms
from caseledger.ofac.ledger.leaving import withdraw_unspoken
from caseledger.ofac.ledger.listed import Listed
from caseledger.ofac.ledger.parties import Parties
from caseledger.ofac.ledger.recognized import Recorded, recorded_elsewhere
from caseledger.ofac.ledger.shelves import Keeper
from caseledger.ofac.ledger.spells import Calendar, spells, standing
from caseledger.ofac.ledger.swaps import Swap, swaps

if TYPE_CHECKING:
    from caseledger.db.direct import Writer
    from caseledger.ofac.ledger.shelves import Values
    from caseledger.ofac.ledger.spells import Spell

LIST = "SDN"


@dataclass(slots=True)
class Derived:
    """What the lists now give, by kind of record."""

    counts: dict[str, int] = field(default_factory=dict)
    written: int = 0
    """Records that were added, set right, revived or withdrawn."""
    swaps: list[Swap] = field(default_factory=list)
    """Many entries that changed one tag for another at once: perhaps a renamed programme."""


def derive(
    writer: Writer,
    *,
    by: str,
    dry_run: bool = False,
    version: int | None = None,
    untied: frozenset[int] = frozenset(),
) -> Derived:
    """Bring the records into step with the mirror.

    `version` is the list that just came in; `untied` are entries that, a person says, are to have
    parties of their own.
    """
    return _Derivation(Keeper(writer, by, dry_run=dry_run), untied).run(version)


class _Derivation:
    """One run, in its transaction."""

    def __init__(self, keeper: Keeper, untied: frozenset[int]) -> None:
        self._keeper, self._writer = keeper, keeper.writer
        versions = list(self._writer.rows("SELECT id, published FROM ofac_versions ORDER BY id"))
        self._published = dict(versions)
        self._calendar = Calendar([version for version, _ in versions])
        self._listed = Listed(self._writer)
        self._parties = Parties(keeper, self._listed, untied)
        self._citations: dict[str, Values] = {}

    def run(self, version: int | None) -> Derived:
        """Every kind of record, in the order in which they refer to one another."""
        sources = self._keeper.settle(shelves.SOURCES, self._sources(), withdraw=False)
        self._source_of = sources.ids
        self._parties.settle()
        for uid, stretches in self._listed.names.items():
            newest = stretches[-1]
            since = min(s.since for s in stretches if s.value == newest.value)
            self._cite("party", self._parties.of.get(uid), f"party/{uid}", since, uid, newest.value)
        spared = [*self._actions(), self._affiliations(), self._names()]
        self._settle_citations(spared)
        self._keeper.withdraw(shelves.SOURCES, sources.gone)
        withdraw_unspoken(self._keeper, self._parties.gone)
        found = Derived(written=self._keeper.written)
        found.counts = self._counts
        if version is not None:
            found.swaps = swaps(self._writer, version)
        return found

    def _sources(self) -> dict[str, Values]:
        digests = dict(
            self._writer.rows(
                "SELECT version_id, sha256 FROM ofac_files WHERE part IN ('sdn', 'xml')"
            )
        )
        found: dict[str, Values] = {}
        for version, published in self._published.items():
            title = f"Specially Designated Nationals list, {published.replace('T', ' ')}"
            day = published[:10]
            found[published] = (
                title, names.key(title), "OFAC", day, day, day, "stated", digests.get(version),
            )  # fmt: skip
        return found

    def _cite(  # noqa: PLR0917 - six words of one sentence
        self,
        what: str,
        record: int | None,
        key: str,
        version: int,
        uid: int,
        phrase: str | None,
        *,
        place: str = "",
    ) -> None:
        """Cite a list: the words as they are printed there, or what it does not show any more."""
        source = self._source_of.get(self._published[version])
        if record is None or source is None:
            return
        cited = {"action": None, "affiliation": None, "name": None, "party": None, what: record}
        self._citations[key] = (source, f"entry {uid}{place}", phrase, *cited.values())

    def _actions(self) -> list[tuple[str, set[int]]]:
        agency = self._parties.agency
        elsewhere = recorded_elsewhere(self._writer, agency)
        of_entry: dict[str, tuple[int, Spell]] = {}
        for uid, stretches in self._listed.programs.items():
            if uid in self._parties.of:
                for spell in spells(stretches):
                    of_entry[f"{uid}/{spell.key}"] = uid, spell
        order = sorted(of_entry, key=lambda key: (of_entry[key][1].since, of_entry[key][0], key))
        ids: dict[str, int] = {}
        wanted: dict[str, Values] = {}
        for key in order:
            uid, spell = of_entry[key]
            date = self._calendar.change(spell.since)
            known = self._recognized(elsewhere, "designation", uid, spell.program, date)
            if known is not None:
                ids[key] = known
            else:
                wanted[key] = self._action(uid, spell.program, date, None, None)
        designations = self._keeper.settle(shelves.DESIGNATIONS, wanted)
        ids |= designations.ids
        ended = [key for key in order if of_entry[key][1].until is not None]
        end_ids: dict[str, int] = {}
        wanted = {}
        for key in sorted(ended, key=lambda key: (of_entry[key][1].until, of_entry[key][0], key)):
            uid, spell = of_entry[key]
            assert spell.until is not None  # noqa: S101 - it ended
            date = self._calendar.change(spell.until)
            known = self._recognized(elsewhere, "delisting", uid, spell.program, date)
            if known is not None:
                end_ids[key] = known
                continue
            still = standing(self._listed.programs[uid], spell.until)
            summary = f"still listed under {', '.join(still)}" if still else None
            wanted[key] = self._action(uid, spell.last, date, summary, ids.get(key))
        delistings = self._keeper.settle(
            shelves.DELISTINGS, {f"{key}/end": values for key, values in wanted.items()}
        )
        end_ids |= {
            key: delistings.ids[f"{key}/end"] for key in wanted if f"{key}/end" in delistings.ids
        }
        for key in order:
            uid, spell = of_entry[key]
            self._cite(
                "action", ids.get(key), f"designation/{key}", spell.since, uid, spell.program
            )
            if spell.until is None:
                continue
            before = self._calendar.before(spell.until)
            if before is not None:
                self._cite(
                    "action", end_ids.get(key), f"delisting/{key}", before, uid, spell.last,
                    place=", for the last time",
                )  # fmt: skip
            self._cite(
                "action", end_ids.get(key), f"delisting/{key}/end", spell.until, uid, None,
                place=" is not there" if not standing(self._listed.programs[uid], spell.until)
                else f" is not there under {spell.last}",
            )  # fmt: skip
        self._counts = {
            "parties": len(self._parties.of),
            "designations": len(ids),
            "delistings": len(end_ids),
        }
        return [("action", designations.spared | delistings.spared)]

    def _recognized(
        self, elsewhere: dict[int, list[Recorded]], kind: str, uid: int, program: str, date: Any
    ) -> int | None:
        """The action that another source recorded already, taken once."""
        found = elsewhere.get(self._parties.of[uid], [])
        for action in found:
            if action.is_same(kind, program, date):
                found.remove(action)
                return action.id
        return None

    def _action(
        self, uid: int, program: str, date: Any, summary: str | None, ends: int | None
    ) -> Values:
        return (
            self._parties.of[uid], date.text, date.earliest, date.latest, "event", "inferred",
            self._parties.agency, summary, ends, LIST, program, str(uid),
        )  # fmt: skip

    def _affiliations(self) -> tuple[str, set[int]]:
        spans: dict[tuple[int, int], list[tuple[int, int | None, str]]] = {}
        for tie in self._listed.ties:
            if self._listed.kinds.get(tie.to) != "organization":
                continue
            party, organization = self._parties.of.get(tie.uid), self._parties.of.get(tie.to)
            if party is not None and organization is not None and party != organization:
                spans.setdefault((tie.uid, tie.to), []).append((tie.since, tie.until, tie.printed))
        wanted = {
            f"{uid}/{to}": (self._parties.of[uid], self._parties.of[to], "linked", "asserted")
            for uid, to in sorted(spans)
        }
        settled = self._keeper.settle(shelves.AFFILIATIONS, wanted)
        for (uid, to), printed in spans.items():
            key = f"{uid}/{to}"
            record = settled.ids.get(key)
            start = min(printed)
            self._cite("affiliation", record, f"tie/{key}", start[0], uid, f"Linked To: {start[2]}")
            if any(until is None for _, until, _ in printed):
                continue
            last = max(printed, key=lambda span: span[1] or 0)
            before = self._calendar.before(last[1] or 0)
            if before is not None and before != start[0]:
                self._cite(
                    "affiliation", record, f"tie/{key}/last", before, uid, f"Linked To: {last[2]}",
                    place=", for the last time",
                )  # fmt: skip
        self._counts["affiliations"] = len(settled.ids)
        return "affiliation", settled.spared

    def _names(self) -> tuple[str, set[int]]:
        found = forms(self._writer, self._parties, self._listed)
        wanted = {key: values for key, (values, _, _) in found.items()}
        settled = self._keeper.settle(shelves.NAMES, wanted)
        for key, (_, since, printed) in found.items():
            uid = int(key.split("/", 1)[0])
            self._cite("name", settled.ids.get(key), f"name/{key}", since, uid, printed)
        self._counts["names"] = len(settled.ids)
        return "name", settled.spared

    def _settle_citations(self, spared: list[tuple[str, set[int]]]) -> None:
        """What a person's correction keeps goes on citing the list it came from."""
        place = {"action": 3, "affiliation": 4, "name": 5}
        kept = [(place[what], ids) for what, ids in spared if ids]
        self._keeper.settle(
            shelves.CITATIONS,
            self._citations,
            spare=lambda values: any(values[column] in ids for column, ids in kept),
        )
