"""A figure's plot at another height or width: what stands around it keeps its distance, and marks and labels do not touch."""

from __future__ import annotations

import math
from typing import Any

from indicators.charts import room, rows

BETWEEN = 2  # pixels between the marks of two rows


def settle(figure: dict[str, Any]) -> None:
    """Say what Plotly would choose by the room that it finds: the ends of an axis of categories, and the size of figures beside bars."""
    for axis in rows.uprights(figure):
        if axis.kind == "categories":
            figure["layout"][rows.name_of(axis.id)] = {"range": [axis.bottom, axis.top]} | figure["layout"].get(rows.name_of(axis.id), {})
    for trace in figure["data"]:
        if trace.get("type") == "bar" and trace.get("orientation") == "h" and trace.get("textposition") == "outside":
            trace["constraintext"] = "none"


def stretched(figure: dict[str, Any], old: float, new: float) -> dict[str, Any]:
    """Return a figure whose plot has another height: what stands above or below it keeps its distance."""
    layout = dict(figure["layout"])
    legend = [layout["legend"] | {"yref": layout["legend"].get("yref", "paper")}] if layout.get("legend") else []
    for part in [*(layout.get("annotations") or ()), *legend]:
        if part.get("yref", "y") == "paper" and isinstance(part.get("y"), int | float) and not 0 < part["y"] < 1:
            part["y"] = rows.moved(part["y"], old, new)
    if legend:
        layout["legend"] = legend[0]
    return {"data": figure["data"], "layout": layout}


def thin(figure: dict[str, Any], width: float) -> None:
    """Keep the labels below a plot level, and leave some of them out where they would touch: Plotly would turn them by itself."""
    for name, axis in figure["layout"].items():
        if not name.startswith("xaxis") or axis.get("tickangle") is not None:
            continue
        axis["tickangle"] = 0
        texts, places = axis.get("ticktext"), axis.get("tickvals")
        if not texts or not places or len(texts) != len(places) or len(texts) < 3:
            continue
        low, high = axis.get("domain") or (0, 1)
        widest = max(room.text_width(str(text), room.font_size(axis, figure["layout"])) for text in texts) + 10
        every = max(1, math.ceil(widest * (len(texts) - 1) / (width * (high - low))))
        axis["ticktext"], axis["tickvals"] = texts[::-1][::every][::-1], places[::-1][::every][::-1]


def spare(figure: dict[str, Any], height: float) -> None:
    """Make marks smaller that would touch those of the next row in a plot of a height."""
    for axis in rows.uprights(figure):
        if axis.kind not in ("categories", "places"):
            continue
        most = height * (axis.domain[1] - axis.domain[0]) / max(abs(axis.top - axis.bottom), 1) - BETWEEN
        for trace in figure["data"]:
            size = trace.get("marker", {}).get("size")
            if trace.get("yaxis", "y") == axis.id and isinstance(size, int | float) and size > most and "line-ns" not in str(trace["marker"].get("symbol")):
                trace["marker"] = trace["marker"] | {"size": most}
                if isinstance(trace.get("textfont", {}).get("size"), int | float):
                    trace["textfont"] = trace["textfont"] | {"size": trace["textfont"]["size"] * most / size}
