"""What a file of records can say, and how it is understood."""

from __future__ import annotations

import json
import shutil
import tomllib
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger.db.location import Location
from caseledger.loading import load_file
from caseledger.resources import seed_files
from tests.loading import HEAD, PEOPLE, SECOND, ask, problems, records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support import Caseledger, Ran


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
    (line,) = problems(bad)
    assert line.startswith("[[person]] no. 2 (line 11), citation: ")
    assert line.endswith("the source does not say 'he died': its text is kept here")
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
