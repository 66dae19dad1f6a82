"""Horizontal bars of a figure, stacked or alone, and bands of a stacked area: as an editable chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from indicators.charts.axes import nice_step
from indicators.charts.chart import Chart
from indicators.charts.template import readable_on
from indicators.export import number_formats
from indicators.export.native_model import AREA, BARS, Colour, Label, Line, NotNative, Plan, Point, Scale, Series, text_width
from indicators.export.native_reading import (
    colour,
    each,
    has_own_scales,
    is_beside,
    is_number,
    legend_of,
    line,
    listed,
    names_of,
    plain,
    sentence_remarks,
    serial,
    ticks,
)
from indicators.language import _

_PLACES = {"outside": "outEnd", "inside": "ctr", "auto": "outEnd"}
_NEAR = 1e-6
_UNSEEN = Colour("FFFFFF", 0.0)


def bars(chart: Chart, figure: go.Figure, most_rows: int) -> Plan:
    """Return the horizontal bars of a figure, ``most_rows`` at most: the upper ones, and those that stand out.

    Raises NotNative where something would be lost.
    """
    drawn = [trace for trace in figure.data if trace.type == "bar"]
    if not has_own_scales(figure) or figure.layout.shapes or figure.layout.images:
        raise NotNative("more than one plot, or shapes")
    if any(trace.orientation != "h" for trace in drawn) or figure.layout.xaxis.type == "log":
        raise NotNative("upright bars, or bars on a logarithmic scale")
    if any(trace.base is not None or trace.error_x.array is not None or trace.marker.pattern.shape for trace in drawn):
        raise NotNative("bars that begin elsewhere, have whiskers or a pattern")
    keys = _order(figure, drawn)
    names = {key: plain(text) for key, text in ticks(figure.layout.yaxis)} | {}
    bold = {key for key, text in zip(listed(figure.layout.yaxis.tickvals), listed(figure.layout.yaxis.ticktext), strict=False) if "<b>" in str(text)}
    kept = _kept(keys, bold, most_rows)
    place = {key: number for number, key in enumerate(kept)}
    is_stacked = figure.layout.barmode in ("stack", "relative")
    series = [_series(chart, trace, place, figure.layout.font.color, is_stacked) for trace in drawn]
    known = {key for trace in drawn for key, value in zip(listed(trace.y), listed(trace.x), strict=True) if value is not None}
    others, suffixes, entries = _other_marks(figure, drawn, known)
    rows = tuple(_safe(names.get(key, str(key))) + suffixes.get(key, "") for key in kept)
    ends = others | _notes_at_ends(figure, keys)
    series = _with_legend(chart, figure, series, entries)
    if ends:
        series = _with_ends(series, [ends.get(key) for key in kept], is_stacked, figure.layout.font.color)
    labels = [point.label.text for one in series for point in one.points if point.label and point.label.place == "outEnd"]
    return Plan(
        BARS,
        tuple(series),
        x=_values_scale(figure, series, is_stacked),
        y=Scale(title=plain(figure.layout.yaxis.title.text), has_grid=False),
        rows=rows,
        is_stacked=is_stacked,
        gap=round(100 * (figure.layout.bargap or 0.28) / (1 - (figure.layout.bargap or 0.28))),
        remarks=sentence_remarks([note for note in figure.layout.annotations if is_beside(note)]),
        left_out=len(keys) - len(kept),
        row_title=_("Country") if chart.table.columns[:1].tolist() == [_("Country")] else "",
        room_right=max((text_width(plain(text)) for text in labels), default=0.0) + 10,
    )


def _order(figure: go.Figure, drawn: Sequence[Any]) -> list[Any]:
    """Return the rows, the first on top; Plotly counts from below."""
    axis = figure.layout.yaxis
    seen = list(dict.fromkeys(key for trace in figure.data for key in listed(trace.y) if key is not None))
    if any(is_number(key) for key in seen):
        raise NotNative("rows that are numbers")
    wanted = [key for key in listed(axis.categoryarray) if key in set(seen)] if axis.categoryorder in (None, "array") else []
    upwards = [*wanted, *(key for key in seen if key not in set(wanted))]
    return upwards if axis.autorange == "reversed" else upwards[::-1]


def _kept(keys: Sequence[Any], bold: set[Any], most: int) -> list[Any]:
    standing_out = [key for key in keys[most:] if key in bold][:most]
    upper = list(keys[: most - len(standing_out)])
    return [*upper, *standing_out]


def _safe(text: str) -> str:
    """Return the name of a row so that a spreadsheet does not take it for a formula: a tie is written 1=, not =1."""
    rank, _space, name = text.partition("  ")
    if rank.startswith("=") and rank[1:].isdigit():
        return f"{rank[1:]}=  {name}"
    return f"\u200b{text}" if text[:1] in tuple("=+-@") else text


def _series(chart: Chart, trace: Any, place: Mapping[Any, int], ink: str, is_stacked: bool) -> Series:
    keys, values = listed(trace.y), listed(trace.x)
    texts, fills, inks = each(trace.text, len(keys)), each(trace.marker.color, len(keys)), each(trace.textfont.color, len(keys))
    if any(not is_number(value) for value in values if value is not None):
        raise NotNative("bars whose lengths are no numbers")
    where = _PLACES.get(trace.textposition or "auto", "outEnd") if trace.textposition != "none" else ""
    where = "ctr" if where and is_stacked else where  # behind a piece of a stack there is no room
    codes = [number_formats.of_text(value, plain(text)) if value is not None and text else "" for value, text in zip(values, texts, strict=True)]
    points = [Point(None)] * len(place)
    for key, value, text, code, fill, own, (_heading, says) in zip(keys, values, texts, codes, fills, inks, names_of(chart, trace, len(keys)), strict=True):
        if key not in place or value is None:
            continue
        tint = colour(fill)
        own = own or (readable_on(f"#{tint.code}") if where == "ctr" and tint.opacity == 1 else ink)
        label = Label(str(text), where, colour(own), code) if text and where else None
        if points[place[key]].x is not None:
            raise NotNative("two bars of one series in one row")
        points[place[key]] = Point(float(value), label=label, fill=tint, says=says)
    first = next((point.fill for point in points if point.fill), None) or colour(fills[0] if fills else ink)
    edge = trace.marker.line
    border = Line(colour(edge.color), float(edge.width) * 0.75) if edge.color is not None and isinstance(edge.color, str) and edge.width else None
    return Series(plain(trace.name), tuple(points), fill=first, edge=border)


def _other_marks(figure: go.Figure, drawn: Sequence[Any], known: set[Any]) -> tuple[dict[Any, str], dict[Any, str], list[tuple[str, str]]]:
    """Return what is drawn beside the bars: texts at their ends, words for rows that have no bar, entries of the legend."""
    lengths: dict[Any, float] = {}
    for trace in drawn:
        for key, value in zip(listed(trace.y), listed(trace.x), strict=True):
            if value is not None:
                lengths[key] = max(lengths.get(key, 0.0), value) if figure.layout.barmode == "overlay" else lengths.get(key, 0.0) + max(value, 0.0)
    ends: dict[Any, str] = {}
    suffixes: dict[Any, str] = {}
    entries: list[tuple[str, str]] = []
    for trace in figure.data:
        if trace.type == "bar":
            continue
        if trace.type != "scatter":
            raise NotNative(f"bars with {trace.type}")
        across, rows = listed(trace.x), listed(trace.y)
        if all(value is None for value in across):
            entries.append((plain(trace.name), str(trace.marker.color)))
            continue
        texts = each(trace.text, len(rows))
        for key, value, text in zip(rows, across, texts, strict=True):
            if trace.mode == "text" and abs(value - lengths.get(key, -1)) < _NEAR:
                ends[key] = str(text)
            elif key not in known:  # a documented absence, or missing evidence: never a number, so it stands in words
                suffixes[key] = f": {plain(trace.name)}"
            elif value != 0 or lengths.get(key) != 0:  # the stroke at a bar of no length says no more than its label
                raise NotNative("marks on bars")
    return ends, suffixes, entries


def _notes_at_ends(figure: go.Figure, keys: Sequence[Any]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for note in figure.layout.annotations:
        if is_beside(note):
            continue
        if note.showarrow is not False or note.y not in set(keys) or note.y in found or note.xanchor != "left":
            raise NotNative("notes among the bars")
        found[note.y] = str(note.text)
    return found


def _with_legend(chart: Chart, figure: go.Figure, series: list[Series], entries: list[tuple[str, str]]) -> list[Series]:
    """Mark the series of the legend; one whose bars have colours of their own gets the colour of its entry."""
    named = dict(entries)
    wanted = {name for name, _tint in [*legend_of(chart, figure), *entries]}
    tints = {name: tint for name, tint in [*legend_of(chart, figure), *named.items()] if tint}
    met: set[str] = set()
    marked = []
    for one in series:
        is_first = one.name in wanted and one.name not in met
        met.add(one.name)
        marked.append(replace(one, in_legend=is_first, fill=colour(tints[one.name]) if one.name in tints else one.fill))
    return marked


def _with_ends(series: list[Series], ends: Sequence[str | None], is_stacked: bool, ink: str) -> list[Series]:
    """Write the texts behind the bars. Behind a stack they need room of their own: an unseen piece, named as what it is."""
    if is_stacked:
        longest = max((sum(max(one.points[row].x or 0.0, 0.0) for one in series) for row in range(len(ends))), default=0.0)
        room = longest * 0.12 or 1.0
        points = tuple(Point(room if text else None, label=Label(text, "inBase", colour(ink)) if text else None) for text in ends)
        return [*series, Series(_("room for the text behind the bar"), points, fill=_UNSEEN)]
    for number, one in enumerate(series):  # the longest bar of each row carries its text
        own = list(one.points)
        for row, text in enumerate(ends):
            values = [value for other in series if (value := other.points[row].x) is not None]
            if text and values and own[row].x == max(values) and own[row].label is None and not any(other.points[row].label for other in series[:number]):
                own[row] = replace(own[row], label=Label(text, "outEnd", colour(ink)))
        series = [*series[:number], replace(one, points=tuple(own)), *series[number + 1 :]]
    if any(text and not any(one.points[row].label for one in series) for row, text in enumerate(ends)):
        raise NotNative("texts behind bars that there are not")
    return series


def _values_scale(figure: go.Figure, series: Sequence[Series], is_stacked: bool) -> Scale:
    axis = figure.layout.xaxis
    marks = ticks(axis)
    code = number_formats.of_axis([value for value, _text in marks], [text for _value, text in marks]) if marks else number_formats.GENERAL
    if marks and not code:
        raise NotNative("names on the scale of values")
    rows = range(max((len(one.points) for one in series), default=0))
    values = [one.points[row].x or 0.0 for one in series for row in rows]
    if is_stacked:
        values = [sum(max(one.points[row].x or 0.0, 0.0) for one in series) for row in rows] + [
            sum(min(one.points[row].x or 0.0, 0.0) for one in series) for row in rows
        ]
    high, low = max([0.0, *values]), min([0.0, *values])
    step = nice_step((high - low) / 5)
    if marks and len(marks) > 1:
        step = float(marks[1][0] - marks[0][0])
        high = max(high, float(marks[-1][0]))
    return Scale(
        low=low if low == 0 else None,
        high=high or 1.0,
        step=step,
        code=code,
        title=plain(axis.title.text),
        is_shown=axis.showticklabels is not False,
        has_grid=axis.showgrid is not False and axis.showticklabels is not False,
    )


def area(chart: Chart, figure: go.Figure) -> Plan:
    """Return the bands of a stacked area over days. Raises NotNative where something would be lost."""
    traces = list(figure.data)
    if not has_own_scales(figure) or figure.layout.shapes or any(not is_beside(note) for note in figure.layout.annotations):
        raise NotNative("more than one plot, shapes or notes")
    days = [serial(value) for value in listed(traces[0].x)]
    if None in days or any([serial(value) for value in listed(trace.x)] != days for trace in traces):
        raise NotNative("bands over different days")
    wanted = {name for name, _tint in legend_of(chart, figure)} or {plain(trace.name) for trace in traces}
    series = tuple(
        Series(
            plain(trace.name),
            tuple(Point(None if value is None else float(value)) for value in listed(trace.y)),
            fill=colour(trace.fillcolor or trace.line.color),
            edge=line(trace.line),
            in_legend=plain(trace.name) in wanted,
        )
        for trace in traces
    )
    totals = [sum(one.points[place].x or 0.0 for one in series) for place in range(len(days))]
    known = [day for day in days if day is not None]
    step = max(nice_step(max(totals) / 5), 1.0)
    return Plan(
        AREA,
        series,
        x=Scale(low=known[0], high=known[-1], code="yyyy", title=plain(figure.layout.xaxis.title.text), is_date=True, has_grid=False),
        y=Scale(low=0.0, step=step, code=number_formats.GENERAL, title=plain(figure.layout.yaxis.title.text)),
        remarks=sentence_remarks(figure.layout.annotations),
        days=tuple(known),
        row_title=_("Date"),
        is_stacked=True,
    )
