"""Programmes of sanctions: which tags are one programme, whatever it is called where.

A short table, each line with its source; never a guess from how many entries changed their tag at
once (that misled on real lists).
"""

from __future__ import annotations

from functools import cache

ONE = (
    # E.O. 14059 of 15 December 2021, 86 FR 71549; OFAC's regulations under it, 87 FR 77711.
    ("ILLICIT-DRUGS-EO14059", "ILLICIT-DRUGS-EO", "EO 14059"),
    # E.O. 14038 of 9 August 2021: https://ofac.treasury.gov/faqs/916; OFAC's regulations under it,
    # 88 FR 18038. The tag BELARUS is another programme, that of E.O. 13405.
    ("BELARUS-EO14038", "BELARUS-EO", "EO 14038"),
    # E.O. 14039 of 20 August 2021: https://ofac.treasury.gov/faqs/921; number and day in
    # E.O. 14066, 87 FR 13625. The tag PEESA is another programme, that of the act itself.
    ("PEESA-EO14039", "PEESA-EO", "EO 14039"),
    # E.O. 14115 of 1 February 2024, 89 FR 7605.
    ("WEST-BANK-EO14115", "MIDDLE-EAST-EO", "EO 14115"),
)
"""Tags that are one programme: OFAC's tag now, and what else the programme is printed as.

The sources are those of the orders. That the tag of now belongs to its order is said by OFAC's
own reference values (SDN_ADVANCED.XML of 23 February 2024, programmes and legal bases; for
E.O. 14115 the tag alone). That the older tag is the same programme was seen in daily lists, where
the one took the place of the other; no notice of OFAC's that says so was found.
"""


def _plain(program: str) -> str:
    return program.lower().replace(" ", "").replace(".", "")


_SAME = {_plain(other): _plain(tag) for tag, *others in ONE for other in others}


@cache
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
