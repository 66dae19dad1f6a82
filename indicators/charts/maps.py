"""World maps of an indicator."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from indicators.catalog import Indicator, ValueType, get
from indicators.charts import leading
from indicators.charts.chart import Chart
from indicators.charts.template import Style, figure
from indicators.charts.value_classes import category_colours, value_classes
from indicators.charts.wording import (
    alt_text,
    hover,
    indicator_finding,
    observation_table,
    observation_targets,
    value_text,
)
from indicators.dataset import Dataset
from indicators.geography import country_shapes, is_small
from indicators.language import _
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE, fact_ids

# West, east, south and north edge of each part of the world that a reader may choose.
REGION_WINDOWS = {
    "Northern Africa": (-18, 37, 8, 38),
    "Sub-Saharan Africa": (-25, 60, -36, 24),
    "Latin America and the Caribbean": (-118, -33, -57, 33),
    "Northern America": (-168, -52, 18, 72),
    "Central Asia": (46, 88, 34, 56),
    "Eastern Asia": (73, 150, 17, 54),
    "South-eastern Asia": (92, 142, -11, 29),
    "Southern Asia": (44, 98, 5, 40),
    "Western Asia": (25, 60, 12, 44),
    "Eastern Europe": (12, 65, 41, 70),
    "Northern Europe": (-25, 32, 50, 72),
    "Southern Europe": (-10, 30, 34, 48),
    "Western Europe": (-5, 18, 41, 56),
    "Australia and New Zealand": (110, 180, -48, -9),
    "Melanesia": (130, 180, -24, 2),
    "Micronesia": (130, 180, -4, 22),
    "Polynesia": (-180, -130, -24, 2),
    "Africa": (-25, 60, -36, 39),
    "Americas": (-130, -30, -57, 72),
    "Asia": (25, 150, -12, 58),
    "Europe": (-25, 50, 34, 72),
    "Oceania": (108, 180, -50, 12),
}
_WORLD_WINDOW = (-180, 180, -57, 84)


def world_map(dataset: Dataset, indicator_id: str, observations: pd.DataFrame, style: Style, regions: tuple[str, ...] = ()) -> Chart:
    """Return a choropleth of an indicator over the countries in ``observations``.

    Numbers are drawn in five classes with round bounds; documented absences and missing evidence have colours of their
    own and are never drawn as zero. Countries too small to see get a marker.
    """
    indicator = get(indicator_id)
    shown = observations
    built = figure(style, None, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    built.update_geos(**geo_layout(style, regions))
    rows = shown.to_dict("records")
    for row in rows:
        row["hover"] = hover(dataset, indicator, row)
    missing = [row for row in rows if row["status"] == NO_EVIDENCE]
    absent = [row for row in rows if row["status"] == DOCUMENTED_NONE and indicator.value_type is not ValueType.CATEGORY]
    absent_ids = {id(row) for row in absent}
    have = [row for row in rows if row["status"] != NO_EVIDENCE and id(row) not in absent_ids]

    if missing:
        areas(built, missing, style.no_evidence, _("no evidence found"), style)
    if absent:
        areas(built, absent, style.documented_none, _("none, documented"), style)
    for colour, name, group in _classes(indicator, have, style):
        areas(built, group, colour, name, style)
    if shown["iso3"].nunique() < len(dataset["countries"]):
        areas(built, [], style.not_chosen, _("not chosen"), style)
    built.update_layout(
        legend={"y": -0.02, "yanchor": "top", "x": 0.5, "xanchor": "center", "traceorder": "normal", "font": {"size": 12, "color": style.ink}},
        margin={"l": 0, "r": 0, "t": 0, "b": 46},
    )
    return Chart(
        id=f"map-{indicator_id}",
        title=indicator_finding(indicator, shown),
        subtitle=map_subtitle(indicator),
        figure=built,
        alt=alt_text(indicator, shown),
        table=observation_table(dataset, indicator, shown),
        fact_ids=fact_ids(*shown["fact_ids"]),
        has_boundaries=True,
        is_empty=shown.empty,
        targets=observation_targets(indicator, shown),
        leading=leading.of_observations(indicator, shown),
    )


def map_subtitle(indicator: Indicator) -> str:
    """Return the measure and its unit."""
    unit = f" ({_(indicator.unit)})" if indicator.unit and indicator.value_type is ValueType.NUMBER else ""
    return _(indicator.title) + unit


def geo_layout(style: Style, regions: tuple[str, ...]) -> dict:
    """Return how a map is laid out: its projection, the window on the chosen regions, the colours of land and borders."""
    west, east, south, north = map(float, _WORLD_WINDOW)
    if regions:
        windows = [REGION_WINDOWS[region] for region in regions if region in REGION_WINDOWS] or [_WORLD_WINDOW]
        west, east = min(window[0] for window in windows), max(window[1] for window in windows)
        south, north = min(window[2] for window in windows), max(window[3] for window in windows)
        # A card is about twice as wide as it is high: show what lies beside the region rather than white space.
        height = _mercator_degrees(north) - _mercator_degrees(south)
        missing = max(0.0, min(1.9 * height, 340) - (east - west)) / 2
        west, east = max(-180.0, west - missing), min(180.0, east + missing)
    return {
        "projection": {"type": "natural earth" if not regions else "mercator"},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
        "showcoastlines": False,
        "showlakes": False,
        "showland": True,
        "landcolor": style.not_chosen,
        "showcountries": True,
        "countrycolor": style.line,
        "countrywidth": 0.6,
        "resolution": 110,
        "domain": {"x": [0, 1], "y": [0, 1]},
    }


def _mercator_degrees(latitude: float) -> float:
    """Return the height of a latitude on a Mercator map, in degrees of longitude."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _classes(indicator: Indicator, rows: list[dict], style: Style) -> list[tuple[str, str, list[dict]]]:
    """Return colour, legend text and rows of each class, low to high; of each category, worst to best last."""
    if indicator.value_type is ValueType.CATEGORY:
        present = [code for code, _text in indicator.categories if any(row["label"] == code for row in rows)]
        palette = category_colours(indicator, style)
        return [(palette[code], value_text(indicator, 0, code), [row for row in rows if row["label"] == code]) for code in present]
    classes = value_classes(indicator, [row["value"] for row in rows], style)
    grouped = [(one.colour, one.text, [row for row in rows if one.holds(row["value"])]) for one in classes]
    return [group for group in grouped if group[2]]


def areas(built: go.Figure, rows: list[dict], colour: str, name: str, style: Style) -> None:
    """Add the countries of one class to a map; ``rows``: ``iso3``, ``hover``, ``capital_lat``, ``capital_lon``. A key is the country's code."""
    shapes = country_shapes()
    large = [row for row in rows if row["iso3"] in shapes]
    small = [row for row in rows if is_small(row["iso3"])]
    built.add_trace(
        go.Choropleth(
            locations=[row["iso3"] for row in large],
            z=[0] * len(large),
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            marker={"line": {"color": style.paper, "width": 0.6}},
            text=[row["hover"] for row in large],
            customdata=[row["iso3"] for row in large],
            hovertemplate="%{text}<extra></extra>",
            name=name,
            legendgroup=name,
            showlegend=False,
        )
    )
    built.add_trace(
        go.Scattergeo(
            lat=[row["capital_lat"] for row in small] or [None],
            lon=[row["capital_lon"] for row in small] or [None],
            text=[row["hover"] for row in small],
            customdata=[row["iso3"] for row in small],
            hovertemplate="%{text}<extra></extra>",
            mode="markers",
            marker={"color": colour, "size": 8 if colour != style.no_evidence else 5, "line": {"color": style.muted, "width": 0.7}},
            name=name,
            legendgroup=name,
            showlegend=False,
        )
    )
    built.add_trace(legend_entry(colour, name, style))


def legend_entry(colour: str, name: str, style: Style) -> go.Scattergeo:
    """Return a trace that draws nothing but the class's square in the legend."""
    return go.Scattergeo(
        lat=[None],
        lon=[None],
        mode="markers",
        marker={"symbol": "square", "color": colour, "size": 12, "line": {"color": style.border, "width": 1}},
        name=name,
        legendgroup=name,
        showlegend=True,
    )


def with_capitals(dataset: Dataset, observations: pd.DataFrame) -> pd.DataFrame:
    """Return observations with ``capital_lat`` and ``capital_lon``, where markers of small countries stand."""
    capitals = dataset["countries"][["iso3", "capital_lat", "capital_lon"]]
    return observations.merge(capitals, how="left", on="iso3")
