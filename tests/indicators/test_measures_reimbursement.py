from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from indicators.dataset import Dataset
from indicators.measures import reimbursement
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED

World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]

NO = {"decision": "not-recommended", "coverage": "none"}
OF_STATES = {"scope": "subnational", "payer": "A state"}
ADVICE = {"scope": "advisory", "payer": "An adviser"}
PRIVATE = {"scope": "private", "payer": "An insurer", "coverage": "private-only"}
UNDECIDED = {"decision": "under-assessment", "coverage": "unknown"}
EUROPEAN = {"jurisdiction": "EU", "approval_date": "2018-08-01"}


# --- status ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("coverage", "label"),
    [
        ("full-public", "covered"),
        ("conditional-public", "covered-conditionally"),
        ("case-by-case", "case-by-case"),
        ("private-only", "private-only"),
        ("none", "not-covered"),
    ],
)
def test_a_national_decision_has_its_category(world: World, seen: Seen, coverage: str, label: str) -> None:
    row = seen(world(reimbursement=[{"coverage": coverage, "fact_id": "reimbursement:one"}]), "reimbursement-status", "DEU")
    assert (row["label"], row["fact_ids"]) == (label, ("reimbursement:one",))
    assert row["value"] == reimbursement.STATUS_ORDER.index(label)
    assert row["status"] == (DOCUMENTED_NONE if label == "not-covered" else OBSERVED)


def test_a_country_shows_the_best_that_any_product_has(world: World, seen: Seen) -> None:
    coverages = ("none", "case-by-case", "conditional-public", "full-public")
    rows: list[dict[str, object]] = []
    for number, (coverage, label) in enumerate(zip(coverages, ("not-covered", "case-by-case", "covered-conditionally", "covered"), strict=True)):
        rows.append({"product_id": f"product-{number}", "coverage": coverage})
        assert seen(world(reimbursement=rows), "reimbursement-status", "DEU")["label"] == label
        assert seen(world(reimbursement=rows[::-1]), "reimbursement-status", "DEU")["label"] == label


@pytest.mark.parametrize("coverage", ["full-public", "conditional-public"])
def test_cover_of_a_province_is_cover_in_part(world: World, seen: Seen, coverage: str) -> None:
    dataset = world(reimbursement=[{**OF_STATES, "territory": "A province", "coverage": coverage}])
    assert seen(dataset, "reimbursement-status", "DEU")["label"] == "covered-in-part"


def test_a_national_decision_on_a_product_goes_before_those_of_its_provinces(world: World, seen: Seen) -> None:
    national = {"decision_date": "2020-01-01", **NO}
    dataset = world(reimbursement=[national, {**OF_STATES, "decision_date": "2021-01-01", "coverage": "full-public"}])
    assert seen(dataset, "reimbursement-status", "DEU")["label"] == "not-covered"
    assert seen(dataset, "products-covered", "DEU")["value"] == 0


def test_a_province_decides_where_the_country_does_not(world: World, seen: Seen) -> None:
    dataset = world(reimbursement=[NO, {**OF_STATES, "product_id": "axi-cel"}])
    assert seen(dataset, "reimbursement-status", "DEU")["label"] == "covered-in-part"
    assert seen(dataset, "products-covered", "DEU")["value"] == 1


def test_a_product_that_a_province_covers_does_not_hide_one_that_the_country_covers(world: World, seen: Seen) -> None:
    dataset = world(reimbursement=[{"product_id": "tisa-cel"}, {**OF_STATES, "product_id": "axi-cel"}])
    assert seen(dataset, "reimbursement-status", "DEU")["label"] == "covered"


def test_advice_is_no_cover(world: World, seen: Seen) -> None:
    dataset = world(reimbursement=[ADVICE])
    for indicator in ("reimbursement-status", "products-covered", "positive-decisions"):
        assert seen(dataset, indicator, "DEU")["status"] == NO_EVIDENCE


def test_private_cover_counts_where_no_public_decision_says_more(world: World, seen: Seen) -> None:
    assert seen(world(reimbursement=[PRIVATE]), "reimbursement-status", "DEU")["label"] == "private-only"
    assert seen(world(reimbursement=[PRIVATE, NO]), "reimbursement-status", "DEU")["label"] == "private-only"
    assert seen(world(reimbursement=[PRIVATE, {"coverage": "case-by-case"}]), "reimbursement-status", "DEU")["label"] == "case-by-case"
    assert seen(world(reimbursement=[PRIVATE]), "products-covered", "DEU")["status"] == NO_EVIDENCE


@pytest.mark.parametrize(("first", "then", "label"), [("none", "full-public", "covered"), ("full-public", "none", "not-covered")])
def test_the_newest_decision_of_a_payer_holds(world: World, seen: Seen, first: str, then: str, label: str) -> None:
    dataset = world(reimbursement=[{"decision_date": "2019-03-01", "coverage": first}, {"decision_date": "2022-03-01", "coverage": then}])
    assert seen(dataset, "reimbursement-status", "DEU")["label"] == label
    other = {"none": "not-covered", "full-public": "covered"}[first]
    assert seen(dataset.as_of(date(2021, 1, 1)), "reimbursement-status", "DEU")["label"] == other


def test_an_open_assessment_says_nothing(world: World, seen: Seen) -> None:
    dataset = world(reimbursement=[UNDECIDED])
    for indicator in ("reimbursement-status", "products-covered", "indications-covered"):
        assert seen(dataset, indicator, "DEU")["status"] == NO_EVIDENCE


def test_a_fact_set_aside_counts_for_nothing(world: World, seen: Seen) -> None:
    dataset = world(reimbursement=[{"preferred": "no", "conflict_note": "Another source denies it."}])
    assert seen(dataset, "reimbursement-status", "DEU")["status"] == NO_EVIDENCE


# --- counts ---------------------------------------------------------------------------------------------------------


def test_products_and_indications_covered_are_counted_once(world: World, seen: Seen) -> None:
    dataset = world(
        reimbursement=[
            {"product_id": "tisa-cel", "indication_id": "lbcl-3l"},
            {"product_id": "tisa-cel", "indication_id": "ball-paed", "coverage": "conditional-public"},
            {"product_id": "axi-cel", "indication_id": "lbcl-3l"},
            {"product_id": "cilta-cel", "indication_id": "mm-late", **NO},
            {"product_id": "unspecified", "indication_id": "nhl-other"},
        ]
    )
    assert (seen(dataset, "products-covered", "DEU")["value"], seen(dataset, "products-covered", "DEU")["status"]) == (2, DERIVED)
    assert seen(dataset, "indications-covered", "DEU")["value"] == 2


def test_zero_products_covered_needs_decisions_that_all_deny(world: World, seen: Seen) -> None:
    denied = seen(world(reimbursement=[NO]), "products-covered", "DEU")
    assert (denied["value"], denied["status"]) == (0, DOCUMENTED_NONE)
    assert seen(world(reimbursement=[NO, {"product_id": "axi-cel", **UNDECIDED}]), "products-covered", "DEU")["status"] == NO_EVIDENCE


def test_a_decision_on_every_product_covers_each_that_is_authorised(world: World, seen: Seen) -> None:
    on_all = {"product_id": "any", "indication_id": "unspecified"}
    approvals = [{**EUROPEAN, "product_id": "tisa-cel"}, {**EUROPEAN, "product_id": "axi-cel"}]
    assert seen(world(approvals=approvals, reimbursement=[on_all]), "products-covered", "DEU")["value"] == 2
    assert seen(world(reimbursement=[on_all]), "products-covered", "DEU")["value"] == 1  # some product, unknown which


# --- rate of availability -------------------------------------------------------------------------------------------


def test_the_rate_is_the_share_of_authorised_products_that_are_covered(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[
            {**EUROPEAN, "product_id": "tisa-cel", "fact_id": "approval:tisa"},
            {**EUROPEAN, "product_id": "axi-cel"},
            {**EUROPEAN, "product_id": "brexu-cel"},
            {**EUROPEAN, "product_id": "ide-cel"},
            {"jurisdiction": "DEU", "product_id": "hospital-cel", "pathway": "hospital-exemption"},
        ],
        reimbursement=[
            {"product_id": "tisa-cel", "fact_id": "reimbursement:tisa"},
            {"product_id": "axi-cel", **NO},
            {"product_id": "hospital-cel"},  # no marketing authorisation: in neither number
            {"product_id": "relma-cel"},  # not authorised here
            {"jurisdiction": "FRA", "product_id": "unspecified"},
            {"jurisdiction": "NOR", "product_id": "tisa-cel", **UNDECIDED},
        ],
    )
    row = seen(dataset, "rate-of-availability", "DEU")
    assert (row["value"], row["status"]) == (25, DERIVED)
    assert {"approval:tisa", "reimbursement:tisa"} <= set(row["fact_ids"])
    assert seen(dataset, "rate-of-availability", "FRA")["status"] == NO_EVIDENCE  # the decision names no product
    assert seen(dataset, "rate-of-availability", "NOR")["status"] == NO_EVIDENCE  # nobody said yes or no
    assert seen(dataset, "rate-of-availability", "GBR")["status"] == NO_EVIDENCE  # nothing is known


def test_the_rate_is_zero_where_decisions_deny(world: World, seen: Seen) -> None:
    assert seen(world(approvals=[EUROPEAN], reimbursement=[NO]), "rate-of-availability", "DEU")["value"] == 0


def test_a_decision_on_every_product_makes_the_rate_whole(world: World, seen: Seen) -> None:
    approvals = [{**EUROPEAN, "product_id": "tisa-cel"}, {**EUROPEAN, "product_id": "axi-cel"}]
    dataset = world(approvals=approvals, reimbursement=[{"product_id": "any", "indication_id": "unspecified"}])
    assert seen(dataset, "rate-of-availability", "DEU")["value"] == 100


def test_an_undated_decision_counts_in_the_rate_and_not_in_the_time(world: World, seen: Seen) -> None:
    dataset = world(approvals=[EUROPEAN], reimbursement=[{"decision_date": ""}, {"jurisdiction": "FRA", "decision_date": "2019-02-01"}])
    assert seen(dataset, "rate-of-availability", "DEU")["value"] == 100
    assert seen(dataset, "time-to-availability", "DEU")["status"] == NO_EVIDENCE


# --- time to availability -------------------------------------------------------------------------------------------


def test_the_time_runs_from_authorisation_to_the_first_decision_that_covers(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[{**EUROPEAN, "fact_id": "approval:eu"}],
        reimbursement=[
            {"decision_date": "2018-10-01", **NO},
            {"decision_date": "2019-08-01", "indication_id": "ball-paed", "fact_id": "reimbursement:first"},
            {"decision_date": "2020-08-01"},
        ],
    )
    row = seen(dataset, "time-to-availability", "DEU")
    assert (row["value"], row["status"], row["fact_ids"]) == (365, DERIVED, ("approval:eu", "reimbursement:first"))


def test_the_time_is_the_median_over_products(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[{**EUROPEAN, "product_id": product} for product in ("tisa-cel", "axi-cel", "brexu-cel", "ide-cel")],
        reimbursement=[
            {"product_id": "tisa-cel", "decision_date": "2018-08-11"},
            {"product_id": "axi-cel", "decision_date": "2018-08-31"},
            {"product_id": "brexu-cel", "decision_date": "2019-08-01"},
        ],
    )
    assert seen(dataset, "time-to-availability", "DEU")["value"] == 30


def test_a_product_with_an_undated_cover_is_left_out_for_that_may_have_been_the_first(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[{**EUROPEAN, "product_id": "tisa-cel"}, {**EUROPEAN, "product_id": "axi-cel"}],
        reimbursement=[
            {"product_id": "tisa-cel", "decision_date": "2020-08-01"},
            {"product_id": "tisa-cel", "decision_date": "", "indication_id": "ball-paed"},
            {"product_id": "axi-cel", "decision_date": "2018-08-11"},
        ],
    )
    assert reimbursement.availability_delays(dataset)[["iso3", "product_id", "days"]].to_numpy().tolist() == [["DEU", "axi-cel", 10.0]]


@pytest.mark.parametrize(("decision_date", "days"), [("2019-02", (date(2019, 2, 14) - date(2018, 8, 1)).days), ("2019", None)])
def test_a_month_stands_for_its_middle_and_a_year_alone_is_left_out(world: World, decision_date: str, days: int | None) -> None:
    dataset = world(approvals=[EUROPEAN], reimbursement=[{"decision_date": decision_date}, {"jurisdiction": "FRA", "decision_date": "2018-08-11"}])
    delays = reimbursement.availability_delays(dataset).set_index("iso3")["days"]
    assert delays.get("DEU") == days
    assert delays["FRA"] == 10


def test_a_decision_on_every_product_counts_from_the_authorisation_if_that_came_later(world: World) -> None:
    dataset = world(
        approvals=[{**EUROPEAN, "product_id": "tisa-cel"}, {"jurisdiction": "EU", "approval_date": "2022-04-04", "product_id": "liso-cel"}],
        reimbursement=[{"product_id": "any", "indication_id": "unspecified", "decision_date": "2019-08-01"}],
    )
    delays = reimbursement.availability_delays(dataset).set_index("product_id")["days"]
    assert delays.to_dict() == {"tisa-cel": 365, "liso-cel": 0}


def test_cover_before_authorisation_is_no_delay(world: World, seen: Seen) -> None:
    dataset = world(approvals=[EUROPEAN], reimbursement=[{"decision_date": "2018-07-02"}])
    assert seen(dataset, "time-to-availability", "DEU")["value"] == 0


def test_the_earlier_cover_of_a_province_is_not_the_countrys(world: World, seen: Seen) -> None:
    province = {**OF_STATES, "decision_date": "2018-08-11"}
    assert seen(world(approvals=[EUROPEAN], reimbursement=[province]), "time-to-availability", "DEU")["value"] == 10
    both = world(approvals=[EUROPEAN], reimbursement=[province, {"decision_date": "2019-08-01"}])
    assert seen(both, "time-to-availability", "DEU")["value"] == 365


def test_a_hospital_exemption_is_no_marketing_authorisation_to_wait_from(world: World) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "DEU", "approval_date": "2018-08-01", "pathway": "hospital-exemption"},
            {"jurisdiction": "FRA", "approval_date": "2018-08-01"},
        ],
        reimbursement=[{"decision_date": "2019-08-01"}, {"jurisdiction": "FRA", "decision_date": "2019-08-01"}],
    )
    assert reimbursement.availability_delays(dataset)["iso3"].tolist() == ["FRA"]


# --- decisions and agreements ---------------------------------------------------------------------------------------


def test_positive_decisions_are_a_share_of_the_final_ones(world: World, seen: Seen) -> None:
    decisions = ("recommended", "recommended-restricted", "managed-access", "not-recommended", "under-assessment", "not-submitted", "no-decision", "unknown")
    dataset = world(reimbursement=[{"decision": decision, "product_id": f"product-{number}"} for number, decision in enumerate(decisions)])
    assert seen(dataset, "positive-decisions", "DEU")["value"] == 75
    assert seen(world(reimbursement=[{"decision": "under-assessment"}]), "positive-decisions", "DEU")["status"] == NO_EVIDENCE


def test_agreements_are_pairs_of_product_and_indication_that_are_paid_for(world: World, seen: Seen) -> None:
    dataset = world(
        reimbursement=[
            {"scheme": "outcomes-based", "payer": "One payer"},
            {"scheme": "discount", "payer": "Another payer"},
            {"scheme": "staged-payment", "indication_id": "ball-paed"},
            {"scheme": "unknown", "product_id": "axi-cel"},
            {"scheme": "confidential", "product_id": "cilta-cel", **NO},
        ]
    )
    row = seen(dataset, "managed-entry-agreements", "DEU")
    assert (row["value"], row["status"]) == (2, DERIVED)


@pytest.mark.parametrize(
    ("schemes", "value", "status"), [(["none"], 0, DOCUMENTED_NONE), (["none", "unknown"], None, NO_EVIDENCE), (["unknown"], None, NO_EVIDENCE)]
)
def test_no_agreement_is_known_only_where_a_source_says_so_of_every_decision(
    world: World, seen: Seen, schemes: list[str], value: float | None, status: str
) -> None:
    dataset = world(reimbursement=[{"scheme": scheme, "product_id": f"product-{number}"} for number, scheme in enumerate(schemes)])
    row = seen(dataset, "managed-entry-agreements", "DEU")
    assert row["status"] == status
    assert row["value"] == value if value is not None else pd.isna(row["value"])


def test_what_is_not_paid_for_says_nothing_about_agreements(world: World, seen: Seen) -> None:
    assert seen(world(reimbursement=[{**NO, "scheme": "none"}]), "managed-entry-agreements", "DEU")["status"] == NO_EVIDENCE
