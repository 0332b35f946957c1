"""From all the lists of the registry to its records: run after a list came in, or went.

What is derived is worked out from the mirror, so it is a function of the set of lists; only what
differs from the records that are there is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from caseledger import names
from caseledger.ofac.ledger.affiliations import HEAD as TIE
from caseledger.ofac.ledger.affiliations import settle_affiliations
from caseledger.ofac.ledger.citing import Citations
from caseledger.ofac.ledger.designations import Designations
from caseledger.ofac.ledger.forms import Names
from caseledger.ofac.ledger.keeper import Keeper
from caseledger.ofac.ledger.leaving import withdraw_unspoken
from caseledger.ofac.ledger.linked import keep_ties
from caseledger.ofac.ledger.listed import Listed
from caseledger.ofac.ledger.parties import Parties
from caseledger.ofac.ledger.shelves import SOURCES
from caseledger.ofac.ledger.spells import Calendar
from caseledger.ofac.ledger.swaps import Swap, swaps
from caseledger.ofac.ledger.touched import others_changed, touched_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from caseledger.db.direct import Writer
    from caseledger.db.reading import Reader
    from caseledger.ofac.ledger.keeper import Values


@dataclass(slots=True)
class Derived:
    """What became of the records, by the names of their shelves: `designations`, `people`."""

    added: dict[str, int]
    changed: dict[str, int]
    withdrawn: dict[str, int]
    swaps: list[Swap] = field(default_factory=list)
    """Many entries that changed one tag for another at once: perhaps a renamed programme."""

    @property
    def written(self) -> int:
        """Records that were added, set right, revived or withdrawn."""
        kinds = (self.added, self.changed, self.withdrawn)
        return sum(number for counts in kinds for number in counts.values())

    def as_data(self) -> dict[str, dict[str, int]]:
        """As JSON has it."""
        return {"added": self.added, "changed": self.changed, "withdrawn": self.withdrawn}

    def sentences(self) -> list[str]:
        """What to tell a person: a line for each thing that became of records, and the swaps."""
        lines = [
            f"records {verb}: {', '.join(map(_counted, told.items()))}"
            for verb, counts in self.as_data().items()
            if (told := {kind: n for kind, n in counts.items() if kind not in _UNTOLD})
        ]
        return [*lines, *map(str, self.swaps)]


_UNTOLD = {"sources", "citations"}
"""Kinds that a person need not be told of: they come with the others."""


def _counted(kind: tuple[str, int]) -> str:
    name, number = kind
    if number == 1:
        name = "person" if name == "people" else name.removesuffix("s")
    return f"{number} {name}"


def derive(
    writer: Writer,
    *,
    by: str,
    dry_run: bool = False,
    version: int | None = None,
    untied: frozenset[int] = frozenset(),
) -> Derived:
    """Bring the records into step with the mirror.

    `version` is the list that just came in: only what it has to do with is looked at, if nothing
    else has changed. `untied` are entries that, a person says, are to have parties of their own.
    """
    keeper, listed = Keeper(writer, by, dry_run=dry_run), Listed(writer)
    published = dict(writer.rows("SELECT id, published FROM ofac_versions ORDER BY id"))
    parties = Parties(keeper, listed, untied)
    is_partial = not others_changed(writer) and version is not None
    some = parties.reached(touched_by(writer, version)) if is_partial and version else None
    uids = some if some is not None else set(listed.kinds)
    heads = None if some is None else [str(uid) for uid in sorted(some)]

    sources = keeper.settle(SOURCES, _sources(writer, published), None, withdraw=False)
    citations = Citations(
        {id_: sources.ids[day] for id_, day in published.items() if day in sources.ids}
    )
    calendar, features = Calendar(list(published)), listed.features(uids)
    parties.settle(some, features)
    for uid in sorted(uids & parties.of.keys()):
        newest = listed.names[uid][-1].value
        since = min(s.since for s in listed.names[uid] if s.value == newest)
        citations.cite(
            parties.of[uid], "party_id", f"{uid}/party", version=since, uid=uid, phrase=newest
        )
    Designations(keeper, parties, calendar, citations).settle(listed, uids, heads)
    keep_ties(writer, listed.ties)
    settle_affiliations(keeper, listed, parties, calendar, citations)
    Names(keeper, parties, citations).settle(listed, features, uids, heads)
    citations.settle(keeper, None if heads is None else [*heads, TIE])
    withdraw_unspoken(keeper, {SOURCES: sources.gone, **parties.gone})
    return Derived(
        dict(+keeper.added),
        dict(+keeper.changed),
        dict(+keeper.withdrawn),
        swaps(writer, version) if version is not None else [],
    )


def _sources(reader: Reader, published: Mapping[int, str]) -> dict[str, Values]:
    """Every version as a source, by the moment of its publication."""
    main = reader.rows("SELECT version_id, sha256 FROM ofac_files WHERE part IN ('sdn', 'xml')")
    digests = dict(main)
    found: dict[str, Values] = {}
    for version, moment in published.items():
        title = f"Specially Designated Nationals list, {moment.replace('T', ' ')}"
        day = moment[:10]
        found[moment] = (
            title, names.key(title), "OFAC", day, day, day, "stated", digests.get(version),
        )  # fmt: skip
    return found
