"""What happened when: countries with an approval over time, approval lags, and time from authorisation to cover."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts import dots
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.matrices import product_name
from indicators.charts.template import Style, figure, year_axis
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, eu_members
from indicators.language import _, ngettext
from indicators.measures import approvals, reimbursement
from indicators.observations import fact_ids

DAYS_PER_YEAR = 365.25


def cumulative_approvals(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the number of countries with at least one product, authorised or under a hospital exemption, over time by income group."""
    first = approvals.cumulative(dataset)
    first = first[first["iso3"].isin(countries)]
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    first = first.assign(group=first["iso3"].map(groups).fillna(""))
    end = pd.Timestamp(dataset.today)
    start = pd.Timestamp("2017-07-01")
    built = figure(style, 400, margin={"l": 8, "r": 175, "t": 20, "b": 8})
    chosen = dataset["countries"][dataset["countries"]["iso3"].isin(countries)]
    present = chosen["wb_income_group"].value_counts()
    ends: dict[str, int] = {}
    for code, text in INCOME_TEXTS.items():
        part = first[first["group"] == code]
        if not present.get(code, 0):
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
        label = f"<span style='color:{style.income[code]}'>■</span> <b>{value}</b> {_(INCOME_TEXTS[code])}"
        font = {"color": style.ink, "size": 13}
        built.add_annotation(x=end.strftime("%Y-%m-%d"), y=place, text=label, showarrow=False, xanchor="left", xshift=6, font=font)
    built.update_xaxes(year_axis(), range=[start.strftime("%Y-%m-%d"), end.strftime("%Y-%m-%d")])
    built.update_yaxes(rangemode="tozero", title_text=_("countries"), **({"dtick": 1} if max(ends.values(), default=0) <= 5 else {}))
    total = first["iso3"].nunique()
    high = int((first["group"] == "HIC").sum())
    low = int((first["group"] == "LIC").sum())
    if total:
        title = ngettext(
            "{count} country has a product authorised or under a hospital exemption",
            "{count} countries have a product authorised or under a hospital exemption",
            total,
        ).format(count=total)
    else:
        title = _("No country here has a product authorised or under a hospital exemption")
    if total > 1:
        title += (
            _(", all of them high-income")
            if high == total
            else _(", {high} of them high-income, {low} low-income").format(high=high or _("none"), low=low or _("none"))
        )
    table = pd.DataFrame(
        [
            {
                _("Date"): row["approval_date"] or _("by {day}").format(day=row["day"].strftime("%Y-%m-%d")),
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Income group"): _(INCOME_TEXTS[row["group"]]),
                _("First product"): product_name(dataset, row["product_id"]),
            }
            for row in first.sort_values(["day", "iso3"]).to_dict("records")
        ],
        index=first.sort_values(["day", "iso3"])["iso3"].tolist(),
    )
    return Chart(
        id="cumulative-approvals",
        title=title,
        subtitle=_(
            "Countries with at least one product authorised or under a hospital exemption, by World Bank income group; an EU decision counts for every member"
        ),
        figure=built,
        alt=title
        + ". "
        + " ".join(
            _("{group}: {count} of {total} countries.").format(group=_(text), count=ends.get(code, 0), total=int(present.get(code, 0)))
            for code, text in INCOME_TEXTS.items()
            if code
        ),
        table=table,
        fact_ids=tuple(first["fact_id"]),
        targets={
            row["iso3"]: Target(
                language.country_name(row["iso3"]),
                _("first product: {product}").format(product=product_name(dataset, row["product_id"])),
                (row["fact_id"],),
                place=row["iso3"],
                product_id=row["product_id"],
            )
            for row in first.to_dict("records")
        },
        caveat=_("A date known only as a year counts from the year's end, an undated approval from the publication of its source."),
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
    shown = _with_keys(_one_row_for_eu(lags[lags["iso3"].isin(countries)], dataset.today))
    ordered = shown.sort_values(["lag_days", "iso3"])
    built, medians = _delay_dots(dataset, shown.rename(columns={"lag_days": "days"}), style)
    title = _lag_finding(shown)
    table = pd.DataFrame(
        [
            {
                _("Jurisdiction"): language.country_name(row["iso3"]),
                _("Code"): row["iso3"],
                _("Product"): product_name(dataset, row["product_id"]),
                _("First authorisation"): row["approval_date"],
                _("Days behind the first in the world"): int(row["lag_days"]),
                **provenance(dataset, (row["fact_id"],)),
            }
            for row in ordered.to_dict("records")
        ],
        index=ordered["key"].tolist(),
    )
    return Chart(
        id="approval-lag",
        title=title,
        subtitle=_("Years from a product's first authorisation anywhere to its first authorisation here; bar: median"),
        figure=built,
        alt=title + ". " + _median_alt(medians),
        table=table,
        fact_ids=fact_ids(shown["fact_id"], shown["first_fact_id"]) if len(shown) else (),
        targets=_delay_targets(dataset, shown.assign(days=shown["lag_days"], fact_ids=list(zip(shown["fact_id"], shown["first_fact_id"], strict=True)))),
        caveat=_("Products that never came do not appear, so jurisdictions with few products can look fast. Dates known as a month stand for its middle."),
        is_empty=shown.empty,
    )


def availability_delay_chart(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how long each product took from marketing authorisation to public cover, by country; a dot is a product."""
    delays = reimbursement.availability_delays(dataset)
    shown = _with_keys(delays[delays["iso3"].isin(countries)])
    ordered = shown.sort_values(["iso3", "days"])
    shown = shown.assign(fact_id=[facts[-1] for facts in shown["fact_ids"]])
    built, medians = _delay_dots(dataset, shown, style)
    title = _delay_finding(shown)
    table = pd.DataFrame(
        [
            {
                _("Country"): language.country_name(row["iso3"]),
                _("ISO code"): row["iso3"],
                _("Product"): product_name(dataset, row["product_id"]),
                _("Marketing authorisation"): row["authorised"],
                _("First covering decision"): row["covered"],
                _("Days"): int(row["days"]),
                **provenance(dataset, row["fact_ids"]),
            }
            for row in ordered.to_dict("records")
        ],
        index=ordered["key"].tolist(),
    )
    return Chart(
        id="availability-delay",
        title=title,
        subtitle=_("Years from a product's marketing authorisation to the first public decision that covers it; bar: median"),
        figure=built,
        alt=title + ". " + _median_alt(medians),
        table=table,
        fact_ids=fact_ids(*shown["fact_ids"]) if len(shown) else (),
        targets=_delay_targets(dataset, shown),
        caveat=_(
            "In the manner of EFPIA's W.A.I.T. indicator. Products without cover do not appear, so slow countries look better than they are; where payment starts at launch, a later decision overstates the wait."
        ),
        is_empty=shown.empty,
    )


def _with_keys(delays: pd.DataFrame) -> pd.DataFrame:
    return delays.assign(key=delays["iso3"] + "." + delays["product_id"])


def _delay_targets(dataset: Dataset, delays: pd.DataFrame) -> dict[str, Target]:
    """Return what opens for each dot; ``delays``: key, iso3, product_id, days, fact_ids."""
    return {
        row["key"]: Target(
            f"{product_name(dataset, row['product_id'])}, {language.country_name(row['iso3'])}",
            _duration(row["days"]),
            tuple(dict.fromkeys(row["fact_ids"])),
            place=row["iso3"],
            product_id=row["product_id"],
        )
        for row in delays.to_dict("records")
    }


def _duration(days: float) -> str:
    """Return a time as people say it: days when short, else years with one decimal."""
    if days < 90:
        return ngettext("{count} day", "{count} days", round(days)).format(count=language.number(days))
    return _("{years} years").format(years=language.number(days / DAYS_PER_YEAR, 1))


def _lag_finding(shown: pd.DataFrame) -> str:
    total = shown["product_id"].nunique()
    if not total:
        return _("No dated authorisation is known here")
    late = shown.loc[shown["lag_days"] > 0, "lag_days"]
    firsts = shown[shown["lag_days"] == 0].groupby("iso3")["product_id"].nunique()
    if firsts.empty:
        return _("Products came here {time} after their first authorisation in the world (median)").format(time=_duration(late.median()))
    most = int(firsts.max())
    leaders = [str(iso3) for iso3 in firsts.index[firsts == most]]
    if len(leaders) == 1:
        text = _("{place} came first for {count} of {total} products").format(place=language.in_sentence(leaders[0]), count=most, total=total)
    else:
        text = _("{places} jurisdictions came first for {count} of {total} products each").format(places=len(leaders), count=most, total=total)
    return language.capitalised(text) + (
        _("; where a product came later, the median wait was {time}").format(time=_duration(late.median())) if len(late) else ""
    )


def _delay_finding(shown: pd.DataFrame) -> str:
    if shown.empty:
        return _("No product with both dates is known here")
    medians = shown.groupby("iso3")["days"].median().sort_values()
    several = medians[shown.groupby("iso3")["product_id"].nunique() > 1]
    if len(several) < 2:
        count = len(shown)
        text = ngettext("From authorisation to public cover: {time} (one product)", "From authorisation to public cover: {time} (median of {count})", count)
        return text.format(time=_duration(shown["days"].median()), count=count)
    return _("From authorisation to public cover: {fast} in {fastest}, {slow} in {slowest} (medians of two products or more)").format(
        fast=_duration(several.iloc[0]),
        fastest=language.in_sentence(str(several.index[0])),
        slow=_duration(several.iloc[-1]),
        slowest=language.in_sentence(str(several.index[-1])),
    )


def _delay_dots(dataset: Dataset, delays: pd.DataFrame, style: Style) -> tuple[go.Figure, pd.Series]:
    """Return dots of ``days`` per product, places in order of their median; ``delays``: iso3, product_id, days, fact_id."""
    medians = delays.groupby("iso3")["days"].median().sort_values() if len(delays) else pd.Series(dtype="float64")
    order = [str(iso3) for iso3 in medians.index]
    built = dots.empty_rows(style, order)
    built.add_trace(
        go.Scatter(
            x=[value / DAYS_PER_YEAR for value in medians],
            y=[dots.heights(order)[iso3] for iso3 in order],
            mode="markers",
            marker={"symbol": "line-ns", "size": 18, "line": {"color": style.ink, "width": 2}},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    hovers = [_delay_hover(dataset, row) for row in delays.to_dict("records")]
    dots.add_product_dots(built, style, delays.assign(years=delays["days"] / DAYS_PER_YEAR), "years", hovers, order)
    built.update_xaxes(title_text=_("years"), zeroline=True, zerolinecolor=style.muted, zerolinewidth=1)
    return built, medians


def _delay_hover(dataset: Dataset, row: dict) -> str:
    dates = f"{language.day(row['authorised'])} → {language.day(row['covered'])}" if "covered" in row else language.day(row["approval_date"])
    lines = [
        f"<b>{language.country_name(row['iso3'])}</b>",
        f"{product_name(dataset, row['product_id'])}: {_duration(row['days'])}",
        dates,
        source_line(dataset, (row["fact_id"],)),
    ]
    return "<br>".join(lines)


def _median_alt(medians: pd.Series) -> str:
    return " ".join(_("{place}: median {time}.").format(place=language.country_name(str(iso3)), time=_duration(days)) for iso3, days in medians.items())
