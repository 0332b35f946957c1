"""What each kind of record carries: the one list behind files, options and their documentation."""

from caseledger.catalogue.actions import ACTIONS, SUBJECT
from caseledger.catalogue.kind import RecordKind
from caseledger.catalogue.parties import GROUP, NAME, ORGANIZATION, PERSON
from caseledger.catalogue.relations import AFFILIATION, CASE, KINSHIP
from caseledger.catalogue.sources import CITATION, SOURCE
from caseledger.catalogue.tallies import TALLY

KINDS = {
    kind.name: kind
    for kind in (
        SOURCE,
        ORGANIZATION,
        PERSON,
        GROUP,
        NAME,
        AFFILIATION,
        KINSHIP,
        CASE,
        *ACTIONS.values(),
        TALLY,
    )
}

__all__ = [
    "ACTIONS",
    "AFFILIATION",
    "CASE",
    "CITATION",
    "GROUP",
    "KINDS",
    "KINSHIP",
    "NAME",
    "ORGANIZATION",
    "PERSON",
    "SOURCE",
    "SUBJECT",
    "TALLY",
    "RecordKind",
]
