"""What can go wrong, each an error that knows its own sentence, and the exit codes.

The command line catches `CaseledgerError` in one place, prints `caseledger: ` and the sentence on
stderr, and exits with the error's code.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode(IntEnum):
    """What the exit status of `caseledger` means."""

    DONE = 0
    """What was asked for is done."""
    REFUSED = 1
    """Refused by a rule of the registry, or a check that failed."""
    USAGE = 2
    """The command line itself is wrong: an unknown option, a date that is none."""
    NOT_FOUND = 3
    """Nothing, or more than one thing, goes by the name or reference given."""
    NO_REGISTRY = 4
    """The registry is missing, unreadable, unwritable or of another version."""
    UNSAID = 5
    """What was asked for is recorded, but stdout took no answer: not to be done again."""
    STOPPED = 130
    """Stopped by Ctrl-C; as the shells say it."""


class CaseledgerError(Exception):
    """A mistake or a state of things that the user can do something about."""

    code: ClassVar[ExitCode] = ExitCode.REFUSED


class RefusedError(CaseledgerError):
    """A rule of the registry forbids it."""


class UsageError(CaseledgerError):
    """A value on the command line cannot be read."""

    code = ExitCode.USAGE


class NotFoundError(CaseledgerError):
    """Nothing goes by that name; the nearest names are offered, never taken."""

    code = ExitCode.NOT_FOUND

    def __init__(self, what: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.what, self.name, self.nearest = what, name, tuple(nearest)
        hint = f"; did you mean {_either(self.nearest)}?" if nearest else ""
        super().__init__(f"no {what} called {name!r}{hint}")


class AmbiguousError(CaseledgerError):
    """Several go by that name, or it is only a part of theirs; never picked from."""

    code = ExitCode.NOT_FOUND

    def __init__(self, what: str, name: str, candidates: Sequence[str], *, part: bool) -> None:
        self.what, self.name, self.candidates = what, name, tuple(candidates)
        why = "is only a part of a name" if part else f"is the name of more than one {what}"
        super().__init__(f"{name!r} {why}: {', '.join(self.candidates)}; give a reference")


class NicknameError(CaseledgerError):
    """Only a nickname: it may be said of many, so nothing is recorded on it."""

    code = ExitCode.NOT_FOUND

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"{name!r} is only a nickname of {', '.join(candidates)}; give the name or a reference"
        )


class AlreadyThereError(CaseledgerError):
    """Something of that name or title is recorded already."""

    code = ExitCode.REFUSED

    def __init__(self, what: str, name: str, candidates: Sequence[str]) -> None:
        super().__init__(
            f"{_a(what)} called {name!r} is there already: {', '.join(candidates)}; "
            "--new records another of the same name"
        )


class SimilarError(CaseledgerError):
    """Not there by that name, but someone of a similar name is: it may be a slip, or a namesake."""

    code = ExitCode.NOT_FOUND

    def __init__(self, what: str, name: str, candidates: Sequence[str]) -> None:
        self.what, self.name, self.candidates = what, name, tuple(candidates)
        super().__init__(
            f"no {what} called {name!r}, but similar: {', '.join(self.candidates)}; "
            "give a reference, or --new for someone else"
        )


class NoReferenceError(CaseledgerError):
    """A well-formed reference to a record that is not there."""

    code = ExitCode.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(f"there is no {reference} in this registry")


class DoneAlreadyError(RefusedError):
    """The same was done to the same subject on the same date: it may have been typed twice."""

    def __init__(self, done: str, action: str, subject: str) -> None:
        self.done, self.action = done, action
        super().__init__(
            f"{done} is recorded already, as {action}; --subject {subject} --new records another"
        )


class RegistryError(CaseledgerError):
    """The registry cannot be opened, read or written."""

    code = ExitCode.NO_REGISTRY


class NoRegistryError(RegistryError):
    """A path that holds no registry: never answered with a new empty file."""

    def __init__(self, location: str) -> None:
        super().__init__(f"there is no registry at {location}; {_init(location)} makes one")


class NotARegistryError(RegistryError):
    """A file, or a database of another program."""

    def __init__(self, location: str, why: str) -> None:
        super().__init__(f"{location} is not a caseledger registry: {why}")


class OldRegistryError(RegistryError):
    """A registry that an earlier caseledger made and that is still to be upgraded."""

    def __init__(self, location: str, revision: str) -> None:
        super().__init__(
            f"the registry at {location} is of an earlier version ({revision}); "
            f"{_init(location)} upgrades it and keeps a copy"
        )


class NewerRegistryError(RegistryError):
    """A registry that a later caseledger made."""

    def __init__(self, location: str, revision: str) -> None:
        super().__init__(
            f"the registry at {location} is of a later version ({revision}) than this "
            "caseledger; install a newer caseledger"
        )


class ReadOnlyRegistryError(RegistryError):
    """Reading goes on; only writing is refused."""

    def __init__(self, location: str) -> None:
        super().__init__(f"the registry at {location} cannot be written: it is read-only")


class UnsaidError(CaseledgerError):
    """It is recorded, and could not be printed where it was to be."""

    code = ExitCode.UNSAID

    def __init__(self, lines: Sequence[str], why: str) -> None:
        super().__init__(
            f"recorded, but it could not be printed ({why}); do not do it again: {'; '.join(lines)}"
        )


class Problem:
    """One thing wrong in a file: where it stands and why it is refused."""

    __slots__ = ("place", "reason")

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class ProblemsError(CaseledgerError):
    """A file refused whole, with everything that is wrong in it, a line each."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        lines = "\n".join(f"  {file}: {problem}" for problem in self.problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__(f"{file} was not loaded: {count}\n{lines}")


def _init(location: str) -> str:
    """The command that makes or upgrades a registry, to be copied into a shell."""
    import shlex  # noqa: PLC0415 - only where something is wrong

    return f"`caseledger --db {shlex.quote(location)} init`"


def _a(word: str) -> str:
    """The word with its article."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _either(names: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *rest, last = names
    return f"{', '.join(rest)} or {last}" if rest else last
