"""The legend of a picture: its entries read from a chart, and drawn where a layout wants them, in lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indicators.charts import lettering
from indicators.charts.chart import Chart
from indicators.charts.template import Style

_GAP = 1.5  # between entries, in letter sizes
_MARK = 1.75  # room for an entry's mark, in letter sizes
LINE = 1.55  # height of a line of entries, in letter sizes

# Outlines of marks in a square from -1 to 1, the second number upwards.
_OUTLINES: dict[str, Sequence[tuple[float, float]]] = {
    "diamond": ((0, 1.2), (1.2, 0), (0, -1.2), (-1.2, 0)),
    "triangle-up": ((0, 1.1), (1.1, -0.8), (-1.1, -0.8)),
    "triangle-down": ((0, -1.1), (1.1, 0.8), (-1.1, 0.8)),
    "triangle-left": ((-1.1, 0), (0.8, 1.1), (0.8, -1.1)),
    "triangle-right": ((1.1, 0), (-0.8, 1.1), (-0.8, -1.1)),
    "x": ((-1, -0.6), (-0.4, 0), (-1, 0.6), (-0.6, 1), (0, 0.4), (0.6, 1), (1, 0.6), (0.4, 0), (1, -0.6), (0.6, -1), (0, -0.4), (-0.6, -1)),
    "star": ((0, 1.2), (0.3, 0.4), (1.15, 0.35), (0.48, -0.16), (0.72, -1), (0, -0.5), (-0.72, -1), (-0.48, -0.16), (-1.15, 0.35), (-0.3, 0.4)),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of mark: its name, the symbol (as Plotly calls it; ``line`` and ``area`` too), its colour and that of its outline."""

    text: str
    symbol: str
    colour: str
    outline: str = ""
    has_line: bool = False


def entries(chart: Chart, figure: dict[str, Any], style: Style) -> list[Entry]:
    """Return the entries of a chart's legend: its own list of kinds, else what Plotly's legend would show of its plain figure."""
    if chart.legend:
        return [Entry(text, "square", colour, style.muted if colour == style.paper else colour) for text, colour in chart.legend]
    shown = figure["layout"].get("showlegend")
    traces = [
        trace
        for trace in figure["data"]
        if trace.get("name") and trace.get("showlegend") is not False and trace.get("visible", True) is True and trace.get("y") != []
    ]
    asked = any(trace.get("showlegend") is True for trace in traces)
    if shown is False or (shown is None and len(traces) < 2 and not asked):
        return []
    return list(dict.fromkeys(_entry(trace, style) for trace in traces))


def _entry(trace: dict[str, Any], style: Style) -> Entry:
    name, marker, line = str(trace["name"]), trace.get("marker") or {}, trace.get("line") or {}
    colour = _first(marker.get("color")) or _first(line.get("color")) or style.muted
    if trace.get("type") == "bar" or trace.get("stackgroup") or trace.get("fill", "none") not in ("none", None):
        return Entry(name, "square", str(trace.get("fillcolor") or colour), _outline(marker, colour))
    mode = str(trace.get("mode") or "markers")
    if "markers" not in mode:
        return Entry(name, "line", str(line.get("color") or colour))
    return Entry(name, str(_first(marker.get("symbol")) or "circle"), str(colour), _outline(marker, str(colour)), "lines" in mode)


def _outline(marker: dict[str, Any], colour: str) -> str:
    edge = marker.get("line") or {}
    return str(_first(edge.get("color")) or colour) if _first(edge.get("width")) else colour


def _first(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, list) else value


def lines(found: Sequence[Entry], size: float, most: float) -> list[list[Entry]]:
    """Return entries in lines of at most ``most`` pixels at a letter size."""
    made: list[list[Entry]] = []
    used = 0.0
    for entry in found:
        needed = width(entry, size)
        if made and used + _GAP * size + needed <= most:
            made[-1].append(entry)
            used += _GAP * size + needed
        else:
            made.append([entry])
            used = needed
    return made


def width(entry: Entry, size: float) -> float:
    """Return the pixels that an entry takes with its mark."""
    return _MARK * size + lettering.width(entry.text, size)


def places(line: Sequence[Entry], size: float, left: float) -> list[tuple[float, float]]:
    """Return, for each entry of a line, where the middle of its mark and the left end of its text stand."""
    found = []
    for entry in line:
        found.append((left + 0.6 * size, left + _MARK * size))
        left += width(entry, size) + _GAP * size
    return found


def mark(entry: Entry, size: float, paper: str) -> list[dict[str, Any]]:
    """Return the shapes of an entry's mark around the point 0, 0, in pixels for Plotly's pixel mode; upwards is positive."""
    radius = 0.42 * size
    is_open = entry.symbol.endswith("-open")
    symbol = entry.symbol.removesuffix("-open")
    edge = {"color": entry.outline if not is_open else entry.colour, "width": max(1.0, 0.13 * size) if is_open else max(0.8, 0.07 * size)}
    look = {"fillcolor": paper if is_open else entry.colour, "line": edge}
    made = []
    if entry.has_line or symbol == "line":
        reach = 0.62 * size
        made.append({"type": "line", "x0": -reach, "x1": reach, "y0": 0, "y1": 0, "line": {"color": entry.colour, "width": 0.19 * size}})
    if symbol == "line":
        return made
    if symbol.startswith("line-ns"):
        colour = entry.outline or entry.colour
        made.append({"type": "line", "x0": 0, "x1": 0, "y0": -radius, "y1": radius, "line": {"color": colour, "width": 0.18 * size}})
    elif symbol in _OUTLINES:
        points = [f"{x * radius:.2f},{y * radius:.2f}" for x, y in _OUTLINES[symbol]]
        made.append({"type": "path", "path": "M" + "L".join(points) + "Z", **look})
    else:
        kind = "circle" if symbol.startswith("circle") else "rect"
        made.append({"type": kind, "x0": -radius, "x1": radius, "y0": -radius, "y1": radius, **look})
    return made
