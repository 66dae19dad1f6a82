"""Who has what is proposed, and how those that have it stand beside the others: values computed by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from indicators import catalog
from indicators.dataset import Dataset
from indicators.jurisdictions import eu_members
from indicators.measures import proposals
from indicators.measures.proposals import APART, HAS, NO_EVIDENCE, NOT, PROPOSALS
from indicators.observations import observations

World = Callable[..., Dataset]


def standing(dataset: Dataset, proposal_id: str) -> dict[str, str]:
    """Return the standings other than missing evidence, by country."""
    stood = proposals.standings(dataset, proposal_id)
    assert sorted(stood["iso3"]) == sorted(dataset["countries"]["iso3"])
    return {row["iso3"]: row["standing"] for row in stood.to_dict("records") if row["standing"] != NO_EVIDENCE}


def test_a_hospital_that_makes_cells_now_counts_and_one_that_will_is_kept_apart(world: World) -> None:
    dataset = world(
        manufacturing_sites=[
            {"iso3": "IND", "site_type": "academic"},
            {"iso3": "BRA", "site_type": "point-of-care", "status": "planned"},
            {"iso3": "DEU", "site_type": "point-of-care", "status": "closed"},
            {"iso3": "USA", "site_type": "commercial"},
        ],
        proposals=[{"proposal_id": "point-of-care-manufacture", "jurisdiction": "GBR", "state": "in-use"}],
    )
    assert standing(dataset, "point-of-care-manufacture") == {"IND": HAS, "BRA": APART, "DEU": APART, "GBR": APART}


def test_an_exemption_counts_when_it_is_used_and_not_when_only_the_rule_is_known(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "DEU", "pathway": "hospital-exemption"}],
        availability=[
            {"iso3": "IND", "route": "hospital-exemption", "available": "limited"},
            {"iso3": "BRA", "route": "hospital-exemption", "available": "unknown"},
            {"iso3": "UGA", "route": "hospital-exemption", "available": "no"},
        ],
        proposals=[
            {"proposal_id": "hospital-exemption", "jurisdiction": "FRA", "state": "in-use"},
            {"proposal_id": "hospital-exemption", "jurisdiction": "EU", "state": "in-use"},
            {"proposal_id": "hospital-exemption", "jurisdiction": "DEU", "state": "in-use"},
        ],
    )
    assert standing(dataset, "hospital-exemption") == {"DEU": HAS, "IND": HAS, "BRA": APART, "FRA": APART, "UGA": NOT}


@pytest.mark.parametrize("scheme", ["outcomes-based", "staged-payment", "coverage-with-evidence"])
def test_payment_by_outcome_counts_when_public_money_pays_by_it(world: World, scheme: str) -> None:
    dataset = world(
        reimbursement=[
            {"jurisdiction": "DEU", "scheme": scheme},
            {"jurisdiction": "GBR", "scheme": scheme, "scope": "advisory", "coverage": "unknown"},
            {"jurisdiction": "USA", "scheme": scheme, "scope": "private", "coverage": "private-only"},
            {"jurisdiction": "FRA", "scheme": "discount"},
            {"jurisdiction": "SGP", "scheme": scheme, "decision_date": "2020-01-01"},
            {"jurisdiction": "SGP", "scheme": "discount", "decision_date": "2022-01-01"},
        ]
    )
    assert standing(dataset, "outcome-based-payment") == {"DEU": HAS, "GBR": APART, "USA": APART, "SGP": APART}


def test_a_shared_review_of_the_union_counts_for_each_member_but_not_for_one_that_left(world: World) -> None:
    dataset = world(
        proposals=[
            {"jurisdiction": "EU", "state": "in-use", "since": "2007"},
            {"jurisdiction": "SGP", "state": "in-use"},
            {"jurisdiction": "UGA", "state": "planned"},
        ]
    )
    members = dict.fromkeys(eu_members(dataset.today) & set(dataset["countries"]["iso3"]), HAS)
    assert set(members) == {"DEU", "FRA", "NOR"}
    assert standing(dataset, "shared-review") == {**members, "SGP": HAS, "UGA": APART}


def test_a_union_that_shares_nothing_makes_no_member(world: World) -> None:
    assert standing(world(), "shared-review") == {}


def test_hubs_and_donor_cells_come_from_the_table_and_from_approvals(world: World) -> None:
    rows = [
        {"proposal_id": "regional-hub", "jurisdiction": "IND", "state": "in-use"},
        {"proposal_id": "regional-hub", "jurisdiction": "BRA", "state": "planned"},
        {"proposal_id": "allogeneic-product", "jurisdiction": "USA", "state": "in-use"},
        {"proposal_id": "allogeneic-product", "jurisdiction": "FRA", "state": "ended"},
        {"proposal_id": "allogeneic-product", "jurisdiction": "WORLD", "state": "in-use"},
    ]
    donor = [{"product_id": "donor-cel", "cell_source": "allogeneic"}]
    dataset = world(proposals=rows, products=donor, approvals=[{"product_id": "donor-cel", "jurisdiction": "GBR"}])
    assert standing(dataset, "regional-hub") == {"IND": HAS, "BRA": APART}
    assert standing(dataset, "allogeneic-product") == {"GBR": HAS, "USA": HAS, "FRA": APART}


def test_an_unknown_proposal_is_an_error(world: World) -> None:
    with pytest.raises(KeyError):
        proposals.standings(world(), "nothing")


def test_every_proposal_names_three_to_five_numbers_that_it_should_move() -> None:
    for proposal in PROPOSALS.values():
        assert 3 <= len(proposal.moves) <= 5
        for indicator_id, reason in proposal.moves:
            indicator = catalog.get(indicator_id)
            assert indicator.value_type is catalog.ValueType.NUMBER
            assert indicator.direction
            assert not indicator.by_product
            assert reason.endswith(".")


# --- comparison ------------------------------------------------------------------------------------------------------


def stood(**by_country: str) -> pd.DataFrame:
    return pd.DataFrame([{"iso3": iso3, "standing": one, "fact_ids": ()} for iso3, one in by_country.items()])


def seen(values: dict[str, float], labels: dict[str, str] | None = None, none: tuple[str, ...] = ()) -> pd.DataFrame:
    rows = [
        {"iso3": iso3, "value": value, "status": "documented-none" if iso3 in none else "observed", "label": (labels or {}).get(iso3, ""), "fact_ids": (iso3,)}
        for iso3, value in values.items()
    ]
    return observations(rows, ["AAA", "ZZZ"])


MEMBERS = stood(A=HAS, B=HAS, C=HAS, D=NO_EVIDENCE, E=NO_EVIDENCE, F=NOT, G=APART, H=HAS)
INCOME = pd.Series({"A": "HIC", "B": "HIC", "C": "HIC", "D": "HIC", "E": "HIC", "F": "HIC", "G": "HIC", "H": "LIC"})


def row(compared: pd.DataFrame, group: str) -> pd.Series:
    return compared.set_index("group").loc[group]


def test_medians_are_set_beside_each_other_for_everybody_and_within_income_groups() -> None:
    compared = proposals.compare(MEMBERS, seen({"A": 1, "B": 5, "C": 9, "D": 2, "E": 3, "F": 10, "G": 1000, "H": 7}), INCOME)
    everybody, rich, poor = row(compared, "all"), row(compared, "HIC"), row(compared, "LIC")
    # A, B, C, H: 1, 5, 7, 9; D, E, F: 2, 3, 10; G stands apart.
    assert (everybody["have"], everybody["without"], everybody["median_have"], everybody["median_without"]) == (4, 3, 6, 3)
    assert everybody["difference"] == 3
    assert (rich["median_have"], rich["median_without"], rich["difference"]) == (5, 3, 2)
    assert (poor["have"], poor["without"], poor["median_have"]) == (1, 0, 7)
    assert pd.isna(poor["difference"])
    assert pd.isna(poor["median_without"])
    assert "G" not in everybody["fact_ids"]


def test_fewer_than_three_countries_on_a_side_are_not_compared() -> None:
    compared = proposals.compare(MEMBERS, seen({"A": 1, "B": 5, "C": 9, "D": 2, "E": 3}), INCOME)
    assert row(compared, "HIC")["without"] == 2
    assert pd.isna(row(compared, "HIC")["difference"])


def test_bounds_absences_and_missing_evidence_enter_no_median() -> None:
    values = {"A": 1.0, "B": 5.0, "C": 9.0, "D": 2.0, "E": 3.0, "F": 0.0}
    compared = proposals.compare(MEMBERS, seen(values, {"C": "at-least"}, none=("F",)), INCOME)
    assert (row(compared, "all")["have"], row(compared, "all")["median_have"]) == (2, 3)
    assert (row(compared, "all")["without"], row(compared, "all")["median_without"]) == (2, 2.5)
