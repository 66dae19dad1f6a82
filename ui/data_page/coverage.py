"""Where there are facts, and how good and new they are: country by country."""

from __future__ import annotations

import streamlit as st

from indicators.charts.coverage import ORDER_TEXTS
from indicators.figures import data as figures
from indicators.language import _
from ui import controls
from ui.card import card
from ui.filters import REGION, REGION_TEXTS, View


def draw(current: View) -> None:
    """Draw the choice of countries and the matrix."""
    with st.container(key="filters"):
        region, which, order = st.columns([1.2, 1.4, 1])
        with region:
            controls.choose_many(REGION, _("Region"), list(REGION_TEXTS), lambda code: _(REGION_TEXTS[code]), _("World"))
        with which:
            controls.select(figures.WHICH, _("Show"), list(figures.WHICH_TEXTS), lambda code: _(figures.WHICH_TEXTS[code]))
        with order:
            controls.select(figures.ORDER, _("Order"), list(ORDER_TEXTS), lambda code: _(ORDER_TEXTS[code]))
    card(figures.COVERAGE, current)
