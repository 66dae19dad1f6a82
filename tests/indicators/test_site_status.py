"""Planned against operating sites, and the plants for vectors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators.charts import site_status
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset

World = Callable[..., Dataset]
ALL = ("BRA", "DEU", "IND", "UGA", "USA")


@pytest.fixture
def sites(world: World) -> Dataset:
    """Return sites of every status."""
    return world(
        manufacturing_sites=[
            {"iso3": "USA", "site_id": "u1", "fact_id": "s:u1"},
            {"iso3": "USA", "site_id": "u2", "fact_id": "s:u2"},
            {"iso3": "USA", "site_id": "u3", "status": "unverified", "site_type": "clinical", "fact_id": "s:u3"},
            {"iso3": "USA", "site_id": "u4", "status": "closed", "fact_id": "s:u4"},
            {"iso3": "DEU", "site_id": "d1", "status": "under-construction", "fact_id": "s:d1"},
            {"iso3": "DEU", "site_id": "d2", "status": "planned", "site_type": "academic", "fact_id": "s:d2"},
            {"iso3": "IND", "site_id": "i1", "status": "unverified", "fact_id": "s:i1"},
            {"iso3": "IND", "site_id": "i2", "site_type": "vector", "city": "Pune", "operator": "Maker", "status_as_of": "2024-05", "fact_id": "s:i2"},
            {"iso3": "IND", "site_id": "i3", "site_type": "vector", "city": "Pune", "status": "planned", "fact_id": "s:i3"},
        ]
    )


def test_bars_count_sites_by_status_and_what_is_not_confirmed_stands_apart(sites: Dataset) -> None:
    chart = site_status.sites_by_status(sites, ALL, LIGHT)
    bars = {key: (trace.name, trace.xaxis or "x", int(x)) for trace in chart.figure.data for key, x in zip(trace.customdata, trace.x, strict=True)}

    assert bars == {
        "USA.operational": ("Operating", "x", 2),
        "DEU.under-construction": ("Under construction", "x", 1),
        "DEU.planned": ("Planned", "x", 1),
        "USA.unverified": ("Not confirmed", "x2", 1),
        "IND.unverified": ("Not confirmed", "x2", 1),
    }
    assert chart.title == "2 sites are known to run, 2 are to come; 2 more are not confirmed. In 1 country the first is to come"


def test_vector_plants_are_left_out_and_closed_sites_stand_in_the_table(sites: Dataset) -> None:
    table = site_status.sites_by_status(sites, ALL, LIGHT).table

    assert table.index.tolist() == ["USA", "DEU", "IND"]
    assert table.at["USA", "Closed"] == 1
    assert table.at["IND", "Operating"] == 0


def test_each_bar_and_row_opens_its_sites(sites: Dataset) -> None:
    chart = site_status.sites_by_status(sites, ALL, LIGHT)

    assert chart.targets["USA.operational"].fact_ids == ("s:u1", "s:u2")
    assert chart.targets["USA.operational"].says == "Operating: 2"
    assert set(chart.targets["USA"].fact_ids) == {"s:u1", "s:u2", "s:u3", "s:u4"}
    assert {key for trace in chart.figure.data for key in trace.customdata} | set(chart.table.index) <= set(chart.targets)


def test_where_a_site_may_run_or_did_run_what_comes_is_not_the_first(world: World) -> None:
    coming = [{"iso3": iso3, "status": "planned"} for iso3 in ("DEU", "IND", "BRA")]
    dataset = world(manufacturing_sites=[*coming, {"iso3": "IND", "status": "unverified"}, {"iso3": "BRA", "status": "closed"}])

    assert site_status.sites_by_status(dataset, ALL, LIGHT).title == (
        "No site is known to run here, 3 are to come; 1 more is not confirmed. In 1 country the first is to come"
    )


def test_one_country_and_none(sites: Dataset) -> None:
    assert site_status.sites_by_status(sites, ("IND",), LIGHT).title == "No site is known to run here; 1 more is not confirmed"
    empty = site_status.sites_by_status(sites, ("UGA",), LIGHT)
    assert (empty.is_empty, empty.title) == (True, "No site is known here")


def test_each_vector_plant_stands_below_its_status_with_operator_and_place(sites: Dataset) -> None:
    chart = site_status.vector_supply(sites, ALL, LIGHT)
    squares = {key: (x, y.rstrip("\u200b")) for trace in chart.figure.data for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)}

    assert squares == {"i2": ("Operating", "India, Pune"), "i3": ("Planned", "India, Pune")}
    assert len({y for trace in chart.figure.data for y in trace.y}) == 2  # two plants of one city keep rows of their own
    assert "Maker" in [note.text for note in chart.figure.layout.annotations]
    assert chart.title == "1 plant is known to make vectors for CAR-T, in 1 country; 1 more is planned, closed or not confirmed"
    assert set(squares) == set(chart.targets) == set(chart.table.index)
    assert site_status.vector_supply(sites, ("USA",), LIGHT).is_empty
