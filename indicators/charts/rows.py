"""The rows that a figure is made of, from the top as a reader sees them, and how it is cut after one of them.

A figure of rows has one or more upright axes below each other, each with categories, with texts at whole numbers, or (time
lines, scorecards) with pixels for units. Panels beside and below each other count as rows of panels. Other figures have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indicators.charts import room

ROWS, PANELS = "rows", "panels"
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright axis: its id, the part of the height that it takes (0 the bottom), its kind, and the values at both ends.

    ``kind`` is ``categories``, ``places`` (texts at whole numbers), ``pixels`` or ``values``.
    """

    id: str
    domain: tuple[float, float]
    kind: str
    bottom: float
    top: float
    order: tuple[Any, ...] = ()

    def place(self, value: Any) -> float | None:
        """Return a value's distance from the top of the figure's plot, as a part of its height; None for one that has no place."""
        if self.kind == "categories" and isinstance(value, str):
            value = self.order.index(value) if value in self.order else None
        if not isinstance(value, int | float) or isinstance(value, bool):
            return None
        share = (value - self.bottom) / (self.top - self.bottom)
        return 1 - (self.domain[0] + share * (self.domain[1] - self.domain[0]))

    def value(self, place: float) -> float:
        """Return the value at a distance from the top; see :meth:`place`."""
        share = (1 - place - self.domain[0]) / (self.domain[1] - self.domain[0])
        return self.bottom + share * (self.top - self.bottom)

    @property
    def count(self) -> int:
        """How many rows it has room for, where it has rows."""
        return round(abs(self.top - self.bottom)) if self.kind in ("categories", "places") else 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Where a figure can be cut: the lower ends of its rows as parts of its height from the top, and how many rows stand above each."""

    kind: str
    ends: tuple[tuple[float, int], ...]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.ends[-1][1] if self.ends else 0


def name_of(axis_id: str) -> str:
    """Return the name in a layout of an axis such as ``y2``."""
    return f"{axis_id[0]}axis{axis_id[1:]}"


def uprights(figure: dict[str, Any]) -> list[Upright]:
    """Return the upright axes that something stands on, from the top."""
    used = dict.fromkeys(trace.get("yaxis", "y") for trace in figure["data"] if trace.get("type", "scatter") in ("scatter", "bar"))
    return sorted((_upright(figure, axis_id) for axis_id in used), key=lambda axis: -axis.domain[1])


def _upright(figure: dict[str, Any], axis_id: str) -> Upright:
    axis = figure["layout"].get(name_of(axis_id), {})
    low, high = (axis.get("domain") or (0.0, 1.0))[:2]
    ends, domain = axis.get("range"), (float(low), float(high))
    if room.is_categorical(figure, axis_id):
        order = tuple(room.categories(figure, axis_id))
        bottom, top = ends or (-0.5, max(len(order), 1) - 0.5)
        return Upright(axis_id, domain, "categories", bottom, top, order)
    if ends and axis.get("visible") is False and ends[0] > 100 and ends[1] == 0:
        return Upright(axis_id, domain, "pixels", *ends)
    ticks = axis.get("tickvals")
    if ends and ticks and axis.get("type") != "log" and axis.get("ticktext") and _are_rows(ticks, ends):
        return Upright(axis_id, domain, "places", *ends)
    return Upright(axis_id, domain, "values", *(ends or (0.0, 1.0)))


def _are_rows(ticks: list[Any], ends: list[float]) -> bool:
    """Say whether ticks are the places of rows: whole numbers in a row, and an axis that ends close to the first and the last."""
    if not all(isinstance(tick, int | float) for tick in ticks):
        return False
    places = sorted(ticks)
    low, high = sorted(ends)
    return all(abs(place - places[0] - number) < _NEAR for number, place in enumerate(places)) and 0 < places[0] - low <= 1 and 0 < high - places[-1] <= 1


def of(figure: dict[str, Any]) -> Rows:
    """Return the rows of a plain figure; none for a map and for a figure with one area of values."""
    axes = uprights(figure)
    kinds = {axis.kind for axis in axes}
    if kinds and kinds <= {"categories", "places"}:
        return _of_places(figure, axes)
    if kinds == {"pixels"} and len(axes) == 1:
        return _of_pixels(figure, axes[0])
    if kinds == {"values"} and len({axis.domain for axis in axes}) > 1:
        return _of_panels(axes)
    return Rows(ROWS, ())


def _of_places(figure: dict[str, Any], axes: list[Upright]) -> Rows:
    ends: list[tuple[float, int]] = []
    count = 0
    for axis in axes:
        marked = {round(place, 4) for place in _marked(figure, axis)}
        low, high = sorted((axis.bottom, axis.top))
        first = 0 if axis.kind == "categories" else min(figure["layout"][name_of(axis.id)]["tickvals"])
        places = [first + number for number in range(axis.count) if low <= first + number <= high]
        for number, place in enumerate(reversed(places)):
            is_last = number == len(places) - 1
            end = 1 - axis.domain[0] if is_last else axis.place(place - 0.5)
            has_marks = any(axis.place(place + 0.5) <= mark <= axis.place(place - 0.5) for mark in marked)  # type: ignore[operator]
            count += has_marks  # a heading between rows is none, and none is left at the end
            if end is not None and has_marks:
                ends.append((end, count))
    return Rows(ROWS, tuple(ends))


def _marked(figure: dict[str, Any], axis: Upright) -> list[float]:
    places = [
        axis.place(value)
        for trace in figure["data"]
        if trace.get("yaxis", "y") == axis.id and trace.get("mode", "markers") != "text" and trace.get("visible", True) is True
        for value in trace.get("y") or ()
    ]
    return [place for place in places if place is not None]


def _of_pixels(figure: dict[str, Any], axis: Upright) -> Rows:
    """Return the rows of a figure whose axis counts pixels: what lies between two gaps that no text or mark reaches into."""
    spans: list[tuple[float, float, bool]] = []
    for note in figure["layout"].get("annotations") or ():
        if note.get("yref", "y") == axis.id:
            height = room.text_height(note["text"], float(note.get("font", {}).get("size") or 13))
            top = float(note["y"]) - {"top": 0.0, "bottom": height}.get(note.get("yanchor", "middle"), height / 2)
            spans.append((top, top + height, False))
    for trace in figure["data"]:
        spans += [(value - 8, value + 8, True) for value in trace.get("y") or () if isinstance(value, int | float)]
    merged: list[list[Any]] = []
    for low, high, is_mark in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1][1:] = [max(high, merged[-1][1]), merged[-1][2] or is_mark]
        else:
            merged.append([low, high, is_mark])
    ends, count = [], 0
    for _low, high, is_mark in merged:
        count += is_mark
        if is_mark:
            ends.append((min(float(axis.place(high + 4) or 0), 1.0), count))
    if ends:
        ends[-1] = (1.0, count)
    return Rows(ROWS, tuple(ends))


def _of_panels(axes: list[Upright]) -> Rows:
    ends, count = [], 0
    for domain in sorted({axis.domain for axis in axes}, key=lambda domain: -domain[1]):
        count += sum(1 for axis in axes if axis.domain == domain)
        ends.append((1 - domain[0], count))
    return Rows(PANELS, tuple(ends))


def moved(place: float, old: float, new: float) -> float:
    """Return where a place in parts of the height (0 the bottom, 1 the top) stands when the height changes from ``old`` to ``new`` pixels.

    Within the plot the distance from the top stays; what stands above or below it keeps its distance from there.
    """
    if place >= 1 or place <= 0:
        return 1 + (place - 1) * old / new if place >= 1 else place * old / new
    return 1 - (1 - place) * old / new


def cut(figure: dict[str, Any], end: float, height: float) -> dict[str, Any]:
    """Return a plain figure whose plot of ``height`` pixels is cut at ``end``, a part of its height from the top; what is below is left out."""
    new = end * height
    axes = {axis.id: axis for axis in uprights(figure)}
    gone = {axis.id for axis in axes.values() if 1 - axis.domain[1] >= end - _NEAR}

    def stays(axis_id: str, value: Any) -> bool:
        if axis_id not in axes:
            return axis_id not in gone
        place = axes[axis_id].place(value)
        return axis_id not in gone and (place is None or place <= end + _NEAR)

    data = [_cut_trace(trace, stays) for trace in figure["data"] if trace.get("yaxis", "y") not in gone]
    layout = {name: part for name, part in figure["layout"].items() if name not in {name_of(axis_id) for axis_id in gone}}
    lost = {trace.get("xaxis", "x") for trace in figure["data"]} - {trace.get("xaxis", "x") for trace in data}
    layout = {name: part for name, part in layout.items() if name not in {name_of(axis_id) for axis_id in lost}}
    for axis_id, axis in axes.items():
        if axis_id in gone:
            continue
        name, low = name_of(axis_id), 1 - axis.domain[0]
        ends = {} if low <= end + _NEAR else {"range": [axis.value(end), axis.top]}
        domain = [max(0.0, moved(axis.domain[0], height, new)) if not ends else 0.0, moved(axis.domain[1], height, new)]
        layout[name] = layout.get(name, {}) | ends | {"domain": domain}
        if ends and axis.kind == "categories":
            kept = list(axis.order)  # all of them, so that the places of those that stay are what they were
            layout[name] = layout[name] | {"type": "category", "categoryorder": "array", "categoryarray": kept}
    for name in ("annotations", "shapes"):
        layout[name] = [there for part in layout.get(name) or () if (there := _cut_part(part, stays, end, height, new))]
    if layout.get("legend", {}).get("y") is not None and layout["legend"].get("yref") != "container":
        layout["legend"] = layout["legend"] | {"y": moved(layout["legend"]["y"], height, new)}
    return {"data": data, "layout": layout}


def _cut_trace(trace: dict[str, Any], stays: Any) -> dict[str, Any]:
    values = trace.get("y")
    if not isinstance(values, list) or trace.get("orientation") == "v":
        return trace
    keep = [value is None or stays(trace.get("yaxis", "y"), value) for value in values]
    return trace if all(keep) else _kept(trace, keep)


def _kept(value: Any, keep: list[bool]) -> Any:
    if isinstance(value, dict):
        return {key: _kept(part, keep) for key, part in value.items()}
    if isinstance(value, list) and len(value) == len(keep):
        return [part for part, stays in zip(value, keep, strict=True) if stays]
    return value


def _cut_part(part: dict[str, Any], stays: Any, end: float, height: float, new: float) -> dict[str, Any] | None:
    """Return an annotation or a shape as it stands after a cut; None where it stood below."""
    where = part.get("yref", "y")
    sides = [side for side in ("y", "y0", "y1") if side in part]
    if where != "paper":
        axis_id = str(where).removesuffix(" domain")
        there = [stays(axis_id, part[side]) for side in sides]
        return part if any(there) else None
    if len(sides) == 1 and 0 < part["y"] < 1 and 1 - part["y"] >= end - _NEAR:
        return None
    if len(sides) == 2 and all(0 < part[side] < 1 and 1 - part[side] >= end - _NEAR for side in sides):
        return None
    return part | {side: max(moved(part[side], height, new), 0.0) if 0 < part[side] < 1 else moved(part[side], height, new) for side in sides}
