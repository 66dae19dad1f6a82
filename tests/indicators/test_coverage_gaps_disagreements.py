"""Where there are facts, where there are none, and where they disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from indicators import catalog, coverage, disagreements, gaps
from indicators.charts.coverage import ORDER_TEXTS, coverage_matrix
from indicators.charts.template import STYLES
from indicators.dataset import Dataset
from indicators.fact_texts import rivals
from indicators.jurisdictions import eu_members
from indicators.observations import NO_EVIDENCE

World = Callable[..., Dataset]
STYLE = STYLES["light"]


@pytest.fixture(scope="module")
def covered(world: World) -> Dataset:
    """Return one European approval, two Brazilian prices, a figure of context for Uganda, and an outcome of the whole world."""
    return world(
        approvals=[{"jurisdiction": "EU", "approval_date": "2021-05-01", "fact_id": "approval:eu"}],
        prices=[
            {"jurisdiction": "BRA", "price_local": 1, "effective_date": "2023", "fact_id": "price:1", "source_ids": "source-d", "checked": "2025-01"},
            {"jurisdiction": "BRA", "price_local": 2, "fact_id": "price:2", "source_ids": "source-c", "checked": "2026-11", "product_id": "axi-cel"},
        ],
        context=[{"iso3": "UGA", "indicator": "population", "value": 45, "year": 2022, "fact_id": "context:1"}],
        outcomes=[{"jurisdiction": "WORLD", "value": 50, "fact_id": "outcome:1"}],
    ).as_of(date(2026, 11, 30))


def everywhere(dataset: Dataset) -> tuple[str, ...]:
    return tuple(dataset["countries"]["iso3"])


def test_coverage_counts_facts_their_best_grade_and_newest_confirmation(covered: Dataset) -> None:
    cover = coverage.by_country(covered).set_index(["iso3", "group"])

    brazil = cover.loc[("BRA", "prices")]
    assert (brazil["facts"], brazil["grade"], brazil["checked"], brazil["fact_ids"]) == (2, "C", "2026-11", ("price:2", "price:1"))
    assert set(cover.xs("approvals", level="group").index) == set(eu_members(date(2021, 5, 1)))
    assert "results" not in cover.index.get_level_values("group")  # a figure of the world is no country's


def test_the_matrix_shows_countries_with_facts_beyond_context_and_all_when_asked(covered: Dataset) -> None:
    few = coverage_matrix(covered, everywhere(covered), False, "name", STYLE)
    many = coverage_matrix(covered, everywhere(covered), True, "name", STYLE)

    assert few.title.startswith("4 of 9 countries have facts beyond need and context")  # Brazil, Germany, France, Norway
    assert not any(key.startswith("UGA") for key in few.targets)
    assert many.targets["UGA.context"].fact_ids == ("context:1",)


def test_marks_and_rows_of_the_matrix_open_their_facts(covered: Dataset) -> None:
    for order in ORDER_TEXTS:
        chart = coverage_matrix(covered, everywhere(covered), True, order, STYLE)
        marks = {str(key): text for trace in chart.figure.data if trace.customdata is not None for key, text in zip(trace.customdata, trace.text, strict=True)}
        assert set(marks) == set(chart.targets) == set(chart.table.index)
        assert all(marks[key] == str(len(target.fact_ids)) for key, target in chart.targets.items())
        assert chart.targets["BRA.prices"].says == "2 facts, best grade C, newest confirmed Nov 2026"


def test_the_matrix_says_that_facts_set_aside_are_counted_too(world: World) -> None:
    price = {"jurisdiction": "BRA", "effective_date": "2024-01-01", "price_local": 1}
    old = {"price_local": 2, "source_ids": "source-b", "preferred": "no"}
    dataset = world(prices=[{**row, "conflict_note": "Two lists disagree."} for row in (price, {**price, **old})])
    chart = coverage_matrix(dataset, ("BRA",), False, "name", STYLE)

    assert chart.targets["BRA.prices"].says.startswith("2 facts")
    assert "Facts that others are preferred to are counted too." in chart.caveat


def test_the_matrix_puts_the_country_with_most_facts_first_when_asked(covered: Dataset) -> None:
    chart = coverage_matrix(covered, everywhere(covered), False, "facts", STYLE)

    assert chart.figure.layout.yaxis.ticktext[0] == "Brazil"


@pytest.mark.parametrize(
    ("countries", "title"), [((), "No country passes these filters"), (("UGA",), "Nothing beyond need and context is known of this country")]
)
def test_the_matrix_says_so_where_there_is_nothing(covered: Dataset, countries: tuple[str, ...], title: str) -> None:
    chart = coverage_matrix(covered, countries, False, "region", STYLE)

    assert chart.title == title
    assert chart.is_empty


def test_the_matrix_speaks_of_one_country_in_the_singular(covered: Dataset) -> None:
    assert coverage_matrix(covered, ("BRA",), False, "region", STYLE).title == "Brazil has facts on 1 subject beyond need and context"


def test_gaps_are_the_observations_without_evidence(covered: Dataset) -> None:
    missing = gaps.missing(covered, indicator_id="lowest-price")
    seen = catalog.observe(covered, "lowest-price")

    assert set(missing["iso3"]) == set(seen.loc[seen["status"] == NO_EVIDENCE, "iso3"])
    assert "BRA" not in set(missing["iso3"])


def test_counts_of_each_indicator_add_up_to_the_countries(today: Dataset) -> None:
    counts = gaps.by_indicator(today)

    assert counts["indicator_id"].tolist() == list(catalog.INDICATORS)
    assert set(counts[["known", "none", "missing"]].sum(axis=1)) == {len(today["countries"])}
    assert counts["missing"].sum() == len(gaps.missing(today))


def test_gaps_by_domain_add_up_to_the_countries(today: Dataset) -> None:
    domains = gaps.by_domain(today)

    assert set(domains[["none_known", "some", "all_known"]].sum(axis=1)) == {len(today["countries"])}


def test_the_offer_of_a_source_names_the_gaps_and_the_version(covered: Dataset) -> None:
    text = gaps.offer(covered, gaps.missing(covered, indicator_id="lowest-price", countries=["UGA"]))

    assert "Uganda (UGA): Lowest price of any kind for one CAR-T product [lowest-price]" in text
    assert covered.version in text


def test_a_disagreement_has_the_fact_that_is_used_and_those_set_aside(world: World) -> None:
    question = {"price_local": 1, "effective_date": "2019"}
    dataset = world(
        prices=[
            {**question, "fact_id": "price:used", "conflict_note": "By hand: the German source.", "source_ids": "source-d"},
            {**question, "fact_id": "price:aside", "conflict_note": "Another figure.", "preferred": "no", "source_ids": "source-d"},
            {**question, "fact_id": "price:alone", "product_id": "axi-cel"},
        ]
    )

    (found,) = disagreements.disagreements(dataset)

    assert (found.used, found.set_aside, found.place) == (("price:used",), ("price:aside",), "USA")
    assert disagreements.heading(dataset, found).startswith("United States · tisa-cel")


def test_every_fact_that_is_not_used_stands_in_exactly_one_disagreement(today: Dataset) -> None:
    listed = [fact for one in disagreements.disagreements(today) for fact in one.fact_ids]
    facts = today.facts

    assert len(set(listed)) == len(listed)
    assert set(facts.index[(facts["preferred"] == "no") | (facts["conflict_note"] != "")]) == set(listed)
    for one in disagreements.disagreements(today):
        for fact in one.fact_ids:
            assert set(rivals(today, fact)) <= set(one.fact_ids)
        assert disagreements.heading(today, one)
