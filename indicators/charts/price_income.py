"""What a list price means beside income: each country's median list price against its output per head."""

from __future__ import annotations

from math import log10

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import label_places
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, figure
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import prices
from indicators.observations import fact_ids

MULTIPLES = (1, 5, 20)
_PLOT = (640, 400)  # pixels that the plot has on the smallest screen; on a larger one names have more room


def income_scatter(dataset: Dataset, countries: tuple[str, ...], products: tuple[str, ...], style: Style) -> Chart:
    """Return the median list price of each country against its GDP per head, both on scales of equal factors.

    ``products`` limits the products (empty: all). Lines join what costs equally many times a country's output per head.
    """
    shown = prices.list_price_and_income(dataset, products)
    shown = shown[shown["iso3"].isin(countries)].sort_values("multiple", ascending=False, kind="stable").reset_index(drop=True)
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    shown = shown.assign(group=shown["iso3"].map(groups).fillna(""))
    built = figure(style, 480, margin={"l": 8, "r": 24, "t": 38, "b": 8})
    if len(shown):
        x_range, y_range = _limits(shown["income"]), _limits(shown["usd"])
        _add_multiples(built, x_range, y_range, style)
        shown = shown.assign(place=_label_places(shown, x_range, y_range))
        for axis, limits in ((built.update_xaxes, x_range), (built.update_yaxes, y_range)):
            values, texts = _ticks(limits)
            axis(type="log", range=[log10(limits[0]), log10(limits[1])], tickvals=values, ticktext=texts, tickangle=0)
    for code, text in INCOME_TEXTS.items():
        part = shown[shown["group"] == code]
        if len(part):
            rows = part.to_dict("records")
            built.add_trace(
                go.Scatter(
                    x=part["income"],
                    y=part["usd"],
                    mode="markers+text",
                    marker={"color": style.income[code], "size": 12, "line": {"color": style.paper, "width": 1}},
                    text=[language.country_name(row["iso3"]) if row["place"] else "" for row in rows],
                    textposition=[row["place"] or "middle right" for row in rows],
                    textfont={"size": 12, "color": style.ink},
                    hovertext=[_hover(dataset, row) for row in rows],
                    hovertemplate="%{hovertext}<extra></extra>",
                    customdata=part["iso3"].tolist(),
                    name=_(text),
                )
            )
    built.update_xaxes(title_text=_("GDP per head, US dollars (scale of equal factors)"))
    built.update_yaxes(title_text=_("Median list price, US dollars"))
    title = _finding(shown)
    return Chart(
        id="price-against-income",
        title=title,
        subtitle=_("Median over products of the newest list price, against GDP per head, both in current US dollars"),
        figure=built,
        alt=title
        + ". "
        + " ".join(
            _("{country}: {multiple} times.").format(country=language.country_name(row["iso3"]), multiple=_times(row["multiple"]))
            for row in shown.to_dict("records")
        ),
        table=_table(dataset, shown),
        fact_ids=fact_ids(*shown["fact_ids"]),
        caveat=_(
            "GDP per head of the year nearest to the newest price. Ranges, bounds and targets are left out. Few people anywhere pay a list price themselves: the line shows what it means for a country, not for a household."
        ),
        minimum_width=720,
        is_empty=shown.empty,
        targets={row["iso3"]: Target(language.country_name(row["iso3"]), _says(row), row["fact_ids"], place=row["iso3"]) for row in shown.to_dict("records")},
    )


def _limits(values: pd.Series) -> tuple[float, float]:
    """Return the ends of a scale of equal factors with room around the values."""
    return float(values.min()) / 1.6, float(values.max()) * 1.6


def _ticks(limits: tuple[float, float]) -> tuple[list[float], list[str]]:
    steps = (1, 2, 5) if limits[1] / limits[0] > 10 else (1, 2, 3, 5, 7)
    values = [float(step * 10**power) for power in range(2, 8) for step in steps if limits[0] <= step * 10**power <= limits[1]]
    return values, [f"US${language.compact(value) if value >= 10_000 else language.number(value)}" for value in values]


def _add_multiples(built: go.Figure, x_range: tuple[float, float], y_range: tuple[float, float], style: Style) -> None:
    """Draw the lines of equal multiples of GDP per head, as far as they cross the plot, each with its name at its upper end."""
    for multiple in MULTIPLES:
        left, right = max(x_range[0], y_range[0] / multiple), min(x_range[1], y_range[1] / multiple)
        if left >= right:
            continue
        line = {"color": style.muted, "width": 1, "dash": "dot"}
        built.add_trace(go.Scatter(x=[left, right], y=[multiple * left, multiple * right], mode="lines", line=line, hoverinfo="skip", showlegend=False))
        text = ngettext("{count}× GDP per head", "{count}× GDP per head", multiple).format(count=multiple)
        # Left of a line's upper end, above the line: inside the plot, whichever edge the line ends at.
        label = {"showarrow": False, "font": {"size": 11, "color": style.muted}, "xanchor": "right"}
        label |= {"yanchor": "top", "xshift": -26} if right < x_range[1] else {"yanchor": "bottom", "yshift": 4}
        built.add_annotation(x=log10(right), y=log10(multiple * right), text=text, xref="x", yref="y", **label)


def _label_places(shown: pd.DataFrame, x_range: tuple[float, float], y_range: tuple[float, float]) -> list[str]:
    """Return where each country's name stands; those furthest from the middle choose first."""
    across, down = log10(x_range[1] / x_range[0]), log10(y_range[1] / y_range[0])
    where = [
        (
            _PLOT[0] * log10(row["income"] / x_range[0]) / across,
            _PLOT[1] * (1 - log10(row["usd"] / y_range[0]) / down),
            language.country_name(row["iso3"]),
        )
        for row in shown.to_dict("records")
    ]
    middle = shown["multiple"].median()
    first = sorted(range(len(where)), key=lambda number: -abs(log10(shown["multiple"].iloc[number] / middle)))
    found = dict(zip(first, label_places.places([where[number] for number in first], _PLOT), strict=True))
    return [found[number] for number in range(len(where))]


def _times(multiple: float) -> str:
    return language.number(multiple, 1)


def _says(row: dict) -> str:
    years = str(row["last_year"]) if row["first_year"] == row["last_year"] else f"{row['first_year']}–{row['last_year']}"
    return _("{multiple} × GDP per head: US${price} ({years}) / US${income} ({income_year})").format(
        multiple=_times(row["multiple"]), price=language.number(row["usd"]), years=years, income=language.number(row["income"]), income_year=row["income_year"]
    )


def _hover(dataset: Dataset, row: dict) -> str:
    what = ngettext("list price of {count} product", "median list price of {count} products", row["prices"]).format(count=row["prices"])
    return "<br>".join([f"<b>{language.country_name(row['iso3'])}</b>", _says(row), what, source_line(dataset, row["fact_ids"])])


def _finding(shown: pd.DataFrame) -> str:
    if shown.empty:
        return _("No list price and income of one country are known here")
    dearest, cheapest = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        text = _("In {country} the median list price is {multiple} times the GDP per head")
        return text.format(country=language.in_sentence(dearest["iso3"]), multiple=_times(dearest["multiple"]))
    return _("The median list price is {low} times the GDP per head in {cheapest}, {high} times in {dearest}").format(
        low=_times(cheapest["multiple"]),
        cheapest=language.in_sentence(cheapest["iso3"]),
        high=_times(dearest["multiple"]),
        dearest=language.in_sentence(dearest["iso3"]),
    )


def _table(dataset: Dataset, shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Income group"): _(INCOME_TEXTS[row["group"]]),
                _("Median list price (US dollars)"): round(row["usd"]),
                _("Products with a list price"): row["prices"],
                _("First year"): row["first_year"],
                _("Last year"): row["last_year"],
                _("GDP per head (US dollars)"): round(row["income"]),
                _("Year of GDP"): row["income_year"],
                _("× GDP per head"): round(row["multiple"], 2),
                **provenance(dataset, row["fact_ids"]),
            }
            for row in shown.to_dict("records")
        ],
        index=shown["iso3"].tolist(),
    )
