"""How long the dataset takes to load: read, checked and typed, without the time that Python takes to import libraries."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.results import Result
from bench.serving import ROOT
from indicators.dataset import DEFAULT_FOLDER, load

GOAL_SECONDS = 0.5
_COLD = "import time; from indicators.dataset import load; start = time.perf_counter(); load(); print(time.perf_counter() - start)"


def run(rounds: int = 9) -> list[Result]:
    return [
        Result("Dataset: first load in a new process", statistics.median(_cold() for _ in range(rounds)), "s", GOAL_SECONDS, f"median of {rounds}"),
        Result("Dataset: load again after its files have changed", statistics.median(_warm(rounds)), "s", GOAL_SECONDS, f"median of {rounds}"),
    ]


def _cold() -> float:
    done = subprocess.run([sys.executable, "-c", _COLD], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _warm(rounds: int) -> list[float]:
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(DEFAULT_FOLDER, folder)
        load(folder)
        for number in range(rounds):
            # Another time of change makes it another dataset, so nothing comes out of a cache.
            os.utime(folder / "countries.csv", (number, number))
            start = time.perf_counter()
            load(folder)
            times.append(time.perf_counter() - start)
    return times
