"""How long a printed brief on a country takes, with the dataset loaded and one brief made before."""

from __future__ import annotations

import resource
import time

from bench.results import Result, percentile
from indicators.dataset import load
from indicators.export.brief import brief

GOAL_SECONDS = 3.0
# From the country of which most is known to one of which nothing is; each once, so that none comes out of a cache.
COUNTRIES = ("DEU", "USA", "CHN", "ESP", "IND", "THA", "ISR", "NGA", "JPN", "GBR", "KEN", "NRU", "FRA")


def run() -> list[Result]:
    dataset = load()
    brief(dataset, "BRA")
    times = []
    for iso3 in COUNTRIES:
        start = time.perf_counter()
        brief(dataset, iso3)
        times.append(time.perf_counter() - start)
    note = f"{len(COUNTRIES)} countries, each for the first time; {min(times):.2f}–{max(times):.2f}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Result("Country brief: median", percentile(times, 0.5), "s", GOAL_SECONDS, note),
        Result("Country brief: slowest", max(times), "s", GOAL_SECONDS, "the same"),
        Result("Country brief: memory of the process at most", memory, "MB", note="dataset, libraries and all"),
    ]
