"""What a request may ask for, and the address that it came to; nothing in it is trusted."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request

from indicators.exhibits import site

LONGEST_QUERY = 8192  # characters: what proxies let pass
MOST_PARAMETERS = 400
# Parameters of these routes themselves; all others are settings of the figure.
OWN_PARAMETERS = frozenset({"style", "theme", "width", "height"})
_HOST = re.compile(r"[A-Za-z0-9.-]{1,200}(:\d{1,5})?|\[[0-9a-fA-F:.]{2,60}\](:\d{1,5})?")


class TooLong(ValueError):
    """A query is longer than any that the atlas writes."""


def parameters(request: Request) -> dict[str, list[str]]:
    """Return the parameters of a request, each name once with all its values. Raises TooLong."""
    query = request.url.query
    if len(query) > LONGEST_QUERY:
        raise TooLong
    try:
        return parse_qs(query, max_num_fields=MOST_PARAMETERS, errors="replace")
    except ValueError:
        raise TooLong from None


def reference(figure_id: str, found: dict[str, list[str]]) -> str:
    """Return the reference to a figure with the settings among some parameters."""
    settings = {name: texts for name, texts in found.items() if name not in OWN_PARAMETERS}
    return f"{figure_id}?{urlencode(settings, doseq=True)}" if settings else figure_id


def one(found: dict[str, list[str]], name: str, allowed: tuple[str, ...]) -> str:
    """Return the parameter's last value, or the first that is allowed where it is none of these."""
    text = found.get(name, [""])[-1]
    return text if text in allowed else allowed[0]


def number(found: dict[str, list[str]], name: str, least: int, most: int) -> int | None:
    """Return the parameter as a whole number within bounds; None where it is no number."""
    text = found.get(name, [""])[-1]
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() and len(text) < 7 else None


def published_at(request: Request, base: str) -> str:
    """Return where the atlas is published: what the environment says, else the address that the request came to.

    ``base`` is the path that the server stands at, such as ``/atlas``. "" where the request names no proper host.
    """
    host = request.headers.get("host", "")
    here = f"{request.url.scheme}://{host}{base}" if _HOST.fullmatch(host) else ""
    return site() or here
