"""Reimbursement: what public money pays for, how much of what is authorised, after how long, who said yes, and under which agreement."""

import streamlit as st

from indicators import language
from indicators.catalog import observe
from indicators.charts import agreements, availability_rate, matrices, of_countries, payer_verdicts, timelines
from indicators.language import _, mark, ngettext
from indicators.measures import reimbursement
from ui import controls, data, filters, shell, state
from ui.card import card, chart
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

COLUMNS = {"product_id": mark("Products"), "indication_id": mark("Indications")}
BY = Control("by", "product_id", state.one_of(list(COLUMNS)))
SCOPE = Control("scope", "national", state.one_of(list(payer_verdicts.SCOPE_TEXTS)))


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
        (language.number((status == "not-covered").sum()), _("where a source documents that it pays for none, or none yet")),
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

shell.section(_("How much of what is authorised, and how soon"))
card(
    "rate",
    current,
    {
        "chart": lambda: chart(availability_rate.availability_bars, current.dataset, current.countries),
        "map": lambda: chart(of_countries.world, current.dataset, "rate-of-availability", current.countries, current.regions),
    },
    _("“3 of 6” means that six products have a marketing authorisation in the country and public money pays for three of them, in full or on conditions."),
)
card(
    "delay",
    current,
    {
        "chart": lambda: chart(timelines.availability_delay_chart, current.dataset, current.countries),
        "ranking": lambda: chart(of_countries.ranking, current.dataset, "time-to-availability", current.countries),
    },
    _(
        "Each dot is one product in one country, from its marketing authorisation there to the first public decision that covers it. The ranking shows each country's median, shortest first."
    ),
)

shell.section(_("Who said yes, and who said no"))
with st.container(horizontal=True, key="scope-row", vertical_alignment="center"):
    scope = controls.segments(SCOPE, _("Who decides"), list(payer_verdicts.SCOPE_TEXTS), lambda code: _(payer_verdicts.SCOPE_TEXTS[code]))
card(
    "verdicts",
    current,
    {
        "chart": lambda: chart(payer_verdicts.verdict_bars, current.dataset, current.countries, scope),
        "ranking": lambda: chart(of_countries.ranking, current.dataset, "positive-decisions", current.countries),
    },
    _(
        "Each bar is one payer or advice body; those that said no most often stand on top. Payers, advice and private insurers are three different things and never stand in one picture. The ranking counts decisions of national payers and of payers for a part of a country together."
    ),
)

shell.section(_("On which terms"))
card(
    "agreements",
    current,
    {"chart": lambda: chart(agreements.agreement_matrix, current.dataset, current.countries)},
    _(
        "Each square counts the pairs of product and indication that a country pays for under one kind of agreement. Hollow squares are not stated: sources say that money is paid and nothing of an agreement."
    ),
)
