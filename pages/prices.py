"""Prices: each product by country, beside income, by kind of price, over time, and hospital-made beside commercial."""

import streamlit as st

from indicators import catalog, language
from indicators.catalog import observe
from indicators.charts import price_words
from indicators.charts.matrices import product_name
from indicators.charts.wording import value_text
from indicators.figures import prices as figures
from indicators.language import _, ngettext
from indicators.measures import prices
from ui import controls, data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures


def lowest_figure(view: View) -> tuple[str, str]:
    """Return the lowest dated price of any kind that is in force, with what it is a price of."""
    lowest = view.chosen(observe(view.dataset, "lowest-price"))
    lowest = lowest[lowest["value"].notna()]
    if lowest.empty:
        return "–", _("no dated price of any kind is known")
    row = lowest.loc[lowest["value"].idxmin()]
    what = _("the lowest dated price of any kind, plans and undated reports left out: {product}, {country}, {year}").format(
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
PRODUCT = figures.product_setting(dataset)

shell.page_head(
    _("What does one treatment cost?"),
    _("List prices, tariffs and production costs as sources state them; kinds of price are never mixed in one average.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("prices-figures", key_figures))
filters.draw(dataset)
measure_column, product_column = st.columns([2, 3])
with measure_column:
    controls.select(figures.MEASURE, _("Price in"), list(price_words.MEASURE_TEXTS), lambda code: _(price_words.MEASURE_TEXTS[code]))
with product_column:
    controls.choose_many(PRODUCT, _("Products"), figures.products(dataset), lambda product: product_name(dataset, product), _("All products"))

card(figures.LIST, current)
card(figures.AGAINST_INCOME, current)

shell.section(_("Every kind of price, as sources state it"))
kind_column, _rest = st.columns([2, 3])
with kind_column:
    controls.select(
        figures.KIND,
        _("Kind of price"),
        list(price_words.PRICE_TYPE_TEXTS),
        lambda code: language.capitalised(_(price_words.PRICE_TYPE_TEXTS[code])),
    )
card(figures.KINDS, current)
shell.section(_("Over time, and beside what hospitals make"))
card(figures.HISTORY, current)
card(figures.ACADEMIC, current)
