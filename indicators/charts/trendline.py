"""A trend line in words: how much higher one measure typically is where the other is, and how close the dots lie."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from indicators import language
from indicators.association import FEWEST, Association, associate
from indicators.catalog import Domain, Indicator, ValueType
from indicators.charts.axes import Axis, nice_step
from indicators.charts.wording import value_text
from indicators.language import _, mark, ngettext


def of(x: Axis, y: Axis, points: pd.DataFrame) -> Association | None:
    """Return the association of the columns ``x`` and ``y`` as their axes show them: of logarithms where an axis is logarithmic.

    ``points`` hold no bounds: who has "at least" little may have much.
    """
    return associate([_upwards(x, value) for value in points["x"]], [_upwards(y, value) for value in points["y"]])


def _upwards(axis: Axis, value: float) -> float:
    """Return a value so that higher is farther along the axis; a category's place counts from the best."""
    return -value if axis.indicator.value_type is ValueType.CATEGORY else axis.drawn(value)


def has_line(x: Axis, y: Axis) -> bool:
    """Say whether a line can be drawn: between categories there are no distances, so there is no slope."""
    return ValueType.CATEGORY not in (x.indicator.value_type, y.indicator.value_type)


def words(x: Axis, y: Axis, association: Association | None) -> list[str]:
    """Return what a trend line says: the slope as a sentence, then its statistics."""
    if x.indicator.id == y.indicator.id:
        return [_("No trend line: both axes show the same measure.")]
    if association is None:
        return [
            _("No trend line: it takes at least {count} countries, and measures that differ between them.").format(count=FEWEST),
        ]
    figures = {
        "count": association.count,
        "share": language.number(association.r_squared, 2),
        "rho": language.number(association.rho, 2),
        "logs": _logarithms(x, y),
    }
    if not has_line(x, y):
        ordered = x.indicator if x.indicator.value_type is ValueType.CATEGORY else y.indicator
        best, worst = _(ordered.categories[0][1]), _(ordered.categories[-1][1])
        return [
            _("No trend line: between categories there are no distances, only an order, from “{worst}” up to “{best}”.").format(worst=worst, best=best),
            _("over all {count} countries with both figures · Spearman’s rho {rho}").format(**figures),
        ]
    statistics = (
        _("over all {count} countries with both figures · R² {share} ({logs}) · Spearman’s rho {rho}")
        if figures["logs"]
        else _("over all {count} countries with both figures · R² {share} · Spearman’s rho {rho}")
    )
    return [_slope(x, y, association), statistics.format(**figures)]


def covers(association: Association | None, is_among: bool) -> str:
    """Return which countries a trend is of, for behind a subtitle; ``is_among`` where chosen countries are drawn among others."""
    if association is None:
        return ""
    if is_among:
        return _("; trend over all {count} countries with both figures, not over the chosen ones alone").format(count=association.count)
    return _("; trend over all {count} countries with both figures").format(count=association.count)


def bounds_left_out(count: int) -> list[str]:
    """Return how many countries are drawn, but have no part in the trend and its statistics, for one of their figures is a bound."""
    if not count:
        return []
    text = ngettext(
        "{count} country of which a figure is a bound or the low end of a range has no part in the trend.",
        "{count} countries of which a figure is a bound or the low end of a range have no part in the trend.",
        count,
    )
    return [text.format(count=count)]


def caveats(x: Indicator, y: Indicator, has_same_facts: bool) -> list[str]:
    """Return what must be known to read a trend."""
    told = [_("The trend is an association between countries, not proof that one thing brings about the other.")]
    if has_same_facts:
        told.append(_("Both measures are computed from some of the same facts, so in part they go together by construction."))
    if Domain.APPROVALS in (x.domain, y.domain):
        told.append(_("An EU decision counts for each member, so the dots are not independent of each other."))
    told.append(_("There is no p-value: the countries with evidence are not a random sample."))
    return told


def _logarithms(x: Axis, y: Axis) -> str:
    if x.is_log and y.is_log:
        return _("of the logarithms of both")
    if x.is_log or y.is_log:
        return _("of the logarithm of “{measure}”").format(measure=_((x if x.is_log else y).indicator.short_title))
    return ""


def _slope(x: Axis, y: Axis, association: Association) -> str:
    """Return the slope as a sentence."""
    step = 0.30103 if x.is_log else 1.0 if x.indicator.value_type is ValueType.DATE else nice_step((x.high - x.low) / 10)
    change = association.slope * step  # in units of the axis of y: powers of ten where it is logarithmic
    if y.is_log:
        share = 10**change - 1
        is_none, amount = abs(share) < 0.005, language.percent(abs(share))
    else:
        is_none, amount = _is_nothing(y.indicator, change), _amount(y.indicator, abs(change))
    names = {"x": _(x.indicator.short_title), "y": _(y.indicator.short_title), "amount": amount, "step": _amount(x.indicator, step)}
    return _(_SENTENCES[_kind(x)][2 if is_none else _way(y, change)]).format(**names)


def _kind(x: Axis) -> str:
    return "twice" if x.is_log else "year" if x.indicator.value_type is ValueType.DATE else "step"


def _way(y: Axis, change: float) -> int:
    """Return which of the sentences fits: 0 higher, 1 lower; 3 later, 4 earlier."""
    return (3 if y.indicator.value_type is ValueType.DATE else 0) + (0 if change > 0 else 1)


# Whole sentences, so that each can be translated as one: higher, lower, the same, later, earlier.
_SENTENCES = {
    "twice": (
        mark("Where “{x}” is twice as high, “{y}” is typically {amount} higher."),
        mark("Where “{x}” is twice as high, “{y}” is typically {amount} lower."),
        mark("Where “{x}” is twice as high, “{y}” is typically about the same."),
        mark("Where “{x}” is twice as high, “{y}” is typically {amount} later."),
        mark("Where “{x}” is twice as high, “{y}” is typically {amount} earlier."),
    ),
    "year": (
        mark("Where “{x}” is a year later, “{y}” is typically {amount} higher."),
        mark("Where “{x}” is a year later, “{y}” is typically {amount} lower."),
        mark("Where “{x}” is a year later, “{y}” is typically about the same."),
        mark("Where “{x}” is a year later, “{y}” is typically {amount} later."),
        mark("Where “{x}” is a year later, “{y}” is typically {amount} earlier."),
    ),
    "step": (
        mark("Where “{x}” is {step} higher, “{y}” is typically {amount} higher."),
        mark("Where “{x}” is {step} higher, “{y}” is typically {amount} lower."),
        mark("Where “{x}” is {step} higher, “{y}” is typically about the same."),
        mark("Where “{x}” is {step} higher, “{y}” is typically {amount} later."),
        mark("Where “{x}” is {step} higher, “{y}” is typically {amount} earlier."),
    ),
}


def _decimals(value: float) -> int:
    return 0 if value >= 10 else 1 if value >= 0.1 else 2


def _is_nothing(indicator: Indicator, change: float) -> bool:
    return round(abs(change), 2) == 0


def _amount(indicator: Indicator, value: float) -> str:
    """Return a difference in a measure's unit: of percentages in points, of dates in years."""
    number = language.number(value, _decimals(value))
    if indicator.value_type is ValueType.DATE:
        return _("{number} years").format(number=number)
    if indicator.unit.startswith("%"):
        return _("{number} percentage points").format(number=number)
    # A step of a round number needs no decimals.
    return value_text(replace(indicator, decimals=0 if float(value).is_integer() else _decimals(value)), value, short=value >= 10_000)
