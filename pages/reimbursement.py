"""Reimbursement: what public money pays for, how much of what is authorised, after how long, who said yes, and under which agreement."""

import streamlit as st

from indicators import language
from indicators.catalog import observe
from indicators.charts import payer_verdicts, timelines
from indicators.figures import reimbursement as figures
from indicators.language import _, ngettext
from indicators.measures import reimbursement
from ui import controls, data, filters, shell
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures


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
    controls.segments(figures.BY, _("Columns"), list(figures.COLUMNS), lambda code: _(figures.COLUMNS[code]))
card(figures.DECISIONS, current)

shell.section(_("How much of what is authorised, and how soon"))
card(figures.RATE, current)
card(figures.DELAY, current)

shell.section(_("Who said yes, and who said no"))
with st.container(horizontal=True, key="scope-row", vertical_alignment="center"):
    controls.segments(figures.SCOPE, _("Who decides"), list(payer_verdicts.SCOPE_TEXTS), lambda code: _(payer_verdicts.SCOPE_TEXTS[code]))
card(figures.VERDICTS, current)

shell.section(_("On which terms"))
card(figures.AGREEMENTS, current)
