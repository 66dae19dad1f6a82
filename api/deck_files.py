"""A deck as a file: PowerPoint or PDF, of the deck in the address."""

from __future__ import annotations

import logging
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import addresses, answers, source
from api.clients import client, while_awaited
from api.packing import SAFE
from api.work import Desk, Overloaded, TooMany
from indicators import decks, language
from indicators.decks import Deck
from indicators.exhibits import site
from indicators.export import deck_files
from indicators.export.errors import Busy, ExportError
from indicators.export.formats import FORMATS
from indicators.language import _
from indicators.reading import DatasetError

_LOG = logging.getLogger(__name__)
# A deck takes many seconds. One at a time, so that figures and pictures of others are not held up; a few more may wait, and few of one client.
_desk: Desk[bytes] = Desk(most=6, threads=1, most_waiting=5, most_of_one=2)


def routes(base: str) -> list[Route]:
    """Return ``GET /deck.pptx`` and ``/deck.pdf`` below a base path: the deck as in addresses of the stage, and ``style``."""
    return [_route(base, ending) for ending in deck_files.FORMATS]


def _route(base: str, ending: str) -> Route:
    async def answer(request: Request) -> Response:
        title = _("This file can't be made")
        try:
            found = addresses.parameters(request)
            reading = await run_in_threadpool(decks.read, found)  # a packed deck may be large
            if reading.deck is None or not reading.deck.slides:
                return answers.words(title, reading.notices or [_("The address names no deck.")], "./", 404)
            deck, style = reading.deck, addresses.one(found, "style", ("light", "dark"))
            published_at = site()  # what the environment says: a request's own address is a stranger's word
            dataset = await run_in_threadpool(source.dataset)
            key = (dataset.key, date.today(), language.current(), ending, deck, style, published_at)
            content = await _desk.get(key, lambda: deck_files.export(dataset, deck, ending, style, published_at), client(request))
        except addresses.TooLong:
            return answers.too_long("./")
        except TooMany:
            return answers.words(title, [_("Files for your address are being made already. Try again in a minute.")], "./", 429, headers=_AGAIN)
        except (Overloaded, Busy):
            return answers.words(title, [_("Many files are being made at the moment. Try again in a minute.")], "./", 503, headers=_AGAIN)
        except ExportError as error:
            return answers.words(title, [str(error)], "./", 503)
        except DatasetError:
            return answers.words(title, [_("The dataset can't be read; whoever runs this atlas can see why.")], "./", 503)
        except Exception:
            _LOG.exception("no %s of a deck", ending)
            return answers.words(title, [_("Something went wrong; whoever runs this atlas can see what.")], "./", 500)
        name = _file_name(deck, ending)
        headers = {**SAFE, "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
        return Response(content, media_type=FORMATS[ending].mime, headers=headers)

    return Route(f"{base}/deck.{ending}", while_awaited(answer), methods=["GET"])


_AGAIN = {**answers.FRAMED_BY_NONE, "Retry-After": "60"}


def _file_name(deck: Deck, ending: str) -> str:
    return f"{decks.file_name(deck)}-{date.today().isoformat()}.{ending}"
