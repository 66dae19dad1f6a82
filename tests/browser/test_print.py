"""A country's page on paper."""

from __future__ import annotations

import io
from collections.abc import Callable

from playwright.sync_api import Page
from pypdf import PdfReader

Visit = Callable[..., Page]


def test_a_countrys_page_fills_a_few_sheets_and_says_where_its_facts_are(visit: Visit) -> None:
    page = visit("/country?country=BRA")
    page.locator(".st-key-card-prices .main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]

    assert len(sheets) <= 5
    assert all(len(text) > 300 for text in sheets)
    assert "facts about Brazil, listed with their sources at" in " ".join(" ".join(sheets).split())
    assert "Got it" not in sheets[0]


def test_figures_grow_to_the_width_of_their_column_on_paper(visit: Visit) -> None:
    page = visit("/country?country=BRA")
    page.locator(".st-key-card-prices .main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")
    widths = "() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.offsetWidth * plot.style.getPropertyValue('--on-paper'))"
    page.pdf(format="A4")

    drawn = page.evaluate(widths)
    assert 1000 < max(drawn) < 1088  # the page as country.css lays it out
    assert sum(500 < width < 534 for width in drawn) >= 2  # half of it
