"""Who asks: told apart by address, and given up when they leave."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from api import deck_files, figures
from api.clients import client, while_awaited
from api.work import Desk


def _request(host: str | None) -> Request:
    return Request({"type": "http", "client": (host, 1234) if host else None})


def test_clients_are_told_apart_by_address_and_households_by_network() -> None:
    assert client(_request("192.0.2.1")) == "192.0.2.1"
    assert client(_request("2001:db8:1:2::3")) == client(_request("2001:db8:1:2:ffff::9")) != client(_request("2001:db8:1:3::3"))
    assert client(_request(None)) == ""


def _run(request: Request, answer: object) -> Response:
    with ThreadPoolExecutor(1) as pool:  # a browser's tests may have a loop in this thread
        return pool.submit(asyncio.run, while_awaited(answer)(request)).result()  # type: ignore[arg-type]


def test_answer_is_given_up_when_its_client_leaves() -> None:
    messages = iter([{"type": "http.request"}, {"type": "http.disconnect"}])
    given_up = Event()

    async def receive() -> dict:
        await asyncio.sleep(0.02)
        return next(messages)

    async def answer(_request: Request) -> Response:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            given_up.set()
            raise
        return PlainTextResponse("late")

    began = time.monotonic()
    assert _run(Request({"type": "http"}, receive), answer).status_code == 499
    assert given_up.wait(1)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("is_broken", [True, False])
def test_answer_is_sent_to_a_client_that_stays_and_where_nobody_can_tell(is_broken: bool) -> None:
    async def receive() -> dict:
        if is_broken:
            raise RuntimeError("no word of the client")
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def answer(_request: Request) -> Response:
        await asyncio.sleep(0.02)
        return PlainTextResponse("here")

    assert _run(Request({"type": "http"}, receive), answer).body == b"here"


def test_one_who_asks_for_too_much_at_once_is_told_so_politely(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_desk", Desk(most=1, most_of_one=0))
    monkeypatch.setattr(deck_files, "_desk", Desk(most=1, most_of_one=0))
    for path in ("/figures/overview-cascade.json", "/embed/overview-cascade", "/deck.pdf?deck=prices"):
        answer = client.get(path)
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert "your address" in answer.text
