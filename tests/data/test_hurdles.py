"""What the page on hurdles needs of the tables behind it."""

from __future__ import annotations

import pytest

from indicators import catalog
from indicators.dataset import Dataset, load


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load()


def listed(dataset: Dataset, table: str, column: str) -> set[str]:
    return {one for cell in dataset[table][column] for one in cell.split(";") if one}


def test_every_indicator_of_a_hurdle_is_in_the_catalog(dataset: Dataset) -> None:
    assert sorted(listed(dataset, "hurdles", "indicator_ids") - set(catalog.INDICATORS)) == []


def test_every_event_of_a_lever_is_in_the_table_of_events(dataset: Dataset) -> None:
    assert sorted(listed(dataset, "hurdle_levers", "event_ids") - set(dataset["policy_events"]["fact_id"])) == []


@pytest.mark.parametrize("table", ["hurdle_findings", "hurdle_levers"])
def test_every_hurdle_has_findings_and_levers(dataset: Dataset, table: str) -> None:
    assert set(dataset[table]["hurdle_id"]) == set(dataset["hurdles"]["hurdle_id"])


def test_hurdles_are_numbered_along_the_way_without_gap_or_repeat(dataset: Dataset) -> None:
    assert sorted(dataset["hurdles"]["position"]) == list(range(1, 16))


def test_a_hurdle_without_an_indicator_says_why(dataset: Dataset) -> None:
    hurdles = dataset["hurdles"]
    assert (hurdles.loc[hurdles["indicator_ids"] == "", "note"] != "").all()
