"""Work that takes a while, done beside the event loop: in few threads, once for all who ask for the same, and remembered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from threading import RLock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Overloaded(Exception):
    """More pieces of work are waiting than the desk takes."""


class TooMany(Overloaded):
    """More pieces of work that one client has asked for are waiting than the desk takes of one; others can still come."""


@dataclass(slots=True)
class _Work(Generic[Result]):
    """A piece of work that is under way: who asked first, and how many still await it."""

    future: Future[Result]
    client: str
    awaited: int = 0


class Desk(Generic[Result]):
    """Does pieces of work by their keys, each once, and keeps the results of the last ones (``most``).

    Two threads are enough: Python computes one thing at a time, and more would only make all of them late. At most
    ``most_waiting`` pieces are under way, and of one client ``most_of_one``; what nobody awaits any more is not begun.
    """

    def __init__(self, most: int, threads: int = 2, most_waiting: int = 200, most_of_one: int | None = None) -> None:
        self._most_waiting = most_waiting
        self._most_of_one = most_waiting if most_of_one is None else most_of_one
        self._most = most
        self._done: OrderedDict[Hashable, Result] = OrderedDict()
        self._running: dict[Hashable, _Work[Result]] = {}
        self._lock = RLock()  # work that is given up ends while its giving up holds the lock
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")

    async def get(self, key: Hashable, compute: Callable[[], Result], client: str = "") -> Result:
        """Return the result for a key, computing it for ``client`` ("" for nobody in particular) where it isn't kept or under way.

        Raises what ``compute`` raises, and then keeps nothing; raises Overloaded, and TooMany where it is the client's own doing.
        """
        with self._lock:
            if key in self._done:
                self._done.move_to_end(key)
                return self._done[key]
            work = self._running.get(key) or self._begin(key, compute, client)
            work.awaited += 1
        try:
            # One who leaves must not end the work of the others.
            return await asyncio.shield(asyncio.wrap_future(work.future))
        finally:
            with self._lock:
                work.awaited -= 1
                if not work.awaited:
                    work.future.cancel()  # does nothing to what has begun

    def _begin(self, key: Hashable, compute: Callable[[], Result], client: str) -> _Work[Result]:
        if len(self._running) >= self._most_waiting:
            raise Overloaded
        if client and sum(work.client == client for work in self._running.values()) >= self._most_of_one:
            raise TooMany
        work = _Work(self._pool.submit(copy_context().run, compute), client)  # the reader's language goes along
        self._running[key] = work
        # Once: others who wait would keep the result anew, or forget work that was begun since.
        work.future.add_done_callback(lambda finished: self._finish(key, finished))
        return work

    def _finish(self, key: Hashable, finished: Future[Result]) -> None:
        with self._lock:
            self._running.pop(key, None)
            if not finished.cancelled() and finished.exception() is None:
                self._done[key] = finished.result()
                while len(self._done) > self._most:
                    self._done.popitem(last=False)
