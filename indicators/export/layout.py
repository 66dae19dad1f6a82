"""A picture's layout: title, subtitle, legend, figure and footer set for a size, none over another and none cut off.

Everything is placed in pixels of the picture from its upper left corner, by the true widths of the letters, and then written
as one Plotly figure, which Chromium on the server and a reader's own browser draw alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from indicators.charts import fitting, headline, lettering, pixels, projections
from indicators.charts.chart import Chart, Leading
from indicators.charts.template import FONT
from indicators.exhibits import Exhibit
from indicators.export import foot, legend, listing
from indicators.export.page import TEXT_LINE, Box, Page, Size
from indicators.language import _

_LEAST_TITLE = 0.55  # of its usual size; a title has three lines at most until then
_MOST_TITLE_LINES = 3
_ABOVE_MAP = 0.35  # of the height that a map leaves empty


@dataclass(frozen=True, slots=True)
class Laid:
    """A finished picture: the figure, where its parts stand, and what was left out, in words ("" where nothing was)."""

    figure: go.Figure
    boxes: dict[str, Box]
    note: str


def lay_out(exhibit: Exhibit, size: Size) -> Laid:
    """Return an exhibit as a picture of a size."""
    entries = legend.entries(exhibit.chart, pixels.plain(exhibit.chart.figure), exhibit.style)
    laid = _lay_out(exhibit, size, entries)
    if laid.note:  # rows that are left out can take the last marks of a kind with them
        gone = _kinds(exhibit.chart.figure) - _kinds(laid.figure)
        present = [entry for entry in entries if entry.text not in gone]
        if present and len(present) < len(entries):
            return _lay_out(exhibit, size, present)
    return laid


def _kinds(figure: go.Figure) -> set[str]:
    """Return the names of a figure's traces that have marks."""
    return {str(trace.name) for trace in figure.data if trace.name and trace.y is not None and len(trace.y)}


def _lay_out(exhibit: Exhibit, size: Size, entries: Sequence[legend.Entry]) -> Laid:
    page = Page(size, exhibit.style)
    chart = exhibit.chart
    top = _header(page, chart.title, chart.subtitle)
    top = _legend(page, entries, top)
    note = ""
    paragraphs, frame, fit = _fitted(page, exhibit, top, note)
    while fit.note != note:  # a note that takes a line of its own can leave out one row more, and must then say so
        note = fit.note
        paragraphs, frame, fit = _fitted(page, exhibit, top, note, frame)
    foot.draw(page, paragraphs)
    height = float(fit.figure.layout.height)
    if chart.leading and "geo" in fit.figure.layout:
        height = _listing(page, chart.leading, fit, top)
    page.boxes["figure"] = Box(size.margin, top, size.width - size.margin, top + height)
    if chart.is_empty or not chart.figure.data:
        text = _("Nothing to draw here: what is known is listed in the atlas.")
        page.write(escape(text, quote=False), size.margin, top + min(frame / 2, 120), size=size.subtitle, color=exhibit.style.muted)
    return Laid(_written(page, fit, top, chart), page.boxes, fit.note)


def _fitted(page: Page, exhibit: Exhibit, top: float, note: str, most: float = math.inf) -> tuple[list[str], float, fitting.Fitted]:
    """Return the footer's paragraphs, the height that they leave (``most`` at the most), and the figure that fits it."""
    paragraphs = foot.paragraphs_of(exhibit, note)
    frame = min(max(page.size.height - foot.height_of(page, paragraphs) - top, 80.0), most)
    return paragraphs, frame, fitting.fitted(exhibit.chart, page.inner, frame, page.size.zoom, page.size.least, legend=False)


def _header(page: Page, title: str, subtitle: str) -> float:
    """Set the accent mark, the title and the subtitle; return where the room below begins."""
    size, style = page.size, page.style
    thick = max(5.0, size.title / 5)
    page.draw(size.margin, 0, type="rect", x0=0, x1=1.45 * size.title, y0=0, y1=-thick, fillcolor=style.accent, line={"width": 0})
    page.boxes["mark"] = Box(size.margin, 0, size.margin + 1.45 * size.title, thick)
    letters = size.title
    lines = headline.wrapped(title, letters, page.inner)
    while len(lines) > _MOST_TITLE_LINES and letters > _LEAST_TITLE * size.title:
        letters *= 0.95
        lines = headline.wrapped(title, letters, page.inner)
    top = thick + 0.62 * size.margin
    line_height = headline.LINE * letters
    for number, line in enumerate(lines):
        middle = top + (number + 0.5) * line_height
        page.write(escape(line, quote=False), size.margin, middle, family=headline.SERIF, size=letters, color=style.ink, weight=headline.WEIGHT)
    widest = max((headline.width(line, letters) for line in lines), default=0)
    page.boxes["title"] = Box(size.margin, top, size.margin + widest, top + len(lines) * line_height)
    top += len(lines) * line_height + 0.3 * letters
    return _block(page, "subtitle", lettering.wrapped(subtitle, size.subtitle, page.inner), size.subtitle, top, style.muted) + 0.7 * size.subtitle


def _block(page: Page, name: str, lines: Sequence[str], letters: float, top: float, colour: str) -> float:
    """Set lines of text below each other; return where they end."""
    height = TEXT_LINE * letters
    for number, line in enumerate(lines):
        page.write(escape(line, quote=False), page.size.margin, top + (number + 0.5) * height, size=letters, color=colour)
    widest = max((lettering.width(line, letters) for line in lines), default=0)
    page.boxes[name] = Box(page.size.margin, top, page.size.margin + widest, top + len(lines) * height)
    return top + len(lines) * height


def _legend(page: Page, entries: Sequence[legend.Entry], top: float) -> float:
    """Set the legend in as many lines as it needs; return where the room below begins."""
    if not entries:
        return top + 0.3 * page.size.subtitle
    letters = 0.92 * page.size.subtitle
    height = legend.LINE * letters
    lines = legend.lines(entries, letters, page.inner)
    top += 0.25 * letters
    widest = 0.0
    for number, line in enumerate(lines):
        middle = top + (number + 0.5) * height
        for entry, (at, left) in zip(line, legend.places(line, letters, page.size.margin), strict=True):
            for shape in legend.mark(entry, letters, page.style.paper):
                page.draw(at, middle, **shape)
            page.write(escape(entry.text, quote=False), left, middle, size=letters, color=page.style.ink)
            widest = max(widest, left + lettering.width(entry.text, letters))
    page.boxes["legend"] = Box(page.size.margin, top, widest, top + len(lines) * height)
    return top + len(lines) * height + 0.8 * letters


def _listing(page: Page, leading: Leading, fit: fitting.Fitted, top: float) -> float:
    """Set what a map shows as a list below it, where it leaves room; return the map's height, which is all there is where it does not."""
    layout = fit.figure.layout
    frame = float(layout.height)
    height = page.inner / projections.aspect(pixels.plain(fit.figure)["layout"]["geo"]) + fit.room.bottom
    letters = 0.92 * page.size.subtitle
    below = top + height + 1.2 * letters
    made = listing.lay_out(leading, letters, page.inner, top + frame - below - letters)
    if made is None:
        return frame
    style = page.style
    page.write(f"<b>{escape(made.heading, quote=False)}</b>", page.size.margin, below + letters, size=letters, color=style.ink)
    for row in made.rows:
        middle = below + row.middle
        page.write(escape(row.name, quote=False), page.size.margin + row.left, middle, size=letters, color=style.ink)
        if row.value:
            page.write(escape(row.value, quote=False), page.size.margin + row.right, middle, align="right", size=letters, color=style.muted)
        page.draw(
            page.size.margin + row.left,
            middle + listing.LINE * letters / 2,
            type="line",
            x0=0,
            x1=row.right - row.left,
            y0=0,
            y1=0,
            line={"color": style.line, "width": 0.7},
        )
    page.boxes["list"] = Box(page.size.margin, below, page.size.width - page.size.margin, below + made.height)
    layout.height = height
    return height


def _written(page: Page, fit: fitting.Fitted, top: float, chart: Chart) -> go.Figure:
    """Return the whole picture as one figure: the fitted one with its margins moved, and all that stands around it."""
    size = page.size
    made = pixels.plain(fit.figure)
    layout = made["layout"]
    around, height = fit.room, float(layout["height"])
    left, right, above = size.margin + around.left, size.margin + around.right, top + around.top
    below = size.height - top - height + around.bottom
    wide, high = size.width - left - right, size.height - above - below
    layout["margin"] = {"l": left, "r": right, "t": above, "b": below, "pad": 0, "autoexpand": False}
    layout |= {
        "width": size.width,
        "height": size.height,
        "paper_bgcolor": page.style.paper,
        "showlegend": False,
        "autosize": False,
        "meta": {"alt": chart.alt},
    }
    layout["font"] = {"family": FONT, "color": page.style.ink} | layout.get("font", {})
    if "geo" in layout:
        _move_up(layout["geo"], wide, high)
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            axis["automargin"] = False  # the room for labels is known, and what stands around must stay in its place
            if chart.is_empty:
                axis["visible"] = False
    shared = {"xref": "paper", "yref": "paper", "showarrow": False, "borderpad": 0, "yanchor": "middle"}
    notes = [
        {
            **shared,
            "align": text["align"],
            "xanchor": text["align"],
            "x": (text["at"] - left) / wide,
            "y": 1 - (text["middle"] - above) / high,
            "text": text["text"],
            "font": text["font"],
        }
        for text in page.texts
    ]
    layout["annotations"] = [*(layout.get("annotations") or ()), *notes]
    pixel = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel"}
    shapes = [{**pixel, "xanchor": (at - left) / wide, "yanchor": 1 - (level - above) / high, **shape} for at, level, shape in page.shapes]
    layout["shapes"] = [*(layout.get("shapes") or ()), *shapes]
    return go.Figure(made, _validate=False)


def _move_up(geo: dict[str, Any], wide: float, high: float) -> None:
    """Let a map that is lower than its frame stand nearer to the title than to the footer."""
    empty = 1 - wide / projections.aspect(geo) / high
    if empty > 0:
        geo["domain"] = {"x": [0, 1], "y": [(1 - _ABOVE_MAP) * empty, 1 - _ABOVE_MAP * empty]}
