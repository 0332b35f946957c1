"""Lists come in and go out: the mirror first, then what it gives the ledger, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.collector import uncollected
from caseledger.db.direct import writing_directly
from caseledger.ofac import moments
from caseledger.ofac.ledger.deriving import derive
from caseledger.ofac.mirror.dropping import take_version_out
from caseledger.ofac.mirror.importing import Import
from caseledger.ofac.mirror.summary import Imported
from caseledger.ofac.mirror.versions import there_already, version_called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from caseledger.db.location import Location
    from caseledger.ofac.mirror.versions import Version
    from caseledger.ofac.parse.files import GivenFile


def import_list(
    location: Location,
    files: Sequence[GivenFile],
    published: str,
    *,
    by: str,
    force: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Put a list into the mirror, wherever in time it belongs.

    Raises ListError where a file is damaged, SuspectListError where the list may be cut or
    mistaken (unless it is forced), and the errors of `writing_directly`.
    """
    with uncollected(), writing_directly(location, dry_run=dry_run) as writer:
        if there := there_already(writer, files, published):  # another import came first
            return Imported(there.published, unchanged=there.entries, is_new=False)
        found = Import(writer, files, published, by, force=force).run(progress)
        version = moments.number(published)
        found.derived = derive(writer, by=by, dry_run=dry_run, version=version)
        return found


def drop(location: Location, published: str, *, by: str) -> Version:
    """Take the version published then out, and derive again.

    Raises NoVersionError, and the errors of `writing_directly`.
    """
    with writing_directly(location) as writer:
        version = version_called(writer, published)
        take_version_out(writer, version)
        derive(writer, by=by)
        return version
