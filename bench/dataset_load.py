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
_COLD = """
import time
from indicators.dataset import load
wall, processor = time.perf_counter(), time.process_time()
load()
print(time.perf_counter() - wall, time.process_time() - processor)
"""

Times = tuple[float, float]  # by the clock on the wall, and of the processor


def run(rounds: int = 11) -> list[Result]:
    results = []
    for what, times in (("first load in a new process", [_cold() for _ in range(rounds)]), ("load again after its files have changed", _warm(rounds))):
        wall, processor = (statistics.median(kind) for kind in zip(*times, strict=True))
        results.append(Result(f"Dataset: {what}", wall, "s", GOAL_SECONDS, f"wall clock, median of {rounds}"))
        results.append(Result(f"Dataset: {what}, processor time", processor, "s", note=f"median of {rounds}"))
    return results


def _cold() -> Times:
    done = subprocess.run([sys.executable, "-c", _COLD], cwd=ROOT, check=True, capture_output=True, text=True)
    wall, processor = map(float, done.stdout.split())
    return wall, processor


def _warm(rounds: int) -> list[Times]:
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(DEFAULT_FOLDER, folder)
        load(folder)
        for number in range(rounds):
            # Another time of change makes it another dataset, so nothing comes out of a cache.
            os.utime(folder / "countries.csv", (number, number))
            wall, processor = time.perf_counter(), time.process_time()
            load(folder)
            times.append((time.perf_counter() - wall, time.process_time() - processor))
    return times
