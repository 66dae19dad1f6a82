"""Care: centres, patients treated and trials, for whole countries only."""

from __future__ import annotations

import pandas as pd

from indicators.dataset import Dataset
from indicators.measures import all_countries
from indicators.money import Money
from indicators.observations import DERIVED, DOCUMENTED_NONE, OBSERVED, fact_ids, known, observations
from indicators.periods import year_of
from indicators.tables import ANY_PRODUCT

_ROUTES_INSIDE = ("marketing-authorisation", "hospital-exemption", "named-patient", "clinical-trial-only", "medical-travel-inbound")
ROUTE_ORDER = ("marketing-authorisation", "hospital-exemption", "named-patient", "clinical-trial-only", "medical-travel-outbound", "none")


def _national_totals(dataset: Dataset, metric: str, any_label: bool = False) -> pd.DataFrame:
    """Return the newest national figure over all products, by country; ``label`` is its kind unless exact.

    Targets are left out; a range counts with its middle and says so. With ``any_label`` a figure on one product's label
    counts where there is none over all products (the row has its ``product_id``).
    """
    facts = dataset["care_capacity"]
    facts = facts[
        (facts["metric"] == metric)
        & (facts["scope"] == "national")
        & (any_label | (facts["product_id"] == ANY_PRODUCT))
        & (facts["preferred"] == "yes")
        & (facts["value_kind"] != "target")
        & (facts["jurisdiction"] != "EU")
        # "At least one" reports a first patient or centre: it shows that there is some, not how many.
        & ~((facts["value_kind"] == "at-least") & (facts["value"] <= 1))
    ]
    over_all = facts["product_id"] == ANY_PRODUCT
    newest = facts.assign(over_all=over_all).sort_values(["over_all", "known_from", "fact_id"]).groupby("jurisdiction").tail(1)
    rows = []
    for row in newest.to_dict("records"):
        is_range = row["value_kind"] == "range"
        value = (row["value_low"] + row["value_high"]) / 2 if is_range else row["value"]
        rows.append(
            {
                "iso3": row["jurisdiction"],
                "value": value,
                "status": DERIVED if is_range else DOCUMENTED_NONE if value == 0 else OBSERVED,
                "label": {"exact": "", "range": "approximate"}.get(row["value_kind"], row["value_kind"]),
                "fact_ids": (row["fact_id"],),
                "product_id": "" if row["product_id"] == ANY_PRODUCT else row["product_id"],
                "year": year_of(row["reference_date"]),
            }
        )
    return observations(rows, all_countries(dataset))


def _per_people(dataset: Dataset, counts: pd.DataFrame, per: float) -> pd.DataFrame:
    money = Money.of(dataset)
    rows = []
    for row in known(counts).to_dict("records"):
        year = row.get("year")
        population = money.context(row["iso3"], "population", None if year is None or pd.isna(year) else int(year))
        if population is None:
            continue
        status = row["status"] if row["status"] == DOCUMENTED_NONE else DERIVED
        rows.append({**row, "value": row["value"] / population.value * per, "status": status, "fact_ids": fact_ids(row["fact_ids"], population.fact_ids)})
    return observations(rows, all_countries(dataset))


def treatment_centres(dataset: Dataset) -> pd.DataFrame:
    """Return the number of centres that give CAR-T, by country."""
    return _national_totals(dataset, "treatment-centres")


def centres_per_ten_million(dataset: Dataset) -> pd.DataFrame:
    """Return treatment centres per 10 million people, by country."""
    return _per_people(dataset, treatment_centres(dataset), 10_000_000)


def patients_treated(dataset: Dataset) -> pd.DataFrame:
    """Return the number of patients treated in a year, the newest figure of a country."""
    return _national_totals(dataset, "patients-treated-annual")


def treatment_rate(dataset: Dataset) -> pd.DataFrame:
    """Return CAR-T patients in a year per 10 million people as reported to EBMT, the newest rate of a country."""
    return _national_totals(dataset, "car-t-rate-per-10m")


def patients_treated_ever(dataset: Dataset) -> pd.DataFrame:
    """Return the number of patients treated up to the figure's date, by country."""
    return _national_totals(dataset, "patients-treated-cumulative")


def patients_per_million(dataset: Dataset) -> pd.DataFrame:
    """Return patients treated in a year per million people, by country."""
    return _per_people(dataset, patients_treated(dataset), 1_000_000)


def clinical_trials(dataset: Dataset) -> pd.DataFrame:
    """Return the number of clinical trials of CAR-T that a source counts, by country."""
    return _national_totals(dataset, "clinical-trials")


def trials_per_ten_million(dataset: Dataset) -> pd.DataFrame:
    """Return clinical trials of CAR-T per 10 million people, by country."""
    return _per_people(dataset, clinical_trials(dataset), 10_000_000)


def eligible_patients(dataset: Dataset) -> pd.DataFrame:
    """Return the number of people eligible for CAR-T in a year that a source gives, by country; for one product's label if need be."""
    return _national_totals(dataset, "eligible-patients-annual", any_label=True)


def eligible_for_any_product(dataset: Dataset) -> pd.DataFrame:
    """Return the number of people eligible for CAR-T of whatever kind in a year, by country; figures on one product's label do not count."""
    return _national_totals(dataset, "eligible-patients-annual")


def route_to_treatment(dataset: Dataset) -> pd.DataFrame:
    """Return the best route by which patients get CAR-T in a country, by country: ``label`` the route, ``value`` its rank.

    From the table of routes, and from the approvals: an authorised product is a route whether or not the table of
    routes repeats it. Patients who travel into the country say nothing about its own people.

    A route is what sources say of patients, an approval what a regulator of the place decided. So the two need not
    agree: Puerto Rico has the route (patients in San Juan get what the FDA authorised), and no approval, for a territory
    has no decision of its own and no other one is spread over it without a source, as with the French overseas
    departments (see data/GAPS.md). products-approved tells of such a place that it is known in part.
    """
    from indicators.measures import approvals

    routes = dataset["availability"]
    routes = routes[(routes["preferred"] == "yes") & routes["route"].isin(ROUTE_ORDER)]
    # A route that a source calls closed is no route; "none" is the statement that there is no route at all.
    routes = routes[(routes["available"] != "no") | (routes["route"] == "none")]
    granted = approvals.approved(dataset)
    exempt = granted["pathway"] == "hospital-exemption"
    facts = pd.concat(
        [
            routes[["iso3", "route", "fact_id"]],
            granted[["iso3", "fact_id"]].assign(route=exempt.map({True: "hospital-exemption", False: "marketing-authorisation"})),
        ]
    )
    rows = []
    for iso3, group in facts.groupby("iso3"):
        best = next(route for route in ROUTE_ORDER if (group["route"] == route).any())
        rows.append(
            {
                "iso3": iso3,
                "value": ROUTE_ORDER.index(best),
                "status": DOCUMENTED_NONE if best == "none" else OBSERVED,
                "label": best,
                "fact_ids": tuple(group.loc[group["route"] == best, "fact_id"]),
            }
        )
    return observations(rows, all_countries(dataset))


def gives_treatment(dataset: Dataset) -> pd.DataFrame:
    """Return the countries in which CAR-T is given: a counted centre, patients treated there, or a route (label ``yes``).

    A fact about one centre or one trial is enough, for it takes a centre to treat; so is a route to treatment inside
    the country that sources call open or limited. A zero over all products is a documented none where it is of the whole
    country; that of a survey, a centre or a region says nothing of the others.
    """
    facts = dataset["care_capacity"]
    facts = facts[
        facts["metric"].isin(["treatment-centres", "patients-treated-annual", "patients-treated-cumulative"])
        & (facts["preferred"] == "yes")
        & (facts["value_kind"] != "target")
        & (facts["jurisdiction"] != "EU")
    ]
    amount = facts["value"].fillna(facts["value_low"])
    routes = dataset["availability"]
    routes = routes[routes["route"].isin(_ROUTES_INSIDE) & routes["available"].isin(["yes", "limited"]) & (routes["preferred"] == "yes")]
    positive = pd.concat([facts.loc[amount > 0, ["jurisdiction", "fact_id"]].rename(columns={"jurisdiction": "iso3"}), routes[["iso3", "fact_id"]]])
    rows = [{"iso3": iso3, "value": 1.0, "status": OBSERVED, "label": "yes", "fact_ids": tuple(group["fact_id"])} for iso3, group in positive.groupby("iso3")]
    have = {row["iso3"] for row in rows}
    rows += [
        {"iso3": iso3, "value": 0.0, "status": DOCUMENTED_NONE, "label": "no", "fact_ids": tuple(group["fact_id"])}
        for iso3, group in facts[(amount == 0) & (facts["scope"] == "national") & (facts["product_id"] == ANY_PRODUCT)].groupby("jurisdiction")
        if iso3 not in have
    ]
    return observations(rows, all_countries(dataset))
