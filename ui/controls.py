"""Widgets whose values live in the address; see :mod:`ui.state`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from indicators.settings import LONGEST_TEXT
from ui import state
from ui.state import Control


def select(control: Control, label: str, options: Sequence[str], text: Callable[[str], str]) -> str:
    """Show a menu of which one entry is chosen, and return its code."""
    state.value(control)
    st.selectbox(label, options, key=control.key, format_func=text)
    return str(state.value(control))


def segments(control: Control, label: str, options: Sequence[str], text: Callable[[str], str]) -> str:
    """Show a row of buttons of which one is pressed, and return its code."""
    state.value(control)
    st.segmented_control(label, options, key=control.key, format_func=text, required=True, label_visibility="collapsed")
    return str(state.value(control))


def choose_many(control: Control, label: str, options: Sequence[str], text: Callable[[str], str], placeholder: str) -> tuple[str, ...]:
    """Show a field in which several entries are chosen, and return their codes; none chosen means all."""
    state.value(control)
    st.multiselect(label, options, key=control.key, format_func=text, placeholder=placeholder, select_all=False, filter_mode="contains")
    return tuple(state.value(control))


def choose_day(control: Control, label: str, first: date, last: date, usual: date) -> date:
    """Show a field for a day, and return it; the control's value is the day as ISO text, "" for the usual day."""
    widget = f"day-{control.name}"

    def chosen() -> date:
        text = state.value(control)
        return min(max(date.fromisoformat(text), first), last) if text else usual

    st.session_state[widget] = chosen()

    def choose() -> None:
        day = st.session_state[widget]
        state.put(control, "" if day == usual else day.isoformat())

    st.date_input(label, key=widget, min_value=first, max_value=last, format="YYYY-MM-DD", on_change=choose)
    return chosen()


def slide(control: Control, label: str, options: Sequence[str], text: Callable[[str], str]) -> str:
    """Show a slider over named stops, and return the code of the stop."""
    state.value(control)
    st.select_slider(label, options, key=control.key, format_func=text)
    return str(state.value(control))


def search(control: Control, label: str, placeholder: str) -> str:
    """Show a field for words to search for, and return them; they count as they are typed."""
    state.value(control)
    st.text_input(label, key=control.key, placeholder=placeholder, type="search", icon=":material/search:", max_chars=LONGEST_TEXT, live=True)
    return str(state.value(control))
