"""A chart's figure made to fit a frame: for a picture, a slide or a stage, where nothing scrolls.

Heights stretch and shrink as far as rows and marks allow, then the whole figure is drawn smaller, and only where it could not
be read any more rows are left out, with a note that says so. The chart's own figure is never changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from indicators.charts import columns, lettering, pixels, room, rows, stretching
from indicators.charts.chart import Chart
from indicators.charts.room import Room
from indicators.charts.rows import PANELS
from indicators.charts.stretching import BETWEEN
from indicators.language import ngettext

LEAST_SCALE = 0.7  # type of 13 pixels is then 9: less is hard to read
_LAST_ROWS = 0.6 / LEAST_SCALE  # how much smaller still, to keep the last rows or columns that a title speaks of
_FEW_ROWS = 0.2  # of all rows
_LAST_PANELS = 0.55  # a panel is a subject of its own: it is left out only where it could not be read at all
_NARROWEST = 480  # pixels that a figure needs whose chart does not say
_TALLEST_ROW = 46
_LOOSEST_GRID = 1.2
_TALLEST_AREA = 0.9  # of its width
_TALL_PANEL = 120
_MANY_NAMES = 4
_USUAL_WIDTH, _USUAL_HEIGHT = 800, 480
_LARGER = 1.12  # how much larger than wished a small figure may be drawn in a large frame
_STEPS = 24
_SMALLER = 0.85  # of their size that marks may have where rows are close


@dataclass(frozen=True, slots=True)
class Fitted:
    """A figure that fits, in a copy of its own; ``scale`` is how much larger than on a page it is drawn, which its sizes include.

    ``note`` must stand beside it: it says what was left out, "" where nothing was. ``room`` is what its margins are at
    least; its width and height are in its layout, the height that of the frame or less.
    """

    figure: go.Figure
    scale: float
    note: str = ""
    room: Room = field(default_factory=Room)


def fitted(chart: Chart, width: float, height: float, zoom: float = 1.0, least: float = LEAST_SCALE, legend: bool = True) -> Fitted:
    """Return a chart's figure for a frame of ``width`` by ``height`` pixels.

    ``zoom`` is how large it is drawn where there is room (a stage wants more than a page), ``least`` how small at the most.
    With ``legend`` false the figure has none, nor room for one: whoever frames it draws the legend. The chart's own list of
    kinds (``chart.legend``) is always drawn by whoever frames it.
    """
    shows_legend = legend and not chart.legend
    figure, drawn_at = _drawn(chart, width, height, zoom, least)
    if not shows_legend:
        figure["layout"]["showlegend"] = False
    if chart.has_boundaries:
        return _of_map(figure, width, height, zoom, shows_legend)
    stretching.settle(figure)
    if drawn_at:
        return _Plot(figure, chart, shows_legend).made(width, height, drawn_at)
    figure, narrowest = _narrowed(figure, chart, width / zoom)
    plot = _Plot(figure, chart, shows_legend)
    widest_scale = width / max(narrowest, plot.width_for_notes())
    largest = min(zoom, widest_scale)
    if plot.names_marks:  # their names were placed for a figure of the usual width
        largest = min(largest, max(width / _USUAL_WIDTH, least))
        widest_scale = largest
    smallest = min(least, largest)
    for scale in _between(min(zoom * _LARGER, max(widest_scale, smallest)), largest):
        if scale > largest and plot.fills(width / scale, height / scale):
            return plot.made(width, height, scale)
    for scale in _between(largest, smallest):
        if plot.has_room(width / scale, height / scale):
            return plot.made(width, height, scale)
    for scale in _between(smallest, min(plot.last_scale(width / smallest, height / smallest, least), smallest)):
        if plot.has_room(width / scale, height / scale):
            return plot.made(width, height, scale)
    return plot.made(width, height, smallest)


def _drawn(chart: Chart, width: float, height: float, zoom: float, least: float) -> tuple[dict[str, Any], float]:
    """Return a chart's plain figure, and at which scale it was drawn for this frame; 0 where the chart doesn't draw itself.

    It is the largest scale at which all of it fits, else the smallest.
    """
    if chart.for_frame is None:
        return pixels.plain(chart.figure), 0.0
    for scale in _between(zoom, min(least, zoom)):
        if (drawn := chart.for_frame(width / scale, height / scale)) is not None:
            return pixels.plain(drawn), scale
    return pixels.plain(chart.for_frame(width / min(least, zoom), math.inf) or chart.figure), min(least, zoom)


def _between(high: float, low: float) -> list[float]:
    return [high - (high - low) * step / _STEPS for step in range(_STEPS + 1)] if high > low else [high]


def _of_map(figure: dict[str, Any], width: float, height: float, zoom: float, legend: bool) -> Fitted:
    """Return a map that fills its frame; its window on the world stays."""
    layout = figure["layout"]
    layout["margin"] = {"l": 0, "r": 0, "t": 0, "b": layout.get("margin", {}).get("b", 0) if legend else 0}
    layout.pop("height", None)
    return _finished(pixels.scaled(figure, zoom), width, height, zoom, "", Room(bottom=layout["margin"]["b"] * zoom))


def _finished(figure: dict[str, Any], width: float, height: float, scale: float, note: str, around: Room) -> Fitted:
    figure["layout"] |= {"width": width, "height": height}
    # What was valid is valid still: checking a large figure once more takes longer than all else here.
    return Fitted(go.Figure(figure, _validate=False), scale, note, around)


def _narrowed(figure: dict[str, Any], chart: Chart, width: float) -> tuple[dict[str, Any], float]:
    """Return the figure and the width that it needs; in a narrow frame a grid's rows are named at the left end only."""
    narrowest = max(chart.minimum_width, _NARROWEST)
    layout = figure["layout"]
    notes = layout.get("annotations") or []
    repeated = [note for note in notes if note.get("x") == 1 and note.get("xref") == "paper" and note.get("text") == note.get("y")]
    if narrowest <= width or not repeated:
        return figure, narrowest
    saved = layout.get("margin", {}).get("r", 0) - 16
    layout["annotations"] = [note for note in notes if note not in repeated]
    layout["margin"] = layout.get("margin", {}) | {"r": 16}
    return figure, max(narrowest - max(saved, 0), _NARROWEST)


class _Plot:
    """A figure's plot (what its margins leave) with the heights that it can have, in pixels at scale 1."""

    def __init__(self, figure: dict[str, Any], chart: Chart, legend: bool) -> None:
        self.figure, self.legend, self.rest = figure, legend, chart.rest
        around = self.around(max(chart.minimum_width, _USUAL_WIDTH))
        self.height = max(float(figure["layout"].get("height") or _USUAL_HEIGHT) - around.top - around.bottom, 40.0)
        self.rows = rows.of(figure)
        self.least, self.most = self._limits()

    @property
    def names_marks(self) -> bool:
        """Say whether names stand beside marks in an area of values, where there must be room for them."""
        if not any(axis.kind == "values" for axis in rows.uprights(self.figure)):
            return False
        written = sum("text" in str(trace.get("mode", "")) for trace in self.figure["data"])
        notes = sum(note.get("yref", "y") != "paper" for note in self.figure["layout"].get("annotations") or ())
        return bool(written) or notes >= _MANY_NAMES

    def around(self, width: float) -> Room:
        """Return the margins: those that the figure asks for, and more where its labels need it."""
        margin = self.figure["layout"].get("margin", {})
        own = {side: float(margin.get(side, 8)) for side in "lrtb"}
        at_top = float(self.figure["layout"].get("legend", {}).get("y") or 1) >= 1
        notes = [note for note in self.figure["layout"].get("annotations") or () if note.get("yref") == "paper"]
        has_notes = any(note.get("y", 0) >= 1 if at_top else note.get("y", 0) <= 0 for note in notes)
        if not self.legend and self._had_legend() and not has_notes:
            own["t" if at_top else "b"] = min(own["t" if at_top else "b"], 12)
        legend = self._legend_height(width - own["l"] - own["r"]) if self.legend else 0
        asked = Room(own["l"], own["r"], max(own["t"], legend if at_top else 0), max(own["b"], 0 if at_top else legend))
        return asked.widened(room.of(self.figure, width))

    def _had_legend(self) -> bool:
        return any(trace.get("name") and trace.get("showlegend") is not False for trace in self.figure["data"])

    def _legend_height(self, width: float) -> float:
        """Return about how high Plotly's own legend is: its entries take columns of the widest one."""
        names = [str(trace["name"]) for trace in self.figure["data"] if trace.get("name") and trace.get("showlegend") is not False]
        if self.figure["layout"].get("showlegend") is False or len(names) < 2 or width <= 0:
            return 0
        size = float(self.figure["layout"].get("legend", {}).get("font", {}).get("size") or 13)
        abreast = max(1, int(width / (max(lettering.width(name, size) for name in names) + 45)))
        return 8 + 19 * -(-len(names) // abreast)

    def _limits(self) -> tuple[float, float]:
        """Return how far the height can shrink and stretch, as factors."""
        axes = rows.uprights(self.figure)
        kinds = {axis.kind for axis in axes}
        if kinds == {"pixels"}:
            return 1.0, 1.15
        if self.rows.kind == PANELS and self.rows.ends:
            return (0.85 if self.height / len(self.rows.ends) > _TALL_PANEL else 0.95), 1.5
        if not kinds or "values" in kinds:
            # Names were placed beside marks for the usual height: much closer together they would cover each other.
            return (0.86 if self.names_marks else 0.55 if len(axes) < 2 else 0.75), (2.0 if len(axes) < 2 else 1.6)
        least, most = 0.6 if len(axes) == 1 else 0.85, 10.0
        for axis in axes:
            row = self.height * (axis.domain[1] - axis.domain[0]) / max(abs(axis.top - axis.bottom), 1)
            least = max(least, min(self._needed(axis) / row, 1.0))
            most = min(most, _LOOSEST_GRID if self._is_grid(axis) else max(_TALLEST_ROW / row, 1.5))
        return least, most

    def _is_grid(self, axis: rows.Upright) -> bool:
        """Say whether an axis's rows are those of a matrix, whose columns stand close."""
        over = {trace.get("xaxis", "x") for trace in self.figure["data"] if trace.get("yaxis", "y") == axis.id and trace.get("type", "scatter") == "scatter"}
        return any(len(room.categories(self.figure, axis_id)) > _MANY_NAMES and room.is_categorical(self.figure, axis_id) for axis_id in over)

    def _needed(self, axis: rows.Upright) -> float:
        """Return the pixels that a row needs for its label and its marks."""
        layout = self.figure["layout"].get(rows.name_of(axis.id), {})
        texts = [str(text) for text in layout.get("ticktext") or axis.order] if layout.get("showticklabels") is not False else []
        needed = max((room.text_height(text, room.font_size(layout, self.figure["layout"])) for text in texts), default=12) + 1
        for trace in self.figure["data"]:
            if trace.get("yaxis", "y") == axis.id and "markers" in str(trace.get("mode", "")):
                size = trace.get("marker", {}).get("size") or 6
                needed = max(needed, BETWEEN + (_SMALLER * size if isinstance(size, int | float) else max((part for part in size if part), default=6)))
        notes = [note for note in self.figure["layout"].get("annotations") or () if note.get("yref", "y") == axis.id]
        return max([needed, *(room.text_height(note["text"], float(note.get("font", {}).get("size") or 13)) + abs(note.get("yshift") or 0) for note in notes)])

    def width_for_notes(self) -> float:
        """Return the width at which the notes that begin somewhere in it end within it."""
        around, needed = self.around(_USUAL_WIDTH), 0.0
        for note in self.figure["layout"].get("annotations") or ():
            begins = note.get("x")
            if note.get("xref") == "paper" and note.get("xanchor") == "left" and isinstance(begins, int | float) and 0.2 < begins < 1:
                width = room.text_width(note["text"], float(note.get("font", {}).get("size") or 13)) + (note.get("xshift") or 0)
                needed = max(needed, (width - around.right) / (1 - begins) + around.left + around.right)
        return needed

    def _inner(self, width: float, height: float) -> float:
        around = self.around(width)
        return height - around.top - around.bottom

    def has_room(self, width: float, height: float) -> bool:
        """Say whether the whole figure fits."""
        return self._inner(width, height) >= self.least * self.height

    def last_scale(self, width: float, height: float, least: float) -> float:
        """Return how small the figure may be drawn to keep what little would be left out at the least scale.

        A frame whose type must not be smaller than on a page is read from afar: there nothing is drawn smaller still.
        """
        if least >= 1 or not self.rows.ends:
            return least
        if self.rows.kind == PANELS:
            return _LAST_PANELS
        _end, shown = self._cut(self._inner(width, height))
        return least * _LAST_ROWS if self.rows.total - shown <= _FEW_ROWS * self.rows.total else least

    def _cut(self, inner: float) -> tuple[float, int]:
        """Return where a plot of a height is cut, as a part of the whole, and how many rows stand above."""
        return max((one for one in self.rows.ends if one[0] * self.least * self.height <= inner), default=self.rows.ends[0])

    def fills(self, width: float, height: float) -> bool:
        """Say whether the whole figure fits at a height that is as comfortable as on a page or more."""
        return self._inner(width, height) >= min(1.1, self.most) * self.height

    def made(self, width: float, height: float, scale: float) -> Fitted:
        """Return the figure at a scale, cut where it does not fit."""
        around = self.around(width / scale)
        inner = max(self._inner(width / scale, height / scale), 20.0)
        if not self.rows.ends:  # an area of values is no taller than wide
            inner = min(inner, max(self.height, _TALLEST_AREA * (width / scale - around.left - around.right)))
        note, figure, full, end = "", self.figure, self.height, 1.0
        if inner >= self.least * self.height or not self.rows.ends:
            used = min(inner, self.most * self.height)
        else:
            full = self.least * self.height
            end, shown = self._cut(inner)
            figure = columns.without_emptied(figure, rows.cut(figure, end, full))
            used = min(inner, end * self.most * self.height)
            note = _note(self.rows.kind, shown, self.rows.total + self.rest) if shown < self.rows.total else ""
        stretched = stretching.stretched(figure, end * full, used)
        stretching.spare(stretched, used)
        layout = stretched["layout"]
        layout["margin"] = layout.get("margin", {}) | {"l": around.left, "r": around.right, "t": around.top, "b": around.bottom}
        layout.pop("height", None)
        stretching.thin(stretched, width / scale - around.left - around.right)
        total = min((used + around.top + around.bottom) * scale, height)
        sides = Room(around.left * scale, around.right * scale, around.top * scale, around.bottom * scale)
        return _finished(pixels.scaled(stretched, scale), width, total, scale, note, sides)


def _note(kind: str, shown: int, total: int) -> str:
    if kind == PANELS:
        text = ngettext("The first {shown} of {total} panel; the atlas lists all.", "The first {shown} of {total} panels; the atlas lists all.", total)
    else:
        text = ngettext("The first {shown} of {total} row; the atlas lists all.", "The first {shown} of {total} rows; the atlas lists all.", total)
    return text.format(shown=shown, total=total)
