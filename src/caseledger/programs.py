"""Programmes of sanctions: which tags are one programme, whatever it is called where.

A short table, each line with its source; never a guess from how many entries changed their tag at
once (that misled on real lists).
"""

from __future__ import annotations

ONE = (
    # The order's own number took the place of its subject; both are E.O. 14059 of 15 December 2021.
    ("ILLICIT-DRUGS-EO14059", "ILLICIT-DRUGS-EO", "EO 14059"),
    # E.O. 14038 of 9 August 2021.
    ("BELARUS-EO14038", "BELARUS-EO", "EO 14038"),
    # E.O. 14039 of 20 August 2021, under the Protecting Europe's Energy Security Act.
    ("PEESA-EO14039", "PEESA-EO", "EO 14039"),
    # E.O. 14115 of 1 February 2024, first tagged by region.
    ("WEST-BANK-EO14115", "MIDDLE-EAST-EO", "EO 14115"),
)
"""Tags that are one programme: OFAC's tag now, and what else the programme is printed as."""


def _plain(program: str) -> str:
    return program.lower().replace(" ", "").replace(".", "")


_SAME = {_plain(other): _plain(tag) for tag, *others in ONE for other in others}


def key(program: str) -> str:
    """What two names of one programme share."""
    plain = _plain(program)
    if plain.startswith("executiveorder"):
        plain = "eo" + plain.removeprefix("executiveorder")
    return _SAME.get(plain, plain)


def key_sql(expression: str) -> str:
    """The same in SQL, for either engine."""
    plain = f"replace(replace(lower({expression}), ' ', ''), '.', '')"
    cases = " ".join(f"WHEN '{other}' THEN '{tag}'" for other, tag in sorted(_SAME.items()))
    return f"CASE {plain} {cases} ELSE {plain} END"
