"""Recording by hand what is no action: people, names, ties, kin, cases, sources, totals."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger, Ran

UNNAMED = "first individual convicted under the Bipartisan Safer Communities Act"


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was recorded."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


# People and organizations


def test_a_person_is_recorded_with_what_is_known(seeded: Caseledger, seeded_file: Path) -> None:
    """Without an action; the suffix is read from the name."""
    ran = seeded(
        "add", "person", "Fulano Inventado, Jr.", "--sex", "Male", "--birth", "1980",
        "--nationality", "Estados Unidos", "--source", "S1", "--section", "People",
        "--phrase", "born in 1980",
    )  # fmt: skip

    assert ran.out == "P39 Fulano Inventado, Jr.: new person\n"
    assert ask(
        seeded_file,
        "SELECT sex, birth, birth_earliest, birth_latest, nationality, suffix, section, phrase"
        " FROM persons JOIN citations c ON c.party_id = persons.id WHERE persons.id = 39",
    ) == [
        ("male", "1980", "1980-01-01", "1980-12-31", "US", "Jr.", "People", "born in 1980"),
    ]  # fmt: skip


def test_an_organization_is_recorded_with_its_type(seeded: Caseledger, seeded_file: Path) -> None:
    """Agencies and targets are never confused."""
    ran = seeded(
        "add", "organization", "Red de Ejemplo", "--type", "smuggling-network", "--source", "S1"
    )  # fmt: skip

    assert ran.out == "O39 Red de Ejemplo: new organization (smuggling network)\n"
    assert ask(seeded_file, "SELECT type FROM organizations WHERE id = 39") == [
        ("smuggling network",)
    ]


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_one_without_a_name_is_recorded_by_a_description(
    seeded: Caseledger, seeded_file: Path, kind: str
) -> None:
    """And can be named later."""
    ran = seeded("add", kind, "one of four brothers", "--unnamed", "--source", "S1")

    assert ran.out.endswith(f"39 one of four brothers: new unnamed {kind}\n")
    assert ask(seeded_file, "SELECT is_named FROM parties WHERE id = 39") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "name", "there"),
    [
        ("person", "erick VALENCIA-salazar", "P23 Erick Valencia Salazar"),
        ("organization", "cjng", "O3 Cartel Jalisco Nueva Generación"),
    ],
)
def test_a_name_that_is_there_is_recorded_again_only_with_new(
    seeded: Caseledger, kind: str, name: str, there: str
) -> None:
    """Two people may bear one name; that they do is said, not assumed."""
    said = refused(seeded("add", kind, name, "--source", "S1"), 1)
    ran = seeded("add", kind, name, "--source", "S1", "--new")

    assert f"is there already: {there}; --new records another" in said
    assert ran.code == 0


@pytest.mark.parametrize(
    ("kind", "name", "similar"),
    [("person", "Erik Valencia Salazar", "P23"), ("organization", "Golf Cartel", "O4")],
)
def test_a_similar_name_is_recorded_only_with_new(
    seeded: Caseledger, kind: str, name: str, similar: str
) -> None:
    """It may be a slip."""
    said = refused(seeded("add", kind, name, "--source", "S1"), 3)
    ran = seeded("add", kind, name, "--source", "S1", "--new")

    assert f"similar: {similar} " in said
    assert ran.code == 0


@pytest.mark.parametrize("name", ["P22", "o3", "A1"])
def test_a_name_that_reads_as_a_reference_needs_new(seeded: Caseledger, name: str) -> None:
    """Nobody could ask for it by name; more likely it was meant as a reference."""
    said = refused(seeded("add", "person", name, "--source", "S1"), 2)
    ran = seeded("add", "person", name, "--source", "S1", "--new")

    assert "reads as a reference" in said
    assert ran.code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["person", "..."], "name: '...' holds neither a letter nor a digit"),
        (["person", "Ana Inventada", "--sex", "f"], "--sex: 'f' is none of: female, male"),
        (["person", "Ana Inventada", "--birth", "2050/2060"], "--birth: "),
        (["organization", "Red de Ejemplo", "--type", "mafia"], "--type: 'mafia' is none of:"),
        (["case", "Operación", "--organization", ""], "--organization: ''"),
        (["source", "Bulletin", "--retrieved", "2024-03"], "--retrieved: one day is needed"),
        (["source", "Bulletin", "--sha256", "abc"], "--sha256: 64 hexadecimal digits"),
        (["source", "Bulletin", "--inferred"], "inferred says how a date is known, and none"),
        (["source", "Bulletin", "--text", "/nowhere/x"], "cannot read /nowhere/x: No such file"),
        (["source", ""], "title: ''"),
        (["name", "x"], "--party is missing"),
        (["affiliation", "P22"], "--organization is missing"),
        (["kinship", "P22"], "--relation is missing; --relative is missing"),
        (["tally", "arrests"], "--count is missing; --unit is missing"),
        (["tally", "arrests", "--count", "30-20", "--unit", "tips"], "--count: 30-20 ends before"),
        (["tally", "x", "--count", "6", "--unit", "apples"], "--unit: 'apples' is none of: people"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_option(
    seeded: Caseledger, options: list[str], said: str
) -> None:
    """Exit 2, one line, whatever the command."""
    source = [] if options[0] == "source" else ["--source", "S1"]

    assert said in refused(seeded("add", *options, *source), 2)


# Names


def test_another_form_of_a_name_finds_the_person(seeded: Caseledger) -> None:
    """And stands among the aliases."""
    ran = seeded("add", "name", "El Ejemplo", "--party", "P30", "--source", "S1")
    found = seeded("report", "--person", "el ejemplo", "--format", "csv")

    assert ran.out == "N16 El Ejemplo (aka) of P30 Adan Casarrubias Salgado\n"
    assert ",P30,El Ejemplo,1," in found.lines[1]


@pytest.mark.parametrize("name", ["El Huevo", "el huevo", "juan gerardo trevino-chavez"])
def test_a_form_that_is_there_is_not_recorded_again(seeded: Caseledger, name: str) -> None:
    """Nor is the name that is shown."""
    said = refused(seeded("add", "name", name, "--party", "P21", "--source", "S1"), 1)

    assert said.startswith("Juan Gerardo Treviño Chávez goes by ")


def test_a_primary_name_names_who_was_recorded_without_one(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """The same record, now named: the description is kept, and so is everything that was done."""
    ran = seeded(
        "add", "name", "Juana Inventada, Jr.", "--party", "P34", "--kind", "primary",
        "--source", "S1",
    )  # fmt: skip

    report = seeded("report", "--person", "Juana Inventada, Jr.", "--format", "csv").lines
    assert "N16 Juana Inventada, Jr. (primary) of P34" in ran.out
    assert f"P34 was recorded as '{UNNAMED}', which is kept" in ran.err
    assert [line.split(",")[0] for line in report[1:]] == ["A15", "A5"]
    assert ask(
        seeded_file,
        "SELECT name, name_key, is_named, version, suffix, corrected_at IS NULL"
        " FROM parties JOIN persons USING (id) WHERE id = 34",
    ) == [("Juana Inventada, Jr.", "juanainventadajr", 1, 2, "Jr.", 0)]
    assert ask(seeded_file, "SELECT name, kind FROM names WHERE party_id = 34 ORDER BY id") == [
        ("Juana Inventada, Jr.", "primary"),
        (UNNAMED, "description"),
    ]


def test_an_unnamed_organization_is_named_likewise(seeded: Caseledger) -> None:
    """A network that a later source gives a name to."""
    seeded("add", "name", "Los Ejemplos", "--party", "O6", "--kind", "primary", "--source", "S1")

    assert "\nO6,Los Ejemplos," in seeded("list", "organizations", "--format", "csv").out


def test_a_name_is_given_once(seeded: Caseledger) -> None:
    """Whoever has one goes by another as well, not instead."""
    said = refused(
        seeded("add", "name", "Other", "--party", "P23", "--kind", "primary", "--source", "S1"), 1
    )

    assert said == "Erick Valencia Salazar has a name already; record this one as an aka"


def test_a_group_is_given_no_name(seeded: Caseledger) -> None:
    """A person among them is."""
    said = refused(
        seeded("add", "name", "Other", "--party", "G38", "--kind", "primary", "--source", "S1"), 1
    )

    assert said.startswith("a group has no name of its own")


@pytest.mark.parametrize(
    ("name", "code"), [("erick valencia salazar", 1), ("Erik Valencia Salazar", 3)]
)
def test_a_name_of_somebody_else_is_given_only_with_new(
    seeded: Caseledger, name: str, code: int
) -> None:
    """The two may be one person, and a name would hide it."""
    naming = ("add", "name", name, "--party", "P34", "--kind", "primary", "--source", "S1")

    said = refused(seeded(*naming), code)
    ran = seeded(*naming, "--new")

    assert "P23 Erick Valencia Salazar" in said
    assert ran.code == 0


def test_a_description_is_not_recorded_by_hand(seeded: Caseledger) -> None:
    """It is what stood before a name was known."""
    said = refused(
        seeded("add", "name", "a man", "--party", "P23", "--kind", "description", "--source", "S1"),
        2,
    )

    assert said.startswith("--kind: ")


# Ties and kin


def test_an_affiliation_is_recorded_with_its_standing_and_period(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """What is alleged stays alleged."""
    ran = seeded(
        "add", "affiliation", "P30", "--organization", "CDN", "--relation", "acts-for", "--title",
        "broker", "--alleged", "--period", "2012/..", "--source", "S1",
    )  # fmt: skip

    assert ran.out == (
        "F11 P30 Adan Casarrubias Salgado: acts for (broker), O2 Cartel de Noreste, alleged\n"
    )
    assert ask(
        seeded_file,
        "SELECT relation, title, standing, period, earliest, latest FROM affiliations"
        " WHERE id = 11",
    ) == [("acts for", "broker", "alleged", "2012/..", "2012-01-01", None)]


def test_an_affiliation_that_is_there_is_not_doubled(seeded: Caseledger, seeded_file: Path) -> None:
    """A second time it is only said that it is there."""
    tie = ("add", "affiliation", "P30", "--organization", "CDN", "--alleged", "--source", "S1")
    seeded(*tie)
    before = dump(seeded_file)

    ran = seeded(*tie)

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("F11 says so already\n")
    assert dump(seeded_file) == before


def test_another_phrase_for_an_affiliation_that_is_there_is_cited(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """How it is known is worth more than saying it twice."""
    tie = ("add", "affiliation", "P30", "--organization", "CDN", "--source", "S1")
    seeded(*tie, "--phrase", "of the CDN")

    ran = seeded(*tie, "--phrase", "a CDN man", "--section", "People")

    assert ran.err.endswith("F11 says so already; S1 is cited for it\n")
    assert ask(
        seeded_file, "SELECT section, phrase FROM citations WHERE affiliation_id = 11 ORDER BY id"
    ) == [(None, "of the CDN"), ("People", "a CDN man")]


def test_a_faction_is_an_organization(seeded: Caseledger) -> None:
    """Its actions stand in the parent's report; a person is a member."""
    said = refused(
        seeded(
            "add", "affiliation", "P30", "--organization", "CDN", "--relation", "faction",
            "--source", "S1",
        ),
        1,
    )  # fmt: skip
    ran = seeded(
        "add", "affiliation", "CDN", "--organization", "Gulf Cartel", "--relation", "faction",
        "--source", "S1",
    )  # fmt: skip

    assert said == "a faction is an organization, and Adan Casarrubias Salgado is a person"
    assert ",P21," in seeded("report", "--cartel", "Gulf Cartel", "--format", "csv").out
    assert ran.code == 0


def test_a_group_can_be_tied(seeded: Caseledger) -> None:
    """By its reference."""
    ran = seeded(
        "add", "affiliation", "G35", "--organization", "CDN", "--alleged", "--source", "S1"
    )

    assert ran.out.startswith("F11 G35 three individuals")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["affiliation", "Nadie Conocido", "--organization", "CDN"], 3, "no party called"),
        (["affiliation", "El Huevo", "--organization", "CDN"], 3, "is only a nickname of P21"),
        (["affiliation", "O3", "--organization", "CJNG"], 1, "cannot be affiliated to itself"),
        (["affiliation", "P22", "--organization", "P23"], 2, "P23 is a person"),
        (["kinship", "P22", "--relation", "son-of", "--relative", "P22"], 1, "their own relative"),
        (["kinship", "P22", "--relation", "son-of", "--relative", "Nadie"], 3, "no person called"),
        (["kinship", "P22", "--relation", "son-of", "--relative", "el 85"], 3, "only a nickname"),
        (
            ["kinship", "O3", "--relation", "son-of", "--relative", "P22"],
            2,
            "O3 is an organization",
        ),
        (["kinship", "P22", "--relation", "son", "--relative", "P23"], 2, "--relation: 'son' is"),
    ],
)
def test_ties_and_kin_are_between_those_who_are_there(
    seeded: Caseledger, options: list[str], code: int, said: str
) -> None:
    """Nobody is made by the way of whom only that is known."""
    assert said in refused(seeded("add", *options, "--source", "S1"), code)


def test_a_kinship_is_recorded_in_its_direction_and_once(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """It ties nobody to an organization."""
    kin = (
        "add",
        "kinship",
        "P30",
        "--relation",
        "brother-of",
        "--relative",
        "P31",
        "--source",
        "S1",
    )

    first, second = seeded(*kin), seeded(*kin)

    assert first.out == "K2 Adan Casarrubias Salgado: brother of Carlos Arturo Quintana\n"
    assert (second.code, second.out, second.err) == (0, "", "caseledger: K2 says so already\n")
    assert ask(
        seeded_file, "SELECT person_id, relation, relative_id FROM kinships WHERE id > 1"
    ) == [(30, "brother of", 31)]
    assert ask(seeded_file, "SELECT count(*) FROM affiliations WHERE party_id = 30") == [(0,)]


# Cases and sources


def test_a_case_is_recorded_with_what_it_concerns(seeded: Caseledger, seeded_file: Path) -> None:
    """It ties none of its people to the organization."""
    ran = seeded(
        "add", "case", "Operation Example", "--docket", "1:22-cr-1", "--court", "S.D. Tex.",
        "--organization", "CJNG", "--source", "S1",
    )  # fmt: skip

    assert ran.out == "C4 Operation Example\n"
    assert ask(seeded_file, "SELECT docket, court, organization_id FROM cases WHERE id = 4") == [
        ("1:22-cr-1", "S.D. Tex.", 3)
    ]


@pytest.mark.parametrize("kind", ["case", "source"])
def test_a_title_that_is_there_is_recorded_again_only_with_new(
    seeded: Caseledger, kind: str
) -> None:
    """Two press releases may bear one title."""
    source = ("--source", "S1") if kind == "case" else ()
    seeded("add", kind, "Operation Example", *source)

    said = refused(seeded("add", kind, "operation-EXAMPLE", *source), 1)

    assert f"a {kind} called 'Operation Example' is there already" in said
    assert seeded("add", kind, "operation-EXAMPLE", *source, "--new").code == 0


def test_a_source_is_recorded_with_its_text(
    seeded: Caseledger, seeded_file: Path, tmp_path: Path
) -> None:
    """All that is known of the document; the text in a table of its own."""
    text = tmp_path / "bulletin.txt"
    text.write_text("One.\nTwo.\n", encoding="utf-8")
    ran = seeded(
        "add", "source", "Invented bulletin", "--publisher", "Example Office", "--url",
        "https://example.org/7", "--published", "2024-03", "--inferred",
        "--retrieved", "2024-03-05",
        "--sha256", "AB" * 32, "--text", str(text),
    )  # fmt: skip

    assert ran.out == "S2 Invented bulletin\n"
    assert ask(
        seeded_file,
        "SELECT publisher, url, published, published_basis, retrieved, sha256, text"
        " FROM sources JOIN source_texts ON source_id = id WHERE id = 2",
    ) == [
        ("Example Office", "https://example.org/7", "2024-03", "inferred", "2024-03-05", "ab" * 32,
         "One.\nTwo.\n"),
    ]  # fmt: skip


def test_the_text_of_a_source_may_come_down_a_pipe(seeded: Caseledger, seeded_file: Path) -> None:
    """From a program that made it of a page."""
    seeded("add", "source", "Invented bulletin", "--text", "-", stdin="Piped “text”.")

    assert ask(seeded_file, "SELECT text FROM source_texts") == [("Piped “text”.",)]


@pytest.mark.parametrize("content", [b"", b" \n", b"Caf\xe9", b"a\x00b"])
def test_a_text_that_cannot_be_kept_is_refused(
    seeded: Caseledger, tmp_path: Path, content: bytes
) -> None:
    """Empty, in another encoding, or no text at all."""
    text = tmp_path / "bulletin.txt"
    text.write_bytes(content)

    refused(seeded("add", "source", "Invented bulletin", "--text", str(text)), 2)


# Totals


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["--count", "40"], (40, 40, "exactly", None)),
        (["--count", "1,200", "--over"], (1200, None, "over", None)),
        (["--count", "20-30"], (20, 30, "exactly", None)),
        (["--count", "20-30", "--about"], (20, 30, "about", None)),
        (["--count", "several dozen"], (None, None, "words", "several dozen")),
        (["--count", "0"], (0, 0, "exactly", None)),
    ],
)
def test_a_total_says_what_is_claimed_and_how_exactly(
    seeded: Caseledger, seeded_file: Path, options: list[str], kept: tuple[object, ...]
) -> None:
    """A number, a range, more than a number, or words."""
    seeded("add", "tally", "arrests of members", *options, "--unit", "arrests", "--source", "S1")

    assert ask(
        seeded_file, "SELECT minimum, maximum, qualifier, words FROM tallies WHERE id = 10"
    ) == [kept]


@pytest.mark.parametrize(
    "options",
    [
        ["--count", "20-30", "--over"],
        ["--count", "several dozen", "--about"],
        ["--count", "40", "--over", "--about"],
        ["--count", "-1"],
        ["--count", "some 30"],
        ["--count", "six"],
        ["--count", "40", "--inferred"],
        ["--count", "40", "--measure", "seizure"],
        ["--count", "40", "--inside", "P22"],
    ],
)
def test_a_total_that_contradicts_itself_is_refused(seeded: Caseledger, options: list[str]) -> None:
    """In one line."""
    refused(seeded("add", "tally", "arrests", *options, "--unit", "arrests", "--source", "S1"), 2)


def test_a_total_may_be_part_of_another_and_hold_actions(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """What the source itself puts inside it."""
    seeded(
        "add", "tally", "of them in Colima", "--count", "2", "--unit", "arrests",
        "--measure", "arrest",
        "--period", "2022", "--inferred", "--authority", "FGR", "--part-of", "T4", "--inside", "A1",
        "--inside", "A3", "--inside", "a1", "--source", "S1",
    )  # fmt: skip

    assert ask(
        seeded_file,
        "SELECT measure, period, period_basis, authority_id, part_of_id FROM tallies WHERE id = 10",
    ) == [("arrest", "2022", "inferred", 10, 4)]
    assert ask(
        seeded_file, "SELECT action_id FROM tally_actions WHERE tally_id = 10 ORDER BY 1"
    ) == [(1,), (3,)]


# What holds for all of them

EVERY = {
    "person": ("Fulano Inventado", "--source", "S1"),
    "organization": ("Grupo de Ejemplo", "--source", "S1"),
    "case": ("Operation Example", "--source", "S1"),
    "source": ("Invented bulletin",),
    "name": ("El Ejemplo", "--party", "P30", "--source", "S1"),
    "affiliation": ("P30", "--organization", "CDN", "--source", "S1"),
    "kinship": ("P30", "--relation", "son-of", "--relative", "P31", "--source", "S1"),
    "tally": ("arrests", "--count", "4", "--unit", "arrests", "--source", "S1"),
}


@pytest.mark.parametrize("kind", EVERY)
def test_a_dry_run_writes_nothing_and_says_what_it_would(
    seeded: Caseledger, seeded_file: Path, kind: str
) -> None:
    """Then the same without it records just that."""
    before = dump(seeded_file)

    dry = seeded("add", kind, *EVERY[kind], "--dry-run")
    unchanged = dump(seeded_file) == before
    ran = seeded("add", kind, *EVERY[kind])

    assert dry.code == ran.code == 0
    assert unchanged
    assert dry.lines[0].startswith("would record ")
    assert dry.lines[0].partition("? ")[2] == ran.lines[0].partition(" ")[2]


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind != "source"])
def test_everything_is_cited(seeded: Caseledger, seeded_file: Path, kind: str) -> None:
    """With section and phrase, where they are given."""
    seeded("add", kind, *EVERY[kind], "--section", "Arrests", "--phrase", "few words")

    assert ask(
        seeded_file,
        "SELECT source_id, section, phrase, recorded_by FROM citations WHERE dataset = 'local'",
    ) == [(1, "Arrests", "few words", "tester")]


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind != "source"])
def test_nothing_is_recorded_without_a_source(seeded: Caseledger, kind: str) -> None:
    """Whatever it is."""
    said = refused(seeded("add", kind, *EVERY[kind][:-2]), 2)

    assert said == "--source is missing: every record says how it is known"


@pytest.mark.parametrize("kind", EVERY)
def test_the_registry_is_sound_afterwards(seeded: Caseledger, kind: str) -> None:
    """`db check` looks for uncited records, broken keys and dates."""
    seeded("add", kind, *EVERY[kind])

    assert seeded("db", "check").out == "sound\n"
