"""Reimbursement: what public money pays for, and how long the decision took."""

import streamlit as st

from indicators import language
from indicators.catalog import observe
from indicators.charts import matrices, timelines
from indicators.language import _, mark, ngettext
from indicators.measures import reimbursement
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

COLUMNS = {"product_id": mark("Products"), "indication_id": mark("Indications")}
BY = Control("by", "product_id", state.one_of(list(COLUMNS)))


def key_figures(view: View) -> KeyFigures:
    """Return how many countries pay, for what share of their products, and after how long."""
    status = view.chosen(observe(view.dataset, "reimbursement-status"))["label"]
    rate = view.chosen(observe(view.dataset, "rate-of-availability"))["value"].dropna()
    wait = view.chosen(reimbursement.availability_delays(view.dataset))["days"]
    paying = int(status.isin(reimbursement.PAYING).sum())
    return [
        (
            language.number(paying),
            ngettext(
                "country where public money pays for at least one product",
                "countries where public money pays for at least one product",
                paying,
            ),
        ),
        (language.number((status == "not-covered").sum()), _("where a source documents that it does not, or not yet")),
        (
            language.percent(rate.median() / 100) if len(rate) else "–",
            ngettext(
                "of a country's authorised products are covered, in {count} country with a decision on a named product",
                "of a country's authorised products are covered, median of {count} countries with a decision on a named product",
                len(rate),
            ).format(count=len(rate))
            if len(rate)
            else _("no share of authorised products that are covered is known"),
        ),
        (
            _("{value} years").format(value=language.number(wait.median() / timelines.DAYS_PER_YEAR, 1)) if len(wait) else "–",
            ngettext(
                "from marketing authorisation to cover, {count} product in one country",
                "from marketing authorisation to cover, median of {count} pairs of product and country",
                len(wait),
            ).format(count=len(wait))
            if len(wait)
            else _("no time from marketing authorisation to cover is known"),
        ),
    ]


dataset = data.current()
current = filters.view(dataset)

shell.page_head(
    _("Who pays, and how long until they do?"),
    _("Decisions of public payers by product and indication; advice and private cover are kept apart.") + " " + filters.describe(current),
)
shell.key_figures(current.remember("reimbursement-figures", key_figures))
filters.draw(dataset)

with st.container(horizontal=True, key="by-row", vertical_alignment="center"):
    by = controls.segments(BY, _("Columns"), list(COLUMNS), lambda code: _(COLUMNS[code]))
card(
    "decisions",
    current,
    {"chart": lambda: chart(matrices.decision_matrix, current.dataset, current.countries, by)},
    _("Each square is the newest public decision: the best cover that it gives to any indication of the product, or to any product for the indication."),
)
card(
    "delay",
    current,
    {"chart": lambda: chart(timelines.availability_delay_chart, current.dataset, current.countries)},
    _("Each dot is one product in one country, from its marketing authorisation there to the first public decision that covers it."),
)
