"""Approvals: what is authorised where, for what and for whom, of which kind, since when, how late, and what is still open."""

import streamlit as st

from indicators import language
from indicators.catalog import observe
from indicators.charts import animations, applications, approval_kinds, approved_uses, matrices, timelines
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import approvals
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

IN_SQUARE = Control("in_square", "products", state.one_of(list(approved_uses.IN_SQUARE_TEXTS)))


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

shell.section(_("For what, and for whom"))
with st.container(horizontal=True, key="in-square-row", vertical_alignment="center"):
    in_square = controls.segments(IN_SQUARE, _("In each square"), list(approved_uses.IN_SQUARE_TEXTS), lambda code: _(approved_uses.IN_SQUARE_TEXTS[code]))
card(
    "uses",
    current,
    {"chart": lambda: chart(approved_uses.indication_matrix, current.dataset, current.countries, in_square)},
    _(
        "Each square is an indication in one jurisdiction: the darker or brighter it stands out, the more products are authorised for it. An empty place means that no authorisation was found."
    ),
)
card(
    "ages",
    current,
    {"chart": lambda: chart(approval_kinds.age_bars, current.dataset, current.countries)},
    _("Each bar is a jurisdiction, cut by the age groups for which its products are authorised. The grey end is not a finding: sources do not say."),
)
card(
    "pathways",
    current,
    {"chart": lambda: chart(approval_kinds.pathway_bars, current.dataset, current.countries)},
    _(
        "Each bar counts a jurisdiction's authorisations by kind. Conditional and accelerated ones rest on early evidence and can be taken back; a hospital exemption is for one hospital's own product. The grey part is what no source states."
    ),
)

shell.section(_("Since when, and how late"))
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

shell.section(_("What is still open"))
card(
    "undecided",
    current,
    {"chart": lambda: chart(applications.undecided_timeline, current.dataset, current.countries)},
    _(
        "Each line is one application, from the day that a source gives to the day of our last check, by which no decision was found. A hollow mark stands at the date of its source."
    ),
)
