"""Who an entry is, decided by hand: no import undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from caseledger.db.direct import writing_directly
from caseledger.db.reading import first
from caseledger.errors import RefusedError
from caseledger.lookup import find_party
from caseledger.ofac.errors import NoEntryError
from caseledger.ofac.ledger.deriving import derive
from caseledger.ofac.ledger.following import follow as keep_following
from caseledger.ofac.ledger.listed import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.db.location import Location
    from caseledger.db.reading import Reader
    from caseledger.lookup import Found
    from caseledger.ofac.ledger.deriving import Derived


class NotFollowedError(RefusedError):
    """An entry that has no party: its programmes are not followed, or it is a vessel."""

    def __init__(self, uid: int) -> None:
        super().__init__(
            f"entry {uid} has no party: its programmes are not followed, or it is a vessel or an "
            "aircraft; `caseledger ofac follow` says which are"
        )


class OtherKindError(RefusedError):
    """A person is no organization."""

    def __init__(self, found: Found, uid: int, kind: str) -> None:
        super().__init__(f"{found} is of kind {found.kind}, and entry {uid} of kind {kind}")


class UntiedError(RefusedError):
    """There is nothing to undo."""

    def __init__(self, found: Found) -> None:
        super().__init__(f"{found} is tied to no entry but one that it was made for")


class Tied(NamedTuple):
    """A party, and the entries that were tied to it or are no more."""

    party: Found
    uids: list[int]
    derived: Derived


def tie(location: Location, who: str, uid: int, *, by: str) -> Tied:
    """Say that a party is the one of an entry.

    Raises the errors of lookup, NoEntryError, NotFollowedError and OtherKindError.
    """
    with writing_directly(location) as writer:
        found = find_party(writer, who)
        kind = _kind(writer, uid)
        if found.kind != kind:
            raise OtherKindError(found, uid, kind)
        if not first(writer, "SELECT 1 FROM ofac_parties WHERE uid = :uid", {"uid": uid}):
            raise NotFollowedError(uid)
        writer.update("ofac_parties", ("party_id", "how"), ("uid",), [(found.id, "hand", uid)])
        return Tied(found, [uid], derive(writer, by=by))


def untie(location: Location, who: str, *, by: str) -> Tied:
    """Say that a party is none of the entries tied to it: each gets a party of its own again.

    Raises the errors of lookup, and UntiedError.
    """
    with writing_directly(location) as writer:
        found = find_party(writer, who)
        rows = writer.rows(
            "SELECT t.uid FROM ofac_parties t JOIN parties p ON p.id = t.party_id"
            " WHERE t.party_id = :party AND NOT (p.dataset = 'ofac'"
            "   AND p.key IN (t.uid || '/person', t.uid || '/organization')) ORDER BY t.uid",
            {"party": found.id},
        )
        uids = [uid for (uid,) in rows]
        if not uids:
            raise UntiedError(found)
        return Tied(found, uids, derive(writer, by=by, untied=frozenset(uids)))


def follow(location: Location, tags: Sequence[str], *, by: str) -> Derived:
    """Follow these programmes from now on, and derive again. Raises NotFoundError."""
    with writing_directly(location) as writer:
        keep_following(writer, tags)
        return derive(writer, by=by)


def _kind(reader: Reader, uid: int) -> str:
    row = first(
        reader,
        "SELECT type FROM ofac_entries WHERE uid = :uid ORDER BY since DESC LIMIT 1",
        {"uid": uid},
    )
    if row is None:
        raise NoEntryError(uid)
    if row[0] not in KINDS:
        raise NotFollowedError(uid)
    return KINDS[row[0]]
