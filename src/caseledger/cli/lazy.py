"""Groups whose commands are imported when they are called: start-up is made of imports."""

import os
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, ClassVar

import typer
import typer.core
import typer.main

from caseledger.errors import UsageError


class LazyGroup(typer.core.TyperGroup):
    """A group that knows its commands by name, module and summary."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {}
    """By the command's name: the module that has its `build(name)`, and a line of help."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the table, not of the alphabet: first things first."""
        return list(self.modules)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and build it."""
        if cmd_name not in self.modules:
            return None
        if cmd_name not in self.commands:
            module = import_module(self.modules[cmd_name][0])
            self.commands[cmd_name] = module.build(cmd_name)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self.modules.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Name the nearest commands of one that is not there."""
        if args[0] not in self.modules:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.modules, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)


class Command(typer.core.TyperCommand):
    """A command whose values are text, but for the names of files, which may be any bytes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line. Raises UsageError for a value that is not UTF-8."""
        rest = super().parse_args(ctx, args)
        for param in self.params:
            value = ctx.params.get(str(param.name))
            if value is None or param.metavar in {"FILE", "DIR"}:
                continue
            typed = param.opts[0] if param.param_type_name == "option" else param.metavar
            if isinstance(value, str):
                ctx.params[str(param.name)] = as_text(value, str(typed))
            elif isinstance(value, (list, tuple)):
                ctx.params[str(param.name)] = [as_text(one, str(typed)) for one in value]
        return rest


def as_text(value: str, name: str) -> str:
    """A value of the command line or the environment as it was typed, whatever the locale.

    Under `LC_ALL=C` Python takes UTF-8 for bytes that it cannot read. Raises UsageError where they
    are none.
    """
    try:
        return os.fsencode(value).decode("utf-8") if _UNREAD(value) else value
    except UnicodeError:
        raise UsageError(f"{name}: {value!r} is not UTF-8") from None


_UNREAD = re.compile(r"[\ud800-\udfff]").search


def command(run: Callable[..., None], name: str, examples: Sequence[str]) -> Any:
    """A command from a function: its docstring is the help, the examples stand under it."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, epilog=_shown(examples))(run)
    return typer.main.get_command(app)


def group(cls: type[LazyGroup], name: str, callback: Callable[..., None], **settings: Any) -> Any:
    """A group from the function that runs before its commands."""
    app = typer.Typer(cls=cls, name=name, add_completion=False, rich_markup_mode=None, **settings)
    app.callback()(callback)
    return typer.main.get_command(app)


def _shown(examples: Sequence[str]) -> str:
    r"""Examples a line each: `\b` keeps the formatter from filling them into a paragraph."""
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in examples)
