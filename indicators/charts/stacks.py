"""Bars cut into kinds, each piece with its count in it: how many of each kind a place has, beside other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from indicators.charts.template import Style, figure, readable_on

_ROW = 27  # pixels


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is counted: its code, its name, its colour. ``is_left`` draws it to the left of the axis."""

    code: str
    text: str
    colour: str
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: which row and kind, how many, and what it says when pointed at."""

    row: str
    kind: str
    count: int
    hover: str


def key(row: str, kind: str) -> str:
    """Return the key of a piece: what opens when it is selected."""
    return f"{row}.{kind}"


def stacked_bars(style: Style, rows: Sequence[tuple[str, str]], kinds: Sequence[Kind], pieces: Sequence[Piece], ends: Mapping[str, str]) -> go.Figure:
    """Return one bar for each of ``rows`` (code and name, the first on top), stacked of ``pieces`` in the order of ``kinds``.

    ``ends`` has the text behind each row's bar. Each piece carries :func:`key` of its row and kind.
    """
    built = figure(style, max(130, _ROW * len(rows) + 52), margin={"l": 8, "r": 70, "t": 8, "b": 40})
    for kind in kinds:
        own = [piece for piece in pieces if piece.kind == kind.code and piece.count]
        if not own:
            continue
        built.add_trace(
            go.Bar(
                x=[-piece.count if kind.is_left else piece.count for piece in own],
                y=[piece.row for piece in own],
                orientation="h",
                marker={"color": kind.colour, "line": {"color": style.muted, "width": 0.7}},
                text=[str(piece.count) for piece in own],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 12, "color": readable_on(kind.colour)},
                constraintext="none",
                hovertext=[piece.hover for piece in own],
                hovertemplate="%{hovertext}<extra></extra>",
                customdata=[key(piece.row, piece.kind) for piece in own],
                name=kind.text,
            )
        )
    left = {kind.code for kind in kinds if kind.is_left}
    lengths = dict.fromkeys(ends, 0)
    for piece in pieces:
        if piece.row in lengths and piece.kind not in left:
            lengths[piece.row] += piece.count
    behind = {"showarrow": False, "xanchor": "left", "xshift": 6, "font": {"size": 12, "color": style.muted}}
    # All at once: Plotly checks all notes again with each one that is added.
    built.update_layout(annotations=[{**behind, "x": lengths[row], "y": row, "text": text} for row, text in ends.items()])
    codes = [code for code, _name in rows][::-1]
    built.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=codes,
        tickvals=codes,
        ticktext=[name for _code, name in rows][::-1],
        range=[-0.6, max(len(codes), 1) - 0.4],
        showgrid=False,
        tickfont={"size": 13, "color": style.ink},
    )
    built.update_xaxes(showgrid=False, showticklabels=False, zeroline=bool(left), zerolinecolor=style.muted)
    built.update_layout(barmode="relative", bargap=0.26, legend={"traceorder": "normal", "y": -0.01, "yanchor": "top"})
    return built
