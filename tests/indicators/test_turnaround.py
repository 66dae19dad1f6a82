"""Turnaround: single findings, drawn as what they are, and never averaged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators.charts import findings, turnaround
from indicators.charts.chart import Chart
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset

World = Callable[..., Dataset]
ALL = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")


def marks(chart: Chart) -> dict[str, tuple[str, str, tuple[float, ...]]]:
    """Return the kind, symbol and places on the axis of each mark, by its key."""
    found: dict[str, tuple[str, str, tuple[float, ...]]] = {}
    for trace in chart.figure.data:
        symbols = trace.marker.symbol
        for number, key in enumerate(trace.customdata):
            symbol = symbols if isinstance(symbols, str) else symbols[number]
            before = found[key][2] if key in found else ()
            found[key] = (trace.legendgroup, symbol, (*before, float(trace.x[number])))
    return found


@pytest.fixture
def reports(world: World) -> Dataset:
    """Return findings of every kind."""
    return world(
        turnaround=[
            {"jurisdiction": "USA", "value": 27, "patients": 182, "fact_id": "t:routine"},
            {"jurisdiction": "USA", "value": 40, "setting": "trial", "fact_id": "t:trial"},
            {"jurisdiction": "USA", "value": 7, "setting": "real-world", "statistic": "claim", "fact_id": "t:claim"},
            {"jurisdiction": "USA", "value": 14, "setting": "design", "value_kind": "target", "fact_id": "t:target"},
            {"jurisdiction": "BRA", "value_low": 28, "value_high": 42, "value_kind": "range", "fact_id": "t:range"},
            {"jurisdiction": "BRA", "value": 60, "value_kind": "at-least", "fact_id": "t:bound~2"},
            {"jurisdiction": "WORLD", "value": 54, "setting": "trial", "fact_id": "t:world"},
            {"jurisdiction": "EU", "value": 38, "fact_id": "t:europe"},
            {"jurisdiction": "USA", "value": 99, "preferred": "no", "conflict_note": "Another is newer.", "fact_id": "t:not-preferred"},
            {"jurisdiction": "USA", "value": 12, "metric": "manufacturing-failure-rate", "unit": "percent", "statistic": "rate", "fact_id": "t:failure"},
        ]
    )


def test_each_finding_is_a_mark_of_its_own_kind(reports: Dataset) -> None:
    drawn = marks(turnaround.times(reports, ALL, LIGHT))

    assert drawn["t:routine"] == ("routine", "circle", (27.0,))
    assert drawn["t:trial"] == ("trial", "circle", (40.0,))
    assert drawn["t:claim"][0] == "stated"  # whatever the setting: nothing was measured
    assert drawn["t:target"][:2] == ("stated", "diamond-open")
    assert drawn["t:range"] == ("routine", "line-ns", (28.0, 35.0, 42.0))  # both ends, and the middle to point at
    assert drawn["t:bound+2"][1] == "triangle-right"
    assert "t:not-preferred" not in drawn
    assert "t:failure" not in drawn


def test_the_finding_counts_what_was_measured_and_leaves_statements_and_bounds_out(reports: Dataset) -> None:
    assert turnaround.times(reports, ALL, LIGHT).title == "From vein to vein it took 27 to 54 days in 4 measured findings"
    assert turnaround.times(reports, ("USA",), LIGHT).title == "From vein to vein it took 27 to 40 days in 2 measured findings"
    assert turnaround.times(reports, ("BRA",), LIGHT).title == "No measured vein-to-vein time is known here; 2 findings speak of turnaround otherwise"
    assert turnaround.times(reports, ("UGA",), LIGHT).title == "No finding on turnaround is known here"


def test_studies_of_several_countries_speak_for_none_of_them_and_europe_for_its_members(reports: Dataset) -> None:
    assert {"t:world", "t:europe"} <= set(marks(turnaround.times(reports, ALL, LIGHT)))
    germany = marks(turnaround.times(reports, ("DEU",), LIGHT))
    assert set(germany) == {"t:europe"}
    assert set(marks(turnaround.times(reports, ("USA", "BRA"), LIGHT))).isdisjoint({"t:world", "t:europe"})


def test_every_mark_and_row_opens_its_fact(reports: Dataset) -> None:
    chart = turnaround.times(reports, ALL, LIGHT)

    assert set(marks(chart)) == set(chart.targets) == set(chart.table.index)
    assert chart.targets["t:bound+2"].fact_ids == ("t:bound~2",)
    assert chart.targets["t:range"].says == "28–42 days: From leukapheresis to infusion (vein to vein), measured in routine care"
    assert (chart.targets["t:world"].place, chart.targets["t:routine"].place) == ("", "USA")


def test_a_hover_tells_place_value_kind_number_and_source(reports: Dataset) -> None:
    chart = turnaround.times(reports, ALL, LIGHT)
    texts = {key: text for trace in chart.figure.data for key, text in zip(trace.customdata, trace.text, strict=True)}

    assert texts["t:routine"].split("<br>") == [
        "<b>United States</b>",
        "tisa-cel: 27 days (undated)",
        "measured in routine care; median",
        "182 patients or products",
        "Publisher",
    ]


def test_a_row_of_the_table_tells_bounds_and_ranges_apart(reports: Dataset) -> None:
    table = turnaround.times(reports, ALL, LIGHT).table

    assert table.at["t:range", "Low end of a range"] == 28
    assert table.at["t:range", "High end of a range"] == 42
    assert table.loc["t:range"].isna()["Figure"]
    assert table.at["t:bound+2", "What the figure is"] == "at least"


def test_failures_are_told_for_routine_care_and_trials_apart(world: World) -> None:
    shared = {"metric": "manufacturing-failure-rate", "unit": "percent", "statistic": "rate"}
    dataset = world(
        turnaround=[
            {**shared, "jurisdiction": "USA", "value": 0, "fact_id": "t:none"},
            {**shared, "jurisdiction": "GBR", "value": 14.43, "fact_id": "t:most"},
            {**shared, "jurisdiction": "USA", "value": 7, "setting": "trial"},
            {**shared, "jurisdiction": "USA", "value": 1, "value_kind": "at-most", "setting": "trial", "fact_id": "t:bound"},
        ]
    )
    chart = turnaround.rates(dataset, ALL, LIGHT)

    assert chart.title == "Manufacture failed for 0 to 14.4% of products in findings from routine care, for 7% in trials"
    assert marks(chart)["t:none"][2] == (0.0,)  # a counted zero is a figure
    assert turnaround.rates(dataset, ("GBR",), LIGHT).title == "Manufacture failed for 14.4% of products in findings from routine care"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("days", 1, 1, "exact"), "1 day"),
        (("days", 28, 42, "range"), "28–42 days"),
        (("days", 14, 14, "at-most"), "at most 14 days"),
        (("percent", 6.85, 6.85, "approximate"), "about 6.85%"),
        (("km", 3659, 3659, "at-least"), "at least 3,659 km"),
        (("usd", 4630, 4630, "exact"), "US$4,630"),
        (("count", 1, 1, "exact"), "1 patient"),
        (("count", 20, 25, "target"), "20–25 patients, planned or expected"),
    ],
)
def test_a_finding_is_said_with_its_unit_and_what_it_is(given: tuple[str, float, float, str], text: str) -> None:
    assert findings.amount(*given) == text
