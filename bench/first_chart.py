"""How long a new visitor waits for the first chart, compared with the least that a Streamlit page can be.

Both servers run side by side and have been visited before; both pages are opened in turn, each time in a new browser
context with nothing cached. The page itself notes when the first chart appears, by its own clock that starts with the
navigation, so no time of the measuring program is in the measure.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from bench.results import Result
from bench.serving import ROOT, Server, serve

GOAL_RATIO = 1.3
CHART = ".js-plotly-plot .main-svg"
SHAPES = ".choroplethlayer path"
_WATCH = """(() => {
  window.firstSeen = {};
  const look = () => {
    for (const selector of %r) if (!(selector in window.firstSeen) && document.querySelector(selector)) window.firstSeen[selector] = performance.now();
    requestAnimationFrame(look);
  };
  look();
})()"""


def run(browser: Browser, rounds: int = 17) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare_page = folder / "bare_page.py"
        bare_page.write_bytes((ROOT / "bench" / "bare_page.py").read_bytes())
        with serve(ROOT / "server.py", folder / "app.txt") as app, serve(bare_page, folder / "bare.txt", folder=folder) as bare:
            _open(browser, bare, CHART)
            _open(browser, app, SHAPES)
            bare_times, app_times, shape_times = [], [], []
            for number in range(rounds):
                pair = [(bare, bare_times), (app, app_times)]
                for server, times in pair if number % 2 else reversed(pair):
                    seen = _open(browser, server, SHAPES if server is app else CHART)
                    times.append(seen[CHART])
                    if server is app:
                        shape_times.append(seen[SHAPES])
    bare_time, app_time = statistics.median(bare_times), statistics.median(app_times)
    ratios = sorted(mine / other for mine, other in zip(app_times, bare_times, strict=True))
    note = f"of medians of {rounds} rounds; ratio of single rounds {ratios[0]:.2f}–{ratios[-1]:.2f}"
    return [
        Result("First chart: overview against a bare page", app_time / bare_time, "×", GOAL_RATIO, note),
        Result("First chart: overview", app_time / 1000, "s", note=f"median, {min(app_times) / 1000:.2f}–{max(app_times) / 1000:.2f}"),
        Result("First chart: bare page", bare_time / 1000, "s", note=f"median, {min(bare_times) / 1000:.2f}–{max(bare_times) / 1000:.2f}"),
        Result("Countries drawn on the overview's map", statistics.median(shape_times) / 1000, "s", note="median"),
    ]


def _open(browser: Browser, server: Server, until: str) -> dict[str, float]:
    """Open a server's first page in a new context, and return after how many milliseconds each thing was first seen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(_WATCH % [CHART, SHAPES])
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_function("selector => selector in window.firstSeen", arg=until, timeout=60_000)
    seen: dict[str, float] = page.evaluate("window.firstSeen")
    context.close()
    return seen
