from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalog import observe
from indicators.dataset import Dataset
from indicators.explanations import explain
from indicators.measures import approvals
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED

World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]

NONE = {"product_id": "any", "indication_id": "unspecified", "status": "none-documented"}


def test_a_european_decision_counts_once_for_every_member_and_for_the_united_kingdom_if_it_was_made_in_time(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"product_id": "tisa-cel", "jurisdiction": "EU", "approval_date": "2018-08-23", "fact_id": "approval:tisa"},
            {"product_id": "axi-cel", "jurisdiction": "EU", "approval_date": "2021-01-15", "fact_id": "approval:axi"},
        ]
    )
    for member in ("DEU", "FRA", "NOR"):
        row = seen(dataset, "products-approved", member)
        assert (row["value"], row["status"], set(row["fact_ids"])) == (2, DERIVED, {"approval:tisa", "approval:axi"})
    assert seen(dataset, "products-approved", "GBR")["fact_ids"] == ("approval:tisa",)
    assert seen(dataset, "products-approved", "USA")["status"] == NO_EVIDENCE


def test_a_product_counts_once_however_many_indications_and_authorities(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "EU", "approval_date": "2018-08-23", "indication_id": "lbcl-3l"},
            {"jurisdiction": "EU", "approval_date": "2022-05-01", "indication_id": "fl-3l"},
            {"jurisdiction": "DEU", "approval_date": "2021-02-10", "product_id": "varni-cel", "pathway": "hospital-exemption"},
        ]
    )
    assert seen(dataset, "products-approved", "DEU")["value"] == 2
    assert seen(dataset, "indications-approved", "DEU")["value"] == 2
    assert seen(dataset, "products-approved", "FRA")["value"] == 1


@pytest.mark.parametrize("status", ["under-review", "refused"])
def test_an_application_is_no_authorisation(world: World, seen: Seen, status: str) -> None:
    assert seen(world(approvals=[{"status": status}]), "products-approved", "USA")["status"] == NO_EVIDENCE


def test_a_fact_set_aside_counts_for_nothing(world: World, seen: Seen) -> None:
    dataset = world(approvals=[{"preferred": "no", "conflict_note": "Another source denies it."}])
    assert seen(dataset, "products-approved", "USA")["status"] == NO_EVIDENCE


def test_a_documented_absence_is_a_zero_with_its_source_and_nothing_else_is(world: World, seen: Seen) -> None:
    dataset = world(approvals=[{**NONE, "jurisdiction": "IND", "fact_id": "approval:none"}])
    for indicator in ("products-approved", "indications-approved"):
        row = seen(dataset, indicator, "IND")
        assert (row["value"], row["status"], row["fact_ids"]) == (0, DOCUMENTED_NONE, ("approval:none",))
        assert pd.isna(seen(dataset, indicator, "UGA")["value"])


def test_an_authorisation_goes_before_a_documented_absence(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[{**NONE, "jurisdiction": "IND", "status_date": "2022"}, {"jurisdiction": "IND", "approval_date": "2023-10-13", "fact_id": "approval:in"}]
    )
    assert seen(dataset, "products-approved", "IND")["fact_ids"] == ("approval:in",)
    assert seen(dataset.as_of(date(2023, 1, 1)), "products-approved", "IND")["status"] == DOCUMENTED_NONE


def test_the_absence_of_one_product_is_no_absence_of_all(world: World, seen: Seen) -> None:
    dataset = world(approvals=[{**NONE, "product_id": "tisa-cel", "jurisdiction": "IND"}])
    assert seen(dataset, "products-approved", "IND")["status"] == NO_EVIDENCE


def test_an_absence_set_aside_counts_for_nothing(world: World, seen: Seen) -> None:
    dataset = world(approvals=[{**NONE, "jurisdiction": "IND", "preferred": "no", "conflict_note": "Another source denies it."}])
    assert seen(dataset, "products-approved", "IND")["status"] == NO_EVIDENCE


def test_a_withdrawn_authorisation_is_gone_from_its_withdrawal_and_only_for_its_indication(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"indication_id": "lbcl-3l", "approval_date": "2018-05-01"},
            {"indication_id": "lbcl-3l", "status": "withdrawn", "status_date": "2023-03-01"},
            {"indication_id": "fl-3l", "approval_date": "2019-05-01", "fact_id": "approval:fl"},
        ]
    )
    assert seen(dataset, "indications-approved", "USA")["value"] == 1
    assert seen(dataset, "products-approved", "USA")["fact_ids"] == ("approval:fl",)
    assert seen(dataset.as_of(date(2023, 2, 28)), "indications-approved", "USA")["value"] == 2


def test_a_withdrawal_that_repeats_the_approval_date_counts_from_the_withdrawal(world: World, seen: Seen) -> None:
    dataset = world(approvals=[{"approval_date": "2018-05-01"}, {"status": "withdrawn", "approval_date": "2018-05-01", "status_date": "2023-03-01"}])
    assert seen(dataset, "products-approved", "USA")["status"] == NO_EVIDENCE
    assert seen(dataset.as_of(date(2020, 1, 1)), "products-approved", "USA")["value"] == 1


def test_an_approval_that_names_no_product_counts_only_if_no_other_is_known(world: World, seen: Seen) -> None:
    unnamed = {"product_id": "unspecified", "indication_id": "unspecified"}
    dataset = world(approvals=[{**unnamed, "jurisdiction": "IND"}, {**unnamed, "jurisdiction": "BRA"}, {"jurisdiction": "BRA"}])
    assert seen(dataset, "products-approved", "IND")["value"] == 1
    assert seen(dataset, "products-approved", "BRA")["value"] == 1
    assert seen(dataset, "indications-approved", "BRA")["value"] == 1


def test_the_share_is_of_all_products_authorised_anywhere(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"product_id": "tisa-cel", "jurisdiction": "USA"},
            {"product_id": "axi-cel", "jurisdiction": "USA"},
            {"product_id": "relma-cel", "jurisdiction": "IND"},
            {"product_id": "zevor-cel", "jurisdiction": "BRA", "status": "refused"},
            {**NONE, "jurisdiction": "UGA"},
        ]
    )
    assert seen(dataset, "share-of-world-products", "USA")["value"] == pytest.approx(200 / 3)
    assert seen(dataset, "share-of-world-products", "IND")["value"] == pytest.approx(100 / 3)
    assert seen(dataset, "share-of-world-products", "UGA")["value"] == 0


def test_the_first_date_is_told_as_precisely_as_it_is_known(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"approval_date": "2018-05-01", "indication_id": "lbcl-3l"},
            {"approval_date": "2017-08-30", "indication_id": "ball-paed", "fact_id": "approval:first"},
            {"jurisdiction": "IND", "approval_date": "2023"},
            {"jurisdiction": "BRA", "approval_date": ""},
        ]
    )
    first = seen(dataset, "first-approval-date", "USA")
    assert (first["label"], first["status"], first["product_id"], first["fact_ids"]) == ("2017-08-30", OBSERVED, "tisa-cel", ("approval:first",))
    assert first["value"] == pytest.approx(2017 + 241 / 365)  # 30 August is the 242nd day
    assert seen(dataset, "first-approval-date", "IND")["label"] == "2023"
    assert seen(dataset, "first-approval-date", "BRA")["status"] == NO_EVIDENCE


def test_a_first_date_is_not_known_where_an_undated_approval_came_before(world: World, seen: Seen) -> None:
    undated = {"product_id": "axi-cel", "approval_date": "", "source_ids": "paper"}
    dataset = world(
        approvals=[
            {"jurisdiction": "SGP", "approval_date": "2025-11-26"},
            {**undated, "jurisdiction": "SGP"},
            {"jurisdiction": "BRA", "approval_date": "2022-02-23"},
            {**undated, "jurisdiction": "BRA"},
        ],
        sources=[{"source_id": "paper", "published": "2023-10-13"}],
    )

    assert seen(dataset, "first-approval-date", "SGP")["status"] == NO_EVIDENCE
    assert seen(dataset, "first-approval-date", "BRA")["label"] == "2022-02-23"
    assert approvals.undated_before(dataset, "SGP", "2025-11-26") == date(2023, 10, 13)
    assert explain(dataset, "first-approval-date", "SGP") == ()


def test_the_lag_is_the_median_of_the_days_behind_the_first_in_the_world(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"product_id": "tisa-cel", "jurisdiction": "USA", "approval_date": "2020-01-01", "fact_id": "approval:tisa:US"},
            {"product_id": "tisa-cel", "jurisdiction": "DEU", "approval_date": "2020-01-31", "fact_id": "approval:tisa:DE"},
            {"product_id": "axi-cel", "jurisdiction": "DEU", "approval_date": "2021-01-01", "fact_id": "approval:axi:DE"},
            {"product_id": "axi-cel", "jurisdiction": "USA", "approval_date": "2021-01-11", "fact_id": "approval:axi:US"},
            {"product_id": "obe-cel", "jurisdiction": "USA", "approval_date": "2022-01-01", "fact_id": "approval:obe:US"},
        ]
    )
    assert seen(dataset, "median-approval-lag", "USA")["value"] == 0  # 0, 10, 0
    lag = seen(dataset, "median-approval-lag", "DEU")
    assert (lag["value"], lag["status"]) == (15, DERIVED)  # 30, 0
    assert set(lag["fact_ids"]) == {"approval:tisa:DE", "approval:axi:DE", "approval:tisa:US"}


def test_a_month_stands_for_its_middle_in_a_lag_and_a_year_alone_is_left_out(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2020-01-01"},
            {"jurisdiction": "DEU", "approval_date": "2020-04"},
            {"jurisdiction": "IND", "approval_date": "2021"},
        ]
    )
    assert seen(dataset, "median-approval-lag", "DEU")["value"] == (date(2020, 4, 15) - date(2020, 1, 1)).days
    assert seen(dataset, "median-approval-lag", "IND")["status"] == NO_EVIDENCE


def test_a_later_indication_is_no_lag(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2020-01-01", "indication_id": "lbcl-3l"},
            {"jurisdiction": "DEU", "approval_date": "2020-01-11", "indication_id": "lbcl-3l"},
            {"jurisdiction": "DEU", "approval_date": "2024-01-11", "indication_id": "lbcl-2l"},
        ]
    )
    assert seen(dataset, "median-approval-lag", "DEU")["value"] == 10


def test_an_academic_route_is_never_denied_for_want_of_a_source(world: World, seen: Seen) -> None:
    dataset = world(
        products=[{"product_id": "hospital-cel", "product_kind": "academic", "fact_id": "product:h"}],
        approvals=[
            {"product_id": "varni-cel", "jurisdiction": "DEU", "pathway": "hospital-exemption", "fact_id": "approval:exempt"},
            {"product_id": "hospital-cel", "jurisdiction": "IND", "fact_id": "approval:academic"},
            {"product_id": "tisa-cel", "jurisdiction": "USA"},
        ],
        availability=[
            {"iso3": "FRA", "route": "hospital-exemption", "available": "limited", "fact_id": "availability:fr"},
            {"iso3": "NOR", "route": "hospital-exemption", "available": "unknown"},
            {"iso3": "GBR", "route": "clinical-trial-only"},
        ],
    )
    for iso3, fact in {"DEU": "approval:exempt", "IND": "approval:academic", "FRA": "availability:fr"}.items():
        row = seen(dataset, "academic-route", iso3)
        assert (row["label"], row["status"], row["fact_ids"]) == ("yes", OBSERVED, (fact,))
    for iso3 in ("USA", "NOR", "GBR", "UGA"):
        assert seen(dataset, "academic-route", iso3)["status"] == NO_EVIDENCE


def test_each_country_has_one_day_of_its_first_authorisation(world: World) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2018-05-01"},
            {"jurisdiction": "USA", "approval_date": "2017-08-30", "indication_id": "ball-paed"},
            {"jurisdiction": "IND", "approval_date": "2023"},
            {"jurisdiction": "BRA", "product_id": "unspecified", "indication_id": "unspecified"},
        ]
    )
    first = approvals.cumulative(dataset).set_index("iso3")["day"]
    assert first.to_dict() == {"IND": pd.Timestamp("2023-12-31"), "USA": pd.Timestamp("2017-08-30")}


DAYS = st.dates(date(2017, 1, 1), date(2026, 11, 22))


@settings(max_examples=12)
@given(DAYS, DAYS)
def test_over_time_no_country_loses_a_product_in_the_real_dataset(real: Dataset, one: date, other: date) -> None:
    assert (real["approvals"]["status"] != "withdrawn").all(), "a withdrawal would be a reason to lose one"
    earlier, later = (observe(real.as_of(day), "products-approved").set_index("iso3") for day in sorted([one, other]))
    fewer = earlier["value"].fillna(0) > later["value"].reindex(earlier.index).fillna(0)
    assert earlier.index[fewer].tolist() == []
    assert earlier.loc[earlier["status"] == DERIVED].index.isin(later.index[later["status"] == DERIVED]).all()


@settings(max_examples=12)
@given(DAYS, DAYS)
def test_over_time_no_first_authorisation_moves_in_the_real_dataset(real: Dataset, one: date, other: date) -> None:
    earlier, later = (approvals.cumulative(real.as_of(day)).set_index("iso3")["day"] for day in sorted([one, other]))
    pd.testing.assert_series_equal(earlier, later.reindex(earlier.index))
