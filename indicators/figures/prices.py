"""The figures of the prices page: list prices, beside income, by kind of price, over time, and hospital-made beside commercial."""

from __future__ import annotations

from indicators.catalog import observe
from indicators.charts import bars, price_dots, price_history, price_income, price_kinds, price_words
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.figures.figure import Figure, drawing
from indicators.language import _, mark
from indicators.measures import prices
from indicators.settings import Setting, one_of

MEASURE = Setting("price_in", "usd", one_of(list(price_words.MEASURE_TEXTS)))
KIND = Setting("kind", "total-treatment-cost", one_of(list(price_words.PRICE_TYPE_TEXTS)))


def products(dataset: Dataset) -> tuple[str, ...]:
    """Return the products with a list price of any time, those with the most prices first; ``dataset`` is that of all time."""
    return dataset.remember("products_with_list_price", lambda: tuple(prices.latest_list_prices(dataset)["product_id"].value_counts().index))


def product_setting(dataset: Dataset) -> Setting:
    """Return the setting of products, which knows the dataset's."""
    return Setting("product", (), one_of(products(dataset)), many=True)


def multiples(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the ranking of the chosen countries by list price in multiples of GDP per head."""
    seen = observe(dataset, "list-price-gdp-multiple")
    return bars.ranking(dataset, "list-price-gdp-multiple", seen[seen["iso3"].isin(countries)], style)


LIST = Figure(
    "prices",
    "list",
    mark("List prices of each product by country"),
    lambda scene: {"chart": drawing(price_dots.list_price_dots, scene.dataset, scene.countries, scene.choice["product"], scene.choice["price_in"])},
    lambda _scene, _style: _(
        "Each dot is the newest list price of a product, a bar with end marks a price that is stated as a range. Countries are in the order of their median."
    ),
    settings=lambda dataset: (MEASURE, product_setting(dataset)),
)
AGAINST_INCOME = Figure(
    "prices",
    "against_income",
    mark("List prices beside GDP per head"),
    lambda scene: {
        "chart": drawing(price_income.income_scatter, scene.dataset, scene.countries, scene.choice["product"]),
        "ranking": drawing(multiples, scene.dataset, scene.countries),
    },
    lambda _scene, _style: _(
        "Each dot is a country. On a dotted line a treatment costs equally many times what one person produces in a year; further to the upper left it weighs more. A step on either scale multiplies. A dot without a name has it when you point at it. The ranking takes all products, each with the income of its own year."
    ),
    settings=lambda dataset: (product_setting(dataset),),
)
KINDS = Figure(
    "prices",
    "kinds",
    mark("Prices of one kind by country and product"),
    lambda scene: {
        "chart": drawing(price_kinds.price_kind_dots, scene.dataset, scene.countries, scene.choice["product"], scene.choice["kind"], scene.choice["price_in"])
    },
    lambda _scene, _style: _(
        "A dot is a price, exact or about; a triangle points to where the true price can lie; a bar spans a range; a hollow mark is a target that nobody has paid yet. One kind of price is shown at a time, and none enters an average with another."
    ),
    settings=lambda dataset: (MEASURE, product_setting(dataset), KIND),
    variants=lambda _dataset: tuple({"kind": kind} for kind in price_words.PRICE_TYPE_TEXTS),
)
HISTORY = Figure(
    "prices",
    "history",
    mark("List prices over time"),
    lambda scene: {"chart": drawing(price_history.price_history, scene.dataset, scene.countries, scene.choice["product"])},
    lambda _scene, _style: _(
        "A single dot is a price known at one date only; point at it for its country. The last panel holds products with few prices, each named once."
    ),
    settings=lambda dataset: (product_setting(dataset),),
)
ACADEMIC = Figure(
    "prices",
    "academic",
    mark("What hospitals make, beside commercial list prices"),
    lambda scene: {"chart": drawing(price_dots.academic_against_commercial, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Diamonds are prices or costs of CAR-T made by hospitals and universities; the bar spans the list prices of commercial products in the same country."
    ),
)
FIGURES = (LIST, AGAINST_INCOME, KINDS, HISTORY, ACADEMIC)
