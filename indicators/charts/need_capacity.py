"""Need against capacity: new cases of the cancers that CAR-T treats beside centres or patients treated."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, get, observe
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, axis_style, figure
from indicators.charts.wording import STATUS_TEXTS, provenance, says, source_line, value_text
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.observations import BOUND_LABELS, DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

AGAINST = ("centres-per-10-million", "patients-per-million", "treatment-rate")
NEED = "new-cases-three-cancers"
_LANES = (NO_EVIDENCE, DOCUMENTED_NONE)
_LEAST_CASES = 10  # with fewer a year a country is in the table only: it would stretch the axis for next to no need
_MOST_COMPARED = 10  # countries with the most new cases, among which the lowest is named
# What a label takes of the figure's width (a letter) and height (a line), so that no two overlap.
_LETTER, _LINE = 0.0085, 0.05
_LANE_LABELS = 16  # countries of a lane, those with the most cases, that get a name if there is room
_SYMBOLS = {"at-least": "triangle-up", "at-most": "triangle-down"}  # a triangle points to where a bound leaves room


def need_against(dataset: Dataset, countries: tuple[str, ...], against: str, style: Style) -> Chart:
    """Return new cases a year (logarithmic) against an indicator of capacity, one of AGAINST; a dot is a country.

    Countries without evidence, and those where a source documents that there is none, have lanes of their own below
    the axis: they are never drawn as zero. Countries without an estimate of new cases are left out.
    """
    capacity = get(against)
    points = _points(dataset, countries, against)
    drawn = points[points["cases"] >= _LEAST_CASES]
    have = points[~points["status"].isin([NO_EVIDENCE, DOCUMENTED_NONE])]
    lanes = [status for status in _LANES if (drawn["status"] == status).any()]
    built = figure(style, 560, margin={"l": 8, "r": 24, "t": 16, "b": 8}, showlegend=False)
    built.update_layout(
        yaxis={
            **axis_style(style),
            "domain": [0.27 if lanes else 0, 1],
            "rangemode": "tozero",
            "title": {"text": _(capacity.unit), "font": {"size": 13, "color": style.muted}},
        },
        yaxis2={
            **axis_style(style),
            "domain": [0, 0.21],
            "range": [-0.75, max(len(lanes) - 0.25, 0.75)],
            "tickvals": list(range(len(lanes))),
            "ticktext": [_(STATUS_TEXTS[status]) for status in lanes],
            "visible": bool(lanes),
        },
    )
    most = float(have["value"].max()) if len(have) else 1.0
    built.update_layout(yaxis_range=[0, most * 1.08])
    low, high = _decades(drawn)
    ticks = [10.0**power for power in range(math.ceil(low), math.floor(high) + 1)]
    built.update_xaxes(
        type="log",
        range=[low, high],
        anchor="y2" if lanes else "y",
        tickvals=ticks,
        ticktext=[language.compact(tick) if tick >= 1000 else language.number(tick) for tick in ticks],
        title={"text": _("new cases a year of lymphoma, leukaemia and myeloma (logarithmic scale)"), "font": {"size": 13, "color": style.muted}},
    )
    named = _labelled(have, low, high, most * 1.08)
    for code, text in INCOME_TEXTS.items():
        group = have[(have["group"] == code) & (have["cases"] >= _LEAST_CASES)]
        if len(group):
            built.add_trace(_dots(dataset, capacity, group, style.income[code], _(text), named, group["value"].tolist(), style))
    for lane, status in enumerate(lanes):
        group = drawn[drawn["status"] == status].sort_values("cases", ascending=False)
        above, below = _lane_labels(group, low, high)
        marks = _dots(dataset, capacity, group, "", _(STATUS_TEXTS[status]), above | below, [float(lane)] * len(group), style)
        marks.update(yaxis="y2", marker={"color": [style.income[code] for code in group["group"]], "size": 7, "opacity": 0.75, "symbol": "circle"})
        marks.update(textposition=["bottom center" if iso3 in below else "top center" for iso3 in group["iso3"]])
        built.add_trace(marks)
    title = _finding(capacity, points, have)
    return Chart(
        id=f"need-{against}",
        title=title,
        subtitle=_("{capacity}, against new cases a year of the three cancers; colour is the income group").format(capacity=_(capacity.title)),
        figure=built,
        alt=title + ". " + _alt(capacity, points, have),
        table=_table(dataset, capacity, points),
        fact_ids=fact_ids(*points["fact_ids"]) if len(points) else (),
        caveat=_caveat(len(points) - len(drawn), bool(have["label"].isin(_SYMBOLS).any())),
        minimum_width=620,
        is_empty=points.empty,
        legend=tuple((_(text), style.income[code]) for code, text in INCOME_TEXTS.items() if (drawn["group"] == code).any()),
        targets={
            row["iso3"]: Target(language.country_name(row["iso3"]), _said(capacity, row), row["fact_ids"], against, row["iso3"])
            for row in points.to_dict("records")
        },
    )


def _caveat(left_out: int, has_bounds: bool) -> str:
    text = _("New cases are of whole groups of cancers, of which only a part ever needs CAR-T; new cases and capacity are of different years.")
    if has_bounds:
        text = _("Triangles point to where a bound leaves room.") + " " + text
    if left_out:
        few = ngettext(
            "{count} country with fewer than {least} new cases is not drawn, but listed in the atlas.",
            "{count} countries with fewer than {least} new cases are not drawn, but listed in the atlas.",
            left_out,
        )
        text += " " + few.format(count=left_out, least=_LEAST_CASES)
    return text


def _points(dataset: Dataset, countries: tuple[str, ...], against: str) -> pd.DataFrame:
    """Return the indicator's observations with ``cases``, ``case_year``, ``group`` and all facts, where new cases are known and not none."""
    cases = observe(dataset, NEED)
    cases = cases[cases["iso3"].isin(countries) & (cases["value"] > 0)]
    if cases.empty:
        return pd.DataFrame(columns=["iso3", "value", "status", "label", "fact_ids", "own_facts", "year", "cases", "case_year", "group"])
    cases = cases.rename(columns={"value": "cases", "year": "case_year", "fact_ids": "case_facts"})[["iso3", "cases", "case_year", "case_facts"]]
    seen = observe(dataset, against)
    joined = seen.reindex(columns=[*seen.columns, *({"year"} - set(seen.columns))]).merge(cases, on="iso3")
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    facts = [fact_ids(own, need) for own, need in zip(joined["fact_ids"], joined["case_facts"], strict=True)]
    return joined.assign(own_facts=joined["fact_ids"], fact_ids=facts, group=joined["iso3"].map(groups).fillna(""))


def _dots(
    dataset: Dataset, capacity: Indicator, group: pd.DataFrame, colour: str, name: str, named: set[str], heights: list[float], style: Style
) -> go.Scatter:
    return go.Scatter(
        x=group["cases"],
        y=heights,
        mode="markers+text",
        marker={
            "color": colour or style.muted,
            "size": 11,
            "line": {"color": style.paper, "width": 1},
            "symbol": [_SYMBOLS.get(label, "circle") for label in group["label"]],
        },
        text=[language.country_name(iso3) if iso3 in named else "" for iso3 in group["iso3"]],
        textposition="top center",
        textfont={"size": 12, "color": style.ink},
        cliponaxis=False,
        name=name,
        hovertext=[_hover(dataset, capacity, row) for row in group.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=group["iso3"].tolist(),
    )


def _hover(dataset: Dataset, capacity: Indicator, row: dict) -> str:
    lines = [
        f"<b>{language.country_name(row['iso3'])}</b>",
        _("{measure}: {value}").format(measure=_(capacity.short_title), value=says(capacity, row)),
        _("{count} new cases ({year})").format(count=language.number(row["cases"]), year=int(row["case_year"])),
        source_line(dataset, row["own_facts"] or row["fact_ids"]),
    ]
    return "<br>".join(lines)


def _said(capacity: Indicator, row: dict) -> str:
    return _("{value}; {count} new cases ({year})").format(
        value=language.capitalised(says(capacity, row)), count=language.number(row["cases"]), year=int(row["case_year"])
    )


def _decades(points: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the logarithmic axis, as exponents, with some room: two decades at least."""
    if points.empty:
        return 1.0, 5.0
    low, high = math.log10(points["cases"].min()), math.log10(points["cases"].max())
    return min(low - 0.1, high - 2), high + 0.25


def _labelled(have: pd.DataFrame, low: float, high: float, most: float) -> set[str]:
    """Return the countries whose names find room above their dots: the largest need and the largest capacity first."""
    ranks = have["cases"].rank(ascending=False).combine(have["value"].rank(ascending=False), min)
    placed: list[tuple[float, float, float, float]] = []
    dots = [((math.log10(row["cases"]) - low) / (high - low), row["value"] / most) for row in have.to_dict("records")]
    named = set()
    for index in ranks.sort_values(kind="stable").index:
        row = have.loc[index]
        x, y = (math.log10(row["cases"]) - low) / (high - low), row["value"] / most
        half = len(language.country_name(row["iso3"])) * _LETTER / 2
        box = (x - half, x + half, y + 0.012, y + 0.012 + _LINE)
        hits_label = any(box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3] for other in placed)
        hits_dot = any(box[0] < at < box[1] and box[2] < height < box[3] for at, height in dots)
        if not hits_label and not hits_dot and box[1] < 1.02:
            placed.append(box)
            named.add(str(row["iso3"]))
    return named


def _lane_labels(group: pd.DataFrame, low: float, high: float) -> tuple[set[str], set[str]]:
    """Return the countries of a lane, the largest need first, whose names find room above it, and those below it."""
    sides: list[tuple[set[str], list[tuple[float, float]]]] = [(set(), []), (set(), [])]
    for row in group.head(_LANE_LABELS).to_dict("records"):
        x = (math.log10(row["cases"]) - low) / (high - low)
        half = len(language.country_name(row["iso3"])) * _LETTER / 2 + 0.005
        for named, spans in sides:
            if x + half < 1.04 and all(x + half < start or x - half > end for start, end in spans):
                spans.append((x - half, x + half))
                named.add(row["iso3"])
                break
    return sides[0][0], sides[1][0]


def _finding(capacity: Indicator, points: pd.DataFrame, have: pd.DataFrame) -> str:
    """Return where need meets no known capacity, and which of the countries with the largest need has the least."""
    if points.empty:
        return _("No estimate of new cases is known here")
    unknown = points[points["status"] == NO_EVIDENCE]
    measure = _(capacity.short_title)
    if have.empty:
        return _("{measure}: no figure is known here").format(measure=measure)
    if len(points) == 1:
        row = have.iloc[0].to_dict()
        return _("{country}: {value}, {count} new cases a year").format(
            country=language.country_name(row["iso3"]), value=value_text(capacity, row["value"], row["label"]), count=language.number(row["cases"])
        )
    if len(unknown):
        share = unknown["cases"].sum() / points["cases"].sum()
        title = ngettext(
            "{measure}: no evidence was found for {count} country, where {share} of the new cases occur",
            "{measure}: no evidence was found for {count} countries, where {share} of the new cases occur",
            len(unknown),
        ).format(measure=measure, count=len(unknown), share=language.percent(share))
    else:
        title = _("{measure}: known for all {count} countries").format(measure=measure, count=len(points))
    largest = have[have["label"] != "at-least"].nlargest(_MOST_COMPARED, "cases")  # who has "at least" little may have much
    if len(largest) < 2 or largest["value"].nunique() == 1:
        return title
    least = largest.loc[largest["value"].idxmin()]
    text = _("; of the {count} countries with the most cases and a figure that is no lower bound, {country} has the lowest, {value}")
    value = value_text(capacity, least["value"], least["label"], short=True)
    return title + text.format(count=len(largest), country=language.in_sentence(least["iso3"]), value=value)


def _alt(capacity: Indicator, points: pd.DataFrame, have: pd.DataFrame) -> str:
    if points.empty:
        return _("Nothing is drawn.")
    parts = []
    exact = have[~have["label"].isin(BOUND_LABELS)]  # who has "at least" little may have much
    if len(exact):
        high, low = exact.loc[exact["value"].idxmax()], exact.loc[exact["value"].idxmin()]
        parts.append(
            _("Highest: {country}, {value}.").format(country=language.country_name(high["iso3"]), value=value_text(capacity, high["value"], high["label"]))
        )
        parts.append(
            _("Lowest: {country}, {value}.").format(country=language.country_name(low["iso3"]), value=value_text(capacity, low["value"], low["label"]))
        )
    bounds = len(have) - len(exact)
    if bounds:
        text = ngettext("Of {count} country only a bound is known.", "Of {count} countries only a bound is known.", bounds)
        parts.append(text.format(count=bounds))
    counts = points["status"].value_counts()
    parts.append(
        _("Countries without evidence: {missing}; documented as none: {none}.").format(
            missing=int(counts.get(NO_EVIDENCE, 0)), none=int(counts.get(DOCUMENTED_NONE, 0))
        )
    )
    return " ".join(parts)


def _table(dataset: Dataset, capacity: Indicator, points: pd.DataFrame) -> pd.DataFrame:
    ordered = points.sort_values(["cases", "iso3"], ascending=[False, True])
    name = _("{measure} ({unit})").format(measure=_(capacity.short_title), unit=_(capacity.unit))
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Income group"): _(INCOME_TEXTS[row["group"]]),
            _("New cases a year"): int(row["cases"]),
            _("Year of the cases"): int(row["case_year"]),
            name: None if row["status"] in _LANES else round(float(row["value"]), capacity.decimals),
            _("Year"): None if pd.isna(row["year"]) else int(row["year"]),
            _("Status"): _(STATUS_TEXTS[row["status"]]),
            **provenance(dataset, row["fact_ids"]),
        }
        for row in ordered.to_dict("records")
    ]
    table = pd.DataFrame(rows, index=ordered["iso3"].tolist())
    return table.astype({_("Year"): "Int64"}) if len(table) else table
