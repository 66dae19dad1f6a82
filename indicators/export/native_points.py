"""Dots and lines of a figure: as an editable chart of points on two scales, with names for rows where the upright scale has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from indicators.charts.chart import Chart
from indicators.charts.template import STYLES
from indicators.export.native_labels import AUTO, annotated, placed
from indicators.export.native_model import POINTS, Colour, Label, Line, Mark, NotNative, Plan, Point, Series
from indicators.export.native_reading import (
    POINTS_PER_PIXEL,
    colour,
    each,
    has_own_scales,
    is_number,
    legend_of,
    line,
    listed,
    names_of,
    plain,
    serial,
)
from indicators.export.native_scales import Rows, rows_of, scale
from indicators.language import _

_SYMBOLS = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle-up": "triangle", "star": "star", "x": "x", "cross": "plus"}
_GLYPHS = {"triangle-left": "◄", "triangle-right": "►"}  # bounds: charts of presentations have but a triangle that points up
_STROKE = "line-ns"  # an upright stroke: a median, or the end of a range
_STROKE_HALF = 0.32  # of a row
_CAP_HALF = 0.2
_TEXT_PLACES = {"right": "r", "left": "l"}
_FEWEST_TO_MERGE = 2
_WIDEST_SPAN = 1.75  # points: LibreOffice draws lines over all marks, so one that only leads the eye must hide none


def points(chart: Chart, figure: go.Figure, most_rows: int) -> Plan:
    """Return the dots and lines of a figure; of named rows ``most_rows`` at most, the upper ones.

    Raises NotNative where something would be lost.
    """
    if not has_own_scales(figure) or figure.layout.images or figure.layout.shapes:
        raise NotNative("more than one plot, shapes or images")
    for trace in figure.data:
        if trace.type not in ("scatter", "scattergl") or trace.stackgroup or trace.fill not in (None, "none"):
            raise NotNative(f"{trace.type} with filled areas")
        if trace.error_x.array is not None or trace.error_y.array is not None:
            raise NotNative("whiskers")
    rows = rows_of(figure, most_rows)
    remarks, titles, names = annotated(figure, rows)
    if rows:
        rows = replace(rows, names=tuple(name or names.get(key, "") for name, key in zip(rows.names, rows.keys, strict=True)))
    series: list[Series] = []
    for trace in figure.data:
        is_named = trace.showlegend is not False
        series += [replace(one, in_legend=is_named) for one in _series(chart, figure, trace, rows)]
    cut = {plain(trace.name) for trace in figure.data if trace.name} - {_base(one.name) for one in series}  # of rows without room
    series = _with_legend(chart, figure, _merged(series), cut)
    x = scale(figure, "x", [point.x for one in series for point in one.points], titles.get("x", ""))
    y = scale(figure, "y", [point.y for one in series for point in one.points], titles.get("y", "")) if not rows else rows.scale
    series, right = placed(figure, series, x, y, rows)
    return Plan(
        POINTS,
        tuple(series),
        x=x,
        y=y,
        rows=rows.names if rows else (),
        heights=rows.heights if rows else (),
        remarks=remarks,
        left_out=rows.left_out if rows else 0,
        row_title=_("Country") if rows and chart.table.columns[:1].tolist() == [_("Country")] else "",
        room_right=right,
    )


def _series(chart: Chart, figure: go.Figure, trace: Any, rows: Rows | None) -> list[Series]:
    """Return a trace as series: its line, and its marks of each symbol."""
    across, up = _places(figure, trace, rows)
    mode = trace.mode or "markers"
    inside = [value is not None and (rows is None or value >= rows.lowest) for value in up]
    if rows and not any(inside) and any(value is not None for value in up):
        return []
    across = [value if is_in else None for value, is_in in zip(across, inside, strict=True)]
    up = [value if is_in else None for value, is_in in zip(up, inside, strict=True)]
    told = names_of(chart, trace, len(across))
    row_names = [rows.name_at(value) if rows and value is not None else "" for value in up]
    names = [row or heading for (heading, _says), row in zip(told, row_names, strict=True)]
    says = [" ".join(part for part in (heading if row else "", what) if part) for (heading, what), row in zip(told, row_names, strict=True)]
    labels = _labels(figure, trace, len(across)) if "text" in mode else [None] * len(across)
    plain_points = [Point(value, height, name, what, label) for value, height, name, what, label in zip(across, up, names, says, labels, strict=True)]
    name = plain(trace.name)
    drawn_line = line(trace.line, trace.opacity) if "lines" in mode else None
    if drawn_line and trace.line.shape == "hv":
        plain_points = _steps(plain_points)
    elif trace.line.shape not in (None, "linear"):
        raise NotNative(f"lines of the shape {trace.line.shape}")
    if "markers" not in mode:
        if "text" in mode and not drawn_line:
            return [Series(name, tuple(point for point in plain_points if point.x is not None))]
        return [Series(name, tuple(plain_points), line=drawn_line)]
    return _marked(trace, name, plain_points, drawn_line)


def _places(figure: go.Figure, trace: Any, rows: Rows | None) -> tuple[list[float | None], list[float | None]]:
    across, up = listed(trace.x), listed(trace.y)
    if rows:
        up = [rows.height_of(value) for value in up]
    elif figure.layout.yaxis.type == "date" or any(not is_number(value) for value in up if value is not None):
        raise NotNative("an upright scale of dates or names")
    if any(not is_number(value) for value in across if value is not None):
        days = [serial(value) for value in across]
        if any(day is None for day, value in zip(days, across, strict=True) if value is not None):
            raise NotNative("names on both scales")
        across = days
    count = min(len(across), len(up))
    return across[:count], up[:count]


def _steps(own: Sequence[Point]) -> list[Point]:
    """Return the points of a line that goes across before it goes up, as a line that goes straight needs them."""
    walked: list[Point] = []
    for point in own:
        if walked and point.x is not None and walked[-1].y is not None:
            walked.append(Point(point.x, walked[-1].y))
        walked.append(point)
    return walked


def _labels(figure: go.Figure, trace: Any, count: int) -> list[Label | None]:
    texts, positions = each(trace.text, count), each(trace.textposition or "middle center", count)
    inks = each(trace.textfont.color, count)
    found: list[Label | None] = []
    is_computed = not isinstance(trace.textposition, str | None)  # for the figure's own size: on a slide there is other room
    for text, position, ink in zip(texts, positions, inks, strict=True):
        down, across = position.split()
        place = AUTO if is_computed else _TEXT_PLACES.get(across) or {"top": "t", "bottom": "b", "middle": "ctr"}[down]
        found.append(Label(str(text), place, colour(ink or figure.layout.font.color)) if text else None)
    return found


def _marked(trace: Any, name: str, own: list[Point], drawn_line: Line | None) -> list[Series]:
    count = len(listed(trace.x))
    symbols = [str(symbol or "circle") for symbol in each(trace.marker.symbol, count)]
    sizes, fills = each(trace.marker.size, count), each(trace.marker.color, count)
    edges, widths = each(trace.marker.line.color, count), each(trace.marker.line.width, count)
    opacity = trace.opacity if trace.opacity is not None else trace.marker.opacity if is_number(trace.marker.opacity) else None
    tints = [colour(fill or trace.line.color or edge, opacity) for fill, edge in zip(fills, edges, strict=True)]
    kinds = list(dict.fromkeys(symbols))
    if kinds == [_STROKE] and all(point.x is None for point in own):  # an entry of the legend: a range is a line with ends
        return [Series(name, tuple(own), line=Line(colour(edges[0] or fills[0]), float(widths[0] or 2) * POINTS_PER_PIXEL))]
    if kinds == [_STROKE] and drawn_line:
        return [Series(name, tuple(own), line=drawn_line, cap=_CAP_HALF, cap_line=drawn_line)]
    made = []
    real = own if len(own) == count else None  # a line in steps has more points than the figure
    for kind in kinds:
        members = [number for number, symbol in enumerate(symbols) if symbol == kind]
        chosen = [real[number] for number in members] if real else own
        if kind in _GLYPHS:
            tint = tints[members[0]]
            marked = tuple(
                replace(point, label=Label(_GLYPHS[kind], "ctr", tints[number], size=14)) if point.x is not None else point
                for point, number in zip(chosen, members, strict=False)
            )
            made.append(Series(f"{_GLYPHS[kind]} {name}", marked, fill=tint))
            if any(point.label for point in chosen):
                made.append(Series(name, tuple(chosen)))
            continue
        if kind == _STROKE:
            edge = Line(colour(edges[members[0]] or trace.marker.color), float(widths[members[0]] or 2) * POINTS_PER_PIXEL)
            made.append(Series(name, tuple(chosen), mark=Mark("diamond", 5, edge.colour), cap=_STROKE_HALF, cap_line=edge))
            continue
        symbol = kind.removesuffix("-open")
        if symbol not in _SYMBOLS:
            raise NotNative(f"marks of the shape {kind}")
        marks = [_mark(_SYMBOLS[symbol], kind.endswith("-open"), sizes[number], tints[number], edges[number], widths[number]) for number in members]
        if real:
            chosen = [replace(point, mark=mark if mark != marks[0] else None) for point, mark in zip(chosen, marks, strict=True)]
        elif len(set(marks)) > 1:
            raise NotNative("steps with different marks")
        made.append(Series(name, tuple(chosen), mark=marks[0], fill=marks[0].fill or (marks[0].edge.colour if marks[0].edge else None)))
    if drawn_line:
        if len(made) == 1 and made[0].mark and real:
            return [replace(made[0], line=drawn_line)]
        return [Series(name, tuple(replace(point, label=None) for point in own), line=drawn_line), *made]
    return made


def _mark(symbol: str, is_open: bool, size: Any, tint: Colour, edge: Any, width: Any) -> Mark:
    points_wide = max(5, min(72, round(float(size or 6) * POINTS_PER_PIXEL * 1.1)))
    if is_open:
        return Mark(symbol, points_wide, None, Line(tint, max(float(width or 0), 2) * POINTS_PER_PIXEL))
    border = Line(colour(edge), float(width) * POINTS_PER_PIXEL) if edge and width else None
    if border and tint in {colour(style.paper) for style in STYLES.values()}:  # hollow: programs that draw no borders would show nothing
        return Mark(symbol, points_wide, None, border)
    return Mark(symbol, points_wide, tint, border)


def _merged(series: list[Series]) -> list[Series]:
    """Return the series with nameless lines of one look in one, with gaps between: they say one thing of many rows."""
    groups: dict[Line, list[Series]] = {}
    for one in series:
        if one.line and not one.mark and not one.cap and not one.name:
            groups.setdefault(one.line, []).append(one)
    made: list[Series] = []
    done: set[Line] = set()
    for one in series:
        look = one.line
        own = groups.get(look, []) if look else []
        if look is None or one not in own or len(own) < _FEWEST_TO_MERGE:
            made.append(one)
        elif look not in done:
            done.add(look)
            walked: list[Point] = []
            for part in own:
                walked += [*([Point(None)] if walked else []), *part.points]
            made.append(replace(one, points=tuple(walked), line=replace(look, width=min(look.width, _WIDEST_SPAN))))
    return made


def _base(name: str) -> str:
    return name.split(" ", 1)[1] if name[:1] in _GLYPHS.values() else name


def _oddity(one: Series) -> int:
    """Return how little a series' look stands for its colour alone: a plain mark best, then a marked line, then a range or a bound."""
    return 0 if one.mark and not one.line and not one.cap else 1 if one.mark else 2


def _with_legend(chart: Chart, figure: go.Figure, series: list[Series], cut: set[str]) -> list[Series]:
    """Mark the first series of each name in the legend; a name that no series has gets one without points.

    ``series`` say whether their trace would be in a legend. A legend that is set for the figure names what has that colour.
    """
    wanted = {name: tint for name, tint in legend_of(chart, figure) if name not in cut}
    shown: dict[str, int] = {}
    for number, one in sorted(enumerate(series), key=lambda item: (bool(chart.legend) and _oddity(item[1]), item[0])):
        if _base(one.name) in wanted and (one.in_legend or chart.legend):
            shown.setdefault(_base(one.name), number)
    marked = [replace(one, in_legend=number in shown.values()) for number, one in enumerate(series)]
    for name, tint in wanted.items():
        if name not in shown:
            marked.append(Series(name, (Point(None),), mark=Mark("square", 8, colour(tint)) if tint else None, in_legend=True))
    return marked
