"""A figure that does not come, or not at once: the stage and embedded figures wait a while, say so, and can try again."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page, Route, expect

from bench.serving import Server

SOON = "AbortSignal.timeout = (timeout => milliseconds => timeout(milliseconds / (window.isPatient ? 1 : 60)))(AbortSignal.timeout.bind(AbortSignal));"


def _page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    page.set_default_timeout(30_000)
    page.add_init_script(SOON)
    return page


def test_stage_says_that_a_figure_is_late_and_a_button_tries_again(server: Server, browser: Browser) -> None:
    page = _page(browser)
    held: list[Route] = []
    page.route("**/figures/prices-list.json*", lambda route: held.append(route))  # never answered
    page.goto(f"{server.address}/present?slide=prices-list")
    slide = page.locator(".slide.on")
    expect(slide).to_contain_text("has not come within half a minute")
    expect(page.locator("#counter")).not_to_have_attribute("data-waiting", "")
    page.unroute("**/figures/prices-list.json*")
    page.evaluate("window.isPatient = true")
    slide.get_by_role("button", name="Try again").click()
    expect(page.locator(".slide.on .js-plotly-plot")).to_be_visible()
    assert held
    page.close()


def test_embedded_figure_says_that_it_is_late(server: Server, browser: Browser) -> None:
    page = _page(browser)
    page.route("**/figures/overview-cascade.json*", lambda _route: None)
    page.goto(f"{server.address}/embed/overview-cascade")
    expect(page.locator(".figure .message")).to_have_text("The figure has not come within half a minute.")
    page.close()


def test_where_many_wait_the_figure_is_asked_for_again_and_drawn(server: Server, browser: Browser) -> None:
    page = _page(browser)
    refused: list[str] = []

    def answer(route: Route) -> None:
        if len(refused) < 2:
            refused.append(route.request.url)
            route.fulfill(status=429, headers={"Retry-After": "1"}, content_type="application/json", body=json.dumps({"error": "Many figures were asked for."}))
        else:
            route.continue_()

    page.route("**/figures/overview-cascade.json*", answer)
    page.add_init_script("window.isPatient = true")
    page.goto(f"{server.address}/embed/overview-cascade")
    page.locator(".figure .main-svg").first.wait_for()
    assert len(refused) == 2
    page.close()
