"""The reader's theme."""

from __future__ import annotations

import streamlit as st

from indicators.charts.template import STYLES, Style


def style() -> Style:
    """Return the style that goes with the theme that the reader's browser or menu has chosen."""
    return STYLES["dark" if st.context.theme.type == "dark" else "light"]
