"""One measure against another: who is drawn, who is not and why, and what the figure says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from indicators.association import associate
from indicators.catalog import INDICATORS, observe
from indicators.charts import axes, pairs
from indicators.charts.chart import Chart
from indicators.charts.scatter import NARROWEST, SIZES, scatter
from indicators.charts.template import STYLES
from indicators.dataset import Dataset

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
GDP = {"BRA": 10_000, "DEU": 50_000, "FRA": 45_000, "GBR": 48_000, "IND": 2_500, "NOR": 90_000, "UGA": 1_000, "USA": 80_000}
CENTRES = {"BRA": 3, "DEU": 45, "FRA": 40, "GBR": 14, "IND": 6, "NOR": 2, "USA": 180}
EVERYONE = tuple(sorted({*GDP, "SGP"}))


@pytest.fixture(scope="module")
def small(world: World) -> Dataset:
    """Return a world of nine countries: eight with a GDP, seven of them with treatment centres, two with a documented absence of approvals."""
    return world(
        context=[{"iso3": iso3, "indicator": "gdp-per-capita-usd", "value": value, "year": 2024} for iso3, value in GDP.items()]
        + [{"iso3": iso3, "indicator": "population", "value": 1_000_000 * (number + 1), "year": 2024} for number, iso3 in enumerate(sorted(GDP))],
        care_capacity=[{"jurisdiction": iso3, "value": value, "reference_date": "2025"} for iso3, value in CENTRES.items()],
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2017-08-30"},
            {"jurisdiction": "IND", "product_id": "any", "indication_id": "unspecified", "status": "none-documented", "approval_date": ""},
        ],
    )


def draw(
    dataset: Dataset,
    x: str = "gdp-per-head",
    y: str = "treatment-centres",
    size: str = "",
    countries: tuple[str, ...] = EVERYONE,
    highlighted: tuple[str, ...] = (),
    log_x: bool = False,
    log_y: bool = False,
    with_trend: bool = False,
) -> Chart:
    return scatter(dataset, x, y, size, countries, highlighted, log_x, log_y, with_trend, LIGHT)


def dots(chart: Chart) -> dict[str, tuple[float, float]]:
    """Return where each dot stands."""
    return {key: (x, y) for trace in chart.figure.data if trace.customdata for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}


def names(chart: Chart) -> set[str]:
    return {re.sub("<.*?>", "", note.text) for note in chart.figure.layout.annotations}


def test_countries_with_both_measures_are_drawn_where_their_values_are(small: Dataset) -> None:
    chart = draw(small)

    assert dots(chart) == {iso3: (GDP[iso3], centres) for iso3, centres in CENTRES.items()}
    assert chart.title == (
        "7 of 9 countries have both figures; the United States has the highest “Treatment centres” (180); Norway has the highest “GDP per head” (US$90K)"
    )
    assert "2 countries are not drawn: no evidence was found on one measure or both." in chart.caveat
    assert "Countries without evidence: 2; documented as none: 0." in chart.alt


def test_a_country_that_leads_in_both_is_named_once(small: Dataset) -> None:
    chart = draw(small, countries=("USA", "DEU", "FRA"))

    assert chart.title == "3 of 3 countries have both figures; the United States is highest in both “Treatment centres” and “GDP per head”"


def test_a_documented_absence_is_told_apart_and_not_drawn_as_zero(small: Dataset) -> None:
    chart = draw(small, y="products-approved")

    assert set(dots(chart)) == {"USA"}
    assert "In 1 country a source documents that there is none; it is not drawn as zero." in chart.caveat
    assert "7 countries are not drawn" in chart.caveat
    row = chart.table.loc["IND"]
    assert row["Products approved or exempted: status"] == "none, documented"
    assert chart.table.loc["BRA", "Products approved or exempted: status"] == "no evidence found"


def test_a_logarithmic_axis_leaves_out_what_is_not_above_zero_and_says_so(world: World) -> None:
    cases = {"DEU": 0, "FRA": 12, "USA": 400}
    dataset = world(
        cancer_incidence=[{"iso3": iso3, "new_cases": value} for iso3, value in cases.items()],
        context=[{"iso3": iso3, "indicator": "gdp-per-capita-usd", "value": 10, "year": 2024} for iso3 in cases],
    )
    even, logarithmic = (draw(dataset, y="new-cases-nhl", countries=tuple(cases), log_y=log_y) for log_y in (False, True))

    assert set(dots(even)) == set(cases)
    assert set(dots(logarithmic)) == {"FRA", "USA"}
    assert "1 country with a value of zero or below has no place on a logarithmic axis and is left out." in logarithmic.caveat
    assert logarithmic.figure.layout.yaxis.type == "log"
    assert even.caveat == ""


def test_the_trend_is_drawn_only_when_asked_and_its_statistics_are_those_of_the_dots(small: Dataset) -> None:
    from math import log10

    without, asked = draw(small, log_x=True), draw(small, log_x=True, with_trend=True)
    expected = associate([log10(GDP[iso3]) for iso3 in CENTRES], list(CENTRES.values()))

    assert not [trace for trace in without.figure.data if trace.mode == "lines"]
    assert "association" not in without.caveat
    line = next(trace for trace in asked.figure.data if trace.mode == "lines")
    assert expected
    assert list(line.x) == pytest.approx([2_500, 90_000])
    assert list(line.y) == pytest.approx([expected.intercept + expected.slope * log10(x) for x in (2_500, 90_000)])
    assert (
        f"over all 7 countries with both figures · R² {expected.r_squared:.2f} (of the logarithm of “GDP per head”) · Spearman’s rho {expected.rho:.2f}"
        in asked.alt
    )
    assert f"Where “GDP per head” is twice as high, “Treatment centres” is typically {expected.slope * log10(2):.0f} centres higher." in asked.alt
    assert "an association between countries, not proof" in asked.caveat
    assert "There is no p-value" in asked.caveat


def test_a_bound_is_drawn_but_has_no_part_in_the_trend_and_is_no_highest_value(world: World) -> None:
    gdp = [{"iso3": iso3, "indicator": "gdp-per-capita-usd", "value": value, "year": 2024} for iso3, value in GDP.items()]
    centres = [{"jurisdiction": iso3, "value": value, "reference_date": "2025"} for iso3, value in CENTRES.items() if iso3 != "USA"]
    bound = {"jurisdiction": "USA", "value": CENTRES["USA"], "reference_date": "2025", "value_kind": "at-least"}
    chart = draw(world(context=gdp, care_capacity=[*centres, bound]), with_trend=True)
    exact = [iso3 for iso3 in CENTRES if iso3 != "USA"]
    expected = associate([GDP[iso3] for iso3 in exact], [CENTRES[iso3] for iso3 in exact])

    assert expected
    assert "USA" in dots(chart)
    assert f"over all 6 countries with both figures · R² {expected.r_squared:.2f} · Spearman’s rho {expected.rho:.2f}" in chart.alt
    assert "1 country of which a figure is a bound or the low end of a range has no part in the trend." in chart.caveat
    assert "of figures that are no bounds, Germany has the highest “Treatment centres” (45)" in chart.title
    assert "to 45 centres (Germany)" in chart.alt


def test_a_fall_on_two_logarithmic_axes_is_said_in_percent(world: World) -> None:
    isos = ("BRA", "DEU", "FRA", "GBR", "IND")
    dataset = world(
        context=[{"iso3": iso3, "indicator": "gdp-per-capita-usd", "value": 10.0**number, "year": 2024} for number, iso3 in enumerate(isos, 1)]
        + [{"iso3": iso3, "indicator": "health-expenditure-per-capita-usd", "value": 10.0 ** (7 - number), "year": 2024} for number, iso3 in enumerate(isos, 1)]
    )
    chart = draw(dataset, y="health-spending-per-head", log_x=True, log_y=True, with_trend=True, countries=isos)

    assert "Where “GDP per head” is twice as high, “Health spending” is typically 50% lower." in names(chart)
    assert "over all 5 countries with both figures · R² 1.00 (of the logarithms of both) · Spearman’s rho -1.00" in names(chart)


def test_too_few_dots_have_no_trend_line(small: Dataset) -> None:
    chart = draw(small, countries=("USA", "DEU", "FRA", "IND"), with_trend=True)

    assert not [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert "No trend line: it takes at least 5 countries" in chart.alt


def test_measures_that_share_facts_are_said_to_go_together_by_construction(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    shared = draw(today, y="list-price-gdp-multiple", countries=everywhere, with_trend=True)

    assert "in part they go together by construction" in shared.caveat
    assert "by construction" not in draw(today, y="median-list-price", countries=everywhere, with_trend=True).caveat


def test_areas_are_in_proportion_and_a_country_without_a_figure_is_a_ring(small: Dataset) -> None:
    chart = draw(small, y="gdp-per-head", x="population", size="treatment-centres")
    trace = next(trace for trace in chart.figure.data if trace.customdata)
    sizes = dict(zip(trace.customdata, trace.marker.size, strict=True))
    symbols = dict(zip(trace.customdata, trace.marker.symbol, strict=True))

    assert (sizes["DEU"] / sizes["USA"]) ** 2 == pytest.approx(45 / 180, rel=0.02)
    assert (symbols["UGA"], symbols["USA"]) == ("circle-open", "circle")
    assert "1 country without a figure for the area is a small ring." in chart.caveat
    assert list(trace.marker.size) == sorted(trace.marker.size, reverse=True)  # the small lie over the large
    assert "the largest is the United States with 180" in chart.subtitle


def test_chosen_countries_stand_out_and_are_named(small: Dataset) -> None:
    chart = draw(small, highlighted=("FRA", "SGP"))
    trace = next(trace for trace in chart.figure.data if trace.customdata)
    colours = dict(zip(trace.customdata, trace.marker.color, strict=True))

    assert colours["FRA"].endswith(",1)")
    assert colours["USA"].endswith(",0.3)")
    assert "France" in names(chart)
    assert chart.title == "France: “Treatment centres” 40, “GDP per head” US$45K; 1 of 2 chosen countries has both figures (7 of all 9 countries have)"
    assert "Chosen, but not drawn: Singapore." in chart.caveat


def test_the_title_and_the_trend_say_which_countries_they_are_about(small: Dataset) -> None:
    chart = draw(small, highlighted=("FRA", "DEU", "SGP"), with_trend=True)

    assert chart.title.startswith("2 of 3 chosen countries have both figures (7 of all 9 countries have); among the chosen, ")
    assert "United States" not in chart.title
    assert chart.subtitle.endswith("; trend over all 7 countries with both figures, not over the chosen ones alone")
    assert draw(small, with_trend=True).subtitle.endswith("; trend over all 7 countries with both figures")
    assert draw(small, highlighted=("SGP",)).title == "The chosen country does not have both figures (7 of all 9 countries have)"


def test_a_hover_says_country_value_year_status_and_source(small: Dataset) -> None:
    trace = next(trace for trace in draw(small).figure.data if trace.customdata)
    text = dict(zip(trace.customdata, trace.hovertext, strict=True))["DEU"]

    assert text.startswith(
        "<b>Germany</b><br>Treatment centres: <b>45 centres (2025)</b><br>as the source says · Publisher<br>GDP per head: <b>US$50,000 (2024)</b><br>"
    ), text


def test_countries_at_the_same_place_are_named_in_the_hover(world: World) -> None:
    isos = ("DEU", "FRA")
    dataset = world(
        context=[{"iso3": iso3, "indicator": name, "value": 7, "year": 2024} for iso3 in isos for name in ("gdp-per-capita-usd", "gdp-per-capita-ppp")]
    )
    trace = next(trace for trace in draw(dataset, y="gdp-per-head-ppp", countries=isos).figure.data if trace.customdata)

    assert trace.hovertext[0].endswith("At the same place: France")


def test_categories_are_places_with_names_the_best_on_top_and_dots_beside_each_other(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    chart = draw(today, x="income-group", y="reimbursement-status", countries=everywhere, with_trend=True)
    low, high = chart.figure.layout.yaxis.range
    covered = [place for iso3, place in dots(chart).items() if observe(today, "reimbursement-status").set_index("iso3").at[iso3, "label"] == "covered"]

    assert low > high  # the best category has the number 0, and stands on top
    assert next(iter(chart.figure.layout.yaxis.ticktext)) == "Covered"
    assert len({x for x, _y in covered}) > 5
    assert {y for _x, y in covered} == {0}
    assert not [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert "between categories there are no distances" in chart.alt
    assert re.search(r"Spearman’s rho 0\.\d\d", chart.alt)


def test_a_date_axis_has_years_and_no_logarithm(today: Dataset) -> None:
    chart = draw(today, x="first-approval-date", y="products-approved", countries=tuple(today["countries"]["iso3"]), log_x=True, with_trend=True)

    assert chart.figure.layout.xaxis.type == "linear"
    assert {len(text) for text in chart.figure.layout.xaxis.ticktext} == {4}
    assert "is the earliest in “First approval” (30 Aug 2017)" in chart.title
    assert "a year later" in chart.alt


@pytest.mark.parametrize("countries", [(), ("UGA",), ("BRA",), EVERYONE])
def test_every_dot_and_every_row_opens_something(small: Dataset, countries: tuple[str, ...]) -> None:
    chart = draw(small, size="population", countries=countries, with_trend=True)

    assert set(dots(chart)) <= set(chart.targets)
    assert list(chart.table.index) == [*dict.fromkeys(chart.table.index)]
    assert set(chart.table.index) == set(chart.targets) == set(countries)
    assert all(set(target.fact_ids) <= set(chart.fact_ids) for target in chart.targets.values())


def test_a_table_has_each_measure_once_with_year_and_status(small: Dataset) -> None:
    table = draw(small, size="gdp-per-head").table

    assert [name for name in table.columns if name.startswith("GDP per head")] == ["GDP per head (US dollars)", "GDP per head: year", "GDP per head: status"]
    assert table.loc["DEU", "Treatment centres (centres)"] == 45
    assert table.index[0] == "USA"


def test_nothing_to_draw_is_said_in_words(small: Dataset) -> None:
    assert draw(small, countries=()).title == "No country passes these filters"
    assert draw(small, countries=("UGA",)).title.startswith("Nothing to draw for Uganda")
    assert draw(small, countries=("UGA", "SGP")).title.startswith("Not one of 2 countries has figures for both")
    assert draw(small, countries=("UGA", "SGP")).is_empty
    assert draw(small, countries=("BRA",)).title == "Brazil: “Treatment centres” 3, “GDP per head” US$10K"


def test_one_measure_on_both_axes_is_pointed_out(small: Dataset) -> None:
    chart = draw(small, y="gdp-per-head", with_trend=True)

    assert chart.title == "Both axes show “GDP per head”: choose another measure for one of them"
    assert not [trace for trace in chart.figure.data if trace.mode == "lines"]


def test_an_indicator_by_product_has_no_place(small: Dataset) -> None:
    with pytest.raises(ValueError, match="list-price"):
        draw(small, y="list-price")


@pytest.mark.parametrize("measure", [item.id for item in INDICATORS.values() if not item.by_product])
@pytest.mark.parametrize("is_log", [False, True])
def test_every_measure_can_be_drawn_on_both_axes(today: Dataset, measure: str, is_log: bool) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    across = draw(today, x=measure, y="distance-to-site", countries=everywhere, log_x=is_log, with_trend=True)
    up = draw(today, x="distance-to-site", y=measure, countries=everywhere, log_y=is_log, with_trend=True)

    assert set(dots(across)) == set(dots(up))
    for chart in (across, up):
        assert chart.minimum_width == NARROWEST
        assert not re.search(r"\bnan\b|\{\w*\}", chart.title + chart.alt + chart.caveat)
        differs = len({*observe(today, measure)["value"].dropna()}) > 1
        for axis in (chart.figure.layout.xaxis, chart.figure.layout.yaxis):
            assert chart.is_empty or (2 if differs else 1) <= len(axis.ticktext) <= 12, (measure, axis.ticktext)


def test_areas_stand_for_amounts_only() -> None:
    assert all(not INDICATORS[size].by_product and axes.can_be_logarithmic(INDICATORS[size]) for size in SIZES)


def test_headings_of_measures_are_all_different() -> None:
    headings = [axes.title(item) for item in INDICATORS.values()]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(
    ("least", "most", "is_log", "expected"),
    [
        (0, 9, False, ["0", "2", "4", "6", "8"]),
        (2_702, 220_000, True, ["US$5,000", "US$10K", "US$20K", "US$50K", "US$100K", "US$200K"]),
        (15, 1_460_000_000, True, ["US$10", "US$100", "US$1,000", "US$10K", "US$100K", "US$1M", "US$10M", "US$100M", "US$1B"]),
        (100, 140, True, ["US$100", "US$110", "US$120", "US$130", "US$140"]),
        (5, 5, True, None),
    ],
)
def test_ticks_are_round_numbers_that_keep_apart(least: float, most: float, is_log: bool, expected: list[str] | None) -> None:
    indicator = INDICATORS["gdp-per-head" if is_log else "products-approved"]
    axis = axes.make(indicator, [least, most], is_log, 640)

    assert axis.low <= axis.drawn(least) <= axis.drawn(most) <= axis.high
    if expected:
        assert list(axis.texts) == expected
    else:
        assert axis.texts == ("US$5",)


def test_what_was_known_on_a_day_is_what_is_drawn(real: Dataset) -> None:
    dataset = real.as_of(date(2019, 12, 31))
    everywhere = tuple(dataset["countries"]["iso3"])
    seen = observe(dataset, "products-approved")
    chart = draw(dataset, y="products-approved", countries=everywhere)

    pair = pairs.of(dataset, INDICATORS["gdp-per-head"], INDICATORS["products-approved"], None, everywhere, False, False)
    assert set(dots(chart)) == set(pair.drawn["iso3"]) <= set(seen.loc[seen["value"] > 0, "iso3"])
