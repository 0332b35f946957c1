"""Taking out a record that should never have been there, and bringing it back."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger, Ran

UNNAMED = "first individual convicted under the Bipartisan Safer Communities Act"

BOOKKEEPING = re.compile(r",\d+,'20\d\d-\d\d-\d\dT[^']*'|'20\d\d-\d\d-\d\dT[^']*'")
"""A change counts one up in `version`, and a name that is shown again says when."""


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def dump(file: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def shown(program: Caseledger) -> list[str]:
    """Everything that reports and lists show."""
    lists = ("people", "organizations", "cases", "sources", "tallies")
    told = [program("list", what, "--format", "json").out for what in lists]
    return [*told, program("report", "--format", "json").out]


def refused(ran: Ran, code: int) -> str:
    """The one line that says why nothing was done."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


def test_what_is_withdrawn_is_in_no_report_and_is_kept(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """With the reason and the hour; its citations go with it."""
    ran = seeded("withdraw", "A4", "--reason", "recorded twice")

    assert ran.out == "A4 arrest: withdrawn, with 3 records of its own\n"
    assert "A4," not in seeded("report", "--format", "csv").out
    assert '"A4"' not in seeded("report", "--format", "json").out
    assert "A4 " not in seeded("show", "P23").out
    assert ask(
        seeded_file, "SELECT withdrawn_reason, length(withdrawn_at) FROM actions WHERE id = 4"
    ) == [("recorded twice", 20)]


def test_what_is_withdrawn_is_counted_no_more(seeded: Caseledger) -> None:
    """Neither in a report's counts nor in what a total has recorded."""
    seeded("withdraw", "A19", "--reason", "recorded twice")

    report = seeded("report", "--cartel", "CJNG", "--format", "json").out
    total = seeded("show", "T1").out
    assert '"actions": 3' in report
    assert "recorded: 1" in total
    assert "A19" not in total


WITHDRAWABLE = ["A4", "F3", "K1", "N2", "T1", "L5"]


@pytest.mark.parametrize("reference", WITHDRAWABLE)
def test_undo_restores_exactly_what_was(
    seeded: Caseledger, seeded_file: Path, reference: str
) -> None:
    """On every page and, but for the count of changes, in every row."""
    pages, rows = shown(seeded), dump(seeded_file)

    gone = seeded("withdraw", reference, "--reason", "a mistake")
    without = shown(seeded)
    back = seeded("withdraw", reference, "--undo")

    assert gone.code == back.code == 0
    assert without != pages
    assert shown(seeded) == pages
    assert BOOKKEEPING.sub("", dump(seeded_file)) == BOOKKEEPING.sub("", rows)


def test_it_works_alike_on_either_engine(either: Caseledger) -> None:
    """Withdrawn, refused, brought back."""
    before = shown(either)
    gone = either("withdraw", "A4", "--reason", "a mistake")
    said = refused(either("withdraw", "O3", "--reason", "x"), 1)
    dry = either("withdraw", "F3", "--reason", "x", "--dry-run")
    back = either("withdraw", "A4", "--undo")

    assert gone.out.startswith("A4 arrest: withdrawn, with 3")
    assert said.endswith("cannot be withdrawn: F3, F4, F8, F9 speak of it")
    assert dry.out.startswith("F3 member: would be withdrawn")
    assert back.code == 0
    assert shown(either) == before


@pytest.mark.parametrize(
    ("reference", "speaking"),
    [
        ("P23", "A4, F4 speak of it"),
        ("O3", "F3, F4, F8, F9 speak of it"),
        ("O2", "F2, C1 speak of it"),
        ("G38", "A7, A8 speak of it"),
        ("C1", "A11 speaks of it"),
        ("S1", "L1, L2, L3, L4, L5, L6, L7, L8 … speak of it"),
        ("O9", "A19, A20, T1, T2 speak of it"),
        ("O16", "A8, A11, A14, A15 speak of it"),
        ("O19", "A8 speaks of it"),
        ("P28", "F5, K1 speak of it"),
        ("T7", "T8, T9 speak of it"),
    ],
)
def test_what_living_records_speak_of_cannot_be_withdrawn(
    seeded: Caseledger, seeded_file: Path, reference: str, speaking: str
) -> None:
    """They would be left without a subject, a source, an organization; it is said which."""
    before = dump(seeded_file)

    said = refused(seeded("withdraw", reference, "--reason", "x"), 1)

    assert said.startswith(f"{reference} ")
    assert said.endswith(f"cannot be withdrawn: {speaking}")
    assert dump(seeded_file) == before


def test_what_belongs_to_a_record_speaks_too(seeded: Caseledger, tmp_path: Path) -> None:
    """Who took part, and who is to prosecute."""
    file = tmp_path / "parts.toml"
    file.write_text(
        'dataset = "parts"\ndefault_source = "fact-sheet-2022:fact-sheet"\n'
        '[[person]]\nkey = "p"\nname = "Fulano Inventado"\n'
        '[[organization]]\nkey = "o"\nname = "Fiscalía Inventada"\n'
        '[[organization]]\nkey = "q"\nname = "Procuraduría Inventada"\n'
        '[[group]]\nkey = "g"\nname = "two men"\npeople = 2\nmembers = ["p"]\n'
        '[[arrest]]\nkey = "a"\nsubject = "g"\ncooperation = ["o"]\nprosecution_by = "q"\n',
        encoding="utf-8",
    )
    assert seeded("load", str(file)).code == 0

    assert refused(seeded("withdraw", "O40", "--reason", "x"), 1).endswith("A21 speaks of it")
    assert refused(seeded("withdraw", "O41", "--reason", "x"), 1).endswith("A21 speaks of it")


def test_who_was_counted_in_a_group_can_be_withdrawn(seeded: Caseledger) -> None:
    """The six stay six; else one who was wrongly put among them could never be taken out."""
    seeded("add", "person", "Fulano Inventado", "--counted-in", "G36", "--source", "S1")
    before = seeded("report", "--format", "json").out

    gone = seeded("withdraw", "P39", "--reason", "the wrong man")
    without = seeded("show", "G36").out
    back = seeded("withdraw", "P39", "--undo")

    assert gone.code == back.code == 0
    assert "Fulano" not in without
    assert "P39 Fulano Inventado" in seeded("show", "G36").out
    assert seeded("report", "--format", "json").out == before


def test_once_nobody_speaks_of_it_a_party_can_be_withdrawn(seeded: Caseledger) -> None:
    """With its own names and citations; nobody finds it any more."""
    for reference in ("A4", "F4"):
        seeded("withdraw", reference, "--reason", "the wrong man")

    ran = seeded("withdraw", "P23", "--reason", "the wrong man")

    assert ran.out == "P23 Erick Valencia Salazar: withdrawn, with 3 records of its own\n"
    assert "P23," not in seeded("list", "people", "--format", "csv").out
    assert seeded("show", "Erick Valencia Salazar").code == 3
    assert seeded("report", "--person", "el 85").code == 3


def test_a_withdrawn_name_can_be_recorded_anew(seeded: Caseledger) -> None:
    """It is in nobody's way."""
    for reference in ("A4", "F4", "P23"):
        seeded("withdraw", reference, "--reason", "the wrong man")

    ran = seeded("add", "person", "Erick Valencia Salazar", "--source", "S1")

    assert ran.out == "P39 Erick Valencia Salazar: new person\n"


def test_a_record_comes_back_before_those_that_speak_of_it(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """In the other order it would have no subject; the end is as it was."""
    before = dump(seeded_file)
    for reference in ("A4", "F4", "P23"):
        assert seeded("withdraw", reference, "--reason", "the wrong man").code == 0

    early = refused(seeded("withdraw", "A4", "--undo"), 1)
    for reference in ("P23", "F4", "A4"):
        assert seeded("withdraw", reference, "--undo").code == 0

    assert early == "A4 arrest speaks of P23, withdrawn too; bring that back first"
    assert BOOKKEEPING.sub("", dump(seeded_file)) == BOOKKEEPING.sub("", before)


def test_an_action_does_not_come_back_without_an_agency_that_took_part(
    seeded: Caseledger,
) -> None:
    """Agencies that took part are parties like others."""
    seeded(
        "add", "arrest", "--person", "P22", "--cooperation", "Fiscalía Inventada", "--source", "S1"
    )  # fmt: skip
    for reference in ("A21", "O39"):
        assert seeded("withdraw", reference, "--reason", "a mistake").code == 0

    said = refused(seeded("withdraw", "A21", "--undo"), 1)

    assert said == "A21 arrest speaks of O39, withdrawn too; bring that back first"


def test_the_last_citation_of_a_record_cannot_be_withdrawn(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Every record says how it is known; one of several may go, but not all of them."""
    (action,) = ask(seeded_file, "SELECT id FROM citations WHERE action_id = 7")[0]
    cited = [row[0] for row in ask(seeded_file, "SELECT id FROM citations WHERE action_id = 4")]

    single = refused(seeded("withdraw", f"L{action}", "--reason", "x"), 1)
    first = seeded("withdraw", f"L{cited[0]}", "--reason", "not what it says")
    second = seeded("withdraw", f"L{cited[1]}", "--reason", "not what it says")
    third = refused(seeded("withdraw", f"L{cited[2]}", "--reason", "not what it says"), 1)

    assert single == f"L{action} is the only citation of its record"
    assert first.code == second.code == 0
    assert third == f"L{cited[2]} is the only citation of its record"


def test_what_was_withdrawn_by_itself_does_not_come_back_with_its_record(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Not even if both went in one second, for one reason."""
    (citation,) = ask(seeded_file, "SELECT min(id) FROM citations WHERE action_id = 4")[0]
    seeded("withdraw", f"L{citation}", "--reason", "a mistake")
    seeded("withdraw", "A4", "--reason", "a mistake")

    back = seeded("withdraw", "A4", "--undo")

    assert back.out == "A4 arrest: brought back, with 2 records of its own\n"
    assert ask(seeded_file, f"SELECT withdrawn_reason FROM citations WHERE id = {citation}") == [
        ("a mistake",)
    ]


def test_what_went_with_a_record_comes_back_with_it_alone(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """A citation of something that no report shows would be counted for its source."""
    (citation,) = ask(seeded_file, "SELECT min(id) FROM citations WHERE action_id = 4")[0]
    seeded("withdraw", "A4", "--reason", "a mistake")

    said = refused(seeded("withdraw", f"L{citation}", "--undo"), 1)

    assert said.endswith("was withdrawn with A4, and comes back with it")


def test_a_citation_does_not_come_back_to_a_record_that_is_withdrawn(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """It went before the record did."""
    (citation,) = ask(seeded_file, "SELECT min(id) FROM citations WHERE action_id = 4")[0]
    seeded("withdraw", f"L{citation}", "--reason", "a mistake")
    seeded("withdraw", "A4", "--reason", "another")

    said = refused(seeded("withdraw", f"L{citation}", "--undo"), 1)

    assert said.endswith("speaks of A4, withdrawn too; bring that back first")


def test_a_reason_may_say_anything(seeded: Caseledger) -> None:
    """Even what we write of records that went with others."""
    seeded("withdraw", "A4", "--reason", "with A1: recorded twice")

    assert seeded("withdraw", "A4", "--undo").code == 0


def test_withdrawing_a_wrong_name_leaves_who_was_named_unnamed_again(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """A name given to the wrong person is the worst that can happen; the actions stay."""
    before = shown(seeded)
    seeded(
        "add", "name", "Juana Inventada, Jr.", "--party", "P34", "--kind", "primary",
        "--source", "S1",
    )  # fmt: skip

    ran = seeded("withdraw", "N16", "--reason", "the wrong woman")

    assert ran.out == "N16 Juana Inventada, Jr.: withdrawn, with 2 records of its own\n"
    assert ask(
        seeded_file,
        "SELECT name, is_named, suffix FROM parties JOIN persons USING (id) WHERE id = 34",
    ) == [(UNNAMED, 0, None)]
    assert shown(seeded) == before


def test_bringing_a_name_back_names_them_again(seeded: Caseledger) -> None:
    """As if it had never been taken."""
    seeded(
        "add", "name", "Juana Inventada", "--party", "P34", "--kind", "primary", "--source", "S1"
    )
    named = shown(seeded)
    seeded("withdraw", "N16", "--reason", "the wrong woman")

    seeded("withdraw", "N16", "--undo")

    assert shown(seeded) == named


def test_a_name_does_not_come_back_to_who_has_another_since(seeded: Caseledger) -> None:
    """Nobody has two names of which each is the one shown."""
    give = ("--party", "P34", "--kind", "primary", "--source", "S1")
    seeded("add", "name", "Juana Inventada", *give)
    seeded("withdraw", "N16", "--reason", "the wrong woman")
    seeded("add", "name", "Zutana Distinta", *give)

    said = refused(seeded("withdraw", "N16", "--undo"), 1)

    assert said == "Zutana Distinta has a name already; record this one as an aka"


def test_a_description_is_not_withdrawn_by_itself(seeded: Caseledger) -> None:
    """It goes when the name goes that replaced it."""
    seeded(
        "add", "name", "Juana Inventada", "--party", "P34", "--kind", "primary", "--source", "S1"
    )

    said = refused(seeded("withdraw", "N17", "--reason", "x"), 1)

    assert "is what somebody was recorded as before the name was known" in said


def test_a_dry_run_says_what_would_go_and_writes_nothing(
    seeded: Caseledger, seeded_file: Path
) -> None:
    """Out, and back."""
    before = dump(seeded_file)
    out = seeded("withdraw", "A4", "--reason", "x", "--dry-run")
    untouched = dump(seeded_file) == before
    seeded("withdraw", "A4", "--reason", "x")
    gone = dump(seeded_file)
    back = seeded("withdraw", "A4", "--undo", "--dry-run")

    assert out.out == "A4 arrest: would be withdrawn, with 3 records of its own\n"
    assert back.out == "A4 arrest: would be brought back, with 3 records of its own\n"
    assert untouched
    assert dump(seeded_file) == gone


def test_a_dry_run_refuses_what_would_be_refused(seeded: Caseledger) -> None:
    """Else it would promise what does not come."""
    assert refused(seeded("withdraw", "O3", "--reason", "x", "--dry-run"), 1)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["A4"], 2, "say why, with --reason; or bring it back, with --undo"),
        (["A4", "--reason", "x", "--undo"], 2, "say why, with --reason; or"),
        (["A4", "--reason", ""], 2, "--reason: ''"),
        (["A4", "--reason", "  "], 2, "--reason: '  '"),
        (["A4", "--reason", "two\nlines"], 2, "--reason: 'two\\nlines'"),
        (["A4", "--reason", "\udce9"], 2, "--reason: "),
        (["Erick Valencia Salazar", "--reason", "x"], 2, "is no reference; withdraw takes one"),
        (["Z9", "--reason", "x"], 2, "'Z9' is no reference"),
        (["L99999999999999999999", "--reason", "x"], 2, "is no reference"),
        (["A999", "--reason", "x"], 3, "there is no A999 in this registry"),
        (["P3", "--reason", "x"], 3, "there is no P3 in this registry"),
        (["A999", "--undo"], 3, "there is no A999 in this registry"),
        (["A4", "--undo"], 1, "A4 arrest is not withdrawn"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    seeded: Caseledger, options: list[str], code: int, said: str
) -> None:
    """A reason is needed, and a reference that is there."""
    assert said in refused(seeded("withdraw", *options), code)


def test_what_is_withdrawn_already_says_why(seeded: Caseledger) -> None:
    """Whoever comes second reads the reason of the first."""
    seeded("withdraw", "A4", "--reason", "recorded twice")

    said = refused(seeded("withdraw", "A4", "--reason", "again"), 1)

    assert said == "A4 arrest is withdrawn already: recorded twice; --undo brings it back"


def test_a_registry_is_sound_with_withdrawn_records_in_it(seeded: Caseledger) -> None:
    """`db check` finds nothing wrong."""
    for reference in ("A4", "F4", "P23", "N2", "K1", "T1"):
        assert seeded("withdraw", reference, "--reason", "a mistake").code == 0

    assert seeded("db", "check").out == "sound\n"
