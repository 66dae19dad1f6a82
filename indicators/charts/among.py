"""A ranking in which some countries stand out before the others."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, ValueType, get, observe
from indicators.charts import bars
from indicators.charts.chart import Chart
from indicators.charts.template import Style, translucent
from indicators.charts.wording import indicator_finding, missing_text, says, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.observations import BOUND_LABELS, DOCUMENTED_NONE, NO_EVIDENCE

_FADED = 0.4
_ROW = 26  # pixels, as :mod:`indicators.charts.bars` draws them
_BETWEEN = "\u00a0"  # the row between the chosen and the others, which is nobody's


def ranking(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], highlighted: tuple[str, ...], style: Style) -> Chart:
    """Return ``countries`` in the order of an indicator; those of ``highlighted`` come first, each with its rank among all.

    Of the others, those without a value are left to the table. The title is about the highlighted ones, and says among how
    many they are drawn.
    """
    indicator = get(indicator_id)
    seen = observe(dataset, indicator_id)
    seen = seen[seen["iso3"].isin(countries)]
    chart = bars.ranking(dataset, indicator_id, seen, style, highlighted)
    chosen = [language.country_name(iso3) for iso3 in highlighted if iso3 in set(seen["iso3"])]
    if not chosen or len(chosen) == len(seen):
        return chart
    drawn = chart.figure
    for trace in list(drawn.data):
        if trace.type == "bar":  # the legend shows a trace's first mark, which may be a faded one
            trace.showlegend = False
            entry = {"symbol": "square", "size": 11, "color": trace.marker.color}
            drawn.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=entry, name=trace.name, hoverinfo="skip"))
        trace.marker.color = [trace.marker.color if name in chosen else translucent(trace.marker.color, _FADED) for name in trace.y]
    chart = _chosen_first(chart, chosen, indicator, seen)
    own = seen[seen["iso3"].isin(highlighted) & seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE)]
    if indicator.value_type is ValueType.NUMBER and len(own) == 1:
        return replace(chart, title=_rank(indicator, seen, own.iloc[0]))
    if len(chosen) == 1:
        row = seen[seen["iso3"].isin(highlighted)].iloc[0]
        return replace(chart, title=_("{country}: {value}").format(country=chosen[0], value=_in_words(dataset, indicator, row)))
    finding = indicator_finding(indicator, seen[seen["iso3"].isin(highlighted)])
    text = _("The {count} countries chosen, among all {total}: {finding}")
    return replace(chart, title=text.format(count=len(chosen), total=seen["iso3"].nunique(), finding=finding))


def _in_words(dataset: Dataset, indicator: Indicator, row: pd.Series) -> str:
    """Return what is known of one country inside a sentence; where nothing is, whether something is known in part."""
    if row["status"] == NO_EVIDENCE:
        return missing_text(dataset, indicator, row["iso3"])
    text = says(indicator, row.to_dict())
    return text[:1].lower() + text[1:] if indicator.value_type is ValueType.CATEGORY else text


def _chosen_first(chart: Chart, chosen: list[str], indicator: Indicator, seen: pd.DataFrame) -> Chart:
    """Return a ranking with the chosen names above all others, and without the others that have no value."""
    drawn = chart.figure
    order = list(drawn.layout.yaxis.categoryarray or ())[::-1]
    if indicator.value_type is ValueType.CATEGORY or not order:
        return chart
    texts = dict(zip(drawn.layout.yaxis.tickvals or order[::-1], drawn.layout.yaxis.ticktext or order[::-1], strict=True))
    has_value = {language.country_name(iso3) for iso3 in seen.loc[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE), "iso3"]}
    first, rest = [name for name in order if name in chosen], [name for name in order if name not in chosen and name in has_value]
    left_out = [name for name in order if name not in {*first, *rest}]
    for trace in drawn.data:
        if trace.y is not None and any(name in left_out for name in trace.y):
            _keep(trace, [name not in left_out for name in trace.y])
    drawn.data = [trace for trace in drawn.data if trace.y is None or len(trace.y)]
    between = [_BETWEEN] if first and rest else []
    top_down = [*first, *between, *rest]
    told = {**{name: f"<b>{texts[name]}</b>" for name in first}, **dict.fromkeys(between, f"<i>{_('the others')}</i>")}
    labels = [told.get(name, texts.get(name, name)) for name in top_down]
    drawn.update_yaxes(categoryarray=top_down[::-1], tickmode="array", tickvals=top_down[::-1], ticktext=labels[::-1])
    if between:  # also where nothing of it is drawn, the row takes its place
        drawn.update_yaxes(range=[-0.5, len(top_down) - 0.5])
    drawn.update_layout(height=max(120, drawn.layout.height + _ROW * (len(between) - len(left_out))))
    if not left_out:
        return chart
    note = ngettext(
        "{count} other country without a value is in the table.", "{count} other countries without a value are in the table.", len(left_out)
    ).format(count=len(left_out))
    return replace(chart, caveat=f"{chart.caveat} {note}".strip())


def _keep(trace: go.Bar | go.Scatter, kept: list[bool]) -> None:
    """Leave out some marks of a trace, with all that is said of them."""
    for name in ("x", "y", "text", "hovertext", "customdata"):
        values = trace[name]
        if values is not None and not isinstance(values, str):
            trace[name] = [value for value, stays in zip(values, kept, strict=True) if stays]


def _rank(indicator: Indicator, seen: pd.DataFrame, own: pd.Series) -> str:
    """Return the place of one country among the others that have a value, equal ones on the same place; bounds have none."""
    if own["label"] in BOUND_LABELS:
        text = _("{country}: {value}, a bound, which has no rank")
        return text.format(country=language.country_name(own["iso3"]), value=value_text(indicator, own["value"], own["label"]))
    have = seen[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE)]
    from_lowest = indicator.direction < 0
    before = bars.certainly_before(have, own["value"], not from_lowest)
    text = (
        _("{country}: {value}, place {place} of {count} countries with a value, from the lowest")
        if from_lowest
        else _("{country}: {value}, place {place} of {count} countries with a value, from the highest")
    )
    return text.format(country=language.country_name(own["iso3"]), value=value_text(indicator, own["value"], own["label"]), place=before + 1, count=len(have))
