"""Where there are facts, and how good and new they are: country by country."""

from __future__ import annotations

import streamlit as st

from indicators import jurisdictions
from indicators.charts.coverage import ORDER_TEXTS, coverage_matrix
from indicators.language import _, mark
from ui import controls, state
from ui.card import card, chart
from ui.filters import REGION, REGION_TEXTS, View
from ui.state import Control

WHICH_TEXTS = {"curated": mark("Countries with facts beyond need and context"), "all": mark("All countries and territories")}
WHICH = Control("which", "curated", state.one_of(list(WHICH_TEXTS)))
ORDER = Control("order", "region", state.one_of(list(ORDER_TEXTS)))


def draw(current: View) -> None:
    """Draw the choice of countries and the matrix."""
    with st.container(key="filters"):
        region, which, order = st.columns([1.2, 1.4, 1])
        with region:
            regions = controls.choose_many(REGION, _("Region"), list(REGION_TEXTS), lambda code: _(REGION_TEXTS[code]), _("World"))
        with which:
            shown = controls.select(WHICH, _("Show"), list(WHICH_TEXTS), lambda code: _(WHICH_TEXTS[code]))
        with order:
            ordered = controls.select(ORDER, _("Order"), list(ORDER_TEXTS), lambda code: _(ORDER_TEXTS[code]))
    countries = tuple(jurisdictions.select(current.dataset["countries"], regions))
    card(
        "coverage",
        current,
        {"chart": lambda: chart(coverage_matrix, current.dataset, countries, shown == "all", ordered)},
        _(
            "Each square is what we know of one country on one subject: the number says how many facts, the colour how good the best of their sources is. An empty place means that no fact was found, not that there is nothing. Results are turnaround and outcomes; need and context are copied from statistical offices. Select a square to read its facts."
        ),
    )
