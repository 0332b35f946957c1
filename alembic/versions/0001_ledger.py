"""The ledger: parties, relations, cases, actions and their details, tallies, sources.

It imports nothing from caseledger: what a revision made must not change with the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

APPLICATION_ID = 0x43534C47
"""`CSLG`: tells a caseledger file from the database of another program."""

TABLES = (
    "parties",
    "persons",
    "organizations",
    "unnamed_groups",
    "group_members",
    "names",
    "affiliations",
    "kinships",
    "cases",
    "actions",
    "cooperations",
    "arrests",
    "charges",
    "extraditions",
    "convictions",
    "sentences",
    "designations",
    "delistings",
    "tallies",
    "tally_actions",
    "sources",
    "source_texts",
    "citations",
)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null)


def _integer(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(name))


def _foreign(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name)


def _keyed() -> tuple[sa.Column[int], sa.Column[str], sa.Column[str]]:
    return (_integer("id"), _text("dataset"), _text("key"))


def _kept() -> tuple[sa.Column[int] | sa.Column[str], ...]:
    return (
        _integer("version"),
        _text("recorded_at"),
        _text("recorded_by"),
        _text("corrected_at", null=True),
        _text("withdrawn_at", null=True),
        _text("withdrawn_reason", null=True),
    )


def _record_rules(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.UniqueConstraint("dataset", "key", name=f"uq_{table}_dataset_key"),
        _check(f"ck_{table}_keyed", "length(dataset) > 0 AND length(key) > 0"),
        _check(
            f"ck_{table}_withdrawn_with_reason",
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
        ),
    )


def upgrade() -> None:
    _parties()
    _relations()
    _actions()
    _details()
    _tallies()
    _sources()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _parties() -> None:
    op.create_table(
        "parties",
        *_keyed(),
        _text("kind"),
        _text("name"),
        _text("name_key"),
        _integer("is_named"),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_parties"),
        *_record_rules("parties"),
        sa.UniqueConstraint("id", "kind", name="uq_parties_id_kind"),
        _check("ck_parties_kind", "kind IN ('person', 'organization', 'group')"),
        _check("ck_parties_is_named", "is_named IN (0, 1)"),
        _check("ck_parties_group_unnamed", "kind <> 'group' OR is_named = 0"),
        _check("ck_parties_name_not_blank", "length(trim(name)) > 0"),
        _check("ck_parties_name_key_not_blank", "length(trim(name_key)) > 0"),
        sqlite_strict=True,
    )
    op.create_index("ix_parties_name_key", "parties", ["name_key"])
    op.create_table(
        "persons",
        _integer("id"),
        _text("kind"),
        _text("sex", null=True),
        _text("birth", null=True),
        _text("birth_earliest", null=True),
        _text("birth_latest", null=True),
        _text("nationality", null=True),
        _text("suffix", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["parties.id", "parties.kind"], name="fk_persons_id_kind"
        ),
        _check("ck_persons_kind", "kind IN ('person')"),
        _check("ck_persons_sex", "sex IN ('female', 'male')"),
        _check(
            "ck_persons_birth_bounded",
            "(birth IS NULL) = (birth_earliest IS NULL AND birth_latest IS NULL)",
        ),
        _check("ck_persons_birth_in_order", "birth_earliest <= birth_latest"),
        _check("ck_persons_birth_earliest_whole_day", "length(birth_earliest) = 10"),
        _check("ck_persons_birth_latest_whole_day", "length(birth_latest) = 10"),
        _check(
            "ck_persons_nationality_code",
            "length(nationality) = 2 AND nationality = upper(nationality)",
        ),
        _check("ck_persons_suffix_not_blank", "length(trim(suffix)) > 0"),
        sqlite_strict=True,
    )
    op.create_table(
        "organizations",
        _integer("id"),
        _text("kind"),
        _text("type"),
        sa.PrimaryKeyConstraint("id", name="pk_organizations"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["parties.id", "parties.kind"], name="fk_organizations_id_kind"
        ),
        _check("ck_organizations_kind", "kind IN ('organization')"),
        _check(
            "ck_organizations_type",
            "type IN ('cartel', 'gang', 'smuggling network', 'company', 'agency', 'government', 'unknown')",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "unnamed_groups",
        _integer("id"),
        _text("kind"),
        _integer("headcount", null=True),
        _text("qualifier"),
        _text("words", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_unnamed_groups"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["parties.id", "parties.kind"], name="fk_unnamed_groups_id_kind"
        ),
        _check("ck_unnamed_groups_kind", "kind IN ('group')"),
        _check(
            "ck_unnamed_groups_qualifier", "qualifier IN ('exactly', 'at least', 'about', 'words')"
        ),
        _check("ck_unnamed_groups_headcount", "headcount >= 2"),
        _check(
            "ck_unnamed_groups_counted_or_words",
            "(qualifier = 'words') = (headcount IS NULL) AND (qualifier = 'words') = (words IS NOT NULL)",
        ),
        _check("ck_unnamed_groups_words_not_blank", "length(trim(words)) > 0"),
        sqlite_strict=True,
    )
    op.create_table(
        "group_members",
        _integer("group_id"),
        _integer("member_id"),
        sa.PrimaryKeyConstraint("group_id", "member_id", name="pk_group_members"),
        _check("ck_group_members_not_itself", "group_id <> member_id"),
        _foreign("fk_group_members_group_id", "group_id", "unnamed_groups.id"),
        _foreign("fk_group_members_member_id", "member_id", "parties.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_group_members_member_id", "group_members", ["member_id"])
    op.create_table(
        "names",
        *_keyed(),
        _integer("party_id"),
        _text("name"),
        _text("name_key"),
        _text("kind"),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_names"),
        *_record_rules("names"),
        _check(
            "ck_names_kind",
            "kind IN ('aka', 'fka', 'nickname', 'weak', 'acronym', 'misspelling', 'primary', 'description')",
        ),
        _check("ck_names_name_not_blank", "length(trim(name)) > 0"),
        _check("ck_names_name_key_not_blank", "length(trim(name_key)) > 0"),
        _foreign("fk_names_party_id", "party_id", "parties.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_names_name_key", "names", ["name_key"])
    op.create_index("ix_names_party_id", "names", ["party_id"])


def _relations() -> None:
    op.create_table(
        "affiliations",
        *_keyed(),
        _integer("party_id"),
        _integer("organization_id"),
        _text("relation"),
        _text("title", null=True),
        _text("standing"),
        _text("period", null=True),
        _text("earliest", null=True),
        _text("latest", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_affiliations"),
        *_record_rules("affiliations"),
        _check(
            "ck_affiliations_relation",
            "relation IN ('leader', 'founder', 'member', 'faction', 'acts for', 'linked')",
        ),
        _check("ck_affiliations_standing", "standing IN ('asserted', 'alleged')"),
        _check("ck_affiliations_title_not_blank", "length(trim(title)) > 0"),
        _check(
            "ck_affiliations_period_bounded",
            "(period IS NULL) = (earliest IS NULL AND latest IS NULL)",
        ),
        _check("ck_affiliations_period_in_order", "earliest <= latest"),
        _check("ck_affiliations_period_earliest_whole_day", "length(earliest) = 10"),
        _check("ck_affiliations_period_latest_whole_day", "length(latest) = 10"),
        _check("ck_affiliations_not_itself", "party_id <> organization_id"),
        _foreign("fk_affiliations_party_id", "party_id", "parties.id"),
        _foreign("fk_affiliations_organization_id", "organization_id", "organizations.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_affiliations_organization_id", "affiliations", ["organization_id"])
    op.create_index("ix_affiliations_party_id", "affiliations", ["party_id"])
    op.create_table(
        "kinships",
        *_keyed(),
        _integer("person_id"),
        _text("relation"),
        _integer("relative_id"),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_kinships"),
        *_record_rules("kinships"),
        _check(
            "ck_kinships_relation",
            "relation IN ('son of', 'daughter of', 'child of', 'father of', 'mother of', 'parent of', 'brother of', 'sister of', 'sibling of', 'spouse of', 'nephew of', 'niece of', 'uncle of', 'aunt of', 'cousin of', 'relative of')",
        ),
        _check("ck_kinships_not_itself", "person_id <> relative_id"),
        _foreign("fk_kinships_person_id", "person_id", "persons.id"),
        _foreign("fk_kinships_relative_id", "relative_id", "persons.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_kinships_person_id", "kinships", ["person_id"])
    op.create_index("ix_kinships_relative_id", "kinships", ["relative_id"])
    op.create_table(
        "cases",
        *_keyed(),
        _text("title"),
        _text("title_key"),
        _text("docket", null=True),
        _text("court", null=True),
        _integer("organization_id", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        *_record_rules("cases"),
        _check("ck_cases_title_not_blank", "length(trim(title)) > 0"),
        _check("ck_cases_title_key_not_blank", "length(trim(title_key)) > 0"),
        _check("ck_cases_docket_not_blank", "length(trim(docket)) > 0"),
        _check("ck_cases_court_not_blank", "length(trim(court)) > 0"),
        _foreign("fk_cases_organization_id", "organization_id", "organizations.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_cases_organization_id", "cases", ["organization_id"])
    op.create_index("ix_cases_title_key", "cases", ["title_key"])


def _actions() -> None:
    op.create_table(
        "actions",
        *_keyed(),
        _text("kind"),
        _integer("subject_id"),
        _text("date", null=True),
        _text("earliest", null=True),
        _text("latest", null=True),
        _text("date_kind", null=True),
        _text("date_basis", null=True),
        _text("place", null=True),
        _text("country", null=True),
        _integer("authority_id", null=True),
        _integer("announced_by_id", null=True),
        _integer("case_id", null=True),
        _text("summary", null=True),
        _integer("ends_id", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
        *_record_rules("actions"),
        sa.UniqueConstraint("id", "kind", name="uq_actions_id_kind"),
        _check(
            "ck_actions_kind",
            "kind IN ('arrest', 'charge', 'extradition', 'conviction', 'sentence', 'designation', 'release', 'acquittal', 'dismissal', 'reversal', 'prosecution', 'delisting', 'death')",
        ),
        _check("ck_actions_date_bounded", "(date IS NULL) = (earliest IS NULL AND latest IS NULL)"),
        _check("ck_actions_date_in_order", "earliest <= latest"),
        _check("ck_actions_date_earliest_whole_day", "length(earliest) = 10"),
        _check("ck_actions_date_latest_whole_day", "length(latest) = 10"),
        _check("ck_actions_date_kind", "date_kind IN ('event', 'announced')"),
        _check("ck_actions_date_basis", "date_basis IN ('stated', 'inferred')"),
        _check(
            "ck_actions_date_qualified",
            "(date IS NULL) = (date_kind IS NULL) AND (date IS NULL) = (date_basis IS NULL)",
        ),
        _check("ck_actions_country_code", "length(country) = 2 AND country = upper(country)"),
        _check("ck_actions_place_not_blank", "length(trim(place)) > 0"),
        _check("ck_actions_summary_not_blank", "length(trim(summary)) > 0"),
        _check(
            "ck_actions_ends_only_what_ends",
            "ends_id IS NULL OR kind IN ('release', 'acquittal', 'dismissal', 'reversal', 'delisting')",
        ),
        _check("ck_actions_not_itself", "ends_id <> id"),
        _foreign("fk_actions_subject_id", "subject_id", "parties.id"),
        _foreign("fk_actions_authority_id", "authority_id", "organizations.id"),
        _foreign("fk_actions_announced_by_id", "announced_by_id", "organizations.id"),
        _foreign("fk_actions_case_id", "case_id", "cases.id"),
        _foreign("fk_actions_ends_id", "ends_id", "actions.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_actions_authority_id_kind", "actions", ["authority_id", "kind"])
    op.create_index("ix_actions_case_id", "actions", ["case_id"])
    op.create_index("ix_actions_ends_id", "actions", ["ends_id"])
    op.create_index("ix_actions_kind", "actions", ["kind"])
    op.create_index("ix_actions_subject_id", "actions", ["subject_id"])
    op.create_table(
        "cooperations",
        _integer("action_id"),
        _integer("organization_id"),
        sa.PrimaryKeyConstraint("action_id", "organization_id", name="pk_cooperations"),
        _foreign("fk_cooperations_action_id", "action_id", "actions.id"),
        _foreign("fk_cooperations_organization_id", "organization_id", "organizations.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_cooperations_organization_id", "cooperations", ["organization_id"])


def _details() -> None:
    op.create_table(
        "arrests",
        _integer("id"),
        _text("kind"),
        _text("custody", null=True),
        _text("warrant", null=True),
        _integer("prosecution_by_id", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_arrests"),
        _check("ck_arrests_custody_not_blank", "length(trim(custody)) > 0"),
        _check("ck_arrests_warrant_not_blank", "length(trim(warrant)) > 0"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_arrests_id_kind"
        ),
        _check("ck_arrests_kind", "kind IN ('arrest')"),
        _foreign("fk_arrests_prosecution_by_id", "prosecution_by_id", "organizations.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "charges",
        _integer("id"),
        _text("kind"),
        _text("instrument"),
        _text("offense", null=True),
        _text("statute", null=True),
        _text("court", null=True),
        _text("conduct", null=True),
        _text("conduct_earliest", null=True),
        _text("conduct_latest", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_charges"),
        _check("ck_charges_instrument", "instrument IN ('indictment', 'complaint', 'other')"),
        _check("ck_charges_offense_not_blank", "length(trim(offense)) > 0"),
        _check("ck_charges_statute_not_blank", "length(trim(statute)) > 0"),
        _check("ck_charges_court_not_blank", "length(trim(court)) > 0"),
        _check(
            "ck_charges_conduct_bounded",
            "(conduct IS NULL) = (conduct_earliest IS NULL AND conduct_latest IS NULL)",
        ),
        _check("ck_charges_conduct_in_order", "conduct_earliest <= conduct_latest"),
        _check("ck_charges_conduct_earliest_whole_day", "length(conduct_earliest) = 10"),
        _check("ck_charges_conduct_latest_whole_day", "length(conduct_latest) = 10"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_charges_id_kind"
        ),
        _check("ck_charges_kind", "kind IN ('charge')"),
        sqlite_strict=True,
    )
    op.create_table(
        "extraditions",
        _integer("id"),
        _text("kind"),
        _text("mode"),
        _text("from_country", null=True),
        _text("to_country", null=True),
        _text("offense", null=True),
        _text("court", null=True),
        _text("conduct", null=True),
        _text("conduct_earliest", null=True),
        _text("conduct_latest", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_extraditions"),
        _check(
            "ck_extraditions_mode",
            "mode IN ('extradition', 'deportation', 'expulsion', 'transfer')",
        ),
        _check(
            "ck_extraditions_from_country_code",
            "length(from_country) = 2 AND from_country = upper(from_country)",
        ),
        _check(
            "ck_extraditions_to_country_code",
            "length(to_country) = 2 AND to_country = upper(to_country)",
        ),
        _check("ck_extraditions_offense_not_blank", "length(trim(offense)) > 0"),
        _check("ck_extraditions_court_not_blank", "length(trim(court)) > 0"),
        _check(
            "ck_extraditions_conduct_bounded",
            "(conduct IS NULL) = (conduct_earliest IS NULL AND conduct_latest IS NULL)",
        ),
        _check("ck_extraditions_conduct_in_order", "conduct_earliest <= conduct_latest"),
        _check("ck_extraditions_conduct_earliest_whole_day", "length(conduct_earliest) = 10"),
        _check("ck_extraditions_conduct_latest_whole_day", "length(conduct_latest) = 10"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_extraditions_id_kind"
        ),
        _check("ck_extraditions_kind", "kind IN ('extradition')"),
        sqlite_strict=True,
    )
    op.create_table(
        "convictions",
        _integer("id"),
        _text("kind"),
        _text("basis"),
        _text("offense", null=True),
        _text("statute", null=True),
        _text("court", null=True),
        _integer("sentence_months", null=True),
        _integer("sentence_life"),
        _text("sentence_kind", null=True),
        _text("sentence_extent", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_convictions"),
        _check("ck_convictions_basis", "basis IN ('plea', 'verdict', 'unstated')"),
        _check("ck_convictions_offense_not_blank", "length(trim(offense)) > 0"),
        _check("ck_convictions_statute_not_blank", "length(trim(statute)) > 0"),
        _check("ck_convictions_court_not_blank", "length(trim(court)) > 0"),
        _check("ck_convictions_sentence_months", "sentence_months > 0"),
        _check("ck_convictions_sentence_life", "sentence_life IN (0, 1)"),
        _check("ck_convictions_months_or_life", "sentence_life = 0 OR sentence_months IS NULL"),
        _check("ck_convictions_sentence_extent", "sentence_extent IN ('imposed', 'maximum')"),
        _check("ck_convictions_sentence_kind_not_blank", "length(trim(sentence_kind)) > 0"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_convictions_id_kind"
        ),
        _check("ck_convictions_kind", "kind IN ('conviction')"),
        sqlite_strict=True,
    )
    op.create_table(
        "sentences",
        _integer("id"),
        _text("kind"),
        _integer("sentence_months", null=True),
        _integer("sentence_life"),
        _text("sentence_kind", null=True),
        _text("sentence_extent", null=True),
        _text("court", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_sentences"),
        _check("ck_sentences_sentence_months", "sentence_months > 0"),
        _check("ck_sentences_sentence_life", "sentence_life IN (0, 1)"),
        _check("ck_sentences_months_or_life", "sentence_life = 0 OR sentence_months IS NULL"),
        _check("ck_sentences_sentence_extent", "sentence_extent IN ('imposed', 'maximum')"),
        _check("ck_sentences_sentence_kind_not_blank", "length(trim(sentence_kind)) > 0"),
        _check("ck_sentences_court_not_blank", "length(trim(court)) > 0"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_sentences_id_kind"
        ),
        _check("ck_sentences_kind", "kind IN ('sentence')"),
        sqlite_strict=True,
    )
    op.create_table(
        "designations",
        _integer("id"),
        _text("kind"),
        _text("list_name", null=True),
        _text("program", null=True),
        _text("list_entry", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_designations"),
        _check("ck_designations_list_name_not_blank", "length(trim(list_name)) > 0"),
        _check("ck_designations_program_not_blank", "length(trim(program)) > 0"),
        _check("ck_designations_list_entry_not_blank", "length(trim(list_entry)) > 0"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_designations_id_kind"
        ),
        _check("ck_designations_kind", "kind IN ('designation')"),
        sqlite_strict=True,
    )
    op.create_table(
        "delistings",
        _integer("id"),
        _text("kind"),
        _text("list_name", null=True),
        _text("program", null=True),
        _text("list_entry", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_delistings"),
        _check("ck_delistings_list_name_not_blank", "length(trim(list_name)) > 0"),
        _check("ck_delistings_program_not_blank", "length(trim(program)) > 0"),
        _check("ck_delistings_list_entry_not_blank", "length(trim(list_entry)) > 0"),
        sa.ForeignKeyConstraint(
            ["id", "kind"], ["actions.id", "actions.kind"], name="fk_delistings_id_kind"
        ),
        _check("ck_delistings_kind", "kind IN ('delisting')"),
        sqlite_strict=True,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        *_keyed(),
        _text("description"),
        _text("measure", null=True),
        _text("unit"),
        _integer("minimum", null=True),
        _integer("maximum", null=True),
        _text("qualifier"),
        _text("words", null=True),
        _text("period", null=True),
        _text("earliest", null=True),
        _text("latest", null=True),
        _text("period_basis", null=True),
        _integer("authority_id", null=True),
        _text("program", null=True),
        _integer("part_of_id", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_tallies"),
        *_record_rules("tallies"),
        _check("ck_tallies_description_not_blank", "length(trim(description)) > 0"),
        _check("ck_tallies_words_not_blank", "length(trim(words)) > 0"),
        _check("ck_tallies_program_not_blank", "length(trim(program)) > 0"),
        _check(
            "ck_tallies_measure",
            "measure IN ('arrest', 'charge', 'extradition', 'conviction', 'sentence', 'designation', 'release', 'acquittal', 'dismissal', 'reversal', 'prosecution', 'delisting', 'death')",
        ),
        _check(
            "ck_tallies_unit",
            "unit IN ('people', 'organizations', 'arrests', 'convictions', 'warrants', 'tips')",
        ),
        _check("ck_tallies_qualifier", "qualifier IN ('exactly', 'over', 'about', 'words')"),
        _check("ck_tallies_counts_in_order", "minimum >= 0 AND maximum >= minimum"),
        _check("ck_tallies_counted_or_words", "(qualifier = 'words') = (words IS NOT NULL)"),
        _check("ck_tallies_number", "qualifier = 'words' OR minimum IS NOT NULL"),
        _check(
            "ck_tallies_period_bounded", "(period IS NULL) = (earliest IS NULL AND latest IS NULL)"
        ),
        _check("ck_tallies_period_in_order", "earliest <= latest"),
        _check("ck_tallies_period_earliest_whole_day", "length(earliest) = 10"),
        _check("ck_tallies_period_latest_whole_day", "length(latest) = 10"),
        _check("ck_tallies_period_basis", "period_basis IN ('stated', 'inferred')"),
        _check("ck_tallies_period_qualified", "(period IS NULL) = (period_basis IS NULL)"),
        _check("ck_tallies_not_itself", "part_of_id <> id"),
        _foreign("fk_tallies_authority_id", "authority_id", "organizations.id"),
        _foreign("fk_tallies_part_of_id", "part_of_id", "tallies.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_tallies_authority_id", "tallies", ["authority_id"])
    op.create_index("ix_tallies_part_of_id", "tallies", ["part_of_id"])
    op.create_table(
        "tally_actions",
        _integer("tally_id"),
        _integer("action_id"),
        sa.PrimaryKeyConstraint("tally_id", "action_id", name="pk_tally_actions"),
        _foreign("fk_tally_actions_tally_id", "tally_id", "tallies.id"),
        _foreign("fk_tally_actions_action_id", "action_id", "actions.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_tally_actions_action_id", "tally_actions", ["action_id"])


def _sources() -> None:
    op.create_table(
        "sources",
        *_keyed(),
        _text("title"),
        _text("title_key"),
        _text("publisher", null=True),
        _text("url", null=True),
        _text("published", null=True),
        _text("published_earliest", null=True),
        _text("published_latest", null=True),
        _text("published_basis", null=True),
        _text("retrieved", null=True),
        _text("sha256", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        *_record_rules("sources"),
        _check("ck_sources_title_not_blank", "length(trim(title)) > 0"),
        _check("ck_sources_title_key_not_blank", "length(trim(title_key)) > 0"),
        _check("ck_sources_publisher_not_blank", "length(trim(publisher)) > 0"),
        _check("ck_sources_url_not_blank", "length(trim(url)) > 0"),
        _check("ck_sources_retrieved_not_blank", "length(trim(retrieved)) > 0"),
        _check(
            "ck_sources_published_bounded",
            "(published IS NULL) = (published_earliest IS NULL AND published_latest IS NULL)",
        ),
        _check("ck_sources_published_in_order", "published_earliest <= published_latest"),
        _check("ck_sources_published_earliest_whole_day", "length(published_earliest) = 10"),
        _check("ck_sources_published_latest_whole_day", "length(published_latest) = 10"),
        _check("ck_sources_published_basis", "published_basis IN ('stated', 'inferred')"),
        _check("ck_sources_published_qualified", "(published IS NULL) = (published_basis IS NULL)"),
        _check("ck_sources_sha256", "length(sha256) = 64"),
        sqlite_strict=True,
    )
    op.create_index("ix_sources_title_key", "sources", ["title_key"])
    op.create_table(
        "source_texts",
        _integer("source_id"),
        _text("text"),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_texts"),
        _foreign("fk_source_texts_source_id", "source_id", "sources.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "citations",
        *_keyed(),
        _integer("source_id"),
        _text("section", null=True),
        _text("phrase", null=True),
        _integer("action_id", null=True),
        _integer("affiliation_id", null=True),
        _integer("name_id", null=True),
        _integer("kinship_id", null=True),
        _integer("tally_id", null=True),
        _integer("party_id", null=True),
        _integer("case_id", null=True),
        *_kept(),
        sa.PrimaryKeyConstraint("id", name="pk_citations"),
        *_record_rules("citations"),
        _check("ck_citations_section_not_blank", "length(trim(section)) > 0"),
        _check("ck_citations_phrase_not_blank", "length(trim(phrase)) > 0"),
        _check(
            "ck_citations_cites_one",
            "CASE WHEN action_id IS NULL THEN 0 ELSE 1 END + CASE WHEN affiliation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN name_id IS NULL THEN 0 ELSE 1 END + CASE WHEN kinship_id IS NULL THEN 0 ELSE 1 END + CASE WHEN tally_id IS NULL THEN 0 ELSE 1 END + CASE WHEN party_id IS NULL THEN 0 ELSE 1 END + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END = 1",
        ),
        _foreign("fk_citations_source_id", "source_id", "sources.id"),
        _foreign("fk_citations_action_id", "action_id", "actions.id"),
        _foreign("fk_citations_affiliation_id", "affiliation_id", "affiliations.id"),
        _foreign("fk_citations_name_id", "name_id", "names.id"),
        _foreign("fk_citations_kinship_id", "kinship_id", "kinships.id"),
        _foreign("fk_citations_tally_id", "tally_id", "tallies.id"),
        _foreign("fk_citations_party_id", "party_id", "parties.id"),
        _foreign("fk_citations_case_id", "case_id", "cases.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_citations_action_id", "citations", ["action_id"])
    op.create_index("ix_citations_affiliation_id", "citations", ["affiliation_id"])
    op.create_index("ix_citations_case_id", "citations", ["case_id"])
    op.create_index("ix_citations_kinship_id", "citations", ["kinship_id"])
    op.create_index("ix_citations_name_id", "citations", ["name_id"])
    op.create_index("ix_citations_party_id", "citations", ["party_id"])
    op.create_index("ix_citations_source_id", "citations", ["source_id"])
    op.create_index("ix_citations_tally_id", "citations", ["tally_id"])
