"""Squares on a grid of named columns and rows, drawn as markers so that each can be pointed at."""

from __future__ import annotations

import plotly.graph_objects as go

from indicators.charts.template import Style, figure, readable_on


def grid(style: Style, columns: list[str], rows: list[str], row_height: int = 30) -> go.Figure:
    """Return an empty grid: ``columns`` from the left, with their names above, ``rows`` from the top, named at both ends."""
    built = figure(style, row_height * len(rows) + 190, margin={"l": 8, "r": 140, "t": 40, "b": 8})
    built.update_xaxes(
        dtick=1,
        side="top",
        tickangle=-45,
        categoryorder="array",
        categoryarray=columns,
        range=[-0.6, len(columns) - 0.4],
        showgrid=False,
        tickfont={"size": 12, "color": style.ink},
    )
    built.update_yaxes(
        categoryorder="array",
        categoryarray=rows[::-1],
        range=[-0.6, len(rows) - 0.4],
        showgrid=True,
        gridcolor=style.line,
        dtick=1,
        tickfont={"size": 13, "color": style.ink},
    )
    built.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"b": 40})
    # Once more at the right end: the eye loses a long row, and on a small screen the left end scrolls away. All at once,
    # for Plotly checks all of a figure's annotations anew with each that is added.
    note = {"x": 1, "xref": "paper", "showarrow": False, "xanchor": "left", "xshift": 6, "font": {"size": 12, "color": style.muted}}
    built.update_layout(annotations=[{**note, "y": row, "text": row} for row in rows])
    return built


def squares(
    style: Style,
    x: list[str] | list[int],
    y: list[str] | list[int],
    colour: str,
    text: list[str],
    hovers: list[str],
    keys: list[str],
    name: str,
    size: int = 24,
) -> go.Scatter:
    """Return the squares of one kind: where they stand, the text in them, what they say when pointed at, and what they open."""
    outlined = colour == style.paper
    return go.Scatter(
        x=x,
        y=y,
        mode="markers+text",
        marker={"symbol": "square", "size": size, "color": colour, "line": {"color": style.muted, "width": 1.5 if outlined else 0.7}},
        text=text,
        textfont={"size": 11, "color": style.ink if outlined else readable_on(colour)},
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=keys,
        name=name,
        showlegend=True,
    )


def least_width(columns: list[str]) -> int:
    """Return the pixels that a grid of these columns needs to be read; on a narrower screen it scrolls."""
    return max(560, 320 + 34 * len(columns))
