"""How a price came about: from the local figure to dollars, purchasing power and a country's income, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indicators import language
from indicators.catalog import Indicator
from indicators.charts.matrices import product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import prices
from indicators.money import Money

_Lines = list[str]


_PER_HEAD = {"gdp": "gdp-per-capita-usd", "health_years": "health-expenditure-per-capita-usd"}


def _price_line(dataset: Dataset, item: dict[str, Any], measure: str) -> str:
    """Return how one price was converted, from the local figure on."""
    return f"{product_name(dataset, item['product_id'])}, {_(PRICE_TYPE_TEXTS[item['price_type']])}: {_price_conversion(dataset, item, measure)}"


def _price_conversion(dataset: Dataset, item: dict[str, Any], measure: str) -> str:
    money = Money.of(dataset)
    local = f"{language.number(item['amount'])} {item['currency']}"
    own = dataset.whole.remember("own_currencies", lambda: dataset["countries"].set_index("iso3")["currency"].to_dict())
    if measure == "ppp" and item["currency"] != own.get(item["iso3"]):  # a price in foreign money goes through the market rate first
        return _("{local}, by way of US dollars = {value}").format(local=local, value=f"Int${language.number(item['ppp'])}")
    if measure == "ppp":
        factor = money.context(item["iso3"], "ppp-factor-lcu-per-intl-dollar", int(item["year"]))
        return _("{local} / {factor} per international dollar ({year}) = {value}").format(
            local=local, factor=_factor(factor.value if factor else float("nan")), year=int(item["ppp_year"]), value=f"Int${language.number(item['ppp'])}"
        )
    dollars = f"US${language.number(item['usd'])}"
    text = dollars
    if item["currency"] != "USD":
        rate = item["amount"] / item["usd"]
        text = _("{local} / {rate} {currency} per US dollar ({year}) = {dollars}").format(
            local=local, rate=_factor(rate), currency=item["currency"], year=int(item["usd_year"]), dollars=dollars
        )
    if measure in _PER_HEAD:
        per_head = money.context(item["iso3"], _PER_HEAD[measure], int(item["year"]))
        text += "; " + _("{dollars} / US${per_head} per head ({year}) = {value}").format(
            dollars=dollars,
            per_head=language.number(per_head.value if per_head else float("nan")),
            year=int(item[f"{measure}_year"]),
            value=language.number(item[measure], 1),
        )
    return text


def _factor(value: float) -> str:
    """Return a rate with four figures that say something, whatever its size."""
    return language.number(value, 0 if value >= 1000 else 2 if value >= 10 else 4)


def _list_price(dataset: Dataset, _indicator: Indicator, row: dict[str, Any]) -> _Lines:
    listed = prices.latest_list_prices(dataset)
    item = listed[(listed["iso3"] == row["iso3"]) & (listed["product_id"] == row["product_id"])].to_dict("records")[0]
    return [_price_line(dataset, item, "usd")]


def _median_price(measure: str) -> Callable[[Dataset, Indicator, dict[str, Any]], _Lines]:
    def lines(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
        listed = prices.latest_list_prices(dataset)
        here = listed[(listed["iso3"] == row["iso3"]) & listed[measure].notna()].sort_values(measure)
        told = [_price_line(dataset, item, measure) for item in here.to_dict("records")]
        return [*told, median_of(len(here), _result(indicator, row))]

    return lines


def _relative_to_usa(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    listed = prices.latest_list_prices(dataset)
    american = listed[listed["iso3"] == "USA"].set_index("product_id")["usd"]
    here = listed[(listed["iso3"] == row["iso3"]) & listed["product_id"].isin(american.index)]
    lines = [
        _("{product}: 100 × US${here} / US${there} = {value}").format(
            product=product_name(dataset, item["product_id"]),
            here=language.number(item["usd"]),
            there=language.number(american[item["product_id"]]),
            value=language.percent(item["usd"] / american[item["product_id"]]),
        )
        for item in here.to_dict("records")
    ]
    return [*lines, median_of(len(here), _result(indicator, row))]


def _lowest_price(dataset: Dataset, indicator: Indicator, row: dict[str, Any]) -> _Lines:
    known = prices.priced(dataset).set_index("fact_id", drop=False)
    item = {str(name): value for name, value in known.loc[row["fact_ids"][0]].items()}
    return [_price_line(dataset, item, "usd"), _("the lowest that counts = {value}").format(value=_result(indicator, row))]


def _result(indicator: Indicator, row: dict[str, Any]) -> str:
    return value_text(indicator, row["value"], row["label"])


def median_of(count: int, value: str) -> str:
    """Return the last line of a median: of how many figures, and the value."""
    return ngettext("one figure = {value}", "median of {count} = {value}", count).format(count=count, value=value)


STEPS: dict[str, Callable[[Dataset, Indicator, dict[str, Any]], _Lines]] = {
    "list-price": _list_price,
    "median-list-price": _median_price("usd"),
    "median-list-price-ppp": _median_price("ppp"),
    "list-price-gdp-multiple": _median_price("gdp"),
    "list-price-health-years": _median_price("health_years"),
    "list-price-relative-to-usa": _relative_to_usa,
    "lowest-price": _lowest_price,
    "academic-price": _lowest_price,
}
