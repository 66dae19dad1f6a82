"""What changed lately: dated approvals, public decisions, prices, sites and policy events, the newest first."""

from __future__ import annotations

from datetime import date

import pandas as pd

from indicators import periods
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, WORLD, eu_members
from indicators.measures import manufacturing, prices, reimbursement

APPROVED = "approved"
COVERED = "covered"
PRICED = "priced"
SITE = "site"
EVENT = "event"
KINDS = (APPROVED, COVERED, PRICED, SITE, EVENT)


def latest_changes(dataset: Dataset, countries: tuple[str, ...], most: int | None = None, since: date | None = None) -> pd.DataFrame:
    """Return the newest changes that concern the chosen countries, at most ``most`` of them, none before ``since``.

    Columns: ``date`` (ISO, to the day or month; of sites the year that they began), ``jurisdiction``, ``kind`` (one of
    KINDS), ``product_id``, ``indication_id``, ``indications`` (their number), ``title`` (of events and sites) and
    ``fact_ids``. A change of the EU concerns its members, one of the world everybody. Facts whose date is only a year,
    or only that of an article, are left out. Indications that one product got on one day in one place are one change.
    """
    places = {*countries, WORLD} | ({EU} if eu_members(dataset.today) & set(countries) else set())
    approvals = dataset["approvals"]
    approvals = approvals[approvals["status"] == "approved"].assign(date=lambda frame: frame["approval_date"], kind=APPROVED, title="")
    decisions = dataset["reimbursement"]
    decisions = decisions[decisions["coverage"].isin(reimbursement.PUBLIC) & decisions["scope"].isin(["national", "subnational"])]
    decisions = decisions.assign(date=decisions["decision_date"], kind=COVERED, title="")
    events = dataset["policy_events"].assign(kind=EVENT, product_id="", indication_id="", date_basis="decision")
    listed = dataset["prices"]
    listed = listed[listed["price_type"].isin([*prices.LIST_TYPES, "negotiated"])].assign(date=lambda frame: frame["effective_date"], kind=PRICED, title="")
    sites = manufacturing.operational_cell_sites(dataset).rename(columns={"iso3": "jurisdiction"})
    sites = sites.assign(date=sites["start_year"], kind=SITE, title=sites["site_name"], product_id="", indication_id="", date_basis="decision")
    columns = ["date", "jurisdiction", "kind", "product_id", "indication_id", "title", "fact_id", "preferred", "date_basis"]
    together = pd.concat([approvals[columns], decisions[columns], listed[columns], sites[columns], events[columns]], ignore_index=True)
    together = together[
        together["jurisdiction"].isin(places) & (together["preferred"] == "yes") & (together["date_basis"] != "article") & (together["date"].str.len() >= 7)
        | together["jurisdiction"].isin(places) & (together["kind"] == SITE) & (together["date"] != "")
    ]
    # An event that tells of an approval on the same day in the same place says nothing more.
    approved_then = together.loc[together["kind"] == APPROVED, ["date", "jurisdiction"]].drop_duplicates()
    told_twice = together[["date", "jurisdiction"]].apply(tuple, axis=1).isin(set(approved_then.itertuples(index=False, name=None)))
    together = together[(together["kind"] != EVENT) | ~told_twice]
    grouped = together.groupby(["date", "jurisdiction", "kind", "product_id", "title"], as_index=False).agg(
        indication_id=("indication_id", "first"), indications=("indication_id", "nunique"), fact_ids=("fact_id", tuple)
    )
    grouped["day"] = [min(periods.last_day(text), dataset.today) for text in grouped["date"]]
    if since is not None:
        grouped = grouped[grouped["day"] >= since]
    newest = grouped.sort_values(["day", "jurisdiction", "kind"], ascending=[False, True, True]).head(len(grouped) if most is None else most)
    return newest.drop(columns="day").reset_index(drop=True)
