"""Prices: each product by country, and hospital-made beside commercial."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import dots
from indicators.charts.chart import Chart
from indicators.charts.price_words import MEASURE_TEXTS, measure_text, price_hover, price_table, price_targets
from indicators.charts.template import Style, figure, money_axis, product_colour
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import prices
from indicators.observations import fact_ids


def list_price_dots(dataset: Dataset, countries: tuple[str, ...], products: tuple[str, ...], measure: str, style: Style) -> Chart:
    """Return the newest list price of each product by country; a dot is a product.

    ``products`` limits the products (empty: all); ``measure`` is one of MEASURE_TEXTS.
    """
    shown = prices.latest_list_prices(dataset)
    shown = shown[shown["iso3"].isin(countries) & shown[measure].notna()]
    if products:
        shown = shown[shown["product_id"].isin(products)]
    ranges = prices.list_price_ranges(dataset)
    ranges = ranges[ranges["iso3"].isin(countries) & (ranges["product_id"].isin(products) if products else True)]
    ranges = ranges[ranges[measure].notna()].assign(high=lambda frame: frame[measure] * frame["usd_high"] / frame["usd"])
    together = pd.concat([shown[["iso3", measure]], ranges[["iso3", measure]]])
    medians = together.groupby("iso3")[measure].median().sort_values(ascending=False)
    order = [str(iso3) for iso3 in medians.index]
    drawn = pd.concat([shown, ranges[[*shown.columns]]])
    built = dots.empty_rows(style, order)
    places = dots.heights(order)
    for iso3, own in shown.groupby("iso3")[measure]:
        if len(own) > 1:
            built.add_trace(_span(own.min(), own.max(), places[str(iso3)], style.line, 5))
    for row in ranges.to_dict("records"):
        span = _span(row[measure], row["high"], places[row["iso3"]], product_colour(style, row["product_id"]), 3, price_hover(dataset, row, measure))
        span.update(customdata=[row["fact_id"]] * 2, name=_("{product}, a range").format(product=row["product_id"]), showlegend=True)
        built.add_trace(span)
    dots.add_product_dots(
        built, style, shown.assign(key=shown["fact_id"]), measure, [price_hover(dataset, row, measure) for row in shown.to_dict("records")], order
    )
    built.update_xaxes(money_axis({"usd": "US$", "ppp": "Int$"}[measure]) if measure in ("usd", "ppp") else {"rangemode": "tozero"})
    return Chart(
        id=f"list-prices-{measure}",
        title=_list_price_finding(shown, ranges, measure),
        subtitle=_("Newest list price of one treatment, by product: {measure}").format(measure=_(MEASURE_TEXTS[measure])),
        figure=built,
        alt=_list_price_finding(shown, ranges, measure)
        + ". "
        + _("{count} prices of {products} products.").format(count=len(drawn), products=drawn["product_id"].nunique()),
        table=price_table(dataset, drawn),
        fact_ids=fact_ids(shown["fact_id"], ranges["fact_id"], *shown["context_fact_ids"], *ranges["context_fact_ids"]),
        caveat=_(
            "List prices; confidential discounts are common. Of several kinds of one date, ex-factory comes before public price. US dollars at the average rate of the price's own year."
        ),
        is_empty=shown.empty and ranges.empty,
        targets=price_targets(dataset, shown, measure) | price_targets(dataset, ranges, measure),
    )


def _span(low: float, high: float, height: float, colour: str, width: int, hover: str = "") -> go.Scatter:
    """Return a line from low to high; with end marks and a hover when it is itself a price that is a range."""
    return go.Scatter(
        x=[low, high],
        y=[height, height],
        mode="lines+markers" if hover else "lines",
        line={"color": colour, "width": width},
        marker={"symbol": "line-ns", "size": 12, "line": {"color": colour, "width": width}},
        text=[hover, hover],
        hovertemplate="%{text}<extra></extra>" if hover else None,
        hoverinfo=None if hover else "skip",
        showlegend=False,
    )


def _list_price_finding(shown: pd.DataFrame, ranges: pd.DataFrame, measure: str) -> str:
    if shown.empty and ranges.empty:
        return _("No list price is known here")
    # Both ends of a range are prices: each stands for itself.
    columns = ["iso3", "product_id", "year", measure]
    ends = [
        shown[columns].assign(end=""),
        ranges[columns].assign(end="low"),
        ranges.assign(**{measure: ranges["high"]})[columns].assign(end="high"),
    ]
    both_ends = pd.concat(ends, ignore_index=True)
    high, low = both_ends.loc[both_ends[measure].idxmax()], both_ends.loc[both_ends[measure].idxmin()]

    def named(row: pd.Series) -> str:
        return _("{value} ({product}, {country}, {year})").format(
            value=measure_text(measure, row[measure]),
            product=row["product_id"],
            country=language.in_sentence(row["iso3"]),
            year=int(row["year"]),
        )

    def of_range(row: pd.Series) -> str:
        """Return a price with the word that it is one end of a range, which alone is no price."""
        if not row["end"]:
            return named(row)
        text = (
            _("about {value} ({product}, {country}, {year}; low end of a range)")
            if row["end"] == "low"
            else _("about {value} ({product}, {country}, {year}; high end of a range)")
        )
        return text.format(
            value=measure_text(measure, row[measure]), product=row["product_id"], country=language.in_sentence(row["iso3"]), year=int(row["year"])
        )

    if high[measure] == low[measure]:
        return _("The list price is {price}").format(price=of_range(high))
    return _("List prices run from {low} to {high}").format(low=of_range(low), high=of_range(high))


def academic_against_commercial(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the price or cost of hospital-made CAR-T beside list prices of commercial products, in US dollars."""
    all_prices = prices.priced(dataset)
    academic = all_prices[prices.is_academic(dataset, all_prices) & all_prices["iso3"].isin(countries) & all_prices["usd"].notna()]
    commercial = prices.latest_list_prices(dataset)
    commercial = commercial[commercial["iso3"].isin(countries) & ~prices.is_academic(dataset, commercial)]
    span = commercial.groupby("iso3")["usd"].agg(["min", "median", "max"])
    lowest = academic.groupby("iso3")["usd"].min()
    places = lowest.sort_values(ascending=False).index
    order = [language.country_name(str(iso3)) for iso3 in places]
    built = figure(style, max(180, 34 * len(order) + 90), margin={"l": 8, "r": 24, "t": 44, "b": 8})
    with_both = [iso3 for iso3 in places if iso3 in span.index]
    for iso3 in with_both:
        low, high = span.at[iso3, "min"], span.at[iso3, "max"]
        built.add_trace(
            go.Scatter(
                x=[low, high],
                y=[language.country_name(str(iso3))] * 2,
                mode="lines+markers",
                line={"color": style.accent, "width": 5},
                marker={"size": 11, "color": style.accent},
                name=_("Commercial products, list price"),
                legendgroup="commercial",
                showlegend=iso3 == with_both[0],
                hovertemplate=_("Commercial list price") + ": US$%{x:,.0f}<extra></extra>",
            )
        )
    symbols = {
        "exact": "diamond",
        "approximate": "diamond",
        "range": "diamond",
        "at-most": "triangle-left",
        "at-least": "triangle-right",
        "target": "diamond-open",
    }
    for kind, label in (("known", _("Hospital-made, price or cost")), ("target", _("Hospital-made, target or forecast"))):
        group = academic[(academic["value_kind"] == "target") == (kind == "target")]
        if group.empty:
            continue
        built.add_trace(
            go.Scatter(
                x=group["usd"],
                y=[language.country_name(iso3) for iso3 in group["iso3"]],
                mode="markers",
                marker={
                    "symbol": [symbols[value_kind] for value_kind in group["value_kind"]],
                    "size": 13,
                    "color": style.income["LMC"],
                    "line": {"width": 2 if kind == "target" else 0.8, "color": style.income["LMC"] if kind == "target" else style.paper},
                },
                name=label,
                text=[price_hover(dataset, row) for row in group.to_dict("records")],
                customdata=group["fact_id"].tolist(),
                hovertemplate="%{text}<extra></extra>",
            )
        )
    built.update_xaxes(money_axis("US$"))
    built.update_yaxes(categoryorder="array", categoryarray=order[::-1], tickfont={"size": 13, "color": style.ink})
    known = academic[academic["value_kind"].isin(prices.POINT_KINDS)].groupby("iso3")["usd"].min()
    ratios = [known[iso3] / span.at[iso3, "median"] for iso3 in known.index if iso3 in span.index]
    if ratios:
        title = ngettext(
            "Where both are known, hospital-made CAR-T costs {share} of the commercial list price ({count} country)",
            "Where both are known, hospital-made CAR-T costs {share} of the commercial list price (median of {count} countries)",
            len(ratios),
        ).format(share=language.percent(float(pd.Series(ratios).median())), count=len(ratios))
    elif len(known):
        title = ngettext(
            "A price of hospital-made CAR-T is known in {count} country", "Prices of hospital-made CAR-T are known in {count} countries", len(known)
        )
        title = title.format(count=len(known))
    elif len(academic):
        title = _("Only bounds and targets are known for hospital-made CAR-T here")
    else:
        title = _("No price of hospital-made CAR-T is known here")
    both = pd.concat([academic, commercial[commercial["iso3"].isin(places)]]) if len(places) else academic
    return Chart(
        id="academic-commercial",
        title=title,
        subtitle=_("US dollars of the price's own year; triangles point to where a bound leaves room, open diamonds are targets"),
        figure=built,
        alt=title + ".",
        table=price_table(dataset, both),
        fact_ids=fact_ids(both["fact_id"], *both["context_fact_ids"]) if len(both) else (),
        caveat=_("A production cost leaves out what a company's price pays for, such as development and liability; read as a distance, not as a saving."),
        is_empty=academic.empty,
        targets=price_targets(dataset, both),
    )
