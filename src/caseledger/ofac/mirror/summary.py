"""What an import found: how the list differs from the one before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caseledger.ofac.ledger.deriving import Derived


@dataclass(slots=True)
class Counts:
    """How many values of a kind came, went, and changed under their number."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def as_data(self) -> dict[str, int]:
        """As JSON has it."""
        return {"added": self.added, "removed": self.removed, "changed": self.changed}


@dataclass(slots=True)
class Imported:
    """The difference between a list and the list before it; where none was, all is added."""

    published: str
    before: str | None = None
    """The list it is compared with."""
    is_new: bool = True
    """False: these very files were there already, and nothing was done."""
    added: int = 0
    removed: int = 0
    changed: int = 0
    """Entries whose fields in the main file differ."""
    unchanged: int = 0
    said: int | None = None
    """How many entries the list says that it has, where that is not how many it has."""
    fields: Counter[str] = field(default_factory=Counter)
    """Changed entries by field; one may have several."""
    names: Counts = field(default_factory=Counts)
    addresses: Counts = field(default_factory=Counts)
    comments: Counts = field(default_factory=Counts)
    unparsed: dict[str, int] = field(default_factory=dict)
    """Fragments of remarks that are kept as they stand, by the words they begin with."""
    orphans: Counter[str] = field(default_factory=Counter)
    """Rows of entries that the main file does not have, by kind."""

    derived: Derived | None = None
    """What the lists now give the ledger."""

    def as_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "published": self.published,
            "before": self.before,
            "new": self.is_new,
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "said": self.said,
            "fields": dict(sorted(self.fields.items())),
            "names": self.names.as_data(),
            "addresses": self.addresses.as_data(),
            "comments": self.comments.as_data(),
            "unparsed": self.unparsed,
            "records": self.derived.as_data() if self.derived else {},
            "orphans": {kind: self.orphans[kind] for kind in ("names", "addresses", "comments")},
        }
