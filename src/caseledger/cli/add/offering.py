"""What is there to choose from while an action is asked for: cases, sources, earlier actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseledger.catalogue import ACTIONS, CITATION, SOURCE
from caseledger.catalogue.endings import unfit_to_end
from caseledger.cli.add.questions import (
    numbered,
    offer,
    optional,
    reference,
    required,
    tell,
    typed,
    yes,
)
from caseledger.errors import AmbiguousError, NotFoundError
from caseledger.fields import text_of
from caseledger.lookup import find
from caseledger.printed import HOW, Quote, Sources
from caseledger.references import parse
from caseledger.vocabulary import ActionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from caseledger.cli.settings import Settings

MOST = 20
"""So many cases or sources are listed; the others go by their title or reference."""

TITLES = {
    "case": "SELECT 'C' || id, title FROM cases",
    "source": "SELECT 'S' || id, title FROM sources",
}

LATEST = f"{{titles}} WHERE withdrawn_at IS NULL ORDER BY id DESC LIMIT {MOST}"

ACTIONS_OF = """
    SELECT id, kind, date, earliest, date_kind FROM actions
     WHERE (subject_id = :id OR subject_id IN
            (SELECT group_id FROM group_members WHERE member_id = :id))
       AND withdrawn_at IS NULL
     ORDER BY id"""

Source = str | dict[str, object]
"""The reference of a source that is there, or what is known of a new one."""


def _latest(settings: Settings, sort: str) -> list[str]:
    """The cases or the sources that were recorded last, listed."""
    with settings.read() as reader:
        rows = reader.rows(LATEST.format(titles=TITLES[sort]))
        offered = [f"{ref} {title}" for ref, title in rows]
    offer(offered)
    if len(offered) == MOST:
        tell(f"      the latest {MOST}; any other by its title or reference")
    return offered


def _titled(settings: Settings, text: str, sort: str, offered: Sequence[str]) -> str:
    """What a number of the list, a reference or a title means. Raises the errors of lookup."""
    if chosen := numbered(text, offered):
        return chosen
    with settings.read() as reader:
        return str(find(reader, text, sort))


def case(settings: Settings) -> str | None:
    """A case that is there, or none."""
    tell("The case it belongs to:")
    if not (offered := _latest(settings, "case")):
        tell("      none is there yet; `caseledger add case` records one")
        return None
    found = optional(
        "Its number, reference or title", lambda text: _titled(settings, text, "case", offered)
    )
    return found and reference(found)


def ended(
    settings: Settings, kind: ActionKind, subject: str, values: Mapping[str, object]
) -> str | None:
    """The earlier action of the same subject that this one ends, or none."""
    found = parse(subject)
    if found is None:
        return None
    ending, _ = ACTIONS[kind].read(values, apart=("subject",))
    with settings.read() as reader:
        rows = list(reader.rows(ACTIONS_OF, {"id": found.id}))
    unfit: dict[str, str] = {}
    offered: list[str] = []
    for number, what, when, earliest, date_kind in rows:
        columns = {"date": when, "earliest": earliest, "date_kind": date_kind}
        if why := unfit_to_end(kind, ending, what, columns):
            unfit[f"A{number}"] = why
        else:
            offered.append(f"A{number} {what}, {when or 'undated'}")
    if not offered:
        return None
    offer(offered)

    def read(text: str) -> str:
        ref = reference(numbered(text, offered) or text.upper())
        if ref in unfit:
            raise ValueError(f"{ref} {unfit[ref]}")
        if ref not in map(reference, offered):
            raise ValueError(f"{text!r} is none of these")
        return ref

    return optional(f"The one that this {kind} ends", read)


def source(settings: Settings) -> Source:
    """A source that is there, or a new one."""
    tell("Who says so:")
    offered = _latest(settings, "source")
    if not offered:
        return _new_source(settings)

    def read(text: str) -> str:
        return "new" if text.lower() == "new" else _titled(settings, text, "source", offered)

    found = required("Its number, reference or title, or `new`", read)
    return _new_source(settings) if found == "new" else reference(found)


def _new_source(settings: Settings) -> Source:
    def unused(text: str) -> str:
        SOURCE.by_name["title"].read(text)
        with settings.read() as reader:
            try:
                there = find(reader, text, "source")
            except (NotFoundError, AmbiguousError):
                return text
        raise ValueError(f"{there} is there already")

    values: dict[str, object] = {"title": required("Title of the new source", unused)}
    for name, question in (
        ("publisher", "Its publisher"),
        ("url", "Its address (URL)"),
        ("published", "When it was published (2024-03-01, 2024-03, 2024)"),
    ):
        values[name] = optional(question, typed(SOURCE.by_name[name]))
    if values["published"] and yes("Is that date worked out from context?"):
        values["published_basis"] = "inferred"
    return values


def section(settings: Settings, chosen: Source) -> str | None:
    """Where in the source; in a list of entries, which entry."""
    number = _number(chosen)
    with settings.read() as reader:
        is_list = number is not None and Sources(reader, [number]).is_list(number)
    question = "Where in it, the section"
    if not is_list:
        return optional(question, text_of)

    def read(text: str) -> str:
        _refuse_unsaid(settings, chosen, text, None)
        return text

    return required(f"{question}; {HOW}", read)


def phrase(settings: Settings, chosen: Source, section: str | None) -> str | None:
    """The words that say so; where it is known what the source prints, they are found in it."""

    def read(said: str) -> str:
        CITATION.by_name["phrase"].read(said)
        _refuse_unsaid(settings, chosen, section, said)
        return said

    return optional("The short exact words that say so", read)


def _number(chosen: Source) -> int | None:
    """The number of a source that is there."""
    found = parse(chosen) if isinstance(chosen, str) else None
    return found.id if found else None


def _refuse_unsaid(
    settings: Settings, chosen: Source, section: str | None, phrase: str | None
) -> None:
    """Raise ValueError where the source does not say so."""
    number = _number(chosen)
    if number is None:
        return
    with settings.read() as reader:
        for _, why in Sources(reader, [number]).unsaid([Quote(None, number, section, phrase)]):
            raise ValueError(f"{chosen} {why}")
