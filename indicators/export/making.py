"""Making many figures' files at once, stopped cleanly at any time.

Tables keep a processor busy, so they are made in other processes. Pictures wait for Chromium, which has processes of its own
and takes seconds to start, so they are made in threads that share one.
"""

from __future__ import annotations

import contextvars
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from indicators import language
from indicators.dataset import load
from indicators.export import formats
from indicators.export.collection import Options, Outcome, Wanted, make

Task = Sequence[Wanted]  # the files of one figure, which is drawn once for all of them
MOST_PICTURES = 16  # at once; more would only wait, and the renderer lets no more than some wait


def make_all(data: Path | None, folder: Path, tasks: Sequence[Task], options: Options, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Make the files of figures, and yield each figure as it is done. ``data`` is the folder of the tables.

    At an interruption figures that have begun are ended and yielded, no other begins, and KeyboardInterrupt is raised then.
    """
    if jobs == 1 or len(tasks) <= 1:
        for task in tasks:
            yield task, _make(data, folder, task, options)
    elif any(formats.FORMATS[one.format].kind == formats.PICTURE for task in tasks for one in task):
        with_language = contextvars.copy_context  # a thread begins without the language of whoever starts it
        pool = ThreadPoolExecutor(min(jobs, len(tasks), MOST_PICTURES))
        yield from _gathered(pool, tasks, lambda task: pool.submit(with_language().run, _make, data, folder, task, options))
    else:
        # A new interpreter each: a copy of this one would share its threads' locks.
        context = multiprocessing.get_context("spawn")
        processes = ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context, initializer=_begin, initargs=(language.current(),))
        yield from _gathered(processes, tasks, lambda task: processes.submit(_make, data, folder, task, options))


def _gathered(pool: Executor, tasks: Sequence[Task], submit: Callable[[Task], Future[Outcome]]) -> Iterator[tuple[Task, Outcome]]:
    futures = {submit(task): task for task in tasks}
    left = set(futures)
    try:
        for future in as_completed(futures):
            left.discard(future)
            yield futures[future], _outcome(future, futures[future])
    except KeyboardInterrupt:
        pool.shutdown(wait=True, cancel_futures=True)
        for future in left:  # those that had begun are made by now, and count
            if not future.cancelled():
                yield futures[future], _outcome(future, futures[future])
        raise
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
