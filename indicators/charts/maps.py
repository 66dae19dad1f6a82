"""World maps of an indicator, and of the manufacturing sites."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.catalog import Indicator, ValueType, get
from indicators.charts import leading
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, figure
from indicators.charts.wording import (
    VALUE_KIND_TEXTS,
    alt_text,
    hover,
    indicator_finding,
    observation_table,
    observation_targets,
    provenance,
    source_line,
    value_text,
)
from indicators.dataset import Dataset
from indicators.geography import country_shapes, is_small
from indicators.language import _, mark, ngettext
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

SITE_TYPE_TEXTS = {
    "commercial": mark("Company"),
    "cdmo": mark("Contract maker"),
    "academic": mark("Academic"),
    "point-of-care": mark("Point of care"),
    "clinical": mark("Company, trials"),
    "vector": mark("Vectors"),
}
SITE_STATUS_TEXTS = {
    "operational": mark("operating"),
    "under-construction": mark("under construction"),
    "planned": mark("planned"),
    "approved-not-started": mark("approved, not started"),
    "closed": mark("closed"),
    "unverified": mark("not confirmed"),
}


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


@dataclass(frozen=True, slots=True)
class ValueClass:
    """A class of values with one colour: from ``low`` to below ``high`` (or just ``low``), and its text in the legend."""

    low: float
    high: float
    colour: str
    text: str

    def holds(self, value: float) -> bool:
        """Say whether a value belongs to the class."""
        return self.low <= value < self.high or value == self.low


def value_classes(indicator: Indicator, values: list[float], style: Style) -> list[ValueClass]:
    """Return the classes of an indicator's values, low to high: zero by itself, the others in up to five of round bounds."""
    others = [value for value in values if value != 0] or values
    whole = indicator.decimals == 0 and indicator.value_type is ValueType.NUMBER
    bounds = class_bounds(others, whole=whole)
    all_whole = all(float(value).is_integer() for value in others)
    steps = len(style.sequential) - 1
    classes = [ValueClass(0.0, 0.0, style.zero, _("0 (zero)"))] if len(others) < len(values) else []
    for number, (low, high) in enumerate(bounds):
        last = number == len(bounds) - 1
        colour = style.sequential[round(number * steps / (len(bounds) - 1))] if len(bounds) > 1 else style.sequential[3]
        text = _class_text(indicator, low, high, last, whole=all_whole, only=len(bounds) == 1 or (last and low == max(others)))
        classes.append(ValueClass(low, high, colour, text))
    return classes


def _classes(indicator: Indicator, rows: list[dict], style: Style) -> list[tuple[str, str, list[dict]]]:
    """Return colour, legend text and rows of each class, low to high; of each category, worst to best last."""
    if indicator.value_type is ValueType.CATEGORY:
        present = [code for code, _text in indicator.categories if any(row["label"] == code for row in rows)]
        palette = category_colours(indicator, style)
        return [(palette[code], value_text(indicator, 0, code), [row for row in rows if row["label"] == code]) for code in present]
    classes = value_classes(indicator, [row["value"] for row in rows], style)
    grouped = [(one.colour, one.text, [row for row in rows if one.holds(row["value"])]) for one in classes]
    return [group for group in grouped if group[2]]


def _class_text(indicator: Indicator, low: float, high: float, last: bool, only: bool, whole: bool) -> str:
    if indicator.value_type is ValueType.DATE:
        if last and not only:
            return _("{low} or later").format(low=int(low))
        return f"{int(low)}" if only or int(high) - int(low) <= 1 else f"{int(low)}–{int(high) - 1}"

    def text(value: float) -> str:
        return language.compact(value) if abs(value) >= 10_000 else language.number(value, 0 if float(value).is_integer() else 1)

    if only:
        return text(low) if low == high or high == math.inf else f"{text(low)}–{text(high)}"
    if last:
        return _("{low} or more").format(low=text(low))
    if whole and high - low == 1:
        return text(low)
    if whole and high <= 1000:
        return f"{text(low)}–{text(high - 1)}"
    return _("{low} to below {high}").format(low=text(low), high=text(high))


def class_bounds(values: list[float], whole: bool, count: int = 5) -> list[tuple[float, float]]:
    """Return up to ``count`` classes with round bounds that hold about equally many values, as (low, high) pairs."""
    if not values:
        return []
    ordered = sorted(values)
    low, high = ordered[0], ordered[-1]
    if low == high:
        return [(low, high)]
    if whole and low >= 0 and high <= 15:  # a small count: steps of equal size read best
        step = math.ceil((high - low + 1) / count)
        starts = list(range(int(low), int(high) + 1, step))
        return list(zip(map(float, starts), [*map(float, starts[1:]), math.inf], strict=True))
    is_year = low > 1900 and high < 2100
    edges = [float(math.floor(low)) if is_year else _round_down(low, whole)]
    for number in range(1, count):
        edge = _round_nice(ordered[int(len(ordered) * number / count)], whole)
        if edges[-1] < edge <= high:
            edges.append(edge)
    if len(edges) == 1 and is_year:
        return [(edges[0], math.inf)]
    if len(edges) == 1:
        edges.append(_round_nice(high, whole) if edges[0] < _round_nice(high, whole) <= high else high)
    return list(zip(edges, [*edges[1:], math.inf], strict=True))


def _round_nice(value: float, whole: bool) -> float:
    if value == 0:
        return 0.0
    if 1900 < value < 2100 or (whole and abs(value) < 20):
        return float(round(value))
    magnitude = 10 ** math.floor(math.log10(abs(value)))
    step = magnitude / 2 if magnitude >= 10 or not whole else 1
    return float(round(value / step) * step)


def _round_down(value: float, whole: bool) -> float:
    nice = _round_nice(value, whole)
    while nice > value:
        nice -= max(abs(nice) * 0.1, 1 if whole else 0.1)
    return float(math.floor(nice)) if whole else nice


def category_colours(indicator: Indicator, style: Style) -> dict[str, str]:
    """Return the colour of each of an indicator's categories, the same on every figure."""
    if indicator.id == "income-group":
        return style.income
    if indicator.id == "reimbursement-status":
        return {**style.cover, "private-only": style.qualitative[3], "not-covered": style.cover["no-cover"]}  # none, not: refused
    codes = [code for code, _text in indicator.categories]
    if indicator.id == "route-to-treatment":
        palette = [style.sequential[4], style.sequential[2], style.qualitative[2], style.qualitative[4], style.qualitative[3], style.documented_none]
        return dict(zip(codes, palette, strict=True))
    scale = [style.sequential[4], style.sequential[2], style.sequential[1], style.sequential[0]]
    if indicator.id == "academic-route":
        return {"yes": style.sequential[3], "no": style.documented_none}
    return {code: scale[min(number, len(scale) - 1)] for number, code in enumerate(codes)}


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


def site_map(dataset: Dataset, sites: pd.DataFrame, style: Style, regions: tuple[str, ...] = ()) -> Chart:
    """Return a map of manufacturing sites: colour is the type, filled when operating, size the stated capacity.

    ``sites`` are rows of the dataset's table ``manufacturing_sites``.
    """
    placed = sites.dropna(subset=["latitude", "longitude"])
    stated = placed["capacity_patients_per_year"].where(placed["capacity_value_kind"] != "target")  # a plan has no size yet
    built = figure(style, None)
    geo = geo_layout(style, regions)
    built.update_geos(**{**geo, "landcolor": style.no_evidence, "countrycolor": style.paper})
    for code, text in SITE_TYPE_TEXTS.items():
        of_type = placed[placed["site_type"] == code]
        if of_type.empty:
            continue
        running = of_type["status"] == "operational"
        colour = style.site_type[code]
        built.add_trace(
            go.Scattergeo(
                lat=of_type["latitude"],
                lon=of_type["longitude"],
                mode="markers",
                marker={
                    "color": [colour if now else style.paper for now in running],
                    "size": [_site_size(capacity) for capacity in stated[of_type.index]],
                    "line": {"color": [style.paper if now else colour for now in running], "width": [0.8 if now else 2 for now in running]},
                    "opacity": 0.92,
                },
                text=[_site_hover(dataset, row) for row in of_type.to_dict("records")],
                customdata=of_type["site_id"].tolist(),
                hovertemplate="%{text}<extra></extra>",
                name=_(text),
                showlegend=False,
            )
        )
        built.add_trace(go.Scattergeo(lat=[None], lon=[None], mode="markers", marker={"color": colour, "size": 11}, name=_(text), showlegend=True))
    hollow = {"color": style.paper, "size": 11, "line": {"color": style.muted, "width": 2}}
    built.add_trace(go.Scattergeo(lat=[None], lon=[None], mode="markers", marker=hollow, name=_("hollow: not operating, or not confirmed"), showlegend=True))
    built.update_layout(legend={"y": -0.02, "yanchor": "top", "x": 0.5, "xanchor": "center"}, margin={"l": 0, "r": 0, "t": 0, "b": 46})
    running_sites = sites[(sites["status"] == "operational") & (sites["site_type"] != "vector")]
    countries = running_sites["iso3"].nunique()
    title = ngettext("{sites} site is known to make CAR-T cells", "{sites} sites are known to make CAR-T cells", len(running_sites)).format(
        sites=len(running_sites)
    )
    if countries:
        title += ngettext(", in {count} country", ", in {count} countries", countries).format(count=countries)
    else:
        title = _("No site is known to make CAR-T cells here")
    top = running_sites["iso3"].value_counts()
    alt = _("Map of {total} manufacturing sites.").format(total=len(sites))
    if len(top):
        alt += " " + _("Most operating sites: {country}, {count}.").format(country=language.country_name(str(top.index[0])), count=int(top.iloc[0]))
    alt += " " + _("{count} sites have no known place and are not drawn, but listed in the atlas.").format(count=len(sites) - len(placed))
    return Chart(
        id="site-map",
        title=title,
        subtitle=_("Manufacturing sites by type; the larger a dot, the larger the capacity that a source states (most state none)"),
        figure=built,
        alt=alt,
        table=_site_table(dataset, sites),
        fact_ids=tuple(sites["fact_id"]),
        has_boundaries=True,
        is_empty=sites.empty,
        targets={row["site_id"]: _site_target(row) for row in sites.to_dict("records")},
        leading=leading.of_counts(leading.MOST_SITES, running_sites["iso3"].tolist()),
    )


def _site_target(row: dict) -> Target:
    says = f"{_(SITE_TYPE_TEXTS[row['site_type']])}, {_(SITE_STATUS_TEXTS[row['status']])}"
    return Target(row["site_name"], says, (row["fact_id"],), place=row["iso3"])


def _site_size(capacity: float) -> float:
    return 9.0 if pd.isna(capacity) else 9.0 + math.sqrt(capacity) / 4


def _site_hover(dataset: Dataset, row: dict) -> str:
    capacity = row["capacity_patients_per_year"]
    lines = [
        f"<b>{row['site_name']}</b>",
        f"{row['city']}, {language.country_name(row['iso3'])}" if row["city"] else language.country_name(row["iso3"]),
        row["operator"],
        f"{_(SITE_TYPE_TEXTS[row['site_type']])}, {_(SITE_STATUS_TEXTS[row['status']])}" + (f" ({row['status_as_of'][:4]})" if row["status_as_of"] else ""),
        row["product_ids"].replace(";", ", "),
        "" if pd.isna(capacity) else _capacity_text(capacity, row["capacity_value_kind"]),
        source_line(dataset, (row["fact_id"],)),
    ]
    return "<br>".join(line for line in lines if line)


def _capacity_text(capacity: float, kind: str) -> str:
    text = _("{count} patients a year").format(count=language.number(capacity))
    return text if kind == "exact" else f"{text} ({_(VALUE_KIND_TEXTS[kind])})"


def _site_table(dataset: Dataset, sites: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("Site"): row["site_name"],
            _("Operator"): row["operator"],
            _("City"): row["city"],
            _("Type"): _(SITE_TYPE_TEXTS[row["site_type"]]),
            _("Status"): _(SITE_STATUS_TEXTS[row["status"]]),
            _("Status as of"): row["status_as_of"],
            _("Products"): row["product_ids"].replace(";", ", "),
            _("Stated capacity (patients a year)"): None if pd.isna(row["capacity_patients_per_year"]) else row["capacity_patients_per_year"],
            _("What the figure is"): _(VALUE_KIND_TEXTS[row["capacity_value_kind"]]) if row["capacity_value_kind"] else "",
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in sites.to_dict("records")
    ]
    return pd.DataFrame(rows, index=sites["site_id"].tolist())
