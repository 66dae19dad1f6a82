"""How many patients are treated for each 10 million people, year by year, as transplant teams report it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import crowding, findings
from indicators.charts.chart import Chart
from indicators.charts.template import Style, figure
from indicators.charts.wording import source_line
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.periods import year_of

METRIC = "car-t-rate-per-10m"
_POINTS = ("exact", "approximate")  # of all others only a bound is known: they have no part in a ranking or a median
_PLOT, _NAME, _NEAR = 430, 16, 2  # pixels: the height of the plot, that of a name, and how far a name may be from its dot without a line
_MOST_NAMED = 7  # lines with a colour and a name; with more the eye follows none


def rates_over_time(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return first or all CAR-T patients per 10 million people and year, a line for each country.

    Lines join figures that count the same: a survey that began to count first treatments only begins a new line.
    """
    facts = dataset["care_capacity"]
    found = findings.ends(findings.in_scope(dataset, facts[(facts["metric"] == METRIC) & (facts["scope"] == "national")], countries))
    found = found.assign(year=[year_of(text) for text in found["reference_date"]]).dropna(subset=["year"])
    found = found.astype({"year": "int64"}).sort_values(["jurisdiction", "population_note", "year", "fact_id"])
    newest = found.sort_values("year").groupby("jurisdiction").tail(1).sort_values(["low", "jurisdiction"], ascending=[False, True])
    named = newest["jurisdiction"].head(_MOST_NAMED).tolist()
    colours = {
        place: style.qualitative[number % len(style.qualitative)] if number < len(style.qualitative) else style.ink for number, place in enumerate(named)
    }
    built = figure(style, 480, margin={"l": 8, "r": 130, "t": 16, "b": 8}, showlegend=False)
    order = {place: number for number, place in enumerate(named)}
    # The coloured lines last, so that they lie above the others.
    for (place, _note), own in sorted(found.groupby(["jurisdiction", "population_note"]), key=lambda item: -order.get(str(item[0][0]), len(order))):
        colour = colours.get(str(place), style.border)
        marker = {"size": 8 if place in colours else 6, "color": colour, "symbol": [findings.SYMBOLS[kind] for kind in own["value_kind"]]}
        built.add_trace(
            go.Scatter(
                x=own["year"],
                y=own["low"],
                mode="lines+markers",
                line={"color": colour, "width": 2.2 if place in colours else 1.2},
                marker=marker,
                name=language.country_name(str(place)),
                text=[_hover(dataset, row) for row in own.to_dict("records")],
                customdata=own["key"].tolist(),
                hovertemplate="%{text}<extra></extra>",
            )
        )
    top = float(found["low"].max()) if len(found) else 1.0
    _name_lines(built, newest[newest["jurisdiction"].isin(named)].iloc[::-1].to_dict("records"), colours, _PLOT / (1.06 * top))
    span = [int(found["year"].min()) - 0.3, int(found["year"].max()) + 0.3] if len(found) else None
    built.update_xaxes(dtick=1, tickformat="d", showgrid=False, range=span)
    built.update_yaxes(rangemode="tozero", title_text=_("per 10 million people"))
    title = _finding(found)
    ordered = found.sort_values(["jurisdiction", "year"], ascending=[True, False])
    return Chart(
        id="treatment-rates",
        title=title,
        subtitle=_("CAR-T patients a year per 10 million people, as reported to EBMT, trials and hospital-made products included"),
        figure=built,
        alt=title + ". " + _alt(found, newest),
        table=findings.table(dataset, ordered, {_("Who is counted"): ordered["population_note"]}),
        fact_ids=tuple(found["fact_id"]),
        caveat=_(
            "Printed for countries whose transplant teams report; a triangle is a lower bound. The newest survey counts first treatments only, so its figures stand apart."
        ),
        minimum_width=520,
        is_empty=found.empty,
        targets=findings.targets(dataset, found, [_says(row) for row in found.to_dict("records")]),
    )


def _name_lines(built: go.Figure, rows: list[dict], colours: dict[str, str], pixels: float) -> None:
    """Name lines at their newest figures (``rows``, the lowest first); a thin line leads to a name that had to make way.

    ``pixels`` is the height of one patient per 10 million people.
    """
    places = crowding.apart([row["low"] * pixels for row in rows], _NAME)
    for row, place in zip(rows, places, strict=True):
        colour, up = colours[row["jurisdiction"]], place - row["low"] * pixels
        text = f"{language.country_name(row['jurisdiction'])} <b>{findings.short_amount(*_rounded(row), row['value_kind'])}</b>"
        shared = {"x": row["year"], "y": row["low"], "text": text, "xanchor": "left", "font": {"size": 12, "color": colour}}
        if abs(up) < _NEAR:
            built.add_annotation(**shared, showarrow=False, xshift=9)
        else:
            built.add_annotation(**shared, showarrow=True, ax=20, ay=-up, arrowhead=0, arrowwidth=1, arrowcolor=colour, standoff=5)


def _says(row: dict) -> str:
    value = findings.short_amount(row["low"], row["high"], row["value_kind"])
    return _("{value} per 10 million people ({year})").format(value=value, year=row["year"])


def _rounded(row: dict) -> tuple[float, float]:
    """Return the two ends of a rate as a title or a label has room for them; a small rate keeps its decimals, for it is not zero."""
    low, high = (float(round(row[end])) if row[end] >= 10 else row[end] for end in ("low", "high"))
    return low, high


def _amount(row: dict, unit: str = "") -> str:
    return findings.amount(unit, *_rounded(row), row["value_kind"])


def _hover(dataset: Dataset, row: dict) -> str:
    return "<br>".join([f"<b>{language.country_name(row['jurisdiction'])}</b>", _says(row), row["population_note"], source_line(dataset, (row["fact_id"],))])


def _finding(found: pd.DataFrame) -> str:
    if found.empty:
        return _("No rate of treatment is printed for these countries")
    year = int(found["year"].max())
    last = found[found["year"] == year]
    if last["jurisdiction"].nunique() == 1:
        return _one_country(year, last)
    points = last[last["value_kind"].isin(_POINTS)]
    bounds = len(set(last["jurisdiction"]) - set(points["jurisdiction"]))
    if points.empty:
        return _("In {year} {count} countries reported patients to EBMT, for each only a bound is known").format(year=year, count=bounds)
    title = _one_country(year, points) if points["jurisdiction"].nunique() == 1 else _leader(year, points)
    left_out = ngettext("; {count} more, of which only a bound is known, is left out", "; {count} more, of which only a bound is known, are left out", bounds)
    return title + (left_out.format(count=bounds) if bounds else "")


def _one_country(year: int, own: pd.DataFrame) -> str:
    row = own.loc[own["low"].idxmax()].to_dict()
    return _("In {year} {country} reported {value} to EBMT for each 10 million people").format(
        year=year, country=language.in_sentence(row["jurisdiction"]), value=_amount(row, "count")
    )


def _leader(year: int, points: pd.DataFrame) -> str:
    top = points.loc[points["low"].idxmax()].to_dict()
    text = _("In {year} {country} reported the most to EBMT, {value} for each 10 million people; the median of {count} countries was {median}")
    return text.format(
        year=year,
        country=language.in_sentence(top["jurisdiction"]),
        value=_amount(top, "count"),
        count=points["jurisdiction"].nunique(),
        median=language.number(points["low"].median()),
    )


def _alt(found: pd.DataFrame, newest: pd.DataFrame) -> str:
    if found.empty:
        return _("Nothing is drawn.")
    parts = [
        _("{country}: {value} in {year}.").format(country=language.country_name(row["jurisdiction"]), value=_amount(row), year=row["year"])
        for row in newest.to_dict("records")
    ]
    return " ".join(parts)
