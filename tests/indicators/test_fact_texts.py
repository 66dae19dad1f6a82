"""Every fact can be told in words, and says its figure as what it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators.dataset import Dataset
from indicators.fact_texts import fact_text, place_of, rivals
from indicators.tables import FACT_TABLES

World = Callable[..., Dataset]


@pytest.mark.parametrize("table", [name for name in FACT_TABLES if name not in ("countries", "context", "exchange_rates", "cancer_incidence")])
def test_every_fact_has_a_headline_of_its_own_and_no_code_in_it(table: str, real: Dataset) -> None:
    for fact_id in real[table]["fact_id"]:
        text = fact_text(real, fact_id)
        assert text.headline.strip()
        assert "nan" not in text.headline.split()
        told = " ".join((text.headline, *text.details))
        assert not {"list-wac", "full-public", "not-recommended", "treatment-centres", "no-decision"} & set(told.split()), told


@pytest.mark.parametrize(
    ("row", "headline"),
    [
        ({"price_local": 475_000}, "475,000 USD"),
        ({"price_local": 475_000, "value_kind": "at-most"}, "At most 475,000 USD"),
        ({"price_local": 475_000, "value_kind": "approximate"}, "About 475,000 USD"),
        ({"price_low": 100_000, "price_high": 200_000, "value_kind": "range"}, "100,000 to 200,000 USD"),
        ({"price_local": 35_000, "value_kind": "target"}, "35,000 (target) USD"),
    ],
)
def test_a_bound_a_range_and_a_target_are_told_as_such(row: dict[str, object], headline: str, world: World) -> None:
    dataset = world(prices=[{**row, "fact_id": "price:1"}])

    assert fact_text(dataset, "price:1").headline == headline


def test_facts_that_disagree_know_each_other(world: World) -> None:
    dataset = world(
        care_capacity=[
            {"value": 45, "reference_date": "2025-04", "fact_id": "care:1", "conflict_note": "A press count."},
            {"value": 54, "reference_date": "2024", "fact_id": "care:2", "conflict_note": "A survey counts more."},
            {"value": 30, "reference_date": "2020", "fact_id": "care:3"},
            {"value": 9, "reference_date": "2024", "fact_id": "care:4", "jurisdiction": "FRA", "conflict_note": "Alone."},
        ]
    )

    assert rivals(dataset, "care:1") == ("care:2",)
    assert rivals(dataset, "care:3") == ()  # history is no conflict
    assert rivals(dataset, "care:4") == ()
    assert place_of(dataset, "care:4") == "FRA"


def test_a_fact_that_does_not_exist_is_an_error(real: Dataset) -> None:
    with pytest.raises(KeyError):
        fact_text(real, "price:of:nothing")
