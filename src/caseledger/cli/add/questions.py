"""Asking on a terminal: a question, a list to choose from, yes or no; all of it on stderr.

A wrong answer is asked again, with one line that says why. Ctrl-C and Ctrl-D are `typer.Abort`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stdout
from typing import Any, TypeVar

import typer

from caseledger.cli.lazy import as_text
from caseledger.cli.output import is_terminal
from caseledger.cli.saying import say
from caseledger.errors import CaseledgerError
from caseledger.fields import Field

T = TypeVar("T")

Read = Callable[[str], T]
"""Makes something of an answer, or raises CaseledgerError or ValueError with a sentence."""


def tell(*lines: str) -> None:
    """Lines on stderr: what is offered, what would be recorded."""
    for line in lines:
        print(line, file=sys.stderr)


def offer(lines: Sequence[str]) -> None:
    """What can be chosen from, numbered."""
    tell(*(f"  {number:>2}  {line}" for number, line in enumerate(lines, 1)))


_ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


def yes(question: str, *, default: bool | None = False) -> bool:
    """Yes or no, asked until it is one of them; Enter is the default, where there is one."""
    shown = {True: "Y/n", False: "y/N", None: "y/n"}[default]
    while True:
        answer = _ask(f"{question} [{shown}]").lower()
        if not answer and default is not None:
            return default
        if answer in _ANSWERS:
            return _ANSWERS[answer]
        say("answer y for yes or n for no")


def optional(question: str, read: Read[T]) -> T | None:
    """What an answer means, asked until it can be read; None for Enter."""
    while text := _ask(question):
        try:
            return read(text)
        except (CaseledgerError, ValueError) as error:
            say(str(error))
    return None


def required(question: str, read: Read[T]) -> T:
    """What an answer means, asked until there is one."""
    while (value := optional(question, read)) is None:
        say("this one needs an answer")
    return value


def _ask(question: str) -> str:
    """The answer, on one line; empty where only Enter was pressed."""
    while True:
        with _aside():
            text = str(typer.prompt(question, default="", show_default=False, err=True)).strip()
        try:
            return as_text(text, "the answer")
        except CaseledgerError as error:
            say(str(error))


def _aside() -> Any:
    """Reading a line writes a space before it on stdout, which is data where it is no terminal."""
    return nullcontext() if is_terminal(sys.stdout) else redirect_stdout(sys.stderr)


def numbered(text: str, offered: Sequence[str]) -> str | None:
    """What was chosen by its number; None where the answer is no number. Raises ValueError."""
    if not re.fullmatch(r"[0-9]+", text):
        return None
    if not 1 <= int(text) <= len(offered):
        raise ValueError(f"{text} is none of the numbers from 1 to {len(offered)}")
    return offered[int(text) - 1]


def word_of(words: Sequence[str]) -> Read[str]:
    """Reads a number of a list, or one of its words. Raises ValueError."""

    def read(text: str) -> str:
        word = numbered(text, words) or re.sub(r"[-_\s]+", " ", text.lower())
        if word not in words:
            raise ValueError(f"{text!r} is none of: {', '.join(words)}")
        return word

    return read


def typed(field: Field) -> Read[str]:
    """Reads what a field can keep, and leaves it as it was typed. Raises ValueError."""

    def read(text: str) -> str:
        field.read(text)
        return text

    return read


def reference(line: str) -> str:
    """The reference that an offered line begins with."""
    return line.split(" ", 1)[0]
