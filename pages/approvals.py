"""Approvals: what is authorised where, for what and for whom, of which kind, since when, how late, and what is still open."""

import streamlit as st

from indicators import language
from indicators.catalog import observe
from indicators.charts import approved_uses, timelines
from indicators.figures import approvals as figures
from indicators.language import _, ngettext
from indicators.measures import approvals
from ui import controls, data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures


def key_figures(view: View) -> KeyFigures:
    """Return how many products and countries, and how long the countries waited."""
    granted = view.chosen(approvals.approved(view.dataset))
    countries = granted["iso3"].nunique()
    lag = view.chosen(observe(view.dataset, "median-approval-lag"))["value"]
    return [
        (
            language.number(approvals.count_distinct(granted["product_id"])),
            _("products authorised or under a hospital exemption in at least one of these countries"),
        ),
        (language.number(countries), ngettext("country with at least one of them", "countries with at least one of them", countries)),
        (
            language.number(granted.loc[granted["pathway"] == "hospital-exemption", "product_id"].nunique()),
            _("of them given under a hospital exemption somewhere"),
        ),
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

card(figures.MATRIX, current)

shell.section(_("For what, and for whom"))
with st.container(horizontal=True, key="in-square-row", vertical_alignment="center"):
    controls.segments(figures.IN_SQUARE, _("In each square"), list(approved_uses.IN_SQUARE_TEXTS), lambda code: _(approved_uses.IN_SQUARE_TEXTS[code]))
card(figures.USES, current)
card(figures.AGES, current)
card(figures.PATHWAYS, current)

shell.section(_("Since when, and how late"))
card(figures.CUMULATIVE, current)
card(figures.LAG, current)

shell.section(_("What is still open"))
card(figures.UNDECIDED, current)
