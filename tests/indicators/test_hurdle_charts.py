"""Charts of hurdles and proposals: what they count, whom they judge, and that every mark opens its evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from indicators.catalog import get
from indicators.charts import hurdle_bites, hurdles, proposal_dots, proposal_groups
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES, Style
from indicators.dataset import Dataset
from indicators.measures.proposals import PROPOSALS

World = Callable[..., Dataset]
Draw = Callable[[Dataset, tuple[str, ...], Style], Chart]
LIGHT = STYLES["light"]


def of_proposal(build: Callable[..., Chart], proposal_id: str) -> Draw:
    return lambda dataset, countries, style: build(dataset, proposal_id, countries, style)


CHARTS: dict[str, Draw] = {
    "evidence": hurdles.evidence,
    "findings": lambda dataset, countries, style: hurdles.hurdle_findings(dataset, "price", countries, style),
    "levers": lambda dataset, countries, style: hurdles.hurdle_levers(dataset, "price", countries, style),
    **{
        f"{name} {indicator_id}": lambda dataset, countries, style, build=build, indicator_id=indicator_id: build(dataset, indicator_id, countries, style)
        for name, build in (("bites", hurdle_bites.bites), ("spread", hurdle_bites.spread))
        for indicator_id in ("list-price-gdp-multiple", "products-approved", "reimbursement-status", "first-approval-date", "academic-route", "treatment-rate")
    },
    **{f"dots {one}": of_proposal(proposal_dots.proposal_dots, one) for one in PROPOSALS},
    **{f"groups {one}": of_proposal(proposal_groups.within_groups, one) for one in PROPOSALS},
    **{
        f"map {one}": lambda dataset, countries, style, one=one: proposal_groups.proposal_map(dataset, one, countries, (), style)
        for one in ("shared-review", "hospital-exemption")
    },
}


def check(dataset: Dataset, chart: Chart) -> None:
    assert chart.title
    assert chart.subtitle
    assert len(chart.alt) > 10
    for text in (chart.title, chart.alt, chart.subtitle, chart.caveat):
        assert "nan" not in text.lower().replace("finance", "")
        assert "{" not in text
    assert set(chart.fact_ids) <= set(dataset.facts.index)
    for trace in chart.figure.data:
        if trace.customdata is not None:
            assert set(trace.customdata) <= set(chart.targets)
    assert set(map(str, chart.table.index)) <= set(chart.targets)
    for target in chart.targets.values():
        assert target.heading
        assert target.says
        assert set(target.fact_ids) <= set(dataset.facts.index)


@pytest.fixture(scope="module")
def everywhere(today: Dataset) -> tuple[str, ...]:
    return tuple(today["countries"]["iso3"])


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_every_mark_and_row_opens_its_evidence(today: Dataset, everywhere: tuple[str, ...], draw: Draw, style: Style) -> None:
    chart = draw(today, everywhere, style)
    assert not chart.is_empty
    check(today, chart)


@pytest.mark.parametrize("countries", [(), ("UGA",), ("USA",), ("DEU", "BRA", "IND")], ids=" ".join)
@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_few_countries_or_none_are_no_error(today: Dataset, draw: Draw, countries: tuple[str, ...]) -> None:
    chart = draw(today, countries, LIGHT)
    check(today, chart)
    if not countries:
        assert chart.is_empty


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_the_first_day_is_no_error(real: Dataset, everywhere: tuple[str, ...], draw: Draw) -> None:
    before = real.as_of(date(2017, 8, 30))
    check(before, draw(before, everywhere, LIGHT))


# --- hurdles: small worlds -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(world: World) -> Dataset:
    event = {"date": "2019-08-07", "title": "Italy pays by outcome", "jurisdiction": "FRA", "fact_id": "event:2019-08-07:FRA:payment"}
    return world(
        hurdles=[
            {"hurdle_id": "price", "position": 2, "indicator_ids": "median-approval-lag;products-approved"},
            {"hurdle_id": "data", "position": 1, "step": "referral"},
        ],
        hurdle_findings=[
            {"reference_date": "2020", "source_ids": "source-b", "fact_id": "finding:old"},
            {"reference_date": "2024", "source_ids": "source-b", "fact_id": "finding:new"},
            {"reference_date": "2019", "source_ids": "source-a", "fact_id": "finding:best"},
            {"jurisdiction": "WORLD", "source_ids": "source-d", "fact_id": "finding:world"},
        ],
        hurdle_levers=[
            {"jurisdiction": "FRA", "date": "", "fact_id": "lever:undated"},
            {"jurisdiction": "FRA", "date": "2019-08", "what_happened": "It was given up.", "event_ids": event["fact_id"], "fact_id": "lever:dated"},
        ],
        policy_events=[event],
        approvals=[
            {"jurisdiction": "IND", "product_id": "tali-cel"},
            {"jurisdiction": "BRA", "product_id": "tisa-cel"},
            {"jurisdiction": "BRA", "product_id": "axi-cel"},
            {"jurisdiction": "UGA", "product_id": "any", "indication_id": "unspecified", "status": "none-documented"},
        ],
    )


ALL = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")


def test_hurdles_come_in_the_order_of_the_way(small: Dataset) -> None:
    assert hurdles.in_order(small)["hurdle_id"].tolist() == ["data", "price"]


def test_findings_come_best_grade_first_then_newest(small: Dataset) -> None:
    assert hurdles.findings_on(small, "price", ALL)["fact_id"].tolist() == ["finding:best", "finding:new", "finding:old", "finding:world"]


def test_findings_of_the_world_are_left_out_where_countries_are_chosen(small: Dataset) -> None:
    assert set(hurdles.findings_on(small, "price", ("USA",))["fact_id"]) == {"finding:best", "finding:new", "finding:old"}
    assert hurdles.findings_on(small, "price", ("UGA",)).empty


def test_a_lever_opens_its_policy_events_and_says_where_no_source_tells(small: Dataset) -> None:
    chart = hurdles.hurdle_levers(small, "price", ALL, LIGHT)
    assert chart.title == "2 levers were tried; of 1 no source tells what came of it"
    assert chart.table.index.tolist() == ["lever:dated", "lever:undated"]
    assert chart.targets["lever:dated"].fact_ids == ("lever:dated", "event:2019-08-07:FRA:payment")
    assert chart.table["What happened"].tolist() == ["It was given up.", "no source tells"]


def test_the_evidence_counts_findings_levers_and_countries(small: Dataset) -> None:
    chart = hurdles.evidence(small, ALL, LIGHT)
    price = chart.table.loc["price"]
    assert price[["Findings, grade A", "Findings, grade B", "Findings, grade C", "Findings, grade D"]].tolist() == [1, 2, 0, 1]
    assert price[["Levers tried", "Levers with a known result", "Countries measured"]].tolist() == [2, 1, 3]
    assert price["Measured by"] == "Products approved or exempted"  # nothing is dated, so the first indicator says nothing of any country
    drawn = {key for trace in chart.figure.data for key in trace.customdata}
    assert "price.C" not in drawn, "no finding is drawn as nothing, never as a zero"


def test_it_bites_most_where_a_source_documents_that_there_is_none(small: Dataset) -> None:
    chart = hurdle_bites.bites(small, "products-approved", ALL, LIGHT)
    assert chart.title == "Products approved or exempted: worst in Uganda of 3 countries with evidence, none, documented"
    assert chart.table.index.tolist() == ["UGA", "IND", "BRA"]
    assert chart.caveat == "6 countries have no evidence and are not judged."
    bars = {iso3 for trace in chart.figure.data if trace.type == "bar" for iso3 in trace.customdata}
    assert bars == {"IND", "BRA"}, "a documented none is no bar of length zero"


def test_less_is_better_for_some(world: World) -> None:
    figures = [("DEU", 30), ("USA", 20), ("IND", 60)]
    people = [{"iso3": iso3, "indicator": "oop-share-of-health-expenditure-percent", "value": value, "year": 2023, "unit": "%"} for iso3, value in figures]
    chart = hurdle_bites.bites(world(context=people), "out-of-pocket-share", ALL, LIGHT)
    assert "worst in India of" in chart.title
    assert chart.title.endswith("60%")
    assert chart.table.index.tolist() == ["IND", "DEU", "USA"]


def test_a_bound_behind_which_a_country_may_do_better_is_not_judged(world: World) -> None:
    figures = [("DEU", 90, "exact"), ("FRA", 40, "exact"), ("IND", 2, "at-least")]
    rows = [{"jurisdiction": iso3, "value": value, "value_kind": kind, "reference_date": "2025"} for iso3, value, kind in figures]
    chart = hurdle_bites.bites(world(care_capacity=rows), "treatment-centres", ALL, LIGHT)
    assert chart.title == "Treatment centres: worst in France of 2 countries with evidence, 40 centres"
    assert "Of 1 country only a bound is known" in chart.caveat


def test_an_indicator_without_a_direction_has_no_worst(small: Dataset) -> None:
    assert get("managed-entry-agreements").direction == 0
    with pytest.raises(ValueError, match="no direction"):
        hurdle_bites.bites(small, "managed-entry-agreements", ALL, LIGHT)


def test_all_alike_means_that_none_stands_out(world: World) -> None:
    dataset = world(approvals=[{"jurisdiction": "USA"}, {"jurisdiction": "IND"}])
    assert hurdle_bites.bites(dataset, "products-approved", ALL, LIGHT).title.endswith("none stands out")


def test_the_spread_names_a_median_only_where_three_countries_have_a_figure(world: World) -> None:
    figures = [("DEU", 10), ("FRA", 20), ("USA", 60), ("IND", 50)]
    people = [{"iso3": iso3, "indicator": "oop-share-of-health-expenditure-percent", "value": value, "year": 2023, "unit": "%"} for iso3, value in figures]
    chart = hurdle_bites.spread(world(context=people), "out-of-pocket-share", ALL, LIGHT)
    assert chart.title.endswith(": median of 20% in high-income countries; no other income group has 3 exact figures")
    assert chart.alt.endswith("5 countries have no evidence.")
    dots = [iso3 for trace in chart.figure.data if trace.customdata for iso3 in trace.customdata]
    assert sorted(dots) == ["DEU", "FRA", "IND", "USA"]


def test_prices_of_several_kinds_have_no_median(today: Dataset, everywhere: tuple[str, ...]) -> None:
    assert "no median" in hurdle_bites.spread(today, "lowest-price", everywhere, LIGHT).title


# --- proposals -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schemes(world: World) -> Dataset:
    """Return a world of six rich countries: three pay by outcome and cover two products, three pay otherwise and cover one."""
    paid = [{"jurisdiction": iso3, "product_id": product, "scheme": "outcomes-based"} for iso3 in ("DEU", "FRA", "GBR") for product in ("tisa-cel", "axi-cel")]
    others = [{"jurisdiction": iso3, "scheme": "discount"} for iso3 in ("NOR", "SGP", "USA")]
    return world(reimbursement=paid + others)


def test_countries_that_have_it_stand_beside_those_without_evidence(schemes: Dataset) -> None:
    chart = proposal_dots.proposal_dots(schemes, "outcome-based-payment", ALL, LIGHT)
    shown = chart.table[chart.table["Measure"] == get("products-covered").short_title].set_index("ISO code")
    assert shown.loc["DEU", "Stands to the proposal"] == "has it"
    assert shown.loc["USA", "Stands to the proposal"] == "no evidence that it has"
    assert "UGA" not in shown.index, "a country without a figure has no dot"
    assert chart.title.startswith(
        "Payment by outcome or evidence: 3 countries have it; before income is taken into account, the median is better there on 1 of "
    )


def test_what_is_in_trials_only_gets_no_verdict(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    chart = proposal_dots.proposal_dots(today, "allogeneic-product", everywhere, LIGHT)
    assert chart.title.endswith("so far in trials only, which can't have moved access yet, so nothing is compared")
    within = proposal_groups.within_groups(today, "allogeneic-product", everywhere, LIGHT)
    assert within.title.startswith("In trials only")
    assert set(within.table["Compared"]) == {"can't be compared"}


def test_the_rule_of_comparison_is_stated(world: World) -> None:
    few = proposal_dots.proposal_dots(world(reimbursement=[{"scheme": "outcomes-based"}]), "outcome-based-payment", ALL, LIGHT)
    assert few.title.endswith("1 country has it; too few figures to compare, which takes 3 countries on each side")
    assert "both rows have 3 countries or more" in few.caveat


def test_the_verdict_within_an_income_group_follows_the_direction(schemes: Dataset) -> None:
    chart = proposal_groups.within_groups(schemes, "outcome-based-payment", ALL, LIGHT)
    rich, poor = chart.table.loc["products-covered.HIC"], chart.table.loc["products-covered.LIC"]
    assert rich[["Countries that have it", "Countries without evidence of it", "Compared"]].tolist() == [3, 3, "better where they have it"]
    assert poor["Compared"] == "can't be compared"
    assert chart.title.startswith("Among high-income countries the median is better where they have it in ")
    drawn = {key for trace in chart.figure.data for key in trace.customdata}
    assert "products-covered.LIC" not in drawn


@pytest.mark.parametrize(
    ("direction_of", "difference", "word"), [("products-covered", 2, "ahead"), ("time-to-availability", 2, "behind"), ("products-covered", 0, "level")]
)
def test_better_and_worse_follow_the_indicators_direction(direction_of: str, difference: float, word: str) -> None:
    assert proposal_dots.verdict(get(direction_of), difference) == word


def test_no_verdict_without_a_difference_or_a_direction() -> None:
    assert proposal_dots.verdict(get("products-covered"), float("nan")) == ""
    assert proposal_dots.verdict(get("population"), 3) == ""


def test_a_map_of_a_proposal_tells_plans_and_missing_evidence_apart(world: World) -> None:
    rows = [{"jurisdiction": "SGP", "state": "in-use"}, {"jurisdiction": "UGA", "state": "planned"}]
    chart = proposal_groups.proposal_map(world(proposals=rows), "shared-review", ALL, (), LIGHT)
    assert chart.title == "Shared or relied-on review: 1 of 9 countries has it; of 1 more only a plan, a rule or an end is known"
    told = pd.Series(chart.table["Stands to the proposal"])
    assert told["SGP"] == "has it"
    assert told["UGA"] == "a plan, a rule or an end of it only"
    assert told["BRA"] == "no evidence that it has"
