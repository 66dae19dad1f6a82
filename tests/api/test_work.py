"""Work beside the event loop: once for all who ask, in the reader's language, and no more than can be done."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

import pytest

from api.work import Desk, Overloaded
from indicators import language

Result = TypeVar("Result")
SECONDS = 60  # in which anything that is meant to come has come


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread and loop of its own: a browser's tests may have a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_the_same_is_done_once_and_kept() -> None:
    desk: Desk[int] = Desk(most=2)
    done: list[str] = []
    go = Event()

    def work(name: str) -> int:
        done.append(name)
        assert go.wait(SECONDS)
        return len(name)

    async def ask() -> list[int]:
        asking = [asyncio.create_task(desk.get("a", lambda: work("a"))) for _ in range(8)]
        await asyncio.sleep(0)  # all have asked before any has its answer
        go.set()
        return await asyncio.gather(*asking)

    assert run(ask()) == [1] * 8
    assert run(desk.get("bb", lambda: work("bb"))) == 2
    assert sorted(done) == ["a", "bb"]
    run(desk.get("ccc", lambda: work("ccc")))  # one more than is kept: the oldest goes
    run(desk.get("bb", lambda: work("bb")))
    assert sorted(done) == ["a", "bb", "ccc"]


def test_failure_is_raised_and_not_kept() -> None:
    desk: Desk[int] = Desk(most=2)

    def fail() -> int:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run(desk.get("a", fail))
    assert run(desk.get("a", lambda: 3)) == 3


def test_more_than_can_wait_is_refused_and_the_loop_stays_free() -> None:
    desk: Desk[int] = Desk(most=2, threads=1, most_waiting=2)
    go = Event()

    async def ask() -> None:
        first = [asyncio.create_task(desk.get(name, lambda: int(go.wait(SECONDS)))) for name in "ab"]
        await asyncio.sleep(0)  # both have asked
        with pytest.raises(Overloaded):
            await desk.get("c", lambda: 1)
        go.set()
        assert await asyncio.gather(*first) == [1, 1]

    run(ask())


def test_one_who_leaves_does_not_end_the_work_of_others() -> None:
    desk: Desk[int] = Desk(most=2)
    go = Event()

    async def ask() -> int:
        leaving = asyncio.create_task(desk.get("a", lambda: 7 if go.wait(SECONDS) else -1))
        await asyncio.sleep(0)
        staying = asyncio.create_task(desk.get("a", lambda: 0))
        await asyncio.sleep(0)  # both wait for the same work
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        go.set()
        return await staying

    assert run(ask()) == 7


def test_language_of_the_reader_goes_along() -> None:
    desk: Desk[str] = Desk(most=2)

    async def ask() -> str:
        language.use("de")
        return await desk.get("a", language.current)

    assert run(ask()) == "de"
