"""The views: what the registry promises to those who read it with other programs.

Plain SQL, the same for both engines but for the helper that makes an ordered list. Columns are TEXT
and INTEGER only; rows that were withdrawn are not shown. `docs/views.md` describes every column.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VIEWS = (
    "report_actions",
    "people",
    "organizations_overview",
    "cases_overview",
    "sources_overview",
    "tallies_overview",
    "affiliations_overview",
    "kinships_overview",
)


def _list(expression: str, rows: str, order: str) -> str:
    """A scalar subquery that joins the values of some rows by `; `, in order."""
    if op.get_bind().dialect.name == "sqlite":
        ordered = f"SELECT {expression} AS item FROM {rows} ORDER BY {order}"
        return f"(SELECT group_concat(item, '; ') FROM ({ordered}))"
    return f"(SELECT string_agg({expression}, '; ' ORDER BY {order}) FROM {rows})"


def _aliases(party: str) -> str:
    return _list(
        "n.name",
        f"names n WHERE n.party_id = {party} AND n.withdrawn_at IS NULL"
        " AND n.kind NOT IN ('primary', 'description')",
        "n.id",
    )


def _sources(column: str, value: str) -> str:
    return _list(
        "'S' || q.source_id",
        "(SELECT l.source_id, min(l.id) AS first_id FROM citations l"
        f" WHERE l.{column} = {value} AND l.withdrawn_at IS NULL GROUP BY l.source_id) q",
        "q.first_id",
    )


def _first_citation(column: str, value: str) -> str:
    return (
        f"(SELECT min(l.id) FROM citations l WHERE l.{column} = {value} AND l.withdrawn_at IS NULL)"
    )


def _report_actions() -> str:
    """One row per action and living affiliation of its subject."""
    return f"""
    SELECT a.id AS action_id, 'A' || a.id AS action, a.kind, a.date, a.earliest, a.latest,
           a.date_kind, a.date_basis,
           s.id AS subject_id, s.kind AS subject_kind, s.is_named AS subject_is_named,
           s.name AS subject, upper(substr(s.kind, 1, 1)) || s.id AS subject_ref,
           {_aliases("s.id")} AS aliases,
           CASE s.kind WHEN 'person' THEN 1 WHEN 'organization' THEN 0 ELSE g.headcount END AS people,
           g.qualifier AS people_qualifier,
           f.id AS affiliation_id, f.relation, f.title, f.standing,
           f.organization_id, fo.name AS organization,
           a.authority_id, au.name AS authority,
           a.announced_by_id, an.name AS announced_by,
           {_list("o.name", "cooperations w JOIN parties o ON o.id = w.organization_id WHERE w.action_id = a.id", "o.id")} AS cooperation,
           a.place, a.country, a.summary, 'A' || a.ends_id AS ends,
           a.case_id, c.title AS case_title,
           c.organization_id AS case_organization_id, co.name AS case_organization,
           ar.custody, ar.warrant, pb.name AS prosecution_by,
           ch.instrument, ex.mode, ex.from_country, ex.to_country, cv.basis,
           coalesce(ch.offense, ex.offense, cv.offense) AS offense,
           coalesce(ch.statute, cv.statute) AS statute,
           coalesce(ch.court, ex.court, cv.court, se.court) AS court,
           coalesce(ch.conduct, ex.conduct) AS conduct,
           coalesce(cv.sentence_months, se.sentence_months) AS sentence_months,
           coalesce(cv.sentence_life, se.sentence_life) AS sentence_life,
           coalesce(cv.sentence_kind, se.sentence_kind) AS sentence_kind,
           coalesce(cv.sentence_extent, se.sentence_extent) AS sentence_extent,
           coalesce(de.list_name, dl.list_name) AS list_name,
           coalesce(de.program, dl.program) AS program,
           coalesce(de.list_entry, dl.list_entry) AS list_entry,
           {_sources("action_id", "a.id")} AS source,
           l.source_id, l.section, l.phrase, so.url
      FROM actions a
      JOIN parties s ON s.id = a.subject_id
      LEFT JOIN unnamed_groups g ON g.id = a.subject_id
      LEFT JOIN affiliations f ON f.party_id = a.subject_id AND f.withdrawn_at IS NULL
      LEFT JOIN parties fo ON fo.id = f.organization_id
      LEFT JOIN parties au ON au.id = a.authority_id
      LEFT JOIN parties an ON an.id = a.announced_by_id
      LEFT JOIN cases c ON c.id = a.case_id
      LEFT JOIN parties co ON co.id = c.organization_id
      LEFT JOIN arrests ar ON ar.id = a.id
      LEFT JOIN parties pb ON pb.id = ar.prosecution_by_id
      LEFT JOIN charges ch ON ch.id = a.id
      LEFT JOIN extraditions ex ON ex.id = a.id
      LEFT JOIN convictions cv ON cv.id = a.id
      LEFT JOIN sentences se ON se.id = a.id
      LEFT JOIN designations de ON de.id = a.id
      LEFT JOIN delistings dl ON dl.id = a.id
      LEFT JOIN citations l ON l.id = {_first_citation("action_id", "a.id")}
      LEFT JOIN sources so ON so.id = l.source_id
     WHERE a.withdrawn_at IS NULL"""


def _people() -> str:
    """People and unnamed groups of people, one row each."""
    return f"""
    SELECT s.id AS party_id, upper(substr(s.kind, 1, 1)) || s.id AS ref, s.kind, s.name,
           s.is_named, {_aliases("s.id")} AS aliases,
           CASE s.kind WHEN 'person' THEN 1 ELSE g.headcount END AS people,
           g.qualifier AS people_qualifier,
           p.sex, p.birth, p.birth_earliest, p.birth_latest, p.nationality, p.suffix,
           {_list("o.name", "affiliations f JOIN parties o ON o.id = f.organization_id WHERE f.party_id = s.id AND f.withdrawn_at IS NULL", "o.name, f.relation, f.id")} AS organizations,
           (SELECT count(*) FROM actions a
             WHERE a.subject_id = s.id AND a.withdrawn_at IS NULL) AS actions,
           {_sources("party_id", "s.id")} AS source
      FROM parties s
      LEFT JOIN persons p ON p.id = s.id
      LEFT JOIN unnamed_groups g ON g.id = s.id
     WHERE s.kind <> 'organization' AND s.withdrawn_at IS NULL"""


def _organizations_overview() -> str:
    """Organizations, one row each: targets, companies, agencies and governments."""
    return f"""
    SELECT s.id AS organization_id, 'O' || s.id AS ref, s.name, o.type, s.is_named,
           {_aliases("s.id")} AS aliases,
           {_list("p.name", "affiliations f JOIN parties p ON p.id = f.organization_id WHERE f.party_id = s.id AND f.relation = 'faction' AND f.withdrawn_at IS NULL", "p.name, f.id")} AS faction_of,
           (SELECT count(DISTINCT f.party_id) FROM affiliations f
             WHERE f.organization_id = s.id AND f.withdrawn_at IS NULL) AS affiliated,
           (SELECT count(*) FROM actions a
             WHERE a.subject_id = s.id AND a.withdrawn_at IS NULL) AS actions,
           (SELECT count(*) FROM cases c
             WHERE c.organization_id = s.id AND c.withdrawn_at IS NULL) AS cases,
           {_sources("party_id", "s.id")} AS source
      FROM parties s
      JOIN organizations o ON o.id = s.id
     WHERE s.withdrawn_at IS NULL"""


def _cases_overview() -> str:
    """Cases, one row each, with the organization that they concern."""
    return f"""
    SELECT c.id AS case_id, 'C' || c.id AS ref, c.title, c.docket, c.court,
           c.organization_id, o.name AS organization,
           (SELECT count(*) FROM actions a
             WHERE a.case_id = c.id AND a.withdrawn_at IS NULL) AS actions,
           {_sources("case_id", "c.id")} AS source
      FROM cases c
      LEFT JOIN parties o ON o.id = c.organization_id
     WHERE c.withdrawn_at IS NULL"""


def _sources_overview() -> str:
    """Sources, one row each."""
    return """
    SELECT s.id AS source_id, 'S' || s.id AS ref, s.title, s.publisher, s.published,
           s.published_basis, s.url, s.retrieved, s.sha256,
           (SELECT count(*) FROM source_texts t WHERE t.source_id = s.id) AS has_text,
           (SELECT count(*) FROM citations l
             WHERE l.source_id = s.id AND l.withdrawn_at IS NULL) AS citations
      FROM sources s
     WHERE s.withdrawn_at IS NULL"""


def _tallies_overview() -> str:
    """Totals that sources claim, one row each; never to be added to the records."""
    return f"""
    SELECT t.id AS tally_id, 'T' || t.id AS ref, t.description, t.measure, t.unit, t.qualifier,
           t.minimum, t.maximum, t.words, t.period, t.earliest, t.latest, t.period_basis,
           t.authority_id, o.name AS authority, t.program, 'T' || t.part_of_id AS part_of,
           {_list("'A' || w.action_id", "tally_actions w JOIN actions a ON a.id = w.action_id WHERE w.tally_id = t.id AND a.withdrawn_at IS NULL", "w.action_id")} AS inside,
           {_sources("tally_id", "t.id")} AS source,
           l.section, l.phrase, so.url
      FROM tallies t
      LEFT JOIN parties o ON o.id = t.authority_id
      LEFT JOIN citations l ON l.id = {_first_citation("tally_id", "t.id")}
      LEFT JOIN sources so ON so.id = l.source_id
     WHERE t.withdrawn_at IS NULL"""


def _affiliations_overview() -> str:
    """What parties are to organizations, one row each."""
    return f"""
    SELECT f.id AS affiliation_id, 'F' || f.id AS ref, f.party_id,
           upper(substr(s.kind, 1, 1)) || s.id AS party_ref, s.name AS party,
           f.organization_id, 'O' || f.organization_id AS organization_ref, o.name AS organization,
           f.relation, f.title, f.standing, f.period, f.earliest, f.latest,
           {_sources("affiliation_id", "f.id")} AS source,
           l.section, l.phrase
      FROM affiliations f
      JOIN parties s ON s.id = f.party_id
      JOIN parties o ON o.id = f.organization_id
      LEFT JOIN citations l ON l.id = {_first_citation("affiliation_id", "f.id")}
     WHERE f.withdrawn_at IS NULL"""


def _kinships_overview() -> str:
    """What people are to their relatives, one row each."""
    return f"""
    SELECT k.id AS kinship_id, 'K' || k.id AS ref, k.person_id, 'P' || k.person_id AS person_ref,
           s.name AS person, k.relation, k.relative_id, 'P' || k.relative_id AS relative_ref,
           r.name AS relative,
           {_sources("kinship_id", "k.id")} AS source,
           l.section, l.phrase
      FROM kinships k
      JOIN parties s ON s.id = k.person_id
      JOIN parties r ON r.id = k.relative_id
      LEFT JOIN citations l ON l.id = {_first_citation("kinship_id", "k.id")}
     WHERE k.withdrawn_at IS NULL"""


def upgrade() -> None:
    selects = (
        _report_actions,
        _people,
        _organizations_overview,
        _cases_overview,
        _sources_overview,
        _tallies_overview,
        _affiliations_overview,
        _kinships_overview,
    )
    for name, select in zip(VIEWS, selects, strict=True):
        op.execute(f"CREATE VIEW {name} AS{select()}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
