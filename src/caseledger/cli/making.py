"""Making a registry and seeding it from the files that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.db.reading import first, reading
from caseledger.loading import load_file
from caseledger.migrations import Made, make
from caseledger.resources import seed_files

if TYPE_CHECKING:
    from caseledger.db.location import Location

SEEDED_BY = "seed"
"""Who recorded what a new registry holds."""


def make_seeded(location: Location) -> Made:
    """Make the registry if it is not there, and seed a new one."""
    return make(location, seed)


def seed(location: Location) -> bool:
    """Load the seed's files, each once: a registry that has records of one is left as it is.

    Gives whether there was something to load.
    """
    loaded = False
    for file in seed_files():
        with reading(location) as reader:
            given = {"dataset": file.stem}
            if first(reader, "SELECT 1 FROM sources WHERE dataset = :dataset", given):
                continue
        text = file.read_text(encoding="utf-8")
        load_file(location, text, file.name, by=SEEDED_BY, as_json=False)
        loaded = True
    return loaded
