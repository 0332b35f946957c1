"""What can be wrong with a list, or with a question about lists, each in its own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.errors import ExitCode, NotFoundError, RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ListError(RefusedError):
    """A file that is damaged or is none of OFAC's: refused whole, with the line and the reason."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {reason}; nothing was imported")


class NotReadYetError(RefusedError):
    """A form of the list that this program knows by sight only."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is SDN_ADVANCED.XML, which is not read yet: give SDN.XML or the CSV files"
        )


class SuspectListError(RefusedError):
    """A list that may be cut or mistaken: it must never delist anyone, so we stop and ask."""

    def __init__(self, published: str, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        lines = "".join(f"\n  {reason}" for reason in self.reasons)
        super().__init__(
            f"the list of {published} may be cut or mistaken; nothing was imported, "
            f"--force goes on:{lines}"
        )


class TakenError(RefusedError):
    """Another list has that moment of publication."""

    def __init__(self, published: str) -> None:
        hint = "" if "T" in published else f", as --published {published}T16:00"
        super().__init__(
            f"another list of {published} is in the registry: a second one on a day needs a "
            f"time{hint}"
        )


class UndatedError(UsageError):
    """A CSV carries no date."""

    def __init__(self) -> None:
        super().__init__(
            "the CSV files carry no date: say when the list was published, "
            "as --published 2023-12-28"
        )


class NoVersionError(NotFoundError):
    """No list of that day."""

    def __init__(self, published: str, there: Sequence[str]) -> None:
        super().__init__("version of the list", published, tuple(there))


class NoEntryError(RefusedError):
    """No list has that number."""

    code = ExitCode.NOT_FOUND

    def __init__(self, uid: int) -> None:
        super().__init__(f"no list in this registry has an entry {uid}")
