"""The access cascade: dots per stage and income group, for the stages are not nested."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart
from indicators.charts.template import Style, figure
from indicators.dataset import Dataset
from indicators.jurisdictions import INCOME_GROUP_ORDER
from indicators.language import _, ngettext
from indicators.measures.cascade import ALL_GROUPS, STAGES, access_cascade
from indicators.observations import fact_ids


def cascade_chart(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the share of people who live in a country that has reached each stage, by income group and in total."""
    shares = access_cascade(dataset, countries)
    stages = list(STAGES)[::-1]
    built = figure(
        style, 380, margin={"l": 8, "r": 24, "t": 40, "b": 8}, legend_itemsizing="constant"
    )  # else all rows of the legend are as high as the longest bar
    height = {stage: float(number) for number, stage in enumerate(stages)}
    for stage in stages:
        part = shares[(shares["stage"] == stage) & (shares["group"] != ALL_GROUPS)]
        if len(part):
            built.add_trace(
                go.Scatter(
                    x=[part["share"].min(), part["share"].max()],
                    y=[height[stage]] * 2,
                    mode="lines",
                    line={"color": style.line, "width": 5},
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
    apart = _apart(shares[shares["group"] != ALL_GROUPS])
    for code in INCOME_GROUP_ORDER:
        part = shares[shares["group"] == code].set_index("stage")
        if part.empty:
            continue
        colour, name = style.income[code], _(INCOME_TEXTS[code])
        full = {"color": colour, "size": 14, "line": {"color": style.paper, "width": 1.5}}
        hollow = {"color": style.paper, "size": 12, "line": {"color": colour, "width": 2}}  # no country is known: not the same as none
        for marker, at in (
            (full, [stage for stage in stages if part.at[stage, "countries"]]),
            (hollow, [stage for stage in stages if not part.at[stage, "countries"]]),
        ):
            if not at and marker is hollow:
                continue
            built.add_trace(
                go.Scatter(
                    x=[part.at[stage, "share"] for stage in at] if at else [None],
                    y=[height[stage] + apart[stage, code] for stage in at] if at else [None],
                    mode="markers",
                    marker=marker,
                    name=name,
                    legendgroup=name,
                    showlegend=marker is full,
                    text=[_dot_hover(part.loc[stage], name) for stage in at],
                    hovertemplate="%{text}<extra></extra>",
                )
            )
    if (shares.loc[shares["group"] != ALL_GROUPS, "countries"] == 0).any():
        marker = {"color": style.paper, "size": 12, "line": {"color": style.muted, "width": 2}}
        built.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=_("none known")))
    total = shares[shares["group"] == ALL_GROUPS].set_index("stage")
    built.add_trace(
        go.Scatter(
            x=[total.at[stage, "share"] for stage in stages] if len(total) else [],
            y=[height[stage] for stage in stages] if len(total) else [],
            mode="markers+text",
            marker={"symbol": "line-ns", "size": 22, "line": {"color": style.ink, "width": 2.5}},
            text=[language.percent(total.at[stage, "share"] / 100) for stage in stages] if len(total) else [],
            textposition="top center",
            textfont={"size": 12, "color": style.ink},
            cliponaxis=False,
            name=_("All"),
            hovertext=[_dot_hover(total.loc[stage], _("All")) for stage in stages] if len(total) else [],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    ticks = [0, 25, 50, 75, 100]
    built.update_xaxes(range=[-3, 103], tickvals=ticks, ticktext=[language.percent(tick / 100) for tick in ticks])
    built.update_yaxes(
        showgrid=False,
        tickfont={"size": 13, "color": style.ink},
        tickvals=list(height.values()),
        ticktext=["<br>".join(_wrapped(_(STAGES[stage]))) for stage in stages],
        range=[-0.5, len(stages) - 0.4],
    )
    title = _finding(shares)
    return Chart(
        id="access-cascade",
        title=title,
        subtitle=_("Share of people living in a country that has reached each stage, by World Bank income group (%); no evidence counts as not reached"),
        figure=built,
        alt=title + ". " + _alt(total),
        table=_table(shares),
        fact_ids=fact_ids(*shares["fact_ids"]) if len(shares) else (),
        is_empty=shares.empty or not shares["share"].any(),
    )


def _apart(shares: pd.DataFrame, near: float = 2.5, step: float = 0.17) -> dict[tuple[str, str], float]:
    """Return how far each dot moves up or down so that dots of about the same share do not hide each other."""
    moved = {}
    for stage, part in shares.groupby("stage"):
        cluster: list[tuple[str, float]] = []
        for row in [*part.sort_values("share").itertuples(), None]:
            if row is not None and (not cluster or row.share - cluster[-1][1] <= near):
                cluster.append((row.group, row.share))
                continue
            for number, (group, _share) in enumerate(cluster):
                moved[str(stage), group] = (number - (len(cluster) - 1) / 2) * step
            cluster = [(row.group, row.share)] if row is not None else []
    return moved


def _wrapped(text: str, width: int = 16) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width and lines[-1]:
            lines.append("")
        lines[-1] = (lines[-1] + " " + word).strip()
    return lines


def _dot_hover(row: pd.Series, group: str) -> str:
    if not row["countries"]:
        text = ngettext(
            "<b>{group}</b><br>known of none of {total} country", "<b>{group}</b><br>known of none of {total} countries", int(row["countries_total"])
        )
        return text.format(group=group, total=int(row["countries_total"]))
    return _("<b>{group}</b><br>{share} of people: {count} of {total} countries").format(
        group=group, share=language.percent(row["share"] / 100, 1), count=int(row["countries"]), total=int(row["countries_total"])
    )


def _finding(shares: pd.DataFrame) -> str:
    if shares.empty:
        return _("No country in this selection")
    if not shares["share"].any():
        return _("No country here is known to have reached any stage")
    table = shares.pivot(index="stage", columns="group", values="share")
    total = table[ALL_GROUPS]
    approved, covered = (language.percent(total[stage] / 100) if total[stage] else _("none known") for stage in ("approved", "covered"))
    text = _("{approved} of people live where a product is approved, {covered} where public money pays for one").format(approved=approved, covered=covered)
    if "LIC" in table and (table["LIC"].round(1) == 0).all():
        text += _("; in low-income countries, none that is known")
    return text


def _alt(total: pd.DataFrame) -> str:
    return " ".join(
        _("{stage}: {share} of people, {count} countries.").format(
            stage=_(STAGES[str(stage)]), share=language.percent(row["share"] / 100), count=int(row["countries"])
        )
        for stage, row in total.iterrows()
    )


def _table(shares: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("Stage"): _(STAGES[row["stage"]]),
                _("Income group"): _("All") if row["group"] == ALL_GROUPS else _(INCOME_TEXTS[row["group"]]),
                _("Share of people (%)"): round(row["share"], 1),
                _("People"): int(row["people"]),
                _("Countries"): row["countries"],
                _("Countries in group"): row["countries_total"],
            }
            for row in shares.to_dict("records")
        ]
    )
