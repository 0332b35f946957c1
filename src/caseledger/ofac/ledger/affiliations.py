"""Ties to organizations: affiliations that stay when the list drops them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from caseledger.ofac.ledger.shelves import AFFILIATIONS

if TYPE_CHECKING:
    from caseledger.ofac.ledger.citing import Citations
    from caseledger.ofac.ledger.keeper import Keeper
    from caseledger.ofac.ledger.linked import Tie
    from caseledger.ofac.ledger.listed import Listed
    from caseledger.ofac.ledger.parties import Parties
    from caseledger.ofac.ledger.spells import Calendar

HEAD = "tie"
"""Of the keys of their citations, which are settled as a whole: one entry's name decides
another's tie."""


def settle_affiliations(
    keeper: Keeper, listed: Listed, parties: Parties, calendar: Calendar, citations: Citations
) -> None:
    """Write what differs. A tie to a person stays in the mirror."""
    printed: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in listed.ties:
        party, organization = parties.of.get(tie.uid), parties.of.get(tie.to)
        is_to_organization = listed.kinds[tie.to] == "organization"
        if is_to_organization and None not in {party, organization} and party != organization:
            printed[tie.uid, tie.to].append(tie)
    wanted = {
        f"{uid}/{to}": (parties.of[uid], parties.of[to], "linked", "asserted")
        for uid, to in sorted(printed)
    }
    settled = keeper.settle(AFFILIATIONS, wanted, None)
    citations.spare("affiliation_id", settled.spared)
    for (uid, to), ties in printed.items():
        _cite(settled.ids.get(f"{uid}/{to}"), ties, calendar, citations)


def _cite(record: int | None, ties: list[Tie], calendar: Calendar, citations: Citations) -> None:
    """The first list that printed it and, where none prints it any more, the last that did."""
    first = min(ties, key=lambda tie: (tie.since, tie.printed))
    key = f"{HEAD}/{first.uid}/{first.to}"
    citations.cite(
        record, "affiliation_id", key,
        version=first.since, uid=first.uid, phrase=f"Linked To: {first.printed}",
    )  # fmt: skip
    ends = [(tie.until, tie.printed) for tie in ties if tie.until is not None]
    if len(ends) < len(ties):
        return
    until, words = max(ends)
    before = calendar.before(until)
    if before is not None and before != first.since:
        citations.cite(
            record, "affiliation_id", f"{key}/last", version=before, uid=first.uid,
            phrase=f"Linked To: {words}", place=", for the last time",
        )  # fmt: skip
