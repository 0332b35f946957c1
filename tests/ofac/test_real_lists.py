"""The whole real lists, where they are at hand: figures that are known, both ways round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location
from caseledger.db.reading import reading
from caseledger.migrations import make
from caseledger.ofac.lists import import_list
from caseledger.ofac.parse.files import look_at_all
from caseledger.printed import Quote, Sources
from tests.ofac.lists import mirror
from tests.support import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Caseledger

LISTS = SHARED / "data" / "ofac"

pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="the real lists (../shared) are absent")

DAYS = {"2021-07": "2021-07-07", "2023-12-28": "2023-12-28"}


def files(name: str) -> list[Path]:
    """The four files of a list."""
    return [LISTS / name / f"{part}.csv" for part in ("add", "sdn_comments", "sdn", "alt")]


def test_both_ways_round(tmp_path: Path) -> None:
    """Equal mirrors, and the counts of the difference; the file stays small."""
    mirrors = []
    for number, order in enumerate((list(DAYS), list(DAYS)[::-1])):
        location = Location(tmp_path / f"{number}.db", None)
        make(location)
        found = [
            import_list(location, look_at_all(files(name)), DAYS[name], by="t") for name in order
        ]
        mirrors.append(mirror(location))
        if not number:
            last = found[-1]
            assert (last.added, last.removed, last.changed) == (5637, 792, 726)
            assert last.added + last.changed + last.unchanged == 13821
            size = location.path.stat().st_size if location.path else 0
            csv = sum(path.stat().st_size for name in DAYS for path in files(name))
            assert size < 2 * csv

    assert mirrors[0] == mirrors[1]


def test_every_derived_citation_is_printed_in_its_list(tmp_path: Path) -> None:
    """Some twelve thousand of both lists, each by the words and the place that it gives."""
    location = Location(tmp_path / "registry.db", None)
    make_seeded(location)
    for name, day in DAYS.items():
        import_list(location, look_at_all(files(name)), day, by="t")

    with reading(location) as reader:
        rows = reader.rows(
            "SELECT id, source_id, section, phrase FROM citations"
            " WHERE dataset = 'ofac' AND withdrawn_at IS NULL"
        )
        quotes = [Quote(*row) for row in rows]
        sources = Sources(reader, {quote.source for quote in quotes})

        assert len(quotes) > 10_000
        assert all(sources.is_list(quote.source) for quote in quotes)
        assert list(sources.unsaid(quotes)) == []
        other = [quote._replace(phrase="NOBODY SAYS SO") for quote in quotes]
        assert len(list(sources.unsaid(other))) == len(other)


def test_a_list_cut_short_stops(empty: Caseledger, tmp_path: Path) -> None:
    """At 95 % of its main file, on a whole row."""
    paths = [*map(str, files("2021-07"))]
    assert empty("import", "ofac", *paths, "--published", "2021-07-07").code == 0
    rows = (LISTS / "2023-12-28" / "sdn.csv").read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.csv"
    cut.write_bytes(b"".join(rows[: int(len(rows) * 0.6)]))

    said = empty("import", "ofac", str(cut), "--published", "2023-12-28")

    assert said.code == 1
    assert "0x1A is missing" in said.err


def test_the_smallest_list_has_orphans(empty: Caseledger) -> None:
    """A few rows of entries that are not there are normal."""
    paths = [*map(str, (LISTS / "small-2025-05").glob("*.csv"))]

    said = empty("import", "ofac", *paths, "--published", "2025-05-01", "-f", "json")

    assert json.loads(said.out)["orphans"] == {"names": 5, "addresses": 4, "comments": 0}


def test_the_excerpt_of_xml_is_what_the_csv_says(tmp_path: Path) -> None:
    """Entries that did not change from 2020 to 2021, word for word; the advanced form by name."""
    from caseledger.ofac.parse.reading import batches

    (xml,) = batches(look_at_all([LISTS / "xml" / "sdn_excerpt_2020-04-22.xml"]))
    (csv,) = batches(look_at_all(files("2021-07")))
    later = {entry.uid: entry for entry in csv.entries}
    aliases = set(csv.aliases or ())

    for entry in xml.entries:
        twin = later[entry.uid]
        assert entry._replace(programs=()) == twin._replace(programs=())
        assert set(entry.programs) == set(twin.programs)
    assert set(xml.aliases or ()) <= aliases
    assert tmp_path
