"""How to read the views of an indicator, in plain words."""

from __future__ import annotations

from indicators.catalog import Indicator, ValueType
from indicators.charts.template import Style
from indicators.language import _


def of_indicator(indicator: Indicator, style: Style) -> dict[str, str]:
    """Return how to read each view of an indicator's card, by the view's code."""
    is_light = style.name == "light"
    if indicator.value_type is ValueType.CATEGORY:
        by_map = _("Each colour is a category. Grey means that we looked and found nothing, which is not the same as none.")
        ranking = _("Each square is a country, below its category; the number of countries stands beside the category's name.")
    elif indicator.value_type is ValueType.DATE:
        by_map = (
            _("The darker a country, the later its date. Grey means that we looked and found nothing, which is not the same as none.")
            if is_light
            else _("The brighter a country, the later its date. Grey means that we looked and found nothing, which is not the same as none.")
        )
        ranking = _("Each dot is a country's date, the earliest on top.")
    else:
        by_map = (
            _(
                "The darker a country, the higher its value, in classes of about equally many countries. Grey means that we looked and found nothing; a documented none and a zero have colours of their own."
            )
            if is_light
            else _(
                "The brighter a country, the higher its value, in classes of about equally many countries. Grey means that we looked and found nothing; a documented none and a zero have colours of their own."
            )
        )
        ranking = {
            1: _("The longer the bar, the higher the value; more is better here, and stands on top."),
            0: _("The longer the bar, the higher the value, which is neither good nor bad in itself."),
            -1: _("The longer the bar, the higher the value; less is better here, and stands on top."),
        }[indicator.direction]
    return {
        "map": by_map,
        "ranking": ranking,
        "trend": _("Each band counts the countries of an income group that have a value at the end of a year."),
        "play": _("Press Play, or move the year: the colours mean the same in all years. Each year shows what was true at its end."),
    }
