"""An action for each spell of an entry under a programme, and one for its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.ofac.ledger.recognized import recorded_elsewhere
from caseledger.ofac.ledger.shelves import DELISTINGS, DESIGNATIONS
from caseledger.ofac.ledger.spells import spells, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from caseledger.ofac.ledger.citing import Citations
    from caseledger.ofac.ledger.keeper import Keeper, Values
    from caseledger.ofac.ledger.listed import Listed, Stretch
    from caseledger.ofac.ledger.parties import Parties
    from caseledger.ofac.ledger.shelves import Shelf
    from caseledger.ofac.ledger.spells import Calendar, Spell

LIST = "SDN"


class Designations:
    """The designations and delistings of some entries, or of all."""

    def __init__(
        self, keeper: Keeper, parties: Parties, calendar: Calendar, citations: Citations
    ) -> None:
        self._keeper, self._parties = keeper, parties
        self._calendar, self._citations = calendar, citations
        self._elsewhere = recorded_elsewhere(keeper.writer, parties.agency)
        self._programs: dict[int, list[Stretch]] = {}

    def settle(self, listed: Listed, uids: Iterable[int], heads: Collection[str] | None) -> None:
        """Write what differs, designations first: a delisting names the one that it ends."""
        self._programs = listed.programs([uid for uid in uids if uid in self._parties.of])
        found = {
            f"{uid}/{spell.key}": (uid, spell)
            for uid, stretches in self._programs.items()
            for spell in spells(stretches)
        }
        began = sorted(found, key=lambda key: (found[key][1].since, found[key][0], key))
        ended = sorted(
            (key for key in began if found[key][1].until is not None),
            key=lambda key: (found[key][1].until, found[key][0], key),
        )
        ids = self._settle_kind(
            DESIGNATIONS, {key: self._designation(*found[key]) for key in began}, heads
        )
        ends = self._settle_kind(
            DELISTINGS,
            {f"{key}/end": self._delisting(*found[key], ids.get(key)) for key in ended},
            heads,
        )
        for key, (uid, spell) in found.items():
            self._cite(uid, spell, ids.get(key), ends.get(f"{key}/end"))

    def _settle_kind(
        self, shelf: Shelf, derived: dict[str, Values], heads: Collection[str] | None
    ) -> dict[str, int]:
        """The records by key, those that another source recorded already among them."""
        known: dict[str, int] = {}
        for key, values in derived.items():
            recorded = self._elsewhere.get(values[0], [])
            same = next((r for r in recorded if r.is_same(shelf, values)), None)
            if same is not None:
                recorded.remove(same)
                known[key] = same.id
        wanted = {key: values for key, values in derived.items() if key not in known}
        settled = self._keeper.settle(shelf, wanted, heads)
        self._citations.spare("action_id", settled.spared)
        return settled.ids | known

    def _designation(self, uid: int, spell: Spell) -> Values:
        return self._action(uid, spell.since, spell.program, None, None)

    def _delisting(self, uid: int, spell: Spell, ends: int | None) -> Values:
        assert spell.until is not None  # noqa: S101 - it ended
        still = standing(self._programs[uid], spell.until)
        summary = f"still listed under {', '.join(still)}" if still else None
        return self._action(uid, spell.until, spell.last, summary, ends)

    def _action(
        self, uid: int, version: int, program: str, summary: str | None, ends: int | None
    ) -> Values:
        date = self._calendar.change(version)
        return (
            self._parties.of[uid], date.text, date.earliest, date.latest, "event", "inferred",
            self._parties.agency, summary, ends, LIST, program, str(uid),
        )  # fmt: skip

    def _cite(self, uid: int, spell: Spell, action: int | None, end: int | None) -> None:
        """The first list that shows it; of its end, the last that did, and the first without."""
        key, cite = f"{uid}/{spell.key}", self._citations.cite
        cite(action, "action_id", key, version=spell.since, uid=uid, phrase=spell.program)
        if spell.until is None:
            return
        before = self._calendar.before(spell.until)
        if before is not None:
            cite(
                end, "action_id", f"{key}/last",
                version=before, uid=uid, phrase=spell.last, place=", for the last time",
            )  # fmt: skip
        is_there = standing(self._programs[uid], spell.until)
        place = f" is not there under {spell.last}" if is_there else " is not there"
        cite(end, "action_id", f"{key}/end", version=spell.until, uid=uid, place=place)
