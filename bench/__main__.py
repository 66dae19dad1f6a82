"""``python -m bench`` measures everything and writes bench/RESULTS.md; ``python -m bench PART`` measures one part and prints it.

``python -m bench profile [PAGE …]`` prints where the time of warm reruns goes.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import brief, click_path, dataset_load, first_chart, payload, pictures, present, rerun
from bench.results import Result, percentile, table
from bench.serving import CHROMIUM_FLAGS, ROOT, chromium

RESULTS = ROOT / "bench" / "RESULTS.md"
LIBRARIES = ("streamlit", "plotly", "kaleido", "pandas", "orjson", "playwright", "typst")
PARTS: dict[str, tuple[str, Callable[[Browser], list[Result]]]] = {
    "load": ("Loading the dataset", lambda _browser: dataset_load.run()),
    "rerun": ("The server's time for a rerun", rerun.run),
    "payload": ("What a page sends", payload.run),
    "chart": ("Waiting for the first chart", first_chart.run),
    "clicks": ("From the world to a source", click_path.run),
    "present": ("Changing slides on the stage", present.run),
    "pictures": ("Drawing a picture", lambda _browser: pictures.run()),
    "brief": ("A printed brief on a country", lambda _browser: brief.run()),
}
METHOD = {
    "load": "Time of `load()` alone: reading, checking and typing every table. Libraries are imported before the clock starts.",
    "rerun": (
        "Taken inside the server process, around `ScriptRunner._run_script`: everything that Streamlit and the page do in the script's thread, from taking "
        "the request up to queueing the last message. Requests with the state of all widgets are recorded from Chromium and replayed over a websocket, "
        "so that no browser competes for the processor. Writing to the socket is not in it. “First run of a selection” is the same page with a region and day "
        "for which no chart has been made yet."
    ),
    "payload": "Sum of the payloads of all websocket frames that Chromium receives on the first visit, before compression.",
    "chart": (
        f"Chromium, headless, a new context each time, a server that has been visited before. From the start of the navigation until `{first_chart.CHART}` exists, "
        "by the page's own clock. The bare page is `st.plotly_chart` with one bar chart and Streamlit's defaults; the two take turns."
    ),
    "present": (
        "Chromium, headless, 1920 × 1080, drawing in software. Forth and back through the three decks that come built in; a key is pressed when the neighbours of "
        "a slide are drawn. From the time stamp of the key's event until the frame with the next figure has been painted, by the browser's clock."
    ),
    "clicks": (
        "Chromium, headless, on the overview: a click on a country opens the drawer with its facts, each with links to its sources, and a click on a link is the second. "
        "From the press of the mouse until a link is there, by the browser's clock."
    ),
    "pictures": (
        "`indicators.export.picture` with Chromium up and charts built: from asking until the bytes are there, layout, drawing, PNG and its metadata included. "
        "None is taken from memory. Threads ask for eight at once, as eight readers would."
    ),
    "brief": "Time of `brief()` alone, in this process: from the dataset in memory to the bytes of the PDF. Other parts ran before it, so the memory is theirs, too.",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=[*PARTS, "profile"], help="measure this alone and print it")
    parser.add_argument("pages", nargs="*", help="with profile: these pages alone")
    chosen = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        if chosen.part == "profile":
            print(rerun.profile(browser, chosen.pages or tuple(rerun.PAGES)))
        elif chosen.part:
            print(table(PARTS[chosen.part][1](browser)))
        else:
            load = os.getloadavg()[0]
            paces = _paces()
            found = {name: measure(browser) for name, (_title, measure) in PARTS.items()}
            RESULTS.write_text(_report(found, browser.version, load, [*paces, *_paces()]), encoding="utf-8")
            print(RESULTS.read_text(encoding="utf-8"))
        browser.close()


def _paces(rounds: int = 25) -> list[float]:
    """Return the milliseconds that a fixed piece of work takes, again and again; other work on the machine spreads them."""
    paces = []
    for _ in range(rounds):
        start = time.perf_counter()
        sum(number * number for number in range(200_000))
        paces.append(1000 * (time.perf_counter() - start))
    return paces


def _report(found: dict[str, list[Result]], chromium_version: str, load: float, paces: list[float]) -> str:
    parts = [
        "# Benchmarks",
        "Written by `python -m bench` (`make bench`). Numbers of one machine on one day: compare a run with a run on the same machine, and goals with a machine at rest.",
        "\n".join(
            [
                f"* Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, at commit {_commit()}",
                f"* Machine: {_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()}",
                f"* At rest? Load average {load:.1f} when it began. A fixed loop of Python took {min(paces):.0f} ms at best, {percentile(paces, 0.5):.0f} ms in the "
                f"middle, {percentile(paces, 0.95):.0f} ms at p95, before and after: the further apart, the more other work ran, and the less wall-clock times mean",
                f"* Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in LIBRARIES) + f", Chromium {chromium_version}",
            ]
        ),
    ]
    for name, results in found.items():
        parts += [f"## {PARTS[name][0]}", METHOD[name], table(results)]
    return "\n\n".join(parts) + "\n"


def _commit() -> str:
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor() or platform.machine())


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f} GiB"


if __name__ == "__main__":
    main()
