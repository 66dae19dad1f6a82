"""Patients treated: every figure that is known, with what it covers."""

from __future__ import annotations

import pandas as pd

from indicators import language
from indicators.charts import findings
from indicators.charts.care_dots import METRIC_TEXTS, SCOPE_TEXTS, alt_of, decades, found_in, kinds_of, says, table_of
from indicators.charts.chart import Chart
from indicators.charts.findings import Panel
from indicators.charts.template import Style
from indicators.dataset import Dataset
from indicators.language import _, mark, ngettext
from indicators.tables import PRODUCT_SPECIALS

COUNTED_TEXTS = {"patients-treated-annual": mark("In a year"), "patients-treated-cumulative": mark("Up to now")}


def patient_counts(dataset: Dataset, countries: tuple[str, ...], metric: str, style: Style) -> Chart:
    """Return how many patients were treated, a line for each country and a mark for each figure, coloured by what it covers.

    ``metric`` is one of COUNTED_TEXTS. Of several figures on the same people the newest is shown. A documented zero has
    no place on a logarithmic scale and is in the table alone.
    """
    found = found_in(dataset, countries, (metric,)).sort_values(["known_from", "fact_id"])
    found = found.drop_duplicates(["jurisdiction", "scope", "product_id", "population_note"], keep="last")
    drawn = found[found["low"] > 0].copy()
    kinds = kinds_of(style)
    most = drawn.groupby("jurisdiction")["high"].max()
    order = sorted(most.index, key=lambda place: (-most[place], language.country_name(str(place))))
    part = Panel("", tuple(language.country_name(str(place)) for place in order), is_log=True)
    drawn = drawn.assign(row=drawn["jurisdiction"].map({place: number for number, place in enumerate(order)}).astype("int64"))
    drawn = drawn.assign(hover=[findings.hover(dataset, row, [_(SCOPE_TEXTS[row["kind"]])]) for row in drawn.to_dict("records")])
    built = findings.panels(style, [part] if order else [])
    if order:
        findings.add(built, style, drawn, part, kinds)
        built.update_xaxes(range=[-0.12, decades(float(drawn["high"].max()))])
    zeros = int((found["low"] == 0).sum())
    title = _counts_finding(found)
    return Chart(
        id=f"care-{metric}",
        title=title,
        subtitle=_(METRIC_TEXTS[metric]) + _("; colour says what the figure covers"),
        figure=built,
        alt=title + ". " + alt_of(found, (metric,)),
        table=table_of(dataset, found.sort_values(["jurisdiction", "scope", "high"], ascending=[True, True, False])),
        fact_ids=tuple(found["fact_id"]),
        caveat=" ".join(text for text in (findings.symbols_text(drawn), _zeros_text(zeros)) if text),
        minimum_width=480,
        is_empty=drawn.empty,
        legend=findings.legend(built, kinds),
        targets=findings.targets(dataset, found, [says(row) for row in found.to_dict("records")]),
    )


def _zeros_text(zeros: int) -> str:
    text = ngettext("{count} documented zero is not drawn, but listed in the atlas.", "{count} documented zeros are not drawn, but listed in the atlas.", zeros)
    return text.format(count=zeros) if zeros else ""


def _counts_finding(found: pd.DataFrame) -> str:
    """Return for how many countries there is a figure on all products in the whole country, and for how many only on a part.

    Plans count nobody, and "at least one" says that there is a first patient, not how many there are.
    """
    counted = found[found["value_kind"] != "target"]
    is_first = (counted["value_kind"] == "at-least") & (counted["low"] <= 1)
    is_whole = (counted["scope"] == "national") & counted["product_id"].isin(PRODUCT_SPECIALS) & ~is_first
    whole = set(counted.loc[is_whole, "jurisdiction"])
    national, rest = len(whole), len(set(counted["jurisdiction"]) - whole)
    if not national and not rest:
        return _("No figure of patients treated is known here")
    if not national:
        text = ngettext(
            "For {count} country patients are counted in a part only: a centre, a trial, a product or a first patient",
            "For {count} countries patients are counted in a part only: a centre, a trial, a product or a first patient",
            rest,
        )
        return text.format(count=rest)
    title = ngettext(
        "{count} country has a figure of patients treated in the whole country",
        "{count} countries have a figure of patients treated in the whole country",
        national,
    ).format(count=national)
    if rest:
        title += ngettext(
            "; for {count} more only a part is counted: a centre, a trial, a product or a first patient",
            "; for {count} more only a part is counted: a centre, a trial, a product or a first patient",
            rest,
        ).format(count=rest)
    return title
