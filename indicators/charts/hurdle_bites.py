"""Where a hurdle bites most: the countries with the worst values of an indicator, and the spread within income groups."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, ValueType, get, observe
from indicators.charts import findings, squares
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.findings import Panel
from indicators.charts.hurdles import known_values
from indicators.charts.proposal_groups import IN_SENTENCE
from indicators.charts.template import Style, figure
from indicators.charts.value_classes import category_colours
from indicators.charts.wording import STATUS_TEXTS, category_text, hover, observation_table, observation_targets, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures.proposals import INEXACT
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

MOST = 12
_ROOM = 1.5  # the axis goes on beyond the longest bar, for the value beside it
MIXED = ("lowest-price",)  # kinds of price side by side: they have no common median
_LEAST = 3  # countries that an income group needs before its median is named


def bites(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the countries with the worst values by an indicator's direction, the worst first; at most MOST.

    A documented absence where more is better stands first, as a square of its own colour and never as zero. Countries
    without evidence are not judged. Raises ValueError for an indicator without a direction.
    """
    indicator = get(indicator_id)
    if not indicator.direction:
        raise ValueError(f"{indicator_id} has no direction")
    known, bounds = judged(indicator, known_values(dataset, indicator_id, countries))
    shown = known.head(MOST)
    built = _category_rows(dataset, indicator, shown, style) if indicator.value_type is ValueType.CATEGORY else _bars(dataset, indicator, shown, style)
    silent = len(set(countries)) - known["iso3"].nunique() - len(bounds)
    title = _finding(indicator, known)
    caveat = ngettext("{count} country has no evidence and is not judged.", "{count} countries have no evidence and are not judged.", silent)
    parts = [caveat.format(count=silent)] if silent else []
    if len(bounds):
        text = ngettext(
            "Of {count} country only a bound is known, behind which it may do better: it is not judged.",
            "Of {count} countries only a bound is known, behind which they may do better: they are not judged.",
            len(bounds),
        )
        parts.append(text.format(count=len(bounds)))
    table = observation_table(dataset, indicator, known)
    return Chart(
        id=f"bites-{indicator_id}",
        title=title,
        subtitle=_("{measure}: the worst for patients first").format(measure=_(indicator.title)) + _unit(indicator),
        figure=built,
        alt=" ".join([title + ".", *parts]),
        table=table.reindex(known["iso3"].tolist()) if len(known) else table,
        fact_ids=fact_ids(*known["fact_ids"]),
        caveat=" ".join(parts),
        rest=len(known) - len(shown),
        is_empty=known.empty,
        legend=() if indicator.value_type is ValueType.CATEGORY else tuple((trace.name, trace.marker.color) for trace in built.data),
        targets=observation_targets(indicator, known),
    )


def judged(indicator: Indicator, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that can be called bad, and those of which only a bound is known that leaves room for better."""
    open_upwards = ("at-least", "range", "bound") if indicator.direction > 0 else ("at-most", "bound")
    is_open = known["label"].isin(open_upwards) & (indicator.value_type is ValueType.NUMBER)
    return known[~is_open], known[is_open]


def _unit(indicator: Indicator) -> str:
    return f" ({_(indicator.unit)})" if indicator.unit and indicator.value_type is ValueType.NUMBER else ""


def _finding(indicator: Indicator, known: pd.DataFrame) -> str:
    """Return where the measure is worst; it names the measure, for the title must be understood where no hurdle stands above it."""
    total, measure = known["iso3"].nunique(), _(indicator.short_title)
    if not total:
        return _("{measure}: no country here has evidence").format(measure=measure)
    worst = known.iloc[0]
    none = bool(worst["is_none"])
    equal = known[known["is_none"]] if none else known[known["value"] == worst["value"]]
    value = _(STATUS_TEXTS[DOCUMENTED_NONE]) if none else value_text(indicator, worst["value"], worst["label"])
    if total == 1:
        text = _("{measure} in {country}: {value}; no other country here has evidence to set beside it")
        return text.format(measure=measure, country=language.in_sentence(worst["iso3"]), value=value)
    if len(equal) == total:
        return _("{measure}: all {total} countries with evidence say the same, {value}; none stands out").format(measure=measure, total=total, value=value)
    if len(equal) == 1:
        text = _("{measure}: worst in {country} of {total} countries with evidence, {value}")
        return text.format(measure=measure, total=total, country=language.in_sentence(worst["iso3"]), value=value)
    text = _("{measure}: {count} of {total} countries with evidence share the worst answer, {value}")
    return text.format(measure=measure, total=total, count=len(equal), value=value)


def _bars(dataset: Dataset, indicator: Indicator, shown: pd.DataFrame, style: Style) -> go.Figure:
    built = figure(style, max(120, 26 * len(shown) + 30), margin={"l": 8, "r": 16, "t": 8, "b": 8})
    income = shown["iso3"].map(dataset["countries"].set_index("iso3")["wb_income_group"]).fillna("")
    shared = {"textfont": {"size": 13}, "cliponaxis": False, "hovertemplate": "%{hovertext}<extra></extra>"}
    for code, text in INCOME_TEXTS.items():
        part = shown[(income == code) & ~shown["is_none"]]
        if part.empty:
            continue
        marks = {
            **shared,
            "x": part["value"],
            "y": part["name"],
            "marker": {"color": style.income[code]},
            "name": _(text),
            "text": [value_text(indicator, row["value"], row["label"], short=True) for row in part.to_dict("records")],
            "hovertext": [hover(dataset, indicator, row) for row in part.to_dict("records")],
            "customdata": part["iso3"].tolist(),
        }
        if indicator.value_type is ValueType.NUMBER:
            built.add_trace(go.Bar(**marks, orientation="h", textposition="outside"))
        else:
            built.add_trace(go.Scatter(**marks, mode="markers+text", marker_size=11, textposition="middle right"))
    absent = shown[shown["is_none"]]
    if len(absent):
        built.add_trace(
            go.Scatter(
                **shared,
                x=[0] * len(absent),
                y=absent["name"],
                mode="markers+text",
                marker={"symbol": "square", "size": 12, "color": style.documented_none, "line": {"color": style.muted, "width": 1}},
                name=_(STATUS_TEXTS[DOCUMENTED_NONE]),
                text=[_(STATUS_TEXTS[DOCUMENTED_NONE])] * len(absent),
                textposition="middle right",
                hovertext=[hover(dataset, indicator, row) for row in absent.to_dict("records")],
                customdata=absent["iso3"].tolist(),
            )
        )
    built.update_layout(bargap=0.28, barmode="overlay", showlegend=True)
    built.update_yaxes(categoryorder="array", categoryarray=shown["name"].tolist()[::-1], dtick=1, showgrid=False, tickfont={"size": 13, "color": style.ink})
    if indicator.value_type is ValueType.NUMBER:
        top = shown.loc[~shown["is_none"], "value"].max()
        built.update_xaxes(showticklabels=False, showgrid=False, range=[0, (top if top > 0 else 1.0) * _ROOM])
    else:
        built.update_xaxes(tickformat="d", dtick=2, tickangle=0)
    return built


def _category_rows(dataset: Dataset, indicator: Indicator, shown: pd.DataFrame, style: Style) -> go.Figure:
    """Return a square for each country, with its answer in words: a category has no length."""
    built = figure(style, max(120, 26 * len(shown) + 60), margin={"l": 8, "r": 24, "t": 12, "b": 8}, showlegend=False)
    colours = category_colours(indicator, style)
    built.add_trace(
        go.Scatter(
            x=[0] * len(shown),
            y=shown["name"],
            mode="markers+text",
            marker={"symbol": "square", "size": 15, "color": [colours[code] for code in shown["label"]], "line": {"color": style.muted, "width": 1}},
            text=["  " + category_text(indicator, code) for code in shown["label"]],
            textposition="middle right",
            textfont={"size": 13},
            hovertext=[hover(dataset, indicator, row) for row in shown.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=shown["iso3"].tolist(),
        )
    )
    built.update_xaxes(visible=False, range=[-0.05, 1])
    built.update_yaxes(categoryorder="array", categoryarray=shown["name"].tolist()[::-1], dtick=1, showgrid=False, tickfont={"size": 13, "color": style.ink})
    return built


def spread(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how an indicator spreads within each World Bank income group: a dot a country, or for a category its counts.

    Medians are of exact figures; bounds and approximations are open dots. Documented absences and missing evidence
    have no dot, and are counted beside each group.
    """
    indicator = get(indicator_id)
    seen = observe(dataset, indicator_id)
    income = dataset["countries"].set_index("iso3")["wb_income_group"]
    seen = seen[seen["iso3"].isin(countries)]
    seen = seen.assign(income=seen["iso3"].map(income).fillna(""))
    groups = [code for code in INCOME_TEXTS if (seen["income"] == code).any()]
    is_category = indicator.value_type is ValueType.CATEGORY
    known = seen[seen["value"].notna() & ((seen["status"] != DOCUMENTED_NONE) | is_category)]
    exact = known[~known["label"].isin(INEXACT)]
    in_groups = {code: exact.loc[exact["income"] == code, "value"] for code in groups}
    medians = {} if is_category or indicator_id in MIXED else {code: float(own.median()) for code, own in in_groups.items() if len(own) >= _LEAST}
    built = _counts(indicator, seen, known, groups, style) if is_category else _dots(dataset, indicator, seen, known, medians, groups, style)
    finding = _counted(known, groups) if is_category else _spread_finding(indicator, medians, known)
    title = _("{measure}: {finding}").format(measure=_(indicator.short_title), finding=finding)
    silent = int((seen["status"] == NO_EVIDENCE).sum())
    targets = observation_targets(indicator, seen)
    if is_category:
        targets |= _count_targets(indicator, known, groups)
    return Chart(
        id=f"spread-{indicator_id}",
        title=title,
        subtitle=_("{measure}, by World Bank income group").format(measure=_(indicator.title)) + _unit(indicator),
        figure=built,
        alt=title + ". " + ngettext("{count} country has no evidence.", "{count} countries have no evidence.", silent).format(count=silent),
        table=observation_table(dataset, indicator, seen),
        fact_ids=fact_ids(*seen["fact_ids"]),
        minimum_width=520 if is_category else 0,
        is_empty=known.empty,
        targets=targets,
    )


def _dots(
    dataset: Dataset, indicator: Indicator, seen: pd.DataFrame, known: pd.DataFrame, medians: dict[str, float], groups: list[str], style: Style
) -> go.Figure:
    labels = []
    for code in groups:
        silent = int(((seen["income"] == code) & (seen["status"] == NO_EVIDENCE)).sum())
        have = int((known["income"] == code).sum())
        labels.append(f"{_(INCOME_TEXTS[code])}<br>" + _("{have} known, {silent} no evidence").format(have=have, silent=silent))
    built = findings.panels(style, [Panel("", tuple("" for _code in groups))], row_height=46)
    built.update_layout(showlegend=False)
    built.update_yaxes(ticktext=labels[::-1], tickfont={"size": 12, "color": style.ink})
    if indicator.value_type is ValueType.DATE:
        built.update_xaxes(rangemode="normal", tickformat="d", dtick=2)
    elif len(known):
        built.update_xaxes(range=findings.scale(float(known["value"].max()) or 1.0))
    for place, code in enumerate(groups):
        height = len(groups) - 1 - place
        own = known[known["income"] == code].sort_values("value")
        if code in medians:
            bar = {"symbol": "line-ns", "size": 28, "color": style.ink, "line": {"color": style.ink, "width": 2.5}}
            text = value_text(indicator, medians[code], "", short=True) if indicator.value_type is ValueType.NUMBER else str(int(medians[code]))
            label = {"text": [text], "textposition": "top center", "textfont": {"size": 12}}
            built.add_trace(go.Scatter(x=[medians[code]], y=[height], mode="markers+text", marker=bar, hoverinfo="skip", cliponaxis=False, **label))
        if own.empty:
            continue
        is_open = own["label"].isin(INEXACT)
        colour = style.income[code]
        built.add_trace(
            go.Scatter(
                x=own["value"],
                y=[height + (number % 3 - 1) * 0.16 for number in range(len(own))],  # three lanes, so that neighbours stay apart
                mode="markers",
                marker={
                    "size": 10,
                    "color": [style.paper if one else colour for one in is_open],
                    "line": {"color": [colour if one else style.paper for one in is_open], "width": [2 if one else 1 for one in is_open]},
                },
                hovertext=[hover(dataset, indicator, row) for row in own.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=own["iso3"].tolist(),
                cliponaxis=False,
            )
        )
    return built


def _spread_finding(indicator: Indicator, medians: dict[str, float], known: pd.DataFrame) -> str:
    named = {code: value for code, value in medians.items() if code in IN_SENTENCE}
    if known.empty:
        return _("no country here has a figure")
    if indicator.id in MIXED:
        return _("prices of several kinds, of which no median is named")
    if not named:
        return _("too few exact figures to name a median for any income group")

    def text(code: str) -> str:
        return str(int(named[code])) if indicator.value_type is ValueType.DATE else value_text(indicator, named[code])

    if len(named) == 1:
        only = next(iter(named))
        return _("median of {value} in {group}; no other income group has {least} exact figures").format(
            value=text(only), group=_(IN_SENTENCE[only]), least=_LEAST
        )
    low, high = min(named, key=lambda code: named[code]), max(named, key=lambda code: named[code])
    if named[low] == named[high]:
        return _("the same median, {value}, in each income group with enough figures").format(value=text(low))
    return _("from a median of {low} in {lowest} to {high} in {highest}").format(
        low=text(low), lowest=_(IN_SENTENCE[low]), high=text(high), highest=_(IN_SENTENCE[high])
    )


def _counts(indicator: Indicator, seen: pd.DataFrame, known: pd.DataFrame, groups: list[str], style: Style) -> go.Figure:
    codes = [code for code, _text in indicator.categories if (known["label"] == code).any()]
    columns, rows = [category_text(indicator, code) for code in codes], [_(INCOME_TEXTS[code]) for code in groups]
    built = squares.grid(style, columns, rows, row_height=40)
    built.layout.annotations = ()
    built.update_layout(margin={"l": 8, "r": 90, "t": 40, "b": 8}, showlegend=False)
    colours = category_colours(indicator, style)
    for code, column in zip(codes, columns, strict=True):
        counts = {group: int(((known["label"] == code) & (known["income"] == group)).sum()) for group in groups}
        present = [group for group in groups if counts[group]]
        names = [_(INCOME_TEXTS[group]) for group in present]
        hovers = [f"<b>{name}</b><br>" + _("{what}: {count}").format(what=column, count=counts[group]) for name, group in zip(names, present, strict=True)]
        keys = [f"{group or 'other'}.{code}" for group in present]
        texts = [str(counts[group]) for group in present]
        built.add_trace(squares.squares(style, [column] * len(present), names, colours[code], texts, hovers, keys, column, 28))
    return built


def _counted(known: pd.DataFrame, groups: list[str]) -> str:
    counts = {code: int((known["income"] == code).sum()) for code in groups if code in IN_SENTENCE}
    if not sum(counts.values()):
        return _("no country here has an answer")
    most = max(counts, key=lambda code: counts[code])
    text = ngettext("{total} country has an answer", "{total} countries have an answer", len(known)).format(total=len(known))
    return text if len(known) == 1 else text + _("; {most} are {group}").format(most=counts[most], group=_(IN_SENTENCE[most]))


def _count_targets(indicator: Indicator, known: pd.DataFrame, groups: list[str]) -> dict[str, Target]:
    targets = {}
    for group in groups:
        for code, own in known[known["income"] == group].groupby("label"):
            heading = _("{measure}, {group}").format(measure=_(indicator.short_title), group=_(INCOME_TEXTS[group]).lower())
            names = ", ".join(sorted(own["iso3"].map(language.country_name)))
            says = _("{what}: {count}").format(what=category_text(indicator, str(code)), count=len(own)) + f" ({names})"
            targets[f"{group or 'other'}.{code}"] = Target(heading, says, fact_ids(*own["fact_ids"]))
    return targets
