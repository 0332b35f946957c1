"""What was withdrawn can be looked at: shown as withdrawn, listed, and what it takes along told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support import Caseledger


def test_a_withdrawn_record_is_shown_as_withdrawn_with_what_it_said(either: Caseledger) -> None:
    """The hour, the reason, who recorded it; its subject, who did it, and what was cited."""
    either("withdraw", "A4", "--reason", "recorded twice")

    lines = either("show", "A4").lines

    assert lines[0] == "A4 arrest, withdrawn"
    assert re.fullmatch(r"  WITHDRAWN 20\d\d-\d\d-\d\dT[\d:]+Z: recorded twice", lines[1])
    assert re.fullmatch(r"  recorded 20\S+ by seed", lines[2])
    assert "  subject: P23 Erick Valencia Salazar" in lines
    assert "  authority: O8 Mexico" in lines
    assert '  S1, Combating TCOs: “Erick "el 85" Valencia Salazar”' in lines


@pytest.mark.parametrize("reference", ["P27", "C1", "F3", "K1", "N3", "T9"])
def test_a_withdrawn_record_of_any_kind_has_a_page(seeded: Caseledger, reference: str) -> None:
    """Where something speaks of it, that went first."""
    for _ in range(9):
        gone = seeded("withdraw", reference, "--reason", "a mistake")
        if gone.code == 0:
            break
        for other in re.findall(r"\b[A-Z]\d+\b", gone.err.partition("withdrawn: ")[2]):
            seeded("withdraw", other, "--reason", "a mistake")

    ran = seeded("show", reference)

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].endswith(", withdrawn")


def test_what_is_withdrawn_is_listed_without_what_went_along(either: Caseledger) -> None:
    """A party's own names and citations come back with it, and are told with it."""
    for reference in ("A4", "F4", "P23"):
        either("withdraw", reference, "--reason", "the wrong man")

    rows = either("list", "withdrawn", "--format", "csv").lines

    assert sorted(",".join(row.split(",")[:3]) for row in rows[1:]) == [
        "A4,arrest,Erick Valencia Salazar",
        "F4,affiliation,Erick Valencia Salazar: founder",
        "P23,person,Erick Valencia Salazar",
    ]
    assert all("the wrong man" in row for row in rows[1:])


def test_withdrawing_an_affiliation_tells_which_actions_leave_the_report(
    either: Caseledger,
) -> None:
    """A dry run too; those that are in the report for another reason stay."""
    trial = either("withdraw", "F3", "--reason", "misread", "--dry-run")
    assert "A3" in either("report", "--cartel", "CJNG").out

    ran = either("withdraw", "F3", "--reason", "misread")

    name = "O3 Cartel Jalisco Nueva Generación"
    assert trial.err == f"caseledger: would be no longer in the report on {name}: A3\n"
    assert ran.err == f"caseledger: no longer in the report on {name}: A3\n"


def test_an_affiliation_beside_another_takes_no_action_along(seeded: Caseledger) -> None:
    """Two sources tie him to it: one of them will do."""
    made = seeded(
        *("add", "affiliation", "P22", "--organization", "CJNG", "--relation", "leader"),
        *("--source", "S1"),
    )

    assert seeded("withdraw", made.out.split()[0], "--reason", "misread").err == ""
