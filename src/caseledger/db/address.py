"""The address of a server's database: whether it can be read, and what of it may be shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ADDRESS = re.compile(
    r"""postgresql://
    (?: (?P<user> [^:@/?#]* ) (?: : (?P<password> [^@/?#]* ) )? @ )?
    (?P<place>
        (?: \[ [^\]@/?#]* \] | [^\[\]:,@/?#]* ) (?: :[0-9]* )?
        (?: , (?: \[ [^\]@/?#]* \] | [^\[\]:,@/?#]* ) (?: :[0-9]* )? )*
        (?: / [^@/?#]* )?
    )
    (?: \? (?P<query> (?: [^=&@#]+ = [^=&@#]* ) (?: & [^=&@#]+ = [^=&@#]* )* )? )?""",
    re.VERBOSE,
)
_MISCODED = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")

_SHOWN = {
    *("host", "hostaddr", "port", "dbname", "user", "sslmode", "connect_timeout"),
    *("application_name", "client_encoding", "target_session_attrs"),
}
"""Parameters that hold no secret; of any other, spelled as it may be, the value is not shown."""


def is_readable(url: str) -> bool:
    """Whether an address is what the driver takes it for.

    An `@`, a `/` or a `#` that a password has as it is would make the driver take a part of the
    password for a host, or a port, and tell it in its message.
    """
    return bool(_ADDRESS.fullmatch(url)) and not _MISCODED.search(url)


def shown(url: str) -> str:
    """An address without its secrets."""
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return "postgresql://***"
    user = found["user"]
    before = "" if user is None else f"{user}@" if found["password"] is None else f"{user}:***@"
    query = f"?{'&'.join(_shown(*one) for one in _parameters(found['query']))}"
    return f"postgresql://{before}{found['place']}{query if found['query'] else ''}"


def without_secrets(url: str, said: str) -> str:
    """What a driver says of an address, its secrets masked however they are written."""
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return "the address cannot be read"
    kept = [value for name, value in _parameters(found["query"]) if name not in _SHOWN]
    secrets = {form for one in (found["password"] or "", *kept) for form in (one, unquote(one))}
    for secret in sorted(secrets - {""}, key=len, reverse=True):
        said = said.replace(secret, "***")
    return said


def _parameters(query: str | None) -> list[tuple[str, str]]:
    pairs = (one.partition("=") for one in (query or "").split("&") if one)
    return [(name, value) for name, _, value in pairs]


def _shown(name: str, value: str) -> str:
    return f"{name}={value if name in _SHOWN else '***'}"
