"""How long the way from the world map to a source takes: two clicks, one on a country and one on a link.

The clock of the browser runs from the click on a country until the drawer shows a link to a source that can be clicked;
the second click leaves the atlas, and its address is checked, not opened.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.results import Result
from bench.serving import ROOT, serve

GOAL_SECONDS = 1.5
GOAL_CLICKS = 3
CLICKS = 2
COUNTRIES = ("BRA", "CHN", "IND", "AUS", "DZA", "ARG", "IRN", "DEU", "ESP", "POL")
_LINK = "[role=dialog] ul.evidence-sources a"
_CENTRE = """iso => {
  for (const shape of document.querySelectorAll(".choroplethlayer path")) {
    if (!shape.__data__ || shape.__data__.loc !== iso) continue;
    // The middle of the box lies in none of the archipelagos, but in all of these countries.
    const box = shape.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}"""
# From the press of the mouse to the frame in which the link is there, by the browser's own clock.
_ARM = """selector => {
  window.waited = null;
  document.addEventListener("mousedown", () => {
    const start = performance.now();
    const look = () => document.querySelector(selector) ? window.waited = performance.now() - start : requestAnimationFrame(look);
    look();
  }, {once: true, capture: true});
}"""


def run(browser: Browser, rounds: int = 2) -> list[Result]:
    with tempfile.TemporaryDirectory() as name, serve(ROOT / "server.py", Path(name) / "log.txt") as server:
        context = browser.new_context(viewport={"width": 1440, "height": 1300})
        context.add_init_script("try { localStorage.setItem('atlas-hint-seen', 'yes') } catch {}")
        page = context.new_page()
        page.goto(server.address)
        page.locator(".choroplethlayer path").first.wait_for()
        page.wait_for_timeout(2000)
        times = [_open(page, iso3) for _round in range(rounds) for iso3 in COUNTRIES]
        context.close()
    note = f"{len(times)} clicks on {len(COUNTRIES)} countries; slowest {max(times):.2f} s, the first {times[0]:.2f} s"
    return [
        Result("World map to a source: clicks", CLICKS, "clicks", GOAL_CLICKS),
        Result("World map to a source: waiting, median", statistics.median(times), "s", GOAL_SECONDS, note),
        Result("World map to a source: waiting, slowest", max(times), "s", GOAL_SECONDS),
    ]


def _open(page: Page, iso3: str) -> float:
    """Click a country, wait for a link to a source, and return the seconds that it took; the drawer is closed again."""
    place = page.evaluate(_CENTRE, iso3)
    page.evaluate(_ARM, _LINK)
    page.mouse.click(*place)
    page.wait_for_function("window.waited !== null", timeout=30_000)
    address = page.locator(_LINK).first.get_attribute("href") or ""
    if not address.startswith(("https://", "http://")):
        raise AssertionError(f"{iso3}: no link to a source, but {address!r}")
    page.keyboard.press("Escape")
    page.locator("[role=dialog]").wait_for(state="detached")
    page.wait_for_timeout(150)
    return float(page.evaluate("window.waited")) / 1000
