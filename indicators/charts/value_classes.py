"""Classes of an indicator's values for maps and their films: round bounds that hold about equally many, each with a colour."""

from __future__ import annotations

import math
from dataclasses import dataclass

from indicators import language
from indicators.catalog import Indicator, ValueType
from indicators.charts.template import Style
from indicators.language import _


@dataclass(frozen=True, slots=True)
class ValueClass:
    """A class of values with one colour: from ``low`` to below ``high`` (or just ``low``), and its text in the legend."""

    low: float
    high: float
    colour: str
    text: str

    def holds(self, value: float) -> bool:
        """Say whether a value belongs to the class."""
        return self.low <= value < self.high or value == self.low


def value_classes(indicator: Indicator, values: list[float], style: Style) -> list[ValueClass]:
    """Return the classes of an indicator's values, low to high: zero by itself, the others in up to five of round bounds."""
    others = [value for value in values if value != 0] or values
    whole = indicator.decimals == 0 and indicator.value_type is ValueType.NUMBER
    bounds = class_bounds(others, whole=whole)
    all_whole = all(float(value).is_integer() for value in others)
    steps = len(style.sequential) - 1
    classes = [ValueClass(0.0, 0.0, style.zero, _("0 (zero)"))] if len(others) < len(values) else []
    for number, (low, high) in enumerate(bounds):
        last = number == len(bounds) - 1
        colour = style.sequential[round(number * steps / (len(bounds) - 1))] if len(bounds) > 1 else style.sequential[3]
        text = _class_text(indicator, low, high, last, whole=all_whole, only=len(bounds) == 1 or (last and low == max(others)))
        classes.append(ValueClass(low, high, colour, text))
    return classes


def _class_text(indicator: Indicator, low: float, high: float, last: bool, only: bool, whole: bool) -> str:
    if indicator.value_type is ValueType.DATE:
        if last and not only:
            return _("{low} or later").format(low=int(low))
        return f"{int(low)}" if only or int(high) - int(low) <= 1 else f"{int(low)}–{int(high) - 1}"

    def text(value: float) -> str:
        return language.compact(value) if abs(value) >= 10_000 else language.number(value, 0 if float(value).is_integer() else 1)

    if only:
        return text(low) if low == high or high == math.inf else f"{text(low)}–{text(high)}"
    if last:
        return _("{low} or more").format(low=text(low))
    if whole and high - low == 1:
        return text(low)
    if whole and high <= 1000:
        return f"{text(low)}–{text(high - 1)}"
    return _("{low} to below {high}").format(low=text(low), high=text(high))


def class_bounds(values: list[float], whole: bool, count: int = 5) -> list[tuple[float, float]]:
    """Return up to ``count`` classes with round bounds that hold about equally many values, as (low, high) pairs."""
    if not values:
        return []
    ordered = sorted(values)
    low, high = ordered[0], ordered[-1]
    if low == high:
        return [(low, high)]
    if whole and low >= 0 and high <= 15:  # a small count: steps of equal size read best
        step = math.ceil((high - low + 1) / count)
        starts = list(range(int(low), int(high) + 1, step))
        return list(zip(map(float, starts), [*map(float, starts[1:]), math.inf], strict=True))
    is_year = low > 1900 and high < 2100
    edges = [float(math.floor(low)) if is_year else _round_down(low, whole)]
    for number in range(1, count):
        edge = _round_nice(ordered[int(len(ordered) * number / count)], whole)
        if edges[-1] < edge <= high:
            edges.append(edge)
    if len(edges) == 1 and is_year:
        return [(edges[0], math.inf)]
    if len(edges) == 1:
        edges.append(_round_nice(high, whole) if edges[0] < _round_nice(high, whole) <= high else high)
    return list(zip(edges, [*edges[1:], math.inf], strict=True))


def _round_nice(value: float, whole: bool) -> float:
    if value == 0:
        return 0.0
    if 1900 < value < 2100 or (whole and abs(value) < 20):
        return float(round(value))
    magnitude = 10 ** math.floor(math.log10(abs(value)))
    step = magnitude / 2 if magnitude >= 10 or not whole else 1
    return float(round(value / step) * step)


def _round_down(value: float, whole: bool) -> float:
    nice = _round_nice(value, whole)
    while nice > value:
        nice -= max(abs(nice) * 0.1, 1 if whole else 0.1)
    return float(math.floor(nice)) if whole else nice


def category_colours(indicator: Indicator, style: Style) -> dict[str, str]:
    """Return the colour of each of an indicator's categories, the same on every figure."""
    if indicator.id == "income-group":
        return style.income
    if indicator.id == "reimbursement-status":
        return {**style.cover, "private-only": style.qualitative[3], "not-covered": style.cover["no-cover"]}  # none, not: refused
    codes = [code for code, _text in indicator.categories]
    if indicator.id == "route-to-treatment":
        palette = [style.sequential[4], style.sequential[2], style.qualitative[2], style.qualitative[4], style.qualitative[3], style.documented_none]
        return dict(zip(codes, palette, strict=True))
    scale = [style.sequential[4], style.sequential[2], style.sequential[1], style.sequential[0]]
    if indicator.id == "academic-route":
        return {"yes": style.sequential[3], "no": style.documented_none}
    return {code: scale[min(number, len(scale) - 1)] for number, code in enumerate(codes)}
