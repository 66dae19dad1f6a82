"""Axes whose range and ticks are known before a browser draws them, for numbers, dates and categories."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

from indicators import language
from indicators.catalog import Indicator, ValueType
from indicators.charts import lettering
from indicators.charts.wording import category_text
from indicators.language import _

TICK_SIZE = 12
_PREFIXES = {"US dollars": "US$", "international dollars": "Int$"}
_PAD = 0.06  # of the range, free at both ends
_FEW_DECADES = 2.3  # up to this many powers of ten, ticks at 1, 2 and 5
_HALF_BAND = 0.5


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis. ``low`` and ``high`` are its ends, as powers of ten where it is logarithmic; of categories the best one is high."""

    indicator: Indicator
    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]
    is_log: bool = False

    def share(self, value: float) -> float:
        """Return where a value stands between the low end (0) and the high end (1)."""
        return ((log10(value) if self.is_log else value) - self.low) / (self.high - self.low)

    def drawn(self, value: float) -> float:
        """Return a value as annotations of Plotly name it, which take the power of ten on a logarithmic axis."""
        return log10(value) if self.is_log else value

    @property
    def settings(self) -> dict[str, Any]:
        """What Plotly needs to draw it."""
        return {
            "type": "log" if self.is_log else "linear",
            "range": [self.low, self.high],
            "tickmode": "array",
            "tickvals": list(self.ticks),
            "ticktext": list(self.texts),
            "tickangle": 0,
            "automargin": False,
        }

    @property
    def widest_text(self) -> float:
        """The pixels that its widest tick text takes."""
        return max((lettering.width(line, TICK_SIZE) for text in self.texts for line in text.split("<br>")), default=0.0)


def can_be_logarithmic(indicator: Indicator) -> bool:
    """Say whether an indicator's values have a logarithm that means something: numbers do, dates and categories don't."""
    return indicator.value_type is ValueType.NUMBER


def make(indicator: Indicator, values: Sequence[float], is_log: bool, room: float, is_upright: bool = False, ticks: int = 6) -> Axis:
    """Return an axis for values of an indicator; those of a logarithmic axis must be above zero.

    ``room`` is the least number of pixels that it is long; ``ticks`` about how many ticks it gets. A date or a category
    is never logarithmic.
    """
    if indicator.value_type is ValueType.CATEGORY:
        return _of_categories(indicator, room, is_upright)
    if not values:
        return Axis(indicator, 0.0, 1.0, (), ())
    if is_log and can_be_logarithmic(indicator):
        return _logarithmic(indicator, min(values), max(values), room, is_upright, ticks)
    return _linear(indicator, min(values), max(values), room, is_upright, ticks)


def _of_categories(indicator: Indicator, room: float, is_upright: bool) -> Axis:
    count = len(indicator.categories)
    most = 130 if is_upright else room / count - 10
    texts = tuple("<br>".join(lettering.wrapped(category_text(indicator, code), TICK_SIZE, most)) for code, _text in indicator.categories)
    return Axis(indicator, count - _HALF_BAND, -_HALF_BAND, tuple(float(place) for place in range(count)), texts)


def _linear(indicator: Indicator, least: float, most: float, room: float, is_upright: bool, ticks: int) -> Axis:
    is_date = indicator.value_type is ValueType.DATE
    start = least if is_date or least < 0 or least > most / 4 else 0.0  # where zero is near, it is on the axis
    span = (most - start) or abs(most) or 1.0
    low, high = start - _PAD * span, most + _PAD * span
    step = nice_step(span / ticks)
    if is_date or _counts(indicator):
        step = max(float(ceil(step)), 1.0)
    while True:
        values = [step * number for number in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
        if least >= 0:
            values = [value for value in values if value >= 0]
        texts = [tick_text(indicator, value, step) for value in values]
        shares = [(value - low) / (high - low) for value in values]
        if is_upright or len(values) < 3 or _fits(shares, texts, room):
            return Axis(indicator, low, high, tuple(values), tuple(texts))
        step = nice_step(step * 1.5)


def _counts(indicator: Indicator) -> bool:
    """Say whether an indicator counts things, of which there is no half."""
    return bool(indicator.at_least_one)


def _logarithmic(indicator: Indicator, least: float, most: float, room: float, is_upright: bool, ticks: int) -> Axis:
    span = log10(most / least) or 1.0
    low, high = log10(least) - _PAD * span, log10(most) + _PAD * span
    for digits in ((1, 2, 5), (1, 3), (1,)) if span <= _FEW_DECADES else ((1,),):
        values = [digit * 10.0**power for power in range(floor(low), ceil(high) + 1) for digit in digits]
        values = [value for value in values if low <= log10(value) <= high]
        texts = [tick_text(indicator, value, value) for value in values]
        if is_upright or _fits([(log10(value) - low) / (high - low) for value in values], texts, room):
            break
    if len(values) < 3:  # little more than one power of two: even ticks, of which the scale only makes the distances uneven
        even = _linear(indicator, least, most, room, is_upright, ticks)
        inside = [(value, text) for value, text in zip(even.ticks, even.texts, strict=True) if value > 0 and low <= log10(value) <= high]
        values, texts = [value for value, _text in inside], [text for _value, text in inside]
    return Axis(indicator, low, high, tuple(values), tuple(texts), True)


def nice_step(step: float) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is no smaller than a step."""
    if not isfinite(step) or step <= 0:
        return 1.0
    power = 10.0 ** floor(log10(step))
    return next(digit * power for digit in (1, 2, 2.5, 5, 10) if digit * power >= step * (1 - 1e-9))


def _fits(shares: Sequence[float], texts: Sequence[str], room: float) -> bool:
    """Say whether tick texts beside each other keep apart."""
    halves = [lettering.width(text, TICK_SIZE) / 2 for text in texts]
    return all((later - earlier) * room >= halves[number] + halves[number + 1] + 10 for number, (earlier, later) in enumerate(itertools.pairwise(shares)))


def tick_text(indicator: Indicator, value: float, step: float) -> str:
    """Return the text of a tick: a number in short with its currency or percent sign, a year, without other units."""
    if indicator.value_type is ValueType.DATE:
        return str(int(value))
    if abs(value) >= 10_000:
        number = language.compact(value)
    else:
        number = language.number(value, next((digits for digits in range(4) if abs(step - round(step, digits)) < 1e-9), 4))
    return _PREFIXES.get(indicator.unit, "") + number + (_("%") if indicator.unit.startswith("%") else "")


def title(indicator: Indicator, is_log: bool = False) -> str:
    """Return what stands at an axis: the measure, its unit, and that it is logarithmic where it is."""
    unit = _(indicator.unit) if indicator.unit and indicator.value_type is ValueType.NUMBER else ""
    if unit and is_log:
        return _("{measure} ({unit}, logarithmic)").format(measure=_(indicator.short_title), unit=unit)
    return _("{measure} ({unit})").format(measure=_(indicator.short_title), unit=unit) if unit else _(indicator.short_title)
