"""What an action of each kind says of its own, in words: the views keep only the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DETAILS = (
    "custody",
    "warrant",
    "prosecution_by",
    "instrument",
    "mode",
    "from_country",
    "to_country",
    "basis",
    "offense",
    "statute",
    "court",
    "conduct",
    "sentence_months",
    "sentence_life",
    "sentence_kind",
    "sentence_extent",
    "list_name",
    "program",
    "list_entry",
    "ends",
    "summary",
)
"""The columns of `report_actions` that the words are made from, in order."""


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _with(words: str, value: object) -> str | None:
    return f"{words}{value}" if value else None


def _arrest(d: tuple[str | None, ...]) -> str:
    custody, warrant, prosecution_by = d[:3]
    return _joined(
        _with("custody: ", custody),
        _with("warrant: ", warrant),
        _with("for prosecution by ", prosecution_by),
    )


def _charge(d: tuple[str | None, ...]) -> str:
    by = None if d[3] == "other" else _with("by ", d[3])
    return _joined(by, _with("alleged: ", d[8]), d[9], d[10], _with("conduct ", d[11]))


def _extradition(d: tuple[str | None, ...]) -> str:
    mode = None if d[4] == "extradition" else _with("by ", d[4])
    way = " ".join(part for part in (_with("from ", d[5]), _with("to ", d[6])) if part)
    return _joined(
        mode, way, _with("alleged: ", d[8]), _with("conduct ", d[11]), _with("requested by ", d[10])
    )


def _conviction(d: tuple[str | None, ...]) -> str:
    basis = None if d[7] == "unstated" else _with("by ", d[7])
    return _joined(sentence(*d[12:16]), basis, d[8], d[9], d[10])


def _sentence(d: tuple[str | None, ...]) -> str:
    return _joined(sentence(*d[12:16]), d[10])


def _listing(d: tuple[str | None, ...]) -> str:
    return _joined(_with("under ", d[17]), d[16], _with("entry ", d[18]), _with("ends ", d[19]))


def _delisting(d: tuple[str | None, ...]) -> str:
    """What is said of it, too: under which programmes the entry is listed still."""
    return _joined(_listing(d), d[20])


def _ending(d: tuple[str | None, ...]) -> str:
    return _with("ends ", d[19]) or ""


_WORDED: dict[str, Callable[[tuple[str | None, ...]], str]] = {
    "arrest": _arrest,
    "charge": _charge,
    "extradition": _extradition,
    "conviction": _conviction,
    "sentence": _sentence,
    "designation": _listing,
    "delisting": _delisting,
}


def detail(kind: str, details: tuple[str | None, ...]) -> str:
    """The facts of an action in words: `12 years' imprisonment; by plea`; empty if it has none."""
    return _WORDED.get(kind, _ending)(details)


def sentence(
    months: object, life: object, kind: object = None, extent: object = None
) -> str | None:
    """A sentence in words: `12 years' imprisonment`, `up to 18 months' probation`, `life`."""
    served = kind or "imprisonment"
    upto = "up to " if extent == "maximum" else ""
    if life:
        return f"{upto}life {served}"
    if not months:
        return str(kind) if kind else None
    years, rest = divmod(int(str(months)), 12)
    parts = [_unit(years, "year") if years else "", _unit(rest, "month") if rest else ""]
    length = " ".join(part for part in parts if part)
    possessive = "'" if length.endswith("s") else "'s"
    return f"{upto}{length}{possessive} {served}"


def _unit(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


JOINED = {"acts for": "acts for", "linked": "linked to", "case concerns": "case concerns"}
"""How a relation reads before the name of its organization, where that is not with `of`."""


def tie_in_words(
    relation: str, organization: str, title: str | None = None, standing: str | None = None
) -> str:
    """What a subject is to an organization: `member of CJNG (Plaza Boss in Colima), alleged`."""
    joined = JOINED.get(relation, f"{relation} of")
    words = f"{joined} {organization}" if relation and organization else relation or organization
    titled = f"{words} ({title})" if title else words
    return f"{titled}, alleged" if standing == "alleged" else titled
