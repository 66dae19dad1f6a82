"""Work that takes a while, done beside the event loop: in few threads, once for all who ask for the same, and remembered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Overloaded(Exception):
    """More pieces of work are waiting than the desk takes."""


class Desk(Generic[Result]):
    """Does pieces of work by their keys, each once, and keeps the results of the last ones (``most``).

    Two threads are enough: Python computes one thing at a time, and more would only make all of them late.
    """

    def __init__(self, most: int, threads: int = 2, most_waiting: int = 200) -> None:
        self._most_waiting = most_waiting
        self._most = most
        self._done: OrderedDict[Hashable, Result] = OrderedDict()
        self._running: dict[Hashable, Future[Result]] = {}
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")

    async def get(self, key: Hashable, compute: Callable[[], Result]) -> Result:
        """Return the result for a key; raises what ``compute`` raises, and then keeps nothing; raises Overloaded."""
        with self._lock:
            if key in self._done:
                self._done.move_to_end(key)
                return self._done[key]
            running = self._running.get(key)
            is_first = running is None
            if running is None:
                if len(self._running) >= self._most_waiting:
                    raise Overloaded
                running = self._pool.submit(copy_context().run, compute)  # the reader's language goes along
                self._running[key] = running
        if is_first:  # once: the others would keep the result anew, or forget work that was begun since
            running.add_done_callback(lambda finished: self._finish(key, finished))  # at once where it is done already
        # One who leaves must not end the work of the others.
        return await asyncio.shield(asyncio.wrap_future(running))

    def _finish(self, key: Hashable, finished: Future[Result]) -> None:
        with self._lock:
            self._running.pop(key, None)
            if not finished.cancelled() and finished.exception() is None:
                self._done[key] = finished.result()
                while len(self._done) > self._most:
                    self._done.popitem(last=False)
