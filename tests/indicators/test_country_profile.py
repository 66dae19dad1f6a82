"""What is measured of one country: its ladder, its standing among peers, its events, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from indicators import country_facts
from indicators.dataset import Dataset
from indicators.measures import country_events, profile, standing
from indicators.tables import FACT_TABLES

World = Callable[..., Dataset]


def cell(dataset: Dataset, iso3: str, product: str, stage: str) -> pd.Series:
    rows = profile.ladder(dataset, iso3)
    found = rows[(rows["product_id"] == product) & (rows["stage"] == stage)]
    assert len(found) == 1
    return found.iloc[0]


# --- the ladder ----------------------------------------------------------------------------------------------------------


def test_every_known_product_has_every_stage_and_what_is_not_known_stays_open(world: World) -> None:
    rows = profile.ladder(world(approvals=[{"jurisdiction": "USA", "approval_date": "2018-05-01"}]), "USA")

    assert rows["stage"].tolist() == list(profile.STAGES)
    assert dict(zip(rows["stage"], rows["state"], strict=True)) == {**dict.fromkeys(profile.STAGES, profile.UNKNOWN), "approved": profile.YES}
    assert rows.loc[rows["stage"] == "made", "fact_ids"].item() == ()


def test_a_european_decision_stands_for_its_member_and_says_so(world: World) -> None:
    dataset = world(approvals=[{"jurisdiction": "EU", "approval_date": "2022-05-25", "pathway": "conditional", "product_id": "cilta-cel"}])

    found = cell(dataset, "DEU", "cilta-cel", "approved")
    assert (found["state"], found["via"], found["date"]) == (profile.PARTLY, "EU", "2022-05-25")
    assert profile.ladder(dataset, "BRA").empty


@pytest.mark.parametrize(
    ("pathway", "status", "state"),
    [
        ("full", "approved", profile.YES),
        ("accelerated", "approved", profile.PARTLY),
        ("hospital-exemption", "approved", profile.PARTLY),
        ("unknown", "under-review", profile.UNDER_REVIEW),
        ("unknown", "refused", profile.NEGATIVE),
    ],
)
def test_the_state_of_an_approval_follows_its_pathway_and_status(world: World, pathway: str, status: str, state: str) -> None:
    dataset = world(approvals=[{"jurisdiction": "BRA", "pathway": pathway, "status": status, "status_date": "2022-02-23"}])

    assert cell(dataset, "BRA", "tisa-cel", "approved")["state"] == state


def test_the_best_of_several_decisions_shows_and_the_rest_stay_behind_it(world: World) -> None:
    dataset = world(
        reimbursement=[
            {"fact_id": "reimbursement:no", "indication_id": "lbcl-3l", "decision": "not-recommended", "coverage": "none", "decision_date": "2020-01-01"},
            {"fact_id": "reimbursement:yes", "indication_id": "ball-paed", "decision_date": "2019-01-01"},
        ]
    )

    found = cell(dataset, "DEU", "tisa-cel", "covered")
    assert found["state"] == profile.YES
    assert found["fact_ids"] == ("reimbursement:yes", "reimbursement:no")


def test_private_cover_and_advice_are_no_public_cover(world: World) -> None:
    dataset = world(
        reimbursement=[
            {"product_id": "axi-cel", "scope": "private", "decision": "no-decision", "coverage": "private-only"},
            {"product_id": "liso-cel", "scope": "advisory", "decision": "recommended", "coverage": "unknown"},
        ]
    )

    assert cell(dataset, "DEU", "axi-cel", "covered")["state"] == profile.UNKNOWN
    assert cell(dataset, "DEU", "liso-cel", "covered")["state"] == profile.UNKNOWN
    assert cell(dataset, "DEU", "liso-cel", "reviewed")["state"] == profile.PARTLY


def test_a_documented_absence_of_all_products_holds_for_each_that_nothing_else_is_known_of(world: World) -> None:
    nothing = {"jurisdiction": "BRA", "product_id": "any", "decision": "no-decision", "coverage": "none", "indication_id": "unspecified"}
    private = {"jurisdiction": "BRA", "product_id": "axi-cel", "scope": "private", "decision": "no-decision", "coverage": "private-only"}
    dataset = world(
        approvals=[{"jurisdiction": "BRA", "approval_date": "2022-02-23"}, {"jurisdiction": "BRA", "product_id": "axi-cel", "approval_date": "2022-10-01"}],
        reimbursement=[nothing, private],
    )

    for product in ("tisa-cel", "axi-cel"):
        found = cell(dataset, "BRA", product, "covered")
        assert (found["state"], found["inherited"]) == (profile.NONE, True)
    assert not cell(dataset, "BRA", "any", "covered")["inherited"]


def test_a_site_to_come_is_in_part_and_one_without_a_product_is_of_none(world: World) -> None:
    dataset = world(
        manufacturing_sites=[{"iso3": "IND", "status": "planned", "product_ids": "tali-cel"}, {"iso3": "IND"}, {"iso3": "IND", "site_type": "vector"}]
    )

    assert cell(dataset, "IND", "tali-cel", "made")["state"] == profile.PARTLY
    assert cell(dataset, "IND", "any", "made")["state"] == profile.YES
    assert len(cell(dataset, "IND", "any", "made")["fact_ids"]) == 1


def test_a_site_that_nobody_confirmed_says_nothing(world: World) -> None:
    dataset = world(manufacturing_sites=[{"iso3": "IND", "status": "unverified", "product_ids": "tali-cel"}])

    assert cell(dataset, "IND", "tali-cel", "made")["state"] == profile.UNKNOWN
    assert len(cell(dataset, "IND", "tali-cel", "made")["fact_ids"]) == 1


def test_a_decision_for_all_patients_shows_before_one_case_by_case(world: World) -> None:
    dataset = world(
        reimbursement=[
            {"indication_id": "lbcl-3l", "coverage": "case-by-case", "decision_date": "2019-01-01"},
            {"indication_id": "ball-paed", "coverage": "conditional-public", "decision_date": "2022-01-01"},
        ]
    )
    found = cell(dataset, "DEU", "tisa-cel", "covered")

    assert (found["why"], found["date"], len(found["fact_ids"])) == ("conditional-public", "2022-01-01", 2)


def test_no_patients_are_documented_and_no_trial_is_no_evidence(world: World) -> None:
    dataset = world(
        care_capacity=[
            {"product_id": "tisa-cel", "metric": "patients-treated-cumulative", "value": 0},
            {"product_id": "axi-cel", "metric": "clinical-trials", "value": 0},
        ]
    )

    assert cell(dataset, "DEU", "tisa-cel", "given")["state"] == profile.NONE
    assert cell(dataset, "DEU", "axi-cel", "given")["state"] == profile.UNKNOWN


@pytest.mark.parametrize("scope", ["cohort", "single-centre", "subnational"])
def test_a_zero_in_a_part_of_the_country_is_no_documented_none(world: World, scope: str) -> None:
    found = cell(world(care_capacity=[{"metric": "patients-treated-annual", "value": 0, "scope": scope}]), "DEU", "any", "given")

    assert (found["state"], found["why"], len(found["fact_ids"])) == (profile.UNKNOWN, "none-in-part", 1)


def test_an_approval_on_conditions_is_the_first_though_a_full_one_followed(world: World) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2021-10-01", "indication_id": "ball-paed"},
            {"jurisdiction": "USA", "approval_date": "2020-07-24", "pathway": "accelerated", "indication_id": "lbcl-3l"},
        ]
    )
    found = cell(dataset, "USA", "tisa-cel", "approved")

    assert (found["state"], found["why"], found["date"]) == (profile.YES, "full", "2021-10-01")
    assert (found["earlier"], found["earlier_why"]) == ("2020-07-24", "accelerated")


def test_a_decision_on_all_products_counts_for_each_from_its_own_approval_on(world: World) -> None:
    approved = [("tisa-cel", "2017-08-30"), ("obe-cel", "2024-11-08"), ("axi-cel", "")]
    dataset = world(
        approvals=[{"jurisdiction": "USA", "product_id": product, "approval_date": day} for product, day in approved],
        reimbursement=[{"jurisdiction": "USA", "product_id": "any", "decision_date": "2019-08-07", "indication_id": "unspecified"}],
    )

    for stage in ("reviewed", "covered"):
        told = {product: cell(dataset, "USA", product, stage) for product, _day in approved}
        assert {product: row["date"] for product, row in told.items()} == {"tisa-cel": "2019-08-07", "obe-cel": "2024-11-08", "axi-cel": ""}
        assert all(row["inherited"] for row in told.values())


# --- standing ------------------------------------------------------------------------------------------------------------


def place(dataset: Dataset, iso3: str, members: tuple[str, ...], indicator_id: str) -> pd.Series:
    return standing.standing(dataset, iso3, members).set_index("indicator_id").loc[indicator_id]


FIVE = ("BRA", "DEU", "IND", "UGA", "USA")


def test_ranks_count_ties_and_the_median_is_of_the_others(world: World) -> None:
    products = {"USA": ["tisa-cel", "axi-cel", "liso-cel"], "BRA": ["tisa-cel"], "IND": ["tali-cel"]}
    dataset = world(
        approvals=[{"jurisdiction": iso3, "product_id": product, "approval_date": "2022-01-01"} for iso3, names in products.items() for product in names]
    )

    usa, brazil = place(dataset, "USA", FIVE, "products-approved"), place(dataset, "BRA", FIVE, "products-approved")
    assert (usa["rank"], usa["tied"], usa["total"], usa["median"]) == (1, 0, 3, 1.0)
    assert (brazil["rank"], brazil["tied"], brazil["total"], brazil["median"]) == (2, 1, 3, 2.0)


def test_the_first_rank_is_the_lowest_where_less_is_better(world: World) -> None:
    dataset = world(
        prices=[
            {"jurisdiction": "USA", "price_local": 475000, "effective_date": "2024-01-01"},
            {"jurisdiction": "DEU", "price_local": 300000, "effective_date": "2024-01-01"},
        ]
    )

    assert place(dataset, "DEU", FIVE, "median-list-price")["rank"] == 1
    assert place(dataset, "USA", FIVE, "median-list-price")["rank"] == 2


def test_a_documented_none_has_no_rank_and_is_no_zero_in_the_median(world: World) -> None:
    absent = {"product_id": "any", "indication_id": "unspecified", "status": "none-documented", "pathway": "unknown"}
    dataset = world(approvals=[{"jurisdiction": "USA", "approval_date": "2022-01-01"}, {**absent, "jurisdiction": "UGA"}, {**absent, "jurisdiction": "IND"}])

    uganda, brazil = place(dataset, "UGA", FIVE, "products-approved"), place(dataset, "BRA", FIVE, "products-approved")
    assert pd.isna(uganda["rank"])
    assert (uganda["status"], uganda["nones"], uganda["median"]) == ("documented-none", 2, 1.0)
    assert pd.isna(brazil["rank"])
    assert brazil["status"] == "no-evidence"


def test_a_refusal_is_a_category_with_a_place_behind_cover(world: World) -> None:
    dataset = world(
        reimbursement=[
            {"jurisdiction": "DEU", "decision_date": "2020-01-01"},
            {"jurisdiction": "IND", "decision": "not-recommended", "coverage": "none", "decision_date": "2020-01-01"},
        ]
    )

    india = place(dataset, "IND", FIVE, "reimbursement-status")
    assert (india["rank"], india["most_often"]) == (2, "covered")


def test_peers_are_of_the_same_group_and_hold_the_country_itself(world: World) -> None:
    dataset = world()

    assert standing.peers(dataset, "DEU", "region") == ("DEU", "FRA", "GBR", "NOR")
    assert standing.peers(dataset, "UGA", "income") == ("UGA",)
    assert len(standing.peers(dataset, "UGA", "world")) == 9


def test_a_country_without_an_income_group_has_no_peers_of_income(real: Dataset) -> None:
    groups = real["countries"].set_index("iso3")["wb_income_group"]

    assert all(("income" in standing.peer_groups(real, str(iso3))) == bool(group) for iso3, group in groups.items())


def test_what_is_missing_is_what_there_is_no_evidence_of(world: World) -> None:
    dataset = world(manufacturing_sites=[{"iso3": "IND", "site_type": "academic"}])
    missing = {indicator.id for indicator in standing.missing(dataset, "IND")}

    assert "manufacturing-sites" not in missing
    assert {"products-approved", "commercial-sites", "median-list-price"} <= missing


# --- events --------------------------------------------------------------------------------------------------------------


def told(dataset: Dataset, iso3: str) -> list[tuple]:
    rows = country_events.country_events(dataset, iso3)
    return list(rows[["date", "kind", "jurisdiction", "product_ids"]].itertuples(index=False, name=None))


def test_events_are_in_order_and_products_of_one_decision_are_one_event(world: World) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "EU", "product_id": "tisa-cel", "approval_date": "2018-08-23"},
            {"jurisdiction": "EU", "product_id": "axi-cel", "approval_date": "2018-08-23"},
            {"jurisdiction": "EU", "product_id": "axi-cel", "indication_id": "fl-3l", "approval_date": "2022-06-21"},
        ],
        reimbursement=[{"jurisdiction": "DEU", "decision_date": "2019-03"}],
        policy_events=[
            {"date": "2020", "jurisdiction": "WORLD"},
            {"date": "2018-08-23", "jurisdiction": "EU", "title": "Tells of the approval"},
            {"date": "2021-05-05", "jurisdiction": "USA"},
        ],
    )

    assert told(dataset, "DEU") == [
        ("2018-08-23", "approved", "EU", ("axi-cel", "tisa-cel")),
        ("2019-03", "covered", "DEU", ("tisa-cel",)),
        ("2020", "event", "WORLD", ("any",)),
        ("2022-06-21", "extended", "EU", ("axi-cel",)),
    ]


def test_a_month_that_holds_the_day_of_the_approval_is_no_further_indication(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "BRA", "approval_date": "2022-10-26"}, {"jurisdiction": "BRA", "indication_id": "fl-3l", "approval_date": "2022-10"}]
    )

    assert told(dataset, "BRA") == [("2022-10-26", "approved", "BRA", ("tisa-cel",))]


def test_a_price_is_not_called_the_first_where_an_article_knew_one_before(world: World) -> None:
    dataset = world(
        prices=[
            {"price_local": 475000, "effective_date": "2019", "date_basis": "article"},
            {"price_local": 480000, "effective_date": "2023-01-01", "date_basis": "effective"},
        ]
    )

    assert told(dataset, "USA") == []


# --- facts ---------------------------------------------------------------------------------------------------------------


def test_every_fact_about_a_country_has_a_text(real: Dataset) -> None:
    for iso3 in ("BRA", "USA", "DEU", "IND", "TUV", "NZL", "CHN", "GBR"):
        told = country_facts.facts_of(real, iso3)
        assert (told["text"].str.len() > 3).all()
        assert not told["text"].str.contains(r"\bnan\b|\bNone\b|\{").any()
        assert told["fact_id"].is_unique
        assert set(told["table"]) <= set(FACT_TABLES)


def test_facts_of_a_country_hold_european_approvals_of_members_alone(world: World) -> None:
    dataset = world(approvals=[{"jurisdiction": "EU", "approval_date": "2022-05-25"}])

    german = country_facts.facts_of(dataset, "DEU")
    assert german.loc[german["table"] == "approvals", "jurisdiction"].tolist() == ["EU"]
    assert "approvals" not in set(country_facts.facts_of(dataset, "BRA")["table"])
