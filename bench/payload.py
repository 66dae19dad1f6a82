"""How many bytes a page sends over its websocket when it is opened for the first time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.rerun import PAGES
from bench.results import Result
from bench.serving import ROOT, Server, serve

GOAL_KILOBYTES = {"overview": 250}


def run(browser: Browser) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name, serve(ROOT / "server.py", Path(name) / "log.txt") as server:
        for page, path in PAGES.items():
            frames = _received(browser, server, path)
            total = sum(len(frame) for frame in frames)
            results.append(Result(f"Websocket, first load of {page}", total / 1000, "kB", GOAL_KILOBYTES.get(page), _largest(frames)))
    return results


def _received(browser: Browser, server: Server, path: str) -> list[bytes]:
    """Return every message that a new browser gets, as it is after decompression."""
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: frames.append(payload if isinstance(payload, bytes) else payload.encode()))

    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.on("websocket", listen)
    page.goto(f"{server.address}/{path}")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning] footer.foot").wait_for(state="attached")
    page.wait_for_timeout(1000)
    page.context.close()
    return frames


def _largest(frames: list[bytes]) -> str:
    """Return the kinds of messages that weigh most."""
    sizes: dict[str, int] = {}
    for frame in frames:
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type") or ""
        if kind == "delta":
            kind = message.delta.new_element.WhichOneof("type") or message.delta.WhichOneof("type") or kind
        sizes[kind] = sizes.get(kind, 0) + len(frame)
    ranked = sorted(sizes.items(), key=lambda item: -item[1])[:3]
    return ", ".join(f"{kind} {size / 1000:.0f} kB" for kind, size in ranked)
