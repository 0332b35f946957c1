"""A country is an ISO 3166 code of two letters, understood by its name or refused."""

from __future__ import annotations

import pytest
from babel import Locale

from caseledger import countries

_NOT_ISO = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ"
"""What CLDR names beside the countries of ISO 3166-1: parts of some, unions of many, Kosovo."""

_CLDR = frozenset(filter(str.isalpha, map(str, Locale("en").territories))) - set(_NOT_ISO.split())


def test_the_codes_are_those_of_iso_3166() -> None:
    """The list that is written out is the one that CLDR has, without what ISO does not list."""
    codes = countries.CODES

    assert codes == _CLDR


@pytest.mark.parametrize("code", sorted(_CLDR))
def test_a_country_is_understood_by_code_and_by_name(code: str) -> None:
    """Any country is understood by its code, its English and its Spanish name, in any case."""
    english, spanish = countries.name(code), countries.name(code, "es")

    assert countries.code(code) == countries.code(f" {code.lower()} ") == code
    assert countries.code(english) == countries.code(english.upper()) == code
    # In Spanish CLDR calls one Congo `Congo`, which is both.
    assert code == "CG" or countries.code(spanish) == countries.code(spanish.lower()) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Mexico", "MX"), ("México", "MX"), ("MEXICO", "MX"), ("Méjico", "MX")),
        *(("United States", "US"), ("USA", "US"), ("U.S.", "US"), ("U.S.A.", "US")),
        *(("Estados Unidos", "US"), ("EE. UU.", "US"), ("EE.UU.", "US"), ("EEUU", "US")),
        *(("the United States of America", "US"), ("estados unidos de america", "US")),
        *(("UK", "GB"), ("U.K.", "GB"), ("Great Britain", "GB"), ("Gran Bretaña", "GB")),
        *(("Russia", "RU"), ("South Korea", "KR"), ("Corea del Norte", "KP"), ("Turkey", "TR")),
        *(("The Netherlands", "NL"), ("Trinidad and Tobago", "TT"), ("Saint Lucia", "LC")),
        *(("Cote d'Ivoire", "CI"), ("Costa de Marfil", "CI"), ("Czech Republic", "CZ")),
        *(("Republic of the Congo", "CG"), ("DR Congo", "CD"), ("Hong Kong", "HK")),
    ],
)
def test_the_usual_forms_of_a_name_are_understood(text: str, code: str) -> None:
    """Nobody has to know how CLDR words a name: the short and the official forms will do."""
    found = countries.code(text)

    assert found == code


@pytest.mark.parametrize(
    "text", ["", " ", "Narnia", "XK", "Kosovo", "EU", "UN", "ZZ", "001", "MEX", "M X", "ß", "and"]
)
def test_what_is_no_country_is_refused(text: str) -> None:
    """Nothing is guessed; the refusal names the text, says what would do, and offers nothing."""
    with pytest.raises(countries.UnknownCountryError) as refused:
        countries.code(text)

    assert repr(text) in str(refused.value)
    assert str(refused.value).endswith("its name in English or in Spanish")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Mexcio", "did you mean Mexico (MX)?"),
        ("Columbia", "did you mean Colombia (CO)?"),
        ("Hondurras", "did you mean Honduras (HN)?"),
        ("Congo", "did you mean Congo - Kinshasa (CD) or Congo - Brazzaville (CG)?"),
        ("Corea", "did you mean North Korea (KP) or South Korea (KR)?"),
        ("Virgin Islands", "did you mean British Virgin Islands (VG) or U.S. Virgin Islands (VI)?"),
    ],
)
def test_near_names_are_offered_and_never_taken(text: str, offered: str) -> None:
    """A name misspelt, or the name of more than one country, is refused with what it may mean."""
    with pytest.raises(countries.UnknownCountryError) as refused:
        countries.code(text)

    assert str(refused.value).endswith(offered)


def test_a_country_is_named_in_english_unless_asked_otherwise() -> None:
    """A report is worded in English or in Spanish from the same code."""
    english, spanish = countries.name("US"), countries.name("US", "es")

    assert (english, spanish) == ("United States", "Estados Unidos")


@pytest.mark.parametrize("code", ["XK", "mx", "USA", ""])
def test_only_a_code_has_a_name(code: str) -> None:
    """What is stored is a code in capitals; anything else is a mistake, not a country."""
    with pytest.raises(countries.UnknownCountryError):
        countries.name(code)
