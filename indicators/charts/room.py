"""How much room the labels of a figure's axes take around it, computed before anything is drawn."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass
from typing import Any

from indicators import language
from indicators.charts import lettering

_TAG = re.compile(r"<[^>]*>")
_TICK_SIZE = 12  # Plotly's, where a figure says none
_BESIDE = 5  # pixels between an axis and its labels


@dataclass(frozen=True, slots=True)
class Room:
    """Pixels at the left, the right, the top and the bottom."""

    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0

    def widened(self, other: Room) -> Room:
        """Return the larger of both at each side."""
        return Room(max(self.left, other.left), max(self.right, other.right), max(self.top, other.top), max(self.bottom, other.bottom))


def lines(text: str) -> list[str]:
    """Return the lines of a text of Plotly's without its tags."""
    return [html.unescape(_TAG.sub("", part)) for part in str(text).replace("<br />", "<br>").split("<br>")]


def text_width(text: str, size: float) -> float:
    """Return how wide a text of Plotly's is, the widest of its lines."""
    return max((lettering.width(part, size, bold="<b>" in str(text)) for part in lines(text)), default=0)


def text_height(text: str, size: float) -> float:
    """Return how high a text of Plotly's is."""
    return len(lines(text)) * size * lettering.LINE


def font_size(axis: dict[str, Any], layout: dict[str, Any]) -> float:
    """Return the size of an axis's labels."""
    return float(axis.get("tickfont", {}).get("size") or layout.get("font", {}).get("size") or _TICK_SIZE)


def categories(figure: dict[str, Any], axis_id: str) -> list[Any]:
    """Return the categories of an axis (``x``, ``y2``) as Plotly orders them: those that it names, then others as they come."""
    letter, name = axis_id[0], f"{axis_id[0]}axis{axis_id[1:]}"
    axis = figure["layout"].get(name, {})
    found = dict.fromkeys(axis.get("categoryarray") or ())
    for trace in figure["data"]:
        if trace.get(f"{letter}axis", letter) == axis_id:
            found |= dict.fromkeys(value for value in trace.get(letter) or () if value is not None)
    return list(found)


def is_categorical(figure: dict[str, Any], axis_id: str) -> bool:
    """Say whether an axis has categories: it says so, or texts that are no dates stand on it."""
    letter, axis = axis_id[0], figure["layout"].get(f"{axis_id[0]}axis{axis_id[1:]}", {})
    if axis.get("type"):
        return str(axis["type"]) == "category"
    if axis.get("categoryarray"):
        return True
    values = [value for trace in figure["data"] if trace.get(f"{letter}axis", letter) == axis_id for value in (trace.get(letter) or ())[:5]]
    texts = [value for value in values if isinstance(value, str)]
    return bool(texts) and not any(re.match(r"\d{4}(-\d\d)*", text) for text in texts)


def of(figure: dict[str, Any], width: float) -> Room:
    """Return the room that the labels and titles of all axes need around a plain figure of a width in pixels."""
    room = Room()
    for name, axis in figure["layout"].items():
        if name.startswith(("xaxis", "yaxis")) and axis.get("visible", True) is not False:
            axis_id = name[0] + name[5:]
            if _has_traces(figure, axis_id):
                room = room.widened(_across(figure, axis_id, axis, width) if name[0] == "x" else _upright(figure, axis_id, axis))
    return room


def _has_traces(figure: dict[str, Any], axis_id: str) -> bool:
    letter = axis_id[0]
    return any(trace.get("type", "scatter") in ("scatter", "bar") and trace.get(f"{letter}axis", letter) == axis_id for trace in figure["data"])


def _labels(figure: dict[str, Any], axis_id: str, axis: dict[str, Any]) -> list[str]:
    if axis.get("showticklabels") is False:
        return []
    if axis.get("ticktext"):
        return [str(text) for text in axis["ticktext"]]
    if is_categorical(figure, axis_id):
        return [str(value) for value in categories(figure, axis_id)]
    return []


def _title(axis: dict[str, Any], layout: dict[str, Any]) -> float:
    title = axis.get("title") or {}
    title = {"text": title} if isinstance(title, str) else title
    if not title.get("text"):
        return 0
    size = float(title.get("font", {}).get("size") or 1.2 * layout.get("font", {}).get("size", _TICK_SIZE))
    return text_height(title["text"], size) + 8


def _upright(figure: dict[str, Any], axis_id: str, axis: dict[str, Any]) -> Room:
    layout = figure["layout"]
    if (axis.get("domain") or (0, 1)) and _domain_of_anchor(layout, axis) > 0.001:
        return Room()  # its labels stand inside the figure
    size = font_size(axis, layout)
    labels = _labels(figure, axis_id, axis)
    if not labels and axis.get("showticklabels") is not False:
        labels = [_widest_number(figure, axis_id, axis)]
    widest = max((text_width(label, size) for label in labels), default=0)
    beside = _BESIDE + (axis.get("ticklen", 5) if axis.get("ticks") == "outside" else 0) if widest else 0
    return Room(left=math.ceil(widest + beside + _title(axis, layout)))


def _domain_of_anchor(layout: dict[str, Any], axis: dict[str, Any]) -> float:
    anchor = str(axis.get("anchor") or "x")
    return float((layout.get(f"xaxis{anchor[1:]}", {}).get("domain") or (0, 1))[0]) if anchor.startswith("x") else 0.0


def _widest_number(figure: dict[str, Any], axis_id: str, axis: dict[str, Any]) -> str:
    values = [value for trace in figure["data"] if trace.get("yaxis", "y") == axis_id for value in trace.get("y") or () if isinstance(value, int | float)]
    top = max((abs(value) for value in [*values, *(part for part in axis.get("range") or () if isinstance(part, int | float))]), default=10)
    text = f"{axis.get('tickprefix', '')}{language.compact(top) if axis.get('tickprefix') else language.number(top)}{axis.get('ticksuffix', '')}"
    return text if top >= 5 else text + ".5"


def _across(figure: dict[str, Any], axis_id: str, axis: dict[str, Any], width: float) -> Room:
    layout, labels = figure["layout"], _labels(figure, axis_id, axis)
    size = font_size(axis, layout)
    if axis.get("showticklabels") is False:
        return Room()
    title = _title(axis, layout)
    angle = math.radians(abs(axis.get("tickangle") or 0))
    if not angle:
        height = max((text_height(label, size) for label in labels), default=size * lettering.LINE)
        overhang = text_width(labels[-1], size) / 2 if labels else size
    else:
        height = max((text_width(label, size) * math.sin(angle) + size * math.cos(angle) for label in labels), default=size)
        overhang = _overhang(labels, size, angle, axis, width)
    needed = math.ceil(height + _BESIDE + 3 + title)
    if axis.get("side") == "top":
        return Room(top=needed, right=overhang)
    anchor = str(axis.get("anchor") or "y")
    bottom = float((layout.get(f"yaxis{anchor[1:]}", {}).get("domain") or (0, 1))[0]) if anchor.startswith("y") else 0.0
    return Room(bottom=needed if bottom <= 0.001 else 0, right=min(overhang, 40))


def _overhang(labels: list[str], size: float, angle: float, axis: dict[str, Any], width: float) -> float:
    """Return how far slanted labels reach beyond the right end of their axis."""
    low, high = axis.get("range") or (-0.5, len(labels) - 0.5)
    inner = 0.75 * width * ((axis.get("domain") or (0, 1))[1] - (axis.get("domain") or (0, 1))[0])
    beyond = [text_width(label, size) * math.cos(angle) - (high - place) / (high - low) * inner for place, label in enumerate(labels)]
    at_end = (axis.get("domain") or (0, 1))[1] > 0.99
    return math.ceil(max([0, *beyond])) if at_end else 0
