"""What cannot be recorded as it is typed: said in one line, with the way on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support import run_program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger, Ran

ARREST = ("add", "arrest", "--source", "S1", "--date", "2024-03-01")

NOW = datetime.now(UTC)
TOMORROW = (NOW + timedelta(days=2)).date().isoformat()


def refused(ran: Ran, code: int = 1) -> str:
    """The one line that says why nothing was recorded."""
    assert (ran.code, ran.out) == (code, ""), ran
    (line,) = ran.err.splitlines()
    return line.removeprefix("caseledger: ")


def test_the_same_action_is_recorded_once(seeded: Caseledger) -> None:
    """Same kind, subject, date and authority; what else is said may differ."""
    again = (*ARREST, "--person", "Erick Valencia Salazar")
    seeded(*again)

    assert refused(seeded(*again, "--place", "Port Example")) == (
        "arrest of P23 Erick Valencia Salazar, 2024-03-01, is recorded already, as A21;"
        " --subject P23 --new records another"
    )
    assert seeded(*ARREST, "--subject", "P23", "--new").lines[-1].startswith("A22 arrest of P23")


def test_another_authority_date_or_programme_is_another_action(seeded: Caseledger) -> None:
    """Being designated under another programme is another action."""
    done = ("add", "designation", "--subject", "P23", "--source", "S1", "--date", "2024")
    for more in (
        ("--program", "EO 14059"),
        ("--program", "SDNTK"),
        ("--program", "SDNTK", "--authority", "OFAC"),
    ):
        assert seeded(*done, *more).code == 0


def test_a_withdrawn_action_is_recorded_anew(seeded: Caseledger) -> None:
    """What should never have been there is in nobody's way."""
    seeded(*ARREST, "--subject", "P23")
    seeded("withdraw", "A21", "--reason", "misread")

    assert seeded(*ARREST, "--subject", "P23").code == 0


def test_people_only_counted_are_the_same_where_they_are_described_alike(
    seeded: Caseledger,
) -> None:
    """Six lookouts typed twice are not twelve."""
    six = (*ARREST, "--people", "6", "--described", "six lookouts")
    seeded(*six)

    assert "--subject G39 --new records another" in refused(seeded(*six))


@pytest.mark.parametrize("kind", ["arrest", "extradition", "release", "death"])
def test_an_organization_is_not_arrested(seeded: Caseledger, kind: str) -> None:
    """Nor extradited, released or buried."""
    ran = seeded("add", kind, "--organization", "CJNG", "--source", "S1")

    assert "O3 Cartel Jalisco Nueva Generación is an organization, which cannot" in ran.err
    assert ran.code == 1


def test_an_organization_is_designated_charged_and_convicted(seeded: Caseledger) -> None:
    """As the law knows it."""
    for kind in ("designation", "charge", "conviction"):
        assert seeded("add", kind, "--organization", "CJNG", "--source", "S1").code == 0


def test_nothing_happened_tomorrow(seeded: Caseledger) -> None:
    """A year that has begun may be the year of it."""
    late = ("add", "arrest", "--subject", "P23", "--source", "S1", "--date")

    assert refused(seeded(*late, TOMORROW)) == (
        f"date: {TOMORROW} is still to come; an action is something that was done"
    )
    assert seeded(*late, str(NOW.year)).code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ("--person", "Gulf Cartel"),
            "O4 Gulf Cartel, an organization; --new records a person of that name",
        ),
        (
            ("--subject", "P23", "--cartel", "FGR"),
            "'FGR' is an agency, not whom somebody acts for; say O10 if it is meant",
        ),
        (
            ("--subject", "P23", "--authority", "CJNG"),
            "'CJNG' is a cartel, not an authority; say O3 if it is meant",
        ),
    ],
)
def test_a_name_of_the_wrong_sort_says_what_it_is(
    seeded: Caseledger, typed: tuple[str, ...], said: str
) -> None:
    """People, agencies and targets are never confused."""
    assert refused(seeded(*ARREST, *typed)).endswith(said)


def test_a_reference_says_that_it_is_meant(seeded: Caseledger) -> None:
    """An official may have acted for an agency."""
    ran = seeded(*ARREST, "--subject", "P23", "--cartel", "O10", "--authority", "O3")

    assert ran.code == 0, ran.err


def test_a_group_has_no_more_people_known_than_it_has(seeded: Caseledger) -> None:
    """The third of two is refused; of 'at least two' there may be three."""
    for number, more in (("2", ()), ("2", ("--at-least",))):
        described = f"two lookouts {more}"
        made = seeded(*ARREST, "--people", number, "--described", described, *more, "--new")
        group = made.out.split()[0]
        counted = ("--counted-in", group, "--source", "S1", "--new")
        runs = [seeded("add", "person", f"Fulano {n}", *counted) for n in ("Uno", "Dos", "Tres")]

        assert [ran.code for ran in runs] == [0, 0, 0 if more else 1]


@pytest.mark.parametrize("name", ["P0", "p007"])
def test_what_only_looks_like_a_reference_is_no_name(seeded: Caseledger, name: str) -> None:
    """Nobody is called P0."""
    said = f"{name!r} is no reference: a letter is followed by a number from 1 on"

    assert refused(seeded(*ARREST, "--person", name), 2) == said


@pytest.mark.parametrize("what", ["source", "case", "person", "organization"])
def test_nothing_is_called_as_a_reference_is(seeded: Caseledger, what: str) -> None:
    """A source called S1 could not be told from the first one."""
    cited = () if what == "source" else ("--source", "S1")

    assert "'S1' reads as a reference" in refused(seeded("add", what, "S1", *cited), 2)


def test_what_a_release_may_end_is_said_and_not_linked(seeded: Caseledger) -> None:
    """Only --ends links; what was ended already is not offered."""
    release = ("add", "release", "--subject", "P23", "--source", "S1")

    ran = seeded(*release, "--date", "2023")
    assert ran.err == (
        "caseledger: it may end A4 (arrest, 2022); --ends A4 says so, nothing else does\n"
    )
    assert "ended by" not in seeded("show", "A4").out

    seeded(*release, "--date", "2024", "--ends", "A4")
    assert seeded(*release, "--date", "2025").err == ""


def test_the_line_is_one_in_a_process_too(seeded_file: Path) -> None:
    """Whole, on stderr, with its exit code."""
    ran = run_program("--db", str(seeded_file), *ARREST, "--person", "Gulf Cartel")

    assert len(refused(ran).splitlines()) == 1


def test_the_type_of_an_organization_recorded_by_the_way_can_be_said(seeded: Caseledger) -> None:
    """Of the subject, of the cartel, and of the one that a case concerns."""
    ran = seeded(
        *("add", "designation", "--organization", "Comercial Ejemplo", "--type", "company"),
        *("--cartel", "Los Ejemplos", "--cartel-type", "smuggling-network", "--source", "S1"),
    )
    assert "Comercial Ejemplo: new organization (company)" in ran.out
    assert "Los Ejemplos: new organization (smuggling network)" in ran.out

    case = ("add", "case", "Operation Example", "--source", "S1", "--organization")
    ran = seeded(*case, "Banda Ejemplo", "--type", "gang")
    assert "Banda Ejemplo: new organization (gang)" in ran.out


def test_the_type_of_an_organization_that_is_there_is_not_changed(seeded: Caseledger) -> None:
    """A second opinion on it is not overwritten in passing."""
    tied = ("add", "charge", "--subject", "P23", "--source", "S1")

    assert refused(seeded(*tied, "--cartel", "CJNG", "--cartel-type", "gang")) == (
        "O3 Cartel Jalisco Nueva Generación is recorded as cartel, not as gang"
    )
    assert refused(seeded(*tied, "--type", "gang"), 2) == "--type goes with --organization"
