"""Making many figures' files at once: in other processes, for drawing keeps a processor busy; stopped cleanly at any time."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from indicators import language
from indicators.dataset import load
from indicators.export.collection import Options, Outcome, Wanted, make

Task = Sequence[Wanted]  # the files of one figure, which is drawn once for all of them


def make_all(data: Path | None, folder: Path, tasks: Sequence[Task], options: Options, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Make the files of figures, and yield each figure as it is done. ``data`` is the folder of the tables.

    With one job it happens here; with more in as many processes, each with the dataset and, for pictures, a Chromium of its
    own. When the caller stops (an interruption), figures that have begun are ended, and no other begins.
    """
    if jobs == 1 or len(tasks) <= 1:
        dataset = load(data)
        for task in tasks:
            yield task, make(dataset, folder, task, options)
        return
    # A new interpreter each: a copy of this one would share its threads' locks, and a browser that can be only one's.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context, initializer=_begin, initargs=(language.current(),))
    futures: dict[Future[Outcome], Task] = {pool.submit(_make, data, folder, task, options): task for task in tasks}
    try:
        for future in as_completed(futures):
            yield futures[future], _outcome(future, futures[future])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(code: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption at the keyboard reaches all; the first process decides
    language.use(code)


def _make(data: Path | None, folder: Path, task: Task, options: Options) -> Outcome:
    return make(load(data), folder, task, options)


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(failed={one.file: "the process that made it was ended from outside" for one in task})
