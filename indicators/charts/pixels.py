"""A figure as plain lists and dictionaries of its own, and everything in it that is measured in pixels made larger or smaller."""

from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np
import plotly.graph_objects as go

# Lengths in pixels wherever they stand; others are lengths in some places only.
_LENGTHS = frozenset(
    {
        "ticklen",
        "tickwidth",
        "gridwidth",
        "linewidth",
        "zerolinewidth",
        "standoff",
        "startstandoff",
        "xshift",
        "yshift",
        "arrowwidth",
        "borderwidth",
        "borderpad",
        "itemwidth",
        "tracegroupgap",
        "countrywidth",
        "coastlinewidth",
        "subunitwidth",
        "framewidth",
        "sizemin",
        "ticklabelstandoff",
        "ticklabelshift",
        "thickness",
        "indentation",
        "entrywidth",
    }
)
_FONT_SIZE = re.compile(r"(font-size:\s*)(\d+(?:\.\d+)?)px")
_PLAIN_MARK, _PLAIN_LINE = 6, 2  # what Plotly draws where a trace does not say


def plain(figure: go.Figure) -> dict[str, Any]:
    """Return a figure's data and layout as dictionaries, lists and plain values that can be changed without changing the figure."""
    written = figure.to_dict()
    return {"data": [_plain(trace) for trace in written.get("data", ())], "layout": _plain(written.get("layout", {}))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "bdata" in value:  # how Plotly packs arrays of numbers
            array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]))
            return (array.reshape([int(part) for part in str(value["shape"]).split(",")]) if "shape" in value else array).tolist()
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, np.ndarray):
        return [_plain(part) for part in value.tolist()]
    return value.item() if isinstance(value, np.generic) else value


def scaled(figure: dict[str, Any], scale: float) -> dict[str, Any]:
    """Return a plain figure with type, marks, lines, margins and shifts ``scale`` times as large; its places in units of axes stay.

    A width and height that it has grow with them.
    """
    if scale == 1:
        return figure
    data = [_with_sizes(trace) for trace in figure["data"]]
    layout = _scaled(figure["layout"], scale, "layout", "")
    for side in ("width", "height"):
        if layout.get(side):
            layout[side] = layout[side] * scale
    return {"data": [_scaled(trace, scale, "trace", "") for trace in data], "layout": layout}


def _with_sizes(trace: dict[str, Any]) -> dict[str, Any]:
    """Say the sizes of marks and lines that a trace leaves to Plotly."""
    mode = str(trace.get("mode", ""))
    if "markers" in mode and trace.get("marker", {}).get("size") is None:
        trace = trace | {"marker": trace.get("marker", {}) | {"size": _PLAIN_MARK}}
    if "lines" in mode and trace.get("line", {}).get("width") is None:
        trace = trace | {"line": trace.get("line", {}) | {"width": _PLAIN_LINE}}
    return trace


def _times(value: Any, scale: float) -> Any:
    if isinstance(value, list):
        return [_times(part, scale) for part in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * scale, 2)
    return value


def _is_length(key: str, parent: str, within: str) -> bool:
    if key in _LENGTHS:
        return True
    if key == "size":
        return parent.endswith("font") or parent == "marker"
    if key == "width":
        return parent == "line" or within == "annotations"
    if key in ("l", "r", "t", "b", "pad"):
        return parent == "margin"
    return key in ("ax", "ay", "height") and within == "annotations"


def _scaled(value: Any, scale: float, parent: str, within: str) -> Any:
    if isinstance(value, dict):
        return {
            key: _times(part, scale) if _is_length(key, parent, within) else _scaled(part, scale, key, key if isinstance(part, list) else "")
            for key, part in value.items()
        }
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return [_scaled(part, scale, parent, within) for part in value]
        if any(isinstance(part, str) and "font-size" in part for part in value):
            return [_resized(part, scale) if isinstance(part, str) else part for part in value]
        return value
    return _resized(value, scale) if isinstance(value, str) and "font-size" in value else value


def _resized(text: str, scale: float) -> str:
    return _FONT_SIZE.sub(lambda found: f"{found[1]}{float(found[2]) * scale:.4g}px", text)
