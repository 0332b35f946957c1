"""The page of a source: what it is, and everything that is recorded on its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first
from caseledger.reports.pages.action_lines import actions
from caseledger.reports.pages.affiliations import in_full
from caseledger.reports.pages.case_lines import cases
from caseledger.reports.pages.citing import Citing
from caseledger.reports.pages.kin import kinships
from caseledger.reports.pages.name_lines import names
from caseledger.reports.pages.page import Page, Section
from caseledger.reports.pages.party_lines import parties
from caseledger.reports.pages.tally_lines import tallies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from caseledger.db.reading import Reader
    from caseledger.lookup import Found

SOURCE = """
    SELECT publisher, published, published_basis, url, retrieved, sha256, has_text, citations
      FROM sources_overview
     WHERE source_id = :id"""

CITED = """{0} IN (
    SELECT {1} FROM citations WHERE source_id = :id AND {1} IS NOT NULL AND withdrawn_at IS NULL)"""


def source_page(reader: Reader, found: Found) -> Page:
    """What a source is, and what it supports."""
    citing, given = Citing(reader), {"id": found.id}
    people = CITED.format("p.id", "party_id")
    return Page(
        str(found),
        list(_facts(reader, found.id)),
        [
            Section("Actions", actions(citing, CITED.format("a.id", "action_id"), given)),
            Section(
                "Affiliations",
                in_full(citing, CITED.format("f.affiliation_id", "affiliation_id"), given),
            ),
            Section("Kin", kinships(citing, CITED.format("kinship_id", "kinship_id"), given)),
            Section("Cases", cases(citing, CITED.format("case_id", "case_id"), given)),
            Section("Totals", tallies(citing, CITED.format("tally_id", "tally_id"), given)),
            Section("People and organizations", parties(citing, people, given)),
            Section("Other names", names(citing, CITED.format("n.id", "name_id"), given)),
        ],
        citing.about,
    )


def _facts(reader: Reader, source: int) -> Iterator[str]:
    publisher, published, basis, url, retrieved, sha256, has_text, citations = first(
        reader, SOURCE, {"id": source}
    )
    inferred = ", inferred" if basis == "inferred" else ""
    for label, value in (
        ("publisher", publisher),
        ("published", published and f"{published}{inferred}"),
        ("url", url),
        ("retrieved", retrieved),
        ("sha256", sha256),
        ("text", "kept here" if has_text else None),
        ("citations", citations),
    ):
        if value is not None:
            yield f"{label}: {value}"
