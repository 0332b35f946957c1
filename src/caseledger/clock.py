"""The time at which something is recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """UTC, to the second: `2026-01-31T12:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """The day that it is, here or by UTC, whichever is the later: `2026-01-31`."""
    return max(date.today(), datetime.now(UTC).date()).isoformat()  # noqa: DTZ011 - here
