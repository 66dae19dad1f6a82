"""Prices in words: their kinds and measures, what a mark says, and the table of prices."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts.chart import Target
from indicators.charts.matrices import product_name
from indicators.charts.wording import VALUE_KIND_TEXTS, provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, mark
from indicators.observations import fact_ids

MEASURE_TEXTS = {
    "usd": mark("US dollars"),
    "ppp": mark("International dollars (PPP)"),
    "gdp": mark("Multiples of GDP per head"),
    "health_years": mark("Years of health spending per head"),
}
PRICE_TYPE_TEXTS = {
    "list-ex-factory": mark("list price, ex-factory"),
    "list-wac": mark("list price, wholesale acquisition cost"),
    "list-public": mark("list price, public"),
    "nhi-tariff": mark("health insurance tariff"),
    "payment-limit": mark("most that Medicare pays: average sales price plus 6%"),
    "negotiated": mark("negotiated price"),
    "self-pay": mark("self-pay price"),
    "academic-cost": mark("production cost, hospital-made"),
    "total-treatment-cost": mark("cost of the whole treatment"),
}


def measure_text(measure: str, value: float) -> str:
    """Return a price in a measure as people read it: ``US$475,000``, ``8.4 × GDP per head``."""
    if pd.isna(value):
        return "–"
    if measure == "usd":
        return f"US${language.number(value)}"
    if measure == "ppp":
        return f"Int${language.number(value)}"
    if measure == "gdp":
        return _("{value} × GDP per head").format(value=language.number(value, 1))
    return _("{value} years of health spending").format(value=language.number(value, 0 if value >= 10 else 1))


def price_hover(dataset: Dataset, row: dict, measure: str = "usd") -> str:
    """Return a price's hover: country, product and value, the local amount and what it is, date, rate, source."""
    amount = language.number(row["amount"])
    if row["value_kind"] in ("range", "target") and row["amount_high"] != row["amount"]:
        amount += f"–{language.number(row['amount_high'])}"
    kind = "" if row["value_kind"] == "exact" else f", {_(VALUE_KIND_TEXTS[row['value_kind']])}"
    rate_year = row["usd_year"]
    lines = [
        f"<b>{language.country_name(row['iso3'])}</b>",
        f"{product_name(dataset, row['product_id'])}: {measure_text(measure, row[measure])}",
        f"{amount} {row['currency']}{kind}, {_(PRICE_TYPE_TEXTS[row['price_type']])}",
        (language.day(row["effective_date"]) if row["effective_date"] else _("undated"))
        + ("" if pd.isna(rate_year) or row["currency"] == "USD" else _("; exchange rate of {year}").format(year=int(rate_year))),
    ]
    if measure != "usd":
        lines.append(_("{measure}: figure of {year}").format(measure=_(MEASURE_TEXTS[measure]), year=int(row[f"{measure}_year"])))
    lines.append(source_line(dataset, (row["fact_id"],)))
    return "<br>".join(lines)


def price_table(dataset: Dataset, shown: pd.DataFrame) -> pd.DataFrame:
    """Return prices (rows of :func:`indicators.measures.prices.priced`) as a table for people; the index holds the facts' ids."""
    shown = shown.sort_values(["iso3", "product_id", "effective_date"])

    def rounded(value: float, digits: int) -> float | None:
        return None if pd.isna(value) else round(float(value), digits)

    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Product"): product_name(dataset, row["product_id"]),
            _("Kind of price"): _(PRICE_TYPE_TEXTS[row["price_type"]]),
            _("Amount"): row["amount"],
            _("Amount, high end"): row["amount_high"] if row["amount_high"] != row["amount"] else None,
            _("Currency"): row["currency"],
            _("What the figure is"): _(VALUE_KIND_TEXTS[row["value_kind"]]),
            _("Date"): row["effective_date"],
            _("US dollars"): rounded(row["usd"], 0),
            _("Year of exchange rate"): rounded(row["usd_year"], 0),
            _("International dollars"): rounded(row["ppp"], 0),
            _("× GDP per head"): rounded(row["gdp"], 2),
            _("Years of health spending"): rounded(row["health_years"], 1),
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in shown.to_dict("records")
    ]
    return pd.DataFrame(rows, index=shown["fact_id"].tolist())


def price_targets(dataset: Dataset, shown: pd.DataFrame, measure: str = "usd") -> dict[str, Target]:
    """Return what opens for each price: the fact itself, and the figures that it was converted with."""
    return {
        row["fact_id"]: Target(
            f"{product_name(dataset, row['product_id'])}, {language.country_name(row['iso3'])}",
            f"{measure_text(measure, row[measure])}, {_(PRICE_TYPE_TEXTS[row['price_type']])}",
            fact_ids((row["fact_id"],), row[f"{measure}_facts"]),
            place=row["iso3"],
            product_id=row["product_id"],
        )
        for row in shown.to_dict("records")
    }
