"""Scripts and style sheets of the stage and of embedded figures, and the library that draws them.

Each has the hash of its content in its address, so a browser keeps it for good and never has an old one.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.packing import Packed, packed, send

PLOTLY = "plotly.js"
FOLDER = Path(__file__).resolve().parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_IMPORT = re.compile(r'^import .* from "\./([\w.]+)";$', re.MULTILINE)
_FOR_GOOD = "public, max-age=31536000, immutable"


def _content(name: str) -> bytes:
    if name == PLOTLY:
        from plotly.offline import get_plotlyjs

        return str(get_plotlyjs()).encode()
    return (FOLDER / name).read_bytes()


@cache
def version() -> str:
    """Return a hash of all that the stage is made of: modules import each other by name and must be of one version."""
    total = sha256()
    for path in sorted(FOLDER.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


@cache
def _plotly_version() -> str:
    return sha256(_content(PLOTLY)).hexdigest()[:16]


def path(name: str) -> str:
    """Return where a file is served, below the atlas's root."""
    return f"stage/{_plotly_version() if name == PLOTLY else version()}/{name}"


@cache
def imports(name: str) -> tuple[str, ...]:
    """Return the scripts that a script imports, and those that they do."""
    own = _IMPORT.findall(_content(name).decode())
    return tuple(dict.fromkeys(found for script in own for found in (script, *imports(script))))


@cache
def _packed(name: str) -> Packed:
    return packed(_content(name), _TYPES[Path(name).suffix])


def routes(base: str) -> list[Route]:
    """Return the route of these files below a base path."""
    known = frozenset([PLOTLY, *(file.name for file in FOLDER.iterdir() if file.suffix in _TYPES)])
    for name in known:  # the library is large: its hash is taken now, not while the first visitor and all others wait
        path(name)

    def answer(request: Request) -> Response:  # not a coroutine: Starlette runs it in a thread, for packing takes a while
        name = request.path_params["name"]
        if name not in known:
            return Response("not found", status_code=404, media_type="text/plain")
        # A page that was opened before an update asks for an old version; it gets the new one, but doesn't keep it.
        is_asked_version = path(name) == f"stage/{request.path_params['version']}/{name}"
        return send(request, _packed(name), _FOR_GOOD if is_asked_version else "no-cache")

    return [Route(f"{base}/stage/{{version}}/{{name}}", answer, methods=["GET"])]
