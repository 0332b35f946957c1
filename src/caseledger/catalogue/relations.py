"""What affiliations, kinships and cases carry."""

from __future__ import annotations

from caseledger.catalogue.kind import RecordKind
from caseledger.fields import Choice, Extent, Link, NameText, Text
from caseledger.vocabulary import Kin, Relation, Standing

AFFILIATION = RecordKind(
    "affiliation",
    "affiliations",
    (
        Link("party", "who", to="party", column="party_id", required=True),
        Link(
            "organization",
            "to which organization",
            to="organization",
            column="organization_id",
            required=True,
        ),
        Choice(
            "relation", "what the party is to the organization", values=Relation, otherwise="linked"
        ),
        Text("title", "as printed"),
        Choice(
            "standing",
            "the source says that it is alleged",
            values=Standing,
            otherwise="asserted",
            switches=True,
        ),
        Extent("period", "when"),
    ),
    argument="party",
)


KINSHIP = RecordKind(
    "kinship",
    "kinships",
    (
        Link("person", "who", to="person", column="person_id", required=True),
        Choice("relation", "what the person is to the relative", values=Kin, required=True),
        Link("relative", "to whom", to="person", column="relative_id", required=True),
    ),
    argument="person",
)


CASE = RecordKind(
    "case",
    "cases",
    (
        NameText("title", "an operation, a scheme, the name of a docket", required=True),
        Text("docket", "its number"),
        Text("court", "where it is heard"),
        Link(
            "organization",
            "the organization that it concerns",
            to="organization",
            column="organization_id",
        ),
    ),
    argument="title",
)
