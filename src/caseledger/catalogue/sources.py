"""What a source and a citation carry."""

from __future__ import annotations

from caseledger.catalogue.kind import RecordKind, settle_basis
from caseledger.fields import Body, Choice, Day, Link, NameText, Point, Sha256, Stored, Text
from caseledger.vocabulary import DateBasis


def _settle_source(stored: Stored) -> None:
    settle_basis(stored, "published", "published_basis")


SOURCE = RecordKind(
    "source",
    "sources",
    (
        NameText("title", "as printed", required=True),
        Text("publisher", "who issued it"),
        Text("url", "where it was published", metavar="URL"),
        Point("published", "when it was published", prefix="published_"),
        Choice(
            "published_basis",
            "the date of publication is worked out from context",
            values=DateBasis,
            otherwise="stated",
            switches=True,
        ),
        Day("retrieved", "the day on which it was fetched"),
        Sha256("sha256", "digest of the document as fetched"),
        Body("text", "what it says, so that cited phrases can be found in it", metavar="FILE"),
    ),
    settle=_settle_source,
    argument="title",
)


CITATION = RecordKind(
    "citation",
    "citations",
    (
        Link("source", "the source", to="source", column="source_id", required=True),
        Text("section", "where in it"),
        Text("phrase", "the short exact words that say so"),
    ),
)
