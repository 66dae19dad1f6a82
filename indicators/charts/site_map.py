"""The map of manufacturing sites: of which type they are, whether they operate, how much they say that they can make."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import leading
from indicators.charts.chart import Chart, Target
from indicators.charts.maps import geo_layout
from indicators.charts.template import Style, figure
from indicators.charts.wording import (
    VALUE_KIND_TEXTS,
    provenance,
    source_line,
)
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext

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
