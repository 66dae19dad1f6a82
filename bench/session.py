"""A session with a Streamlit server over its websocket, without a browser that would compete for the processor."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.serving import Server

FINISHED = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY


def recorded_rerun(browser: Browser, server: Server, path: str) -> bytes:
    """Return what a browser sends when its reader asks for a rerun of a page on which nothing has changed.

    It holds the state of every widget, as each interaction does, so that a replay does the same work.
    """
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: sent.append(payload) if isinstance(payload, bytes) else None)

    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.on("websocket", listen)
    page.goto(f"{server.address}/{path}")
    idle = page.locator("[data-testid=stApp][data-test-script-state=notRunning] footer.foot")
    idle.wait_for(state="attached")
    page.wait_for_timeout(1000)
    before = len(sent)
    page.locator("h1").first.click()
    page.keyboard.press("r")
    page.wait_for_timeout(1500)
    page.context.close()
    reruns = [frame for frame in sent[before:] if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"]
    if not reruns:
        raise RuntimeError(f"the browser sent no rerun for /{path}")
    return reruns[-1]


class Session:
    """One connection, and the runs that it asks for."""

    def __init__(self, server: Server) -> None:
        self._socket = connect(server.address.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()

    def run(self, message: bytes) -> int:
        """Ask for a run, wait for its end, and return how many bytes came."""
        self._socket.send(message)
        received = 0
        while True:
            frame = self._socket.recv(timeout=60)
            received += len(frame)
            answer = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished != FINISHED:
                    raise RuntimeError(f"the run ended with {ForwardMsg.ScriptFinishedStatus.Name(answer.script_finished)}")
                return received
