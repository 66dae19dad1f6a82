"""Manufacture: who makes CAR-T cells, how many, how far away and how fast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.dataset import Dataset
from indicators.geography import great_circle_matrix_km
from indicators.measures import all_countries, care
from indicators.observations import DERIVED, OBSERVED, fact_ids, observations

CELL_SITE_TYPES = ("commercial", "cdmo", "academic", "point-of-care", "clinical")
HOSPITAL_SITE_TYPES = ("academic", "point-of-care")
COMING_STATUSES = ("planned", "under-construction", "approved-not-started")
OWN_MANUFACTURE_ORDER = ("operating", "coming")


def operational_cell_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the sites that make cells now; vector plants and sites whose running is unverified are left out."""
    sites = dataset["manufacturing_sites"]
    return sites[(sites["status"] == "operational") & sites["site_type"].isin(CELL_SITE_TYPES)]


def coming_cell_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the sites that are planned, being built or approved but not started, vector plants left out."""
    sites = dataset["manufacturing_sites"]
    return sites[sites["status"].isin(COMING_STATUSES) & sites["site_type"].isin(CELL_SITE_TYPES)]


def _count_sites(dataset: Dataset, sites: pd.DataFrame) -> pd.DataFrame:
    rows = [{"iso3": iso3, "value": len(group), "status": DERIVED, "fact_ids": tuple(group["fact_id"])} for iso3, group in sites.groupby("iso3")]
    return observations(rows, all_countries(dataset))


def operational_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the number of sites that make CAR-T cells, by country."""
    return _count_sites(dataset, operational_cell_sites(dataset))


def commercial_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the number of operating sites that make a marketed product, of companies and contract makers, by country."""
    sites = operational_cell_sites(dataset)
    return _count_sites(dataset, sites[sites["site_type"].isin(["commercial", "cdmo"])])


def hospital_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the number of operating academic and point-of-care sites, by country."""
    sites = operational_cell_sites(dataset)
    return _count_sites(dataset, sites[sites["site_type"].isin(HOSPITAL_SITE_TYPES)])


def coming_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the number of sites that are planned, being built or approved but not started, by country."""
    return _count_sites(dataset, coming_cell_sites(dataset))


def vector_sites(dataset: Dataset) -> pd.DataFrame:
    """Return the number of operating plants that make viral vectors for CAR-T, by country."""
    sites = dataset["manufacturing_sites"]
    return _count_sites(dataset, sites[(sites["status"] == "operational") & (sites["site_type"] == "vector")])


def stated_capacity(dataset: Dataset) -> pd.DataFrame:
    """Return the sum of the capacities that sources state for operating sites, in patients per year, by country.

    A floor for the country: most sites state none. ``label`` is ``bound`` when a stated figure is itself a bound: nobody
    knows then on which side of the sum the truth lies. Targets do not count.
    """
    sites = operational_cell_sites(dataset)
    stated = sites[sites["capacity_patients_per_year"].notna() & (sites["capacity_value_kind"] != "target")]
    rows = [
        {
            "iso3": iso3,
            "value": group["capacity_patients_per_year"].sum(),
            "status": DERIVED,
            "label": "bound" if group["capacity_value_kind"].isin(["at-most", "at-least"]).any() else "",
            "fact_ids": tuple(group["fact_id"]),
        }
        for iso3, group in stated.groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def _capacity_per_thousand(dataset: Dataset, people: pd.DataFrame) -> pd.DataFrame:
    capacity = stated_capacity(dataset).set_index("iso3")
    people = people.set_index("iso3")
    rows = []
    for iso3 in capacity.index[capacity["value"].notna()]:
        if iso3 in people.index and people.at[iso3, "value"] > 0:
            rows.append(
                {
                    "iso3": iso3,
                    "value": capacity.at[iso3, "value"] / people.at[iso3, "value"] * 1000,
                    "status": DERIVED,
                    "label": capacity.at[iso3, "label"],
                    "fact_ids": fact_ids(capacity.at[iso3, "fact_ids"], people.at[iso3, "fact_ids"]),
                }
            )
    return observations(rows, all_countries(dataset))


def capacity_per_thousand_eligible(dataset: Dataset) -> pd.DataFrame:
    """Return stated capacity per 1,000 people who are eligible for CAR-T in a year, by country.

    Only where a source gives the number of eligible patients over all products: beside the people that one product's
    label fits, the capacity of all plants would look many times too large.
    """
    return _capacity_per_thousand(dataset, care.eligible_for_any_product(dataset))


def capacity_per_thousand_cases(dataset: Dataset) -> pd.DataFrame:
    """Return stated capacity per 1,000 new cases of non-Hodgkin lymphoma, leukaemia and myeloma, by country."""
    from indicators.measures import need

    return _capacity_per_thousand(dataset, need.new_cases_of_three(dataset))


def makes_its_own(dataset: Dataset) -> pd.DataFrame:
    """Return whether CAR-T cells are made in the country: ``operating`` or ``coming`` (planned or being built)."""
    running, coming = operational_sites(dataset), coming_sites(dataset)
    rows: list[dict[str, object]] = []
    for rank, (label, counts) in enumerate(zip(OWN_MANUFACTURE_ORDER, (running, coming), strict=True)):
        have = {row["iso3"] for row in rows}
        for _, count in counts[counts["value"].notna()].iterrows():
            if count["iso3"] not in have:
                rows.append({"iso3": count["iso3"], "value": rank, "status": OBSERVED, "label": label, "fact_ids": count["fact_ids"]})
    return observations(rows, all_countries(dataset))


def distance_to_nearest_site(dataset: Dataset) -> pd.DataFrame:
    """Return the great-circle distance from the capital to the nearest operating site anywhere, in kilometres.

    Haversine on a sphere (:func:`indicators.geography.great_circle_km`). It measures geography, not supply: whether
    that site serves the country is another question. ``label`` is the site's id.
    """
    sites = operational_cell_sites(dataset).dropna(subset=["latitude", "longitude"])
    countries = dataset["countries"].dropna(subset=["capital_lat", "capital_lon"])
    if sites.empty or countries.empty:
        return observations([], all_countries(dataset))
    distances = great_circle_matrix_km(countries["capital_lat"], countries["capital_lon"], sites["latitude"], sites["longitude"])
    nearest = np.argmin(distances, axis=1)
    rows = [
        {
            "iso3": iso3,
            "value": float(distances[position, site]),
            "status": DERIVED,
            "label": sites["site_id"].iloc[site],
            "fact_ids": (sites["fact_id"].iloc[site], country_fact),
        }
        for position, (iso3, country_fact, site) in enumerate(zip(countries["iso3"], countries["fact_id"], nearest, strict=True))
    ]
    return observations(rows, all_countries(dataset))


def _turnaround(dataset: Dataset, metric: str) -> pd.DataFrame:
    facts = dataset["turnaround"]
    facts = facts[
        (facts["metric"] == metric)
        & (facts["preferred"] == "yes")
        & facts["value_kind"].isin(["exact", "approximate"])
        & facts["setting"].isin(["real-world", "trial"])
        & (facts["statistic"] != "claim")
        & ~facts["jurisdiction"].isin(["EU", "WORLD"])
    ]
    rows = []
    for iso3, group in facts.groupby("jurisdiction"):
        routine = group[group["setting"] == "real-world"]
        used = routine if len(routine) else group
        rows.append(
            {
                "iso3": iso3,
                "value": used["value"].median(),
                "status": OBSERVED if len(used) == 1 else DERIVED,
                "label": used["setting"].iloc[0],
                "fact_ids": tuple(used["fact_id"]),
            }
        )
    return observations(rows, all_countries(dataset))


def vein_to_vein_time(dataset: Dataset) -> pd.DataFrame:
    """Return the days from leukapheresis to infusion: the median over the country's reports, routine care before trials."""
    return _turnaround(dataset, "vein-to-vein-time")


def manufacturing_failure_rate(dataset: Dataset) -> pd.DataFrame:
    """Return the percentage of products that could not be made: the median over reports, routine care before trials."""
    return _turnaround(dataset, "manufacturing-failure-rate")
