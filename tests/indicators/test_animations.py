"""Figures that play: one frame a year, the same colours in all, and the last frame is the figure of the last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from indicators import catalog
from indicators.charts import animations, bars, timelines
from indicators.charts.template import DARK, LIGHT
from indicators.dataset import Dataset

World = Callable[..., Dataset]
UNTIL = date(2020, 6, 30)
ALL = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")


@pytest.fixture
def small(world: World) -> Dataset:
    return world(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2017-08-30"},
            {"jurisdiction": "IND", "approval_date": "2019-05-01"},
            {"jurisdiction": "BRA", "status": "none-documented", "product_id": "any", "status_date": "2018-05", "pathway": "unknown"},
        ]
    )


def coloured(frame: object, places: list[str]) -> dict[str, int]:
    return dict(zip(places, frame.data[0].z, strict=True))  # type: ignore[attr-defined]


def test_each_year_shows_what_was_true_at_its_end(small: Dataset) -> None:
    chart = animations.playing_map(small, "products-approved", ALL, (), UNTIL, LIGHT)
    frames = {frame.name: coloured(frame, list(chart.figure.data[0].locations)) for frame in chart.figure.frames}

    assert list(frames) == ["2017", "2018", "2019", "2020"]
    assert [frames[year]["IND"] for year in frames] == [0, 0, 2, 2]  # 0: no evidence; 1: none, documented; 2: one product
    assert [frames[year]["BRA"] for year in frames] == [0, 1, 1, 1]
    assert [frames[year]["UGA"] for year in frames] == [0, 0, 0, 0]
    assert "evidence for 1 country in 2017, for 3 countries on 30 Jun 2020" in chart.title


def test_the_figure_before_playing_is_the_last_year(small: Dataset) -> None:
    chart = animations.playing_map(small, "products-approved", ALL, (), UNTIL, LIGHT)

    assert list(chart.figure.data[0].z) == list(chart.figure.frames[-1].data[0].z)
    assert chart.figure.layout.sliders[0].active == len(chart.figure.frames) - 1


def test_the_table_of_a_playing_map_has_a_column_a_year_and_leaves_missing_evidence_empty(small: Dataset) -> None:
    table = animations.playing_map(small, "products-approved", ALL, (), UNTIL, LIGHT).table.set_index("ISO code")

    assert table.loc["IND"].tolist()[1:] == ["", "", "1 product", "1 product"]
    assert table.loc["BRA"].tolist()[1:] == ["", "none, documented", "none, documented", "none, documented"]
    assert "UGA" not in table.index


@pytest.mark.parametrize("indicator_id", [key for key, item in catalog.INDICATORS.items() if bars.has_trend(item)])
def test_every_indicator_with_a_history_can_be_played(indicator_id: str, real: Dataset) -> None:
    countries = tuple(real["countries"]["iso3"])
    chart = animations.playing_map(real, indicator_id, countries, (), date(2018, 12, 31), DARK)

    assert len(chart.figure.frames) == 2
    assert chart.figure.data[0].zmax == max(len({trace.name for trace in chart.figure.data if trace.showlegend}), 1) - 0.5


def test_a_line_that_grows_ends_where_the_whole_line_ends(small: Dataset) -> None:
    whole = timelines.cumulative_approvals(small.as_of(UNTIL), ALL, LIGHT)
    ends = [trace.y[-1] for trace in whole.figure.data]
    growing = animations.growing(timelines.cumulative_approvals(small.as_of(UNTIL), ALL, LIGHT), animations.year_ends(UNTIL), LIGHT)

    assert [trace.y[-1] for trace in growing.figure.frames[-1].data] == ends
    assert sum(trace.y[-1] for trace in growing.figure.frames[0].data) == 1
    for frame in growing.figure.frames:
        assert len(frame.data) == len(growing.figure.data)
        assert all(list(trace.x) == sorted(trace.x) for trace in frame.data)


def test_sites_appear_in_the_year_that_they_are_known_from(world: World) -> None:
    dataset = world(
        manufacturing_sites=[
            {"latitude": 40.0, "longitude": -74.0, "start_year": 2017, "site_id": "old", "fact_id": "site:1"},
            {"latitude": 50.0, "longitude": 8.0, "start_year": 2019, "iso3": "DEU", "site_id": "new", "fact_id": "site:2"},
        ]
    )
    chart = animations.playing_sites(dataset, ALL, (), UNTIL, LIGHT)

    shown = [sum(value is not None for trace in frame.data for value in trace.lat) for frame in chart.figure.frames]
    assert shown == [1, 1, 2, 2]
    assert chart.title == "1 site was known in 2017, 2 on 30 Jun 2020"


def test_nothing_chosen_is_empty_and_no_error(small: Dataset) -> None:
    assert animations.playing_map(small, "products-approved", (), (), UNTIL, LIGHT).is_empty
