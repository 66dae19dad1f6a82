"""Bodies that are sent again and again: compressed once, and not at all to a browser that has them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


@dataclass(frozen=True, slots=True)
class Packed:
    """A body that is sent again and again: compressed once, with a mark by which a browser knows that it has it."""

    compressed: bytes
    media_type: str
    etag: str


def packed(body: bytes, media_type: str) -> Packed:
    """Return a body, compressed."""
    return Packed(gzip.compress(body, 6, mtime=0), media_type, f'"{sha256(body).hexdigest()[:24]}"')


def send(request: Request, body: Packed, cache_control: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer with a packed body, or that the browser's own copy is still right (304)."""
    shared = {**SAFE, "ETag": body.etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding", **(headers or {})}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=shared)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.compressed, headers={**shared, "Content-Encoding": "gzip"}, media_type=body.media_type)
    return Response(gzip.decompress(body.compressed), headers=shared, media_type=body.media_type)
