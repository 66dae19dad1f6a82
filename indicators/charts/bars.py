"""Rankings and trends of an indicator, and manufacturing sites by country."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Domain, Indicator, ValueType, get, observe
from indicators.charts import leading, squares
from indicators.charts.chart import Chart, Target
from indicators.charts.site_map import SITE_TYPE_TEXTS
from indicators.charts.template import Style, figure
from indicators.charts.value_classes import category_colours
from indicators.charts.wording import (
    STATUS_TEXTS,
    alt_text,
    hover,
    indicator_finding,
    observation_keys,
    observation_table,
    observation_targets,
    provenance,
    value_text,
)
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.observations import BOUND_LABELS, DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED, fact_ids

MOST_BARS = 30
MOST_WITHOUT_VALUE = 20
INCOME_TEXTS = {
    "HIC": mark("High income"),
    "UMC": mark("Upper middle income"),
    "LMC": mark("Lower middle income"),
    "LIC": mark("Low income"),
    "": mark("Unclassified"),
}
FIRST_YEAR = 2017


def ranking(dataset: Dataset, indicator_id: str, observations: pd.DataFrame, style: Style, always: tuple[str, ...] = ()) -> Chart:
    """Return countries in the order of an indicator, one bar each, coloured by income group; at most 30, the rest in the table.

    Countries of ``always`` are shown wherever they rank.

    A date is a dot in time, and all of them are shown. A category has no length: all its countries are listed, each with a
    square below its category, coloured as on the map. Ranks that are shared begin with an equals sign. A bound stands
    where its figure does, but has no rank: "at least 41" is not 41, and nobody knows above how many countries it belongs.
    A zero has a mark of its own, for its bar has no length. Below bars that are all there stand documented absences, and
    of few countries also those without evidence: neither is a zero.
    """
    indicator = get(indicator_id)
    if indicator.value_type is ValueType.CATEGORY:
        return _category_list(dataset, indicator, observations, style)
    have = leading.in_order(indicator, observations)
    is_number, best_first = indicator.value_type is ValueType.NUMBER, leading.is_best_first(indicator)
    # A cut must not fall inside a tie: those who are drawn and those who are not would be alike.
    drawn = have["value"].isin(have["value"].head(MOST_BARS)) if len(have) > MOST_BARS else pd.Series(True, index=have.index)
    shown = have[drawn | have["iso3"].isin(always)] if is_number else have  # of dates the last say most
    rest = len(have) - len(shown)
    # Below a list that is cut, countries without a value would read as those that come next.
    without = _without_value(observations if not rest else observations[observations["iso3"].isin(always)])
    without = without if is_number else without.head(0)
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    built = figure(style, max(120, 26 * (len(shown) + len(without)) + 60))
    order = [*shown["name"], *without["name"]][::-1]
    for code, text in INCOME_TEXTS.items():
        part = shown[shown["iso3"].map(groups).fillna("") == code]
        if part.empty:
            continue
        shared = {
            "x": part["value"],
            "y": part["name"],
            "marker": {"color": style.income[code]},
            "name": _(text),
            "text": [value_text(indicator, row["value"], row["label"], short=True) for row in part.to_dict("records")],
            "textfont": {"size": 13},
            "cliponaxis": False,
            "hovertext": [hover(dataset, indicator, row) for row in part.to_dict("records")],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "customdata": observation_keys(indicator, part),
        }
        if is_number:
            built.add_trace(go.Bar(**shared, orientation="h", textposition="outside"))
        else:  # a date is a place in time, not a length
            built.add_trace(go.Scatter(**shared, mode="markers+text", marker_size=11, textposition="middle right"))
    built.update_layout(bargap=0.28, barmode="overlay", margin={"l": 8, "r": 90, "t": 34, "b": 8})
    built.update_yaxes(categoryorder="array", categoryarray=order, dtick=1, showgrid=False, tickfont={"size": 13, "color": style.ink})
    notes = []
    if is_number:
        exact = have[~have["label"].isin(BOUND_LABELS)]
        ranks = [1 + certainly_before(have, value, best_first) for value in exact["value"]]
        tied = exact["value"].duplicated(keep=False)
        texts = {name: f"–  {name}" for name in have["name"]}
        texts |= {name: f"{'=' if tie else ''}{rank}  {name}" for name, rank, tie in zip(exact["name"], ranks, tied, strict=True)}
        built.update_yaxes(
            tickmode="array", tickvals=order, ticktext=[texts.get(name, name) for name in order], ticks="outside", ticklen=8, tickcolor="rgba(0,0,0,0)"
        )
        if tied.reindex(shown.index, fill_value=False).any():
            notes.append(_("An equals sign marks a tie."))
        if len(exact) < len(have):
            notes.append(_("A dash stands before a bound, which has no rank; others are ranked behind it only where it is certainly ahead of them."))
        _add_marks(dataset, built, indicator, shown[shown["value"] == 0], without, style)
        built.update_xaxes(showticklabels=False, showgrid=False, rangemode="tozero")
    else:
        built.update_xaxes(tickformat="d", tick0=2018, dtick=2, tickangle=0)
    return Chart(
        id=f"ranking-{indicator_id}",
        title=indicator_finding(indicator, observations),
        subtitle=_(indicator.title) + (f" ({_(indicator.unit)})" if indicator.unit and is_number else ""),
        figure=built,
        alt=alt_text(indicator, observations),
        table=observation_table(dataset, indicator, observations),
        fact_ids=fact_ids(*observations["fact_ids"]),
        caveat=" ".join(notes),
        rest=rest,
        is_empty=not observations["status"].isin([OBSERVED, DERIVED, DOCUMENTED_NONE]).any(),
        targets=observation_targets(indicator, observations),
    )


def certainly_before(have: pd.DataFrame, value: float, from_highest: bool) -> int:
    """Return how many countries stand before an exact value for certain: exact figures, and bounds that point away from it.

    ``have``: ``value``, ``label``. At least 50 is before 41 from the highest, at most 30 from the lowest; of other bounds
    and of ranges nobody knows.
    """
    beyond = have["value"] > value if from_highest else have["value"] < value
    return int((beyond & (~have["label"].isin(BOUND_LABELS) | (have["label"] == ("at-least" if from_highest else "at-most")))).sum())


def _without_value(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the documented absences when they are few, and of few countries also those without evidence; with ``name``."""
    absent = observations[observations["status"] == DOCUMENTED_NONE]
    missing = observations[observations["status"] == NO_EVIDENCE]
    parts = [*([absent] if len(absent) <= MOST_WITHOUT_VALUE else []), *([missing] if observations["iso3"].nunique() <= MOST_WITHOUT_VALUE else [])]
    found = pd.concat(parts) if parts else observations.head(0)
    found = found.assign(name=found["iso3"].map(language.country_name))
    return found.sort_values(["status", "name"])


def _add_marks(dataset: Dataset, built: go.Figure, indicator: Indicator, zeros: pd.DataFrame, without: pd.DataFrame, style: Style) -> None:
    """Mark zeros, documented absences and missing evidence, each with its own look and entry in the legend."""
    looks = [
        (zeros, "line-ns", style.zero, _("zero")),
        (without[without["status"] == DOCUMENTED_NONE], "square", style.documented_none, _(STATUS_TEXTS[DOCUMENTED_NONE])),
        (without[without["status"] == NO_EVIDENCE], "square-open", style.muted, _(STATUS_TEXTS[NO_EVIDENCE])),
    ]
    for rows, symbol, colour, text in looks:
        if rows.empty:
            continue
        is_zero = symbol == "line-ns"
        built.add_trace(
            go.Scatter(
                x=[0] * len(rows),
                y=rows["name"],
                mode="markers" if is_zero else "markers+text",
                marker={"symbol": symbol, "size": 14 if is_zero else 10, "color": colour, "line": {"width": 4 if is_zero else 1, "color": colour}},
                text=[text] * len(rows),
                textposition="middle right",
                textfont={"size": 12, "color": style.muted},
                name=text,
                cliponaxis=False,
                customdata=observation_keys(indicator, rows),
                hovertext=[hover(dataset, indicator, row) for row in rows.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )


def _category_list(dataset: Dataset, indicator: Indicator, observations: pd.DataFrame, style: Style) -> Chart:
    have = observations[observations["value"].notna()]
    have = have.assign(name=have["iso3"].map(language.country_name)).sort_values(["value", "name"])
    counts = have["label"].value_counts()
    headings = {code: _("{category}: {count}").format(category=_(text), count=counts[code]) for code, text in indicator.categories if code in counts}
    built = squares.grid(style, list(headings.values()), have["name"].tolist(), row_height=21)
    colours = category_colours(indicator, style)
    for code, heading in headings.items():
        part = have[have["label"] == code]
        built.add_trace(
            squares.squares(
                style,
                x=[heading] * len(part),
                y=part["name"].tolist(),
                colour=colours[code],
                text=[""] * len(part),
                hovers=[hover(dataset, indicator, row) for row in part.to_dict("records")],
                keys=observation_keys(indicator, part),
                name=heading,
                size=14,
            )
        )
    built.update_layout(showlegend=False)
    return Chart(
        id=f"ranking-{indicator.id}",
        title=indicator_finding(indicator, observations),
        subtitle=_(indicator.title),
        figure=built,
        alt=alt_text(indicator, observations),
        table=observation_table(dataset, indicator, observations),
        fact_ids=fact_ids(*observations["fact_ids"]),
        minimum_width=squares.least_width(list(headings)),
        is_empty=have.empty,
        targets=observation_targets(indicator, observations),
    )


def has_trend(indicator: Indicator) -> bool:
    """Say whether an indicator changes with the as-of date; context and need are of one year."""
    return indicator.domain not in {Domain.CONTEXT, Domain.NEED} and not indicator.by_product


def trend(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], until: date, style: Style) -> Chart:
    """Return how an indicator grew: in how many countries there is a value, at each year's end, by income group.

    ``dataset`` is the whole dataset, not one as of a day. A country counts when it has a value on that day that is not a
    documented absence; a category counts, whatever it says.
    """
    indicator = get(indicator_id)
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    days = [*(date(year, 12, 31) for year in range(FIRST_YEAR, until.year)), until]
    rows = []
    facts: tuple[str, ...] = ()
    for day in days:
        seen = observe(dataset.as_of(day), indicator_id)
        seen = seen[seen["iso3"].isin(countries) & seen["value"].notna()]
        if indicator.value_type is not ValueType.CATEGORY:  # "not covered" is a category like others, a number that is none is not
            seen = seen[seen["status"] != DOCUMENTED_NONE]
        counts = seen["iso3"].drop_duplicates().map(groups).fillna("").value_counts()
        rows += [{"day": day, "group": code, "countries": int(counts.get(code, 0))} for code in INCOME_TEXTS]
        facts = fact_ids(*seen["fact_ids"])
    frame = pd.DataFrame(rows)
    built = figure(style, 420, margin={"l": 8, "r": 24, "t": 34, "b": 8})
    used = [code for code in INCOME_TEXTS if (frame.loc[frame["group"] == code, "countries"] > 0).any()]
    for code in used:
        part = frame[frame["group"] == code]
        built.add_trace(
            go.Scatter(
                x=[day.isoformat() for day in part["day"]],
                y=part["countries"],
                mode="lines",
                stackgroup="countries",
                line={"color": style.income[code], "width": 0.5},
                fillcolor=style.income[code],
                name=_(INCOME_TEXTS[code]),
                hovertemplate="%{y}",
            )
        )
    built.update_layout(hovermode="x unified")
    ticks = [day.isoformat() for day in days]
    texts = [*(str(day.year) for day in days[:-1]), language.day(until)]
    built.update_xaxes(showgrid=False, tickvals=ticks, ticktext=texts, hoverformat="%-d %b %Y")
    built.update_yaxes(title_text=_("countries"), rangemode="tozero")
    totals = frame.groupby("day")["countries"].sum()
    first, last = int(totals.iloc[0]), int(totals.iloc[-1])
    began = language.day(days[0])
    if first:
        title = ngettext("{measure}: known for {first} country on {began}", "{measure}: known for {first} countries on {began}", first)
    else:
        title = _("{measure}: known for no country on {began}")
    title = title.format(measure=_(indicator.short_title), first=first, began=began)
    title += _(", for {last} on {day}").format(last=last, day=language.day(until)) if len(days) > 1 and last else ""
    table = frame.pivot(index="day", columns="group", values="countries").reset_index()
    table = table.rename(columns={"day": _("Date"), **{code: _(text) for code, text in INCOME_TEXTS.items()}})
    return Chart(
        id=f"trend-{indicator_id}",
        title=title,
        subtitle=_("Number of countries with a value at the end of each year, by World Bank income group"),
        figure=built,
        alt=title + ".",
        table=table,
        fact_ids=facts,
        caveat=_("A fact without a date of its own counts from the day its source was published."),
        is_empty=not used,
    )


def sites_by_country(dataset: Dataset, sites: pd.DataFrame, style: Style) -> Chart:
    """Return operating sites by country, stacked by type. ``sites`` are rows of ``manufacturing_sites``."""
    running = sites[(sites["status"] == "operational") & (sites["site_type"] != "vector")]
    counts = running.groupby(["iso3", "site_type"]).size().unstack(fill_value=0)
    totals = counts.sum(axis=1)
    order = sorted(totals.index, key=lambda iso3: (totals[iso3], language.country_name(iso3)))
    built = figure(style, max(160, 22 * len(order) + 70), margin={"l": 8, "r": 30, "t": 34, "b": 8})
    for code, text in SITE_TYPE_TEXTS.items():
        if code not in counts.columns:
            continue
        built.add_trace(
            go.Bar(
                y=[language.country_name(iso3) for iso3 in order],
                x=[int(counts.at[iso3, code]) for iso3 in order],
                orientation="h",
                marker={"color": style.site_type[code]},
                name=_(text),
                customdata=order,
                hovertemplate="<b>%{y}</b><br>" + _("{kind}: {count} operating sites").format(kind=_(text), count="%{x}") + "<extra></extra>",
            )
        )
    built.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    built.update_yaxes(dtick=1, showgrid=False, tickfont={"size": 12, "color": style.ink})
    built.update_xaxes(dtick=2 if len(totals) and totals.max() > 4 else 1, rangemode="tozero")
    if len(totals):
        leaders = [str(iso3) for iso3 in order[::-1] if totals[iso3] == totals.max()]
        names = ", ".join(language.in_sentence(iso3) for iso3 in leaders[:3]) + (" …" if len(leaders) > 3 else "")
        hospital = sum(1 for iso3 in counts.index if not counts.loc[iso3].get("commercial", 0) and not counts.loc[iso3].get("cdmo", 0))
        if len(totals) > 1 and totals.max() == 1:
            title = _("{count} countries with one known operating site each").format(count=len(totals))
        else:
            title = ngettext("{names} has {count} of {total} known operating sites", "{names} have {count} of {total} known operating sites each", len(leaders))
            title = language.capitalised(title.format(names=names, count=int(totals.max()), total=int(totals.sum())))
        if len(totals) > 1 and hospital:
            title += ngettext(
                "; {count} country makes CAR-T in hospitals, universities or trial plants only",
                "; {count} countries make CAR-T in hospitals, universities or trial plants only",
                hospital,
            ).format(count=hospital)
    else:
        title = _("No operating site is known here")
    table = pd.DataFrame(
        [
            {
                _("Country"): language.country_name(iso3),
                _("ISO code"): iso3,
                **{_(text): int(counts.at[iso3, code]) for code, text in SITE_TYPE_TEXTS.items() if code in counts.columns},
                _("Total"): int(totals[iso3]),
                **provenance(dataset, tuple(running.loc[running["iso3"] == iso3, "fact_id"])),
            }
            for iso3 in reversed(order)
        ],
        index=order[::-1],
    )
    return Chart(
        id="sites-by-country",
        title=title,
        subtitle=_("Operating sites that make cells, by type; vector plants and unconfirmed sites are left out"),
        figure=built,
        alt=title + ".",
        table=table,
        fact_ids=tuple(running["fact_id"]),
        is_empty=running.empty,
        targets={
            iso3: Target(
                language.country_name(iso3),
                ngettext("{count} operating site", "{count} operating sites", int(totals[iso3])).format(count=int(totals[iso3])),
                tuple(running.loc[running["iso3"] == iso3, "fact_id"]),
                place=iso3,
            )
            for iso3 in order
        },
    )
