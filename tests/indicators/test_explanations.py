"""An explanation tells the same story as the value that it explains."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from indicators import catalog
from indicators.catalog import ValueType
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.explanations import explain
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE

World = Callable[..., Dataset]


def numbers(text: str) -> list[float]:
    return [float(part.replace(",", "")) for part in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("indicator_id", catalog.INDICATORS)
def test_the_last_line_of_every_explanation_ends_with_the_value(indicator_id: str, today: Dataset) -> None:
    indicator = catalog.get(indicator_id)
    for row in catalog.observe(today, indicator_id).to_dict("records"):
        lines = explain(today, indicator_id, row["iso3"], row.get("product_id", "") if indicator.by_product else "")
        if row["status"] == NO_EVIDENCE:
            assert lines == ()
        elif row["status"] != DOCUMENTED_NONE:
            plain = indicator.by_product or indicator_id in ("distance-to-site", "vein-to-vein-time", "manufacturing-failure-rate")
            assert value_text(indicator, row["value"], "" if plain else row["label"]) in lines[-1], (row["iso3"], lines)


@pytest.mark.parametrize("indicator_id", [key for key, item in catalog.INDICATORS.items() if "× " in item.formula and item.value_type is ValueType.NUMBER])
def test_the_numbers_of_a_ratio_give_its_value(indicator_id: str, today: Dataset) -> None:
    """Compute 100 × a / b from the line itself, as a reader with a calculator would."""
    checked = 0
    for row in catalog.observe(today, indicator_id).to_dict("records"):
        lines = explain(today, indicator_id, row["iso3"])
        ratio = re.search(r"([\d,]+) × (.+?) / (.+?) = ", lines[-1]) if lines else None
        if not ratio or row["status"] == DOCUMENTED_NONE:
            continue
        factor, above, below = numbers(ratio[1])[0], numbers(ratio[2])[0], numbers(ratio[3])[0]
        assert factor * above / below == pytest.approx(row["value"], rel=0.02, abs=0.06), (row["iso3"], lines)
        checked += 1
    assert checked or indicator_id in ("capacity-per-1000-eligible", "list-price-relative-to-usa")


def test_a_median_price_names_each_local_price_and_its_rate(world: World) -> None:
    dataset = world(
        prices=[
            {"jurisdiction": "DEU", "price_local": 300_000, "currency": "EUR", "effective_date": "2020-03"},
            {"jurisdiction": "DEU", "price_local": 200_000, "currency": "EUR", "effective_date": "2020-05", "product_id": "axi-cel"},
        ],
        exchange_rates=[{"currency": "EUR", "year": 2020, "lcu_per_usd": 0.8}],
    )
    lines = explain(dataset, "median-list-price", "DEU")

    assert lines[0].endswith("200,000 EUR / 0.8000 EUR per US dollar (2020) = US$250,000")
    assert lines[1].endswith("300,000 EUR / 0.8000 EUR per US dollar (2020) = US$375,000")
    assert lines[2] == "median of 2 = US$312,500"


def test_approvals_by_the_union_are_told_as_such(world: World) -> None:
    dataset = world(approvals=[{"jurisdiction": "EU", "approval_date": "2018-08-23"}, {"jurisdiction": "DEU", "product_id": "axi-cel"}])

    assert explain(dataset, "products-approved", "DEU") == ("axi-cel, tisa-cel (by a decision for the EU) = 2 products",)


def test_a_rate_of_availability_names_what_is_covered_and_what_is_not(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "DEU"}, {"jurisdiction": "DEU", "product_id": "axi-cel"}],
        reimbursement=[{"jurisdiction": "DEU", "decision_date": "2019-03"}],
    )

    assert explain(dataset, "rate-of-availability", "DEU") == ("authorised: axi-cel, tisa-cel", "covered: tisa-cel", "100 × 1 / 2 = 50%")


def test_an_indicator_that_does_not_exist_is_an_error(today: Dataset) -> None:
    with pytest.raises(catalog.UnknownIndicatorError):
        explain(today, "happiness", "DEU")
