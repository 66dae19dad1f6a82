"""Kinds of price with their bounds, prices beside income, and where names can stand."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose

import pandas as pd
import pytest

from indicators.charts import dots, label_places, price_dots, price_history, price_income, price_kinds, price_words
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES
from indicators.dataset import Dataset
from indicators.measures import prices

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
COST = {"price_type": "total-treatment-cost", "effective_date": "2024-01-01"}


def keys(chart: Chart) -> set[str]:
    return {key for trace in chart.figure.data if trace.customdata is not None for key in trace.customdata}


def symbols(chart: Chart) -> dict[str, str]:
    """Return the shape of each figure that is drawn as a mark."""
    return {
        key: symbol
        for trace in chart.figure.data
        if trace.customdata is not None and trace.mode == "markers"
        for key, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
    }


def figures_world(world: World) -> Dataset:
    def row(name: str, **cells: object) -> dict[str, object]:
        return {**COST, "fact_id": f"price:{name}", **cells}

    return world(
        prices=[
            row("exact", price_local=400_000),
            row("about", price_local=300_000, value_kind="approximate", product_id="axi-cel"),
            row("most", effective_date="2024-02-01", price_local=500_000, value_kind="at-most"),
            row("least", effective_date="2024-03-01", price_local=200_000, value_kind="at-least"),
            row("range", effective_date="2024-04-01", price_low=100_000, price_high=150_000, value_kind="range"),
            row("target", effective_date="2024-05-01", price_local=50_000, value_kind="target"),
            row("listed", price_local=475_000, price_type="list-wac"),
        ]
    )


def test_each_figure_is_drawn_as_what_it_is(world: World) -> None:
    chart = price_kinds.price_kind_dots(figures_world(world), ("USA",), (), "total-treatment-cost", "usd", LIGHT)
    assert symbols(chart) == {
        "price:exact": "circle",
        "price:about": "circle",
        "price:most": "triangle-left",
        "price:least": "triangle-right",
        "price:target": "circle-open",
    }
    span = next(trace for trace in chart.figure.data if trace.mode == "lines+markers")
    assert (list(span.x), set(span.customdata)) == ([100_000, 150_000], {"price:range"})
    assert keys(chart) == set(chart.targets) == set(chart.table.index)


def test_kinds_of_price_are_never_in_one_picture_and_bounds_never_the_finding(world: World) -> None:
    chart = price_kinds.price_kind_dots(figures_world(world), ("USA",), (), "total-treatment-cost", "usd", LIGHT)
    assert "price:listed" not in chart.fact_ids
    assert chart.title == (
        "Cost of the whole treatment: from US$300,000 (the United States, 2024) to US$400,000 (the United States, 2024), not counting "
        "4 figures of 6 that are bounds, ranges or targets"
    )
    only = price_kinds.price_kind_dots(figures_world(world), ("USA",), ("axi-cel",), "total-treatment-cost", "usd", LIGHT)
    assert only.title == "Cost of the whole treatment: US$300,000 (the United States, 2024)"


def test_only_bounds_are_said_to_be_bounds(world: World) -> None:
    dataset = world(prices=[{**COST, "price_local": 500_000, "value_kind": "at-most"}])
    chart = price_kinds.price_kind_dots(dataset, ("USA",), (), "total-treatment-cost", "usd", LIGHT)
    assert chart.title == "Cost of the whole treatment: only a bound, range or target is known, from 1 country"


def test_the_newest_list_price_holds_and_reports_stand_side_by_side(world: World) -> None:
    rows = [
        {"effective_date": "2020-01-01", "price_local": 1000, "fact_id": "price:old"},
        {"effective_date": "2024-01-01", "price_local": 2000, "fact_id": "price:new"},
        {"effective_date": "2019-01-01", "price_local": 1500, "value_kind": "at-most", "fact_id": "price:bound"},
        {**COST, "effective_date": "2020-01-01", "price_local": 1, "fact_id": "price:study"},
        {**COST, "price_local": 2, "fact_id": "price:another-study"},
    ]
    dataset = world(prices=rows)
    assert set(prices.of_kind(dataset, "list-ex-factory")["fact_id"]) == {"price:new", "price:bound"}
    assert set(prices.of_kind(dataset, "total-treatment-cost")["fact_id"]) == {"price:study", "price:another-study"}


def test_every_kind_of_price_that_the_data_knows_can_be_asked_for(today: Dataset) -> None:
    assert set(today["prices"]["price_type"]) <= set(price_words.PRICE_TYPE_TEXTS)
    drawn = [set(prices.of_kind(today, kind)["fact_id"]) for kind in price_words.PRICE_TYPE_TEXTS]
    assert sum(map(len, drawn)) == len(set.union(*drawn))


# --- against income -----------------------------------------------------------------------------------------------------


def income_world(world: World) -> Dataset:
    return world(
        prices=[
            {"price_local": 400_000, "effective_date": "2024-01-01", "fact_id": "price:one"},
            {"price_local": 500_000, "effective_date": "2022-01-01", "product_id": "axi-cel", "fact_id": "price:two"},
            {"price_local": 100_000, "effective_date": "2023-01-01", "jurisdiction": "IND", "fact_id": "price:three"},
            {"price_local": 90_000, "effective_date": "2023-01-01", "jurisdiction": "UGA"},  # no income is known there
            {"price_local": 9, "effective_date": "2023-01-01", "jurisdiction": "BRA", "value_kind": "at-most"},
        ],
        context=[
            {"iso3": "USA", "indicator": "gdp-per-capita-usd", "year": 2022, "value": 75_000, "fact_id": "context:old"},
            {"iso3": "USA", "indicator": "gdp-per-capita-usd", "year": 2024, "value": 90_000, "fact_id": "context:new"},
            {"iso3": "IND", "indicator": "gdp-per-capita-usd", "year": 2023, "value": 2_500, "fact_id": "context:india"},
        ],
    )


def test_the_median_list_price_is_divided_by_the_income_of_the_newest_prices_year(world: World) -> None:
    rows = prices.list_price_and_income(income_world(world)).set_index("iso3")
    assert set(rows.index) == {"USA", "IND"}
    assert (rows.at["USA", "usd"], rows.at["USA", "income"], rows.at["USA", "income_year"]) == (450_000, 90_000, 2024)
    assert isclose(rows.at["USA", "multiple"], 5)
    assert isclose(rows.at["IND", "multiple"], 40)
    assert set(rows.at["USA", "fact_ids"]) == {"price:one", "price:two", "context:new"}
    only = prices.list_price_and_income(income_world(world), ("axi-cel",))
    assert only[["iso3", "usd", "income_year"]].to_numpy().tolist() == [["USA", 500_000, 2022]]


def test_the_scatter_says_the_formula_with_the_countrys_own_numbers(world: World) -> None:
    chart = price_income.income_scatter(income_world(world), ("USA", "IND", "UGA"), (), LIGHT)
    assert chart.title == "The median list price is 5.0 times the GDP per head in the United States, 40.0 times in India"
    assert chart.targets["USA"].says == "5.0 × GDP per head: US$450,000 (2022–2024) / US$90,000 (2024)"
    assert keys(chart) == set(chart.targets) == set(chart.table.index) == {"USA", "IND"}
    assert chart.figure.layout.xaxis.type == chart.figure.layout.yaxis.type == "log"


def test_the_lines_join_equal_multiples(world: World) -> None:
    chart = price_income.income_scatter(income_world(world), ("USA", "IND"), (), LIGHT)
    lines = [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert lines
    for line in lines:
        ratios = [y / x for x, y in zip(line.x, line.y, strict=True)]
        assert isclose(*ratios)
        assert any(isclose(ratios[0], multiple) for multiple in price_income.MULTIPLES)


def test_one_country_beside_its_income_is_one_dot(world: World) -> None:
    chart = price_income.income_scatter(income_world(world), ("IND",), (), LIGHT)
    assert chart.title == "In India the median list price is 40.0 times the GDP per head"


# --- names --------------------------------------------------------------------------------------------------------------


def test_a_name_stands_to_the_right_where_there_is_room_and_nowhere_where_there_is_none() -> None:
    alone = label_places.places([(100, 100, "Brazil")], (400, 300))
    assert alone == ["middle right"]
    at_the_edge = label_places.places([(390, 100, "Brazil")], (400, 300))
    assert at_the_edge == ["middle left"]
    crowd = [(100.0 + 7 * column, 100.0 + 7 * row, "A long name") for row in range(6) for column in range(6)]
    placed = label_places.places(crowd, (240, 240))
    assert 0 < sum(bool(place) for place in placed) < len(crowd)


def test_two_names_side_by_side_do_not_cover_each_other() -> None:
    first, second = label_places.places([(100, 100, "Netherlands"), (120, 100, "Belgium")], (400, 300))
    assert first != "middle right"  # the other dot is there
    assert second == "middle right"


@pytest.mark.parametrize("place", ["middle right", "middle left", "top center", "bottom center"])
def test_each_place_can_be_an_annotation(place: str) -> None:
    assert label_places.anchors(place).keys() >= {"xanchor", "yanchor"}


def test_the_panel_that_products_share_names_each_once_and_its_names_keep_apart(today: Dataset) -> None:
    chart = price_history.price_history(today, tuple(today["countries"]["iso3"]), (), LIGHT)
    own = {trace.xaxis for trace in chart.figure.data if trace.name not in LIGHT.products or trace.name in ("eque-cel", "varni-cel")}
    names = [note.text for note in chart.figure.layout.annotations if note.xref in own and note.showarrow is False and note.yref != "paper"]
    assert names
    assert len(names) == len(set(names))
    assert not any("," in name for name in names)  # countries show when pointed at


def test_list_prices_count_ranges_in_words_as_in_the_table(real: Dataset) -> None:
    chart = price_dots.list_price_dots(real, tuple(real["countries"]["iso3"]), (), "usd", LIGHT)
    ranges = prices.list_price_ranges(real)
    assert len(ranges)
    assert set(ranges["fact_id"]) <= set(chart.table.index)
    assert f"{len(chart.table)} prices of" in chart.alt


def test_dots_stay_on_their_own_countrys_line() -> None:
    points = pd.DataFrame({"iso3": ["USA"] * 9, "product_id": list("abcdefghi"), "usd": [100.0] * 9})
    moved = dots.apart(points, "usd")
    assert moved.nunique() == 9
    assert moved.abs().max() < 0.4
