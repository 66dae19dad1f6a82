"""The picture of a link preview: a page's first figure, or any figure, with the settings of the address."""

from __future__ import annotations

import io
import logging
from datetime import date
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import addresses, source
from api.clients import client, while_awaited
from api.packing import SAFE
from api.previews import HEIGHT, WIDTH
from api.work import Desk, Overloaded
from indicators import language
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit, site
from indicators.export.errors import ExportError
from indicators.figures.registry import FIGURES, UnknownFigure
from indicators.reading import DatasetError

FALLBACK = Path(__file__).resolve().parent.parent / "static" / "preview.png"
_SECONDS_KEPT = 6 * 3600
_SECONDS_OF_FALLBACK = 60
_LOG = logging.getLogger(__name__)
_desk: Desk[bytes] = Desk(most=80, threads=1, most_waiting=12, most_of_one=6)


def figure_of(name: str) -> str | None:
    """Return the id of the figure that shows what ``name`` is about: a page's first figure, or the figure of that id."""
    page = "" if name == "overview" else name
    first = next((figure.id for figure in FIGURES.values() if figure.page == page), None)
    return first or (name if name in FIGURES else None)


def route(base: str) -> Route:
    """Return ``GET /preview/{name}.png`` below a base path: ``name`` is a page's address or a figure's id, behind it its settings.

    Where no picture can be had, for want of a browser or of time, the atlas's own is sent: a preview is never missing.
    """

    async def answer(request: Request) -> Response:
        try:
            found = addresses.parameters(request)
            figure_id = figure_of(request.path_params["name"])
            if figure_id is None:
                return _send(await run_in_threadpool(_fallback), _SECONDS_OF_FALLBACK)
            dataset = await run_in_threadpool(source.dataset)
            reference, style = addresses.reference(figure_id, found), addresses.one(found, "style", ("light", "dark"))
            # The picture names the atlas's address and is kept for all: never the one that a request says it came to.
            published_at = site()
            key = (dataset.key, date.today(), language.current(), reference, style, published_at)
            return _send(await _desk.get(key, lambda: _drawn(dataset, reference, style, published_at), client(request)), _SECONDS_KEPT)
        except (addresses.TooLong, Overloaded, UnknownFigure, DatasetError, ExportError) as error:
            _LOG.info("the usual preview for %s: %s", request.url.path, error)
        except Exception:
            _LOG.exception("no preview for %s", request.url.path)
        return _send(await run_in_threadpool(_fallback), _SECONDS_OF_FALLBACK)

    return Route(f"{base}/preview/{{name}}.png", while_awaited(answer), methods=["GET"])


def _send(content: bytes, seconds: int) -> Response:
    return Response(content, media_type="image/png", headers={**SAFE, "Cache-Control": f"public, max-age={seconds}"})


@cache
def _fallback() -> bytes:
    return FALLBACK.read_bytes()


def _drawn(dataset: Dataset, reference: str, style: str, published_at: str) -> bytes:
    from indicators.export import picture

    made = exhibit(dataset, reference, style, published_at)
    if made.chart.is_empty:
        return _fallback()
    return framed(picture.render(made, format="png", size="wide", scale=1), made)


def framed(content: bytes, made: Exhibit) -> bytes:
    """Return a picture in the shape of previews, on the figure's own paper."""
    from PIL import Image

    drawn = Image.open(io.BytesIO(content)).convert("RGB")
    drawn.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (WIDTH, HEIGHT), made.style.paper)
    sheet.paste(drawn, ((WIDTH - drawn.width) // 2, (HEIGHT - drawn.height) // 2))
    written = io.BytesIO()
    sheet.save(written, "PNG", optimize=True)
    return written.getvalue()
