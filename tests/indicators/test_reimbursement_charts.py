"""Rates of availability, verdicts of payers and agreements: counted by hand in small worlds."""

from __future__ import annotations

from collections.abc import Callable

from indicators.catalog import observe
from indicators.charts import agreements, availability_rate, payer_verdicts
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES
from indicators.dataset import Dataset
from indicators.measures import reimbursement

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
EVERYWHERE = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")
NO = {"decision": "not-recommended", "coverage": "none"}


def keys(chart: Chart) -> set[str]:
    return {key for trace in chart.figure.data if trace.customdata is not None for key in trace.customdata}


def rate_world(world: World) -> Dataset:
    approved = [
        {"jurisdiction": place, "product_id": product}
        for place, product in (("SGP", "tisa-cel"), ("SGP", "axi-cel"), ("IND", "tali-cel"), ("BRA", "tisa-cel"), ("USA", "tisa-cel"))
    ]
    decided = [{"jurisdiction": "SGP"}, {"jurisdiction": "BRA", **NO}, {"jurisdiction": "USA", "product_id": "tisa-cel"}]
    return world(approvals=approved, reimbursement=decided)


def test_the_rate_stands_beside_its_two_counts(world: World) -> None:
    chart = availability_rate.availability_bars(rate_world(world), EVERYWHERE, LIGHT)
    assert [note.text for note in chart.figure.layout.annotations] == ["1 of 1", "1 of 2", "0 of 1"]
    assert chart.title == "1 of 3 countries pays for every authorised product; 1 is known to pay for fewer than half"
    assert chart.targets["SGP"].says == "1 of 2 authorised products are paid for"
    assert chart.targets["SGP"].indicator_id == "rate-of-availability"


def test_a_country_without_a_decision_has_no_bar_and_is_counted_in_words(world: World) -> None:
    chart = availability_rate.availability_bars(rate_world(world), EVERYWHERE, LIGHT)
    assert "India" not in chart.figure.layout.yaxis.categoryarray
    assert "In 1 more country products are authorised" in chart.caveat
    assert keys(chart) == set(chart.targets) == set(chart.table.index) == {"USA", "SGP", "BRA"}
    assert availability_rate.availability_bars(rate_world(world), ("IND",), LIGHT).is_empty


def test_one_country_is_told_with_its_counts(world: World) -> None:
    dataset = rate_world(world)
    assert availability_rate.availability_bars(dataset, ("SGP",), LIGHT).title == "In Singapore public money is known to pay for 1 of 2 authorised products"
    assert availability_rate.availability_bars(dataset, ("BRA",), LIGHT).title == "In Brazil public money is not known to pay for the one authorised product"


def test_cover_that_names_no_product_is_said_where_a_product_counts_as_not_covered(world: World) -> None:
    unnamed = {"product_id": "unspecified"}
    dataset = world(
        approvals=[{"jurisdiction": "SGP"}, {"jurisdiction": "SGP", "product_id": "axi-cel"}, {"jurisdiction": "USA"}, {"jurisdiction": "BRA"}],
        reimbursement=[
            {"jurisdiction": "SGP"},
            {"jurisdiction": "SGP", **unnamed},
            {"jurisdiction": "USA"},
            {"jurisdiction": "USA", **unnamed},
            {"jurisdiction": "BRA", **NO},
        ],
    )
    chart = availability_rate.availability_bars(dataset, EVERYWHERE, LIGHT)

    assert "In Singapore a source says that public money pays, but not for which product" in chart.caveat
    assert "not for which product" not in availability_rate.availability_bars(dataset, ("USA", "BRA"), LIGHT).caveat


def test_the_bars_are_the_catalogs_rate(today: Dataset) -> None:
    counts = reimbursement.availability_counts(today)
    known = counts[counts["is_known"]].set_index("iso3")
    seen = observe(today, "rate-of-availability").dropna(subset="value").set_index("iso3")
    assert set(known.index) == set(seen.index)
    assert ((known["covered"] / known["authorised"] * 100).sort_index() - seen["value"].sort_index()).abs().max() < 1e-9


# --- verdicts -----------------------------------------------------------------------------------------------------------


def verdict_world(world: World) -> Dataset:
    return world(
        reimbursement=[
            {"jurisdiction": "DEU", "decision_date": "2020-01-01"},
            {"jurisdiction": "DEU", "decision_date": "2021-01-01", "indication_id": "mm-late", "decision": "managed-access"},
            {"jurisdiction": "DEU", "decision_date": "2022-01-01", "indication_id": "fl-3l", **NO},
            {"jurisdiction": "DEU", "indication_id": "lbcl-2l", "decision": "under-assessment"},
            {"jurisdiction": "FRA", "payer": "Fund"},
            {"jurisdiction": "GBR", "scope": "advisory", "payer": "Adviser (of all)", **NO},
            {"jurisdiction": "USA", "scope": "private", "payer": "Insurer", "coverage": "private-only"},
        ]
    )


def lengths(chart: Chart) -> dict[str, float]:
    return {f"{trace.name}:{row}": x for trace in chart.figure.data for row, x in zip(trace.y, trace.x, strict=True)}


def test_refusals_go_to_the_left_and_reviews_under_way_are_left_out(world: World) -> None:
    chart = payer_verdicts.verdict_bars(verdict_world(world), EVERYWHERE, "national", LIGHT)
    assert lengths(chart) == {"Recommended:DEU.payer": 1, "Recommended:FRA.fund": 1, "Managed access:DEU.payer": 1, "Not recommended:DEU.payer": -1}
    assert chart.title == "National payers: 3 of 4 final decisions are positive; Payer (Germany) said no most often, 1 time of 3"
    assert keys(chart) == set(chart.targets) == set(chart.table.index)
    assert [note.text for note in chart.figure.layout.annotations] == ["2 of 3 positive", "1 of 1 positive"]


def test_advice_and_private_cover_have_pictures_of_their_own(world: World) -> None:
    dataset = verdict_world(world)
    advice, private, part = (payer_verdicts.verdict_bars(dataset, EVERYWHERE, scope, LIGHT) for scope in ("advisory", "private", "subnational"))
    assert advice.title == "Advice bodies: the one final judgement known here is negative"
    assert advice.figure.layout.yaxis.ticktext == ("United Kingdom, Adviser",)
    assert private.title == "Private insurers: the one final decision known here is positive"
    assert part.is_empty
    assert set(advice.fact_ids).isdisjoint(private.fact_ids)


# --- agreements ---------------------------------------------------------------------------------------------------------


def test_a_denied_an_unstated_and_a_confidential_agreement_are_three_different_things(world: World) -> None:
    rows = [
        {"jurisdiction": "DEU", "scheme": "outcomes-based"},
        {"jurisdiction": "DEU", "scheme": "outcomes-based", "indication_id": "mm-late"},
        {"jurisdiction": "FRA", "scheme": "none"},
        {"jurisdiction": "GBR", "scheme": "confidential"},
        {"jurisdiction": "NOR", "scheme": "unknown"},
        {"jurisdiction": "IND", "scheme": "discount", **NO},
    ]
    chart = agreements.agreement_matrix(world(reimbursement=rows), EVERYWHERE, LIGHT)
    drawn = {key: (trace.name, text) for trace in chart.figure.data for key, text in zip(trace.customdata, trace.text, strict=True)}

    assert set(drawn) == {"DEU.outcomes-based", "FRA.none", "GBR.confidential", "NOR.unknown"}  # India refused: nothing is paid there
    assert drawn["DEU.outcomes-based"][1] == "2"
    assert len({name for name, _text in drawn.values()}) == 4
    assert chart.title == "2 of 4 paying countries have a known managed entry agreement"
    assert set(drawn) == set(chart.targets) == set(chart.table.index)
    assert chart.figure.layout.xaxis.categoryarray[-1] == "Not stated"


def test_countries_with_agreements_are_those_of_the_catalog(today: Dataset) -> None:
    chart = agreements.agreement_matrix(today, tuple(today["countries"]["iso3"]), LIGHT)
    seen = observe(today, "managed-entry-agreements")
    having = set(seen.loc[seen["value"] > 0, "iso3"])
    drawn = {key.split(".")[0] for key in chart.targets if key.split(".")[1] not in ("none", "unknown")}
    assert drawn == having
