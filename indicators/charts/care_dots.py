"""Waiting, travel, payment, reach and eligibility: single findings on care, each with what it covers."""

from __future__ import annotations

import textwrap
from html import escape

import pandas as pd

from indicators import language
from indicators.charts import findings
from indicators.charts.chart import Chart
from indicators.charts.findings import Panel
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext

METRIC_TEXTS = {
    "wait-time-days": mark("Waiting, from the step named to the step named (days)"),
    "travel-distance-km": mark("Distance from home to the centre (km)"),
    "out-of-pocket-usd": mark("What the patient pays (US dollars)"),
    "share-of-eligible-treated": mark("Treated, of those who are eligible (%)"),
    "share-of-enrolled-infused": mark("Infused, of those who are enrolled (%)"),
    "share-of-apheresed-infused": mark("Infused, of those whose cells were collected (%)"),
    "eligible-patients-annual": mark("People eligible in a year, by label or disease (logarithmic scale)"),
    "patients-treated-annual": mark("Patients treated in a year (logarithmic scale)"),
    "patients-treated-cumulative": mark("Patients treated up to the date of the figure (logarithmic scale)"),
}
ON_THE_WAY = ("wait-time-days", "travel-distance-km", "out-of-pocket-usd")
REACH = ("share-of-eligible-treated", "share-of-enrolled-infused", "share-of-apheresed-infused")
ELIGIBLE = ("eligible-patients-annual",)
SCOPE_TEXTS = {
    "national": mark("whole country"),
    "subnational": mark("part of the country"),
    "cohort": mark("one group of patients"),
    "single-centre": mark("one centre"),
    "single-trial": mark("one trial"),
}
_NOTE = 72  # letters in a line of a note
_NOTES_FROM = 0.52


def found_in(dataset: Dataset, countries: tuple[str, ...], metrics: tuple[str, ...]) -> pd.DataFrame:
    """Return the findings on some metrics, with ``kind`` (the scope); see :mod:`indicators.charts.findings`."""
    facts = dataset["care_capacity"]
    return findings.ends(findings.in_scope(dataset, facts[facts["metric"].isin(metrics)], countries)).assign(kind=lambda frame: frame["scope"])


def kinds_of(style: Style) -> dict[str, tuple[str, str]]:
    """Return the name and colour of each scope."""
    colours = (style.qualitative[0], style.qualitative[2], style.qualitative[5], style.qualitative[1], style.qualitative[4])
    return {code: (_(text), colour) for (code, text), colour in zip(SCOPE_TEXTS.items(), colours, strict=True)}


def on_the_way(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how long patients wait, how far they travel and what they pay, a line for each finding."""
    found = found_in(dataset, countries, ON_THE_WAY)
    return _list(
        dataset,
        found,
        ON_THE_WAY,
        style,
        name="care-on-the-way",
        title=_way_finding(found),
        subtitle=_("Days, kilometres and US dollars; each line is one finding, with who was counted and from which step to which"),
        caveat=_("Each wait is another stretch of the way: they can't be ranked, nor averaged."),
    )


def reach(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return which share of the eligible, the enrolled and the apheresed was treated, a line for each finding."""
    found = found_in(dataset, countries, REACH)
    return _list(
        dataset,
        found,
        REACH,
        style,
        name="care-reach",
        title=_reach_finding(found),
        subtitle=_("Percent; each line is one finding, with who was counted"),
        caveat=_("Each share has a denominator of its own, and leaves out whoever was lost before."),
        most=100.0,
    )


def eligible(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return estimates of the people who are eligible in a year, a line for each label or disease."""
    found = found_in(dataset, countries, ELIGIBLE)
    count, places = len(found), found["jurisdiction"].nunique()
    if places > 1:
        title = _("{count} estimates of how many people are eligible are known, from {places} countries; most are for one label")
    else:
        title = ngettext(
            "{count} estimate of how many people are eligible is known here", "{count} estimates of how many people are eligible are known here", count
        )
    return _list(
        dataset,
        found,
        ELIGIBLE,
        style,
        name="care-eligible",
        title=title.format(count=count, places=places) if count else _("No estimate of how many people are eligible is known here"),
        subtitle=_("Patients in a year (logarithmic scale); each line is one estimate for a label or a disease, bars are ranges"),
        caveat=_("Labels overlap, and a newer label often takes in an older one: estimates of one country must not be added up."),
        is_log=True,
    )


def _list(
    dataset: Dataset,
    found: pd.DataFrame,
    metrics: tuple[str, ...],
    style: Style,
    name: str,
    title: str,
    subtitle: str,
    caveat: str,
    is_log: bool = False,
    most: float | None = None,
) -> Chart:
    """Return findings as a list: a line each with place, mark, figure, and who or what was counted."""
    kinds = kinds_of(style)
    parts, rows = [], []
    for metric in metrics:
        own = found[found["metric"] == metric]
        if own.empty:
            continue
        own = own.assign(name=[language.country_name(place) for place in own["jurisdiction"]]).sort_values(["name", "low", "high", "fact_id"])
        own = own.assign(row=range(len(own)))
        labels = tuple(findings.row_label(dataset, row["product_id"], row["jurisdiction"]) for row in own.to_dict("records"))
        notes = tuple(_note(text) for text in own["population_note"])
        parts.append(Panel(_(METRIC_TEXTS[metric]) if len(metrics) > 1 else "", labels, notes, is_log))
        rows.append(own)
    built = findings.panels(style, parts, row_height=36, notes_from=_NOTES_FROM)
    for number, (part, own) in enumerate(zip(parts, rows, strict=True), start=1):
        own = own.assign(hover=[findings.hover(dataset, row, [_(SCOPE_TEXTS[row["kind"]])]) for row in own.to_dict("records")])
        findings.add(built, style, own, part, kinds, number, labelled=True)
        # Room for the figure beside the last mark.
        high = most or float(own["high"].max())
        suffix = "" if number == 1 else str(number)
        built.update_layout({f"xaxis{suffix}": {"range": findings.scale(1.09 * max(high, 1.0))} if not is_log else {"range": [0, decades(high)]}})
    ordered = pd.concat(rows) if rows else found
    return Chart(
        id=name,
        title=title,
        subtitle=subtitle,
        figure=built,
        alt=title + ". " + alt_of(found, metrics),
        table=table_of(dataset, ordered),
        fact_ids=tuple(ordered["fact_id"]),
        caveat=caveat,
        minimum_width=900,
        is_empty=found.empty,
        legend=findings.legend(built, kinds),
        targets=findings.targets(dataset, ordered, [says(row) for row in ordered.to_dict("records")]),
    )


def decades(high: float) -> float:
    """Return the end of a logarithmic axis (an exponent) with room behind the last mark."""
    return len(str(int(max(high, 1)))) + 0.35


def _note(text: str) -> str:
    """Return a note in two lines at most; all of it is in the hover and in the table."""
    lines = textwrap.wrap(text, _NOTE)
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), _NOTE, placeholder=" …")]
    return "<br>".join(escape(line, quote=False) for line in lines)


def table_of(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Return findings as a table: measure, what it covers, who is counted, figure, date, note, provenance."""
    return findings.table(
        dataset,
        found,
        {
            _("Measure"): [_(METRIC_TEXTS[metric]) for metric in found["metric"]],
            _("What it covers"): [_(SCOPE_TEXTS[scope]) for scope in found["scope"]],
            _("Who is counted"): found["population_note"],
        },
    )


def says(row: dict) -> str:
    """Return what a finding says, in words: its figure with unit, and what it covers."""
    return f"{findings.amount(row['unit'], row['low'], row['high'], row['value_kind'])}; {_(SCOPE_TEXTS[row['scope']])}"


def alt_of(found: pd.DataFrame, metrics: tuple[str, ...]) -> str:
    """Return how many findings there are on each metric, with the lowest and the highest."""
    parts = []
    for metric in metrics:
        own = found[found["metric"] == metric]
        if len(own):
            low, high = own.loc[own["low"].idxmin()], own.loc[own["high"].idxmax()]
            parts.append(
                _("{metric}: {count} findings, from {low} ({lowest}) to {high} ({highest}).").format(
                    metric=_(METRIC_TEXTS[metric]),
                    count=len(own),
                    low=findings.digits(low["low"]),
                    lowest=language.country_name(low["jurisdiction"]),
                    high=findings.digits(high["high"]),
                    highest=language.country_name(high["jurisdiction"]),
                )
                if len(own) > 1
                else _("{metric}: {value} ({place}).").format(
                    metric=_(METRIC_TEXTS[metric]),
                    value=findings.amount(low["unit"], low["low"], low["high"], low["value_kind"]),
                    place=language.country_name(low["jurisdiction"]),
                )
            )
    return " ".join(parts) or _("Nothing is drawn.")


def _way_finding(found: pd.DataFrame) -> str:
    waits = found[found["metric"] == "wait-time-days"]
    if waits.empty:
        if found.empty:
            return _("No finding on waiting, travel or payment is known here")
        text = ngettext(
            "No wait is known here; {count} finding on travel or payment is", "No wait is known here; {count} findings on travel or payment are", len(found)
        )
        return text.format(count=len(found))
    low, high, places = findings.digits(waits["low"].min()), findings.digits(waits["high"].max()), waits["jurisdiction"].nunique()
    if len(waits) == 1:
        row = waits.iloc[0]
        text = _("One wait is known, in {country}: {value}")
        return text.format(country=language.in_sentence(row["jurisdiction"]), value=findings.amount("days", row["low"], row["high"], row["value_kind"]))
    if places == 1:
        text = _("Waits of {low} to {high} days are reported from {country}, each for another group or stretch of the way")
        return text.format(low=low, high=high, country=language.in_sentence(waits["jurisdiction"].iloc[0]))
    return _("Waits of {low} to {high} days are reported from {places} countries, each for another group or stretch of the way").format(
        low=low, high=high, places=places
    )


def _reach_finding(found: pd.DataFrame) -> str:
    own = found[found["metric"] == "share-of-eligible-treated"]
    if found.empty:
        return _("No share of patients treated is known here")
    if own.empty:
        text = ngettext(
            "What share of the eligible is treated is not known here; {count} finding speaks of a later step",
            "What share of the eligible is treated is not known here; {count} findings speak of later steps",
            len(found),
        )
        return text.format(count=len(found))
    low, high, places = own["low"].min(), own["high"].max(), own["jurisdiction"].nunique()
    if len(own) == 1:
        row = own.iloc[0]
        value = findings.amount("percent", row["low"], row["high"], row["value_kind"])
        text = _("{value} of those who are eligible are treated, in one finding from {country}")
        return language.capitalised(text.format(value=value, country=language.in_sentence(row["jurisdiction"])))
    if low == high:
        text = ngettext(
            "{value}% of those who are eligible are treated, in {count} findings from {place}",
            "{value}% of those who are eligible are treated, in {count} findings from {places} countries",
            places,
        )
        place = language.in_sentence(own["jurisdiction"].iloc[0])
        return text.format(value=findings.digits(low), count=len(own), places=places, place=place)
    if places == 1:
        return _("Of those who are eligible, {low} to {high}% are treated in findings from {country}").format(
            low=findings.digits(low), high=findings.digits(high), country=language.in_sentence(own["jurisdiction"].iloc[0])
        )
    return _("Of those who are eligible, {low} to {high}% are treated, in {count} findings from {places} countries").format(
        low=findings.digits(low), high=findings.digits(high), count=len(own), places=places
    )
