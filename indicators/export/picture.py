"""Pictures of figures: PNG, SVG and PDF in four sizes, each with title, subtitle, legend, sources, day, licence and address."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import plotly.graph_objects as go

from indicators import language
from indicators.charts import pixels
from indicators.exhibits import Exhibit
from indicators.export import metadata, renderer
from indicators.export.layout import Laid, lay_out
from indicators.export.page import Size
from indicators.language import mark

SIZES = {
    size.code: size
    for size in (
        Size("wide", mark("Wide, 16:9"), 1200, 675, 40, 29, 15, 11, 1.12, 0.74),
        Size("square", mark("Square, 1:1"), 1080, 1080, 48, 41, 20, 14.5, 1.4, 0.95),
        Size("portrait", mark("Portrait, for a report's column"), 800, 1000, 36, 29, 15, 11, 1.1, 0.75),
        Size("a4", mark("A4 page"), 794, 1123, 57, 27, 14, 10, 1.0, 0.7),
    )
}
SCALES = (1, 2, 4)
FORMATS = ("png", "svg", "pdf")

_MOST_KEPT = 48 * 1024 * 1024  # bytes of finished pictures
_kept: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
_lock = threading.Lock()


def laid_out(exhibit: Exhibit, size: str = "wide") -> go.Figure:
    """Return an exhibit as a complete figure: title, subtitle, legend, figure and footer, with its width and height.

    It is what :func:`render` draws, and what a reader's own browser draws where the server has no Chromium. Raises KeyError
    for a size that is not in SIZES.
    """
    return layout_of(exhibit, size).figure


def layout_of(exhibit: Exhibit, size: str = "wide") -> Laid:
    """Return the complete figure with the places of its parts, and what was left out."""
    return lay_out(exhibit, SIZES[size])


def render(exhibit: Exhibit, format: str = "png", size: str = "wide", scale: int = 2) -> bytes:
    """Return an exhibit as a picture; ``scale`` multiplies the pixels of a PNG and means nothing to SVG and PDF.

    Waits for Chromium in the caller's thread: call it from a thread that may wait, not from an event loop. The last
    pictures are kept. Raises ExportError (NoBrowser, Busy, TooSlow) with a sentence for the reader, and ValueError for a
    format, size or scale that there is not.
    """
    if format not in FORMATS or size not in SIZES or scale not in SCALES:
        raise ValueError(f"no picture {format}, {size}, {scale}")
    scale = scale if format == "png" else 1
    key = (
        exhibit.dataset.key,
        language.current(),
        exhibit.style.name,
        exhibit.site,
        exhibit.scene.day.isoformat(),
        exhibit.reference,
        exhibit.view,
        format,
        size,
        scale,
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = render_anew(exhibit, format, size, scale)
    with _lock:
        _kept[key] = made
        while sum(map(len, _kept.values())) > _MOST_KEPT and len(_kept) > 1:
            _kept.popitem(last=False)
    return made


def render_anew(exhibit: Exhibit, format: str = "png", size: str = "wide", scale: int = 2) -> bytes:
    """Return a picture as :func:`render` does, without looking for one that is kept."""
    sides = SIZES[size]
    figure = _still(pixels.plain(lay_out(exhibit, sides).figure))
    picture = renderer.shared().draw(figure, format, sides.width, sides.height, scale)
    about = metadata.About.of(exhibit)
    if format == "png":
        return metadata.in_png(picture, about, scale)
    return metadata.in_svg(picture, about) if format == "svg" else metadata.in_pdf(picture, about)


def _still(figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure without what shows only when a mark is pointed at: of a map it is the larger part."""
    data = []
    for trace in figure["data"]:
        is_written = trace.get("type") == "bar" or "text" in str(trace.get("mode", ""))
        pointed = {"hovertext", "hovertemplate", "customdata", "meta", *(() if is_written else ("text",))}
        data.append({key: part for key, part in trace.items() if key not in pointed})
    return {"data": data, "layout": {key: part for key, part in figure["layout"].items() if key not in ("meta", "hoverlabel")}}
