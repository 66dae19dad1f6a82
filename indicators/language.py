"""The reader's language: translated text, and names, numbers and dates as that language writes them.

English is the source language. Catalogs live in ``locales/<language>/LC_MESSAGES/atlas.mo``. The language belongs to
the current context (one session's run), so two sessions never see each other's.
"""

from __future__ import annotations

import gettext as gettext_module
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path

import pycountry
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from indicators import periods

DOMAIN = "atlas"
FOLDER = Path(__file__).resolve().parent.parent / "locales"
SOURCE_LANGUAGE = "en"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def use(language: str) -> None:
    """Set the language of the current context; a language without a catalog reads as English."""
    _language.set(language)


def current() -> str:
    """Return the language of the current context, such as ``en``."""
    return _language.get()


@lru_cache(maxsize=16)
def _catalog(language: str) -> gettext_module.NullTranslations:
    return gettext_module.translation(DOMAIN, FOLDER, [language], fallback=True)


def _(message: str) -> str:
    """Return a text in the reader's language."""
    return _catalog(current()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a text that goes with a count; ``{count}`` in it is left for the caller to fill."""
    return _catalog(current()).ngettext(singular, plural, count)


def mark(message: str) -> str:
    """Mark a text for translation where it is declared; it is translated with ``_()`` where it is shown."""
    return message


def _locale() -> Locale:
    return Locale.parse(current())


@lru_cache(maxsize=2048)
def _country_name(iso3: str, language: str) -> str:
    country = pycountry.countries.get(alpha_3=iso3)
    territories = Locale.parse(language).territories
    if country is None:
        return iso3
    # The longer forms of a few names say nothing more in a list of countries.
    short = territories.get(f"{country.alpha_2}-alt-short")
    return str(short or territories.get(country.alpha_2, country.name)).removesuffix(" SAR China")


def country_name(iso3: str) -> str:
    """Return a country's name in the reader's language (Unicode CLDR); ``EU`` and ``WORLD`` have names too."""
    if iso3 == "EU":
        return _("European Union")
    if iso3 == "WORLD":
        return _("World")
    return _country_name(iso3, current())


# Countries that English names with an article inside a sentence.
_WITH_ARTICLE = frozenset({"ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "EU", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "SYC", "USA"})


def in_sentence(iso3: str) -> str:
    """Return a country's name as it stands inside a sentence: "the United States" in English."""
    name = country_name(iso3)
    return f"the {name}" if current() == "en" and iso3 in _WITH_ARTICLE else name


def capitalised(sentence: str) -> str:
    """Return a sentence with its first letter in upper case."""
    return sentence[:1].upper() + sentence[1:]


def number(value: float, decimals: int = 0) -> str:
    """Return a number with the reader's separators, rounded to ``decimals``; a dash for none."""
    if value != value:  # NaN
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round(value, decimals), format=pattern, locale=_locale())


def compact(value: float) -> str:
    """Return a large number in short, such as 475K or 8.2B."""
    digits = 0 if 100_000 <= abs(value) < 999_500 else 1
    return format_compact_decimal(value, format_type="short", fraction_digits=digits, locale=_locale())


def percent(share: float, decimals: int = 0) -> str:
    """Return a share between 0 and 1 as a percentage."""
    return format_decimal(share, format="#,##0" + ("." + "0" * decimals if decimals else "") + "%", locale=_locale())


def day(value: date | str) -> str:
    """Return a date as the reader writes it: a day, or as much as an ISO text knows (``2024-03`` is March 2024)."""
    if isinstance(value, date):
        return format_date(value, format="d MMM y", locale=_locale())
    if len(value) == 4:
        return value
    first = periods.first_day(value)
    return format_date(first, format="d MMM y" if periods.is_full(value) else "MMM y", locale=_locale())
