from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from indicators.dataset import Dataset
from indicators.geography import great_circle_km
from indicators.measures import care, manufacturing
from indicators.measures.cascade import ALL_GROUPS, access_cascade
from indicators.observations import DERIVED, DOCUMENTED_NONE, NO_EVIDENCE, OBSERVED

World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]


def people(iso3: str, value: float, year: int = 2023) -> dict[str, object]:
    return {"iso3": iso3, "indicator": "population", "value": value, "year": year, "fact_id": f"context:{iso3}:population:{year}"}


def cases(iso3: str, cancer: str, value: int, year: int = 2022) -> dict[str, object]:
    return {"iso3": iso3, "cancer": cancer, "new_cases": value, "asr_per_100k": 1, "year": year, "fact_id": f"incidence:{iso3}:{cancer}:{year}"}


# --- sites ----------------------------------------------------------------------------------------------------------


def test_sites_are_counted_by_what_they_are_and_whether_they_run(world: World, seen: Seen) -> None:
    kinds = ("commercial", "cdmo", "academic", "point-of-care", "clinical", "vector")
    statuses = ("operational", "under-construction", "planned", "approved-not-started", "closed", "unverified")
    dataset = world(manufacturing_sites=[{"site_type": kind, "status": status} for kind in kinds for status in statuses])
    counts = {
        indicator: seen(dataset, indicator, "USA")["value"]
        for indicator in ("manufacturing-sites", "commercial-sites", "hospital-sites", "coming-sites", "vector-sites")
    }
    assert counts == {"manufacturing-sites": 5, "commercial-sites": 2, "hospital-sites": 2, "coming-sites": 15, "vector-sites": 1}
    assert seen(dataset, "manufacturing-sites", "IND")["status"] == NO_EVIDENCE


@pytest.mark.parametrize(
    ("sites", "label"),
    [
        ([{"status": "operational"}], "operating"),
        ([{"status": "planned"}], "coming"),
        ([{"status": "planned"}, {"status": "operational", "site_type": "academic"}], "operating"),
        ([{"status": "closed"}], ""),
        ([{"status": "unverified"}], ""),
        ([{"status": "operational", "site_type": "vector"}], ""),
    ],
)
def test_a_country_makes_its_own_when_a_site_makes_cells_there(world: World, seen: Seen, sites: list[dict[str, object]], label: str) -> None:
    row = seen(world(manufacturing_sites=sites), "makes-its-own", "USA")
    assert (row["label"], row["status"]) == (label, OBSERVED if label else NO_EVIDENCE)


def test_a_site_counts_from_the_day_of_its_evidence(world: World, seen: Seen) -> None:
    dataset = world(manufacturing_sites=[{"start_year": 2019, "status_as_of": "2024-05-01"}, {"status_as_of": "2024-05-01"}])
    assert seen(dataset.as_of(date(2020, 1, 1)), "manufacturing-sites", "USA")["value"] == 1
    assert seen(dataset.as_of(date(2024, 5, 1)), "manufacturing-sites", "USA")["value"] == 2


def test_the_distance_is_from_the_capital_to_the_nearest_site_that_runs_and_has_a_place(world: World, seen: Seen) -> None:
    dataset = world(
        manufacturing_sites=[
            {"iso3": "DEU", "latitude": 52.5, "longitude": 13.4, "fact_id": "site:berlin", "site_id": "berlin"},
            {"iso3": "FRA", "latitude": 43.6, "longitude": 1.4, "fact_id": "site:toulouse", "site_id": "toulouse"},
            {"iso3": "GBR", "latitude": 51.5, "longitude": -0.1, "status": "planned"},
            {"iso3": "FRA", "latitude": 48.9, "longitude": 2.4, "site_type": "vector"},
            {"iso3": "IND"},
        ]
    )
    berlin, paris, london, toulouse = (52.5, 13.4), (48.9, 2.4), (51.5, -0.1), (43.6, 1.4)
    at_home = seen(dataset, "distance-to-site", "DEU")
    assert (at_home["value"], at_home["label"], at_home["fact_ids"]) == (0, "berlin", ("site:berlin", "countries:2"))
    french = seen(dataset, "distance-to-site", "FRA")
    assert french["label"] == "toulouse"
    assert french["value"] == pytest.approx(great_circle_km(*paris, *toulouse))
    assert french["value"] < great_circle_km(*paris, *berlin)
    british = seen(dataset, "distance-to-site", "GBR")
    assert (british["label"], british["status"]) == ("toulouse", DERIVED)
    assert british["value"] == pytest.approx(great_circle_km(*london, *toulouse))


def test_without_a_site_there_is_no_distance(world: World, seen: Seen) -> None:
    assert seen(world(manufacturing_sites=[{"latitude": 38.9, "longitude": -77, "status": "closed"}]), "distance-to-site", "USA")["status"] == NO_EVIDENCE


def capacity(value: float, kind: str = "exact", **cells: object) -> dict[str, object]:
    return {"capacity_patients_per_year": value, "capacity_value_kind": kind, **cells}


def test_stated_capacities_of_running_sites_add_up_and_a_bound_says_so(world: World, seen: Seen) -> None:
    dataset = world(
        manufacturing_sites=[
            capacity(1000),
            capacity(500, "approximate"),
            capacity(9000, "target"),
            capacity(700, status="planned"),
            {},
            capacity(300, iso3="DEU"),
            capacity(100, "at-least", iso3="DEU"),
        ]
    )
    american, german = seen(dataset, "stated-capacity", "USA"), seen(dataset, "stated-capacity", "DEU")
    assert (american["value"], american["label"], len(american["fact_ids"])) == (1500, "", 2)
    assert (german["value"], german["label"]) == (400, "bound")
    assert seen(dataset, "stated-capacity", "FRA")["status"] == NO_EVIDENCE


def test_capacity_stands_beside_eligible_patients_and_new_cases(world: World, seen: Seen) -> None:
    dataset = world(
        manufacturing_sites=[capacity(300, iso3="DEU", fact_id="site:de"), capacity(100, iso3="FRA")],
        care_capacity=[{"metric": "eligible-patients-annual", "value": 1500, "jurisdiction": "DEU", "fact_id": "care:eligible"}],
        cancer_incidence=[cases("DEU", "nhl", 20_000), cases("DEU", "leukaemia", 3_000), cases("DEU", "multiple-myeloma", 7_000), cases("FRA", "nhl", 20_000)],
    )
    per_eligible, per_case = seen(dataset, "capacity-per-1000-eligible", "DEU"), seen(dataset, "capacity-per-1000-cases", "DEU")
    assert (per_eligible["value"], per_eligible["fact_ids"]) == (200, ("site:de", "care:eligible"))
    assert per_case["value"] == 10
    assert seen(dataset, "capacity-per-1000-eligible", "FRA")["status"] == NO_EVIDENCE
    assert seen(dataset, "capacity-per-1000-cases", "FRA")["status"] == NO_EVIDENCE  # one of three cancers is no sum of three


def test_turnaround_is_the_median_of_reports_from_routine_care_or_else_from_trials(world: World, seen: Seen) -> None:
    dataset = world(
        turnaround=[
            {"value": 30},
            {"value": 40, "product_id": "axi-cel"},
            {"value": 10, "setting": "trial"},
            {"value": 5, "statistic": "claim"},
            {"value": None, "value_low": 1, "value_high": 3, "value_kind": "range"},
            {"value": 99, "setting": "design"},
            {"value": 1, "metric": "manufacturing-time"},
            {"value": 21, "setting": "trial", "jurisdiction": "BRA", "fact_id": "turnaround:br"},
            {"value": 2, "jurisdiction": "WORLD"},
            {"value": 3.5, "metric": "manufacturing-failure-rate", "unit": "percent"},
        ]
    )
    american, brazilian = seen(dataset, "vein-to-vein-time", "USA"), seen(dataset, "vein-to-vein-time", "BRA")
    assert (american["value"], american["status"], american["label"]) == (35, DERIVED, "real-world")
    assert (brazilian["value"], brazilian["status"], brazilian["label"], brazilian["fact_ids"]) == (21, OBSERVED, "trial", ("turnaround:br",))
    assert seen(dataset, "manufacturing-failure-rate", "USA")["value"] == 3.5
    assert manufacturing.vein_to_vein_time(dataset)["value"].notna().sum() == 2


# --- care -----------------------------------------------------------------------------------------------------------


def test_the_newest_national_figure_over_all_products_counts(world: World, seen: Seen) -> None:
    dataset = world(
        care_capacity=[
            {"value": 30, "reference_date": "2022"},
            {"value": 45, "reference_date": "2025-04", "fact_id": "care:new"},
            {"value": 99, "reference_date": "2026", "scope": "subnational"},
            {"value": 98, "reference_date": "2026", "product_id": "tisa-cel"},
            {"value": 97, "reference_date": "2026", "value_kind": "target"},
            {"value": 96, "reference_date": "2026", "preferred": "no", "conflict_note": "A misprint."},
            {"value": 95, "reference_date": "2026", "metric": "hsct-centres"},
        ]
    )
    row = seen(dataset, "treatment-centres", "DEU")
    assert (row["value"], row["status"], row["label"], row["year"], row["fact_ids"]) == (45, OBSERVED, "", 2025, ("care:new",))


def test_at_least_one_shows_that_there_is_some_and_not_how_many(world: World, seen: Seen) -> None:
    dataset = world(care_capacity=[{"value": 5, "reference_date": "2022"}, {"value": 1, "value_kind": "at-least", "reference_date": "2025"}])
    assert seen(dataset, "treatment-centres", "DEU")["value"] == 5
    only = world(care_capacity=[{"value": 1, "value_kind": "at-least"}])
    assert seen(only, "treatment-centres", "DEU")["status"] == NO_EVIDENCE
    assert care.gives_treatment(only).set_index("iso3").at["DEU", "label"] == "yes"


def test_a_larger_lower_bound_counts_and_says_what_it_is(world: World, seen: Seen) -> None:
    row = seen(world(care_capacity=[{"value": 200, "value_kind": "at-least", "metric": "patients-treated-annual"}]), "patients-treated", "DEU")
    assert (row["value"], row["label"], row["status"]) == (200, "at-least", OBSERVED)


def test_a_range_counts_with_its_middle_and_says_so(world: World, seen: Seen) -> None:
    row = seen(world(care_capacity=[{"value": None, "value_low": 20, "value_high": 30, "value_kind": "range"}]), "treatment-centres", "DEU")
    assert (row["value"], row["label"], row["status"]) == (25, "approximate", DERIVED)


def test_a_target_is_no_figure(world: World, seen: Seen) -> None:
    assert seen(world(care_capacity=[{"value": 50, "value_kind": "target"}]), "treatment-centres", "DEU")["status"] == NO_EVIDENCE


def test_a_counted_zero_is_a_documented_none(world: World, seen: Seen) -> None:
    row = seen(world(care_capacity=[{"value": 0}], context=[people("DEU", 80_000_000)]), "treatment-centres", "DEU")
    assert (row["value"], row["status"]) == (0, DOCUMENTED_NONE)
    density = seen(world(care_capacity=[{"value": 0}], context=[people("DEU", 80_000_000)]), "centres-per-10-million", "DEU")
    assert (density["value"], density["status"]) == (0, DOCUMENTED_NONE)


def test_figures_of_one_product_count_only_for_the_eligible_where_nothing_else_is_known(world: World, seen: Seen) -> None:
    one = {"metric": "eligible-patients-annual", "value": 900, "product_id": "axi-cel", "reference_date": "2025"}
    assert (seen(world(care_capacity=[one]), "eligible-patients", "DEU")[["value", "product_id"]]).tolist() == [900, "axi-cel"]
    over_all = {"metric": "eligible-patients-annual", "value": 1500, "reference_date": "2019"}
    assert seen(world(care_capacity=[one, over_all]), "eligible-patients", "DEU")["value"] == 1500


def test_density_divides_by_the_population_of_the_nearest_year(world: World, seen: Seen) -> None:
    dataset = world(
        care_capacity=[
            {"value": 40, "reference_date": "2019", "fact_id": "care:centres"},
            {"value": 800, "reference_date": "2024-06", "metric": "patients-treated-annual"},
            {"value": 7, "jurisdiction": "FRA"},
        ],
        context=[people("DEU", 80_000_000, 2020), people("DEU", 100_000_000, 2023)],
    )
    centres = seen(dataset, "centres-per-10-million", "DEU")
    assert (centres["value"], centres["status"], centres["fact_ids"]) == (5, DERIVED, ("care:centres", "context:DEU:population:2020"))
    assert seen(dataset, "patients-per-million", "DEU")["value"] == 8
    assert seen(dataset, "centres-per-10-million", "FRA")["status"] == NO_EVIDENCE  # nobody knows how many people live there


def test_trials_stand_beside_the_population_of_the_nearest_year(world: World, seen: Seen) -> None:
    dataset = world(
        care_capacity=[
            {"jurisdiction": "DEU", "metric": "clinical-trials", "value": 42, "value_kind": "approximate", "reference_date": "2024", "fact_id": "care:DEU"},
            {"jurisdiction": "UGA", "metric": "clinical-trials", "value": 0, "reference_date": "2024", "fact_id": "care:UGA"},
            {"jurisdiction": "IND", "metric": "clinical-trials", "value": 9, "reference_date": "2024"},
        ],
        context=[
            {"iso3": "DEU", "indicator": "population", "value": 60_000_000, "year": 2019},
            {"iso3": "DEU", "indicator": "population", "value": 84_000_000, "year": 2023, "fact_id": "context:DEU:2023"},
            {"iso3": "UGA", "indicator": "population", "value": 48_000_000, "year": 2023},
        ],
    )
    germany = seen(dataset, "trials-per-10-million", "DEU")
    assert germany["value"] == pytest.approx(5.0)  # 42 for 8.4 times ten million people
    assert (germany["status"], germany["label"]) == (DERIVED, "approximate")
    assert set(germany["fact_ids"]) == {"care:DEU", "context:DEU:2023"}
    assert seen(dataset, "trials-per-10-million", "UGA")["status"] == DOCUMENTED_NONE
    assert seen(dataset, "trials-per-10-million", "IND")["status"] == NO_EVIDENCE  # no population, no rate


def test_the_newest_printed_treatment_rate_counts_and_is_not_computed_from_patients(world: World, seen: Seen) -> None:
    rates = [
        {"metric": "car-t-rate-per-10m", "unit": "per-10m", "value": value, "reference_date": year, "fact_id": f"care:rate:{year}"}
        for year, value in (("2023", 139.6), ("2024", 172.4))
    ]
    dataset = world(care_capacity=[*rates, {"metric": "patients-treated-annual", "value": 1439, "reference_date": "2024"}])
    row = seen(dataset, "treatment-rate", "DEU")
    assert (row["value"], row["status"], row["year"], row["fact_ids"]) == (172.4, OBSERVED, 2024, ("care:rate:2024",))
    assert seen(dataset, "treatment-rate", "FRA")["status"] == NO_EVIDENCE


def test_the_best_known_route_counts(world: World, seen: Seen) -> None:
    rows: list[dict[str, object]] = []
    for route in reversed(care.ROUTE_ORDER):
        rows.append({"iso3": "IND", "route": route, "available": "no" if route == "none" else "limited"})
        row = seen(world(availability=rows), "route-to-treatment", "IND")
        assert (row["label"], row["status"]) == (route, DOCUMENTED_NONE if route == "none" else OBSERVED)


def test_a_closed_route_and_patients_from_abroad_are_no_route(world: World, seen: Seen) -> None:
    closed = {"iso3": "IND", "route": "named-patient", "available": "no"}
    inbound = {"iso3": "IND", "route": "medical-travel-inbound", "available": "yes"}
    assert seen(world(availability=[closed, inbound]), "route-to-treatment", "IND")["status"] == NO_EVIDENCE


def test_an_authorised_product_is_a_route(world: World, seen: Seen) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "EU", "approval_date": "2018-08-23"}, {"jurisdiction": "IND", "pathway": "hospital-exemption"}],
        availability=[{"iso3": "DEU", "route": "clinical-trial-only"}],
    )
    assert seen(dataset, "route-to-treatment", "DEU")["label"] == "marketing-authorisation"
    assert seen(dataset, "route-to-treatment", "IND")["label"] == "hospital-exemption"


def test_treatment_is_given_where_a_centre_a_patient_or_an_open_route_inside_the_country_is_known(world: World) -> None:
    dataset = world(
        care_capacity=[
            {"jurisdiction": "DEU", "value": 1, "scope": "single-centre", "metric": "patients-treated-cumulative"},
            {"jurisdiction": "FRA", "value": None, "value_low": 2, "value_high": 3, "value_kind": "range"},
            {"jurisdiction": "NOR", "value": 4, "value_kind": "target"},
            {"jurisdiction": "UGA", "value": 0},
            {"jurisdiction": "EU", "value": 100},
            {"jurisdiction": "GBR", "value": 0, "reference_date": "2018"},
            {"jurisdiction": "GBR", "value": 7, "reference_date": "2020"},
        ],
        availability=[
            {"iso3": "IND", "route": "clinical-trial-only", "available": "limited"},
            {"iso3": "BRA", "route": "medical-travel-outbound", "available": "yes"},
            {"iso3": "SGP", "route": "named-patient", "available": "unknown"},
        ],
    )
    given = care.gives_treatment(dataset).set_index("iso3")
    assert set(given.index[given["label"] == "yes"]) == {"DEU", "FRA", "IND", "GBR"}
    assert given.index[given["status"] == DOCUMENTED_NONE].tolist() == ["UGA"]
    assert set(given.index[given["status"] == NO_EVIDENCE]) == {"NOR", "BRA", "SGP", "USA"}


def test_nobody_treated_in_a_survey_does_not_mean_nobody_in_the_country(world: World) -> None:
    dataset = world(care_capacity=[{"metric": "patients-treated-annual", "value": 0, "scope": "cohort"}])
    assert care.gives_treatment(dataset).set_index("iso3").at["DEU", "status"] == NO_EVIDENCE


# --- need and context -----------------------------------------------------------------------------------------------


def test_the_newest_context_figure_counts_with_its_year(world: World, seen: Seen) -> None:
    dataset = world(context=[people("DEU", 82, 2020), people("DEU", 83, 2023), people("DEU", 81, 2010)])
    row = seen(dataset, "population", "DEU")
    assert (row["value"], row["year"], row["status"]) == (83, 2023, OBSERVED)


def test_three_cancers_are_a_sum_only_where_all_three_are_known(world: World, seen: Seen) -> None:
    dataset = world(
        cancer_incidence=[
            *(cases("DEU", cancer, number) for cancer, number in (("nhl", 20_000), ("leukaemia", 3_000), ("multiple-myeloma", 7_000), ("all", 500_000))),
            cases("DEU", "nhl", 1, 2015),
            cases("FRA", "nhl", 9_000),
            cases("FRA", "leukaemia", 1_000),
        ],
        context=[people("DEU", 60_000_000)],
    )
    assert (seen(dataset, "new-cases-three-cancers", "DEU")["value"], seen(dataset, "new-cases-three-cancers", "DEU")["status"]) == (30_000, DERIVED)
    assert seen(dataset, "new-cases-per-100000", "DEU")["value"] == pytest.approx(50)
    assert seen(dataset, "new-cases-three-cancers", "FRA")["status"] == NO_EVIDENCE
    assert seen(dataset, "new-cases-nhl", "FRA")["value"] == 9_000


# --- the cascade ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reached(world: World) -> pd.DataFrame:
    """Return the shares in a world of 1,000 people, half of them in high-income countries."""
    dataset = world(
        context=[people("USA", 300), people("DEU", 100), people("NOR", 100), people("BRA", 100), people("IND", 300), people("UGA", 100)],
        approvals=[{"jurisdiction": "USA"}, {"jurisdiction": "EU", "approval_date": "2018-08-23"}, {"jurisdiction": "IND"}],
        reimbursement=[
            {"jurisdiction": "DEU"},
            {"jurisdiction": "NOR", "decision": "not-recommended", "coverage": "none"},
            {"jurisdiction": "USA", "coverage": "private-only"},
        ],
        care_capacity=[
            {"jurisdiction": "USA", "value": 141},
            {"jurisdiction": "DEU", "value": 45},
            {"jurisdiction": "IND", "value": 3},
            {"jurisdiction": "BRA", "value": 2},
        ],
        manufacturing_sites=[{"iso3": "USA"}, {"iso3": "IND"}, {"iso3": "BRA", "status": "planned"}],
    )
    return access_cascade(dataset, tuple(dataset["countries"]["iso3"])).set_index(["stage", "group"])


@pytest.mark.parametrize(
    ("stage", "group", "share", "countries"),
    [
        ("approved", ALL_GROUPS, 80, 4),
        ("approved", "HIC", 100, 3),
        ("approved", "UMC", 0, 0),
        ("approved", "LMC", 100, 1),
        ("approved", "LIC", 0, 0),
        ("covered", ALL_GROUPS, 10, 1),
        ("covered", "HIC", 20, 1),
        ("given", ALL_GROUPS, 80, 4),
        ("given", "UMC", 100, 1),
        ("made", ALL_GROUPS, 60, 2),
        ("made", "UMC", 0, 0),
    ],
)
def test_the_cascade_weighs_countries_by_their_people(reached: pd.DataFrame, stage: str, group: str, share: float, countries: int) -> None:
    row = reached.loc[(stage, group)]
    assert row["share"] == pytest.approx(share)
    assert row["countries"] == countries
    assert row["countries_total"] == {ALL_GROUPS: 6, "HIC": 3, "UMC": 1, "LMC": 1, "LIC": 1}[group]  # those whose people are counted
    assert bool(row["fact_ids"]) is (countries > 0)


def test_people_of_the_french_departments_overseas_are_counted_once(world: World) -> None:
    europe = {"un_m49_region": "Europe", "wb_income_group": "HIC", "eu_member": "yes", "eea_member": "yes", "currency": "EUR"}
    departments = {**europe, "un_m49_region": "Africa", "eu_member": "no", "eea_member": "no"}
    dataset = world(
        countries=[{"iso3": "FRA", "iso2": "FR", "name": "France", **europe}, {"iso3": "REU", "iso2": "RE", "name": "Reunion", **departments}],
        context=[people("FRA", 1000), people("REU", 10)],
        approvals=[{"jurisdiction": "EU", "approval_date": "2018-08-23"}],
    )

    def counted(*countries: str) -> int:
        shares = access_cascade(dataset, countries).set_index(["stage", "group"])
        return int(shares.at[("approved", ALL_GROUPS), "countries_total"])

    assert counted("FRA", "REU") == counted("FRA") == counted("REU") == 1
    both = access_cascade(dataset, ("FRA", "REU")).set_index(["stage", "group"])
    assert both.at[("approved", ALL_GROUPS), "share"] == 100


def test_in_the_real_dataset_a_stage_that_some_group_reached_has_people_and_countries(today: Dataset) -> None:
    shares = access_cascade(today, tuple(today["countries"]["iso3"]))
    assert shares["share"].between(0, 100).all()
    assert ((shares["people"] > 0) == (shares["countries"] > 0)).all()
    whole = shares[shares["group"] == ALL_GROUPS].set_index("stage")
    parts = shares[shares["group"] != ALL_GROUPS].groupby("stage")["people"].sum()
    assert (parts <= whole["people"]).all()  # a few territories have no income group
