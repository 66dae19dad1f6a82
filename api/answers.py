"""Answers to a browser: documents with the headers that keep them safe, and small pages in words where something is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from starlette.responses import HTMLResponse

from api import assets, theme
from api.packing import SAFE
from indicators import language
from indicators.language import _

# Plotly writes styles into the document, and draws with data images; scripts come from files of ours alone.
_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'"
FRAMED_BY_ALL = {"Content-Security-Policy": f"{_POLICY}; frame-ancestors *"}
AGAIN = {"Retry-After": "5"}  # seconds
FRAMED_BY_NONE = {"Content-Security-Policy": f"{_POLICY}; frame-ancestors 'none'", "X-Frame-Options": "DENY"}


def document(
    *,
    title: str,
    head: str,
    body: str,
    up: str,
    scripts: Sequence[str] = (),
    style_sheet: str = "stage.css",
    more_style_sheets: Sequence[str] = (),
    style: str = "light",
    headers: Mapping[str, str] = FRAMED_BY_NONE,
    status: int = 200,
) -> HTMLResponse:
    """Return an HTML document. ``title`` is text, ``head`` and ``body`` are HTML; ``up`` leads from its folder to the atlas's root."""
    # Our scripts stand before the library: they ask for the first figure while the browser still reads it.
    modules = {name: None for script in scripts for name in (script, *assets.imports(script))}
    loads = "".join(f'<link rel="modulepreload" href="{up}{assets.path(name)}">' for name in modules)
    loads += "".join(f'<script type="module" src="{up}{assets.path(name)}"></script>' for name in scripts)
    if scripts:
        loads += f'<script defer id="plotly" src="{up}{assets.path(assets.PLOTLY)}"></script>'
    sheets = "".join(f'<link rel="stylesheet" href="{up}{assets.path(name)}">' for name in (style_sheet, *more_style_sheets))
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{up}app/static/fonts/{name}.woff2">'
        for name in ("inter-latin-wght-normal", "source-serif-4-latin-wght-normal")
    )
    content = f"""<!DOCTYPE html>
<html lang="{escape(language.current())}" data-theme="{escape(style)}">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{up}app/static/icon.png">
{fonts}
<style>{theme.faces(up)}{theme.variables()}</style>
{sheets}
{head}
{loads}
</head>
<body>
{body}
</body>
</html>
"""
    return HTMLResponse(content, status_code=status, headers={**SAFE, "Cache-Control": "no-cache", **headers})


def words(title: str, sentences: Sequence[str], up: str, status: int, more: str = "", headers: Mapping[str, str] = FRAMED_BY_NONE) -> HTMLResponse:
    """Return a small page that says in words what is missing; ``more`` is HTML below."""
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    back = f'<p><a href="{up or "./"}" target="_top">{escape(_("To the atlas"))}</a></p>'
    body = f'<main class="words"><h1>{escape(title)}</h1>{told}{more}{back}</main>'
    robots = '<meta name="robots" content="noindex">'
    return document(
        title=f"{title} · {_('CAR-T Access Atlas')}", head=robots, body=body, up=up, style_sheet="words.css", style="auto", status=status, headers=headers
    )


def busy() -> str:
    """Return a sentence for those who come while too many others wait."""
    return _("Many figures are being drawn at the moment. Try again in a few seconds.")


def too_many() -> str:
    """Return a sentence for one who has asked for more at once than is drawn for one; see :class:`api.work.TooMany`."""
    return _("Many figures were asked for from your address at once. Try again in a few seconds.")


def too_long(up: str) -> HTMLResponse:
    """Return the page for an address that is longer than any that the atlas writes."""
    return words(_("This address is too long"), [_("It holds more than the atlas ever writes into an address. Ask for a new link, or for the file.")], up, 414)
