"""Who asks: by which address one client is told from another, and whether it is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
_GONE = 499  # what servers note for a client that has closed its connection; nobody receives it


def client(request: Request) -> str:
    """Return by which name the client of a request is counted: its address, of IPv6 the network that one household has; "" where unknown."""
    host = request.client.host if request.client else ""
    try:
        return host if ip_address(host).version == 4 else str(ip_network((host, 64), strict=False))
    except ValueError:
        return host


def while_awaited(answer: Handler) -> Handler:
    """Return a handler that is given up when its client leaves, so that work which nobody awaits any more isn't begun."""

    async def watched(request: Request) -> Response:
        work, gone = asyncio.ensure_future(answer(request)), asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
            if work.done() or gone.exception() is not None:  # a server that can't tell who is there leaves the work alone
                return await work
            return Response(status_code=_GONE)
        finally:
            work.cancel()
            gone.cancel()

    return watched


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
