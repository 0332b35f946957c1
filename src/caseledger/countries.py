"""Countries: ISO 3166-1 codes of two letters, understood by name in English and in Spanish.

The names are those of the Unicode CLDR, as `babel` brings them, and a few in common use. Those in
English are written out as well: loading `babel` takes as long as a command.
"""

from __future__ import annotations

from functools import cache

from caseledger import names
from caseledger.country_names import ENGLISH

_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)

CODES = frozenset(_CODES.split())
"""Written out, so that a code costs no import; CLDR has more, for places that ISO does not list."""

_ALSO = {
    "AE": ("Emirates", "UAE", "Emiratos", "EAU"),
    "BA": ("Bosnia",),
    "BO": ("Plurinational State of Bolivia", "Estado Plurinacional de Bolivia"),
    "BQ": ("Bonaire, Sint Eustatius and Saba",),
    "CC": ("Cocos Islands", "Keeling Islands"),
    "CD": ("Democratic Republic of the Congo", "DR Congo", "DRC", "RD Congo", "RDC"),
    "CG": ("Republic of the Congo", "República del Congo"),
    "CI": ("Ivory Coast", "Costa de Marfil"),
    "CN": ("People's Republic of China", "PRC", "República Popular China"),
    "CZ": ("Czech Republic", "República Checa"),
    "FK": ("Malvinas",),
    "FM": ("Federated States of Micronesia", "Estados Federados de Micronesia"),
    "GB": ("UK", "Great Britain", "Britain", "Gran Bretaña"),
    "HK": ("Hong Kong",),
    "IR": ("Islamic Republic of Iran", "República Islámica de Irán"),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("Republic of Korea", "República de Corea"),
    "LA": ("Lao People's Democratic Republic",),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia",),
    "MM": ("Burma", "Birmania", "Myanmar"),
    "MO": ("Macao", "Macau"),
    "MX": ("Méjico", "Estados Unidos Mexicanos", "United Mexican States"),
    "NL": ("Holland", "Holanda"),
    "PS": ("Palestine", "State of Palestine", "Palestina"),
    "QA": ("Katar",),
    "RU": ("Russian Federation", "Federación Rusa", "Federación de Rusia"),
    "SA": ("Arabia Saudita",),
    "SY": ("Syrian Arab Republic", "República Árabe Siria"),
    "SZ": ("Swaziland", "Suazilandia", "Swazilandia"),
    "TL": ("East Timor", "Timor Oriental"),
    "TR": ("Turkey",),
    "TZ": ("United Republic of Tanzania",),
    "US": (
        *("United States of America", "USA", "U.S."),
        *("Estados Unidos de América", "EE. UU.", "EUA"),
    ),
    "VA": ("Vatican", "Holy See", "Vaticano", "Santa Sede"),
    "VE": ("Bolivarian Republic of Venezuela", "República Bolivariana de Venezuela"),
    "VG": ("Virgin Islands, British",),
    "VI": ("Virgin Islands, U.S.",),
}
"""Forms that CLDR does not give: short, official, former, or as they are abbreviated."""

_SEVERAL = {
    "congo": ("CD", "CG"),
    "korea": ("KP", "KR"),
    "corea": ("KP", "KR"),
    "virginislands": ("VG", "VI"),
    "islasvirgenes": ("VG", "VI"),
}
"""Names of more than one; CLDR has `Congo` for one of them, in Spanish."""


class UnknownCountryError(ValueError):
    """A text that is no country of ISO 3166-1; the sentence names those that are near."""

    def __init__(self, text: str, nearest: tuple[str, ...] = ()) -> None:
        self.text, self.nearest = text, nearest
        known = [f"{name(code)} ({code})" for code in nearest]
        hint = f"; did you mean {' or '.join(known)}?" if known else ""
        super().__init__(
            f"there is no country {text!r}: write its code of two letters, as MX, "
            f"or its name in English or in Spanish{hint}"
        )


def code(text: str) -> str:
    """The code of a country, from the code in any case or from a name.

    Accents, case and punctuation do not count. Raises UnknownCountryError.
    """
    upper = text.strip().upper()
    if upper in CODES and text.isascii():  # the capitals of `ß` are South Sudan
        return upper
    key = _key(text)
    found = _in_english().get(key) or _by_name().get(key)
    if found:
        return found
    raise UnknownCountryError(text, _SEVERAL.get(key) or _nearest(key))


def in_english(text: str) -> str | None:
    """The code of a country by its name in English, also turned: `Korea, North`; else None."""
    known = _in_english()
    return known.get(_key(text)) or known.get(_key(" ".join(reversed(text.split(", ")))))


def name(code: str, language: str = "en") -> str:
    """The usual name of a country in a language, `en` or `es`. Raises UnknownCountryError."""
    if code not in CODES:
        raise UnknownCountryError(code)
    from babel import Locale  # noqa: PLC0415 - as long as a bare start; a code needs none of it

    called: str = Locale(language).territories[code]
    return called


@cache
def _in_english() -> dict[str, str]:
    """The codes by the keys of the names that need no `babel`, which takes long to load."""
    called = {
        _key(form): code for code in sorted(CODES) for form in (ENGLISH[code], *_ALSO.get(code, ()))
    }
    return {key: code for key, code in called.items() if key not in _SEVERAL}


@cache
def _by_name() -> dict[str, str]:
    """The codes by the keys of all the names."""
    called = {
        _key(form): code
        for code in sorted(CODES)
        for form in (name(code, "en"), name(code, "es"), *_ALSO.get(code, ()))
    }
    return {key: code for key, code in called.items() if key not in _SEVERAL}


def _key(text: str) -> str:
    """The letters of a name, however it joins its parts: Trinidad & Tobago, St. Lucia."""
    words = (word for word in names.fold(text).split() if word not in {"and", "y", "the"})
    return "".join("saint" if word == "st" else word for word in words)


def _nearest(key: str) -> tuple[str, ...]:
    """The codes of the names that are spelt much like it; abbreviations are all near each other."""
    if len(key) < 4:
        return ()
    from difflib import get_close_matches  # noqa: PLC0415 - only on a mistake

    known = _by_name()
    near = get_close_matches(key, known, n=3, cutoff=0.8)
    return tuple(dict.fromkeys(known[form] for form in near))
