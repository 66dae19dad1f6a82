"""Turnaround: how long it takes to make a product and how often it fails, in single findings by product and place."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts import findings
from indicators.charts.chart import Chart
from indicators.charts.findings import Panel
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.jurisdictions import WORLD
from indicators.language import _, mark, ngettext
from indicators.tables import UNSPECIFIED

METRIC_TEXTS = {
    "vein-to-vein-time": mark("From leukapheresis to infusion (vein to vein)"),
    "leukapheresis-to-release-time": mark("From leukapheresis to release of the product"),
    "manufacturing-time": mark("Manufacture"),
    "manufacturing-failure-rate": mark("Product could not be made"),
    "out-of-specification-rate": mark("Product outside its specification"),
}
TIMES = ("vein-to-vein-time", "leukapheresis-to-release-time", "manufacturing-time")
RATES = ("manufacturing-failure-rate", "out-of-specification-rate")
ROUTINE, TRIAL, STATED = "routine", "trial", "stated"
KIND_TEXTS = {
    ROUTINE: mark("measured in routine care"),
    TRIAL: mark("measured in a trial"),
    STATED: mark("stated or designed, not measured"),
}
_STATISTIC_TEXTS = {
    "median": mark("median"),
    "mean": mark("mean"),
    "rate": mark("share"),
    "claim": mark("a statement, without figures behind it"),
    "unknown": mark("statistic not stated"),
}
_POINTS = ("exact", "approximate")


def found_in(dataset: Dataset, countries: tuple[str, ...], metrics: tuple[str, ...]) -> pd.DataFrame:
    """Return the findings on some metrics with ``kind``, ``low``, ``high`` and ``is_range``; see :mod:`indicators.charts.findings`.

    What was designed, planned or only claimed was not measured, wherever the source says it was.
    """
    facts = dataset["turnaround"]
    facts = findings.ends(findings.in_scope(dataset, facts[facts["metric"].isin(metrics)], countries))
    stated = (facts["setting"] == "design") | (facts["statistic"] == "claim") | (facts["value_kind"] == "target")
    kind = facts["setting"].map({"real-world": ROUTINE, "trial": TRIAL}).mask(stated, STATED)
    return facts.assign(kind=kind.astype("str"))


def times(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the days from leukapheresis to infusion and to release, and of manufacture, a mark for each finding."""
    found = found_in(dataset, countries, TIMES)
    return _chart(
        dataset,
        found,
        TIMES,
        style,
        name="turnaround-times",
        title=_time_finding(found),
        subtitle=_("Days, by product and place; each mark is one finding"),
        caveat=_("Medians and means of studies with different patients: read each for itself."),
    )


def rates(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
    """Return how often a product could not be made or was outside its specification, a mark for each finding."""
    found = found_in(dataset, countries, RATES)
    return _chart(
        dataset,
        found,
        RATES,
        style,
        name="turnaround-rates",
        title=_rate_finding(found),
        subtitle=_("Percent, by product and place; each mark is one finding"),
        caveat=_(
            "Of what a rate is a share differs: of patients enrolled, of cells collected, or of patients treated; some count products outside specification as failures."
        ),
    )


def _chart(dataset: Dataset, found: pd.DataFrame, metrics: tuple[str, ...], style: Style, name: str, title: str, subtitle: str, caveat: str) -> Chart:
    kinds = {
        code: (_(text), colour) for (code, text), colour in zip(KIND_TEXTS.items(), (style.qualitative[0], style.qualitative[1], style.muted), strict=True)
    }
    parts, rows = [], []
    for metric in metrics:
        own = _in_rows(found[found["metric"] == metric])
        if len(own):
            labels = own.drop_duplicates("row").sort_values("row")
            parts.append(Panel(_(METRIC_TEXTS[metric]), tuple(_label(dataset, row) for row in labels.to_dict("records"))))
            rows.append(own)
    built = findings.panels(style, parts, row_height=32)
    for number, (part, own) in enumerate(zip(parts, rows, strict=True), start=1):
        hovers = [findings.hover(dataset, row, _details(row)) for row in own.to_dict("records")]
        findings.add(built, style, own.assign(hover=hovers), part, kinds, number)
    # The same scale in all panels, so that lengths can be compared between them.
    unit = "%" if metrics == RATES else ""
    built.update_xaxes(range=findings.scale(max(float(found["high"].max()), 1.0)) if len(found) else None, ticksuffix=unit)
    ordered = pd.concat(rows) if rows else found
    said = [f"{findings.amount(row['unit'], row['low'], row['high'], row['value_kind'])}: {_measured(row)}" for row in ordered.to_dict("records")]
    return Chart(
        id=name,
        title=title,
        subtitle=subtitle,
        figure=built,
        alt=title + ". " + _alt(found, metrics),
        table=findings.table(
            dataset,
            ordered,
            {
                _("Measure"): [_(METRIC_TEXTS[metric]) for metric in ordered["metric"]],
                _("Setting"): [_(KIND_TEXTS[kind]) for kind in ordered["kind"]],
                _("Statistic"): [_(_STATISTIC_TEXTS[statistic]) for statistic in ordered["statistic"]],
                _("Patients or products"): ordered["patients"].astype("Int64"),
            },
        ),
        fact_ids=tuple(ordered["fact_id"]),
        caveat=caveat,
        minimum_width=520,
        is_empty=found.empty,
        legend=findings.legend(built, kinds),
        targets=findings.targets(dataset, ordered, said),
    )


def _label(dataset: Dataset, row: dict) -> str:
    if row["product_id"] == UNSPECIFIED:
        place = _("several countries") if row["jurisdiction"] == WORLD else language.country_name(row["jurisdiction"])
        return _("product not named, {country}").format(country=place)
    return findings.row_label(dataset, row["product_id"], row["jurisdiction"])


def _in_rows(found: pd.DataFrame) -> pd.DataFrame:
    """Return findings with ``row``, one for each product and place: products with the lowest finding first, in each the lowest first."""
    if found.empty:
        return found.assign(row=0)
    is_named = found["product_id"] != UNSPECIFIED
    by_product = found.groupby("product_id")["low"].transform("min")
    by_place = found.groupby(["product_id", "jurisdiction"])["low"].transform("min")
    ordered = found.assign(unnamed=~is_named, by_product=by_product, by_place=by_place).sort_values(
        ["unnamed", "by_product", "product_id", "by_place", "jurisdiction", "low", "fact_id"]
    )
    row = ordered.groupby(["product_id", "jurisdiction"], sort=False).ngroup()
    return ordered.assign(row=row).drop(columns=["unnamed", "by_product", "by_place"])


def _measured(row: dict) -> str:
    return f"{_(METRIC_TEXTS[row['metric']])}, {_(KIND_TEXTS[row['kind']])}"


def _details(row: dict) -> list[str]:
    lines = [f"{_(KIND_TEXTS[row['kind']])}; {_(_STATISTIC_TEXTS[row['statistic']])}"]
    if not pd.isna(row["patients"]):
        count = int(row["patients"])
        lines.append(ngettext("{count} patient or product", "{count} patients or products", count).format(count=language.number(count)))
    return lines


def _time_finding(found: pd.DataFrame) -> str:
    """Return the finding on vein-to-vein time; statements and bounds do not enter it."""
    if found.empty:
        return _("No finding on turnaround is known here")
    own = found[(found["metric"] == "vein-to-vein-time") & (found["kind"] != STATED) & found["value_kind"].isin(_POINTS)]
    if own.empty:
        text = ngettext(
            "No measured vein-to-vein time is known here; {count} finding speaks of turnaround otherwise",
            "No measured vein-to-vein time is known here; {count} findings speak of turnaround otherwise",
            len(found),
        )
        return text.format(count=len(found))
    low, high = own["low"].min(), own["low"].max()
    if low == high:
        text = ngettext(
            "From vein to vein it took {days} days in {count} measured finding", "From vein to vein it took {days} days in {count} measured findings", len(own)
        )
        return text.format(days=findings.digits(low), count=len(own))
    return _("From vein to vein it took {low} to {high} days in {count} measured findings").format(
        low=findings.digits(low), high=findings.digits(high), count=len(own)
    )


def _rate_finding(found: pd.DataFrame) -> str:
    """Return the finding on failures of manufacture, routine care and trials apart; bounds do not enter it."""
    if found.empty:
        return _("No finding on failed manufacture is known here")
    own = found[(found["metric"] == "manufacturing-failure-rate") & found["value_kind"].isin(_POINTS)]
    routine, trial = (_span(own.loc[own["kind"] == kind, "low"]) for kind in (ROUTINE, TRIAL))
    if routine and trial:
        return _("Manufacture failed for {routine} of products in findings from routine care, for {trial} in trials").format(routine=routine, trial=trial)
    if routine:
        return _("Manufacture failed for {routine} of products in findings from routine care").format(routine=routine)
    if trial:
        return _("Manufacture failed for {trial} of products in findings from trials").format(trial=trial)
    return _("No exact rate of failed manufacture is known here, only other findings")


def _span(values: pd.Series) -> str:
    if values.empty:
        return ""
    low, high = findings.digits(values.min()), findings.digits(values.max())
    return f"{low}%" if low == high else _("{low} to {high}%").format(low=low, high=high)


def _alt(found: pd.DataFrame, metrics: tuple[str, ...]) -> str:
    """Return how many findings there are on each metric and of each kind, with the lowest and the highest."""
    parts = []
    for metric in metrics:
        own = found[found["metric"] == metric]
        if len(own):
            parts.append(
                _("{metric}: {count}, from {low} to {high}.").format(
                    metric=_(METRIC_TEXTS[metric]), count=len(own), low=findings.digits(own["low"].min()), high=findings.digits(own["high"].max())
                )
            )
    counts = found["kind"].value_counts()
    parts += [_("{kind}: {count}.").format(kind=language.capitalised(_(text)), count=counts[code]) for code, text in KIND_TEXTS.items() if code in counts]
    return " ".join(parts)
