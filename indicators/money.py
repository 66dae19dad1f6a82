"""Money: from a local price to US dollars, international dollars, and what it means beside a country's income.

The local figure is the fact. US dollars use the average exchange rate of the price's own year, or of the nearest year that
has one; purchasing power, income and health spending use the nearest year for which there is a figure. Every result says
which year it used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.dataset import Dataset

_Figure = tuple[int, float, str]  # year, value, fact_id


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another measure: its value, the year of the figure that was used, and the facts behind it."""

    value: float
    year: int
    fact_ids: tuple[str, ...]


class Money:
    """Conversions on one dataset. Every method returns None where the dataset lacks a figure that it needs."""

    def __init__(self, dataset: Dataset) -> None:
        rates = dataset["exchange_rates"]
        by_currency: dict[str, list[_Figure]] = {}
        for currency, year, rate, fact_id in zip(rates["currency"], rates["year"], rates["lcu_per_usd"], rates["fact_id"], strict=True):
            by_currency.setdefault(currency, []).append((int(year), float(rate), fact_id))
        context = dataset["context"]
        by_measure: dict[tuple[str, str], list[_Figure]] = {}
        for iso3, indicator, year, value, fact_id in zip(*(context[name] for name in ("iso3", "indicator", "year", "value", "fact_id")), strict=True):
            by_measure.setdefault((iso3, indicator), []).append((int(year), float(value), fact_id))
        # Tuples: unlike lists, a collection of garbage does not walk through them again and again.
        self._rates = {currency: tuple(series) for currency, series in by_currency.items()}
        self._context = {place: tuple(series) for place, series in by_measure.items()}
        self._currency = dataset["countries"].set_index("iso3")["currency"].to_dict()

    @classmethod
    def of(cls, dataset: Dataset) -> Money:
        """Return the conversions of a dataset, built once."""
        return dataset.whole.remember("money", lambda: cls(dataset))

    def to_usd(self, amount: float, currency: str, year: int) -> Converted | None:
        """Return US dollars at the average rate of ``year``, or of the nearest year that has a rate.

        Formula: amount / (local currency units per US dollar). Source of rates: World Bank indicator PA.NUS.FCRF.
        """
        if currency == "USD":
            return Converted(amount, year, ())
        found = _nearest(self._rates.get(currency, ()), year)
        return found and Converted(amount / found.value, found.year, found.fact_ids)

    def to_international_dollars(self, amount: float, currency: str, iso3: str, year: int) -> Converted | None:
        """Return international dollars: what the amount buys in the country, measured at United States prices.

        Formula: amount in the country's own currency / PPP conversion factor (World Bank PA.NUS.PPP). An amount in a
        foreign currency is turned into the country's own by way of US dollars at market rates first.
        """
        own = self._currency.get(iso3, "")
        factor = self.context(iso3, "ppp-factor-lcu-per-intl-dollar", year)
        if factor is None:
            return None
        used: tuple[str, ...] = ()
        if currency != own:
            dollars, rate = self.to_usd(amount, currency, year), _nearest(self._rates.get(own, ()), year)
            if own == "USD":
                rate = Converted(1.0, year, ())
            if dollars is None or rate is None:
                return None
            amount, used = dollars.value * rate.value, (*dollars.fact_ids, *rate.fact_ids)
        return Converted(amount / factor.value, factor.year, (*used, *factor.fact_ids))

    def gdp_multiples(self, usd: float, iso3: str, year: int) -> Converted | None:
        """Return the amount as multiples of gross domestic product per head, both in current US dollars."""
        return self._ratio(usd, iso3, "gdp-per-capita-usd", year)

    def health_spending_years(self, usd: float, iso3: str, year: int) -> Converted | None:
        """Return how many years of one person's average health spending the amount equals, both in current US dollars.

        Source of spending: WHO Global Health Expenditure Database, current health expenditure per capita.
        """
        return self._ratio(usd, iso3, "health-expenditure-per-capita-usd", year)

    def context(self, iso3: str, indicator: str, year: int | None = None) -> Converted | None:
        """Return a country's context figure of the nearest year, or of the newest when no year is asked for."""
        series = self._context.get((iso3, indicator), ())
        return _nearest(series, year if year is not None else 9999)

    def _ratio(self, usd: float, iso3: str, indicator: str, year: int) -> Converted | None:
        per_head = self.context(iso3, indicator, year)
        if per_head is None or not per_head.value:
            return None
        return Converted(usd / per_head.value, per_head.year, per_head.fact_ids)


def _nearest(series: Sequence[_Figure], year: int) -> Converted | None:
    """Return the figure of the year nearest to ``year``; of two equally near, the older."""
    if not series:
        return None
    found_year, value, fact_id = min(series, key=lambda item: (abs(item[0] - year), item[0]))
    return Converted(float(value), int(found_year), (fact_id,))


def price_year(effective_date: str, known_from: pd.Timestamp) -> int:
    """Return the year whose exchange rate a price takes: that of its own date, else the year it was published."""
    return int(effective_date[:4]) if effective_date else int(known_from.year)
