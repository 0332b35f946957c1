"""The tables of the ledger, as typed SQLAlchemy models: what a record is, and what always holds.

Only writing imports this package; reading goes over the views (see `docs/views.md`).
"""

from caseledger.models.actions import Action, Cooperation
from caseledger.models.base import Base, Record
from caseledger.models.cases import Case
from caseledger.models.details import (
    Acquittal,
    Arrest,
    Charge,
    Conviction,
    Death,
    Delisting,
    Designation,
    Dismissal,
    Extradition,
    Prosecution,
    Release,
    Reversal,
    Sentence,
)
from caseledger.models.ofac import (
    OfacAddress,
    OfacCell,
    OfacComment,
    OfacEntry,
    OfacFeature,
    OfacFile,
    OfacJoin,
    OfacName,
    OfacProgram,
    OfacText,
    OfacVersion,
)
from caseledger.models.ofac_ledger import OfacFollowed, OfacParty, OfacSettled, OfacTie
from caseledger.models.parties import GroupMember, Name, Organization, Party, Person, UnnamedGroup
from caseledger.models.relations import Affiliation, Kinship
from caseledger.models.sources import Citation, Source, SourceText
from caseledger.models.tallies import Tally, TallyAction

__all__ = [
    "Acquittal",
    "Action",
    "Affiliation",
    "Arrest",
    "Base",
    "Case",
    "Charge",
    "Citation",
    "Conviction",
    "Cooperation",
    "Death",
    "Delisting",
    "Designation",
    "Dismissal",
    "Extradition",
    "GroupMember",
    "Kinship",
    "Name",
    "OfacAddress",
    "OfacCell",
    "OfacComment",
    "OfacEntry",
    "OfacFeature",
    "OfacFile",
    "OfacFollowed",
    "OfacJoin",
    "OfacName",
    "OfacParty",
    "OfacProgram",
    "OfacSettled",
    "OfacText",
    "OfacTie",
    "OfacVersion",
    "Organization",
    "Party",
    "Person",
    "Prosecution",
    "Record",
    "Release",
    "Reversal",
    "Sentence",
    "Source",
    "SourceText",
    "Tally",
    "TallyAction",
    "UnnamedGroup",
]
