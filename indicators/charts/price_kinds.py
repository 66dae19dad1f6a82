"""Prices of one kind by country, each figure drawn as what it is: a point, a bound, a range or a target."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import dots
from indicators.charts.chart import Chart
from indicators.charts.price_words import MEASURE_TEXTS, PRICE_TYPE_TEXTS, measure_text, price_hover, price_table, price_targets
from indicators.charts.template import Style, money_axis, product_colour
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import prices
from indicators.observations import fact_ids

_NOT_POINTS = ("at-most", "at-least", "range", "target")
_BELOW = 0.22  # how far below its country's line a range stands, in lines, so that it hides no dot
_SYMBOLS = {"exact": "circle", "approximate": "circle", "at-most": "triangle-left", "at-least": "triangle-right", "range": "line-ns", "target": "circle-open"}
_SYMBOL_TEXTS = (
    ("circle", mark("exact or about")),
    ("triangle-left", mark("at most this")),
    ("triangle-right", mark("at least this")),
    ("line-ns", mark("from … to …")),
    ("circle-open", mark("a target or forecast")),
)
_WHAT_IT_IS = {
    "list-ex-factory": mark("A list price before discounts, pharmacy and tax; what is really paid is often lower and confidential."),
    "list-wac": mark("The maker's list price to wholesalers in the United States, before any discount."),
    "list-public": mark("A published list price; whether it holds tax and margins differs between countries."),
    "nhi-tariff": mark("What a public insurer pays a hospital for the product, as its tariff says."),
    "payment-limit": mark("What Medicare pays at most, set anew each quarter from the average of the prices really paid; not a list price."),
    "negotiated": mark("What a payer agreed to pay; such prices are seldom public."),
    "self-pay": mark("What patients without cover are asked to pay; it can hold more than the product."),
    "academic-cost": mark("What it costs a hospital or university to make the cells; it is no price, and leaves out what a company's price pays for."),
    "total-treatment-cost": mark("The product with hospital stay, drugs and care around it; studies draw the line in different places."),
}


def price_kind_dots(dataset: Dataset, countries: tuple[str, ...], products: tuple[str, ...], kind: str, measure: str, style: Style) -> Chart:
    """Return all figures of one kind of price by country, bounds and ranges drawn as such.

    ``products`` limits the products (empty: all); ``kind`` is one of PRICE_TYPE_TEXTS, ``measure`` of MEASURE_TEXTS.
    """
    shown = prices.of_kind(dataset, kind)
    shown = shown[shown["iso3"].isin(countries) & shown[measure].notna() & (shown["product_id"].isin(products) if products else True)]
    shown = shown.assign(high=shown[measure] * shown["usd_high"] / shown["usd"])
    highest = shown.groupby("iso3")["high"].max().sort_values(ascending=False, kind="stable")
    order = [str(iso3) for iso3 in highest.index]
    heights = dots.heights(order)
    placed = shown.assign(y=shown["iso3"].map(heights).astype("float64") + dots.apart(shown, measure))
    built = dots.empty_rows(style, order)
    is_interval = placed["amount_high"] > placed["amount"]
    beside_points = placed["iso3"].isin(placed.loc[~is_interval, "iso3"]).astype("int")
    number = placed[is_interval].groupby("iso3").cumcount().reindex(placed.index, fill_value=0)
    placed["y"] -= _BELOW * is_interval * (beside_points + number)
    for row in placed[is_interval].to_dict("records"):
        colour = product_colour(style, row["product_id"])
        is_target = row["value_kind"] == "target"
        built.add_trace(
            go.Scatter(
                x=[row[measure], row["high"]],
                y=[row["y"]] * 2,
                mode="lines+markers",
                line={"color": colour, "width": 3, "dash": "dot" if is_target else "solid"},
                marker={"symbol": "circle-open" if is_target else "line-ns", "size": 11, "line": {"color": colour, "width": 3}, "color": colour},
                text=[price_hover(dataset, row, measure)] * 2,
                hovertemplate="%{text}<extra></extra>",
                customdata=[row["fact_id"]] * 2,
                name=row["product_id"],
                showlegend=False,
            )
        )
    for product, group in placed[~is_interval].groupby("product_id"):
        symbols = [_SYMBOLS[value_kind] for value_kind in group["value_kind"]]
        colour = product_colour(style, str(product))
        built.add_trace(
            go.Scatter(
                x=group[measure],
                y=group["y"],
                mode="markers",
                marker={
                    "symbol": symbols,
                    "opacity": 1,  # Plotly makes dots of several sizes translucent
                    "size": [13 if symbol.startswith("triangle") else 11 for symbol in symbols],
                    "color": colour,
                    "line": {
                        "color": [colour if symbol.endswith("-open") else style.paper for symbol in symbols],
                        "width": [2 if symbol.endswith("-open") else 1 for symbol in symbols],
                    },
                },
                text=[price_hover(dataset, row, measure) for row in group.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
                customdata=group["fact_id"].tolist(),
                name=str(product),
                showlegend=False,
            )
        )
    _add_legend(built, shown, style)
    built.update_xaxes(money_axis({"usd": "US$", "ppp": "Int$"}[measure]) if measure in ("usd", "ppp") else {"rangemode": "tozero"})
    title = _finding(shown, kind, measure)
    return Chart(
        id=f"prices-{kind}-{measure}",
        title=title,
        subtitle=_("{kind}, by country: {measure}").format(kind=language.capitalised(_(PRICE_TYPE_TEXTS[kind])), measure=_(MEASURE_TEXTS[measure])),
        figure=built,
        alt=title + ".",
        table=price_table(dataset, shown),
        fact_ids=fact_ids(shown["fact_id"], *shown["context_fact_ids"]) if len(shown) else (),
        caveat=_(_WHAT_IT_IS[kind]) + " " + _("Countries are in the order of their highest figure. Figures of different years stand side by side."),
        minimum_width=640,
        is_empty=shown.empty,
        targets=price_targets(dataset, shown, measure),
    )


def _add_legend(built: go.Figure, shown: pd.DataFrame, style: Style) -> None:
    """Name the shapes that are drawn, and the products that have a colour of their own; the rest share one entry."""
    used = {_SYMBOLS[value_kind] for value_kind in shown["value_kind"]}
    for symbol, text in _SYMBOL_TEXTS:
        if symbol in used:
            marker = {
                "symbol": symbol,
                "size": 11,
                "color": style.muted,
                "line": {"color": style.muted, "width": 2 if symbol in ("circle-open", "line-ns") else 0},
            }
            built.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=_(text), hoverinfo="skip", showlegend=True))
    present = set(shown["product_id"])
    named = [product for product in style.products if product in present]
    entries = [(product, style.products[product]) for product in named] + (
        [(_("other products, or none named"), style.other_product)] if present - set(named) else []
    )
    for text, colour in entries:
        marker = {"symbol": "square", "size": 10, "color": colour}
        built.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=text, hoverinfo="skip", showlegend=True))


def _finding(shown: pd.DataFrame, kind: str, measure: str) -> str:
    what = language.capitalised(_(PRICE_TYPE_TEXTS[kind]))
    if shown.empty:
        return _("{kind}: no figure is known here").format(kind=what)
    points = shown[shown["value_kind"].isin(prices.POINT_KINDS)]
    vague = int(shown["value_kind"].isin(_NOT_POINTS).sum())
    countries = shown["iso3"].nunique()
    if points.empty:
        text = ngettext(
            "{kind}: only a bound, range or target is known, from {countries} country",
            "{kind}: only bounds, ranges and targets are known, from {countries} countries",
            countries,
        )
        return text.format(kind=what, countries=countries)
    high, low = points.loc[points[measure].idxmax()], points.loc[points[measure].idxmin()]
    if high[measure] == low[measure]:
        text = _("{kind}: {price}").format(kind=what, price=_named(high, measure))
    else:
        text = _("{kind}: from {low} to {high}").format(kind=what, low=_named(low, measure), high=_named(high, measure))
    if not vague:
        return text
    return text + ngettext(
        ", not counting {count} figure of {total} that is a bound, range or target",
        ", not counting {count} figures of {total} that are bounds, ranges or targets",
        vague,
    ).format(count=vague, total=len(shown))


def _named(row: pd.Series, measure: str) -> str:
    return _("{value} ({country}, {year})").format(value=measure_text(measure, row[measure]), country=language.in_sentence(row["iso3"]), year=int(row["year"]))
