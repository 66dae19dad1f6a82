"""Kinds of authorisation, age groups, indications and open applications: counted by hand in small worlds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from indicators.charts import applications, approval_kinds, approved_uses
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES
from indicators.dataset import Dataset
from indicators.measures import approvals

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
EVERYWHERE = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")
EUROPEAN = {"jurisdiction": "EU", "approval_date": "2018-08-23"}


def pieces(chart: Chart) -> dict[str, float]:
    """Return the length of each piece by its key."""
    return {key: x for trace in chart.figure.data for key, x in zip(trace.customdata, trace.x, strict=True)}


def keys(chart: Chart) -> set[str]:
    return {key for trace in chart.figure.data if trace.customdata is not None for key in trace.customdata}


# --- in force, as regulators granted it ---------------------------------------------------------------------------------


def test_a_european_authorisation_is_one_row_and_goes_on_in_the_united_kingdom(world: World) -> None:
    dataset = world(approvals=[EUROPEAN, {**EUROPEAN, "approval_date": "2022-05-01", "product_id": "cilta-cel"}])
    granted = approvals.granted_by_jurisdiction(dataset.as_of(date(2026, 1, 1)))
    assert sorted(zip(granted["jurisdiction"], granted["product_id"], strict=True)) == [("EU", "cilta-cel"), ("EU", "tisa-cel"), ("GBR", "tisa-cel")]

    before = approvals.granted_by_jurisdiction(dataset.as_of(date(2019, 1, 1)))
    assert before["jurisdiction"].tolist() == ["EU"]


def test_europe_is_shown_when_a_member_is_chosen(world: World) -> None:
    dataset = world().as_of(date(2026, 1, 1))
    assert "EU" in approvals.seen_in(dataset, ("NOR",))
    assert "EU" not in approvals.seen_in(dataset, ("GBR",))
    assert "EU" in approvals.seen_in(dataset.as_of(date(2019, 1, 1)), ("GBR",))


# --- kinds --------------------------------------------------------------------------------------------------------------


def test_every_kind_is_counted_and_a_kind_not_stated_is_shown(world: World) -> None:
    rows = [
        {"indication_id": "lbcl-3l", "pathway": "full"},
        {"indication_id": "fl-3l", "pathway": "accelerated"},
        {"indication_id": "mm-late", "product_id": "cilta-cel", "pathway": "unknown"},
        {"jurisdiction": "BRA", "pathway": "unknown"},
        {"jurisdiction": "IND", "pathway": "hospital-exemption"},
        {"jurisdiction": "SGP", "status": "under-review"},
    ]
    chart = approval_kinds.pathway_bars(world(approvals=rows), EVERYWHERE, LIGHT)

    assert pieces(chart) == {"USA.full": 1, "USA.accelerated": 1, "USA.unknown": 1, "BRA.unknown": 1, "IND.hospital-exemption": 1}
    assert chart.title == "5 authorisations are in force: 1 full, 1 accelerated, 1 under a hospital exemption, 2 of a kind that no source states"
    assert [text for text, _colour in chart.legend] == ["Full authorisation", "Accelerated approval", "Hospital exemption", "Kind of authorisation not stated"]
    assert keys(chart) == set(chart.targets) == set(chart.table.index)
    assert chart.targets["BRA.unknown"].place == "BRA"


def test_one_authorisation_is_told_in_the_singular(world: World) -> None:
    chart = approval_kinds.pathway_bars(world(approvals=[{}]), ("USA",), LIGHT)
    assert chart.title == "1 authorisation is in force: 1 full"


def test_a_european_decision_that_went_on_in_great_britain_is_said_to_count_twice(world: World) -> None:
    rows = [EUROPEAN, {**EUROPEAN, "approval_date": "2022-05-01", "product_id": "cilta-cel"}]
    dataset = world(approvals=rows).as_of(date(2026, 1, 1))
    chart = approval_kinds.pathway_bars(dataset, EVERYWHERE, LIGHT)

    assert chart.title.startswith("3 authorisations are in force")
    assert "1 of its authorisations is counted twice: it went on in Great Britain as a licence of its own." in chart.caveat
    assert len(chart.fact_ids) == 2
    assert "twice" not in approval_kinds.pathway_bars(dataset, ("DEU",), LIGHT).caveat


# --- ages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("populations", "group"),
    [
        (["adult"], "adults"),
        (["adult", "unknown"], "adults"),
        (["adult", "both"], "children-and-adults"),
        (["adult", "paediatric"], "children-and-adults"),
        (["paediatric", "unknown"], "children"),
        (["unknown", "unknown"], "unknown"),
    ],
)
def test_a_product_counts_once_for_all_its_age_groups(world: World, populations: list[str], group: str) -> None:
    uses = ("lbcl-3l", "ball-paed")
    rows = [{"indication_id": use, "population": population} for use, population in zip(uses, populations, strict=False)]
    chart = approval_kinds.age_bars(world(approvals=rows), ("USA",), LIGHT)
    assert pieces(chart) == {f"USA.{group}": 1}


def test_the_finding_on_ages_names_the_product_that_most_have_for_children(world: World) -> None:
    child = {"population": "both", "indication_id": "ball-paed"}
    rows = [child, {**child, "jurisdiction": "BRA"}, {"jurisdiction": "IND"}]
    dataset = world(approvals=rows)
    assert approval_kinds.age_bars(dataset, EVERYWHERE, LIGHT).title == ("A product is authorised for children in 2 of 3 jurisdictions, in 2 of them tisa-cel")
    assert approval_kinds.age_bars(dataset, ("IND",), LIGHT).title == "No product is known to be authorised for children in India"
    assert approval_kinds.age_bars(dataset, ("USA",), LIGHT).title == "Authorised for children in the United States: tisa-cel"


# --- uses ---------------------------------------------------------------------------------------------------------------


def uses_world(world: World) -> Dataset:
    indications = [
        {"indication_id": "lbcl-3l", "name": "Lymphoma", "short_name": "Lymphoma", "disease_group": "nhl", "countable": "yes"},
        {"indication_id": "mm-late", "name": "Myeloma", "short_name": "Myeloma", "disease_group": "multiple-myeloma", "countable": "yes"},
        {"indication_id": "unspecified", "name": "Not stated", "short_name": "Not stated", "disease_group": "unspecified", "countable": "no"},
    ]
    rows = [
        {"approval_date": "2018-05-01"},
        {"product_id": "axi-cel", "approval_date": "2017-10-18"},
        {"product_id": "cilta-cel", "indication_id": "mm-late"},
        {"jurisdiction": "BRA"},
        {"jurisdiction": "UGA", "indication_id": "unspecified"},
        {"jurisdiction": "IND", "pathway": "hospital-exemption"},
    ]
    return world(approvals=rows, indications=indications)


def written(chart: Chart) -> dict[str, str]:
    return {key: text for trace in chart.figure.data for key, text in zip(trace.customdata, trace.text, strict=True)}


def test_a_square_holds_the_number_of_products_or_the_first_year(world: World) -> None:
    dataset = uses_world(world)
    counts = approved_uses.indication_matrix(dataset, EVERYWHERE, "products", LIGHT)
    years = approved_uses.indication_matrix(dataset, EVERYWHERE, "year", LIGHT)

    assert written(counts) == {"USA.lbcl-3l": "2", "USA.mm-late": "1", "BRA.lbcl-3l": "1", "IND.lbcl-3l": "1", "UGA.unspecified": "1"}
    assert written(years)["USA.lbcl-3l"] == "’17"
    assert written(years)["BRA.lbcl-3l"] == ""  # undated: no year is made up
    assert set(written(counts)) == set(counts.targets) == set(counts.table.index)
    names = {trace.name: list(trace.customdata) for trace in counts.figure.data}
    assert names["under a hospital exemption only"] == ["IND.lbcl-3l"]


def test_what_no_source_states_counts_as_no_indication_and_stands_last(world: World) -> None:
    chart = approved_uses.indication_matrix(uses_world(world), EVERYWHERE, "products", LIGHT)
    assert chart.figure.layout.xaxis.categoryarray == ("Lymphoma", "Myeloma", "Not stated")
    assert chart.title == "CAR-T is authorised for 2 indications; most widely for Lymphoma, in 3 of 4 jurisdictions"
    assert chart.figure.layout.yaxis.categoryarray[0] == "Uganda"


# --- open applications --------------------------------------------------------------------------------------------------


def test_an_application_is_open_until_the_regulator_is_known_to_have_decided(world: World) -> None:
    review = {"status": "under-review", "status_date": "2024-05-01", "jurisdiction": "SGP"}
    rows = [
        {**review, "product_id": "eque-cel", "fact_id": "approval:open"},
        {**review, "product_id": "tisa-cel", "fact_id": "approval:granted-since"},
        {"jurisdiction": "SGP", "product_id": "tisa-cel", "approval_date": "2025-01-01"},
        {**review, "product_id": "axi-cel", "fact_id": "approval:refused-since"},
        {"jurisdiction": "SGP", "product_id": "axi-cel", "status": "refused", "status_date": "2025-06-01", "fact_id": "approval:refused"},
        {"jurisdiction": "UGA", "status": "withdrawn", "status_date": "2025-07", "fact_id": "approval:gone"},
    ]
    dataset = world(approvals=rows)
    assert set(approvals.not_granted(dataset)["fact_id"]) == {"approval:open", "approval:refused", "approval:gone"}
    earlier = dataset.as_of(date(2024, 12, 31))
    assert set(approvals.not_granted(earlier)["fact_id"]) == {"approval:open", "approval:granted-since", "approval:refused-since"}

    chart = applications.undecided_timeline(dataset, EVERYWHERE, LIGHT)
    assert chart.title == "1 application is under review as far as is known; 1 was refused; 1 was withdrawn"
    assert keys(chart) == set(chart.targets) == set(chart.table.index)


def test_no_refusal_is_said_to_be_unrecorded_and_not_to_be_none(world: World) -> None:
    review = {"status": "under-review", "status_date": "2024-05-01"}
    chart = applications.undecided_timeline(world(approvals=[review, {**review, "jurisdiction": "IND"}]), EVERYWHERE, LIGHT)
    assert chart.title == "2 applications are under review as far as is known; no refusal or withdrawal is recorded"


def test_an_application_without_a_date_has_a_hollow_mark_at_its_source(world: World) -> None:
    row = {"status": "under-review", "status_date": "", "approval_date": "", "source_ids": "paper"}
    dataset = world(approvals=[row], sources=[{"source_id": "paper", "published": "2023-03-04"}])
    chart = applications.undecided_timeline(dataset, ("USA",), LIGHT)
    mark = next(trace for trace in chart.figure.data if trace.mode == "markers")
    assert (mark.marker.symbol, list(mark.x)) == ("circle-open", ["2023-03-04"])
    assert "undated" in chart.figure.layout.annotations[0].text
