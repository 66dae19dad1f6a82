"""Prices: each product by country, beside income, by kind of price, over time, and hospital-made beside commercial."""

import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.charts import bars, price_dots, price_income, price_kinds
from indicators.charts.chart import Chart
from indicators.charts.matrices import product_name
from indicators.charts.template import Style
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import prices
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control


def multiples(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the ranking of the chosen countries by list price in multiples of GDP per head."""
    seen = observe(dataset, "list-price-gdp-multiple")
    return bars.ranking(dataset, "list-price-gdp-multiple", seen[seen["iso3"].isin(countries)], style)


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
KIND = Control("kind", "total-treatment-cost", state.one_of(list(price_dots.PRICE_TYPE_TEXTS)))
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
    "against_income",
    current,
    {
        "chart": lambda: chart(price_income.income_scatter, current.dataset, current.countries, products),
        "ranking": lambda: chart(multiples, current.dataset, current.countries),
    },
    _(
        "Each dot is a country. On a dotted line a treatment costs equally many times what one person produces in a year; further to the upper left it weighs more. A step on either scale multiplies. A dot without a name has it when you point at it. The ranking takes all products, each with the income of its own year."
    ),
)

shell.section(_("Every kind of price, as sources state it"))
kind_column, _rest = st.columns([2, 3])
with kind_column:
    kind = controls.select(KIND, _("Kind of price"), list(price_dots.PRICE_TYPE_TEXTS), lambda code: language.capitalised(_(price_dots.PRICE_TYPE_TEXTS[code])))
card(
    "kinds",
    current,
    {"chart": lambda: chart(price_kinds.price_kind_dots, current.dataset, current.countries, products, kind, measure)},
    _(
        "A dot is a price, exact or about; a triangle points to where the true price can lie; a bar spans a range; a hollow mark is a target that nobody has paid yet. One kind of price is shown at a time, and none enters an average with another."
    ),
)
shell.section(_("Over time, and beside what hospitals make"))
card(
    "history",
    current,
    {"chart": lambda: chart(price_dots.price_history, current.dataset, current.countries, products)},
    _("A single dot is a price known at one date only; point at it for its country. The last panel holds products with few prices, each named once."),
)
card(
    "academic",
    current,
    {"chart": lambda: chart(price_dots.academic_against_commercial, current.dataset, current.countries)},
    _("Diamonds are prices or costs of CAR-T made by hospitals and universities; the bar spans the list prices of commercial products in the same country."),
)
