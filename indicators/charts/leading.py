"""What a map shows, as a short list in words: for a page where the map leaves room below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from indicators import language
from indicators.catalog import Indicator, ValueType
from indicators.charts.chart import Leading
from indicators.charts.wording import category_text, value_text
from indicators.language import mark, ngettext
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE

HIGHEST = mark("Countries with a value, highest first")
LOWEST = mark("Countries with a value, lowest first")
EARLIEST = mark("Countries with a date, earliest first")
MOST_SITES = mark("Countries by number of operating sites")
THOSE_THAT_HAVE_IT = mark("Countries that have it")
COUNTRIES = mark("Countries")
KINDS = mark("How many countries of each kind")
_MOST_NAMED = 24  # of more countries no list has room for all, and part of one would hide a whole kind


def is_best_first(indicator: Indicator) -> bool:
    """Say whether a ranking by an indicator begins with its highest value; dates begin with the earliest."""
    return indicator.direction >= 0 and indicator.value_type is ValueType.NUMBER


def in_order(indicator: Indicator, observations: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with a value in the order of a ranking, with ``name``; equal ones in the order of the alphabet."""
    have = observations[observations["value"].notna() & (observations["status"] != DOCUMENTED_NONE)]
    named = have.assign(name=have["iso3"].map(language.country_name))
    return named.sort_values(["value", "name"], ascending=[not is_best_first(indicator), True])


def of_observations(indicator: Indicator, observations: pd.DataFrame) -> Leading:
    """Return the countries with a value, in the order of their ranking; of a category those of each kind, or how many these are.

    ``observations``: ``iso3``, ``value``, ``status``, ``label``. What is documented as none or not known is left out, as a
    ranking's bars leave it out.
    """
    if indicator.value_type is ValueType.CATEGORY:
        have = observations[observations["status"] != NO_EVIDENCE]
        return _of_kinds(indicator, have.assign(name=have["iso3"].map(language.country_name)))
    heading = HIGHEST if is_best_first(indicator) else LOWEST if indicator.value_type is ValueType.NUMBER else EARLIEST
    named = in_order(indicator, observations).to_dict("records")
    return Leading(heading, tuple((row["name"], value_text(indicator, row["value"], row["label"], short=True)) for row in named))


def _of_kinds(indicator: Indicator, have: pd.DataFrame) -> Leading:
    codes = [code for code, _text in indicator.categories]
    if len(have) <= _MOST_NAMED:
        ordered = have.assign(place=have["label"].map(codes.index)).sort_values(["place", "name"])
        return Leading(COUNTRIES, tuple((row["name"], category_text(indicator, row["label"])) for row in ordered.to_dict("records")))
    counts = Counter(have["label"])
    return Leading(KINDS, tuple((category_text(indicator, code), _countries(counts[code])) for code in codes if counts[code]))


def of_counts(heading: str, places: Sequence[str]) -> Leading:
    """Return how often each country is named, most often first; ``places`` are ISO codes, one for each thing counted."""
    counts = [(language.country_name(iso3), count) for iso3, count in Counter(places).items()]
    return Leading(heading, tuple((name, language.number(count)) for name, count in sorted(counts, key=lambda pair: (-pair[1], pair[0]))))


def of_names(heading: str, places: Sequence[str]) -> Leading:
    """Return the names of countries, given as ISO codes, in the order of the alphabet."""
    return Leading(heading, tuple((name, "") for name in sorted(language.country_name(iso3) for iso3 in places)))


def _countries(count: int) -> str:
    return ngettext("{count} country", "{count} countries", count).format(count=language.number(count))
