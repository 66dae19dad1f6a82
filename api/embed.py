"""One figure for somebody else's page: with its title and footer, and nothing of the atlas around it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import addresses, answers, figures, previews
from api.clients import while_awaited
from api.stage_texts import asking_texts
from api.work import Overloaded, TooMany
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit
from indicators.figures import registry
from indicators.figures.figure import TABLE
from indicators.figures.registry import UnknownFigure
from indicators.language import _
from indicators.reading import DatasetError

_LOG = logging.getLogger(__name__)
_UP = "../"


def route(base: str) -> Route:
    """Return ``GET /embed/{id}`` below a base path: settings of the figure, and ``theme`` light, dark or auto."""

    async def answer(request: Request) -> Response:
        try:
            found = addresses.parameters(request)
            theme = addresses.one(found, "theme", ("light", "dark", "auto"))
            reference = addresses.reference(request.path_params["figure_id"], found)
            style = "dark" if theme == "dark" else "light"
            told = await figures.made(request, "embed", (reference, style), lambda dataset, site: _told(dataset, reference, style, site))
            await figures.body(request, told.reference, style, None)  # what the script asks for next, in the same words
        except addresses.TooLong:
            return answers.too_long(_UP)
        except UnknownFigure:
            return _missing(_("This figure is not in the atlas"), figures.unknown(request.path_params["figure_id"]), 404)
        except DatasetError:
            return _missing(_("The atlas has no data at the moment"), _("The dataset can't be read; whoever runs this atlas can see why."), 503)
        except TooMany:
            return _missing(_("This figure will be here in a moment"), answers.too_many(), 429, answers.AGAIN)
        except Overloaded:
            return _missing(_("This figure will be here in a moment"), answers.busy(), 503, answers.AGAIN)
        except Exception:
            _LOG.exception("no embedded figure for %s", request.url.path)
            return _missing(_("This figure could not be drawn"), _("Try again in a while; whoever runs this atlas can see why."), 500)
        return _document(told, theme, addresses.published_at(request, base))

    return Route(f"{base}/embed/{{figure_id}}", while_awaited(answer), methods=["GET"])


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document says of a figure, kept for all who ask; its head is not, for that may name the host of a request.

    ``address`` is the document's own below the atlas's root, ``path`` that of the figure's page, which begins with a slash.
    """

    reference: str
    title: str
    subtitle: str
    address: str
    path: str
    body: str


def _told(dataset: Dataset, reference: str, style: str, site: str) -> _Told:
    """Return what a document says of a figure, which is drawn for it. Raises UnknownFigure."""
    asked = registry.read(dataset, reference)
    own = registry.reference(asked.figure, asked.parameters)
    made = exhibit(dataset, own, style, site)
    settings = urlencode(made.parameters, doseq=True)
    address = f"embed/{quote(made.figure.id)}" + (f"?{settings}" if settings else "")
    return _Told(own, made.chart.title, made.chart.subtitle, address, made.path, _body(replace(made, notices=asked.notices)))


def _missing(title: str, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return answers.words(title, [sentence], _UP, status, headers={**answers.FRAMED_BY_ALL, **(headers or {})})


def _body(made: Exhibit) -> str:
    chart = made.chart
    settings = urlencode(made.parameters, doseq=True)
    figure = f"{_UP}figures/{made.figure.id}.json" + (f"?{settings}" if settings else "")
    texts = {**asking_texts(), "nothing": _("Nothing to draw here. Widen the filters."), "failed": _("This figure could not be drawn.")}
    given = {"figure": figure, "root": _UP, "texts": texts}
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    view, table = _view(made), _view(replace(made, parameters={**made.parameters, made.figure.name: [TABLE]}))
    notices = "".join(f'<p class="notice">{escape(notice)}.</p>' for notice in made.notices)
    footer = " · ".join(made.footer[:-1])
    return f"""<article class="card">
<h1><a href="{escape(view)}" target="_blank" rel="noopener">{escape(chart.title)}</a></h1>
<p class="subtitle">{escape(chart.subtitle)}</p>
{notices}<ul class="legend" hidden></ul>
<p class="hint" hidden>{escape(_("The figure is wider than this screen: move it sideways."))} →</p>
<div class="figure" role="img" aria-label="{escape(chart.alt)}"{" data-map" if chart.has_boundaries else ""}></div>
<noscript><p class="message">{escape(_("The picture needs JavaScript; the table shows the same without it."))}</p></noscript>
<p class="how">{escape(made.how_to_read)}</p>
<footer>{escape(footer)}
<nav><a href="{escape(view)}" target="_blank" rel="noopener">{escape(_("Open in the CAR-T Access Atlas"))}</a>
<a href="{escape(table)}" target="_blank" rel="noopener">{escape(_("Table"))}</a></nav></footer>
</article>
<script type="application/json" id="embed">{data}</script>"""


def _document(told: _Told, theme: str, published_at: str) -> Response:
    head = previews.tags(
        title=told.title,
        description=told.subtitle,
        address=f"{published_at}/{told.address}",
        image=previews.image_of_reference(published_at, told.reference),
    )
    return answers.document(
        title=f"{told.title} · {_('CAR-T Access Atlas')}",
        head=f'{head}\n<link rel="canonical" href="{escape(published_at + told.path)}">',
        body=told.body,
        up=_UP,
        scripts=("embed.js",),
        style_sheet="embed.css",
        style=theme,
        headers=answers.FRAMED_BY_ALL,
    )


def _view(made: Exhibit) -> str:
    """Return where the figure stands in the atlas, seen from here."""
    return _UP + made.path.removeprefix("/")
