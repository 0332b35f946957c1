"""Options from the catalogue: a file's `date_basis = "inferred"` is `--inferred` here."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caseledger.catalogue import ORGANIZATION
from caseledger.cli import completion
from caseledger.errors import UsageError
from caseledger.fields import Body, Choice, Field, Link, Links, Switch
from caseledger.vocabulary import OrganizationType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_COMPLETED: dict[str, Callable[..., Any]] = {
    "organization": completion.organizations,
    "person": completion.people,
    "group": completion.groups,
    "party": completion.anything,
    "case": completion.cases,
    "source": completion.sources,
    "action": completion.actions,
    "tally": completion.tallies,
}

TYPE: dict[str, Any] = {
    "type": Annotated[
        str | None,
        typer.Option(
            metavar="|".join(word.replace(" ", "-") for word in OrganizationType),
            autocompletion=lambda: [word.replace(" ", "-") for word in OrganizationType],
            help="What the --organization is, where it is not there yet.",
        ),
    ],
}
"""Of an organization that is recorded by the way."""

SHARED: dict[str, Any] = {
    "source": Annotated[
        str | None,
        typer.Option(
            metavar="TITLE|REF",
            autocompletion=completion.sources,
            help="Who says so.  [required]",
        ),
    ],
    "section": Annotated[str | None, typer.Option(metavar="TEXT", help="Where in the source.")],
    "phrase": Annotated[
        str | None, typer.Option(metavar="TEXT", help="The short exact words that say so.")
    ],
    "new": Annotated[
        bool, typer.Option("--new", help="Someone else than those of a similar or equal name.")
    ],
    "dry_run": Annotated[
        bool, typer.Option("--dry-run", help="Say what would be recorded; write nothing.")
    ],
}
"""What every command that records carries."""


def types_of(given: Mapping[str, Any]) -> dict[str, str]:
    """What organizations were said to be, by their place. Raises UsageError."""
    types: dict[str, str] = {}
    for option, place in (("type", "organization"), ("cartel_type", "cartel")):
        if (said := given.get(option)) is None:
            continue
        try:
            types[place] = ORGANIZATION.by_name["type"].read(said)["type"]
        except ValueError as error:
            raise UsageError(f"{_flag(option)}: {error}") from error
        if not given.get(place) and "name" not in given:
            raise UsageError(f"{_flag(option)} goes with --{place}")
    return types


def options_of(fields: Sequence[Field]) -> dict[str, Any]:
    """Annotations of the options of some fields, by parameter name, in order."""
    options: dict[str, Any] = {}
    for field in fields:
        if isinstance(field, Choice) and field.switches:
            words = _switched(field)
            for word in words:
                text = field.help if len(words) == 1 else f"{field.help}: {word}"
                options[_parameter(word)] = Annotated[
                    bool, typer.Option(_flag(word), help=_capital(text))
                ]
        else:
            options[_parameter(field.option or field.name)] = _option(field)
    return options


def _option(field: Field) -> Any:
    name = field.typed
    text = _capital(field.help) + ("  [required]" if field.required else "")
    if isinstance(field, Switch):
        return Annotated[bool, typer.Option(name, help=text)]
    if isinstance(field, Choice):
        words = field.words
        return Annotated[
            str | None,
            typer.Option(
                name,
                metavar="|".join(word.replace(" ", "-") for word in words),
                help=text,
                autocompletion=lambda: [word.replace(" ", "-") for word in words],
            ),
        ]
    if isinstance(field, Links):
        return Annotated[
            list[str] | None,
            typer.Option(
                name, metavar=field.metavar, help=text, autocompletion=_COMPLETED.get(field.to)
            ),
        ]
    complete = _COMPLETED.get(field.to) if isinstance(field, Link) else None
    return Annotated[
        str | None, typer.Option(name, metavar=field.metavar, help=text, autocompletion=complete)
    ]


def values_of(fields: Sequence[Field], given: Mapping[str, Any]) -> dict[str, object]:
    """What was typed, by field. Raises UsageError for two switches of one choice."""
    values: dict[str, object] = {}
    for field in fields:
        if isinstance(field, Choice) and field.switches:
            on = [word for word in _switched(field) if given.get(_parameter(word))]
            if len(on) > 1:
                raise UsageError(f"{' and '.join(map(_flag, on))} do not go together")
            if on:
                values[field.name] = on[0]
            continue
        value = given.get(_parameter(field.option or field.name))
        if value is None or value is False or value == []:
            continue
        if isinstance(field, Body):
            from caseledger.cli.load import read_text

            value = read_text(str(value))
        values[field.name] = value
    return values


def signature(*groups: Mapping[str, Any], argument: tuple[str, Any] | None = None) -> Signature:
    """The signature of a command: its context, an argument, and optional options."""
    parameters = [Parameter("ctx", Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    if argument:
        name, annotation = argument
        parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation))
    merged: dict[str, Any] = {}
    for options in groups:
        merged |= options
    for name, annotation in merged.items():
        default = False if annotation.__origin__ is bool else None
        parameters.append(
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        )
    return Signature(parameters)


def with_signature(run: Callable[..., None], made: Signature, doc: str) -> Callable[..., None]:
    """A function as Typer reads it: its parameters are made, not written down."""

    def wrapped(**given: Any) -> None:
        run(**given)

    wrapped.__signature__ = made  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in made.parameters.values()}
    wrapped.__doc__ = doc
    return wrapped


def _switched(field: Choice) -> list[str]:
    """The words of a choice that are switches: all but the default, and `words`."""
    return [word for word in field.words if word not in {field.otherwise, "words"}]


def _parameter(name: str) -> str:
    name = name.replace(" ", "_")
    return f"{name}_" if name in {"from", "list"} else name


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-").replace(" ", "-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
