"""Prices of a country beside those of its peers, each product and kind of price on a line of its own."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from indicators import language
from indicators.charts import price_peers
from indicators.dataset import Dataset
from indicators.export.country_brief.sources import first_source
from indicators.language import _, mark, ngettext

_SHAPES = {"exact": "point", "approximate": "point", "range": "point", "at-most": "at-most", "at-least": "at-least", "target": "target"}
_SHAPE_TEXTS = {"point": mark("this country"), "at-most": mark("at most"), "at-least": mark("at least"), "target": mark("a target")}
_STEPS = (1, 2, 2.5, 5, 10)
_MOST_TICKS = 4


def prices_part(dataset: Dataset, iso3: str, group_text: str, compared: list[dict]) -> dict[str, Any]:
    """Return the lines (of :func:`indicators.charts.price_peers.compared_lines`) with their places on the axis, the ticks and the legend.

    A place is 0 for no dollar and 1 for the axis's end.
    """
    top = max((row["usd_high"] if row["usd_high"] > row["usd"] else row["usd"] for line in compared for row in (line["own"], *line["others"])), default=0.0)
    step = _step(top)
    end = step * math.ceil(top / step) if top else 1.0
    lines = [_line(dataset, line, end) for line in compared]
    shapes = [shape for shape in _SHAPE_TEXTS if any(line["shape"] == shape for line in lines)]
    legend = [{"shape": shape, "text": _(_SHAPE_TEXTS[shape])} for shape in shapes]
    if any(line["to"] is not None for line in lines):
        legend.append({"shape": "range", "text": _("a range")})
    if any(line["peers"] for line in lines):
        legend += [{"shape": "peer", "text": _("peers")}, {"shape": "median", "text": _("their median")}]
    title = price_peers.finding(compared, iso3, group_text)
    spoken = " ".join(f"{line['name']}, {line['kind']}: {line['value']}, {line['date']}." for line in lines)
    return {
        "title": _("Prices beside its peers"),
        "finding": title,
        "empty": _("We looked for list, negotiated, self-pay and production prices, and found no evidence of any."),
        "lines": lines,
        "ticks": [{"place": number * step / end, "text": language.compact(number * step) if number else "US$0"} for number in range(round(end / step) + 1)],
        "legend": legend,
        "note": _(
            "US dollars at the rate of each price's own year. Kinds of price are never mixed: a list price is set beside list prices alone. Confidential discounts are common."
        ),
        "more": [""]
        + [ngettext("{count} more price in the atlas", "{count} more prices in the atlas", count).format(count=count) for count in range(1, len(lines) + 1)],
        "alt": f"{title}. {spoken}",
    }


def _step(top: float) -> float:
    """Return the round distance between two ticks that makes an axis of at most five."""
    if not top:
        return 1.0
    least = top / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in _STEPS if power * step >= least)


def _line(dataset: Dataset, line: dict[str, Any], end: float) -> dict[str, Any]:
    own = line["own"]
    dated = language.day(own["effective_date"]) if own["effective_date"] else _("undated, rate of {year}").format(year=int(own["usd_year"]))
    return {
        "name": price_peers.product_text(dataset, own["product_id"]),
        "kind": _(price_peers.GROUP_TEXTS[price_peers.GROUPS[own["price_type"]]]),
        "value": price_peers.amount_text(own),
        "date": dated,
        "source": first_source(dataset, (own["fact_id"],)),
        "at": own["usd"] / end,
        "to": own["usd_high"] / end if own["usd_high"] > own["usd"] else None,
        "shape": _SHAPES[own["value_kind"]],
        "peers": [round(row["usd"] / end, 4) for row in line["others"]],
        "median": line["median"] / end if pd.notna(line["median"]) else None,
    }
