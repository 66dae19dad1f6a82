from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.dataset import Dataset
from indicators.money import Converted, Money, price_year

AMOUNTS = st.floats(min_value=0.01, max_value=1e9)
YEARS = st.integers(min_value=1995, max_value=2040)


def context(iso3: str, indicator: str, year: int, value: float) -> dict[str, object]:
    return {"iso3": iso3, "indicator": indicator, "year": year, "value": value, "fact_id": f"context:{iso3}:{indicator}:{year}"}


def rate(currency: str, year: int, value: float) -> dict[str, object]:
    return {"currency": currency, "year": year, "lcu_per_usd": value, "fact_id": f"rate:{currency}:{year}"}


@pytest.fixture(scope="module")
def money(world: Callable[..., Dataset]) -> Money:
    """Round numbers: a euro is US$2 in 2018, US$1 in 2020 and 2022; India has figures of one year, Uganda none at all."""
    rows = [
        rate("EUR", 2018, 0.5),
        rate("EUR", 2020, 1.0),
        rate("EUR", 2022, 1.0),
        rate("INR", 2019, 80.0),
        rate("GBP", 2020, 0.8),
    ]
    figures = [
        context("DEU", "ppp-factor-lcu-per-intl-dollar", 2018, 0.8),
        context("DEU", "ppp-factor-lcu-per-intl-dollar", 2021, 0.5),
        context("DEU", "gdp-per-capita-usd", 2019, 40_000),
        context("DEU", "gdp-per-capita-usd", 2021, 50_000),
        context("DEU", "health-expenditure-per-capita-usd", 2019, 5_000),
        context("IND", "ppp-factor-lcu-per-intl-dollar", 2020, 20),
        context("USA", "ppp-factor-lcu-per-intl-dollar", 2020, 1),
        context("USA", "gdp-per-capita-usd", 2020, 0),
        context("NOR", "ppp-factor-lcu-per-intl-dollar", 2020, 10),
    ]
    return Money.of(world(exchange_rates=rows, context=figures))


def test_dollars_take_the_average_rate_of_the_price_s_own_year(money: Money) -> None:
    assert money.to_usd(100, "EUR", 2018) == Converted(200.0, 2018, ("rate:EUR:2018",))
    assert money.to_usd(100, "EUR", 2020) == Converted(100.0, 2020, ("rate:EUR:2020",))


@pytest.mark.parametrize(("year", "used"), [(2017, 2018), (2016, 2018), (2023, 2022), (2040, 2022)])
def test_a_year_without_a_rate_takes_the_nearest_and_says_which(money: Money, year: int, used: int) -> None:
    converted = money.to_usd(100, "EUR", year)
    assert converted is not None
    assert (converted.year, converted.fact_ids) == (used, (f"rate:EUR:{used}",))


@pytest.mark.parametrize(("year", "used"), [(2019, 2018), (2021, 2020)])
def test_of_two_equally_near_years_the_older_counts(money: Money, year: int, used: int) -> None:
    converted = money.to_usd(100, "EUR", year)
    assert converted is not None
    assert converted.year == used


def test_dollars_are_dollars_and_need_no_fact(money: Money) -> None:
    assert money.to_usd(475_000, "USD", 2017) == Converted(475_000, 2017, ())


def test_a_currency_without_any_rate_has_no_value_in_dollars(money: Money) -> None:
    assert money.to_usd(100, "UGX", 2020) is None
    assert money.to_international_dollars(100, "UGX", "DEU", 2020) is None


def test_purchasing_power_divides_the_own_currency_by_the_factor_of_the_nearest_year(money: Money) -> None:
    assert money.to_international_dollars(100, "EUR", "DEU", 2018) == Converted(125.0, 2018, ("context:DEU:ppp-factor-lcu-per-intl-dollar:2018",))
    assert money.to_international_dollars(100, "EUR", "DEU", 2022) == Converted(200.0, 2021, ("context:DEU:ppp-factor-lcu-per-intl-dollar:2021",))


def test_a_price_in_a_foreign_currency_goes_by_way_of_dollars_into_the_country_s_own(money: Money) -> None:
    # 100 euros of 2020 are US$100, at 80 rupees 8,000 rupees, at 20 rupees to the international dollar 400.
    converted = money.to_international_dollars(100, "EUR", "IND", 2020)
    assert converted == Converted(400.0, 2020, ("rate:EUR:2020", "rate:INR:2019", "context:IND:ppp-factor-lcu-per-intl-dollar:2020"))


def test_a_foreign_price_in_the_united_states_needs_no_rate_of_the_dollar(money: Money) -> None:
    assert money.to_international_dollars(100, "EUR", "USA", 2020) == Converted(
        100.0, 2020, ("rate:EUR:2020", "context:USA:ppp-factor-lcu-per-intl-dollar:2020")
    )


def test_purchasing_power_is_unknown_where_a_figure_is_missing(money: Money) -> None:
    assert money.to_international_dollars(100, "UGX", "UGA", 2020) is None  # no factor
    assert money.to_international_dollars(100, "EUR", "NOR", 2020) is None  # no rate of the own currency
    assert money.to_international_dollars(100, "NOK", "NOR", 2020) is not None  # which the own currency does not need


def test_gdp_multiples_and_health_years_divide_by_the_nearest_year(money: Money) -> None:
    assert money.gdp_multiples(400_000, "DEU", 2018) == Converted(10.0, 2019, ("context:DEU:gdp-per-capita-usd:2019",))
    assert money.gdp_multiples(400_000, "DEU", 2025) == Converted(8.0, 2021, ("context:DEU:gdp-per-capita-usd:2021",))
    assert money.health_spending_years(400_000, "DEU", 2025) == Converted(80.0, 2019, ("context:DEU:health-expenditure-per-capita-usd:2019",))


def test_nothing_is_divided_by_a_figure_that_is_zero_or_missing(money: Money) -> None:
    assert money.gdp_multiples(400_000, "USA", 2020) is None
    assert money.gdp_multiples(400_000, "UGA", 2020) is None
    assert money.health_spending_years(400_000, "IND", 2020) is None


def test_a_context_figure_without_a_year_is_the_newest(money: Money) -> None:
    newest = money.context("DEU", "gdp-per-capita-usd")
    assert newest is not None
    assert (newest.value, newest.year) == (50_000, 2021)
    assert money.context("DEU", "life-expectancy") is None


@given(AMOUNTS, YEARS, st.sampled_from(["EUR", "INR", "GBP"]))
def test_dollars_turned_back_at_the_same_rate_are_the_price(money: Money, amount: float, year: int, currency: str) -> None:
    converted, one = money.to_usd(amount, currency, year), money.to_usd(1, currency, year)
    assert converted is not None
    assert one is not None
    assert converted.value / one.value == pytest.approx(amount)


@given(AMOUNTS, YEARS)
def test_a_price_means_the_same_purchasing_power_in_whatever_currency_it_is_written(money: Money, dollars: float, year: int) -> None:
    one_euro = money.to_usd(1, "EUR", year)
    assert one_euro is not None
    in_dollars = money.to_international_dollars(dollars, "USD", "DEU", year)
    in_euros = money.to_international_dollars(dollars / one_euro.value, "EUR", "DEU", year)
    assert in_dollars is not None
    assert in_euros is not None
    assert in_dollars.value == pytest.approx(in_euros.value)


@given(AMOUNTS, AMOUNTS, YEARS)
def test_the_dearer_price_stays_the_dearer_in_every_measure(money: Money, one: float, other: float, year: int) -> None:
    low, high = sorted([one, other])
    for measure in (
        lambda amount: money.to_usd(amount, "EUR", year),
        lambda amount: money.to_international_dollars(amount, "EUR", "DEU", year),
        lambda amount: money.gdp_multiples(amount, "DEU", year),
        lambda amount: money.health_spending_years(amount, "DEU", year),
    ):
        assert measure(low).value <= measure(high).value


def test_every_currency_and_country_with_a_price_can_be_converted_in_the_real_dataset(real: Dataset) -> None:
    money = Money.of(real)
    prices = real["prices"]
    for price in prices[prices["jurisdiction"] != "EU"].itertuples():
        year = price_year(price.effective_date, price.known_from)
        amount = price.price_low if pd.isna(price.price_local) else price.price_local
        dollars = money.to_usd(amount, price.currency, year)
        assert dollars is not None, price.fact_id
        assert set(dollars.fact_ids) <= set(real.facts.index), price.fact_id


@given(amount=AMOUNTS, year=YEARS, data=st.data())
def test_real_rates_turn_a_price_into_dollars_and_back(real: Dataset, amount: float, year: int, data: st.DataObject) -> None:
    rates = real["exchange_rates"]
    currency = data.draw(st.sampled_from(sorted(set(rates["currency"]) - {"USD"})))
    converted = Money.of(real).to_usd(amount, currency, year)
    assert converted is not None
    of_currency = rates[rates["currency"] == currency].set_index("year")["lcu_per_usd"]
    assert min(abs(int(other) - year) for other in of_currency.index) == abs(converted.year - year)
    assert converted.value * of_currency[str(converted.year)] == pytest.approx(amount)


@pytest.mark.parametrize(
    ("effective_date", "known_from", "year"),
    [("2019-03", "2024-05-01", 2019), ("2019", "2019-12-31", 2019), ("", "2024-05-01", 2024)],
)
def test_a_price_takes_the_rate_of_its_own_date_or_else_of_its_publication(effective_date: str, known_from: str, year: int) -> None:
    assert price_year(effective_date, pd.Timestamp(known_from)) == year
