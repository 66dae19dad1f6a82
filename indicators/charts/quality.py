"""The dataset about itself: how well sourced and how old its facts are, and how many countries each domain reaches."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from indicators import audit, audit_report, language
from indicators.audit_report import share_text
from indicators.catalog import DOMAIN_TITLES, Domain
from indicators.charts.chart import Chart
from indicators.charts.template import Style, figure, readable_on
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.tables import CURATED_TABLES, GRADES, TABLES

_LABEL_FROM = 0.07  # share of the bar's length from which its number fits inside


def grades_by_table(dataset: Dataset, style: Style) -> Chart:
    """Return the share of each grade among the facts of every table that people collect, the best sourced table first."""
    frame = audit.by_table(dataset).set_index("table").loc[[*CURATED_TABLES]].sort_values(["good", "facts"])
    whole = audit.sourcing(dataset)
    title = _("{share} of the facts rest on grades A to C, {read} on such a text that we read").format(
        share=share_text(whole.good), read=share_text(whole.read)
    )
    names = [_("Grade {grade}").format(grade=grade) for grade in GRADES]
    built = _shares(style, frame[[*GRADES]].set_axis(names, axis=1), [style.sequential[4], style.sequential[3], style.sequential[1], style.documented_none])
    rows = "; ".join(_("{table}: {share}").format(table=_(TABLES[name].title), share=share_text(row["good"])) for name, row in frame[::-1].iterrows())
    return Chart(
        id="grades-by-table",
        title=title,
        subtitle=_("Facts collected one by one, by the best grade of their sources, share of each table; the rest of A to C was read in transcriptions"),
        figure=built,
        alt=title + ". " + _("Share of grades A to C by table: {rows}.").format(rows=rows),
        table=audit_report.tables_table(dataset),
        fact_ids=(),
    )


def age_by_table(dataset: Dataset, style: Style) -> Chart:
    """Return the share of facts by the age of their newest source, for every table that people collect."""
    ages = audit.by_age(dataset).set_index("table").loc[[*CURATED_TABLES]]
    young = ages[[*audit.AGE_TEXTS[:3]]].sum(axis=1)
    order = (young / ages.sum(axis=1)).sort_values(kind="stable").index
    total, recent = int(ages.sum().sum()), int(young.sum())
    title = _("{share} of the facts have a source of the last two years").format(share=share_text(recent / total if total else float("nan")))
    colours = [*style.sequential[::-1], style.no_evidence]
    built = _shares(style, ages.loc[order].set_axis([_(text) for text in audit.AGE_TEXTS], axis=1), colours)
    return Chart(
        id="age-by-table",
        title=title,
        subtitle=_("Facts collected one by one, by the age of their newest source, share of each table"),
        figure=built,
        alt=title + ". " + _("Facts without a dated source: {count}.").format(count=language.number(int(ages[audit.UNDATED].sum()))),
        table=audit_report.ages_table(dataset, "source_months"),
        fact_ids=(),
    )


def countries_by_domain(dataset: Dataset, style: Style) -> Chart:
    """Return how many countries have evidence in each domain, and for how many it is better than the press alone."""
    listed = audit.countries_by_domain(dataset)
    access = listed[~listed["domain"].isin([Domain.NEED, Domain.CONTEXT])]
    frame = listed.sort_values("countries", kind="stable").set_index("domain")
    most, least = access.loc[access["countries"].idxmax()], access.loc[access["countries"].idxmin()]
    if most["countries"] == least["countries"]:
        title = ngettext("Evidence reaches {count} country in each domain", "Evidence reaches {count} countries in each domain", int(most["countries"]))
        title = title.format(count=most["countries"])
    else:
        title = _("Evidence on {bottom} reaches {low} countries, on {top} {high}").format(
            low=least["countries"], bottom=_in_a_sentence(least["domain"]), high=most["countries"], top=_in_a_sentence(most["domain"])
        )
    built = figure(style, 40 * len(frame) + 70, barmode="stack", bargap=0.35)
    parts = (
        (frame["good"], _("with grades A to C"), _("{count} countries with grades A to C"), style.sequential[3]),
        (frame["countries"] - frame["good"], _("press alone"), _("{count} countries with the press alone"), style.documented_none),
    )
    names = [_text(domain) for domain in frame.index]
    for counts, text, hover, colour in parts:
        built.add_trace(
            go.Bar(
                x=counts,
                y=names,
                orientation="h",
                name=text,
                marker_color=colour,
                hovertemplate="<b>%{y}</b><br>" + hover.format(count="%{x}") + "<extra></extra>",
            )
        )
    ends = [language.number(count) for count in frame["countries"]]
    built.add_trace(
        go.Scatter(x=frame["countries"], y=names, mode="text", text=ends, textposition="middle right", hoverinfo="skip", showlegend=False, cliponaxis=False)
    )
    built.update_layout(margin={"l": 8, "r": 40, "t": 34, "b": 8}, legend_traceorder="normal")
    built.update_xaxes(showticklabels=False, showgrid=False, rangemode="tozero")
    built.update_yaxes(showgrid=False, tickfont={"size": 13, "color": style.ink})
    return Chart(
        id="countries-by-domain",
        title=title,
        subtitle=_("Countries with at least one fact, by domain; a European decision counts for each country that it holds in"),
        figure=built,
        alt=title + ". " + "; ".join(f"{_text(row.domain)}: {row.countries}" for row in listed.itertuples()) + ".",
        table=audit_report.domains_table(dataset),
        fact_ids=(),
    )


_DOMAINS_IN_A_SENTENCE = {
    Domain.APPROVALS: mark("approvals"),
    Domain.PRICES: mark("prices"),
    Domain.REIMBURSEMENT: mark("payment"),
    Domain.MANUFACTURING: mark("manufacture"),
    Domain.CARE: mark("care"),
}


def _in_a_sentence(domain: Domain) -> str:
    return _(_DOMAINS_IN_A_SENTENCE[domain])


def _text(domain: Domain) -> str:
    return _(DOMAIN_TITLES[domain])


def _shares(style: Style, counts: pd.DataFrame, colours: Sequence[str]) -> go.Figure:
    """Return stacked bars of equal length: one a row of ``counts`` (indexed by table), one part a column."""
    totals = counts.sum(axis=1).clip(lower=1)
    names = [_(TABLES[str(name)].title) for name in counts.index]
    built = figure(style, 34 * len(counts) + 70, barmode="stack", bargap=0.3)
    for (text, column), colour in zip(counts.items(), colours, strict=True):
        shares = column / totals
        built.add_trace(
            go.Bar(
                x=shares,
                y=names,
                orientation="h",
                name=str(text),
                marker={
                    "color": colour,
                    "line": {"color": style.paper, "width": 1},
                    # What has no date is no shade of old.
                    "pattern": {"shape": "/" if colour == style.no_evidence else "", "fgcolor": style.muted, "size": 6, "solidity": 0.2},
                },
                insidetextfont={"color": readable_on(colour)},
                text=[language.number(count) if share >= _LABEL_FROM else "" for count, share in zip(column, shares, strict=True)],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                customdata=column,
                hovertemplate="<b>%{y}</b><br>" + str(text) + ": %{customdata} (%{x:.0%})<extra></extra>",
            )
        )
    built.update_layout(margin={"l": 8, "r": 8, "t": 34, "b": 8}, legend_traceorder="normal")
    built.update_xaxes(showticklabels=False, showgrid=False, range=[0, 1])
    built.update_yaxes(showgrid=False, tickfont={"size": 13, "color": style.ink})
    return built
