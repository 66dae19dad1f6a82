"""Approvals: what is authorised where, since when, and how far behind the first regulator in the world."""

from indicators import language
from indicators.catalog import observe
from indicators.charts import animations, matrices, timelines
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import approvals
from ui import data, filters, shell
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures


def growing_approvals(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the countries with an authorised product over time, as lines that grow when played."""
    return animations.growing(timelines.cumulative_approvals(dataset, countries, style), animations.year_ends(dataset.today), style)


def key_figures(view: View) -> KeyFigures:
    """Return how many products and countries, and how long the countries waited."""
    granted = view.chosen(approvals.approved(view.dataset))
    countries = granted["iso3"].nunique()
    lag = view.chosen(observe(view.dataset, "median-approval-lag"))["value"]
    return [
        (language.number(approvals.count_distinct(granted["product_id"])), _("products authorised in at least one of these countries")),
        (language.number(countries), ngettext("country with at least one of them", "countries with at least one of them", countries)),
        (language.number(granted.loc[granted["pathway"] == "hospital-exemption", "product_id"].nunique()), _("products given under a hospital exemption")),
        (
            _("{value} years").format(value=language.number(lag.median() / timelines.DAYS_PER_YEAR, 1)) if lag.notna().any() else "–",
            _("behind the first regulator in the world: median over countries of the median over products"),
        ),
    ]


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Where is CAR-T approved, and how long did it take?"),
    _("Marketing authorisations and hospital exemptions of every product that a source names, by regulator.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("approvals-figures", key_figures))
filters.draw(dataset)

card(
    "matrix",
    current,
    {"chart": lambda: chart(matrices.approval_matrix, current.dataset, current.countries)},
    _("Each square is one product in one jurisdiction, with the year of its first authorisation there; an empty place means that no authorisation was found."),
)
card(
    "cumulative",
    current,
    {
        "chart": lambda: chart(timelines.cumulative_approvals, current.dataset, current.countries),
        "play": lambda: chart(growing_approvals, current.dataset, current.countries),
    },
    _("Each line counts the countries of an income group from the day of their first authorisation."),
)
card(
    "lag",
    current,
    {"chart": lambda: chart(timelines.approval_lag_chart, current.dataset, current.countries)},
    _("Each dot is one product. At zero, the jurisdiction was the first in the world."),
)
