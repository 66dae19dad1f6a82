from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from indicators.dataset import Dataset
from indicators.measures import prices
from indicators.observations import DERIVED, NO_EVIDENCE

World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]

RATES = [
    {"currency": "EUR", "year": 2018, "lcu_per_usd": 0.5, "fact_id": "rate:EUR:2018"},
    {"currency": "EUR", "year": 2020, "lcu_per_usd": 0.8, "fact_id": "rate:EUR:2020"},
    {"currency": "INR", "year": 2020, "lcu_per_usd": 80, "fact_id": "rate:INR:2020"},
]


def german(price: float | None, effective_date: str = "2020-03-01", **cells: object) -> dict[str, object]:
    return {"jurisdiction": "DEU", "currency": "EUR", "price_local": price, "effective_date": effective_date, **cells}


def american(price: float, product_id: str = "tisa-cel") -> dict[str, object]:
    return {"jurisdiction": "USA", "currency": "USD", "price_local": price, "effective_date": "2020-01-01", "price_type": "list-wac", "product_id": product_id}


def chosen(dataset: Dataset) -> str:
    """Return the one fact that is the newest list price."""
    latest = prices.latest_list_prices(dataset)
    assert len(latest) == 1
    return latest["fact_id"].iloc[0]


def test_a_list_price_is_in_dollars_of_its_own_year_with_the_facts_behind_it(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, "2018-09", fact_id="price:de")])
    row = seen(dataset, "list-price", "DEU")
    assert (row["value"], row["year"], row["status"], row["label"], row["product_id"]) == (640_000, 2018, DERIVED, "list-ex-factory", "tisa-cel")
    assert row["fact_ids"] == ("price:de", "rate:EUR:2018")


def test_the_newest_list_price_of_a_product_counts(world: World) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, "2018-09", fact_id="price:old"), german(275_000, "2020-08-05", fact_id="price:new")])
    assert chosen(dataset) == "price:new"


def test_a_date_known_as_a_year_counts_from_its_end(world: World) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, "2019", fact_id="price:year"), german(275_000, "2019-08-05", fact_id="price:day")])
    assert chosen(dataset) == "price:year"


def test_of_list_prices_equally_new_the_better_source_counts_before_the_clearer_kind(world: World) -> None:
    dataset = world(
        exchange_rates=RATES,
        prices=[
            german(320_000, price_type="list-ex-factory", source_ids="source-d", fact_id="price:press"),
            german(380_000, price_type="list-public", source_ids="source-a;source-d", fact_id="price:gazette"),
        ],
    )
    assert chosen(dataset) == "price:gazette"


def test_of_list_prices_equally_new_and_equally_sourced_the_price_without_tax_counts(world: World) -> None:
    kinds = ("list-public", "nhi-tariff", "list-wac", "list-ex-factory")
    rows = [german(300_000 + number, price_type=kind, fact_id=f"price:{kind}") for number, kind in enumerate(kinds)]
    while rows:
        assert chosen(world(exchange_rates=RATES, prices=rows)) == rows.pop()["fact_id"]


@pytest.mark.parametrize("price_type", ["payment-limit", "negotiated", "self-pay", "academic-cost", "total-treatment-cost"])
def test_only_list_prices_enter_a_median_of_list_prices(world: World, seen: Seen, price_type: str) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(100, price_type=price_type)])
    for indicator in ("list-price", "median-list-price", "median-list-price-ppp", "list-price-gdp-multiple", "list-price-health-years"):
        assert seen(dataset, indicator, "DEU")["status"] == NO_EVIDENCE


@pytest.mark.parametrize(
    "cells",
    [
        {"value_kind": "at-most"},
        {"value_kind": "at-least"},
        {"value_kind": "target"},
        {"value_kind": "range", "price_local": None, "price_low": 1, "price_high": 2},
    ],
    ids=lambda cells: cells["value_kind"],
)
def test_bounds_ranges_and_targets_never_enter_an_average(world: World, seen: Seen, cells: dict[str, object]) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000) | cells])
    assert seen(dataset, "median-list-price", "DEU")["status"] == NO_EVIDENCE


def test_an_approximate_price_does(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, value_kind="approximate")])
    assert seen(dataset, "median-list-price", "DEU")["value"] == 400_000


def test_a_price_of_no_named_product_is_no_list_price_of_a_product(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, product_id="unspecified")])
    assert seen(dataset, "list-price", "DEU")["status"] == NO_EVIDENCE
    assert seen(dataset, "lowest-price", "DEU")["value"] == 400_000


def test_medians_are_over_products_in_each_measure(world: World, seen: Seen) -> None:
    dataset = world(
        exchange_rates=RATES,
        context=[
            {"iso3": "DEU", "indicator": "ppp-factor-lcu-per-intl-dollar", "year": 2021, "value": 0.75, "fact_id": "context:ppp"},
            {"iso3": "DEU", "indicator": "gdp-per-capita-usd", "year": 2019, "value": 50_000, "fact_id": "context:gdp"},
            {"iso3": "DEU", "indicator": "health-expenditure-per-capita-usd", "year": 2018, "value": 5_000, "fact_id": "context:health"},
        ],
        prices=[
            german(240_000, product_id="tisa-cel", fact_id="price:tisa"),
            german(320_000, product_id="axi-cel", fact_id="price:axi"),
            german(480_000, product_id="cilta-cel", fact_id="price:cilta"),
        ],
    )
    own = {"price:tisa", "price:axi", "price:cilta"}
    for indicator, value, behind in (
        ("median-list-price", 400_000, {"rate:EUR:2020"}),
        ("median-list-price-ppp", 320_000 / 0.75, {"context:ppp"}),
        ("list-price-gdp-multiple", 8, {"rate:EUR:2020", "context:gdp"}),
        ("list-price-health-years", 80, {"rate:EUR:2020", "context:health"}),
    ):
        row = seen(dataset, indicator, "DEU")
        assert row["value"] == pytest.approx(value)
        assert row["year"] == 2020
        assert set(row["fact_ids"]) == own | behind
    converted = prices.latest_list_prices(dataset).iloc[0]
    assert (converted["usd_year"], converted["ppp_year"], converted["gdp_year"], converted["health_years_year"]) == (2020, 2021, 2019, 2018)


def test_a_country_whose_income_is_unknown_keeps_its_price_in_dollars(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000)])
    assert seen(dataset, "median-list-price", "DEU")["value"] == 400_000
    assert seen(dataset, "list-price-gdp-multiple", "DEU")["status"] == NO_EVIDENCE


def test_a_price_in_a_currency_without_a_rate_has_no_value_in_dollars(world: World, seen: Seen) -> None:
    dataset = world(prices=[german(320_000)])
    for indicator in ("list-price", "median-list-price", "lowest-price"):
        assert seen(dataset, indicator, "DEU")["status"] == NO_EVIDENCE


def test_a_price_relative_to_the_united_states_is_that_of_the_same_products(world: World, seen: Seen) -> None:
    dataset = world(
        exchange_rates=RATES,
        prices=[
            american(400_000, "tisa-cel"),
            american(500_000, "axi-cel"),
            german(240_000, product_id="tisa-cel"),  # US$300,000, 75 %
            german(200_000, product_id="axi-cel"),  # US$250,000, 50 %
            german(999_999, product_id="varni-cel"),  # not sold in the United States
        ],
    )
    assert seen(dataset, "list-price-relative-to-usa", "DEU")["value"] == pytest.approx(62.5)
    assert seen(dataset, "list-price-relative-to-usa", "USA")["value"] == 100
    assert seen(dataset, "median-list-price", "DEU")["value"] == 300_000


@pytest.mark.parametrize("price_type", ["list-public", "negotiated"])
def test_without_an_american_price_nothing_is_relative_to_one(world: World, seen: Seen, price_type: str) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(240_000, price_type=price_type)])
    assert seen(dataset, "list-price-relative-to-usa", "DEU")["status"] == NO_EVIDENCE


@pytest.mark.parametrize(
    ("cells", "dollars"),
    [
        ({"price_local": 80_000, "value_kind": "exact"}, 100_000),
        ({"price_local": 80_000, "value_kind": "approximate"}, 100_000),
        ({"price_local": 80_000, "value_kind": "at-most"}, 100_000),  # it is no more than that
        ({"price_local": None, "price_low": 40_000, "price_high": 80_000, "value_kind": "range"}, 50_000),
    ],
    ids=lambda value: value["value_kind"] if isinstance(value, dict) else "",
)
def test_the_lowest_price_takes_the_low_end_of_a_range_and_the_bound_of_an_upper_bound(
    world: World, seen: Seen, cells: dict[str, object], dollars: float
) -> None:
    dataset = world(
        exchange_rates=RATES, prices=[german(320_000, price_type="negotiated"), german(None, price_type="academic-cost", product_id="varni-cel") | cells]
    )
    row = seen(dataset, "lowest-price", "DEU")
    assert (row["value"], row["label"], row["product_id"]) == (dollars, cells["value_kind"], "varni-cel")


@pytest.mark.parametrize(
    "cells",
    [
        {"price_local": 8_000, "value_kind": "at-least"},
        {"price_local": 8_000, "value_kind": "target"},
        {"price_local": None, "price_low": 4_000, "price_high": 8_000, "value_kind": "target"},
        {"price_local": 8_000, "price_type": "total-treatment-cost"},
    ],
)
def test_lower_bounds_targets_and_costs_of_the_whole_treatment_are_no_lowest_price(world: World, seen: Seen, cells: dict[str, object]) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, price_type="self-pay"), german(None, product_id="varni-cel") | cells])
    assert seen(dataset, "lowest-price", "DEU")["value"] == 400_000


def test_a_price_set_aside_counts_for_nothing(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(8_000, preferred="no", conflict_note="A misprint.")])
    assert seen(dataset, "lowest-price", "DEU")["status"] == NO_EVIDENCE


def test_a_hospital_made_product_is_academic_where_it_is_exempt_or_everywhere_if_it_is_academic(world: World, seen: Seen) -> None:
    in_dollars = {"jurisdiction": "USA", "currency": "USD", "effective_date": "2021", "product_id": "hospital-cel"}
    dataset = world(
        exchange_rates=RATES,
        products=[{"product_id": "hospital-cel", "product_kind": "academic", "fact_id": "product:h"}],
        approvals=[
            {"product_id": "varni-cel", "jurisdiction": "DEU", "pathway": "hospital-exemption"},
            {"product_id": "varni-cel", "jurisdiction": "IND", "pathway": "full"},
        ],
        prices=[
            german(80_000, product_id="varni-cel"),
            {"jurisdiction": "IND", "currency": "INR", "price_local": 4_000_000, "product_id": "varni-cel", "effective_date": "2020"},  # a company's
            {**in_dollars, "price_local": 60_000},
            {**in_dollars, "price_local": 20_000, "price_type": "total-treatment-cost"},
            {**in_dollars, "price_local": 30_000, "price_type": "self-pay"},
            {**in_dollars, "price_local": 35_000, "price_type": "academic-cost", "jurisdiction": "BRA", "product_id": "unspecified"},
        ],
    )
    academic = {iso3: seen(dataset, "academic-price", iso3)["value"] for iso3 in ("DEU", "USA", "BRA")}
    assert academic == {"DEU": 100_000, "USA": 60_000, "BRA": 35_000}
    assert seen(dataset, "academic-price", "IND")["status"] == NO_EVIDENCE
    assert seen(dataset, "lowest-price", "IND")["value"] == 50_000
    assert set(prices.latest_list_prices(dataset)["iso3"]) == {"IND"}, "a hospital's price is no list price"


def test_an_undated_price_takes_the_year_in_which_it_was_published_and_without_that_none(world: World, seen: Seen) -> None:
    undated = german(320_000, "")
    published = world(exchange_rates=RATES, prices=[undated], sources=[{"source_id": "source-a", "published": "2018-05"}])
    row = seen(published, "list-price", "DEU")
    assert (row["value"], row["year"]) == (640_000, 2018)
    nobody_knows = world(exchange_rates=RATES, prices=[undated])
    assert seen(nobody_knows, "list-price", "DEU")["status"] == NO_EVIDENCE
    assert seen(nobody_knows, "lowest-price", "DEU")["status"] == NO_EVIDENCE


def test_a_median_over_prices_of_several_years_is_of_none(world: World, seen: Seen) -> None:
    dataset = world(exchange_rates=RATES, prices=[german(320_000, "2018-09"), german(320_000, "2020-09", product_id="axi-cel")])
    row = seen(dataset, "median-list-price", "DEU")
    assert row["value"] == 520_000
    assert "year" not in row


def test_a_range_of_list_prices_is_kept_apart_and_only_where_no_point_is_known(world: World) -> None:
    span = {"price_local": None, "price_low": 300_000, "price_high": 400_000, "value_kind": "range"}
    dataset = world(
        exchange_rates=RATES,
        prices=[
            german(None, "2018-09") | span | {"fact_id": "price:old"},
            german(None, "2020-09") | span | {"fact_id": "price:new"},
            german(None, "2020-09", product_id="axi-cel") | span,
            german(320_000, "2019-09", product_id="axi-cel"),
        ],
    )
    ranges = prices.list_price_ranges(dataset)
    assert ranges["fact_id"].tolist() == ["price:new"]
    assert (ranges["usd"].iloc[0], ranges["usd_high"].iloc[0]) == (375_000, 500_000)
    assert prices.list_price_ranges(world()).empty


def test_the_newest_list_price_is_one_fact_and_not_patched_with_an_older_one(world: World) -> None:
    dataset = world(
        exchange_rates=RATES,
        prices=[
            german(320_000, "2018-09", price_usd_as_stated=374_000, fact_id="price:old"),
            german(275_000, "2020-08-05", fact_id="price:new"),
        ],
    )
    latest = prices.latest_list_prices(dataset).iloc[0]
    assert latest["fact_id"] == "price:new"
    assert pd.isna(latest["price_usd_as_stated"])


def test_every_row_of_a_product_and_country_is_one_pair_in_the_real_dataset(today: Dataset) -> None:
    latest = prices.latest_list_prices(today)
    assert not latest.duplicated(["iso3", "product_id"]).any()
    assert latest["price_type"].isin(prices.LIST_TYPES).all()
    assert latest["value_kind"].isin(prices.POINT_KINDS).all()
