"""Embedded figures in a browser: as wide as their frame, in the colours asked for, with nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.serving import Server
from ui.take_away_dialog import embed_code

REFERENCES = ("overview-world", "prices-list", "approvals-matrix", "compare-scatter", "manufacturing-sites")
MILLISECONDS = 30_000


@pytest.fixture
def context(server: Server, browser: Browser) -> Iterator[BrowserContext]:
    """Return a new browser that remembers nothing; it may ask nobody else and complain of nothing."""
    made = browser.new_context(viewport={"width": 800, "height": 900}, locale="en-GB", color_scheme="dark")
    made.set_default_timeout(MILLISECONDS)
    problems: list[str] = []
    host = urlsplit(server.address).netloc
    made.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    made.on("weberror", lambda error: problems.append(str(error.error)))
    made.on("request", lambda request: problems.append(request.url) if request.url.startswith("http") and urlsplit(request.url).netloc != host else None)
    yield made
    made.close()
    assert problems == []


def _open(server: Server, page: Page, reference: str) -> None:
    page.goto(f"{server.address}/embed/{reference}")
    page.locator(".figure[data-drawn] .main-svg").first.wait_for()


@pytest.mark.parametrize("width", [320, 800])
def test_page_never_moves_sideways(server: Server, context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    for reference in REFERENCES:
        _open(server, page, reference)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, reference
        figure, footer = page.locator(".figure").bounding_box(), page.locator("footer").bounding_box()
        assert figure is not None
        assert footer is not None
        assert figure["width"] <= width
        assert footer["y"] >= figure["y"] + figure["height"], reference


def test_figure_follows_its_frame(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    _open(server, page, "overview-world")
    for width in (500, 1600, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            "() => Math.abs(document.querySelector('.main-svg').getBoundingClientRect().width - document.querySelector('.figure').clientWidth) < 2"
        )


def test_theme_is_the_readers_where_that_is_asked_for(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    for theme, drawn, paper in (("light", "light", "rgb(255, 255, 255)"), ("dark", "dark", "rgb(18, 25, 28)"), ("auto", "dark", "rgb(18, 25, 28)")):
        _open(server, page, f"overview-cascade?theme={theme}")
        expect(page.locator(".figure")).to_have_attribute("data-drawn", drawn)
        expect(page.locator("body")).to_have_css("background-color", paper)
    page.emulate_media(color_scheme="light")
    expect(page.locator(".figure")).to_have_attribute("data-drawn", "light")


def test_frame_is_told_the_height(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    holder = (
        f'<!DOCTYPE html><link rel="icon" href="data:,"><iframe src="{server.address}/embed/prices-list?countries=BRA&countries=CHN" '
        'style="width:600px;height:50px;border:0"></iframe><p id="told"></p>'
    )
    page.route("**/holder", lambda route: route.fulfill(body=holder, content_type="text/html"))
    page.goto(f"{server.address}/holder", wait_until="commit")
    page.evaluate(
        """() => addEventListener('message', ({data}) => {
          if (data.type !== 'car-t-access-atlas:height') return;
          document.querySelector('iframe').style.height = `${data.height}px`;
          document.getElementById('told').textContent = data.height;
        })"""
    )
    frame = page.frame_locator("iframe")
    frame.locator(".figure[data-drawn] .main-svg").first.wait_for()
    expect(page.locator("#told")).not_to_be_empty()
    page.wait_for_timeout(300)
    told = int(page.locator("#told").inner_text())
    box = frame.locator(".card").bounding_box()
    assert box is not None
    assert abs(told - box["height"]) <= 2


@pytest.mark.parametrize("width", [360, 700])
def test_the_code_to_embed_shows_the_whole_figure_at_any_width(server: Server, context: BrowserContext, width: int) -> None:
    page = context.new_page()
    code = embed_code(f"{server.address}/embed/prices-list?countries=BRA&countries=CHN", "List prices", 100)
    holder = f'<!DOCTYPE html><link rel="icon" href="data:,"><div style="width:{width}px">{code}</div>'
    page.route("**/holder", lambda route: route.fulfill(body=holder, content_type="text/html"))
    page.goto(f"{server.address}/holder")
    frame = page.frame_locator("iframe")
    frame.locator(".figure[data-drawn] .main-svg").first.wait_for()

    expect(frame.locator("footer")).to_contain_text("CC BY 4.0")
    page.wait_for_function("() => parseFloat(document.querySelector('iframe').style.height) > 300")
    expect(frame.locator("footer")).to_be_in_viewport(ratio=0.99)


def test_words_stay_without_a_script(server: Server, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 800, "height": 900})
    page = plain.new_page()
    page.goto(f"{server.address}/embed/prices-list?countries=BRA")
    expect(page.locator("h1")).to_contain_text("List price")
    expect(page.locator("footer")).to_contain_text("CC BY 4.0")
    table = page.get_by_role("link", name="Table").get_attribute("href")
    assert table is not None
    assert "list=table" in table
    plain.close()


@pytest.mark.parametrize("reference", ["prices-list", "approvals-lag", "overview-world"])
def test_narrow_frame_shows_its_whole_legend(server: Server, context: BrowserContext, reference: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{server.address}/embed/{reference}")
    page.locator(".figure[data-drawn=light]").wait_for()
    wanted = page.evaluate(
        "() => new Set(document.querySelector('.figure').data.filter(trace => trace.name && trace.showlegend !== false).map(trace => trace.name)).size"
    )
    entries = page.locator("ul.legend > li")
    assert entries.count() == wanted >= 5
    assert all(entry.bounding_box()["x"] + entry.bounding_box()["width"] <= 321 for entry in entries.all())
    assert page.locator("ul.legend > li > svg path").count() >= wanted
    assert page.locator(".figure .legend").count() == 0  # Plotly's own, which would scroll
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
