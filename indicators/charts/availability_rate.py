"""How many of the products that are authorised in a country public money pays for."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators import language
from indicators.charts.bars import INCOME_TEXTS
from indicators.charts.chart import Chart, Target
from indicators.charts.template import Style, figure
from indicators.charts.wording import provenance, source_line
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from indicators.measures import reimbursement
from indicators.observations import fact_ids
from indicators.tables import UNSPECIFIED

_INDICATOR = "rate-of-availability"
_TICKS = [0, 50, 100]


def availability_bars(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the share of authorised products that public money pays for by country, with both counts beside the bar."""
    counts = reimbursement.availability_counts(dataset)
    counts = counts[counts["iso3"].isin(countries)]
    silent = counts[~counts["is_known"]]
    known = counts[counts["is_known"]].assign(
        rate=lambda frame: (frame["covered"] / frame["authorised"] * 100).astype("float64"), name=lambda frame: frame["iso3"].map(language.country_name)
    )
    known = known.sort_values(["rate", "authorised", "name"], ascending=[False, False, True])
    built = figure(style, max(120, 25 * len(known) + 60), margin={"l": 8, "r": 110, "t": 34, "b": 8})
    hovers = {row["iso3"]: _hover(dataset, row) for row in known.to_dict("records")}
    built.add_trace(  # what there is to cover: a bar to the full length, which can be pointed at where nothing is covered
        go.Bar(
            x=[100] * len(known),
            y=known["name"],
            orientation="h",
            marker={"color": style.panel},
            hovertext=list(hovers.values()),
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=known["iso3"].tolist(),
            showlegend=False,
        )
    )
    groups = dataset["countries"].set_index("iso3")["wb_income_group"]
    for code, text in INCOME_TEXTS.items():
        part = known[known["iso3"].map(groups).fillna("") == code].to_dict("records")
        if part:
            built.add_trace(
                go.Bar(
                    x=[row["rate"] for row in part],
                    y=[row["name"] for row in part],
                    orientation="h",
                    marker={"color": style.income[code]},
                    name=_(text),
                    hovertext=[hovers[row["iso3"]] for row in part],
                    hovertemplate="%{hovertext}<extra></extra>",
                    customdata=[row["iso3"] for row in part],
                )
            )
    beside = {"x": 100, "showarrow": False, "xanchor": "left", "xshift": 8, "font": {"size": 13, "color": style.ink}}
    notes = [{**beside, "y": row["name"], "text": _share(row)} for row in known.to_dict("records")]
    built.update_layout(barmode="overlay", bargap=0.28, annotations=notes)
    built.update_yaxes(categoryorder="array", categoryarray=known["name"].tolist()[::-1], dtick=1, showgrid=False, tickfont={"size": 13, "color": style.ink})
    built.update_xaxes(range=[0, 100], tickvals=_TICKS, ticktext=[language.percent(value / 100) for value in _TICKS])
    title = _finding(known)
    return Chart(
        id="availability-rate",
        title=title,
        subtitle=_("Products that public money pays for, as a share of the products with a marketing authorisation in the country"),
        figure=built,
        alt=title + ". " + " ".join(f"{row['name']}: {_share(row)}." for row in known.to_dict("records")),
        table=_table(dataset, known),
        fact_ids=fact_ids(*known["fact_ids"]),
        caveat=" ".join(
            text
            for text in (
                _("A floor: a product without a known decision counts as not covered, so a low share can also mean little evidence."),
                _unnamed(dataset, known),
                _silent(silent),
            )
            if text
        ),
        is_empty=known.empty,
        targets={
            row["iso3"]: Target(row["name"], _("{share} authorised products are paid for").format(share=_share(row)), row["fact_ids"], _INDICATOR, row["iso3"])
            for row in known.to_dict("records")
        },
    )


def _share(row: dict) -> str:
    return _("{covered} of {authorised}").format(covered=row["covered"], authorised=row["authorised"])


def _silent(silent: pd.DataFrame) -> str:
    if silent.empty:
        return ""
    return ngettext(
        "In {count} more country products are authorised, but no decision on one of them is known; it has no bar.",
        "In {count} more countries products are authorised, but no decision on one of them is known; they have no bar.",
        len(silent),
    ).format(count=len(silent))


def _unnamed(dataset: Dataset, known: pd.DataFrame) -> str:
    """Return in which countries a product that counts as not covered may be one that is paid for without its name."""
    paid = reimbursement.covered(dataset)
    places = known.loc[(known["rate"] < 100) & known["iso3"].isin(paid.loc[paid["product_id"] == UNSPECIFIED, "iso3"]), "iso3"]
    if places.empty:
        return ""
    text = _("In {countries} a source says that public money pays, but not for which product: it may be one that counts as not covered here.")
    return text.format(countries=", ".join(language.in_sentence(iso3) for iso3 in places))


def _finding(known: pd.DataFrame) -> str:
    if known.empty:
        return _("No decision on an authorised product is known here")
    if len(known) == 1:
        row = known.iloc[0]
        place = language.in_sentence(row["iso3"])
        if not row["covered"]:
            return ngettext(
                "In {place} public money is not known to pay for the one authorised product",
                "In {place} public money is not known to pay for any of {authorised} authorised products",
                int(row["authorised"]),
            ).format(place=place, authorised=row["authorised"])
        return ngettext(
            "In {place} public money is known to pay for {covered} of {authorised} authorised product",
            "In {place} public money is known to pay for {covered} of {authorised} authorised products",
            int(row["authorised"]),
        ).format(place=place, covered=row["covered"], authorised=row["authorised"])
    every, half = int((known["rate"] == 100).sum()), int((known["rate"] < 50).sum())
    start = (
        ngettext("{count} of {total} countries pays for every authorised product", "{count} of {total} countries pay for every authorised product", every)
        if every
        else _("None of {total} countries is known to pay for every authorised product")
    ).format(count=every, total=len(known))
    few = ngettext("; {count} is known to pay for fewer than half", "; {count} are known to pay for fewer than half", half)
    return start + (few.format(count=half) if half else "")


def _hover(dataset: Dataset, row: dict) -> str:
    value = _("{share} authorised products are paid for").format(share=_share(row)) + f" ({language.percent(row['rate'] / 100)})"
    computed = ngettext("computed from {count} fact", "computed from {count} facts", len(row["fact_ids"])).format(count=len(row["fact_ids"]))
    return "<br>".join([f"<b>{row['name']}</b>", value, computed, source_line(dataset, row["fact_ids"])])


def _table(dataset: Dataset, known: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("Country"): row["name"],
                _("ISO code"): row["iso3"],
                _("Products covered"): row["covered"],
                _("Products authorised"): row["authorised"],
                _("Share (%)"): round(row["rate"], 1),
                **provenance(dataset, row["fact_ids"]),
            }
            for row in known.to_dict("records")
        ],
        index=known["iso3"].tolist(),
    )
