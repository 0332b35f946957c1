"""The kinds of record that the lists give the ledger, each with its tables.

A derived record is known again by its key. The key begins with the number of its entry, or with
another *head*, so that what hangs on a few entries can be held against what is there without
reading the rest.
"""

from __future__ import annotations

from typing import NamedTuple

DATASET = "ofac"
"""Of every record that is derived; no other source may call itself so."""

AGENCY = "agency/ofac"
"""The key of OFAC itself, where no other source speaks of it."""


class Shelf(NamedTuple):
    """A kind of record: its table, and the table of its details."""

    name: str
    """What its records are called in a summary."""
    table: str
    columns: tuple[str, ...]
    kind: str | None = None
    detail: str | None = None
    details: tuple[str, ...] = ()


_PARTY = ("name", "name_key", "is_named")
PERSONS = Shelf(
    "people",
    "parties",
    _PARTY,
    "person",
    "persons",
    ("sex", "birth", "birth_earliest", "birth_latest", "nationality", "suffix"),
)
ORGANIZATIONS = Shelf(
    "organizations", "parties", _PARTY, "organization", "organizations", ("type",)
)
NAMES = Shelf("names", "names", ("party_id", "name", "name_key", "kind"))
AFFILIATIONS = Shelf(
    "affiliations", "affiliations", ("party_id", "organization_id", "relation", "standing")
)
_ACTION = (
    "subject_id", "date", "earliest", "latest", "date_kind", "date_basis", "authority_id",
    "summary", "ends_id",
)  # fmt: skip
_LISTED = ("list_name", "program", "list_entry")
DESIGNATIONS = Shelf("designations", "actions", _ACTION, "designation", "designations", _LISTED)
DELISTINGS = Shelf("delistings", "actions", _ACTION, "delisting", "delistings", _LISTED)
SOURCES = Shelf(
    "sources",
    "sources",
    (
        "title", "title_key", "publisher", "published", "published_earliest", "published_latest",
        "published_basis", "sha256",
    ),
)  # fmt: skip
CITED = ("action_id", "affiliation_id", "name_id", "party_id")
"""What a derived citation may be on: one of them."""
CITATIONS = Shelf("citations", "citations", ("source_id", "section", "phrase", *CITED))
