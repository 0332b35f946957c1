"""When a list was published: a day, or a day and a time where two came out on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from caseledger.errors import UsageError

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_A_DAY = 24 * 60
FIRST_YEAR = 1950
"""The office is as old as that."""


def published(text: str) -> str:
    """A moment as it is kept: `2021-07-07` or `2021-07-07T16:30`. Raises UsageError."""
    read = text.strip()
    if _WRITTEN.fullmatch(read):
        try:
            moment = datetime.fromisoformat(read)
        except ValueError:
            pass
        else:
            if moment.year < FIRST_YEAR:
                raise UsageError(
                    f"--published {text!r}: OFAC has had lists since {FIRST_YEAR} only"
                )
            return moment.strftime("%Y-%m-%dT%H:%M" if len(read) > 10 else "%Y-%m-%d")
    raise UsageError(
        f"--published {text!r} is no day: write 2023-12-28, or 2023-12-28T16:30 for a second "
        "list on one day"
    )


def number(moment: str) -> int:
    """The number of the version published then: minutes since 1970. A day alone is its beginning.

    Versions sort by it, and it does not depend on the order in which they are imported.
    """
    read = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return int((read - _EPOCH).total_seconds() // 60)


def day_of(version: int) -> str:
    """The day on which the version of a number was published."""
    return (_EPOCH + timedelta(minutes=version)).strftime("%Y-%m-%d")
