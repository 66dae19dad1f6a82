"""The page's frame: the bar with the name and the pages, notices, the head of a page, key figures, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st

from indicators.dataset import Dataset
from indicators.language import _
from ui import data, hint, search, state
from ui.headlines import headline
from ui.theme import style

KeyFigures: TypeAlias = Sequence[tuple[str, str]]  # each number as text, with what it counts
STYLESHEET = Path(__file__).with_name("atlas.css")


def top_bar(pages: Sequence[Any], here: Any, dataset: Dataset) -> None:
    """Draw the bar: the atlas's name at the left, the pages and the search at the right, the pages folded into a menu on a small screen.

    The links carry the global filters, which Streamlit's own navigation would drop.
    """
    parameters = state.global_parameters()
    st.html(STYLESHEET)
    st.html(f"<style>:root {{ --atlas-accent: {style().accent}; --atlas-panel: {style().panel}; }}{_mark_of(here)}</style>")
    with st.container(key="top-bar", horizontal=True, vertical_alignment="center"):
        with st.container(key="brand", width="content"):
            st.page_link(pages[0], label=_("CAR-T Access Atlas"), query_params=parameters)
        with st.container(key="pages-wide", horizontal=True, horizontal_alignment="right"):
            for page in pages:
                _page_link(page, parameters, "wide")
        search.button(dataset)
        with st.container(key="pages-narrow", width="content"), st.popover(_("Menu"), icon=":material/menu:", type="tertiary", key="menu"):
            for page in pages:
                _page_link(page, parameters, "narrow")


def _page_link(page: Any, parameters: dict[str, list[str]], place: str) -> None:
    # A container of its own, of the same name on every page, keeps the keyboard's place when a page runs again or another is opened.
    with st.container(key=f"{place}-{_name(page)}", width="content"):
        st.page_link(page, query_params=parameters)


def _mark_of(here: Any) -> str:
    """Return the rules that mark the link of the page that is open."""
    link = f".st-key-pages-wide .st-key-wide-{_name(here)}"
    return f"{link} {{ border-bottom: 2px solid var(--atlas-accent); }} {link} p {{ opacity: 1; font-weight: 650; color: var(--atlas-accent); }}"


def _name(page: Any) -> str:
    return page.url_path or "overview"


def notices() -> None:
    """Say what the address asked for and could not have, and whether the dataset's files have broken."""
    texts = state.notices()
    if texts:
        # As text, never as Markdown: an address written by a stranger must not draw pictures or links.
        st.html("<div class='notice' role='status'>" + "<br>".join(escape(text) for text in texts) + "</div>")
    data.warn_if_outdated()


def page_head(question: str, answer: str) -> None:
    """Draw a page's question as title and one sentence on what it answers; below them, on the first visit, how to use the atlas."""
    st.html(f"<h1 class='question'>{headline(question)}</h1><p class='answer'>{escape(answer)}</p>")
    hint.draw()


def section(title: str) -> None:
    """Draw the title of a section."""
    st.html(f"<h2 class='section'>{headline(title)}</h2>")


def key_figures(figures: KeyFigures) -> None:
    """Draw a strip of numbers, each with what it counts."""
    items = "".join(f"<div><dt>{escape(text)}</dt><dd>{escape(number)}</dd></div>" for number, text in figures)
    st.html(f"<dl class='key-figures'>{items}</dl>")


def foot(dataset: Dataset) -> None:
    """Draw the foot of every page: version, licence, how to cite."""
    text = _(
        "CAR-T Access Atlas, data version {version}. Data: CC BY 4.0, sources under their own terms; code: MIT. "
        "“No evidence found” means that we looked and found nothing, never that there is none."
    ).format(version=dataset.version)
    st.html(f"<footer class='foot'>{escape(text)}</footer>")
    search.listen()
