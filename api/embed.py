"""One figure for somebody else's page: with its title and footer, and nothing of the atlas around it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import addresses, answers, figures, previews, source
from api.work import Overloaded
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
            asked = await run_in_threadpool(lambda: registry.read(source.dataset(), reference))
            reference = registry.reference(asked.figure, asked.parameters)
            await figures.body(reference, style, None)  # what the script asks for next, in the same words; and the exhibit is drawn
            made = await run_in_threadpool(lambda: exhibit(source.dataset(), reference, style))
            made = replace(made, notices=asked.notices)
        except addresses.TooLong:
            return answers.too_long(_UP)
        except UnknownFigure:
            return _missing(_("This figure is not in the atlas"), figures.unknown(request.path_params["figure_id"]), 404)
        except DatasetError:
            return _missing(_("The atlas has no data at the moment"), _("The dataset can't be read; whoever runs this atlas can see why."), 503)
        except Overloaded:
            return _missing(_("This figure will be here in a moment"), answers.busy(), 503, answers.AGAIN)
        except Exception:
            _LOG.exception("no embedded figure for %s", request.url.path)
            return _missing(_("This figure could not be drawn"), _("Try again in a while; whoever runs this atlas can see why."), 500)
        return _document(made, theme, addresses.published_at(request, base))  # not kept: its head may name the host

    return Route(f"{base}/embed/{{figure_id}}", answer, methods=["GET"])


def _missing(title: str, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return answers.words(title, [sentence], _UP, status, headers={**answers.FRAMED_BY_ALL, **(headers or {})})


def _document(made: Exhibit, theme: str, published_at: str) -> Response:
    chart = made.chart
    settings = urlencode(made.parameters, doseq=True)
    figure = f"{_UP}figures/{made.figure.id}.json" + (f"?{settings}" if settings else "")
    given = {"figure": figure, "root": _UP, "texts": {"nothing": _("Nothing to draw here. Widen the filters."), "failed": _("This figure could not be drawn.")}}
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    view, table = _view(made), _view(replace(made, parameters={**made.parameters, made.figure.name: [TABLE]}))
    notices = "".join(f'<p class="notice">{escape(notice)}.</p>' for notice in made.notices)
    footer = " · ".join(made.footer[:-1])
    body = f"""<article class="card">
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
    address = f"{published_at}/embed/{quote(made.figure.id)}" + (f"?{settings}" if settings else "")
    head = previews.tags(
        title=chart.title,
        description=chart.subtitle,
        address=address,
        image=previews.image_of_reference(published_at, made.reference),
    )
    return answers.document(
        title=f"{chart.title} · {_('CAR-T Access Atlas')}",
        head=f'{head}\n<link rel="canonical" href="{escape(published_at + made.path)}">',
        body=body,
        up=_UP,
        scripts=("embed.js",),
        style_sheet="embed.css",
        style=theme,
        headers=answers.FRAMED_BY_ALL,
    )


def _view(made: Exhibit) -> str:
    """Return where the figure stands in the atlas, seen from here."""
    return _UP + made.path.removeprefix("/")
