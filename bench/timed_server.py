"""Streamlit's own server and command line, with each run of the script timed where it happens, in its thread.

Every run adds a line to the file that BENCH_RUNS names: wall-clock and processor seconds of ScriptRunner._run_script,
which is all that the server does for a rerun but reading the request and writing the answer to the socket. With
BENCH_PROFILE set, runs go through cProfile instead from the moment that this file exists, and their statistics are kept in it.
"""

from __future__ import annotations

import cProfile
import json
import os
import time

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

_original = ScriptRunner._run_script
_runs = os.environ.get("BENCH_RUNS", "")
_profile = os.environ.get("BENCH_PROFILE", "")
_profiler = cProfile.Profile()


def _timed(self: ScriptRunner, rerun_data: object) -> None:
    wall, processor = time.perf_counter(), time.thread_time()
    _original(self, rerun_data)  # type: ignore[arg-type]
    line = {"wall": time.perf_counter() - wall, "processor": time.thread_time() - processor}
    with open(_runs, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _profiled(self: ScriptRunner, rerun_data: object) -> None:
    if not os.path.exists(_profile):
        _original(self, rerun_data)  # type: ignore[arg-type]
        return
    _profiler.enable()
    _original(self, rerun_data)  # type: ignore[arg-type]
    _profiler.disable()
    _profiler.dump_stats(_profile)


if __name__ == "__main__":
    if _profile:
        ScriptRunner._run_script = _profiled  # type: ignore[method-assign]
    elif _runs:
        ScriptRunner._run_script = _timed  # type: ignore[method-assign]
    cli.main(prog_name="streamlit")
