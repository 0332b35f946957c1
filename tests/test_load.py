"""Loading a file of records: all of it or nothing, every problem at once, twice the same."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from caseledger.errors import ProblemsError
from caseledger.loading import load_file
from caseledger.migrations import make
from caseledger.resources import seed_files
from tests.support import InProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Caseledger, Ran

SECOND = Path(__file__).parent / "data" / "second-source.toml"

HEAD = """\
dataset = "d"
default_source = "s"
[[source]]
key = "s"
title = "Invented bulletin"
"""

PEOPLE = """\
[[person]]
key = "ana"
name = "Ana Inventada"
[[person]]
key = "beto"
name = "Beto Inventado"
[[organization]]
key = "gang"
name = "Los Ejemplos"
type = "gang"
"""

_REFERS = {
    "party_id": "parties",
    "organization_id": "parties",
    "person_id": "parties",
    "relative_id": "parties",
    "subject_id": "parties",
    "authority_id": "parties",
    "announced_by_id": "parties",
    "prosecution_by_id": "parties",
    "group_id": "parties",
    "member_id": "parties",
    "case_id": "cases",
    "source_id": "sources",
    "ends_id": "actions",
    "action_id": "actions",
    "affiliation_id": "affiliations",
    "name_id": "names",
    "kinship_id": "kinships",
    "tally_id": "tallies",
    "part_of_id": "tallies",
}

_SPINES = sorted(set(_REFERS.values()) | {"citations"})

_DETAILS = {
    "persons": "parties",
    "organizations": "parties",
    "unnamed_groups": "parties",
    "arrests": "actions",
    "charges": "actions",
    "extraditions": "actions",
    "convictions": "actions",
    "sentences": "actions",
    "designations": "actions",
    "delistings": "actions",
}


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def records(file: Path) -> dict[str, list[str]]:
    """Everything that a registry holds, by key: whatever the numbers and the hour."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        keys = {
            table: {
                row["id"]: f"{row['dataset']}:{row['key']}"
                for row in connection.execute(f"SELECT id, dataset, key FROM {table}")
            }
            for table in _SPINES
        }
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            )
        ]
        found = {}
        for table in tables:
            refers = {**_REFERS, "id": _DETAILS.get(table, table)}
            found[table] = sorted(
                repr(
                    {
                        column: keys[refers[column]].get(value) if column in refers else value
                        for column, value in dict(row).items()
                        if column not in {"recorded_at", "corrected_at"}
                    }
                )
                for row in connection.execute(f"SELECT * FROM {table}")
            )
        return found


@pytest.fixture(scope="module")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "registry.db"
    make(Location(path, None))
    return path


@pytest.fixture
def empty_file(_blank: Path, tmp_path: Path) -> Path:
    """A registry with nothing in it, copied: most of these tests need one."""
    path = tmp_path / "empty.db"
    shutil.copy(_blank, path)
    return path


@pytest.fixture
def load(empty: Caseledger, tmp_path: Path) -> Callable[..., Ran]:
    """Loads a text into an empty registry."""

    def run(text: str, *options: str, name: str = "file.toml") -> Ran:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return empty("load", str(file), *options)

    return run


def problems(ran: Ran) -> list[str]:
    """What was wrong, a line each, without the name of the file."""
    assert (ran.code, ran.out) == (1, ""), ran
    head, *lines = ran.err.splitlines()
    number = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    assert head.endswith(f" was not loaded: {number}")
    return [re.sub(r"^  .*?file\.(toml|json): ", "", line) for line in lines]


# What is loaded


def test_a_file_is_loaded_and_it_is_said_what_was_added(load: Callable[..., Ran]) -> None:
    """By kind, in the order of the tables."""
    ran = load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "added: 1 source, 2 people, 1 organization, 1 arrest, 4 citations\n"


def test_loading_twice_changes_nothing(seeded: Caseledger, seeded_file: Path) -> None:
    """Not even an hour; and it is said that everything was there."""
    first = seeded("load", str(SECOND))
    before = dump(seeded_file)

    second = seeded("load", str(SECOND))

    assert first.code == second.code == 0
    assert second.out.startswith("added: nothing; ")
    assert dump(seeded_file) == before


def test_the_seed_can_be_loaded_again(seeded: Caseledger, seeded_file: Path) -> None:
    """It is a file like others."""
    before = dump(seeded_file)
    for file in seed_files():
        ran = seeded("load", str(file))
        assert ran.code == 0
        assert ran.out.startswith("added: nothing; ")

    assert dump(seeded_file) == before


def test_json_holds_the_same_records(
    empty: Caseledger, empty_file: Path, seeded_file: Path, tmp_path: Path
) -> None:
    """The seed, written as JSON, makes the same registry."""
    (seed,) = seed_files()
    file = tmp_path / "seed.json"
    file.write_text(json.dumps(tomllib.loads(seed.read_text(encoding="utf-8"))), encoding="utf-8")

    ran = empty("--by", "seed", "load", str(file))

    assert ran.code == 0, ran.err
    assert records(empty_file) == records(seeded_file)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_may_come_down_a_pipe(empty: Caseledger, as_json: bool) -> None:  # noqa: FBT001
    """TOML and JSON are told apart by how they begin."""
    content = tomllib.loads(HEAD + PEOPLE)
    ran = empty("load", "-", stdin=json.dumps(content) if as_json else HEAD + PEOPLE)

    assert ran.out == "added: 1 source, 2 people, 1 organization, 3 citations\n"


def test_a_byte_order_mark_is_no_part_of_a_file(load: Callable[..., Ran]) -> None:
    """Some editors write one."""
    assert load("\ufeff" + HEAD).code == 0


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """The same words, and nothing in the registry."""
    before = dump(empty_file)
    dry = load(HEAD + PEOPLE, "--dry-run")
    unchanged = dump(empty_file) == before
    ran = load(HEAD + PEOPLE)

    assert unchanged
    assert dry.out.removeprefix("would add: ") == ran.out.removeprefix("added: ")


def test_a_dry_run_finds_every_problem(load: Callable[..., Ran]) -> None:
    """That is what it is for: one that shows only while writing would make it worthless."""
    named = '[[name]]\nparty = "ana"\nname = "Other"\nkind = "primary"\n'

    assert problems(load(HEAD + PEOPLE + named, "--dry-run"))


def test_new_records_in_a_file_that_was_loaded_are_added(load: Callable[..., Ran]) -> None:
    """A file grows."""
    load(HEAD + PEOPLE)

    ran = load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    assert ran.out == "added: 1 arrest, 1 citation; 7 there already\n"


def test_who_loads_is_kept_with_every_record(load: Callable[..., Ran], empty_file: Path) -> None:
    """As with what is added by hand."""
    load(HEAD + PEOPLE)

    assert ask(empty_file, "SELECT DISTINCT recorded_by, dataset, version FROM parties") == [
        ("tester", "d", 1)
    ]


# The format


def test_what_stands_inside_a_party_belongs_to_it(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """Aliases, affiliations and kinships, without keys of their own."""
    ran = load(
        HEAD
        + """
[[person]]
key = "ana"
name = "Ana Inventada"
  [[person.alias]]
  name = "La Llave"
  kind = "nickname"
  [[person.affiliation]]
  organization = "gang"
  standing = "alleged"
  [[person.kinship]]
  relation = "sister of"
  relative = "beto"
[[person]]
key = "beto"
name = "Beto Inventado"
[[organization]]
key = "gang"
name = "Los Ejemplos"
  [[organization.alias]]
  name = "LE"
  kind = "acronym"
"""
    )

    assert ran.code == 0, ran.err
    assert ask(empty_file, "SELECT key FROM names ORDER BY 1") == [
        ("ana/nickname/la llave",),
        ("gang/acronym/le",),
    ]
    assert ask(empty_file, "SELECT key FROM affiliations UNION SELECT key FROM kinships") == [
        ("ana/linked/gang/alleged",),
        ("ana/sister of/beto",),
    ]


def test_a_date_need_not_be_quoted(load: Callable[..., Ran], empty_file: Path) -> None:
    """TOML reads 2024-03-01 as a date and 2024 as a number; both mean what they say."""
    action = '[[arrest]]\nkey = "{0}"\nsubject = "ana"\ndate = {1}\n'
    ran = load(HEAD + PEOPLE + action.format("a", "2024-03-01") + action.format("b", "2024"))

    assert ran.code == 0, ran.err
    assert ask(empty_file, "SELECT date FROM actions ORDER BY id") == [("2024-03-01",), ("2024",)]


def test_the_default_source_is_cited_where_nothing_is_said(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """As a whole; a citation that names another is that one's."""
    load(
        HEAD
        + '[[source]]\nkey = "t"\ntitle = "Other"\n'
        + '[[person]]\nkey = "a"\nname = "Ana"\n'
        + '[[person]]\nkey = "b"\nname = "Beto"\ncitation = { source = "t", phrase = "Beto" }\n'
    )

    assert ask(empty_file, "SELECT key, section, phrase FROM citations ORDER BY id") == [
        ("parties/a/s/1", None, None),
        ("parties/b/t/1", None, "Beto"),
    ]


def test_a_phrase_is_looked_for_in_the_text_that_is_there(load: Callable[..., Ran]) -> None:
    """Curly quotes, dashes and blanks as they come; a text in the file, and one in the registry."""
    text = HEAD + 'text = "Agents said “he\u00a0fled” — north."\n'
    person = '[[person]]\nkey = "{0}"\nname = "{0}"\ncitation = {{ phrase = \'{1}\' }}\n'

    good = load(text + person.format("a", 'said "he fled" - north'))
    bad = load(text + person.format("a", 'said "he fled" - north') + person.format("b", "he died"))
    worse = load(text + person.format("c", "he died") + person.format("d", "he lived"))

    assert good.code == 0, good.err
    assert problems(bad) == [
        "[[person]] no. 2 (line 11), citation: the source does not say 'he died'"
    ]
    assert len(problems(worse)) == 2


def test_a_record_of_another_dataset_is_referred_to_with_it(
    seeded: Caseledger, seeded_file: Path, tmp_path: Path
) -> None:
    """`dataset:key`; in every field that refers."""
    file = tmp_path / "file.toml"
    seed = "fact-sheet-2022"
    file.write_text(
        f'dataset = "d"\ndefault_source = "{seed}:fact-sheet"\n'
        f'[[release]]\nkey = "r"\nsubject = "{seed}:valencia-salazar"\ndate = "2023"\n'
        f'authority = "{seed}:fgr"\ncooperation = ["{seed}:hsi", "{seed}:hsi"]\n'
        f'ends = "{seed}:arrest-valencia-salazar"\ncase = "{seed}:arizona-sonora-takedown"\n'
        f'[[tally]]\nkey = "t"\ndescription = "x"\ncount = 1\nunit = "tips"\n'
        f'part_of = "{seed}:tips"\ninside = ["{seed}:arrest-six"]\n',
        encoding="utf-8",
    )

    ran = seeded("load", str(file))

    assert ran.code == 0, ran.err
    assert ask(
        seeded_file, "SELECT subject_id, authority_id, case_id, ends_id FROM actions WHERE id = 21"
    ) == [(23, 10, 2, 4)]
    assert ask(seeded_file, "SELECT organization_id FROM cooperations WHERE action_id = 21") == [
        (14,)
    ]


def test_someone_recorded_without_a_name_is_named_by_a_file(
    seeded: Caseledger, tmp_path: Path
) -> None:
    """The same person, with the actions that were told before; loading again leaves it so."""
    file = tmp_path / "file.toml"
    file.write_text(
        HEAD
        + '[[name]]\nparty = "fact-sheet-2022:first-under-the-act"\nname = "Juana Inventada"\n'
        + 'kind = "primary"\n',
        encoding="utf-8",
    )

    ran = seeded("load", str(file))
    again = seeded("load", str(file))
    seed = [seeded("load", str(path)) for path in seed_files()]

    report = seeded("report", "--person", "Juana Inventada", "--format", "csv")
    assert ran.code == again.code == seed[0].code == 0
    assert [line.split(",")[0] for line in report.lines[1:]] == ["A15", "A5"]
    assert "1 corrected or withdrawn since, left as they are" in seed[0].out


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_a_file_means_nothing(
    data: st.DataObject, seeded_file: Path, tmp_path: Path
) -> None:
    """Whatever the order of kinds, of records and of fields: the same records, the same keys."""
    content = tomllib.loads(SECOND.read_text(encoding="utf-8"))
    as_it_is, shuffled = tmp_path / "as-it-is.db", tmp_path / "shuffled.db"
    mixed = dict(data.draw(st.permutations(list(content.items()))))
    for kind, tables in mixed.items():
        if isinstance(tables, list):
            mixed[kind] = data.draw(st.permutations(tables))
            mixed[kind] = [dict(data.draw(st.permutations(list(t.items())))) for t in mixed[kind]]

    for path, told in ((as_it_is, content), (shuffled, mixed)):
        if path is shuffled or not path.exists():
            shutil.copy(seeded_file, path)
            text = json.dumps(told, default=str)
            load_file(Location(path, None), text, "file.json", by="tester", as_json=True)

    assert records(shuffled) == records(as_it_is)


# What is refused


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """With the file, the place and the reason, a line each; and nothing of it is loaded."""
    before = dump(empty_file)
    ran = load(
        """\
dataset = "d"
default_source = "s"
colour = "red"

[[source]]
key = "s"
title = "Invented bulletin"
text = "Something was said."

[[person]]
key = "ana"
name = 5

[[person]]
name = "No Key"

[[person]]
key = 7
name = "Beto"

[[person]]
key = "ana"
name = "Ana"
unnamed = "yes"

[[persn]]
key = "p"

[[arrest]]
key = "a"
subject = "nobody"
date = "17/5/2022"
authority = "ana"

[[arrest]]
key = "b"
subject = "ana"
citation = { phrase = "never said" }

[[arrest]]
key = "c"
subject = "ana"
citation = []

[[arrest]]
key = "d"
subject = "ana"
citation = "s"

[[tally]]
key = "t"
count = true
unit = "apples"

[case]
key = "k"
"""
    )

    told = problems(ran)
    assert [line.split(": ")[0] for line in told] == [
        "the file",
        "line 26",
        "[case]",
        "[[person]] no. 1 (line 10)",
        "[[person]] no. 2 (line 14)",
        "[[person]] no. 3 (line 17)",
        "[[person]] no. 4 (line 21)",
        "[[person]] no. 4 (line 21)",
        "[[arrest]] no. 1 (line 29)",
        "[[arrest]] no. 1 (line 29)",
        "[[arrest]] no. 1 (line 29)",
        "[[arrest]] no. 2 (line 35), citation",
        "[[arrest]] no. 3 (line 40)",
        "[[arrest]] no. 4 (line 45)",
        "[[tally]] no. 1 (line 50)",
        "[[tally]] no. 1 (line 50)",
        "[[tally]] no. 1 (line 50)",
    ]
    assert dump(empty_file) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'the file: dataset = "…" is needed: letters, digits, . _ -, one word'),
        ('dataset = ""', 'the file: dataset = "…" is needed'),
        ('dataset = "two words"', 'the file: dataset = "…" is needed'),
        ("dataset = 5", 'the file: dataset = "…" is needed'),
        ('dataset = "local"', "the file: the dataset 'local' is of what is recorded by hand"),
        ("dataset = ", "the file: it is not TOML: "),
        ('dataset = "d"\ndataset = "e"', "the file: it is not TOML: "),
        ('dataset = "d"\nperson = ' + "[" * 10_000, "the file: it is not TOML: "),
        ('dataset = "d"\ndefault_source = 5', "the file: default_source: a text is needed"),
        ('dataset = "d"\ndefault_source = "x"', "the file: default_source: no source has the key"),
        (HEAD + "[person]\nkey = 'p'", "[person]: write [[person]], with two brackets"),
        ('dataset = "d"\nperson = 5', "[person]: write"),
        ('dataset = "d"\nperson = [5]', "[[person]] no. 1: a table of fields is needed"),
        (HEAD + "[[persn]]", "line 6: there is no kind of record 'persn'; did you mean 'person'?"),
        (HEAD + "[[citation]]\nkey = 'c'", "line 6: there is no kind of record 'citation'"),
        (HEAD + "[[person]]\nkey = ''\nname = 'A'", "key: ''"),
        (HEAD + "[[person]]\nkey = '\\'\nname = 'A'", "key: "),
        (HEAD + '[[person]]\nkey = "a\\u0000"\nname = "A"', "key: 'a\\x00' holds a character"),
        (
            HEAD + "[[person]]\nkey = 'p'\nname = 'A'\nsx = 'male'",
            "field 'sx'; did you mean 'sex'?",
        ),
        (HEAD + "[[person]]\nkey = 'p'\nname = 'A'\n[person.alias]\nname = 'B'", "two brackets"),
        (HEAD + "[[person]]\nkey = 'p'\nname = 'A'\nalias = ['B']", "alias no. 1: a table of"),
        (HEAD + "[[person]]\nkey = 'p'\nname = 'A'\ncitation = 's'", "citation: a table is needed"),
        (HEAD + "[[person]]\nkey = 'p'\nname = 'A'\ncitation = [5]", "a table of source, section"),
        (
            HEAD + "[[person]]\nkey = 'p'\nname = 'A'\ncitation = {src = 's'}",
            "did you mean 'source'",
        ),
        (
            HEAD + "[[person]]\nkey = 'p'\nname = 'A'\ncitation = {source = 'x'}",
            "no source has the",
        ),
        (HEAD + "citation = {phrase = 'x'}", "[[source]] no. 1 (line 3): a source carries no cit"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(
    load: Callable[..., Ran], text: str, said: str
) -> None:
    """One mistake, one line."""
    (told,) = problems(load(text))

    assert said in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not JSON: "),
        ("[]", "a JSON object is needed"),
        ('{"dataset": "d"', "it is not JSON: "),
        ('{"dataset": "d", "dataset": "e"}', "the key 'dataset' stands twice in one object"),
        ('{"dataset": "d", "person": [{"key": "a", "key": "b"}]}', "the key 'key' stands twice"),
        ('{"dataset": "d", "person": ' + "[" * 100_000, "it is not JSON: "),
        ('{"dataset": "d", "tally": [{"count": ' + "9" * 5000 + "}]}", "it is not JSON: "),
        ('{"dataset": "d\\ud800"}', 'dataset = "…" is needed'),
    ],
)
def test_json_that_is_none_is_refused_with_the_reason(
    load: Callable[..., Ran], text: str, said: str
) -> None:
    """Of a key that stands twice the reader would silently drop the first."""
    (told,) = problems(load(text, name="file.json"))

    assert said in told


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ["Ana"]},
        {"name": None},
        {"name": "Ana\ud800"},
        {"name": "Ana", "unnamed": 1},
        {"name": "Ana", "birth": 1980.5},
        {"name": "Ana", "birth": True},
        {"name": "Ana", "sex": {}},
        {"name": "Ana", "alias": "Anita"},
        {"name": "Ana", "affiliation": {"organization": "gang"}},
    ],
)
def test_a_value_of_another_type_is_refused(
    load: Callable[..., Ran], fields: dict[str, object]
) -> None:
    """Whatever a program may write."""
    content = {**tomllib.loads(HEAD), "person": [{"key": "p", **fields}]}

    (told,) = problems(load(json.dumps(content), name="file.json"))

    assert told.startswith("[[person]] no. 1: ")


SELF = {
    "a tally that is a part of itself": (
        '[[tally]]\nkey = "t"\ndescription = "x"\ncount = 1\nunit = "tips"\npart_of = "t"\n',
        ["[[tally]] no. 1 (line 16): a tally cannot be a part of itself"],
    ),
    "two tallies that are parts of each other, and one of theirs": (
        "".join(
            f'[[tally]]\nkey = "{key}"\ndescription = "x"\ncount = 1\nunit = "tips"\n'
            f'part_of = "{other}"\n'
            for key, other in (("t", "u"), ("u", "t"), ("v", "u"))
        ),
        [
            "[[tally]] no. 1 (line 16): a tally cannot be a part of itself",
            "[[tally]] no. 2 (line 22): a tally cannot be a part of itself",
        ],
    ),
    "a group among its own members": (
        '[[group]]\nkey = "g"\nname = "two"\npeople = 2\nmembers = ["g", "ana"]\n',
        ["[[group]] no. 1 (line 16): a group cannot be counted in itself"],
    ),
    "two groups among each other's members": (
        (
            '[[group]]\nkey = "g"\nname = "two"\npeople = 2\nmembers = ["h"]\n'
            '[[group]]\nkey = "h"\nname = "two"\npeople = 2\nmembers = ["g"]\n'
        ),
        [
            "[[group]] no. 1 (line 16): a group cannot be counted in itself",
            "[[group]] no. 2 (line 21): a group cannot be counted in itself",
        ],
    ),
    "a release that ends itself": (
        '[[release]]\nkey = "r"\nsubject = "ana"\nends = "r"\n',
        [
            (
                "[[release]] no. 1 (line 16): ends: that action is a release; "
                "a release ends an arrest, a conviction or a sentence"
            )
        ],
    ),
    "an affiliation to oneself": (
        '[[affiliation]]\nparty = "gang"\norganization = "gang"\n',
        ["[[affiliation]] no. 1 (line 16): an organization cannot be affiliated to itself"],
    ),
    "kin of oneself": (
        '[[kinship]]\nperson = "ana"\nrelation = "sister of"\nrelative = "ana"\n',
        ["[[kinship]] no. 1 (line 16): nobody is their own relative"],
    ),
}


@pytest.mark.parametrize(("text", "told"), SELF.values(), ids=SELF.keys())
def test_what_leads_back_to_itself_is_refused_with_a_sentence(
    load: Callable[..., Ran], text: str, told: list[str]
) -> None:
    """And not by a constraint of the database, of which nobody can tell the place."""
    ran = load(HEAD + PEOPLE + text)

    assert problems(ran) == told


RULES = {
    "a faction that is a person": (
        '[[affiliation]]\nparty = "ana"\norganization = "gang"\nrelation = "faction"\n',
        "relation: a faction is an organization, not a person",
    ),
    "an organization that is a person": (
        '[[affiliation]]\nparty = "ana"\norganization = "beto"\n',
        "'beto' is not an organization",
    ),
    "a relative that is a gang": (
        '[[kinship]]\nperson = "ana"\nrelation = "son of"\nrelative = "gang"\n',
        "'gang' is not a person",
    ),
    "a second name for who has one": (
        '[[name]]\nparty = "ana"\nname = "Other"\nkind = "primary"\n',
        "the party has a name already; record this one as an aka",
    ),
    "a name for a group": (
        (
            '[[group]]\nkey = "g"\nname = "two"\npeople = 2\n'
            '[[name]]\nparty = "g"\nname = "Other"\nkind = "primary"\n'
        ),
        "a group has no name of its own: record the person who is named",
    ),
    "two names for one without": (
        (
            '[[person]]\nkey = "p"\nname = "a courier"\nunnamed = true\n'
            '[[name]]\nparty = "p"\nname = "One"\nkind = "primary"\n'
            '[[name]]\nparty = "p"\nname = "Two"\nkind = "primary"\n'
        ),
        "the party has a name already; record this one as an aka",
    ),
    "a release from a charge": (
        (
            '[[charge]]\nkey = "c"\nsubject = "ana"\n'
            '[[release]]\nkey = "r"\nsubject = "ana"\nends = "c"\n'
        ),
        "ends: that action is a charge; a release ends an arrest, a conviction or a sentence",
    ),
    "a release from another's arrest": (
        (
            '[[arrest]]\nkey = "a"\nsubject = "beto"\n'
            '[[release]]\nkey = "r"\nsubject = "ana"\nends = "a"\n'
        ),
        "ends: that action was done to somebody else",
    ),
    "a release before the arrest": (
        (
            '[[arrest]]\nkey = "a"\nsubject = "ana"\ndate = "2022"\n'
            '[[release]]\nkey = "r"\nsubject = "ana"\ndate = "2020"\nends = "a"\n'
        ),
        "ends: that action was in 2022, after 2020: a release comes later",
    ),
    "a key that two records have": (
        '[[arrest]]\nkey = "a"\nsubject = "ana"\n[[charge]]\nkey = "a"\nsubject = "ana"\n',
        "the key 'a' is that of [[arrest]] no. 1 (line 16): give it one of its own",
    ),
    "a key that nobody has": (
        '[[arrest]]\nkey = "a"\nsubject = "anna"\n',
        "no person, organization or group has the key 'anna' in this file; did you mean 'ana'?",
    ),
    "a dataset that nobody has": (
        '[[arrest]]\nkey = "a"\nsubject = "elsewhere:ana"\n',
        "no person, organization or group has the key 'ana' in the dataset 'elsewhere'",
    ),
    "a part of a tally that is an action": (
        '[[tally]]\nkey = "t"\ndescription = "x"\ncount = 1\nunit = "tips"\npart_of = "ana"\n',
        "no tally has the key 'ana' in this file; one of another dataset is dataset:key",
    ),
}


@pytest.mark.parametrize(("text", "told"), RULES.values(), ids=RULES.keys())
def test_a_rule_over_several_records_is_kept(
    load: Callable[..., Ran], text: str, told: str
) -> None:
    """One line, at the record that breaks it."""
    (problem,) = problems(load(HEAD + PEOPLE + text))

    assert problem.partition(": ")[2] == told


def test_who_was_counted_in_a_group_may_be_released_from_its_arrest(
    load: Callable[..., Ran],
) -> None:
    """Named later, they are the same people; the group may stand before them in the file."""
    ran = load(
        HEAD
        + '[[group]]\nkey = "g"\nname = "two"\npeople = 2\nmembers = ["ana"]\n'
        + PEOPLE
        + '[[arrest]]\nkey = "a"\nsubject = "g"\n'
        + '[[release]]\nkey = "r"\nsubject = "ana"\nends = "a"\n'
    )

    assert ran.code == 0, ran.err


def test_a_line_within_a_text_is_no_line_of_a_record(load: Callable[..., Ran]) -> None:
    """Better no number than a wrong one."""
    text = HEAD + 'text = """\n[[person]]\n"""\n[[person]]\nkey = "p"\n'

    assert problems(load(text)) == ["[[person]] no. 1: name is missing"]


# What is there already


def test_a_record_that_says_something_else_is_refused_and_not_overwritten(
    load: Callable[..., Ran], empty_file: Path
) -> None:
    """What is recorded is recorded; the line says what differs, there and here."""
    arrest = '[[arrest]]\nkey = "a"\nsubject = "{0}"\nplace = "{1}"\ndate = "2024"\n'
    load(HEAD + PEOPLE + arrest.format("ana", "Pier 9"))
    before = dump(empty_file)

    other = load(HEAD + PEOPLE.replace("gang", "cartel", 2) + arrest.format("beto", "Pier 8"))

    told = problems(load(HEAD + PEOPLE + arrest.format("beto", "Pier 8")))
    assert told == [
        (
            "[[arrest]] no. 1 (line 16): it is in the registry with another place"
            " ('Pier 9' there, 'Pier 8' here), subject; it is not overwritten"
        )
    ]
    assert other.code == 1
    assert dump(empty_file) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ('key = "a"\nsubject = "ana"', "date"),
        ('key = "a"\nsubject = "ana"\ndate = "2023"', "date"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ncooperation = ["gang"]', "cooperation"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ncustody = "prison"', "custody"),
        ('key = "a"\nsubject = "ana"\ndate = "2024"\ndate_kind = "announced"', "date_kind"),
    ],
)
def test_a_field_that_was_added_changed_or_left_away_is_a_difference(
    load: Callable[..., Ran], changed: str, field: str
) -> None:
    """In the record, in its details, in what belongs to it."""
    load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\ndate = "2024"\n')

    (told,) = problems(load(f"{HEAD}{PEOPLE}[[arrest]]\n{changed}\n"))

    assert f"with another {field}" in told


def test_a_key_of_another_kind_is_a_difference(load: Callable[..., Ran]) -> None:
    """An arrest does not become a charge."""
    load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n')

    (told,) = problems(load(HEAD + PEOPLE + '[[charge]]\nkey = "a"\nsubject = "ana"\n'))

    assert "kind ('arrest' there, 'charge' here)" in told


def test_another_text_of_a_source_is_a_difference(load: Callable[..., Ran]) -> None:
    """It is compared whole, and shown in part."""
    load(HEAD + f'text = "{"One. " * 100}"\n')

    (told,) = problems(load(HEAD + f'text = "{"Two. " * 100}"\n'))

    assert "with another text ('One. One." in told
    assert len(told) < 300


def test_a_record_that_was_withdrawn_since_is_let_be(
    load: Callable[..., Ran], empty: Caseledger, empty_file: Path
) -> None:
    """It does not come back with the file, with no citation that is new either; it is said."""
    arrest = '[[arrest]]\nkey = "a"\nsubject = "ana"\n'
    load(HEAD + PEOPLE + arrest)
    empty("withdraw", "A1", "--reason", "a mistake")
    before = dump(empty_file)

    ran = load(HEAD + PEOPLE + arrest + 'date = "2024"\ncitation = [{ phrase = "x" }, {}]\n')

    assert ran.code == 0, ran.err
    assert ran.out.endswith("; 3 corrected or withdrawn since, left as they are\n")
    assert dump(empty_file) == before


def test_a_new_record_cannot_speak_of_one_that_was_withdrawn_since(
    load: Callable[..., Ran], empty: Caseledger
) -> None:
    """It would be of nobody."""
    load(HEAD + PEOPLE)
    empty("withdraw", "P1", "--reason", "a mistake")

    (told,) = problems(load(HEAD + PEOPLE + '[[arrest]]\nkey = "a"\nsubject = "ana"\n'))

    assert told.endswith("'ana' was withdrawn from the registry since")


def test_two_files_may_use_the_same_keys(load: Callable[..., Ran], empty_file: Path) -> None:
    """A key is one in its dataset."""
    load(HEAD + PEOPLE)

    others = PEOPLE.replace("Invent", "Ficti").replace("Ejemplos", "Modelos")
    ran = load(HEAD.replace('"d"', '"e"') + others)

    assert ran.code == 0, ran.err
    assert ask(empty_file, "SELECT count(*) FROM parties") == [(6,)]


# Files that are none


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.toml", "nowhere.toml: No such file or directory"),
        (".", "cannot read .: Is a directory"),
        ("", "the name of a file is needed, or - for standard input"),
        ("with\x00nul", "cannot read with"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_line(
    empty: Caseledger, name: str, said: str
) -> None:
    """Wrong usage: exit 2."""
    ran = empty("load", name)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_in_another_encoding_is_told_in_a_line(empty: Caseledger, tmp_path: Path) -> None:
    """With the byte where it stops being UTF-8."""
    file = tmp_path / "latin.toml"
    file.write_bytes(b'dataset = "caf\xe9"')

    ran = empty("load", str(file))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"caseledger: {file} is not UTF-8: byte 14\n"


def test_without_standard_input_there_is_nothing_to_load(empty_file: Path) -> None:
    """It was closed before we began."""
    done = subprocess.run(
        [
            *("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "caseledger"),
            *("--db", str(empty_file), "load", "-"),
        ],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"caseledger: cannot read -: standard input is closed\n"


# All or nothing


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Caseledger:
    """The program on a seeded registry, on each of the two engines."""
    if request.param == "sqlite":
        program: Caseledger = request.getfixturevalue("seeded")
        return program
    url = request.getfixturevalue("postgres_url")
    make_seeded(locate(url))
    return InProcess(url)


def test_a_file_loads_alike_on_either_engine(either: Caseledger, tmp_path: Path) -> None:
    """Dry, right, again and wrong; the dry run takes no number of a sequence."""
    wrong = tmp_path / "file.toml"
    wrong.write_text(
        SECOND.read_text(encoding="utf-8") + '\n[[arrest]]\nkey = "x"\nsubject = "nobody"\n',
        encoding="utf-8",
    )

    dry = either("load", str(SECOND), "--dry-run")
    ran = either("load", str(SECOND))
    again = either("load", str(SECOND))
    told = problems(either("load", str(wrong)))
    organizations = either("list", "organizations", "--format", "csv")

    assert "O39," in organizations.out
    assert len(told) == 1
    assert dry.out.removeprefix("would add") == ran.out.removeprefix("added")
    assert again.out.startswith("added: nothing; ")
    assert either("db", "check").out == "sound\n"


def test_a_load_that_is_killed_leaves_nothing_or_everything(
    empty_file: Path, tmp_path: Path
) -> None:
    """At whatever moment; the registry opens, and is sound."""
    people = [{"key": f"p{number}", "name": f"Fulano {number}"} for number in range(3000)]
    file = tmp_path / "many.json"
    head = {"dataset": "d", "default_source": "s", "source": [{"key": "s", "title": "S"}]}
    file.write_text(json.dumps({**head, "person": people}), encoding="utf-8")
    command = [sys.executable, "-m", "caseledger", "--db"]
    whole = tmp_path / "whole.db"
    shutil.copy(empty_file, whole)
    began = time.monotonic()
    subprocess.run([*command, str(whole), "load", str(file)], check=True, capture_output=True)
    lasted = time.monotonic() - began

    for part in (0.5, 0.7, 0.8, 0.9, 0.95):
        path = tmp_path / f"{part}.db"
        shutil.copy(empty_file, path)
        program = subprocess.Popen([*command, str(path), "load", str(file)], stdout=subprocess.PIPE)
        time.sleep(lasted * part)
        program.send_signal(signal.SIGKILL)
        out, _ = program.communicate()
        told = InProcess(str(path))("list", "people", "--format", "csv")

        assert told.code == 0
        assert len(told.lines) - 1 in ({3000} if out else {0, 3000})
        assert ask(path, "PRAGMA integrity_check") == [("ok",)]
        assert ask(path, "PRAGMA foreign_key_check") == []


def test_the_error_holds_every_problem_for_a_program_that_loads(empty_file: Path) -> None:
    """A page in a browser shows them in its own way."""
    text = HEAD + '[[person]]\nkey = "p"\n[[person]]\nkey = "q"\n'
    with pytest.raises(ProblemsError) as caught:
        load_file(Location(empty_file, None), text, "name", by="tester", as_json=False)

    assert [(problem.place, problem.reason) for problem in caught.value.problems] == [
        ("[[person]] no. 1 (line 6)", "name is missing"),
        ("[[person]] no. 2 (line 8)", "name is missing"),
    ]


def test_a_load_says_when_it_was(load: Callable[..., Ran], empty_file: Path) -> None:
    """One hour for all of a file, in UTC."""
    load(HEAD + PEOPLE)
    ((stamp,),) = ask(empty_file, "SELECT DISTINCT recorded_at FROM parties")

    read = dt.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    assert abs(dt.datetime.now(dt.UTC) - read) < dt.timedelta(minutes=2)
