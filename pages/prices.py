"""Prices: each product by country, over time, and hospital-made beside commercial."""

import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.charts import price_dots
from indicators.charts.matrices import product_name
from indicators.charts.wording import value_text
from indicators.language import _, ngettext
from indicators.measures import prices
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control


def lowest_figure(view: View) -> tuple[str, str]:
    """Return the lowest price of any kind, with what it is a price of."""
    lowest = view.chosen(observe(view.dataset, "lowest-price"))
    lowest = lowest[lowest["value"].notna()]
    if lowest.empty:
        return "–", _("no price of any kind is known")
    row = lowest.loc[lowest["value"].idxmin()]
    what = _("the lowest price of any kind: {product}, {country}, {year}").format(
        product=product_name(view.dataset, row["product_id"], with_brand=False), country=language.country_name(row["iso3"]), year=int(row["year"])
    )
    return value_text(catalog.get("lowest-price"), row["value"], row["label"], short=True), what


def key_figures(view: View) -> KeyFigures:
    """Return how many list prices are known, their median, and the lowest price."""
    listed = view.chosen(prices.latest_list_prices(view.dataset))
    known = len({*listed["iso3"], *view.chosen(prices.list_price_ranges(view.dataset))["iso3"]})
    return [
        (
            language.number(known),
            ngettext("country with a known list price of at least one product", "countries with a known list price of at least one product", known),
        ),
        (f"US${language.compact(listed['usd'].median())}" if len(listed) else "–", _("median list price over countries and products, ranges left out")),
        (
            _("{value} years").format(value=language.number(listed["gdp"].median(), 1)) if listed["gdp"].notna().any() else "–",
            _("of the country's output per head: median of list price / GDP per head"),
        ),
        lowest_figure(view),
    ]


dataset = data.current()
current = filters.view(dataset)
all_products = dataset.remember("products_with_list_price", lambda: tuple(prices.latest_list_prices(dataset)["product_id"].value_counts().index))
MEASURE = Control("price_in", "usd", state.one_of(list(price_dots.MEASURE_TEXTS)))
PRODUCT = Control("product", (), state.one_of(all_products), many=True)

shell.page_head(
    _("What does one treatment cost?"),
    _("List prices, tariffs and production costs as sources state them; kinds of price are never mixed in one average.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("prices-figures", key_figures))
filters.draw(dataset)
measure_column, product_column = st.columns([2, 3])
with measure_column:
    measure = controls.select(MEASURE, _("Price in"), list(price_dots.MEASURE_TEXTS), lambda code: _(price_dots.MEASURE_TEXTS[code]))
with product_column:
    products = controls.choose_many(PRODUCT, _("Products"), all_products, lambda product: product_name(dataset, product), _("All products"))

card(
    "list",
    current,
    {"chart": lambda: chart(price_dots.list_price_dots, current.dataset, current.countries, products, measure)},
    _("Each dot is the newest list price of a product, a bar with end marks a price that is stated as a range. Countries are in the order of their median."),
)
card(
    "history",
    current,
    {"chart": lambda: chart(price_dots.price_history, current.dataset, current.countries, products)},
    _("A single dot is a price known at one date only."),
)
card(
    "academic",
    current,
    {"chart": lambda: chart(price_dots.academic_against_commercial, current.dataset, current.countries)},
    _("Diamonds are prices or costs of CAR-T made by hospitals and universities; the bar spans the list prices of commercial products in the same country."),
)
