"""What parties are to organizations, a line each; what is only alleged says so first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger.reports.wording import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from caseledger.reports.pages.citing import Citing

ALLEGED = "ALLEGED: the source reports an allegation; it is not recorded here as a fact."

AFFILIATIONS = """
    SELECT f.affiliation_id, f.ref, f.party_ref, f.party, f.relation, f.organization_ref,
           f.organization, f.standing, f.title, f.period
      FROM affiliations_overview f
      JOIN parties p ON p.id = f.party_id
     WHERE {where}
     ORDER BY {order}"""


class Affiliation(NamedTuple):
    """What one party is to one organization."""

    id: int
    ref: str
    party_ref: str
    party: str
    relation: str
    organization_ref: str
    organization: str
    standing: str
    title: str | None
    period: str | None

    @property
    def whose(self) -> str:
        """The party."""
        return f"{self.party_ref} {self.party}"

    def said(self, *, of: bool = True) -> str:
        """`founder of O3 CJNG, asserted; title: co-founder`, or the same without `of O3 CJNG`."""
        joined = JOINED.get(self.relation, f"{self.relation} of")
        to = f"{joined} {self.organization_ref} {self.organization}" if of else self.relation
        alleged = self.standing == "alleged"
        standing = f"ALLEGED: {to}" if alleged else f"{to}, {self.standing}"
        title = self.title and f"title: {self.title}"
        period = self.period and f"period: {self.period}"
        return "; ".join(part for part in (standing, title, period) if part)


def of_party(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """The affiliations (`f`) of one party, as they were recorded."""
    for row, cited in _read(citing, where, "f.affiliation_id", given):
        yield f"{row.ref} {row.said()}{cited}"


def to_organization(citing: Citing, given: Mapping[str, object]) -> Iterator[str]:
    """Who is affiliated to an organization, in order of their names."""
    order = "p.name_key, f.affiliation_id"
    for row, cited in _read(citing, "f.organization_id = :id", order, given):
        citing.note(
            f"What was done to those affiliated to it: caseledger report --cartel"
            f" {row.organization_ref}"
        )
        yield f"{row.ref} {row.whose} — {row.said(of=False)}{cited}"


def in_full(citing: Citing, where: str, given: Mapping[str, object]) -> Iterator[str]:
    """Affiliations (`f`) of anyone to any organization."""
    for row, cited in _read(citing, where, "f.affiliation_id", given):
        yield f"{row.ref} {row.whose} — {row.said()}{cited}"


def _read(
    citing: Citing, where: str, order: str, given: Mapping[str, object]
) -> Iterator[tuple[Affiliation, str]]:
    rows = citing.reader.rows(AFFILIATIONS.format(where=where, order=order), given)
    for row, cited in citing.each("affiliation_id", rows):
        affiliation = Affiliation(*row)
        if affiliation.standing == "alleged":
            citing.note(ALLEGED)
        yield affiliation, cited
