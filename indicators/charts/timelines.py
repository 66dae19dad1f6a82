"""What happened when: countries with an approval over time, approval lags, and time from authorisation to cover."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart
from indicators.charts.matrices import product_name
from indicators.charts.template import Style, figure, product_colour
from indicators.charts.wording import source_ids, source_line, source_urls
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, ngettext
from indicators.measures import approvals, reimbursement
from indicators.observations import fact_ids

DAYS_PER_YEAR = 365.25


def cumulative_approvals(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the number of countries with at least one authorised product over time, by income group."""
    first = approvals.cumulative(dataset)
    first = first[first["iso3"].isin(countries)]
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    first = first.assign(group=first["iso3"].map(groups).fillna(""))
    end = pd.Timestamp(dataset.today)
    start = pd.Timestamp("2017-07-01")
    built = figure(style, 400, margin={"l": 8, "r": 175, "t": 20, "b": 8})
    sizes = dataset["countries"]["wb_income_group"].value_counts()
    ends: dict[str, int] = {}
    for code, text in INCOME_TEXTS.items():
        part = first[first["group"] == code]
        if part.empty and code == "":
            continue
        counts = part.groupby("day").size().sort_index().cumsum()
        days = [start, *counts.index, end]
        values = [0, *counts.tolist(), int(counts.iloc[-1]) if len(counts) else 0]
        built.add_trace(
            go.Scatter(
                x=[day.strftime("%Y-%m-%d") for day in days],
                y=values,
                mode="lines",
                line={"shape": "hv", "color": style.income[code], "width": 2.5},
                name=_(text),
                hovertemplate="%{x|%-d %b %Y}: %{y}<extra>" + _(text) + "</extra>",
                showlegend=False,
            )
        )
        ends[code] = values[-1]
    room = max([*ends.values(), 1]) * 0.052  # the height of a line of text, in countries
    place = -room
    for code, value in sorted(ends.items(), key=lambda item: (item[1], -list(INCOME_TEXTS).index(item[0]))):
        place = max(place + room, value)
        label = f"<b>{value}</b> {_(INCOME_TEXTS[code])}"
        font = {"color": style.income[code] if code else style.muted, "size": 13}
        built.add_annotation(x=end.strftime("%Y-%m-%d"), y=place, text=label, showarrow=False, xanchor="left", xshift=6, font=font)
    built.update_xaxes(showgrid=False, dtick="M12", tickformat="%Y", range=[start.strftime("%Y-%m-%d"), end.strftime("%Y-%m-%d")])
    built.update_yaxes(rangemode="tozero", title_text=_("countries"))
    total = first["iso3"].nunique()
    high = int((first["group"] == "HIC").sum())
    low = int((first["group"] == "LIC").sum())
    title = ngettext("{count} country has an authorised product", "{count} countries have an authorised product", total).format(count=total)
    if total > 1:
        title += (
            _(", all of them high-income") if high == total else _(", {high} of them high-income, {low} low-income").format(high=high, low=low or _("none"))
        )
    table = pd.DataFrame(
        [
            {
                _("Date"): row["day"].strftime("%Y-%m-%d"),
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Income group"): _(INCOME_TEXTS[row["group"]]),
                _("First product"): product_name(dataset, row["product_id"]),
            }
            for row in first.sort_values(["day", "iso3"]).to_dict("records")
        ]
    )
    return Chart(
        id="cumulative-approvals",
        title=title,
        subtitle=_("Countries with at least one authorised product, by World Bank income group; an EU decision counts for every member"),
        figure=built,
        alt=title
        + ". "
        + _("There are {counts}.").format(counts=", ".join(f"{int(sizes.get(code, 0))} {_(text)}" for code, text in INCOME_TEXTS.items() if code)),
        table=table,
        fact_ids=tuple(first["fact_id"]),
        caveat=_("A date known only as a year counts from the year's end."),
        is_empty=first.empty,
    )


def _one_row_for_eu(lags: pd.DataFrame, day: date) -> pd.DataFrame:
    """Show members that only follow the European decision as one row."""
    members = eu_members(day)
    follows = (lags["via"] == EU) & lags["iso3"].isin(members)
    european = lags[follows].drop_duplicates(["product_id"]).assign(iso3=EU)
    return pd.concat([lags[~follows], european], ignore_index=True)


def approval_lag_chart(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how long after its first authorisation in the world each product came, by jurisdiction; a dot is a product."""
    lags = approvals.approval_lags(dataset)
    shown = _one_row_for_eu(lags[lags["iso3"].isin(countries)], dataset.today)
    built, order, medians = _delay_dots(dataset, shown.rename(columns={"lag_days": "days"}), style)
    first_places = shown[shown["lag_days"] == 0].groupby("iso3")["product_id"].nunique().sort_values(ascending=False)
    if len(first_places):
        title = _("{place} came first for {count} of {total} products; elsewhere the median wait was {years} years").format(
            place=language.country_name(str(first_places.index[0])),
            count=int(first_places.iloc[0]),
            total=shown["product_id"].nunique(),
            years=language.number(shown.loc[shown["lag_days"] > 0, "lag_days"].median() / DAYS_PER_YEAR, 1),
        )
    else:
        title = _("No dated authorisation is known here")
    table = pd.DataFrame(
        [
            {
                _("Jurisdiction"): language.country_name(row["iso3"]),
                _("Code"): row["iso3"],
                _("Product"): product_name(dataset, row["product_id"]),
                _("First authorisation"): row["approval_date"],
                _("Days behind the first in the world"): int(row["lag_days"]),
                _("Sources"): source_urls(dataset, source_ids(dataset, (row["fact_id"],))),
            }
            for row in shown.sort_values(["lag_days", "iso3"]).to_dict("records")
        ]
    )
    return Chart(
        id="approval-lag",
        title=title,
        subtitle=_("Years from a product's first authorisation anywhere to its first authorisation here; bar: median"),
        figure=built,
        alt=title + ". " + _median_alt(order, medians),
        table=table,
        fact_ids=fact_ids(shown["fact_id"], shown["first_fact_id"]) if len(shown) else (),
        caveat=_("Products that never came do not appear, so jurisdictions with few products can look fast. Dates known as a month stand for its middle."),
        is_empty=shown.empty,
    )


def availability_delay_chart(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how long each product took from marketing authorisation to public cover, by country; a dot is a product."""
    delays = reimbursement.availability_delays(dataset)
    shown = delays[delays["iso3"].isin(countries)].assign(fact_id=lambda frame: frame["fact_ids"].str[-1])
    built, order, medians = _delay_dots(dataset, shown, style)
    if len(shown):
        fastest, slowest = medians.index[0], medians.index[-1]
        title = _("From authorisation to public cover: {fast} years in {fastest}, {slow} in {slowest} (medians)").format(
            fast=language.number(medians.iloc[0] / DAYS_PER_YEAR, 1),
            fastest=language.country_name(str(fastest)),
            slow=language.number(medians.iloc[-1] / DAYS_PER_YEAR, 1),
            slowest=language.country_name(str(slowest)),
        )
    else:
        title = _("No product with both dates is known here")
    table = pd.DataFrame(
        [
            {
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Product"): product_name(dataset, row["product_id"]),
                _("Marketing authorisation"): row["authorised"],
                _("First covering decision"): row["covered"],
                _("Days"): int(row["days"]),
                _("Sources"): source_urls(dataset, source_ids(dataset, row["fact_ids"])),
            }
            for row in shown.sort_values(["iso3", "days"]).to_dict("records")
        ]
    )
    return Chart(
        id="availability-delay",
        title=title,
        subtitle=_("Years from a product's marketing authorisation to the first public decision that covers it; bar: median"),
        figure=built,
        alt=title + ". " + _median_alt(order, medians),
        table=table,
        fact_ids=fact_ids(*shown["fact_ids"]) if len(shown) else (),
        caveat=_(
            "In the manner of EFPIA's W.A.I.T. indicator. Products without cover do not appear, so slow countries look better than they are; where payment starts at launch, a later decision overstates the wait."
        ),
        is_empty=shown.empty,
    )


def _delay_dots(dataset: Dataset, delays: pd.DataFrame, style: Style) -> tuple[go.Figure, list[str], pd.Series]:
    """Return dots of ``days`` per product, places in order of their median; ``delays``: iso3, product_id, days, fact_id."""
    medians = delays.groupby("iso3")["days"].median().sort_values() if len(delays) else pd.Series(dtype="float64")
    order = [language.country_name(str(iso3)) for iso3 in medians.index]
    built = figure(style, max(160, 26 * len(order) + 90), margin={"l": 8, "r": 16, "t": 44, "b": 8})
    built.add_trace(
        go.Scatter(
            x=[value / DAYS_PER_YEAR for value in medians],
            y=order,
            mode="markers",
            marker={"symbol": "line-ns", "size": 16, "line": {"color": style.ink, "width": 2}},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    for product, group in sorted(delays.groupby("product_id"), key=lambda item: (item[0] not in style.products, -len(item[1]))):
        product_id = str(product)
        own_colour = product_id in style.products
        built.add_trace(
            go.Scatter(
                x=[days / DAYS_PER_YEAR for days in group["days"]],
                y=[language.country_name(iso3) for iso3 in group["iso3"]],
                mode="markers",
                marker={"color": product_colour(style, product_id), "size": 10, "opacity": 0.85, "line": {"color": style.paper, "width": 0.8}},
                name=product_id if own_colour else _("other products"),
                legendgroup=product_id if own_colour else "other",
                showlegend=own_colour or not any(trace.legendgroup == "other" for trace in built.data),
                text=[_delay_hover(dataset, row) for row in group.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    built.update_xaxes(title_text=_("years"), zeroline=True, zerolinecolor=style.muted, zerolinewidth=1)
    built.update_yaxes(categoryorder="array", categoryarray=order[::-1], tickfont={"size": 13, "color": style.ink})
    return built, order, medians


def _delay_hover(dataset: Dataset, row: dict) -> str:
    dates = f"{row['authorised']} → {row['covered']}" if "covered" in row else row["approval_date"]
    lines = [
        f"<b>{language.country_name(row['iso3'])}</b>",
        product_name(dataset, row["product_id"]),
        ngettext("{count} day", "{count} days", int(row["days"])).format(count=language.number(row["days"])),
        dates,
        source_line(dataset, (row["fact_id"],)),
    ]
    return "<br>".join(lines)


def _median_alt(order: list[str], medians: pd.Series) -> str:
    return " ".join(
        _("{place}: median {years} years.").format(place=place, years=language.number(days / DAYS_PER_YEAR, 1))
        for place, days in zip(order, medians, strict=True)
    )
