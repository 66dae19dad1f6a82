"""What an indicator can't use is not called missing."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from indicators import catalog
from indicators.charts.wording import hover
from indicators.dataset import Dataset
from indicators.known_in_part import _ABOUT, facts_in_part
from indicators.observations import NO_EVIDENCE
from indicators.tables import TABLES

World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]


def test_a_count_of_one_product_s_centres_is_known_in_part_and_no_total(world: World, seen: Seen) -> None:
    dataset = world(care_capacity=[{"jurisdiction": "IND", "value": 30, "product_id": "tali-cel", "value_kind": "at-least", "fact_id": "care:1"}])
    row = seen(dataset, "treatment-centres", "IND")

    assert row["status"] == NO_EVIDENCE
    assert facts_in_part(dataset, "treatment-centres", "IND") == ("care:1",)
    assert facts_in_part(dataset, "treatment-centres", "BRA") == ()
    assert "known in part" in hover(dataset, catalog.get("treatment-centres"), dict(row))
    assert "no evidence found" in hover(dataset, catalog.get("treatment-centres"), dict(seen(dataset, "treatment-centres", "BRA")))


def test_a_range_of_list_prices_is_known_in_part(world: World) -> None:
    dataset = world(prices=[{"jurisdiction": "IND", "price_low": 1, "price_high": 2, "value_kind": "range", "fact_id": "price:1"}])

    assert facts_in_part(dataset, "median-list-price", "IND") == ("price:1",)
    assert facts_in_part(dataset, "academic-price", "IND") == ()


@pytest.mark.parametrize("indicator_id", _ABOUT)
def test_every_rule_speaks_of_an_indicator_and_a_table_that_exist_and_finds_real_facts(indicator_id: str, real: Dataset) -> None:
    table, is_about = _ABOUT[indicator_id]

    assert indicator_id in catalog.INDICATORS
    assert table in TABLES
    assert is_about(real[table]).any() or indicator_id in ("products-approved", "indications-approved", "share-of-world-products")
