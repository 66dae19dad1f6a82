"""How long a picture takes once Chromium is up: a ranking, a matrix and a world map as PNG at 2×, and eight at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.results import Result, percentile
from indicators import exhibits
from indicators.dataset import Dataset, load
from indicators.export import picture, renderer

GOAL_SECONDS = 0.5
KINDS = {"ranking": "overview-world?world=ranking", "matrix": "approvals-matrix", "world map": "overview-world"}
AT_ONCE = 8


def run(rounds: int = 25) -> list[Result]:
    dataset = load()
    results = []
    _taken(dataset, [*KINDS.values()])  # Chromium starts, and each chart is built
    for name, reference in KINDS.items():
        times = [_taken(dataset, [reference]) for _round in range(rounds)]
        results.append(Result(f"Picture of a {name}, 16:9, PNG 2×, p50", percentile(times, 0.5), "s", GOAL_SECONDS, f"of {rounds}, layout included"))
        results.append(Result(f"Picture of a {name}, p95", percentile(times, 0.95), "s"))
    eight = [list(KINDS.values())[number % len(KINDS)] for number in range(AT_ONCE)]
    times = [_taken(dataset, eight) for _round in range(5)]
    results.append(Result(f"{AT_ONCE} pictures asked for at once, until the last", percentile(times, 0.5), "s", note="median of 5"))
    renderer.shared().close()
    return results


def _taken(dataset: Dataset, references: Sequence[str]) -> float:
    """Return the seconds until all pictures of some figures are there; none is taken from memory."""
    shown = [exhibits.exhibit(dataset, reference) for reference in references]
    start = time.perf_counter()
    with ThreadPoolExecutor(len(shown)) as threads:
        list(threads.map(picture.render_anew, shown))
    return time.perf_counter() - start
