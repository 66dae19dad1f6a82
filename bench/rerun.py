"""How long the server takes to run a page again for a reader, when everything that can be kept has been made before.

The time is taken inside the server process (:mod:`bench.timed_server`): from the moment that Streamlit's script thread
takes the request up to the moment that it has put the last message into the queue to the browser. The requests are
recorded from a browser and replayed over a websocket of our own, so all of Streamlit's work is in the measure and no
browser competes for the processor. Wall-clock time is what a reader waits for; processor time is what the machine
would need if it had nothing else to do, and does not depend on what else ran meanwhile.
"""

from __future__ import annotations

import json
import pstats
import tempfile
import time
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.results import Result, percentile
from bench.serving import ROOT, serve
from bench.session import Session, recorded_rerun

GOAL_MILLISECONDS = 100
PAGES = {"overview": "", **{path.stem: path.stem for path in sorted((ROOT / "pages").glob("*.py")) if path.stem != "overview"}}
SELECTIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")


def run(browser: Browser, rounds: int = 60, warm_up: int = 5) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name:
        runs = Path(name) / "runs.jsonl"
        with serve(ROOT / "server.py", Path(name) / "log.txt", {"BENCH_RUNS": str(runs)}, module="bench.timed_server") as server:
            for page, path in PAGES.items():
                message = recorded_rerun(browser, server, path)
                with Session(server) as session:
                    _timed(session, [message] * warm_up, runs)
                    seen = _timed(session, [message] * rounds, runs)
                    new = _timed(session, [_with_query(message, f"region={region}&as_of=2023-12-31") for region in SELECTIONS], runs)
                wall, processor = ([1000 * line[kind] for line in seen] for kind in ("wall", "processor"))
                results += [
                    Result(f"Warm rerun, {page}: p95", percentile(wall, 0.95), "ms", GOAL_MILLISECONDS, f"wall clock, {len(seen)} runs"),
                    Result(f"Warm rerun, {page}: median", percentile(wall, 0.5), "ms", note="wall clock"),
                    Result(f"Warm rerun, {page}: p95 of processor time", percentile(processor, 0.95), "ms"),
                    Result(f"First run of a selection, {page}: median", percentile([1000 * line["wall"] for line in new], 0.5), "ms", note="nothing kept"),
                ]
    return results


def profile(browser: Browser, pages: Sequence[str] = tuple(PAGES), rounds: int = 30, warm_up: int = 5, shown: int = 60) -> str:
    """Return where the time of warm reruns goes, by function."""
    texts = []
    for page in pages:
        with tempfile.TemporaryDirectory() as name:
            stats = Path(name) / "profile"
            with serve(ROOT / "server.py", Path(name) / "log.txt", {"BENCH_PROFILE": str(stats)}, module="bench.timed_server") as server:
                message = recorded_rerun(browser, server, PAGES[page])
                with Session(server) as session:
                    for number in range(warm_up + rounds):
                        if number == warm_up:
                            stats.touch()
                        session.run(message)
                    time.sleep(1)
            text = StringIO()
            pstats.Stats(str(stats), stream=text).strip_dirs().sort_stats("cumulative").print_stats(shown)
            texts.append(f"== {page}\n{text.getvalue()}")
    return "\n".join(texts)


def _timed(session: Session, messages: Sequence[bytes], runs: Path) -> list[dict[str, float]]:
    """Send requests one after the other, and return what the server noted about each run."""
    noted = []
    for message in messages:
        before = len(runs.read_text(encoding="utf-8").splitlines())
        session.run(message)
        # The server notes a run just after its last message has left.
        while len(lines := runs.read_text(encoding="utf-8").splitlines()) == before:
            time.sleep(0.002)
        noted.append(json.loads(lines[-1]))
    return noted


def _with_query(message: bytes, query: str) -> bytes:
    """Return a request as if the reader had changed the address, without the state of any widget."""
    changed = BackMsg.FromString(message)
    changed.rerun_script.query_string = query
    changed.rerun_script.ClearField("widget_states")
    return changed.SerializeToString()
