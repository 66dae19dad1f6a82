"""How long a change of slides takes on the stage: from the press of a key until the next figure is painted, by the browser's clock."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.results import Result, percentile
from bench.serving import ROOT, serve
from indicators import decks

GOAL_MILLISECONDS = 300
OWN_GOAL_MILLISECONDS = 50
ROUNDS = 3
# A frame is painted when the browser takes up the task that was set in its last callback before painting.
_WATCH = """() => {
  window.changes = [];
  document.addEventListener("keydown", event => {
    const before = document.body.dataset.shown;
    const look = () => {
      if (document.body.dataset.shown === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => window.changes.push(performance.now() - event.timeStamp)));
    };
    requestAnimationFrame(look);
  }, {capture: true});
}"""


def run(browser: Browser) -> list[Result]:
    with tempfile.TemporaryDirectory() as name, serve(ROOT / "server.py", Path(name) / "log.txt") as server:
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        page = context.new_page()
        times: dict[str, list[float]] = {}
        for deck in decks.BUILT_IN:
            page.goto(f"{server.address}/present?deck={deck}")
            _prepared(page, 1)
            page.evaluate(_WATCH)
            for _round in range(ROUNDS):
                times.setdefault(deck, []).extend(_through(page, len(decks.BUILT_IN[deck].slides)))
        first = [_first(browser, f"{server.address}/present?deck={deck}") for _round in range(ROUNDS) for deck in decks.BUILT_IN]
        context.close()
    every = [time for own in times.values() for time in own]
    note = "; ".join(f"{deck} {statistics.median(own):.0f} ms" for deck, own in times.items())
    return [
        Result("Change of slides, warm: median", statistics.median(every), "ms", GOAL_MILLISECONDS, f"{len(every)} changes; {note}"),
        Result("Change of slides, warm: p95", percentile(every, 0.95), "ms"),
        Result("Change of slides, warm: median, what we want", statistics.median(every), "ms", OWN_GOAL_MILLISECONDS),
        Result("First slide of a deck, new browser", statistics.median(first) / 1000, "s", note=f"median of {len(first)}, server has drawn it before"),
    ]


def _prepared(page: Page, number: int) -> None:
    page.locator(f"body[data-prepared='{number}']").wait_for(timeout=120_000)


def _through(page: Page, slides: int) -> list[float]:
    """Go through a deck and back to its beginning, each time when the neighbours are drawn; return the milliseconds of each change."""
    page.evaluate("window.changes = []")
    for key, numbers in (("ArrowRight", range(2, slides + 1)), ("ArrowLeft", range(slides - 1, 0, -1))):
        for number in numbers:
            page.keyboard.press(key)
            _prepared(page, number)
    page.wait_for_timeout(1000)
    changes: list[float] = page.evaluate("window.changes")
    if len(changes) != 2 * (slides - 1):
        raise AssertionError(f"{len(changes)} changes were seen, not {2 * (slides - 1)}")
    return changes


def _first(browser: Browser, address: str) -> float:
    """Return after how many milliseconds a new browser shows a deck's first slide, by its own clock."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.add_init_script(
        """new MutationObserver((_, seeing) => {
          if (document.body?.dataset.shown) { window.firstShown = performance.now(); seeing.disconnect(); }
        }).observe(document, {subtree: true, childList: true, attributes: true})"""
    )
    page.goto(address)
    page.locator("body[data-shown]").wait_for(timeout=60_000)
    shown = float(page.evaluate("() => window.firstShown"))
    context.close()
    return shown
