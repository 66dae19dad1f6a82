"""The HTML document in which the dashboard starts: its title and description, and what the browser should fetch at once.

Streamlit sends one document for every page. It asks for the chart's program, the largest file by far, only when the
first chart's message arrives, after some forty small files; and for a map's geometry only once the chart has started.
Naming them in the document lets the browser fetch them while it still starts up (docs/decisions/0005).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope
from streamlit import config, file_util
from streamlit.url_util import make_url_path

from indicators import language
from indicators.language import _
from ui import hint
from ui.sitemap import MISSING, SITE, SitePage

# What pages are drawn with: names of Streamlit's programs in the browser, the slowest to arrive first.
_PROGRAMS = ("PlotlyChart", "Html", "PageLink", "Multiselect", "Slider", "Selectbox", "ButtonGroup")
_FONTS = ("inter-latin-wght-normal", "source-serif-4-latin-wght-normal")
_GEOMETRY = "world_110m"
_IMPORT = re.compile(r"""\b(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
# Beginnings of addresses that programs have.
_OF_PROGRAMS = {"_stcore", "api", "app", "component", "deck", "embed", "figures", "media", "oauth2callback", "preview", "stage", "static", "vendor"}
_OTHER_FONT = re.compile(r'<link[^>]*\brel="preload"[^>]*\bas="font"[^>]*>')


Answer = Callable[[Request], Awaitable[Response]]
# What other programs show of an address: elements of the head for a request, the page's title and its description.
Preview = Callable[[Request, str, str, str], str]


def routes(preview: Preview) -> list[Route]:
    """Return a route for the document of each page, below the path that the server is told to stand at, and one for pages that do not exist."""
    base = str(config.get_option("server.baseUrlPath"))
    pages = [Route(make_url_path(base, page.address), answer(page, preview), methods=["GET"]) for page in SITE]
    return [*pages, _NoSuchPage(make_url_path(base, ""))]


class _NoSuchPage(Route):
    """Leads who asks for a page that does not exist to the overview, which says so in the atlas's own words.

    Streamlit starts its program at any address: it shows a dialog in English for programmers, or nothing at all below
    a second slash. Only what a person opens is led away, not what programs ask for.
    """

    def __init__(self, home: str) -> None:
        self._home = home
        super().__init__(f"{home.rstrip('/')}/{{page:path}}", self._lead_home, methods=["GET"])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match an address that a browser opens in its window and that no page, file or program of the server can have."""
        match, child = super().matches(scope)
        if match is Match.FULL:
            asked = str(child["path_params"]["page"]).strip("/")
            accepted = dict(scope["headers"]).get(b"accept", b"")
            is_known = not asked or asked in {page.address for page in SITE} or asked.split("/")[0] in _OF_PROGRAMS or "." in asked.split("/")[-1]
            if is_known or b"text/html" not in accepted:
                return Match.NONE, {}
        return match, child

    async def _lead_home(self, request: Request) -> Response:
        asked = [*request.query_params.multi_items(), (MISSING, str(request.path_params["page"])[:40])]
        return RedirectResponse(f"{self._home}?{urlencode(asked)}", status_code=302)


def answer(page: SitePage, preview: Preview) -> Answer:
    """Return what answers a request for a page: its document, with ``preview`` of the address that was asked for in its head."""
    document(page)  # written before the first visitor comes

    async def send(request: Request) -> Response:
        title = f"{_(page.title)} · " + _("CAR-T Access Atlas")
        head = preview(request, page.address, title, _(page.description))
        return HTMLResponse(document(page).replace("</head>", f"    {head}\n  </head>", 1), headers={"Cache-Control": "no-cache"})

    return send


def document(page: SitePage) -> str:
    """Return the document of a page in the current language: Streamlit's own, with our head."""
    return _document(page, language.current())


@cache
def _document(page: SitePage, _language_code: str) -> str:
    folder = Path(file_util.get_static_dir())
    own = (folder / "index.html").read_text(encoding="utf-8")
    programs = _programs(folder / "static" / "js", own)
    own = _OTHER_FONT.sub("", own)  # of a font that the dashboard does not use
    title = escape(f"{_(page.title)} · " + _("CAR-T Access Atlas"))
    own = _TITLE.sub(lambda _match: f"<title>{title}</title>", own, count=1)
    head = [f'<meta name="description" content="{escape(_(page.description))}" />']
    head += [f'<link rel="preload" crossorigin as="font" type="font/woff2" href="./app/static/fonts/{name}.woff2" />' for name in _FONTS]
    head.append(hint.HEAD)
    if page.has_map:
        head.append(f'<link rel="preload" crossorigin as="fetch" href="./app/static/geo/{_GEOMETRY}.json" />')
    # With low priority, after what Streamlit itself starts with: the dashboard must not wait for them.
    head += [f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{name}" />' for name in programs]
    # Starting the chart's program takes a third of a second; here it falls into the wait for the server's first message.
    head += [f'<script type="module">import("./static/js/{name}")</script>' for name in programs[:1]]
    return own.replace("</head>", "".join(f"    {line}\n" for line in head) + "  </head>", 1)


@cache
def _programs(folder: Path, known: str) -> list[str]:
    """Return the files of the programs and of all that these import, without those that the document names already."""
    waiting = [path.name for program in _PROGRAMS for path in sorted(folder.glob(f"{program}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in known and (folder / name).is_file():
            found[name] = None
            waiting += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return list(found)
