"""Dots of products on a line for each country, none hidden behind another."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.template import Style, figure, product_colour
from indicators.language import _

_ROW = 28  # height of a country's line, in pixels
_NEAR = 0.012  # dots closer than this part of the axis would hide each other
_STEP = 0.2  # how far they move apart, in lines
_FARTHEST = 0.38  # and how far from their own line at the most: farther off they would be read as the next country's


def heights(order: Sequence[str]) -> dict[str, float]:
    """Return the vertical place of each country of ``order`` (ISO codes, the first on top)."""
    return {iso3: float(len(order) - 1 - number) for number, iso3 in enumerate(order)}


def empty_rows(style: Style, order: Sequence[str]) -> go.Figure:
    """Return a figure with a line for each country of ``order``, labelled, with room for a legend above."""
    built = figure(style, max(180, _ROW * len(order) + 96), margin={"l": 8, "r": 24, "t": 46, "b": 8})
    places = heights(order)
    built.update_yaxes(
        tickvals=list(places.values()),
        ticktext=[language.country_name(iso3) for iso3 in order],
        range=[-0.7, max(len(order) - 0.3, 0.7)],
        tickfont={"size": 13, "color": style.ink},
    )
    return built


def apart(points: pd.DataFrame, value: str) -> pd.Series:
    """Return how far each dot moves up or down so that dots of one country at about the same value stay visible."""
    moved = pd.Series(0.0, index=points.index)
    if points.empty:
        return moved
    near = (points[value].max() - min(points[value].min(), 0)) * _NEAR
    for _iso3, own in points.groupby("iso3"):
        cluster: list[object] = []
        last = None
        for index, here in [*own.sort_values([value, "product_id"])[value].items(), (None, None)]:
            if here is not None and (last is None or here - last <= near):
                cluster.append(index)
            else:
                step = min(_STEP, 2 * _FARTHEST / max(len(cluster) - 1, 1))
                for number, member in enumerate(cluster):
                    moved[member] = (number - (len(cluster) - 1) / 2) * step
                cluster = [index]
            last = here
    return moved


def add_product_dots(built: go.Figure, style: Style, points: pd.DataFrame, value: str, hovers: Sequence[str], order: Sequence[str]) -> None:
    """Add a dot for each row of ``points`` (``iso3``, ``product_id``, ``key`` and the column ``value``), coloured by product.

    Products with a colour of their own come first in the legend; the rest share one entry.
    """
    if points.empty:
        return
    places = heights(order)
    placed = points.assign(y=points["iso3"].map(places) + apart(points, value), hover=list(hovers))
    groups = sorted(placed.groupby("product_id"), key=lambda item: (item[0] not in style.products, -len(item[1]), item[0]))
    others_named = False
    for product, group in groups:
        product_id = str(product)
        own_colour = product_id in style.products
        built.add_trace(
            go.Scatter(
                x=group[value],
                y=group["y"],
                mode="markers",
                marker={"color": product_colour(style, product_id), "size": 11, "line": {"color": style.paper, "width": 1}},
                name=product_id if own_colour else _("other products"),
                legendgroup=product_id if own_colour else "other",
                showlegend=own_colour or not others_named,
                text=group["hover"],
                customdata=group["key"],
                hovertemplate="%{text}<extra></extra>",
            )
        )
        others_named |= not own_colour
