"""A figure as JSON: what embedded figures and the stage draw."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api import addresses, answers, drawing, source
from api.clients import client, while_awaited
from api.packing import SAFE, Packed, packed, send
from api.work import Desk, Overloaded, TooMany
from indicators import language
from indicators.dataset import Dataset
from indicators.exhibits import exhibit, site
from indicators.figures.registry import UnknownFigure, near
from indicators.language import _
from indicators.reading import DatasetError

SECONDS_KEPT = 300
MOST_KEPT = 400
STEP = 20  # logical pixels: stages that differ by less get the same figure, which their browser stretches
_LOG = logging.getLogger(__name__)
# All figures of these routes are drawn here: as JSON, and what a document says of them. A page with many embedded figures
# may ask for all at once, and leaves as many places to others.
_desk: Desk[Any] = Desk(MOST_KEPT, most_waiting=40, most_of_one=20)
_Made = TypeVar("_Made")


async def made(request: Request, kind: str, asked: tuple[object, ...], make: Callable[[Dataset, str], _Made]) -> _Made:
    """Return what ``make`` makes of the dataset and the site's address, kept by its ``kind`` and by what was ``asked`` for.

    Raises what it raises, DatasetError, and Overloaded. It is kept for all who ask, so its addresses begin with the site that
    the environment says, else with a slash; never with what a request calls the host.
    """
    published_at = site()
    dataset = await run_in_threadpool(source.dataset)  # looks at its files, and reads them at first
    # A figure of today is another one tomorrow, and after a change of the data.
    key = (kind, dataset.key, date.today(), language.current(), published_at, asked)
    found: _Made = await _desk.get(key, lambda: make(dataset, published_at), client(request))
    return found


async def body(request: Request, reference: str, style: str, frame: tuple[int, int] | None) -> Packed:
    """Return the JSON of a figure; see :func:`api.drawing.payload`. Raises UnknownFigure, DatasetError and Overloaded."""

    def make(dataset: Dataset, published_at: str) -> Packed:
        drawn = exhibit(dataset, reference, style, published_at)
        return packed(json.dumps(drawing.payload(drawn, frame), ensure_ascii=False, separators=(",", ":")).encode(), "application/json")

    return await made(request, "body", (reference, style, frame), make)


def unknown(figure_id: str) -> str:
    """Return a sentence that a figure is not in the atlas, with the ids that come near."""
    sentence = _("There is no figure “{name}”.").format(name=figure_id[:60])
    alike = near(figure_id)
    return sentence + (" " + _("Did you mean {names}?").format(names=", ".join(alike)) if alike else "")


def _refused(text: str, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": text}, status_code=status, headers={**SAFE, "Cache-Control": "no-store", **(headers or {})})


def route(base: str) -> Route:
    """Return ``GET /figures/{id}.json`` below a base path: settings of the figure, ``style``, and ``width`` and ``height`` of a stage's frame."""

    async def answer(request: Request) -> Response:
        try:
            found = addresses.parameters(request)
            width, height = addresses.number(found, "width", 320, 4000), addresses.number(found, "height", 160, 4000)
            frame = (width // STEP * STEP, height // STEP * STEP) if width and height else None
            reference = addresses.reference(request.path_params["figure_id"], found)
            style = addresses.one(found, "style", ("light", "dark"))
            found_body = await body(request, reference, style, frame)
        except addresses.TooLong:
            return _refused(_("This address is too long."), 414)
        except UnknownFigure:
            return _refused(unknown(request.path_params["figure_id"]), 404)
        except DatasetError:
            return _refused(_("The dataset can't be read; whoever runs this atlas can see why."), 503)
        except TooMany:
            return _refused(answers.too_many(), 429, answers.AGAIN)
        except Overloaded:
            return _refused(answers.busy(), 503, answers.AGAIN)
        except Exception:
            _LOG.exception("no figure for %s", request.url.path)
            return _refused(_("This figure could not be drawn."), 500)
        return send(request, found_body, f"public, max-age={SECONDS_KEPT}")

    return Route(f"{base}/figures/{{figure_id}}.json", while_awaited(answer), methods=["GET"])
