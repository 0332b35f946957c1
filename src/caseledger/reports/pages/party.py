"""The pages of a person, an organization, and a group of unnamed people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.reports.pages import description
from caseledger.reports.pages.action_lines import actions
from caseledger.reports.pages.affiliations import of_party, to_organization
from caseledger.reports.pages.case_lines import cases
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.counted import OF_GROUPS, groups_of, members_of
from caseledger.reports.pages.kin import kin
from caseledger.reports.pages.listed_lines import at_two_hops, linked_to_people
from caseledger.reports.pages.name_lines import names_of
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.tally_lines import tallies

if TYPE_CHECKING:
    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

DONE_BY_IT = """a.id IN (
    SELECT id FROM actions WHERE authority_id = :id
     UNION
    SELECT id FROM actions WHERE announced_by_id = :id
     UNION
    SELECT action_id FROM cooperations WHERE organization_id = :id
     UNION
    SELECT id FROM arrests WHERE prosecution_by_id = :id)"""


def person_page(reader: Reader, found: Found) -> Page:
    """What a person is, is to others, and what was done to them."""
    citing = Citing(reader)
    kinship = Section("Kin", kin(citing, found.id))
    return _page(citing, found, description.person(reader, found.id), [kinship])


def group_page(reader: Reader, found: Found) -> Page:
    """How many people a group is, who of them is known, and what was done to them."""
    citing = Citing(reader)
    members = Section("Already counted in it", members_of(citing, found.id))
    return _page(citing, found, description.group(reader, found.id), [members])


def organization_page(reader: Reader, found: Found) -> Page:
    """What an organization is, who is affiliated to it, what was done to it and what it did."""
    citing, given = Citing(reader), {"id": found.id}
    told = [
        Section("Affiliated to it", to_organization(citing, given)),
        Section("At two hops by OFAC's list, never counted", at_two_hops(reader, found.id)),
        Section("Cases that concern it", cases(citing, "organization_id = :id", given)),
        Section("What it did, announced or took part in", actions(citing, DONE_BY_IT, given)),
        Section("Totals of what it did", tallies(citing, "authority_id = :id", given)),
    ]
    return _page(citing, found, description.organization(reader, found.id), told)


def _page(citing: Citing, found: Found, what: str, own: list[Section]) -> Page:
    """What there is to tell of any party, with what only its kind has in the middle."""
    given = {"id": found.id}
    cited = citing.of("party_id", [found.id])[found.id]
    on_it = actions(citing, "a.subject_id = :id", given, subject=False)
    return Page(
        str(found),
        [what + cited],
        [
            Section("Other names", names_of(citing, found.id)),
            Section("Affiliations", of_party(citing, "f.party_id = :id", given)),
            Section("Linked to people, by OFAC's list", linked_to_people(citing.reader, found.id)),
            Section("Actions", on_it),
            *own,
            Section("Counted in", groups_of(citing, found.id)),
            Section("Actions on those it was counted in", actions(citing, OF_GROUPS, given)),
        ],
        citing.about,
    )
