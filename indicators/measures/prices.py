"""Prices: what a treatment costs, in dollars, in purchasing power, and beside a country's income.

List, negotiated, self-pay and academic prices are never mixed in one average. Bounds, ranges and targets never enter
an average; they are shown as what they are.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.dataset import Dataset
from indicators.measures import all_countries, approvals
from indicators.money import Converted, Money, price_year
from indicators.observations import DERIVED, fact_ids, observations
from indicators.tables import PRODUCT_SPECIALS

LIST_TYPES = ("list-ex-factory", "list-wac", "nhi-tariff", "list-public")  # the clearer kind first
POINT_KINDS = ("exact", "approximate")
_GRADE_ORDER = {"A": 0, "B": 1, "C": 2, "D": 3}

MEASURES = ("usd", "ppp", "gdp", "health_years")


def priced(dataset: Dataset) -> pd.DataFrame:
    """Return every preferred price with its conversions, one row a fact.

    Columns of the table plus ``iso3``; ``amount`` (the point; for a range its low end) and ``amount_high`` in local
    currency; ``year`` (of the exchange rate asked for); ``usd``, ``usd_high``, ``ppp``, ``gdp``, ``health_years`` (NaN
    where a figure is missing); ``usd_year``, ``ppp_year``, ``gdp_year``, ``health_years_year`` (the years of the figures used);
    ``usd_facts`` and so on (the facts behind each conversion), and ``context_fact_ids`` (all of them). A price of which
    nobody knows the year, not even that of a source, is not converted.
    """

    def compute() -> pd.DataFrame:
        money = Money.of(dataset)
        facts = dataset["prices"]
        facts = facts[(facts["preferred"] == "yes") & (facts["jurisdiction"] != "EU")].rename(columns={"jurisdiction": "iso3"})
        published = dataset.sources["published"].to_dict()
        rows = []
        for fact in facts.to_dict("records"):
            has_year = bool(fact["effective_date"]) or any(published[source] for source in fact["source_ids"].split(";"))
            rows.append(_convert(money, fact, has_year))
        return pd.DataFrame(rows, columns=[*facts.columns, *_CONVERTED])

    return dataset.remember("priced", compute)


_CONVERTED = [
    "amount",
    "amount_high",
    "year",
    "usd_high",
    *MEASURES,
    *(f"{measure}_year" for measure in MEASURES),
    *(f"{measure}_facts" for measure in MEASURES),
    "context_fact_ids",
]


def _convert(money: Money, fact: dict[str, Any], has_year: bool) -> dict[str, Any]:
    iso3, currency = fact["iso3"], fact["currency"]
    year = price_year(fact["effective_date"], fact["known_from"])
    amount = fact["price_local"] if pd.notna(fact["price_local"]) else fact["price_low"]
    high = fact["price_high"] if pd.notna(fact["price_high"]) else amount
    row = {**fact, "amount": amount, "amount_high": high, "year": year, "usd_high": None, "context_fact_ids": ()}
    results: dict[str, Converted | None] = dict.fromkeys(MEASURES)
    dollars, dollars_high = money.to_usd(amount, currency, year), money.to_usd(high, currency, year)
    if has_year and dollars and dollars_high:
        row["usd_high"] = dollars_high.value
        in_income = (money.gdp_multiples(dollars.value, iso3, year), money.health_spending_years(dollars.value, iso3, year))
        results = {"usd": dollars, "ppp": money.to_international_dollars(amount, currency, iso3, year), "gdp": in_income[0], "health_years": in_income[1]}
    for measure, converted in results.items():
        row[measure] = converted.value if converted else None
        row[f"{measure}_year"] = converted.year if converted else None
        behind = converted.fact_ids if converted else ()
        row[f"{measure}_facts"] = fact_ids(results["usd"].fact_ids, behind) if results["usd"] and measure in ("gdp", "health_years") else behind
        row["context_fact_ids"] = fact_ids(row["context_fact_ids"], behind)
    return row


def latest_list_prices(dataset: Dataset) -> pd.DataFrame:
    """Return the newest list price of each named product in each country, one row a pair; columns of :func:`priced`.

    Only points (exact or approximate) of the four kinds of list price. Of prices equally new, the one with the better
    source, then the kind that comes first in LIST_TYPES (ex-factory before a public price with tax). Hospital-made
    products are left out: theirs are not prices of companies.
    """

    def compute() -> pd.DataFrame:
        points = priced(dataset)
        points = points[
            points["price_type"].isin(LIST_TYPES)
            & points["value_kind"].isin(POINT_KINDS)
            & ~points["product_id"].isin(PRODUCT_SPECIALS)
            & points["usd"].notna()
            & ~is_academic(dataset, points)
        ]
        grades = points["source_ids"].str.split(";").str[0].map(dataset.sources["grade"]).map(_GRADE_ORDER)
        kinds = points["price_type"].map({kind: number for number, kind in enumerate(LIST_TYPES)})
        ordered = points.assign(grade_order=grades, kind_order=kinds).sort_values(
            ["known_from", "grade_order", "kind_order", "fact_id"], ascending=[False, True, True, True]
        )
        newest = ordered.drop_duplicates(["iso3", "product_id"])
        return newest.drop(columns=["grade_order", "kind_order"]).sort_values(["iso3", "product_id"]).reset_index(drop=True)

    return dataset.remember("latest_list_prices", compute)


def list_price_ranges(dataset: Dataset) -> pd.DataFrame:
    """Return the newest range of list prices of each named product in each country that has no point; columns of priced."""

    def compute() -> pd.DataFrame:
        ranges = priced(dataset)
        ranges = ranges[
            ranges["price_type"].isin(LIST_TYPES) & (ranges["value_kind"] == "range") & ~ranges["product_id"].isin(PRODUCT_SPECIALS) & ranges["usd"].notna()
        ]
        points = latest_list_prices(dataset)
        known = set(zip(points["iso3"], points["product_id"], strict=True))
        ranges = ranges[[pair not in known for pair in zip(ranges["iso3"], ranges["product_id"], strict=True)]] if len(ranges) else ranges
        return ranges.sort_values(["known_from", "fact_id"], ascending=False).drop_duplicates(["iso3", "product_id"])

    return dataset.remember("list_price_ranges", compute)


# Kinds that are set anew from time to time: of these the newest holds. Other kinds are estimates and reports side by side.
_REVISED = (*LIST_TYPES, "payment-limit")


def of_kind(dataset: Dataset, price_type: str) -> pd.DataFrame:
    """Return the prices of one kind with an amount in US dollars, bounds, ranges and targets among them; columns of :func:`priced`.

    Of kinds that are revised (list prices, tariffs, payment limits) the newest figure of each product and country; a
    bound, range or target beside a price that is known stays. Of other kinds every figure.
    """
    found = priced(dataset)
    found = found[(found["price_type"] == price_type) & found["usd"].notna()]
    if price_type not in _REVISED:
        return found.reset_index(drop=True)
    is_point = found["value_kind"].isin(POINT_KINDS)
    newest = found.assign(figure=found["value_kind"].mask(is_point, "point")).sort_values(["known_from", "fact_id"])
    return newest.drop_duplicates(["iso3", "product_id", "figure"], keep="last").drop(columns="figure").reset_index(drop=True)


def list_price_and_income(dataset: Dataset, products: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return each country's median list price beside its gross domestic product per head, both in current US dollars.

    Columns ``iso3, usd`` (median over products of the newest list price), ``prices`` (how many), ``first_year,
    last_year`` (of these prices), ``income`` (GDP per head of the year nearest to the newest price), ``income_year``,
    ``multiple`` (usd / income) and ``fact_ids``. ``products`` limits the products (empty: all). The catalog's multiples
    take each price with the income of its own year, so they can differ a little.
    """
    money = Money.of(dataset)
    listed = latest_list_prices(dataset)
    listed = listed[listed["product_id"].isin(products)] if products else listed
    rows = []
    for iso3, group in listed.groupby("iso3"):
        income = money.context(str(iso3), "gdp-per-capita-usd", int(group["year"].max()))
        if income is None or not income.value:
            continue
        rows.append(
            {
                "iso3": iso3,
                "usd": group["usd"].median(),
                "prices": len(group),
                "first_year": int(group["year"].min()),
                "last_year": int(group["year"].max()),
                "income": income.value,
                "income_year": income.year,
                "multiple": group["usd"].median() / income.value,
                "fact_ids": fact_ids(group["fact_id"], *group["usd_facts"], income.fact_ids),
            }
        )
    return pd.DataFrame(rows, columns=["iso3", "usd", "prices", "first_year", "last_year", "income", "income_year", "multiple", "fact_ids"])


def _row_facts(row: pd.Series) -> tuple[str, ...]:
    return fact_ids((row["fact_id"],), row["usd_facts"])


def _one_year(years: pd.Series) -> float:
    """Return the year of several figures if they share one, else NaN: a median over years is of none."""
    return float(years.iloc[0]) if years.nunique() == 1 else float("nan")


def list_price_by_product(dataset: Dataset) -> pd.DataFrame:
    """Return the newest list price in US dollars, by country and product; ``year`` is the price's own."""
    rows = [
        {
            "iso3": row["iso3"],
            "product_id": row["product_id"],
            "value": row["usd"],
            "status": DERIVED,
            "label": row["price_type"],
            "fact_ids": _row_facts(row),
            "year": row["year"],
        }
        for _, row in latest_list_prices(dataset).iterrows()
    ]
    return observations(rows, all_countries(dataset))


def _median_list_price(dataset: Dataset, measure: str) -> pd.DataFrame:
    prices = latest_list_prices(dataset)
    rows = [
        {
            "iso3": iso3,
            "value": group[measure].median(),
            "status": DERIVED,
            "fact_ids": fact_ids(group["fact_id"], *group[f"{measure}_facts"]),
            "year": _one_year(group["year"]),
        }
        for iso3, group in prices[prices[measure].notna()].groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def median_list_price_usd(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of the newest list price, in US dollars, by country."""
    return _median_list_price(dataset, "usd")


def median_list_price_ppp(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of the newest list price, in international dollars, by country."""
    return _median_list_price(dataset, "ppp")


def median_list_price_gdp(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of the newest list price, as multiples of GDP per head, by country."""
    return _median_list_price(dataset, "gdp")


def median_list_price_health_years(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of the newest list price, in years of health spending per head, by country."""
    return _median_list_price(dataset, "health_years")


def relative_to_usa(dataset: Dataset) -> pd.DataFrame:
    """Return the median over products of (list price here / list price in the USA of the same product), in percent."""
    prices = latest_list_prices(dataset)
    american = prices[prices["iso3"] == "USA"].set_index("product_id")
    paired = prices[prices["product_id"].isin(american.index)]
    if paired.empty:
        return observations([], all_countries(dataset))
    paired = paired.assign(ratio=paired["usd"] / paired["product_id"].map(american["usd"]) * 100, american_fact=paired["product_id"].map(american["fact_id"]))
    rows = [
        {
            "iso3": iso3,
            "value": group["ratio"].median(),
            "status": DERIVED,
            "fact_ids": fact_ids(group["fact_id"], group["american_fact"], *group["usd_facts"]),
            "year": _one_year(group["year"]),
        }
        for iso3, group in paired.groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def _lowest(dataset: Dataset, prices: pd.DataFrame) -> pd.DataFrame:
    usable = prices[prices["usd"].notna() & ~prices["value_kind"].isin(["target", "at-least"])]
    rows = []
    for iso3, group in usable.groupby("iso3"):
        lowest = group.loc[group["usd"].idxmin()]
        rows.append(
            {
                "iso3": iso3,
                "value": lowest["usd"],
                "status": DERIVED,
                "label": lowest["value_kind"],
                "fact_ids": _row_facts(lowest),
                "product_id": lowest["product_id"],
                "year": lowest["year"],
            }
        )
    return observations(rows, all_countries(dataset))


def lowest_price(dataset: Dataset) -> pd.DataFrame:
    """Return the lowest price of the product itself, of any kind, in US dollars, by country.

    Ranges count with their low end and upper bounds with the bound (``label`` says so); targets, lower bounds and
    costs of the whole treatment do not count.
    """
    prices = priced(dataset)
    return _lowest(dataset, prices[prices["price_type"] != "total-treatment-cost"])


def is_academic(dataset: Dataset, prices: pd.DataFrame) -> pd.Series:
    """Say of each price whether it is that of a hospital-made product, by the frame's index.

    A product that came from a hospital can be sold by a company elsewhere: what counts is the country's own exemption,
    or a product that is academic everywhere. Costs of the whole treatment and self-pay prices are left out.
    """
    kinds = dataset["products"].set_index("product_id")["product_kind"]
    exempt = approvals.approved(dataset)
    exempt = exempt[exempt["pathway"] == "hospital-exemption"]
    pairs = set(zip(exempt["iso3"], exempt["product_id"], strict=True))
    made_here = pd.Series([pair in pairs for pair in zip(prices["iso3"], prices["product_id"], strict=True)], index=prices.index, dtype=bool)
    academic = (prices["price_type"] == "academic-cost") | prices["product_id"].map(kinds).isin(["academic", "hospital-exemption"]) | made_here
    return academic & ~prices["price_type"].isin(["total-treatment-cost", "self-pay"])


def academic_price(dataset: Dataset) -> pd.DataFrame:
    """Return the lowest price or cost of a hospital-made product, in US dollars, by country; bounds as in lowest_price."""
    prices = priced(dataset)
    return _lowest(dataset, prices[is_academic(dataset, prices)])
