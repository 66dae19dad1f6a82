"""Figures that play in the browser, year by year: the world by an indicator, the sites, and lines that grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, ValueType, get, observe
from indicators.charts.bars import FIRST_YEAR
from indicators.charts.chart import Chart
from indicators.charts.maps import geo_layout, legend_entry, map_subtitle, with_capitals
from indicators.charts.site_map import site_map
from indicators.charts.template import Style, figure
from indicators.charts.value_classes import category_colours, value_classes
from indicators.charts.wording import STATUS_TEXTS, indicator_finding, value_text
from indicators.dataset import Dataset
from indicators.geography import country_shapes, is_small
from indicators.language import _, ngettext
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

_FRAME_MILLISECONDS = 900


def year_ends(until: date) -> list[date]:
    """Return the ends of the years since the first approval, and the last day."""
    return [*(date(year, 12, 31) for year in range(FIRST_YEAR, until.year)), until]


def playing_map(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], regions: tuple[str, ...], until: date, style: Style) -> Chart:
    """Return a map of an indicator that plays through the ends of the years up to ``until``.

    ``dataset`` is the whole dataset, not one as of a day. The classes are those of the last day, the same on all days,
    so that a colour keeps its meaning. Documented absences and missing evidence have colours of their own.
    """
    indicator = get(indicator_id)
    days = year_ends(until)
    seen = {day: _rows(dataset.as_of(day), indicator_id, countries) for day in days}
    palette = _palette(indicator, [row for rows in seen.values() for row in rows], style)
    places = [row["iso3"] for row in seen[until] if row["iso3"] in country_shapes()]
    dots = [row for row in seen[until] if is_small(row["iso3"])]
    colours = [colour for colour, _text in palette.entries]
    scale = [[(number + end) / len(colours), colour] for number, colour in enumerate(colours) for end in (0, 1)]
    built = figure(style, None, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    built.update_geos(**geo_layout(style, regions))
    frames = [_frame(indicator, palette, {row["iso3"]: row for row in seen[day]}, places, dots, day) for day in days]
    last = frames[-1].data
    fixed = {"colorscale": scale, "zmin": -0.5, "zmax": len(colours) - 0.5, "showscale": False, "marker": {"line": {"color": style.paper, "width": 0.6}}}
    built.add_trace(go.Choropleth(locations=places, z=last[0].z, text=last[0].text, hovertemplate="%{text}<extra></extra>", **fixed))
    marker = {"size": last[1].marker.size, "color": last[1].marker.color, "line": {"color": style.muted, "width": 0.7}}
    where = {"lat": [row["capital_lat"] for row in dots], "lon": [row["capital_lon"] for row in dots]}
    built.add_trace(go.Scattergeo(**where, text=last[1].text, hovertemplate="%{text}<extra></extra>", mode="markers", marker=marker, showlegend=False))
    for colour, text in palette.entries:
        built.add_trace(legend_entry(colour, text, style))
    _add_player(built, frames, days, style)
    final = observe(dataset.as_of(until), indicator_id)
    final = final[final["iso3"].isin(countries)]
    known = [sum(row["status"] != NO_EVIDENCE for row in seen[day]) for day in (days[0], until)]
    title = _("{measure}: evidence for {first} in {began}, for {last} on {day}").format(
        measure=_(indicator.short_title),
        first=ngettext("{count} country", "{count} countries", known[0]).format(count=known[0]),
        began=days[0].year,
        last=ngettext("{count} country", "{count} countries", known[1]).format(count=known[1]),
        day=language.day(until),
    )
    return Chart(
        id=f"playing-map-{indicator_id}",
        title=title,
        subtitle=map_subtitle(indicator) + ". " + _("Press play, or move the year"),
        figure=built,
        alt=_("Map that plays through the years {first} to {last}.").format(first=days[0].year, last=until.year)
        + " "
        + indicator_finding(indicator, final)
        + ".",
        table=_table(indicator, seen, days),
        fact_ids=fact_ids(*final["fact_ids"]) if len(final) else (),
        caveat=_("A fact without a date of its own counts from the day its source was published. The evidence opens on the map of one day."),
        has_boundaries=True,
        is_empty=final.empty or not known[1],
    )


def _rows(dataset: Dataset, indicator_id: str, countries: tuple[str, ...]) -> list[dict[str, Any]]:
    seen = with_capitals(dataset, observe(dataset, indicator_id))
    return [{str(name): value for name, value in row.items()} for row in seen[seen["iso3"].isin(countries)].to_dict("records")]


def _is_absent(indicator: Indicator, row: dict[str, Any]) -> bool:
    return row["status"] == DOCUMENTED_NONE and indicator.value_type is not ValueType.CATEGORY


@dataclass(frozen=True, slots=True)
class _Palette:
    """The classes of a playing map, the same on all days: colours and texts, and to which of them a row belongs."""

    entries: tuple[tuple[str, str], ...]
    place: Callable[[dict[str, Any]], int]


def _palette(indicator: Indicator, rows: list[dict[str, Any]], style: Style) -> _Palette:
    """Return missing evidence, documented absence where there is any, then the classes of the values of all days."""
    entries = [(style.no_evidence, _(STATUS_TEXTS[NO_EVIDENCE]))]
    if any(_is_absent(indicator, row) for row in rows):
        entries.append((style.documented_none, _(STATUS_TEXTS[DOCUMENTED_NONE])))
    first = len(entries)
    told = [row for row in rows if row["status"] != NO_EVIDENCE and not _is_absent(indicator, row)]
    if indicator.value_type is ValueType.CATEGORY:
        colours, present = category_colours(indicator, style), {row["label"] for row in told}
        codes = [code for code, _text in indicator.categories if code in present]
        entries += [(colours[code], _(dict(indicator.categories)[code])) for code in codes]

        def number(row: dict[str, Any]) -> int:
            return codes.index(row["label"])
    else:
        classes = value_classes(indicator, [row["value"] for row in told], style)
        entries += [(one.colour, one.text) for one in classes]

        def number(row: dict[str, Any]) -> int:
            return next(position for position, one in enumerate(classes) if one.holds(row["value"]))

    def place(row: dict[str, Any]) -> int:
        if row["status"] == NO_EVIDENCE:
            return 0
        return 1 if _is_absent(indicator, row) else first + number(row)

    return _Palette(tuple(entries), place)


def _frame(
    indicator: Indicator,
    palette: _Palette,
    rows: dict[str, dict[str, Any]],
    places: Sequence[str],
    dots: Sequence[dict[str, Any]],
    day: date,
) -> go.Frame:
    small = [rows[row["iso3"]] for row in dots]
    return go.Frame(
        name=str(day.year),
        traces=[0, 1],
        data=[
            go.Choropleth(z=[palette.place(rows[iso3]) for iso3 in places], text=[_hover(indicator, rows[iso3]) for iso3 in places]),
            go.Scattergeo(
                text=[_hover(indicator, row) for row in small],
                marker={"color": [palette.entries[palette.place(row)][0] for row in small], "size": [8 if palette.place(row) else 5 for row in small]},
            ),
        ],
    )


def _hover(indicator: Indicator, row: dict[str, Any]) -> str:
    is_told = row["status"] != NO_EVIDENCE and not _is_absent(indicator, row)
    return f"<b>{language.country_name(row['iso3'])}</b><br>" + (
        value_text(indicator, row["value"], row["label"]) if is_told else _(STATUS_TEXTS[row["status"]])
    )


def _table(indicator: Indicator, seen: dict[date, list[dict[str, Any]]], days: Sequence[date]) -> pd.DataFrame:
    by_day = {day: {row["iso3"]: row for row in rows} for day, rows in seen.items()}
    last = by_day[days[-1]]
    order = sorted((iso3 for iso3, row in last.items() if row["status"] != NO_EVIDENCE), key=language.country_name)
    return pd.DataFrame(
        [
            {
                _("Country"): language.country_name(iso3),
                _("ISO code"): iso3,
                **{language.day(day): _cell(indicator, by_day[day].get(iso3)) for day in days},
            }
            for iso3 in order
        ]
    )


def _cell(indicator: Indicator, row: dict[str, Any] | None) -> str:
    if row is None or row["status"] == NO_EVIDENCE:
        return ""
    return _(STATUS_TEXTS[DOCUMENTED_NONE]) if _is_absent(indicator, row) else value_text(indicator, row["value"], row["label"])


def playing_sites(dataset: Dataset, countries: tuple[str, ...], regions: tuple[str, ...], until: date, style: Style) -> Chart:
    """Return the map of sites that plays through the ends of the years: each site from the day that it is known from."""
    days = year_ends(until)
    of_day = {day: dataset.as_of(day)["manufacturing_sites"] for day in days}
    sites = of_day[until][of_day[until]["iso3"].isin(countries)]
    chart = site_map(dataset.as_of(until), sites, style, regions)
    there = {day: set(frame["site_id"]) for day, frame in of_day.items()}
    frames = []
    moving = [number for number, trace in enumerate(chart.figure.data) if trace.customdata is not None]
    for day in days:
        data = []
        for number in moving:
            trace = chart.figure.data[number]
            shown = [site in there[day] for site in trace.customdata]
            data.append(go.Scattergeo(lat=[value if here else None for value, here in zip(trace.lat, shown, strict=True)]))
        frames.append(go.Frame(name=str(day.year), traces=moving, data=data))
    _add_player(chart.figure, frames, days, style)
    counts = [len(there[day] & set(sites["site_id"])) for day in (days[0], until)]
    title = ngettext("{count} site was known in {year}", "{count} sites were known in {year}", counts[0]).format(count=counts[0], year=days[0].year)
    title += _(", {count} on {day}").format(count=counts[1], day=language.day(until))
    note = _("A site appears in the year that it began, or that its source dates from; its state is that of the last day.")
    return replace(chart, id="playing-sites", title=title, alt=title + ". " + chart.alt, caveat=note)


def growing(chart: Chart, days: Sequence[date], style: Style) -> Chart:
    """Return a chart of lines over time whose lines grow from year to year; what stands at their ends shows as a legend."""
    frames = []
    for day in days:
        data = []
        for trace in chart.figure.data:
            kept = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if str(x)[:10] <= day.isoformat()] or [(trace.x[0], trace.y[0])]
            kept.append((day.isoformat(), kept[-1][1]))
            data.append(go.Scatter(x=[x for x, _y in kept], y=[y for _x, y in kept]))
        frames.append(go.Frame(name=str(day.year), data=data))
    highest = max((max(trace.y) for trace in chart.figure.data), default=1)
    chart.figure.update_traces(showlegend=True)
    chart.figure.layout.annotations = ()  # update_layout would keep them
    chart.figure.update_layout(margin={"r": 24, "t": 40, "b": 90})
    chart.figure.update_yaxes(range=[0, highest * 1.08 or 1])
    _add_player(chart.figure, frames, days, style, below=-0.16)
    return replace(chart, id=f"{chart.id}-playing", subtitle=chart.subtitle + ". " + _("Press play, or move the year"))


def _add_player(built: go.Figure, frames: Sequence[go.Frame], days: Sequence[date], style: Style, below: float = -0.1) -> None:
    """Add the frames, a button to play and one to stop, and a slider of years, which starts at the last."""
    built.frames = list(frames)
    shared = {"mode": "immediate", "transition": {"duration": 0}}
    play = [None, {**shared, "fromcurrent": False, "frame": {"duration": _FRAME_MILLISECONDS, "redraw": True}}]
    stop = [[None], {**shared, "frame": {"duration": 0, "redraw": False}}]
    font = {"size": 13, "color": style.ink}
    buttons = [{"label": f"▶ {_('Play')}", "method": "animate", "args": play}, {"label": f"■ {_('Stop')}", "method": "animate", "args": stop}]
    step_to = {**shared, "frame": {"duration": 0, "redraw": True}}
    steps = [{"label": str(day.year), "method": "animate", "args": [[str(day.year)], step_to]} for day in days]
    built.update_layout(
        updatemenus=[
            {
                "type": "buttons",
                "direction": "left",
                "showactive": False,
                "x": 0.0,
                "xanchor": "left",
                "y": below,
                "yanchor": "top",
                "pad": {"t": 8, "r": 10},
                "font": font,
                "bgcolor": style.panel,
                "bordercolor": style.border,
                "buttons": buttons,
            }
        ],
        sliders=[
            {
                "active": len(days) - 1,
                "x": 0.24,
                "len": 0.74,
                "y": below,
                "yanchor": "top",
                "pad": {"t": 4},
                "font": {"size": 12, "color": style.muted},
                "currentvalue": {"visible": True, "font": {"size": 18, "color": style.ink}, "xanchor": "right"},
                "bgcolor": style.line,
                "activebgcolor": style.accent,
                "bordercolor": style.border,
                "steps": steps,
            }
        ],
    )
    margin = built.layout.margin.to_plotly_json()
    built.update_layout(margin={**margin, "b": max(margin.get("b") or 0, 120)})
