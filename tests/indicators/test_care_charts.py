"""Care: findings with what they cover, rates that count alike, and need without known capacity that is never a zero."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators.charts import care_dots, need_capacity, patient_counts, treatment_rates
from indicators.charts.chart import Chart
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset

World = Callable[..., Dataset]
ALL = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")
ANNUAL = "patients-treated-annual"


def keys(chart: Chart) -> set[str]:
    return {key for trace in chart.figure.data for key in trace.customdata}


@pytest.fixture
def care(world: World) -> Dataset:
    """Return findings on waiting, payment, shares, eligibility and patients."""
    wait, share = {"metric": "wait-time-days", "unit": "days"}, {"unit": "percent", "scope": "cohort"}
    return world(
        care_capacity=[
            {**wait, "jurisdiction": "DEU", "value": 36, "scope": "single-centre", "population_note": "One hospital; order to infusion", "fact_id": "c:wait"},
            {**wait, "jurisdiction": "BRA", "value_low": 120, "value_high": 180, "value_kind": "range", "fact_id": "c:range"},
            {"metric": "out-of-pocket-usd", "unit": "usd", "jurisdiction": "IND", "value": 4630, "value_kind": "at-most", "fact_id": "c:pays"},
            {**share, "metric": "share-of-eligible-treated", "jurisdiction": "FRA", "value": 42, "fact_id": "c:share"},
            {**share, "metric": "share-of-eligible-treated", "jurisdiction": "USA", "value": 5.4},
            {**share, "metric": "share-of-enrolled-infused", "jurisdiction": "USA", "value": 80},
            {"metric": "eligible-patients-annual", "jurisdiction": "NOR", "value_low": 20, "value_high": 30, "value_kind": "range", "scope": "cohort"},
            {"metric": ANNUAL, "jurisdiction": "DEU", "value": 659, "reference_date": "2022", "population_note": "Survey", "fact_id": "c:2022"},
            {"metric": ANNUAL, "jurisdiction": "DEU", "value": 1160, "reference_date": "2023", "population_note": "Survey", "fact_id": "c:2023"},
            {"metric": ANNUAL, "jurisdiction": "DEU", "value": 40, "reference_date": "2023", "scope": "single-centre", "fact_id": "c:centre"},
            {"metric": ANNUAL, "jurisdiction": "IND", "value": 12, "reference_date": "2023", "scope": "single-trial", "fact_id": "c:trial"},
            {"metric": ANNUAL, "jurisdiction": "SGP", "value": 30, "value_kind": "target", "fact_id": "c:plan"},
            {"metric": ANNUAL, "jurisdiction": "UGA", "value": 0, "reference_date": "2023", "fact_id": "c:zero"},
        ]
    )


def test_waits_travel_and_payment_have_scales_of_their_own_and_say_who_was_counted(care: Dataset) -> None:
    chart = care_dots.on_the_way(care, ALL, LIGHT)
    axes = {key: trace.xaxis for trace in chart.figure.data for key in trace.customdata}

    assert axes == {"c:wait": "x", "c:range": "x", "c:pays": "x2"}
    assert chart.title == "Waits of 36 to 180 days are reported from 2 countries, each for another group or stretch of the way"
    notes = {note.text for note in chart.figure.layout.annotations}
    assert {"One hospital; order to infusion", "36", "120–180", "≤4,630"} <= notes
    assert chart.legend == (("whole country", LIGHT.qualitative[0]), ("one centre", LIGHT.qualitative[1]))


@pytest.mark.parametrize(
    ("countries", "title"),
    [
        (("DEU",), "One wait is known, in Germany: 36 days"),
        (("IND",), "No wait is known here; 1 finding on travel or payment is"),
        (("GBR",), "No finding on waiting, travel or payment is known here"),
    ],
    ids=str,
)
def test_a_title_on_the_way_is_true_of_few_countries(care: Dataset, countries: tuple[str, ...], title: str) -> None:
    assert care_dots.on_the_way(care, countries, LIGHT).title == title


def test_shares_have_denominators_of_their_own(care: Dataset) -> None:
    chart = care_dots.reach(care, ALL, LIGHT)
    assert chart.title == "Of those who are eligible, 5.4 to 42% are treated, in 2 findings from 2 countries"
    assert care_dots.reach(care, ("FRA",), LIGHT).title == "42% of those who are eligible are treated, in one finding from France"
    assert chart.targets["c:share"].says == "42%; one group of patients"


def test_shares_that_agree_are_counted(world: World) -> None:
    share = {"metric": "share-of-eligible-treated", "unit": "percent", "scope": "cohort", "value": 20}
    dataset = world(
        care_capacity=[{**share, "jurisdiction": "FRA"}, {**share, "jurisdiction": "FRA", "population_note": "Others"}, {**share, "jurisdiction": "USA"}]
    )

    assert care_dots.reach(dataset, ("FRA",), LIGHT).title == "20% of those who are eligible are treated, in 2 findings from France"
    assert care_dots.reach(dataset, ALL, LIGHT).title == "20% of those who are eligible are treated, in 3 findings from 2 countries"
    assert care_dots.reach(dataset, ("USA",), LIGHT).title == "20% of those who are eligible are treated, in one finding from the United States"


def test_estimates_of_the_eligible_are_counted(care: Dataset) -> None:
    assert care_dots.eligible(care, ALL, LIGHT).title == "1 estimate of how many people are eligible is known here"


def test_every_mark_and_row_of_care_opens_its_fact(care: Dataset) -> None:
    for chart in (care_dots.on_the_way(care, ALL, LIGHT), care_dots.reach(care, ALL, LIGHT), care_dots.eligible(care, ALL, LIGHT)):
        assert keys(chart) == set(chart.targets) == set(chart.table.index)
        assert set(chart.fact_ids) == {fact for target in chart.targets.values() for fact in target.fact_ids}


def test_patients_are_counted_with_what_each_figure_covers(care: Dataset) -> None:
    chart = patient_counts.patient_counts(care, ALL, ANNUAL, LIGHT)
    kinds = {key: trace.legendgroup for trace in chart.figure.data for key in trace.customdata}

    assert kinds == {"c:2023": "national", "c:centre": "single-centre", "c:trial": "single-trial", "c:plan": "national"}
    # Uganda's documented zero is a figure of the whole country; Singapore's plan counts nobody.
    assert chart.title == (
        "2 countries have a figure of patients treated in the whole country; for 1 more only a part is counted: a centre, a trial, a product or a first patient"
    )
    assert chart.caveat == "Open diamonds are plans. 1 documented zero is not drawn, but listed in the atlas."
    assert "c:zero" in chart.table.index
    assert "c:zero" in chart.targets


def test_rates_are_joined_only_where_they_count_the_same(world: World) -> None:
    rate = {"metric": "car-t-rate-per-10m", "unit": "per-10m", "population_note": "patients"}
    dataset = world(
        care_capacity=[
            {**rate, "jurisdiction": "DEU", "value": 79.2, "reference_date": "2022", "fact_id": "r:22"},
            {**rate, "jurisdiction": "DEU", "value": 139.6, "reference_date": "2023", "fact_id": "r:23"},
            {**rate, "jurisdiction": "DEU", "value": 172.4, "reference_date": "2024", "population_note": "first patients", "fact_id": "r:24"},
            {
                **rate,
                "jurisdiction": "FRA",
                "value": 50,
                "reference_date": "2024",
                "value_kind": "at-least",
                "population_note": "first patients",
                "fact_id": "r:f",
            },
        ]
    )
    chart = treatment_rates.rates_over_time(dataset, ALL, LIGHT)
    lines = {tuple(trace.customdata): tuple(trace.x) for trace in chart.figure.data}

    assert lines == {("r:22", "r:23"): (2022, 2023), ("r:24",): (2024,), ("r:f",): (2024,)}
    assert chart.title == ("In 2024 Germany reported 172 patients to EBMT for each 10 million people; 1 more, of which only a bound is known, is left out")
    assert chart.targets["r:f"].says == "≥50 per 10 million people (2024)"


def test_a_bound_of_a_rate_leads_nothing_has_no_part_in_a_median_and_is_never_a_zero(world: World) -> None:
    rate = {"metric": "car-t-rate-per-10m", "unit": "per-10m", "reference_date": "2024"}
    exact = [{**rate, "jurisdiction": iso3, "value": value} for iso3, value in (("DEU", 172.4), ("FRA", 150), ("NOR", 100))]
    bounds = [{**rate, "jurisdiction": iso3, "value": value, "value_kind": "at-least"} for iso3, value in (("USA", 300), ("IND", 0.33), ("BRA", 1.46))]
    dataset = world(care_capacity=[*exact, *bounds])
    chart = treatment_rates.rates_over_time(dataset, ALL, LIGHT)

    assert chart.title == (
        "In 2024 Germany reported the most to EBMT, 172 patients for each 10 million people; the median of 3 countries was 150;"
        " 3 more, of which only a bound is known, are left out"
    )
    assert {"United States <b>≥300</b>", "India <b>≥0.33</b>"} <= {note.text for note in chart.figure.layout.annotations}
    assert "India: at least 0.33 in 2024." in chart.alt
    titles = {iso3: treatment_rates.rates_over_time(dataset, (iso3,), LIGHT).title for iso3 in ("IND", "BRA")}
    assert titles == {
        "IND": "In 2024 India reported at least 0.33 patients to EBMT for each 10 million people",
        "BRA": "In 2024 Brazil reported at least 1.46 patients to EBMT for each 10 million people",
    }
    only_bounds = treatment_rates.rates_over_time(dataset, ("IND", "USA"), LIGHT).title
    assert only_bounds == "In 2024 2 countries reported patients to EBMT, for each only a bound is known"


@pytest.fixture
def need(world: World) -> Dataset:
    """Return new cases in five countries, and centres in three of them: one a bound, one documented as none."""
    cases = {"USA": 100_000, "DEU": 40_000, "IND": 60_000, "UGA": 3_000, "BRA": 9}
    return world(
        cancer_incidence=[
            {"iso3": iso3, "cancer": cancer, "new_cases": count // 3, "asr_per_100k": 1, "fact_id": f"i:{iso3}:{cancer}"}
            for iso3, count in cases.items()
            for cancer in ("nhl", "leukaemia", "multiple-myeloma")
        ],
        context=[{"iso3": iso3, "indicator": "population", "value": 100_000_000, "year": 2024} for iso3 in cases],
        care_capacity=[
            {"jurisdiction": "USA", "value": 140, "reference_date": "2024", "fact_id": "c:USA"},
            {"jurisdiction": "DEU", "value": 20, "value_kind": "at-least", "reference_date": "2024"},
            {"jurisdiction": "UGA", "value": 0, "reference_date": "2024"},
        ],
    )


def test_need_without_known_capacity_lies_in_lanes_and_never_at_zero(need: Dataset) -> None:
    chart = need_capacity.need_against(need, ALL, "centres-per-10-million", LIGHT)
    placed = {key: (trace.yaxis or "y", float(y)) for trace in chart.figure.data for key, y in zip(trace.customdata, trace.y, strict=True)}

    assert placed == {"USA": ("y", pytest.approx(14.0)), "DEU": ("y", pytest.approx(2.0)), "IND": ("y2", 0.0), "UGA": ("y2", 1.0)}
    assert chart.figure.layout.yaxis2.ticktext == ("no evidence found", "none, documented")
    symbols = {key: symbol for trace in chart.figure.data if not trace.yaxis for key, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)}
    assert symbols == {"USA": "circle", "DEU": "triangle-up"}
    assert "1 country with fewer than 10 new cases is not drawn, but listed in the atlas." in chart.caveat


def test_the_title_on_need_says_what_is_not_known_and_calls_no_bound_the_lowest(need: Dataset) -> None:
    chart = need_capacity.need_against(need, ALL, "centres-per-10-million", LIGHT)
    # India's 60,000 and Brazil's 9 of 203,006 new cases (thirds are rounded down); only one figure is exact.
    assert chart.title == "Centres per 10 million: no evidence was found for 2 countries, where 30% of the new cases occur"
    alone = need_capacity.need_against(need, ("USA",), "centres-per-10-million", LIGHT)
    assert alone.title == "United States: 14.0 per 10 million people, 99,999 new cases a year"
    assert "Lowest: United States, 14.0 per 10 million people. Of 1 country only a bound is known." in chart.alt
    assert need_capacity.need_against(need, ("IND",), "centres-per-10-million", LIGHT).title == "Centres per 10 million: no figure is known here"


def test_a_dot_of_need_opens_the_indicator_with_all_its_facts(need: Dataset) -> None:
    chart = need_capacity.need_against(need, ALL, "centres-per-10-million", LIGHT)
    target = chart.targets["USA"]

    assert (target.indicator_id, target.place) == ("centres-per-10-million", "USA")
    assert target.says == "14.0 per 10 million people (2024); 99,999 new cases (2022)"
    assert {"c:USA", "i:USA:nhl", "i:USA:leukaemia", "i:USA:multiple-myeloma"} <= set(target.fact_ids)
    assert chart.targets["IND"].says == "No evidence found; 60,000 new cases (2022)"
    assert keys(chart) < set(chart.targets) == set(chart.table.index)
    assert chart.table.loc["IND"].isna()["Centres per 10 million (per 10 million people)"]
