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
    places = {*countries, *([WORLD] if countries else [])} | ({EU} if eu_members(dataset.today) & set(countries) else set())
    approvals = dataset["approvals"]
    approvals = approvals[approvals["status"] == "approved"].assign(date=lambda frame: frame["approval_date"], kind=APPROVED, title="", theme="")
    decisions = dataset["reimbursement"]
    decisions = decisions[decisions["coverage"].isin(reimbursement.PUBLIC) & decisions["scope"].isin(["national", "subnational"])]
    decisions = decisions.assign(date=decisions["decision_date"], kind=COVERED, title="", theme="")
    events = dataset["policy_events"].assign(kind=EVENT, product_id="", indication_id="", date_basis="decision")
    listed = dataset["prices"]
    listed = listed[listed["price_type"].isin([*prices.LIST_TYPES, "negotiated"])].assign(
        date=lambda frame: frame["effective_date"], kind=PRICED, title="", theme=""
    )
    sites = manufacturing.operational_cell_sites(dataset).rename(columns={"iso3": "jurisdiction"})
    sites = sites.assign(date=sites["start_year"], kind=SITE, title=sites["site_name"], product_id="", indication_id="", date_basis="decision", theme="")
    columns = ["date", "jurisdiction", "kind", "product_id", "indication_id", "title", "fact_id", "preferred", "date_basis", "theme"]
    together = pd.concat([approvals[columns], decisions[columns], listed[columns], sites[columns], events[columns]], ignore_index=True)
    together = together[
        together["jurisdiction"].isin(places) & (together["preferred"] == "yes") & (together["date_basis"] != "article") & (together["date"].str.len() >= 7)
        | together["jurisdiction"].isin(places) & (together["kind"] == SITE) & (together["date"] != "")
    ]
    together = together[~told_already(together)]
    grouped = together.groupby(["date", "jurisdiction", "kind", "product_id", "title"], as_index=False).agg(
        indication_id=("indication_id", "first"), indications=("indication_id", "nunique"), fact_ids=("fact_id", tuple)
    )
    # A site of which only the year is known may have begun on any of its days: it counts when all of them are late enough.
    grouped["day"] = [periods.first_day(text) if kind == SITE else periods.last_day(text) for text, kind in zip(grouped["date"], grouped["kind"], strict=True)]
    if since is not None:
        grouped = grouped[grouped["day"] >= since]
    newest = grouped.sort_values(["day", "jurisdiction", "kind"], ascending=[False, True, True]).head(len(grouped) if most is None else most)
    return newest.drop(columns="day").reset_index(drop=True)


# An event of such a theme says nothing more than a fact of such a kind on the same day in the same place.
_TOLD_BY = {APPROVED: "regulation", COVERED: "payment", PRICED: "price"}


def told_already(changes: pd.DataFrame) -> pd.Series:
    """Say of each change whether it is an event that a fact tells already; ``changes``: date, jurisdiction, kind, theme."""
    told = {(row.date, row.jurisdiction, _TOLD_BY[row.kind]) for row in changes.itertuples() if row.kind in _TOLD_BY}
    events = [row.kind == EVENT and (row.date, row.jurisdiction, row.theme) in told for row in changes.itertuples()]
    return pd.Series(events, index=changes.index, dtype=bool)
