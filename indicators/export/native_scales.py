"""Scales of an editable chart: their ends, steps and formats, and rows with names where a figure's upright scale has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import plotly.graph_objects as go

from indicators.charts.axes import nice_step
from indicators.export import number_formats
from indicators.export.native_model import NotNative, Scale
from indicators.export.native_reading import is_number, listed, plain, serial, ticks

_YEAR = 365.25
_FEW_YEARS = 3
_FEW_DECADES = 2.3  # up to here a step of a logarithmic scale doubles, from there it is ten times
_HALF = 0.5
_LETTERS_OF_A_LINE = 56


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with names, the first on top: their keys in the figure, heights and names; below ``lowest`` nothing is drawn."""

    keys: tuple[Any, ...]
    heights: tuple[float, ...]
    names: tuple[str, ...]
    lowest: float
    left_out: int

    def height_of(self, value: Any) -> float | None:
        """Return the height of a mark, by its row's key or as a number; None for a row that is not drawn."""
        if value is None or (is_number(value) and value not in self.keys):
            return None if value is None else float(value)
        return dict(zip(self.keys, self.heights, strict=True)).get(value)

    def name_at(self, height: float) -> str:
        """Return the name of the row that a mark stands in."""
        near = min(range(len(self.heights)), key=lambda number: abs(self.heights[number] - height))
        return self.names[near].replace("\n", " ")

    @property
    def scale(self) -> Scale:
        """The upright scale."""
        low, high = min(self.heights), max(self.heights)
        is_even = all(float(height).is_integer() for height in self.heights)
        return Scale(low=low - 1, high=high + 1, step=1.0, code="0", is_shown=False, has_grid=is_even)


def rows_of(figure: go.Figure, most: int) -> Rows | None:
    """Return the rows of a figure whose upright scale has names in place of numbers, at most ``most``; None where it has numbers.

    Raises NotNative where a native chart would show other rows, or none.
    """
    axis = figure.layout.yaxis
    named = dict(ticks(axis))
    values = [value for trace in figure.data for value in listed(trace.y) if value is not None]
    if any(not is_number(value) for value in values) or axis.type == "category":
        keys: list[Any] = list(dict.fromkeys([*listed(axis.categoryarray), *values]))
        heights = [float(number) for number in range(len(keys))]
    elif named and not number_formats.of_axis(list(named), list(named.values())):
        keys = sorted(named)
        heights = [float(key) for key in keys]
    else:
        return None
    if axis.autorange == "reversed" or (axis.range and is_number(axis.range[0]) and axis.range[0] > axis.range[1]):
        raise NotNative("rows that are counted from above")
    is_shown = axis.showticklabels is not False
    downwards = list(zip(keys, heights, strict=True))[::-1]
    kept = downwards[:most]
    if not kept:
        raise NotNative("no rows")
    names = tuple(named.get(key, "" if is_number(key) else str(key)) if is_shown else "" for key, _height in kept)
    lowest = kept[-1][1] - _HALF if len(downwards) > most else float("-inf")
    return Rows(tuple(key for key, _height in kept), tuple(height for _key, height in kept), names, lowest, len(downwards) - len(kept))


def wrapped_name(text: str) -> str:
    """Return a row's name in lines that leave room for the plot."""
    if "\n" in text or len(text) <= _LETTERS_OF_A_LINE:
        return text
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LETTERS_OF_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def scale(figure: go.Figure, which: str, values: Sequence[float | None], title: str = "") -> Scale:
    """Return the scale across (``x``) or upright (``y``) for values in its own units; raises NotNative for names on it."""
    axis = figure.layout[f"{which}axis"]
    known = [value for value in values if value is not None]
    title = title or plain(axis.title.text)
    raw = [value for trace in figure.data for value in listed(trace[which]) if value is not None]
    if raw and not all(is_number(value) for value in raw):
        return _of_days(axis, known, title)
    if not known:
        return Scale(0.0, 1.0, title=title)
    if axis.type == "log":
        return _logarithmic(axis, known, title)
    return _linear(axis, known, title)


def _format(axis: Any, step: float) -> str:
    marks = [(value, text) for value, text in ticks(axis) if text]
    if marks:
        code = number_formats.of_axis([value for value, _text in marks], [text for _value, text in marks])
        if not code:
            raise NotNative("names on a scale")
        return code
    prefix, suffix = plain(axis.tickprefix), plain(axis.ticksuffix)
    if axis.tickformat == "~s":
        return number_formats.money(prefix)
    if axis.tickformat == "d":
        return number_formats.YEAR
    decimals = next((digits for digits in range(4) if abs(step - round(step, digits)) < 1e-9), 2)
    return number_formats.plain(decimals, prefix, suffix)


def _linear(axis: Any, known: Sequence[float], title: str) -> Scale:
    least, most = min(known), max(known)
    marks = [float(value) for value, _text in ticks(axis)]
    if axis.rangemode == "tozero" or (least >= 0 and least < most / 4 and axis.tickformat != "d"):
        least, most = min(least, 0.0), max(most, 0.0)
    steps = {round(later - earlier, 9) for earlier, later in pairwise(marks)}
    if len(steps) == 1:
        step = steps.pop()
        least, most = min(least, marks[0]), max(most, marks[-1])
    else:
        step = float(axis.dtick) if is_number(axis.dtick) else nice_step((most - least) / 6 or abs(most) or 1.0)
    low, high = floor(least / step + 1e-9) * step, ceil(most / step - 1e-9) * step
    if low == high:
        low, high = low - step, high + step
    return Scale(low, high, step, _format(axis, step), title, is_shown=axis.showticklabels is not False, has_grid=axis.showgrid is not False)


def _logarithmic(axis: Any, known: Sequence[float], title: str) -> Scale:
    if min(known) <= 0:
        raise NotNative("a logarithmic scale with values that have no logarithm")
    least, most = min(known), max(known)
    if log10(most / least) > _FEW_DECADES:
        low, high, base = 10.0 ** floor(log10(least)), 10.0 ** ceil(log10(most)), 10
    else:
        low, high, base = _round_below(least), _round_above(most), 2
    code = _format(axis, 1.0)
    if '"K"' in code and ">=" not in code and high >= 999_500:
        code = number_formats.in_millions(code)
    return Scale(low, high, float(base), code, title, log_base=base, has_grid=axis.showgrid is not False)


def _round_below(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return next(digit * power for digit in (5, 2, 1) if digit * power <= value * (1 + 1e-9))


def _round_above(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= value * (1 - 1e-9))


def _of_days(axis: Any, known: Sequence[float], title: str) -> Scale:
    ends = [day for day in (serial(value) for value in axis.range or ()) if day is not None]
    if not known:
        return Scale(0.0, 1.0, title=title, is_shown=False)
    first, last = min([*known, *ends[:1]]), max(known)
    days = Scale(code="yyyy", title=title, is_date=True, has_grid=axis.showgrid is not False, is_shown=axis.showticklabels is not False)
    from_year, to_year = _year(first), _year(last)
    if last - first < _FEW_YEARS * _YEAR:
        step = _YEAR / 4 if last - first < 1.5 * _YEAR else _YEAR / 2
        start = _day(from_year) + 1
        start += floor((first - start) / step) * step
        return replace(days, low=start, high=start + ceil((last - start) / step) * step, step=step, code="mmm yyyy")
    # A day into the year: whole years have no even number of days, and a tick must not fall on the last day of the year before.
    start = _day(from_year) + 1
    start = start if start <= min(known) else _day(from_year - 1) + 1
    years = max(1, round((to_year + 1 - from_year) / 9))
    return replace(days, low=start, high=last if last - _day(to_year) > _YEAR / 3 else _day(to_year) + _YEAR / 2, step=_YEAR * years)


def _year(day: float) -> int:
    return date.fromordinal(int(day) + date(1899, 12, 30).toordinal()).year


def _day(year: int) -> float:
    return serial(date(year, 1, 1)) or 0.0
