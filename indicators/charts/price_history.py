"""List prices of each product over time."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import crowding, label_places
from indicators.charts.chart import Chart
from indicators.charts.crowding import Dot, Name
from indicators.charts.matrices import product_name
from indicators.charts.price_words import PRICE_TYPE_TEXTS, measure_text, price_hover, price_table, price_targets
from indicators.charts.template import Style, axis_style, figure, money_axis, product_colour, year_axis
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import prices
from indicators.observations import fact_ids

_End = tuple[float, str, str]  # where a line ends: value, day, the country's name
_Line = tuple[list[str], list[float]]  # the days and values of a line
_PANELS_ABREAST = 3
_WIDEST_PANEL = 400  # pixels
_MARGINS = {"above": 60, "taken": 42}  # pixels of a history's height beside those of its rows, and those that are margins
_BETWEEN_ROWS = 0.32  # of the height, for one row more
_SAME_LINE = 48_000  # US dollars within which two lines of one name are named once
_PRICES_FOR_A_PANEL = 3
_PANEL_WIDTH, _PANEL_HEIGHT = 205, 145  # pixels that a panel has on the smallest screen


def price_history(dataset: Dataset, countries: tuple[str, ...], products: tuple[str, ...], style: Style) -> Chart:
    """Return list prices over time in US dollars: a line where a product, kind and indication has two or more dates, else a dot."""
    shown = prices.priced(dataset)
    shown = shown[
        shown["iso3"].isin(countries)
        & shown["price_type"].isin(prices.LIST_TYPES)
        & shown["value_kind"].isin(prices.POINT_KINDS)
        & (shown["effective_date"] != "")
        & shown["usd"].notna()
        & ~shown["product_id"].isin(["any", "unspecified"])
    ]
    if products:
        shown = shown[shown["product_id"].isin(products)]
    # A wholesale acquisition cost is that of the package, whatever it is used for, unless a product is priced by use, as
    # tisa-cel was at its launches; other prices can always differ by indication.
    named = shown[(shown["price_type"] == "list-wac") & (shown["indication_id"] != "unspecified")]
    priced_by_use = named.groupby("product_id")["indication_id"].nunique() > 1
    one_price = (shown["price_type"] == "list-wac") & ~shown["product_id"].map(priced_by_use).eq(True)
    use = shown["indication_id"].mask(one_price, "")
    shown = shown.assign(use=use).sort_values(["effective_date", "fact_id"])
    built = _history_panels(dataset, shown, style)
    title, alt = _history_finding(shown)
    return Chart(
        id="price-history",
        title=title,
        subtitle=_(
            "List price of one treatment in US dollars of its own year, by product and date; lines join prices of one kind and indication in one country"
        ),
        figure=built,
        alt=alt,
        table=price_table(dataset, shown),
        fact_ids=fact_ids(shown["fact_id"], *shown["context_fact_ids"]) if len(shown) else (),
        caveat=_("A change in US dollars can be a change of the exchange rate; the atlas lists the local prices too."),
        minimum_width=720,
        is_empty=shown.empty,
        targets=price_targets(dataset, shown),
    )


def _plot_day(text: str) -> str:
    return text if len(text) == 10 else f"{text}-15" if len(text) == 7 else f"{text}-07-01"


def _history_panels(dataset: Dataset, shown: pd.DataFrame, style: Style) -> go.Figure:
    """Return one panel a product, those with the most prices first, all on the same scales."""
    often = shown["product_id"].value_counts()
    own = shown["product_id"].isin(style.products) & (shown["product_id"].map(often) >= _PRICES_FOR_A_PANEL)
    panel_of = shown["product_id"].where(own, "")
    counts = panel_of.value_counts()
    panels = [*(product for product in counts.index if product), *([""] if "" in counts.index else [])]
    rows = -(-len(panels) // _PANELS_ABREAST) or 1
    built = figure(style, _MARGINS["above"] + 215 * rows, margin={"l": 8, "r": 16, "t": 34, "b": 8}, showlegend=False)
    titles = [product_name(dataset, product) if product else _("other products") for product in panels]
    if panels:
        places: list[list[dict | None]] = [
            [{} if row * _PANELS_ABREAST + column < len(panels) else None for column in range(_PANELS_ABREAST)] for row in range(rows)
        ]
        if not panels[-1]:  # many products share it, so it takes what is left of its row
            places[-1][(len(panels) - 1) % _PANELS_ABREAST] = {"colspan": 1 + rows * _PANELS_ABREAST - len(panels)}
        built.set_subplots(rows, _PANELS_ABREAST, specs=places, subplot_titles=titles, horizontal_spacing=0.03, vertical_spacing=_BETWEEN_ROWS / (rows + 1))
        for number, note in enumerate(built.layout.annotations):
            left = built.get_subplot(number // _PANELS_ABREAST + 1, number % _PANELS_ABREAST + 1).xaxis.domain[0]
            note.update(x=left, xanchor="left", font={"size": 13, "color": style.ink})
    for number, panel in enumerate(panels):
        place = {"row": number // _PANELS_ABREAST + 1, "col": number % _PANELS_ABREAST + 1}
        ends: list[_End] = []
        lines: list[_Line] = []
        here = shown[panel_of == panel]
        kinds = here.groupby("iso3")["price_type"].nunique()
        # Lines join like with like: a price for another indication, or of another kind, is another price.
        for (iso3, product, kind, _use), group in here.groupby(["iso3", "product_id", "price_type", "use"]):
            days = [_plot_day(text) for text in group["effective_date"]]
            is_series = len(group) > 1
            colour = product_colour(style, str(product))
            trace = go.Scatter(
                x=days,
                y=group["usd"],
                mode="lines+markers" if is_series else "markers",
                line={"color": colour, "width": 1.8, "shape": "hv"},
                marker={"color": colour, "size": 7},
                opacity=1 if is_series else 0.55,
                name=str(product),
                text=[price_hover(dataset, row) for row in group.to_dict("records")],
                customdata=group["fact_id"].tolist(),
                hovertemplate="%{text}<extra></extra>",
            )
            built.add_trace(trace, **place)
            if is_series and panel:
                name = language.country_name(str(iso3))
                if kinds[iso3] > 1:
                    name = f"{name}, {_(PRICE_TYPE_TEXTS[str(kind)]).removeprefix(_('list price, '))}"
                ends.append((float(group["usd"].iloc[-1]), days[-1], name))
            if is_series:
                lines.append((days, group["usd"].tolist()))
        if not panel:
            _name_products(built, here, shown, _PANEL_WIDTH * (1 + rows * _PANELS_ABREAST - len(panels)), style, place)
        _name_lines(built, here, lines, ends, shown, rows, style, place)
    # The same scales in all panels, written out: a group of matching axes is left without data by Plotly as soon as one has none.
    built.update_xaxes(axis_style(style) | year_axis() | {"range": _room_for_labels(shown)})
    built.update_yaxes(axis_style(style) | money_axis("US$") | {"showticklabels": False, "range": [0, 1.08 * shown["usd"].max()] if len(shown) else None})
    if panels:
        built.update_yaxes(showticklabels=True, col=1)
    return built


def _name_lines(
    built: go.Figure, here: pd.DataFrame, lines: list[_Line], ends: list[_End], shown: pd.DataFrame, rows: int, style: Style, place: dict[str, int]
) -> None:
    """Name each line at its end where no name lies over a dot, a line or another name; where it is crowded, a thin line leads to the name."""
    bounds = _room_for_labels(shown)
    if not ends or bounds is None:
        return
    first, last = (pd.Timestamp(day) for day in bounds)
    top = 1.08 * shown["usd"].max()
    height = (_MARGINS["above"] + 215 * rows - _MARGINS["taken"]) * (1 - (rows - 1) * _BETWEEN_ROWS / (rows + 1)) / rows

    def dot(day: str, value: float, radius: float) -> Dot:
        return Dot((pd.Timestamp(day) - first) / (last - first), height * (1 - value / top), radius)

    dots = [dot(_plot_day(row["effective_date"]), row["usd"], 4.0) for row in here.to_dict("records")]
    for days, values in lines:
        corners = [dot(days[0], values[0], 1.5)]
        for day, value in zip(days[1:], values[1:], strict=True):  # a price holds until the next
            corners += [Dot(dot(day, value, 1.5).share, corners[-1].y, 1.5), dot(day, value, 1.5)]
        dots += [part for one, other in pairwise(corners) for part in _along(one, other)]
    names = [
        Name(str(number), name, dot(day, value, 4.0), must=True)
        for number, (value, day, name) in enumerate(sorted(ends, key=lambda end: (-end[0], end[1], end[2])))
        if not any(end[2] == name and end != (value, day, name) and end[0] > value and abs(end[0] - value) < _SAME_LINE for end in ends)
    ]
    texts = list(dict.fromkeys((name.text, name.dot) for name in names))
    names = [next(name for name in names if (name.text, name.dot) == text) for text in texts]
    places = crowding.place_names(names, dots, crowding.Plot(height, _PANEL_WIDTH, _WIDEST_PANEL), 11)
    by_number = sorted(ends, key=lambda end: (-end[0], end[1], end[2]))
    for name in names:
        found = places.get(name.key)
        if found is None:
            continue
        value, day, text = by_number[int(name.key)]
        away = {"ax": found.x, "ay": found.y, "arrowhead": 0, "arrowwidth": 0.8, "arrowcolor": style.muted, "standoff": name.dot.radius}
        built.add_annotation(
            x=day,
            y=value,
            text=text,
            font={"size": 11, "color": style.ink},
            borderpad=0,
            xanchor=found.anchor,
            yanchor="bottom" if found.y < 0 else "top" if found.y > 0 else "middle",
            **({"showarrow": True, **away} if found.has_line else {"showarrow": False, "xshift": found.x, "yshift": -found.y}),
            **place,
        )


def _along(one: Dot, other: Dot) -> list[Dot]:
    """Return small dots along a line between two, close enough that no name fits between them."""
    count = max(1, int(max(abs(other.share - one.share) * _PANEL_WIDTH, abs(other.y - one.y)) / 5))
    shares = [number / count for number in range(count + 1)]
    return [Dot(one.share + share * (other.share - one.share), one.y + share * (other.y - one.y), 1.5) for share in shares]


def _name_products(built: go.Figure, here: pd.DataFrame, shown: pd.DataFrame, width: int, style: Style, place: dict[str, int]) -> None:
    """Name each product of the panel that several share once, at its newest price, where there is room; the rest shows when pointed at."""
    first, last = (pd.Timestamp(day) for day in _room_for_labels(shown) or ())
    top = 1.08 * shown["usd"].max()
    newest_first = here.assign(day=[_plot_day(text) for text in here["effective_date"]]).sort_values(["day", "fact_id"], ascending=False)
    newest_first = newest_first.assign(label=newest_first["product_id"].mask(newest_first["product_id"].duplicated(), ""))
    points = newest_first.to_dict("records")
    dots_here = [(width * ((pd.Timestamp(row["day"]) - first) / (last - first)), _PANEL_HEIGHT * (1 - row["usd"] / top), row["label"]) for row in points]
    for row, position in zip(points, label_places.places(dots_here, (width, _PANEL_HEIGHT), font=11), strict=True):
        if row["label"] and position:
            built.add_annotation(
                x=row["day"], y=row["usd"], text=row["label"], showarrow=False, font={"size": 11, "color": style.ink}, **label_places.anchors(position), **place
            )


def _room_for_labels(shown: pd.DataFrame) -> list[str] | None:
    """Return an axis from the first price to well after the last one, where the countries' names stand."""
    if shown.empty:
        return None
    days = pd.to_datetime([_plot_day(text) for text in shown["effective_date"]])
    first, last = days.min(), days.max()
    return [str(first - pd.Timedelta(days=120))[:10], str(last + max((last - first) * 0.35, pd.Timedelta(days=365)))[:10]]


def _history_finding(shown: pd.DataFrame) -> tuple[str, str]:
    if shown.empty:
        return _("No dated list price is known here"), _("No dated list price is known here.")
    american = shown[shown["iso3"] == "USA"]
    changes = []
    for (product_id, _kind, _use), group in american.groupby(["product_id", "price_type", "use"]):
        if len(group) > 1 and group["effective_date"].iloc[0] != group["effective_date"].iloc[-1]:
            first, last = group.iloc[0], group.iloc[-1]
            changes.append((last["usd"] / first["usd"] - 1, product_id, first, last))
    if not changes:
        title = ngettext("{count} dated list price is known here", "{count} dated list prices are known here", len(shown)).format(count=len(shown))
        return title, title + "."
    share, product_id, first, last = max(changes, key=lambda change: abs(change[0]))
    rose = _("In the United States the list price of {product} rose by {share}, from {first} in {first_year} to {last} in {last_year}")
    fell = _("In the United States the list price of {product} fell by {share}, from {first} in {first_year} to {last} in {last_year}")
    title = (rose if share >= 0 else fell).format(
        product=product_id,
        share=language.percent(abs(share)),
        first=measure_text("usd", first["usd"]),
        first_year=first["effective_date"][:4],
        last=measure_text("usd", last["usd"]),
        last_year=last["effective_date"][:4],
    )
    return title, title + "."
