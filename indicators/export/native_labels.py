"""Texts that stand at points of an editable chart: where a figure has them as notes, and where they don't cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import hypot, log10
from typing import Any

import plotly.graph_objects as go

from indicators.charts import label_places
from indicators.charts.template import readable_on
from indicators.export.native_model import Colour, Label, NotNative, Point, Scale, Series, text_width
from indicators.export.native_reading import colour, is_beside, is_number, plain, serial
from indicators.export.native_scales import Rows, wrapped_name
from indicators.language import _

PLOT = (760.0, 290.0)  # points that a plot on a slide has about
AUTO = "auto"  # a place that is to be found
_GAP = 9.0
_LARGE = 16  # points, from where a mark hides more than its middle
_COVERING = 0.7  # how much of what lies behind a mark must be hidden for a name on it
_PAD = "\u00a0\u00a0"
_PLACES = {"middle right": "r", "middle left": "l", "top center": "t", "bottom center": "b"}


def annotated(figure: go.Figure, rows: Rows | None) -> tuple[tuple[str, ...], dict[str, str], dict[Any, str]]:
    """Return a figure's notes that are not at its points: remarks beside the plot, titles of scales, names of rows by their keys.

    Raises NotNative where a note stands at a place that a native chart has none for.
    """
    remarks: list[str] = []
    titles: dict[str, str] = {}
    names: dict[Any, str] = {}
    for note in figure.layout.annotations:
        text = plain(note.text)
        if is_beside(note):
            if text.startswith("↑"):
                titles["y"] = text.removeprefix("↑").strip()
            elif text.endswith("→"):
                titles["x"] = text.removesuffix("→").strip()
            elif text:
                remarks.append(text)
        elif note.xref == "paper":
            if not rows or note.x != 0 or note.y not in rows.keys + tuple(names):
                if not rows or rows.height_of(note.y) is not None:
                    raise NotNative("notes beside the plot")
                continue
            names[note.y] = wrapped_name(" ".join(text.split()))
        elif note.yref == "paper":
            raise NotNative("notes above the plot")
    return tuple(remarks), titles, names


def placed(figure: go.Figure, series: Sequence[Series], x: Scale, y: Scale, rows: Rows | None) -> tuple[list[Series], float]:
    """Return the series with the figure's notes as one more, each label where it covers nothing, and the room they need at the right (points)."""
    notes = [point for note in figure.layout.annotations if (point := _noted(figure, note, x, rows))]
    made, notes = _at_their_points(list(series), notes)
    made, above = _above_strokes(made)
    notes = [*(replace(note, label=_padded(note.label)) for note in notes), *above]
    made = [*made, Series(_("labels"), tuple(notes))] if notes else made
    made = _settled(made, x, y)
    beyond = [
        _across(x, point.x) * PLOT[0] + _GAP + text_width(plain(point.label.text), point.label.size) - PLOT[0]
        for one in made
        for point in one.points
        if point.label and point.x is not None and point.label.place == "r"
    ]
    return made, max([0.0, *beyond])


def _at_their_points(series: list[Series], notes: Sequence[Point]) -> tuple[list[Series], list[Point]]:
    """Write each note that stands at a mark as that mark's label: it then keeps clear of the mark, and moves with it; return the others too."""
    left = list(notes)
    made = []
    for one in series:
        points = list(one.points)
        for place, point in enumerate(points):
            own = next((note for note in left if one.mark and point.label is None and _same(point.x, note.x) and _same(point.y, note.y)), None)
            if own:
                free = own.label if one.line or own.label is None else replace(own.label, place=AUTO)  # the end of a line is named behind it
                points[place] = replace(point, label=free)
                left.remove(own)
        made.append(replace(one, points=tuple(points)))
    return made, left


def _same(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0)


def _above_strokes(series: list[Series]) -> tuple[list[Series], list[Point]]:
    """Take the labels above upright strokes from their points and put them at the strokes' upper ends."""
    made, above = [], []
    for one in series:
        raised = [point for point in one.points if one.cap and point.label and point.label.place == "t" and point.y is not None]
        above += [replace(point, y=(point.y or 0.0) + one.cap, mark=None) for point in raised]
        made.append(replace(one, points=tuple(replace(point, label=None) if point in raised else point for point in one.points)) if raised else one)
    return made, above


def _padded(label: Label | None) -> Label | None:
    """Return a label beside an unseen point a little away from it, where a mark or the end of a line may be."""
    if label is None or label.place not in ("l", "r"):
        return label
    return replace(label, text=f"{_PAD}{label.text}" if label.place == "r" else f"{label.text}{_PAD}")


def _noted(figure: go.Figure, note: Any, x: Scale, rows: Rows | None) -> Point | None:
    if note.xref == "paper" or not plain(note.text):
        return None
    across = serial(note.x) if x.is_date else note.x
    up = rows.height_of(note.y) if rows else note.y
    if up is None or (rows and up < rows.lowest):
        return None
    if not is_number(across) or not is_number(up) or across is None:
        raise NotNative("notes at places without a number")
    across = 10.0**across if x.is_log else across
    up = 10.0**up if figure.layout.yaxis.type == "log" else up
    ink = colour(note.font.color or figure.layout.font.color)
    return Point(float(across), float(up), name=" ".join(plain(note.text).split()), label=Label(str(note.text), _place(note), ink))


def _place(note: Any) -> str:
    if note.showarrow is not False or (note.xshift and note.yshift and note.xanchor != "right"):
        return AUTO
    if note.xanchor == "left":
        return "r"
    if note.xanchor == "right":
        return "l"
    return {"bottom": "t", "top": "b"}.get(note.yanchor or "", AUTO if note.yshift else "ctr")


def _across(scale: Scale, value: float) -> float:
    """Return where a value stands between the low end (0) and the high end (1) of a scale."""
    low, high = scale.low or 0.0, scale.high if scale.high is not None else 1.0
    if scale.is_log:
        return log10(value / low) / log10(high / low)
    return (value - low) / ((high - low) or 1.0)


def _settled(series: list[Series], x: Scale, y: Scale) -> list[Series]:
    """Give each label without a place one of its own; a name for which there is none stays in the workbook alone."""
    open_ones = [(number, place) for number, one in enumerate(series) for place, point in enumerate(one.points) if point.label and point.label.place == AUTO]
    if not open_ones:
        return series
    marks = {
        (number, place): (_across(x, point.x) * PLOT[0], (1 - _across(y, point.y)) * PLOT[1])
        for number, one in enumerate(series)
        for place, point in enumerate(one.points)
        if point.x is not None and point.y is not None and (one.mark or (number, place) in open_ones)
    }
    # Those furthest from the middle choose first.
    inside = {key: _inside(series, key) for key in open_ones}
    first = sorted((key for key in open_ones if not inside[key]), key=lambda key: -hypot(marks[key][0] - PLOT[0] / 2, marks[key][1] - PLOT[1] / 2))
    others = [key for key in marks if key not in set(open_ones)]
    # A mark's own name stands beyond its rim wherever it is put.
    edges = [edge for key, middle in marks.items() if key not in set(first) for edge in _edges(series, key, middle)]
    named = [(*marks[key], plain(_label(series, key).text)) for key in first]
    # The name of a mark that is a note of its own stands on that mark: it must not shy from it.
    clear = [(*marks[key], "") for key in others if not any(hypot(marks[key][0] - own[0], marks[key][1] - own[1]) < 1 for own in named)]
    found = dict(zip(first, label_places.places([*named, *clear, *edges], PLOT, font=12), strict=False))
    chosen: dict[tuple[int, int], Label | None] = {key: label for key, label in inside.items() if label}
    for key in first:
        label = _label(series, key)
        is_bold = "<b>" in label.text
        chosen[key] = replace(label, place=_PLACES[found[key]] if found[key] else "r") if found[key] or is_bold else None
    return [
        replace(
            one, points=tuple(replace(point, label=chosen[number, place]) if (number, place) in chosen else point for place, point in enumerate(one.points))
        )
        for number, one in enumerate(series)
    ]


def _inside(series: Sequence[Series], key: tuple[int, int]) -> Label | None:
    """Return the label of a mark that is wide enough to bear its name."""
    point = series[key[0]].points[key[1]]
    mark, label = point.mark or series[key[0]].mark, _label(series, key)
    if mark is None or mark.fill is None or mark.fill.opacity < _COVERING or text_width(plain(label.text), label.size) > mark.size:
        return None
    return replace(label, place="ctr", colour=Colour(readable_on(f"#{mark.fill.code}").removeprefix("#")))


def _edges(series: Sequence[Series], key: tuple[int, int], middle: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Return places on the rim of a large mark, for names of others to stay clear of."""
    mark = series[key[0]].points[key[1]].mark or series[key[0]].mark
    if mark is None or mark.size < _LARGE:
        return []
    radius = mark.size / 2
    return [
        (middle[0] + across * radius, middle[1] + up * radius, "")
        for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
    ]


def _label(series: Sequence[Series], key: tuple[int, int]) -> Label:
    label = series[key[0]].points[key[1]].label
    assert label is not None
    return label
