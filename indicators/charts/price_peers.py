"""Prices of one country beside those of its peers: each product and each kind of price on a line of its own."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.chart import Chart, Target
from indicators.charts.matrices import product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS, measure_text
from indicators.charts.template import Style, figure, money_axis
from indicators.charts.wording import VALUE_KIND_TEXTS, provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.measures import prices
from indicators.observations import fact_ids
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS

# Kinds of price that may stand on one line; each line has one kind only.
GROUPS = {**dict.fromkeys(prices.LIST_TYPES, "list"), "payment-limit": "payment-limit", "negotiated": "negotiated", "self-pay": "self-pay"}
GROUPS |= {"academic-cost": "academic-cost", "total-treatment-cost": "total-treatment-cost"}
GROUP_TEXTS = {
    "list": mark("list price"),
    "payment-limit": mark("most that Medicare pays"),
    "negotiated": mark("negotiated price"),
    "self-pay": mark("self-pay price"),
    "academic-cost": mark("production cost"),
    "total-treatment-cost": mark("whole treatment"),
}
_SYMBOLS = {
    "exact": "diamond",
    "approximate": "diamond",
    "range": "diamond",
    "at-most": "triangle-left",
    "at-least": "triangle-right",
    "target": "diamond-open",
}


def prices_against_peers(dataset: Dataset, iso3: str, members: tuple[str, ...], group_text: str, style: Style) -> Chart:
    """Return the newest price of each product and kind in a country, beside the same product's prices of the same kind among its peers.

    US dollars of each price's own year. Bounds, ranges and targets are drawn as such, and have no part in the peers' median.
    """
    lines = compared_lines(dataset, iso3, members)
    built = figure(style, 40 * len(lines) + 84, margin={"l": 8, "r": 16, "t": 40, "b": 8})
    own = [line["own"] for line in lines]
    heights = [float(len(lines) - 1 - number) for number in range(len(lines))]
    others = [(height, row) for height, line in zip(heights, lines, strict=True) for row in line["others"]]
    if others:
        built.add_trace(
            go.Scatter(
                x=[row["usd"] for _height, row in others],
                y=[height for height, _row in others],
                mode="markers",
                marker={"size": 9, "color": style.muted, "opacity": 0.5},
                hovertext=[_hover(dataset, row) for _height, row in others],
                customdata=[row["fact_id"] for _height, row in others],
                hovertemplate="%{hovertext}<extra></extra>",
                name=_("peers"),
            )
        )
    medians = [(height, line["median"]) for height, line in zip(heights, lines, strict=True) if pd.notna(line["median"])]
    if medians:
        built.add_trace(
            go.Scatter(
                x=[value for _height, value in medians],
                y=[height for height, _value in medians],
                mode="markers",
                marker={"symbol": "line-ns", "size": 20, "line": {"color": style.ink, "width": 2}},
                hovertext=[_("median of the peers: {value}").format(value=measure_text("usd", value)) for _height, value in medians],
                hovertemplate="%{hovertext}<extra></extra>",
                name=_("their median"),
            )
        )
    for height, row in zip(heights, own, strict=True):
        if row["usd_high"] > row["usd"]:
            built.add_shape(type="line", x0=row["usd"], x1=row["usd_high"], y0=height, y1=height, line={"color": style.accent, "width": 4})
    if own:
        built.add_trace(
            go.Scatter(
                x=[row["usd"] for row in own],
                y=heights,
                mode="markers",
                marker={
                    "size": 14,
                    "color": style.accent,
                    "symbol": [_SYMBOLS[row["value_kind"]] for row in own],
                    "line": {"color": style.accent, "width": 1.5},
                },
                hovertext=[_hover(dataset, row) for row in own],
                customdata=[row["fact_id"] for row in own],
                hovertemplate="%{hovertext}<extra></extra>",
                name=language.country_name(iso3),
            )
        )
    built.update_xaxes(money_axis("US$"), nticks=4, tickfont_size=11)
    labels = [
        f"{textwrap.shorten(product_text(dataset, row['product_id']), 20, placeholder='…')}<br><span style='font-size:11px'>{_(GROUP_TEXTS[GROUPS[row['price_type']]])}</span>"
        for row in own
    ]
    built.update_yaxes(tickvals=heights, ticktext=labels, range=[-0.6, max(len(lines) - 0.4, 0.6)], tickfont={"size": 13, "color": style.ink})
    shown = [*own, *(row for _height, row in others)]
    title = finding(lines, iso3, group_text)
    return Chart(
        id=f"price-peers-{iso3.lower()}",
        title=title,
        subtitle=_("Newest price of each product in US dollars of the price's own year, one kind of price a line, beside {group}").format(group=group_text),
        figure=built,
        alt=title
        + ". "
        + " ".join(f"{product_text(dataset, row['product_id'])}, {_(PRICE_TYPE_TEXTS[row['price_type']])}: {amount_text(row)}." for row in own),
        table=_table(dataset, shown),
        fact_ids=fact_ids([row["fact_id"] for row in shown], *(row["context_fact_ids"] for row in shown)),
        caveat=_("Kinds of price are never mixed: a list price is set beside list prices alone. Confidential discounts are common."),
        is_empty=not own,
        targets={
            row["fact_id"]: Target(
                f"{product_text(dataset, row['product_id'])}, {language.country_name(row['iso3'])}",
                f"{amount_text(row)}, {_(PRICE_TYPE_TEXTS[row['price_type']])}",
                fact_ids((row["fact_id"],), row["usd_facts"]),
                place=row["iso3"],
                product_id=row["product_id"],
            )
            for row in shown
        },
    )


def product_text(dataset: Dataset, product: str) -> str:
    """Return what a line's product is called."""
    return _("any product") if product == ANY_PRODUCT else product_name(dataset, product, with_brand=False)


def compared_lines(dataset: Dataset, iso3: str, members: tuple[str, ...]) -> list[dict]:
    """Return a line for each product and kind that has a price in the country: ``own, others`` (rows of priced) and their ``median``."""
    known = prices.priced(dataset)
    known = known[known["usd"].notna() & known["iso3"].isin(members)].assign(group=lambda frame: frame["price_type"].map(GROUPS))
    latest = prices.latest_list_prices(dataset)
    lists = latest[latest["iso3"].isin(members)].assign(group="list")
    mine, theirs = known[known["iso3"] == iso3], known[known["iso3"] != iso3]
    lines = []
    for (product, group), rows in mine.groupby(["product_id", "group"]):
        listed = lists[(lists["iso3"] == iso3) & (lists["product_id"] == product)]
        own = listed if group == "list" and len(listed) else rows.sort_values(["known_from", "fact_id"]).tail(1)
        if product in PRODUCT_SPECIALS:
            others = theirs.head(0)  # nobody knows whether it is the same product
        elif group == "list":
            others = lists[(lists["iso3"] != iso3) & (lists["product_id"] == product)]
        else:
            points = theirs[(theirs["product_id"] == product) & (theirs["group"] == group) & theirs["value_kind"].isin(prices.POINT_KINDS)]
            others = points.sort_values(["known_from", "fact_id"]).drop_duplicates("iso3", keep="last")
        lines.append({"own": own.to_dict("records")[0], "others": others.to_dict("records"), "median": others["usd"].median() if len(others) else float("nan")})
    order = list(GROUP_TEXTS)
    return sorted(lines, key=lambda line: (order.index(GROUPS[line["own"]["price_type"]]), -line["own"]["usd"]))


def amount_text(row: dict) -> str:
    """Return a price in US dollars as people read it; a range with both ends, anything but an exact price says what it is."""
    amount = measure_text("usd", row["usd"])
    if row["usd_high"] > row["usd"]:
        amount = f"{amount}–{language.number(row['usd_high'])}"
    return amount if row["value_kind"] == "exact" else f"{amount} ({_(VALUE_KIND_TEXTS[row['value_kind']])})"


def _hover(dataset: Dataset, row: dict) -> str:
    date = language.day(row["effective_date"]) if row["effective_date"] else _("undated")
    lines = [
        f"<b>{language.country_name(row['iso3'])}</b>",
        f"{product_text(dataset, row['product_id'])}: {amount_text(row)}",
        f"{language.number(row['amount'])} {row['currency']}, {_(PRICE_TYPE_TEXTS[row['price_type']])}",
        date,
        source_line(dataset, (row["fact_id"],)),
    ]
    return "<br>".join(lines)


def finding(lines: list[dict], iso3: str, group_text: str) -> str:
    """Return in one sentence how many list prices stand above the median of the peers, or which prices are known."""
    country = language.in_sentence(iso3)
    if not lines:
        return _("No price is known in {country}").format(country=country)
    listed = [line for line in lines if GROUPS[line["own"]["price_type"]] == "list" and line["own"]["value_kind"] in prices.POINT_KINDS]
    compared = [line for line in listed if pd.notna(line["median"])]
    if not compared:
        text = ngettext(
            "In {country} a price is known for {count} combination of product and kind of price",
            "In {country} prices are known for {count} combinations of product and kind of price",
            len(lines),
        ).format(count=len(lines), country=country)
        if listed:
            told = ngettext(
                "; one exact list price is among them, but none of the same product is known in {group}",
                "; {count} exact list prices are among them, but none of the same products is known in {group}",
                len(listed),
            )
            return text + told.format(count=len(listed), group=group_text)
        if any(len(line["others"]) for line in lines):
            return text + _("; none of them is an exact list price, which could be compared with {group}").format(group=group_text)
        return text + _("; no list price of {group} to set beside").format(group=group_text)
    dearer = sum(1 for line in compared if line["own"]["usd"] > line["median"])
    cheaper = sum(1 for line in compared if line["own"]["usd"] < line["median"])
    text = ngettext(
        "{country} lists {dearer} of {count} product above the median of {group}, {cheaper} below it",
        "{country} lists {dearer} of {count} products above the median of {group}, {cheaper} below it",
        len(compared),
    )
    return language.capitalised(text.format(country=country, dearer=dearer or _("none"), cheaper=cheaper or _("none"), count=len(compared), group=group_text))


def _table(dataset: Dataset, shown: list[dict]) -> pd.DataFrame:
    rows = [
        {
            _("Country"): language.country_name(row["iso3"]),
            _("ISO code"): row["iso3"],
            _("Product"): product_text(dataset, row["product_id"]),
            _("Kind of price"): _(PRICE_TYPE_TEXTS[row["price_type"]]),
            _("What the figure is"): _(VALUE_KIND_TEXTS[row["value_kind"]]),
            _("Amount"): row["amount"],
            _("Amount, high end"): row["amount_high"] if row["amount_high"] != row["amount"] else None,
            _("Currency"): row["currency"],
            _("Date"): row["effective_date"],
            _("US dollars"): round(row["usd"]),
            _("Year of exchange rate"): int(row["usd_year"]),
            **provenance(dataset, (row["fact_id"],)),
        }
        for row in shown
    ]
    return pd.DataFrame(rows, index=[row["fact_id"] for row in shown])
