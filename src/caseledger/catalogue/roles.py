"""Which organizations act and which are acted against: never confused because of a name."""

from __future__ import annotations

from caseledger.vocabulary import OrganizationType

_WHO_ACT = frozenset({OrganizationType.AGENCY, OrganizationType.GOVERNMENT})
_TARGETS = frozenset(
    {OrganizationType.CARTEL, OrganizationType.GANG, OrganizationType.SMUGGLING_NETWORK}
)

_NEVER = {
    "cartel": _WHO_ACT,
    **dict.fromkeys(("authority", "announced by", "cooperation", "prosecution by"), _TARGETS),
}
"""For each place beside the subject: of what type the one in it hardly is."""

_PLACES = {
    "cartel": "whom somebody acts for",
    "authority": "an authority",
    "announced by": "an office that announces",
    "cooperation": "an agency that takes part",
    "prosecution by": "a prosecutor",
}


def unfit_for(role: str | None, type_: str) -> str | None:
    """Why a name is not taken for that of who acts, or is acted for; None where it is.

    A reference says that it is meant: an official may have worked for a cartel and an agency.
    """
    if role in _NEVER and type_ in _NEVER[role]:
        return f"is a{'n' if type_ == OrganizationType.AGENCY else ''} {type_}, not {_PLACES[role]}"
    return None
