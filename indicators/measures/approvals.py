"""Approvals: what is authorised where, since when, and how far behind the first regulator in the world."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from indicators import jurisdictions, periods
from indicators.dataset import Dataset
from indicators.measures import all_countries
from indicators.measures.first_known import known_before
from indicators.observations import DERIVED, DOCUMENTED_NONE, OBSERVED, fact_ids, observations
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS, UNSPECIFIED


def approved(dataset: Dataset) -> pd.DataFrame:
    """Return the authorisations in force, by country: the approvals' columns with ``iso3`` and ``via``.

    Marketing authorisations and hospital exemptions; a European decision stands once for each country in which it
    holds. Of facts that disagree, the preferred one. An authorisation that was withdrawn since is left out.
    """

    def compute() -> pd.DataFrame:
        facts = dataset["approvals"]
        facts = facts[(facts["preferred"] == "yes")]
        withdrawn = facts[facts["status"] == "withdrawn"][["product_id", "jurisdiction", "indication_id"]]
        granted = facts[facts["status"] == "approved"].merge(withdrawn.assign(gone=True), how="left", on=[*withdrawn.columns])
        return jurisdictions.expand(granted[granted["gone"].isna()].drop(columns="gone"))

    return dataset.remember("approved", compute)


def granted_by_jurisdiction(dataset: Dataset) -> pd.DataFrame:
    """Return the authorisations in force as they were granted: the approvals' columns with ``via``, one row each.

    A European decision is one row of ``EU``. The United Kingdom, since it left, has its own decisions, and the European
    ones that went on there as licences of Great Britain (``via`` is then ``EU``).
    """

    def compute() -> pd.DataFrame:
        granted = approved(dataset)
        european = granted["via"] == jurisdictions.EU
        parts = [granted[~european], granted[european].drop_duplicates("fact_id").assign(iso3=jurisdictions.EU, via="")]
        if jurisdictions.UNITED_KINGDOM not in jurisdictions.eu_members(dataset.today):
            parts.append(granted[european & (granted["iso3"] == jurisdictions.UNITED_KINGDOM)])
        return pd.concat(parts, ignore_index=True).rename(columns={"iso3": "jurisdiction"})

    return dataset.remember("granted_by_jurisdiction", compute)


def seen_in(dataset: Dataset, countries: Iterable[str]) -> frozenset[str]:
    """Return the jurisdictions to show for a choice of countries: these, and the European Union when one is a member."""
    chosen = frozenset(countries)
    return chosen | {jurisdictions.EU} if jurisdictions.eu_members(dataset.today) & chosen else chosen


def not_granted(dataset: Dataset) -> pd.DataFrame:
    """Return what was refused, withdrawn, or is still under review; the columns of the table.

    An application counts as under review until the same regulator is known to have decided on the same product and
    indication. A withdrawal ends an authorisation or an application.
    """

    def compute() -> pd.DataFrame:
        facts = dataset["approvals"]
        facts = facts[facts["preferred"] == "yes"]
        case = ["product_id", "jurisdiction", "indication_id"]
        decided = set(facts.loc[facts["status"].isin(["approved", "refused", "withdrawn"]), case].itertuples(index=False, name=None))
        settled = pd.Series([item in decided for item in facts[case].itertuples(index=False, name=None)], index=facts.index, dtype=bool)
        return facts[facts["status"].isin(["refused", "withdrawn"]) | ((facts["status"] == "under-review") & ~settled)].reset_index(drop=True)

    return dataset.remember("not_granted", compute)


def count_distinct(ids: Iterable[str], specials: Iterable[str] = PRODUCT_SPECIALS) -> int:
    """Return how many different things are named; facts that name none count as one if nothing else is named."""
    present = set(ids)
    named = present - set(specials)
    return len(named) or int(bool(present))


def documented_absence(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Return the countries in which a source says that no CAR-T product is authorised, with the facts that say it."""
    facts = dataset["approvals"]
    absent = facts[(facts["status"] == "none-documented") & (facts["product_id"] == ANY_PRODUCT) & (facts["preferred"] == "yes")]
    return {str(iso3): tuple(group["fact_id"]) for iso3, group in absent.groupby("jurisdiction")}


def _with_absence(dataset: Dataset, rows: list[dict[str, object]]) -> pd.DataFrame:
    have = {row["iso3"] for row in rows}
    rows += [
        {"iso3": iso3, "value": 0.0, "status": DOCUMENTED_NONE, "fact_ids": facts} for iso3, facts in documented_absence(dataset).items() if iso3 not in have
    ]
    return observations(rows, all_countries(dataset))


def products_approved(dataset: Dataset) -> pd.DataFrame:
    """Return the number of CAR-T products with a marketing authorisation or hospital exemption, by country."""
    rows: list[dict[str, object]] = [
        {"iso3": iso3, "value": count_distinct(group["product_id"]), "status": DERIVED, "fact_ids": tuple(group["fact_id"])}
        for iso3, group in approved(dataset).groupby("iso3")
    ]
    return _with_absence(dataset, rows)


def indications_approved(dataset: Dataset) -> pd.DataFrame:
    """Return the number of different indications for which at least one product is authorised, by country."""
    vague = _uncountable(dataset)
    rows: list[dict[str, object]] = [
        {"iso3": iso3, "value": count_distinct(group["indication_id"], vague), "status": DERIVED, "fact_ids": tuple(group["fact_id"])}
        for iso3, group in approved(dataset).groupby("iso3")
    ]
    return _with_absence(dataset, rows)


def _uncountable(dataset: Dataset) -> set[str]:
    indications = dataset["indications"]
    return set(indications.loc[indications["countable"] == "no", "indication_id"])


def share_of_world_products(dataset: Dataset) -> pd.DataFrame:
    """Return the products authorised in a country as a percentage of the products authorised anywhere, by country."""
    world = count_distinct(approved(dataset)["product_id"])
    counts = products_approved(dataset)
    if world:
        counts["value"] = counts["value"] / world * 100
    return counts


def first_approvals(dataset: Dataset) -> pd.DataFrame:
    """Return each product's first authorisation in each country: ``iso3, product_id, approval_date, day, fact_id, via``.

    ``day`` (datetime64) is the middle of what the date can mean; undated approvals are left out.
    """

    def compute() -> pd.DataFrame:
        dated = approved(dataset)
        dated = dated[(dated["approval_date"] != "") & ~dated["product_id"].isin(PRODUCT_SPECIALS)].copy()
        dated["day"] = pd.to_datetime(pd.Series([periods.middle_day(text) for text in dated["approval_date"]], index=dated.index, dtype="object"))
        first = dated.sort_values(["iso3", "product_id", "day", "approval_date", "fact_id"]).drop_duplicates(["iso3", "product_id"])
        return first[["iso3", "product_id", "approval_date", "day", "fact_id", "via"]].reset_index(drop=True)

    return dataset.remember("first_approvals", compute)


def first_approval_date(dataset: Dataset) -> pd.DataFrame:
    """Return the date of the first authorisation of any product, by country: ``value`` in years, ``label`` the ISO date.

    Where an authorisation without a date was known before the first one with a date, that of the first is not known.
    """
    rows = []
    for iso3, group in first_approvals(dataset).groupby("iso3"):
        first = group.loc[group["day"].idxmin()]
        if undated_before(dataset, str(iso3), first["approval_date"]):
            continue
        rows.append(
            {
                "iso3": iso3,
                "value": decimal_year(first["day"]),
                "status": OBSERVED,
                "label": first["approval_date"],
                "fact_ids": (first["fact_id"],),
                "product_id": first["product_id"],
            }
        )
    return observations(rows, all_countries(dataset))


def undated_before(dataset: Dataset, iso3: str, text: str) -> date | None:
    """Return the day by which a country is known to have had an undated authorisation, if that is before the date ``text``; else None."""
    granted = approved(dataset)
    return known_before(granted[granted["iso3"] == iso3], "approval_date", text)


def decimal_year(day: pd.Timestamp) -> float:
    """Return a date as a year with a fraction: 1 July 2024 is about 2024.5."""
    return float(day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365))


def approval_lags(dataset: Dataset) -> pd.DataFrame:
    """Return each product's lag in each country: ``iso3, product_id, lag_days, approval_date, fact_id, first_fact_id``.

    The lag runs from the product's first authorisation anywhere in the world. Dates known only as a year are left out;
    a date known as a month stands for its middle.
    """

    def compute() -> pd.DataFrame:
        first = first_approvals(dataset)
        first = first[first["approval_date"].str.len() >= 7]
        if first.empty:
            return first.assign(lag_days=pd.Series(dtype="float64"), first_fact_id=pd.Series(dtype="str"))
        leader = first.loc[first.groupby("product_id")["day"].idxmin()].set_index("product_id")
        return first.assign(
            lag_days=(first["day"] - first["product_id"].map(leader["day"])).dt.days.astype("float64"),
            first_fact_id=first["product_id"].map(leader["fact_id"]),
        )

    return dataset.remember("approval_lags", compute)


def median_approval_lag(dataset: Dataset) -> pd.DataFrame:
    """Return the median, over a country's products, of the days behind the first authorisation in the world."""
    rows = [
        {
            "iso3": iso3,
            "value": group["lag_days"].median(),
            "status": DERIVED,
            "fact_ids": fact_ids(group["fact_id"], group["first_fact_id"]),
        }
        for iso3, group in approval_lags(dataset).groupby("iso3")
    ]
    return observations(rows, all_countries(dataset))


def academic_route(dataset: Dataset) -> pd.DataFrame:
    """Return whether a hospital exemption or an authorised hospital-made product is in use (label ``yes``), by country.

    Countries without a fact that says so have no evidence: an exemption need not be published.
    """
    kinds = dataset["products"].set_index("product_id")["product_kind"]
    granted = approved(dataset)
    academic = granted[
        (granted["pathway"] == "hospital-exemption") | granted["product_id"].map(kinds).isin(["academic", "hospital-exemption"]) & (granted["via"] == "")
    ]
    routes = dataset["availability"]
    exempt = routes[(routes["route"] == "hospital-exemption") & routes["available"].isin(["yes", "limited"])]
    together = pd.concat([academic[["iso3", "fact_id"]], exempt[["iso3", "fact_id"]]])
    rows = [{"iso3": iso3, "value": 1.0, "status": OBSERVED, "label": "yes", "fact_ids": tuple(group["fact_id"])} for iso3, group in together.groupby("iso3")]
    return observations(rows, all_countries(dataset))


def cumulative(dataset: Dataset) -> pd.DataFrame:
    """Return the first authorisation of any product in each country: ``iso3, day, approval_date, fact_id, product_id``.

    ``day`` (datetime64) is the day from which it counts, also where ``approval_date`` is empty.
    """
    granted = approved(dataset)
    granted = granted[granted["product_id"] != UNSPECIFIED]
    first = granted.sort_values(["known_from", "fact_id"]).drop_duplicates("iso3")
    return first[["iso3", "known_from", "approval_date", "fact_id", "product_id"]].rename(columns={"known_from": "day"})
