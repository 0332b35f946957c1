"""What a faithful seed answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from caseledger.db.reading import reading
from caseledger.reports.actions import COLUMNS, report
from caseledger.reports.criteria import Criteria

if TYPE_CHECKING:
    from caseledger.db.location import Location
    from caseledger.sheet import Sheet


def ask(location: Location, **criteria: object) -> tuple[list[dict[str, object]], dict[str, object]]:
    """The rows of a report, by column, and its counts."""
    with reading(location) as reader:
        sheet: Sheet = report(reader, Criteria(**criteria))  # type: ignore[arg-type]
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.rows]
        return rows, dict(sheet.about().counts)


def test_cjng_has_four_actions_on_four_named_people(seeded_registry: Location) -> None:
    """Two arrests of 2022 and two designations whose year is inferred."""
    rows, counts = ask(seeded_registry, organizations=["CJNG"])

    assert [(r["kind"], r["date"], r["date_basis"], r["subject"]) for r in rows] == [
        ("arrest", "2022", "stated", "Aldrin Miguel Jarquín Jarquín"),
        ("arrest", "2022", "stated", "Erick Valencia Salazar"),
        ("designation", "2022-02-17", "inferred", "Sergio Armando Orozco Rodriguez"),
        ("designation", "2022-07-11", "inferred", "Obed Christian Sepulveda Portillo"),
    ]
    assert [r["aliases"] for r in rows] == ["El Chaparrito", "el 85", "Chocho", None]
    assert rows[0]["title"] == "Plaza Boss in Colima"
    assert counts == {
        "actions": 4, "named people": 4, "unnamed people": 0, "organizations": 0,
    }


@pytest.mark.parametrize("name", ["CDN", "Cartel del Noroeste", "cartel de-noreste"])
def test_cdn_is_found_by_every_form_of_its_name(seeded_registry: Location, name: str) -> None:
    """One named person, and three whose case concerns it and who are tied to nothing."""
    rows, counts = ask(seeded_registry, organizations=[name])

    assert [(r["kind"], r["date"], r["date_kind"], r["people"], r["relation"]) for r in rows] == [
        ("arrest", "2022", "event", 1, "leader"),
        ("conviction", "2022-05", "announced", 3, "case concerns"),
    ]
    assert counts["named people"] == 1
    assert counts["unnamed people"] == 3
