"""The house style: colours for light and dark, type, and the layout that every figure starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from indicators import language

FONT = "Inter, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of one theme. Text against paper meets WCAG AA; marks against paper have a contrast of 3 or more."""

    name: str
    paper: str
    ink: str
    muted: str
    line: str
    panel: str
    accent: str
    no_evidence: str
    not_chosen: str
    zero: str
    documented_none: str
    border: str
    sequential: tuple[str, ...]
    income: dict[str, str]
    products: dict[str, str]
    other_product: str
    approval: dict[str, str]
    cover: dict[str, str]
    site_type: dict[str, str]
    qualitative: tuple[str, ...]


# Products keep their colour on every page: Okabe and Ito's palette, darkened where white paper asks for it.
_PRODUCTS_LIGHT = {
    "tisa-cel": "#0072B2",
    "axi-cel": "#C4500A",
    "brexu-cel": "#00805D",
    "liso-cel": "#B3588F",
    "ide-cel": "#B07A00",
    "cilta-cel": "#22313F",
    "obe-cel": "#6A4C93",
    "relma-cel": "#7A7A1F",
    "eque-cel": "#A63D40",
    "tali-cel": "#3D6B35",
    "varni-cel": "#8C564B",
}
_PRODUCTS_DARK = {
    "tisa-cel": "#5AAEE6",
    "axi-cel": "#F08A4B",
    "brexu-cel": "#3FC79A",
    "liso-cel": "#E39AC4",
    "ide-cel": "#E6B54A",
    "cilta-cel": "#F2F2EC",
    "obe-cel": "#B49AE0",
    "relma-cel": "#C9C95C",
    "eque-cel": "#E88587",
    "tali-cel": "#8CC97F",
    "varni-cel": "#C99A8C",
}

LIGHT = Style(
    name="light",
    paper="#FFFFFF",
    ink="#1D2A2F",
    muted="#5F6F73",
    line="#E1E5E3",
    panel="#F5F6F4",
    accent="#0B6E6E",
    no_evidence="#ECEDEA",
    not_chosen="#F9FAF8",
    zero="#F3E3B3",
    documented_none="#C9C3B8",
    border="#D3D8D5",
    sequential=("#A0D3C5", "#77BDB0", "#4AA098", "#1F7F7D", "#0A4B52"),
    income={"HIC": "#0A4B52", "UMC": "#2E8B84", "LMC": "#D08C3E", "LIC": "#B4532A", "": "#8A9699"},
    products=_PRODUCTS_LIGHT,
    other_product="#6B7A7E",
    approval={"approved": "#1F7F7D", "hospital-exemption": "#C47A2C", "under-review": "#FFFFFF", "refused": "#B4532A", "withdrawn": "#8A8074"},
    cover={
        "covered": "#0A4B52",
        "covered-conditionally": "#3E9A93",
        "covered-in-part": "#9BD0C4",
        "case-by-case": "#E2B778",
        "under-assessment": "#FFFFFF",
        "no-cover": "#C9C3B8",
        "not-covered": "#B4532A",
        "unknown": "#D9DDDA",
    },
    site_type={
        "commercial": "#0A4B52",
        "cdmo": "#2B8FC7",
        "academic": "#C47A2C",
        "point-of-care": "#B3588F",
        "clinical": "#6A8F3C",
        "vector": "#6B7A7E",
    },
    qualitative=("#0B6E6E", "#C4500A", "#0072B2", "#B3588F", "#B07A00", "#6A4C93"),
)

DARK = Style(
    name="dark",
    paper="#12191C",
    ink="#E6ECEB",
    muted="#9DACAE",
    line="#2A3539",
    panel="#1A2327",
    accent="#4DB6AC",
    no_evidence="#263136",
    not_chosen="#161E21",
    zero="#5A4F28",
    documented_none="#5B564C",
    border="#39464A",
    sequential=("#1D4D50", "#23797A", "#3FA79E", "#83CFC1", "#D3F2E8"),
    income={"HIC": "#B5E4DC", "UMC": "#3FA39B", "LMC": "#E3A95F", "LIC": "#E07B52", "": "#7E8C90"},
    products=_PRODUCTS_DARK,
    other_product="#98A6AA",
    approval={"approved": "#3FA79E", "hospital-exemption": "#E3A95F", "under-review": "#12191C", "refused": "#E07B52", "withdrawn": "#8A8478"},
    cover={
        "covered": "#B5E4DC",
        "covered-conditionally": "#4FB0A6",
        "covered-in-part": "#2A6B6A",
        "case-by-case": "#D9AA63",
        "under-assessment": "#12191C",
        "no-cover": "#5B564C",
        "not-covered": "#E07B52",
        "unknown": "#3A474B",
    },
    site_type={
        "commercial": "#B5E4DC",
        "cdmo": "#5AAEE6",
        "academic": "#E3A95F",
        "point-of-care": "#E39AC4",
        "clinical": "#A5C97A",
        "vector": "#98A6AA",
    },
    qualitative=("#4DB6AC", "#F08A4B", "#5AAEE6", "#E39AC4", "#E6B54A", "#B49AE0"),
)

STYLES = {"light": LIGHT, "dark": DARK}

# Maps ask the app's own address for their geometry (see static/geo); without this they ask a public server.
PLOTLY_CONFIG: dict[str, Any] = {"topojsonURL": "app/static/geo/", "displayModeBar": False, "scrollZoom": False, "responsive": True}


def product_colour(style: Style, product_id: str) -> str:
    """Return the colour that a product has on every page."""
    return style.products.get(product_id, style.other_product)


def axis_style(style: Style) -> dict[str, Any]:
    """Return how an axis looks: each axis of a figure in panels needs it."""
    return {
        "gridcolor": style.line,
        "zeroline": False,
        "linecolor": style.line,
        "tickfont": {"size": 13, "color": style.muted},
        "title": {"font": {"size": 13, "color": style.muted}},
        "automargin": True,
        "fixedrange": True,
    }


def figure(style: Style, height: int | None, **layout: Any) -> go.Figure:
    """Return an empty figure in the house style: quiet grid, no title of its own, room for labels on the data.

    Without a height (pixels) it takes that of the place where it stands, as maps do.
    """
    axis = axis_style(style)
    built = go.Figure()
    built.update_layout(
        template=go.layout.Template(),
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13, "color": style.ink},
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        hoverlabel={"bgcolor": style.panel, "bordercolor": style.border, "font": {"family": FONT, "size": 13, "color": style.ink}, "align": "left"},
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "font": {"size": 13, "color": style.ink},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={**axis},
        yaxis={**axis},
        separators=".,",
        dragmode=False,
    )
    built.update_layout(**layout)
    return built


def money_axis(prefix: str) -> dict[str, Any]:
    """Return what an axis of money needs: it starts at zero and writes ``US$100K`` as the text around the figure does.

    The browser's own short form has a small k in every language, so its labels are replaced by ours.
    """
    short = {f"{prefix}{thousands}k": f"{prefix}{language.compact(1000 * thousands)}" for thousands in range(10, 1000, 10)}
    return {"rangemode": "tozero", "tickprefix": prefix, "tickformat": "~s", "tickangle": 0, "labelalias": short}


def readable_on(colour: str) -> str:
    """Return black or white, whichever stands out more from a colour (relative luminance of WCAG 2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#FFFFFF"


def translucent(colour: str, opacity: float) -> str:
    """Return a colour that lets through what lies behind it: unlike a mark's opacity, it stays when another mark is selected."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def year_axis() -> dict[str, Any]:
    """Return what an axis of time needs: a label for each year where there is room, fewer on a small screen, months where they fit."""
    stops = [
        {"dtickrange": [None, "M11"], "value": "%b %Y"},
        {"dtickrange": ["M24", "M24"], "value": "’%y"},  # every other year: there is little room
        {"dtickrange": ["M12", None], "value": "%Y"},
    ]
    return {"type": "date", "showgrid": False, "tickangle": 0, "tickformatstops": stops}
