"""One indicator over time in a panel for each country, a ranking in which some stand out, and which countries are chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from indicators import selection
from indicators.catalog import INDICATORS
from indicators.charts import among
from indicators.charts.chart import Chart
from indicators.charts.small_multiples import MOST_PANELS, has_history, small_multiples
from indicators.charts.template import STYLES
from indicators.dataset import Dataset

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
UNTIL = date(2021, 6, 30)


@pytest.fixture(scope="module")
def small(world: World) -> Dataset:
    """Return a world in which Germany goes from one product to two, India stays at one, and Brazil documents none."""
    absent = {"jurisdiction": "BRA", "product_id": "any", "indication_id": "unspecified", "status": "none-documented", "approval_date": ""}
    return world(
        approvals=[
            {"jurisdiction": "GBR", "product_id": "tisa-cel", "approval_date": "2018-08-27"},
            {"jurisdiction": "GBR", "product_id": "axi-cel", "approval_date": "2020-03-01"},
            {"jurisdiction": "IND", "product_id": "tali-cel", "approval_date": "2019-01-01"},
            absent | {"source_ids": "old"},
        ],
        reimbursement=[
            {"jurisdiction": "GBR", "decision_date": "2018-09-05", "decision": "not-recommended", "coverage": "none"},
            {"jurisdiction": "GBR", "decision_date": "2020-09-05"},
        ],
        sources=[{"source_id": "old", "published": "2019-06-01"}],
        context=[{"iso3": iso3, "indicator": "population", "value": value, "year": 2024} for iso3, value in (("IND", 1400), ("USA", 340), ("DEU", 84))],
    )


def panel_lines(chart: Chart) -> dict[str, list[float | None]]:
    return {trace.customdata[0].split(".")[0]: list(trace.y) for trace in chart.figure.data}


def notes(chart: Chart) -> list[str]:
    return [note.text for note in chart.figure.layout.annotations]


def test_each_country_has_a_step_line_over_the_ends_of_years(small: Dataset) -> None:
    chart = small_multiples(small, "products-approved", ("GBR", "IND", "BRA", "UGA"), UNTIL, LIGHT)

    assert panel_lines(chart) == {"GBR": [None, 1, 1, 2, 2], "IND": [None, None, 1, 1, 1]}
    assert {trace.line.shape for trace in chart.figure.data} == {"hv"}
    assert chart.title == "“Products approved or exempted” has changed in one of 2 countries with a value, the United Kingdom: from 1 in 2018 to 2 in 2021"
    ranges = {(axis.range) for axis in (chart.figure.layout.yaxis, chart.figure.layout.yaxis2, chart.figure.layout.yaxis3)}
    assert len(ranges) == 1


def test_a_panel_without_a_line_says_why(small: Dataset) -> None:
    chart = small_multiples(small, "products-approved", ("GBR", "BRA", "UGA"), UNTIL, LIGHT)

    assert {"none, documented", "no evidence found"} <= set(notes(chart))
    assert "2 panels are without a line, and say why." in chart.caveat
    assert [note for note in notes(chart) if note.startswith("<b>")] == ["<b>United Kingdom</b>", "<b>Brazil</b>", "<b>Uganda</b>"]


def test_the_first_and_the_last_value_are_written_out(small: Dataset) -> None:
    assert {"1", "2"} <= set(notes(small_multiples(small, "products-approved", ("GBR",), UNTIL, LIGHT)))
    categories = small_multiples(small, "reimbursement-status", ("GBR",), UNTIL, LIGHT)
    assert "2018: Not covered<br>2021: Covered" in notes(categories)
    assert categories.title == "United Kingdom: “Public cover” went from “Not covered” in 2018 to “Covered” in 2021"


def test_a_value_that_went_and_came_back_has_changed(world: World) -> None:
    prices = [
        {"jurisdiction": "USA", "price_local": value, "effective_date": day}
        for value, day in ((400_000, "2018-02-01"), (350_000, "2019-02-01"), (400_000, "2021-02-01"))
    ]
    title = small_multiples(world(prices=prices), "median-list-price", ("USA",), UNTIL, LIGHT).title

    assert title == "United States: “List price” went from US$400K in 2018 to US$350K in 2019, then to US$400K in 2021"


def test_a_figure_keeps_its_own_year_and_a_category_has_its_best_on_top(world: World) -> None:
    centres = [
        {"jurisdiction": "DEU", "value": 4, "reference_date": "2017"},
        {"jurisdiction": "DEU", "value": 8, "reference_date": "2019", "value_kind": "at-least"},
    ]
    dataset = world(care_capacity=centres, reimbursement=[{"decision_date": "2018-09-05"}])

    title = small_multiples(dataset, "treatment-centres", ("DEU",), UNTIL, LIGHT).title
    assert title == "Germany: “Treatment centres” went from 4 in 2017 to at least 8 in 2019"
    subtitle = small_multiples(dataset, "reimbursement-status", ("DEU",), UNTIL, LIGHT).subtitle
    assert subtitle.endswith("all panels on the same axes; “Covered” is the highest line, “Not covered” the lowest")


def test_the_table_has_a_row_for_each_country_and_a_column_for_each_year(small: Dataset) -> None:
    table = small_multiples(small, "products-approved", ("GBR", "BRA", "UGA"), UNTIL, LIGHT).table

    assert list(table.columns[2:7]) == ["2017", "2018", "2019", "2020", "30 Jun 2021"]
    assert table.loc["GBR", ["2017", "2018", "30 Jun 2021"]].tolist() == ["no evidence found", "1 product", "2 products"]
    assert table.loc["BRA", ["2018", "2019"]].tolist() == ["no evidence found", "none, documented"]
    assert set(table.loc["UGA", "2017":"30 Jun 2021"]) == {"no evidence found"}


def test_every_mark_and_every_row_opens_something(small: Dataset) -> None:
    chart = small_multiples(small, "products-approved", ("GBR", "BRA", "UGA"), UNTIL, LIGHT)
    marks = {key for trace in chart.figure.data for key in trace.customdata}

    assert marks | set(chart.table.index) <= set(chart.targets)
    assert all(re.fullmatch(r"[\w.:+-]+", key) for key in chart.targets)
    assert chart.targets["GBR.2018"].says == "1 product"
    assert chart.targets["GBR.2018"].fact_ids != chart.targets["GBR.2021"].fact_ids


def test_no_country_and_no_evidence_are_empty_and_no_error(small: Dataset) -> None:
    nobody, unknown = (small_multiples(small, "products-approved", countries, UNTIL, LIGHT) for countries in ((), ("UGA",)))

    assert nobody.is_empty
    assert nobody.title == "No country passes these filters"
    assert unknown.is_empty
    assert unknown.title == "“Products approved or exempted”: no evidence found in this country"


def test_too_many_countries_and_measures_of_one_year_are_refused(real: Dataset) -> None:
    with pytest.raises(ValueError, match="more than the 20"):
        small_multiples(real, "products-approved", tuple(real["countries"]["iso3"][: MOST_PANELS + 1]), UNTIL, LIGHT)
    for indicator_id in ("population", "first-approval-date", "list-price"):
        assert not has_history(INDICATORS[indicator_id])
        with pytest.raises(ValueError, match=indicator_id):
            small_multiples(real, indicator_id, ("BRA",), UNTIL, LIGHT)


def test_a_single_day_is_drawn(small: Dataset) -> None:
    assert panel_lines(small_multiples(small, "products-approved", ("GBR",), date(2017, 8, 30), LIGHT)) == {}


def test_a_chosen_country_is_shown_wherever_it_ranks_and_stands_out(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    chart = among.ranking(today, "gdp-per-head", everywhere, ("UGA",), LIGHT)
    colours = {name: colour for trace in chart.figure.data if trace.customdata is not None for name, colour in zip(trace.y, trace.marker.color, strict=True)}

    assert len(colours) == 31
    assert colours["Uganda"] == LIGHT.income["LIC"]
    assert colours["United States"].startswith("rgba(")
    assert any(re.fullmatch(r"<b>=?\d+  Uganda</b>", text) for text in chart.figure.layout.yaxis.ticktext)
    assert "1  Monaco" in chart.figure.layout.yaxis.ticktext
    assert re.fullmatch(r"Uganda: US\$[\d,]+, place 1\d\d of \d+ countries with a value, from the highest", chart.title)


def test_the_chosen_come_before_the_others_and_absences_of_others_are_left_to_the_table(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    chart = among.ranking(today, "products-approved", everywhere, ("IND", "ZAF"), LIGHT)
    from_top = list(reversed(chart.figure.layout.yaxis.ticktext))
    drawn = {name for trace in chart.figure.data if trace.customdata is not None for name in trace.y}

    assert re.fullmatch(r"<b>=?\d+  India</b>", from_top[0])
    assert from_top[1:3] == ["<b>South Africa</b>", "<i>the others</i>"]  # documented as none, and chosen
    assert "Argentina" not in drawn
    assert "South Africa" in drawn
    assert "Argentina" in set(chart.table["Country"])
    assert "more countries are listed in the atlas." in chart.caveats


def test_a_place_counts_from_the_better_end_and_equal_values_share_it(world: World) -> None:
    isos = ("DEU", "FRA", "USA")
    shares = [
        {"iso3": iso3, "indicator": "oop-share-of-health-expenditure-percent", "value": value, "year": 2022}
        for iso3, value in zip(isos, (30, 10, 30), strict=True)
    ]
    chart = among.ranking(world(context=shares), "out-of-pocket-share", isos, ("USA",), LIGHT)

    assert chart.title == "United States: 30%, place 2 of 3 countries with a value, from the lowest"


def test_a_bound_shares_no_rank_with_an_exact_figure(world: World) -> None:
    figures = {"DEU": (41, "exact"), "FRA": (41, "at-least"), "USA": (50, "at-least"), "GBR": (41, "exact"), "IND": (7, "exact")}
    rows = [{"jurisdiction": iso3, "metric": "treatment-centres", "value": value, "value_kind": kind} for iso3, (value, kind) in figures.items()]
    chart = among.ranking(world(care_capacity=rows), "treatment-centres", tuple(figures), (), LIGHT)

    assert set(chart.figure.layout.yaxis.ticktext) == {"–  United States", "=2  Germany", "=2  United Kingdom", "–  France", "5  India"}
    assert "A dash stands before a bound" in chart.caveat
    alone = among.ranking(world(care_capacity=rows), "treatment-centres", tuple(figures), ("FRA",), LIGHT)
    assert alone.title == "France: at least 41 centres, a bound, which has no rank"


def test_the_title_of_a_ranking_is_about_the_chosen_countries(today: Dataset) -> None:
    everywhere = tuple(today["countries"]["iso3"])
    several = among.ranking(today, "products-approved", everywhere, ("BRA", "CHN", "ETH"), LIGHT)
    assert several.title.startswith("The 3 countries chosen, among all 211: 2 of 3 countries have ")
    assert "Spain" not in several.title

    assert among.ranking(today, "reimbursement-status", everywhere, ("BRA",), LIGHT).title == "Brazil: not covered"


def test_a_ranking_without_chosen_countries_is_the_ranking(today: Dataset) -> None:
    chart = among.ranking(today, "treatment-centres", ("DEU", "FRA"), (), LIGHT)

    assert all(trace.marker.color == LIGHT.income["HIC"] for trace in chart.figure.data)


def test_the_best_documented_and_the_largest_countries_come_first(small: Dataset) -> None:
    everywhere = tuple(small["countries"]["iso3"])

    assert selection.most_documented(small, everywhere, 2) == ("GBR", "BRA")
    assert selection.largest(small, everywhere, 4) == ("IND", "USA", "DEU", "BRA")


def test_peers_share_a_group_with_a_chosen_country(small: Dataset) -> None:
    everywhere = tuple(small["countries"]["iso3"])

    assert selection.peers(small, everywhere, ("IND", "BRA"), "wb_income_group") == ("BRA", "IND")
    assert selection.peers(small, everywhere, ("IND",), "un_m49_region") == ("IND", "SGP")
