"""Reading a Plotly figure for an editable chart: its colours, texts, ticks and values, as plain numbers and words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from html import unescape
from typing import Any

import plotly.graph_objects as go

from indicators.charts.chart import Chart
from indicators.export.native_model import Colour, Line, NotNative

_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets
_DASHES = {"dot": "sysDot", "dash": "dash", "dashdot": "dashDot", "longdash": "lgDash"}
_RUN = re.compile(r"(</?(?:b|strong|i|em|br|span|sup|sub|a)\b[^>]*>)")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)")
_HIDDEN = Colour("FFFFFF", 0.0)
POINTS_PER_PIXEL = 0.75


def runs(text: str) -> list[list[tuple[str, bool, str]]]:
    """Return a figure's text as lines of runs: the text, whether it is bold, its own colour ("" for none)."""
    lines: list[list[tuple[str, bool, str]]] = [[]]
    is_bold, colours = False, [""]
    for part in _RUN.split(str(text)):
        if _RUN.fullmatch(part):
            tag = part.strip("<>/ ").split()[0]
            if tag == "br":
                lines.append([])
            elif tag in ("b", "strong"):
                is_bold = not part.startswith("</")
            elif tag == "span":
                found = _HEX.search(part)
                colours = colours[:-1] or [""] if part.startswith("</") else [*colours, found.group() if found else colours[-1]]
        elif part:
            lines[-1].append((unescape(part), is_bold, colours[-1]))
    return lines


def plain(text: Any) -> str:
    """Return a figure's text without its mark-up; a line of its own stays one."""
    return "\n".join("".join(run for run, _bold, _colour in line) for line in runs("" if text is None else str(text))).strip()


def colour(value: Any, opacity: float | None = None) -> Colour:
    """Return a colour as a chart needs it. Raises NotNative for one that is no plain colour."""
    share = 1.0 if opacity is None else float(opacity)
    text = str(value)
    if _HEX.fullmatch(text):
        return Colour(text[1:].upper(), share)
    if found := _RGB.fullmatch(text):
        red, green, blue, own = found.groups()
        return Colour(f"{int(red):02X}{int(green):02X}{int(blue):02X}", share * float(own or 1))
    if text == "transparent":
        return _HIDDEN
    raise NotNative(f"colour {text[:40]}")


def line(source: Any, opacity: float | None = None) -> Line:
    """Return the line of a trace."""
    return Line(colour(source.color, opacity), width=float(source.width or 2) * POINTS_PER_PIXEL, dash=_DASHES.get(source.dash or "solid", "solid"))


def each(value: Any, count: int) -> list[Any]:
    """Return one value for each point: a figure says one for all or one for each."""
    if isinstance(value, str) or value is None or not hasattr(value, "__len__"):
        return [value] * count
    return [item.item() if hasattr(item, "item") else item for item in value]


def listed(values: Any) -> list[Any]:
    """Return a trace's values as a list of plain numbers, texts and None."""
    if values is None:
        return []
    return [None if _is_nothing(item) else item.item() if hasattr(item, "item") else item for item in list(values)]


def _is_nothing(item: Any) -> bool:
    return item is None or (isinstance(item, float) and math.isnan(item)) or item != item


def serial(value: Any) -> float | None:
    """Return a day as spreadsheets count it, with the part of the day; None for what is no day."""
    if value is None:
        return None
    if isinstance(value, datetime | date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    else:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return None
    moment = moment.replace(tzinfo=None)
    return (moment.date() - _DAY_ZERO).days + (moment.hour + moment.minute / 60) / 24


def is_number(value: Any) -> bool:
    """Say whether a value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def ticks(axis: Any) -> list[tuple[Any, str]]:
    """Return the values and texts of ticks that a figure sets by hand."""
    values = listed(axis.tickvals)
    texts = [plain(text) for text in listed(axis.ticktext)] or [str(value) for value in values]
    return list(zip(values, texts, strict=False))


def has_own_scales(figure: go.Figure) -> bool:
    """Say whether a figure has no other scales than one across and one upright."""
    names = [name for name in figure.layout if re.fullmatch(r"[xy]axis\d*|geo\d*|map\d*|polar\d*|ternary\d*|scene\d*", name)]
    drawn = {name for name in names if figure.layout[name].to_plotly_json()} - {"geo", "map", "polar", "ternary", "scene"}
    return drawn <= {"xaxis", "yaxis"}


def names_of(chart: Chart, trace: Any, count: int) -> list[tuple[str, str]]:
    """Return whose each point of a trace is and what it says, from what opens when it is selected."""
    keys = each(trace.customdata, count) if trace.customdata is not None else [None] * count
    found = [chart.targets.get(str(key)) if key is not None else None for key in keys]
    return [(target.heading, target.says) if target else ("", "") for target in found]


def legend_of(chart: Chart, figure: go.Figure) -> list[tuple[str, str]]:
    """Return the names in a figure's legend with their colours, or those that the chart wants drawn for it; the colour is "" where a trace has its own."""
    if chart.legend:
        return [(plain(text), tint) for text, tint in chart.legend]
    if figure.layout.showlegend is False:
        return []
    named = [(plain(trace.name), "") for trace in figure.data if trace.showlegend is not False and trace.name]
    alone = sum(trace.showlegend is not False for trace in figure.data) == 1 and not any(trace.showlegend for trace in figure.data)
    return [] if alone and figure.layout.showlegend is None else list(dict.fromkeys(named))


def sentence_remarks(notes: Sequence[Any]) -> tuple[str, ...]:
    """Return the notes of a figure that stand beside its plot, as texts."""
    return tuple(text for note in notes if (text := plain(note.text)))


def is_beside(note: Any) -> bool:
    """Say whether a note stands at a place of the paper, not of the data."""
    return note.xref == "paper" and note.yref == "paper"
