"""Work beside the event loop: once for all who ask, in the reader's language, and no more than can be done."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

import pytest

from api.work import Desk, Overloaded, TooMany
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


def test_one_client_leaves_places_to_others() -> None:
    desk: Desk[int] = Desk(most=2, threads=1, most_waiting=5, most_of_one=2)
    go = Event()

    async def ask() -> None:
        first = [asyncio.create_task(desk.get(name, lambda: int(go.wait(5)), "192.0.2.1")) for name in "ab"]
        await asyncio.sleep(0.05)
        with pytest.raises(TooMany):
            await desk.get("c", lambda: 1, "192.0.2.1")
        joined = asyncio.create_task(desk.get("a", lambda: 1, "192.0.2.1"))  # what is under way costs nothing
        other = asyncio.create_task(desk.get("c", lambda: 1, "192.0.2.2"))
        await asyncio.sleep(0.05)
        go.set()
        assert await asyncio.gather(*first, joined, other) == [1, 1, 1, 1]
        assert await desk.get("d", lambda: 4, "192.0.2.1") == 4  # their places are free again

    run(ask())


def test_what_nobody_awaits_any_more_is_not_begun() -> None:
    desk: Desk[int] = Desk(most=4, threads=1, most_waiting=3)
    go, begun = Event(), []

    async def ask() -> None:
        first = asyncio.create_task(desk.get("a", lambda: int(go.wait(5))))
        leaving = asyncio.create_task(desk.get("b", lambda: begun.append("b") or 2))
        wanted = asyncio.create_task(desk.get("c", lambda: begun.append("c") or 3))
        also_leaving = asyncio.create_task(desk.get("c", lambda: 0))
        await asyncio.sleep(0.05)
        leaving.cancel()
        also_leaving.cancel()
        await asyncio.sleep(0.05)
        more = asyncio.create_task(desk.get("d", lambda: 4))  # in the place that has become free
        await asyncio.sleep(0.05)
        go.set()
        assert await asyncio.gather(first, wanted, more) == [1, 3, 4]

    run(ask())
    assert begun == ["c"]
    assert run(desk.get("b", lambda: 5)) == 5  # nothing was kept of it


def test_language_of_the_reader_goes_along() -> None:
    desk: Desk[str] = Desk(most=2)

    async def ask() -> str:
        language.use("de")
        return await desk.get("a", language.current)

    assert run(ask()) == "de"
