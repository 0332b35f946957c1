"""What is refused in a file of records, and in what words."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.loading import HEAD, PEOPLE, dump, problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support import Ran


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
