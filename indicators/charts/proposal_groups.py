"""A proposal within income groups: whether those that have it are ahead of those alike in income; and where it is found."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, get
from indicators.charts import leading, maps, squares
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.proposal_dots import STANDING_TEXTS, comparisons, verdict
from indicators.charts.template import Style, figure
from indicators.charts.wording import provenance, source_line, value_text
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import proposals
from indicators.measures.proposals import APART, EVERYBODY, HAS, LEAST, NO_EVIDENCE, NOT, PROPOSALS
from indicators.observations import fact_ids

_VERDICT_TEXTS = {
    "ahead": mark("better where they have it"),
    "behind": mark("worse where they have it"),
    "level": mark("equal"),
    "": mark("can't be compared"),
}
_GROUP_TEXTS = {EVERYBODY: mark("All countries"), **{code: text for code, text in INCOME_TEXTS.items() if code}}
# The groups as they stand inside a sentence.
IN_SENTENCE = {
    "HIC": mark("high-income countries"),
    "UMC": mark("upper-middle-income countries"),
    "LMC": mark("lower-middle-income countries"),
    "LIC": mark("low-income countries"),
}
_COLUMN = 150  # pixels


def within_groups(dataset: Dataset, proposal_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return for each indicator and income group the medians of both sides, where each has at least LEAST countries."""
    cells = _cells(dataset, proposal_id, countries)
    rows, columns = [_(get(one).short_title) for one in cells["indicator_id"].unique()], [_(text) for text in _GROUP_TEXTS.values()]
    built = squares.grid(style, columns, rows, row_height=46)
    built.layout.annotations = ()
    built.update_layout(margin={"l": 8, "r": 16, "t": 40, "b": 8}, showlegend=False, height=46 * len(rows) + 60)
    built.update_yaxes(showgrid=False)  # a line would run through the words
    built.update_xaxes(tickangle=0, range=[-0.3, len(columns) - 0.15])
    colours = {"ahead": style.accent, "behind": style.income["LIC"], "level": style.muted, "": style.paper}
    for word, text in _VERDICT_TEXTS.items():
        own = cells[(cells["verdict"] == word) & (cells["total"] > 0)]
        if own.empty:
            continue
        built.add_trace(
            go.Scatter(
                x=own["column"],
                y=own["row"],
                mode="markers+text",
                marker={"symbol": "square", "size": 15, "color": colours[word], "line": {"color": style.muted, "width": 1}},
                text=own["text"],
                textposition="middle right",
                textfont={"size": 12, "color": style.ink if word else style.muted},
                hovertext=own["hover"],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=own["key"].tolist(),
                name=_(text),
                cliponaxis=False,
            )
        )
    has_worked = PROPOSALS[proposal_id].has_worked
    title = _finding(cells) if has_worked else _("In trials only, which can't have moved access yet: nothing is compared within income groups")
    return Chart(
        id=f"proposal-groups-{proposal_id}",
        title=title,
        subtitle=_("{proposal}: median where they have it against median without evidence of it, by World Bank income group").format(
            proposal=_(PROPOSALS[proposal_id].title)
        ),
        figure=built,
        alt=title + ". " + " ".join(cells.loc[cells["verdict"] != "", "says"]),
        table=_table(dataset, cells),
        fact_ids=fact_ids(*cells["fact_ids"]),
        caveat=_("Compared only where both sides have {least} countries or more with an exact figure.").format(least=LEAST) if has_worked else "",
        minimum_width=240 + _COLUMN * len(columns),
        is_empty=not cells["total"].any(),
        legend=tuple((_(text), colours[word]) for word, text in _VERDICT_TEXTS.items() if ((cells["verdict"] == word) & (cells["total"] > 0)).any()),
        targets={row["key"]: Target(row["heading"], row["says"], row["fact_ids"]) for row in cells.to_dict("records")},
    )


def _cells(dataset: Dataset, proposal_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    cells = []
    for indicator_id, compared in comparisons(dataset, proposal_id, countries).items():
        indicator = get(indicator_id)
        for row in compared.to_dict("records"):
            word = verdict(indicator, row["difference"])
            group, measure = _(_GROUP_TEXTS[row["group"]]), _(indicator.short_title)
            heading = _("{measure}, {group}").format(measure=measure, group=group[:1].lower() + group[1:])
            told = _said(indicator, row, word) if PROPOSALS[proposal_id].has_worked else _too_early(row)
            cells.append(
                {
                    **row,
                    "indicator_id": indicator_id,
                    "key": f"{indicator_id}.{row['group']}",
                    "row": measure,
                    "column": group,
                    "verdict": word,
                    "text": "  " + (_short(indicator, row) if word else _("{have} and {without}").format(have=row["have"], without=row["without"])),
                    "heading": heading,
                    "says": told,
                    "hover": f"<b>{heading}</b><br>{told}",
                    "total": row["have"] + row["without"],
                }
            )
    return pd.DataFrame(cells)


def _short(indicator: Indicator, row: dict) -> str:
    """Return both medians without their unit, for beside a square."""
    have, without = (language.compact(row[side]) if abs(row[side]) >= 10_000 else language.number(row[side], indicator.decimals) for side in _SIDES)
    return _("{have} against {without}").format(have=have, without=without)


_SIDES = ("median_have", "median_without")


def _too_early(row: dict) -> str:
    return _("Not compared, for trials can't have moved access yet: {have} of those that have it and {without} of the others have an exact figure.").format(
        have=row["have"], without=row["without"]
    )


def _said(indicator: Indicator, row: dict, word: str) -> str:
    if not word:
        return _("Can't be compared: {have} of those that have it and {without} of the others have an exact figure; each side needs {least}.").format(
            have=row["have"], without=row["without"], least=LEAST
        )
    have, without = (value_text(indicator, row[side]) for side in _SIDES)
    return _("Median {have} where they have it (n = {n}), {without} without evidence of it (n = {m}): {verdict}.").format(
        have=have, without=without, n=row["have"], m=row["without"], verdict=_(_VERDICT_TEXTS[word])
    )


def _finding(cells: pd.DataFrame) -> str:
    within = cells[(cells["group"] != EVERYBODY) & (cells["verdict"] != "")]
    if within.empty:
        return _("Within income groups nothing can be compared: too few countries have a figure")
    ahead, total, groups = int((within["verdict"] == "ahead").sum()), len(within), set(within["group"])
    among = _(IN_SENTENCE[groups.pop()]) if len(groups) == 1 else _("countries of like income")
    text = ngettext(
        "Among {countries} the median is better where they have it in {ahead} of {total} comparison",
        "Among {countries} the median is better where they have it in {ahead} of {total} comparisons",
        total,
    ).format(countries=among, ahead=ahead, total=total)
    return text if groups else text + _("; no other income group has enough figures")


def _table(dataset: Dataset, cells: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Measure"): row["row"],
            _("Income group"): row["column"],
            _("Countries that have it"): row["have"],
            _("Median where they have it"): value_text(get(row["indicator_id"]), row["median_have"]),
            _("Countries without evidence of it"): row["without"],
            _("Median without evidence of it"): value_text(get(row["indicator_id"]), row["median_without"]),
            _("Compared"): _(_VERDICT_TEXTS[row["verdict"]]),
            **provenance(dataset, row["fact_ids"]),
        }
        for row in cells.to_dict("records")
    ]
    return pd.DataFrame(rows, index=cells["key"].tolist())


def proposal_map(dataset: Dataset, proposal_id: str, countries: tuple[str, ...], regions: tuple[str, ...], style: Style) -> Chart:
    """Return a map of the countries that have what is proposed, those kept apart, and those without evidence."""
    stood = proposals.standings(dataset, proposal_id)
    stood = maps.with_capitals(dataset, stood[stood["iso3"].isin(countries)])
    stood["hover"] = [
        f"<b>{language.country_name(row['iso3'])}</b><br>{_(STANDING_TEXTS[row['standing']])}"
        + (f"<br>{source_line(dataset, row['fact_ids'])}" if row["fact_ids"] else "")
        for row in stood.to_dict("records")
    ]
    built = figure(style, None, margin={"l": 0, "r": 0, "t": 0, "b": 46})
    built.update_geos(**maps.geo_layout(style, regions))
    colours = {NO_EVIDENCE: style.no_evidence, NOT: style.documented_none, APART: style.cover["case-by-case"], HAS: style.sequential[3]}
    for standing, colour in colours.items():
        own = stood[stood["standing"] == standing]
        if len(own):
            maps.areas(built, own.to_dict("records"), colour, _(STANDING_TEXTS[standing]), style)
    if len(stood) < len(dataset["countries"]):
        maps.areas(built, [], style.not_chosen, _("not chosen"), style)
    built.update_layout(legend={"y": -0.02, "yanchor": "top", "x": 0.5, "xanchor": "center", "traceorder": "normal", "font": {"size": 12, "color": style.ink}})
    counts = stood["standing"].value_counts()
    title = _map_finding(_(PROPOSALS[proposal_id].title), int(counts.get(HAS, 0)), int(counts.get(APART, 0)), len(stood))
    ordered = stood.assign(rank=stood["standing"].map({code: place for place, code in enumerate(STANDING_TEXTS)})).sort_values(["rank", "iso3"])
    return Chart(
        id=f"proposal-map-{proposal_id}",
        title=title,
        subtitle=_("{proposal}: what facts say of each country").format(proposal=_(PROPOSALS[proposal_id].title)),
        figure=built,
        alt=title + ". " + _("Countries without evidence: {count}.").format(count=int(counts.get(NO_EVIDENCE, 0))),
        table=_map_table(dataset, ordered),
        fact_ids=fact_ids(*stood["fact_ids"]),
        has_boundaries=True,
        is_empty=stood.empty,
        targets={
            row["iso3"]: Target(
                language.country_name(row["iso3"]), language.capitalised(_(STANDING_TEXTS[row["standing"]])), row["fact_ids"], place=row["iso3"]
            )
            for row in stood.to_dict("records")
        },
        leading=leading.of_names(leading.THOSE_THAT_HAVE_IT, stood.loc[stood["standing"] == HAS, "iso3"].tolist()),
    )


def _map_table(dataset: Dataset, ordered: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Stands to the proposal"): _(STANDING_TEXTS[row["standing"]]),
            **provenance(dataset, row["fact_ids"]),
        }
        for row in ordered.to_dict("records")
    ]
    return pd.DataFrame(rows, index=ordered["iso3"].tolist())


def _map_finding(name: str, have: int, apart: int, total: int) -> str:
    if not total:
        return _("No country passes these filters")
    text = ngettext("{name}: {have} of {total} countries has it", "{name}: {have} of {total} countries have it", have).format(name=name, have=have, total=total)
    if not apart:
        return text
    return text + ngettext(
        "; of {apart} more only a plan, a rule or an end is known", "; of {apart} more only a plan, a rule or an end is known", apart
    ).format(apart=apart)
