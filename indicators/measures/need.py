"""Need: new cases of the cancers that CAR-T treats, and the economic and health context of a country."""

from __future__ import annotations

import pandas as pd

from indicators.dataset import Dataset
from indicators.jurisdictions import INCOME_GROUP_ORDER
from indicators.measures import all_countries
from indicators.money import Money
from indicators.observations import DERIVED, OBSERVED, fact_ids, observations

THREE_CANCERS = ("nhl", "leukaemia", "multiple-myeloma")


def _cases(dataset: Dataset, cancer: str) -> pd.DataFrame:
    facts = dataset["cancer_incidence"]
    rows = [
        {"iso3": row["iso3"], "value": row["new_cases"], "status": OBSERVED, "fact_ids": (row["fact_id"],), "year": int(row["year"])}
        for row in facts[facts["cancer"] == cancer].sort_values("year").drop_duplicates("iso3", keep="last").to_dict("records")
    ]
    return observations(rows, all_countries(dataset))


def new_cases_nhl(dataset: Dataset) -> pd.DataFrame:
    """Return new cases of non-Hodgkin lymphoma in a year (ICD-10 C82-86, C88), by country."""
    return _cases(dataset, "nhl")


def new_cases_leukaemia(dataset: Dataset) -> pd.DataFrame:
    """Return new cases of leukaemia in a year (ICD-10 C91-95), by country."""
    return _cases(dataset, "leukaemia")


def new_cases_myeloma(dataset: Dataset) -> pd.DataFrame:
    """Return new cases of multiple myeloma in a year (ICD-10 C90), by country."""
    return _cases(dataset, "multiple-myeloma")


def new_cases_of_three(dataset: Dataset) -> pd.DataFrame:
    """Return new cases of the three cancers together, for countries that have all three figures."""
    facts = dataset["cancer_incidence"]
    facts = facts[facts["cancer"].isin(THREE_CANCERS)].sort_values("year").drop_duplicates(["iso3", "cancer"], keep="last")
    rows = [
        {"iso3": iso3, "value": group["new_cases"].sum(), "status": DERIVED, "fact_ids": tuple(group["fact_id"]), "year": int(group["year"].max())}
        for iso3, group in facts.groupby("iso3")
        if len(group) == len(THREE_CANCERS)
    ]
    return observations(rows, all_countries(dataset))


def new_cases_per_hundred_thousand(dataset: Dataset) -> pd.DataFrame:
    """Return new cases of the three cancers per 100,000 people (crude rate), by country."""
    money = Money.of(dataset)
    cases = new_cases_of_three(dataset)
    rows = []
    for row in cases[cases["value"].notna()].to_dict("records"):
        population = money.context(row["iso3"], "population", int(row["year"]))
        if population:
            rows.append({**row, "value": row["value"] / population.value * 100_000, "fact_ids": fact_ids(row["fact_ids"], population.fact_ids)})
    return observations(rows, all_countries(dataset))


def _context(dataset: Dataset, indicator: str) -> pd.DataFrame:
    facts = dataset["context"]
    newest = facts[facts["indicator"] == indicator].sort_values("year").drop_duplicates("iso3", keep="last")
    rows = [
        {"iso3": row["iso3"], "value": row["value"], "status": OBSERVED, "fact_ids": (row["fact_id"],), "year": int(row["year"])}
        for row in newest.to_dict("records")
    ]
    return observations(rows, all_countries(dataset))


def population(dataset: Dataset) -> pd.DataFrame:
    """Return the population, by country."""
    return _context(dataset, "population")


def gdp_per_head(dataset: Dataset) -> pd.DataFrame:
    """Return gross domestic product per head in current US dollars, by country."""
    return _context(dataset, "gdp-per-capita-usd")


def gdp_per_head_ppp(dataset: Dataset) -> pd.DataFrame:
    """Return gross domestic product per head in current international dollars, by country."""
    return _context(dataset, "gdp-per-capita-ppp")


def health_spending_per_head(dataset: Dataset) -> pd.DataFrame:
    """Return current health expenditure per head in current US dollars, by country."""
    return _context(dataset, "health-expenditure-per-capita-usd")


def out_of_pocket_share(dataset: Dataset) -> pd.DataFrame:
    """Return the percentage of health expenditure that households pay out of pocket, by country."""
    return _context(dataset, "oop-share-of-health-expenditure-percent")


def uhc_index(dataset: Dataset) -> pd.DataFrame:
    """Return WHO's universal health coverage service coverage index (0 to 100), by country."""
    return _context(dataset, "uhc-service-coverage-index")


def life_expectancy(dataset: Dataset) -> pd.DataFrame:
    """Return life expectancy at birth in years, by country."""
    return _context(dataset, "life-expectancy")


def income_group(dataset: Dataset) -> pd.DataFrame:
    """Return the World Bank income group, by country: ``label`` its code, ``value`` its rank from high to low."""
    rows = [
        {
            "iso3": row["iso3"],
            "value": INCOME_GROUP_ORDER.index(row["wb_income_group"]),
            "status": OBSERVED,
            "label": row["wb_income_group"],
            "fact_ids": (row["fact_id"],),
        }
        for row in dataset["countries"].to_dict("records")
        if row["wb_income_group"]
    ]
    return observations(rows, all_countries(dataset))
