"""JSON: valid, complete, and the same bytes as if it had been written at once."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from caseledger.render import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from caseledger.sheet import Row, Sheet
    from tests.render.conftest import Rendered


def test_everything_a_sheet_says_is_there(report: Sheet, rendered: Rendered) -> None:
    """In this order: a reader of a long file sees first what it is."""
    rows: list[Row] = list(report.rows)

    read = json.loads(rendered(report._replace(rows=rows), Format.JSON))

    assert list(read) == ["title", "criteria", "counts", "rows", "tallies", "sources", "notes"]
    assert read["criteria"] == {"cartel": "Example Cartel", "since": "2022-02", "limit": None}
    assert read["counts"]["unnamed people"] == "at least 6"
    assert read["sources"][0]["reference"] == "S1"
    assert [tuple(row.values())[:-1] for row in read["rows"]] == rows
    assert [row["certain"] for row in read["rows"]] == [False, True, True, True]


def test_certain_is_said_only_where_a_period_was_asked_for(
    report: Sheet, rendered: Rendered
) -> None:
    """Without a period there is nothing that a date could be uncertain about."""
    read = json.loads(rendered(report._replace(uncertain=None), Format.JSON))

    assert all("certain" not in row for row in read["rows"])


def test_streamed_rows_are_laid_out_as_the_encoder_would(report: Sheet, rendered: Rendered) -> None:
    """Rows are encoded one by one, and quicker; nobody should see that."""
    text = rendered(report, Format.JSON)

    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("rows", [[], [("Zutana Ejemplo", None)]])
def test_a_sheet_of_little_is_valid_too(
    *, rows: list[Row], sheet_of: Callable[..., Sheet], rendered: Rendered
) -> None:
    """No rows, and nothing to say about them."""
    text = rendered(sheet_of(rows), Format.JSON)

    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert len(json.loads(text)["rows"]) == len(rows)


def test_a_criterion_of_any_type_is_written(
    sheet_of: Callable[..., Sheet], rendered: Rendered
) -> None:
    """Whatever the command line made of an option."""
    sheet = sheet_of([])._replace(criteria={"since": date(2022, 2, 17), "kind": ["arrest"]})

    criteria = json.loads(rendered(sheet, Format.JSON))["criteria"]

    assert criteria == {"since": "2022-02-17", "kind": ["arrest"]}
