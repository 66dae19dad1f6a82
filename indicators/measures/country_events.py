"""What happened when in one country: authorisations, decisions on payment, prices, sites, and events of policy."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from indicators import periods
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, WORLD, eu_members
from indicators.measures import approvals, reimbursement
from indicators.measures.changes import told_already
from indicators.observations import fact_ids
from indicators.tables import ANY_PRODUCT, PRODUCT_SPECIALS

APPROVED, EXTENDED, COVERED, DENIED, PRICED, SITE, EVENT = "approved", "extended", "covered", "denied", "priced", "site", "event"
KINDS = (APPROVED, EXTENDED, COVERED, DENIED, PRICED, SITE, EVENT)


def country_events(dataset: Dataset, iso3: str) -> pd.DataFrame:
    """Return the dated events of a country, the oldest first.

    Columns: ``key`` (no two alike), ``date`` (ISO, as precise as known), ``kind`` (of KINDS), ``jurisdiction`` (the
    country, ``EU`` for what a European decision or event means to a member, ``WORLD``), ``product_ids`` (tuple),
    ``title`` (of sites and events) and ``fact_ids``. Of each product: its first authorisation, those for further
    indications, its first covering decision and first refusal by a public payer, and its first price of any kind.
    What happened to several products in one place on one date is one event. Dates that are only an article's do not count.
    """

    def compute() -> pd.DataFrame:
        parts = [*_approvals(dataset, iso3), *_decisions(dataset, iso3), *_prices(dataset, iso3), *_sites(dataset, iso3), *_policy(dataset, iso3)]
        columns = ["date", "kind", "jurisdiction", "product_id", "title", "fact_id"]
        together = pd.DataFrame(parts, columns=columns)
        themes = dataset["policy_events"].set_index("fact_id")["theme"]
        together = together[~told_already(together.assign(theme=together["fact_id"].map(themes.to_dict().get)))]
        rows = []
        for (date, kind, place, title), group in together.groupby(["date", "kind", "jurisdiction", "title"], sort=False):
            products = tuple(dict.fromkeys(group["product_id"].sort_values()))
            rows.append({"date": date, "kind": kind, "jurisdiction": place, "product_ids": products, "title": title, "fact_ids": fact_ids(group["fact_id"])})
        frame = pd.DataFrame(rows, columns=["date", "kind", "jurisdiction", "product_ids", "title", "fact_ids"])
        order = frame["kind"].map({kind: number for number, kind in enumerate(KINDS)})
        days = pd.Series([periods.last_day(text) for text in frame["date"]], index=frame.index, dtype="object")
        frame = frame.assign(day=days, order=order).sort_values(["day", "order", "jurisdiction", "title"], kind="stable").reset_index(drop=True)
        return frame.drop(columns=["day", "order"]).assign(key=[f"event-{number}" for number in range(len(frame))])

    return dataset.remember(("country_events", iso3), compute).copy(deep=False)


_Row = tuple[str, str, str, str, str, str]


def _approvals(dataset: Dataset, iso3: str) -> Iterator[_Row]:
    granted = approvals.approved(dataset)
    granted = granted[(granted["iso3"] == iso3) & (granted["approval_date"] != "")]
    for product, group in granted.sort_values(["approval_date", "fact_id"]).groupby("product_id"):
        known_by = min(periods.last_day(text) for text in group["approval_date"])
        # A month that holds the day of another approval may mean that day: no further indication then.
        first = [text for text in group["approval_date"] if periods.first_day(text) <= known_by]
        for row in group[group["date_basis"] != "article"].to_dict("records"):
            is_first = row["approval_date"] in first
            date = max(first, key=len) if is_first else row["approval_date"]
            yield date, APPROVED if is_first else EXTENDED, row["via"] or iso3, str(product), "", row["fact_id"]


def _decisions(dataset: Dataset, iso3: str) -> Iterator[_Row]:
    facts = dataset["reimbursement"]
    facts = facts[
        (facts["jurisdiction"] == iso3) & (facts["preferred"] == "yes") & facts["scope"].isin(["national", "subnational"]) & (facts["decision_date"] != "")
    ]
    for kind, chosen in ((COVERED, facts["coverage"].isin(reimbursement.PUBLIC)), (DENIED, facts["decision"] == "not-recommended")):
        for row in _earliest(facts[chosen], "decision_date"):
            yield row["decision_date"], kind, iso3, row["product_id"], "", row["fact_id"]


def _prices(dataset: Dataset, iso3: str) -> Iterator[_Row]:
    facts = dataset["prices"]
    known = facts[
        (facts["jurisdiction"] == iso3)
        & (facts["preferred"] == "yes")
        & (facts["value_kind"] != "target")
        & (facts["effective_date"] != "")
        & ~facts["product_id"].isin(PRODUCT_SPECIALS)
    ]
    for row in _earliest(known, "effective_date"):
        yield row["effective_date"], PRICED, iso3, row["product_id"], "", row["fact_id"]


def _earliest(facts: pd.DataFrame, column: str) -> list[dict]:
    """Return the facts of the earliest date of each product; where that is only an article's, none: a later one is not the first."""
    days = pd.Series([periods.last_day(text) for text in facts[column]], index=facts.index, dtype="object")
    ordered = facts.assign(day=days)
    first = ordered[ordered["day"] == ordered.groupby("product_id")["day"].transform("min")]
    return first[first["date_basis"] != "article"].sort_values(["day", "fact_id"]).to_dict("records")


def _sites(dataset: Dataset, iso3: str) -> Iterator[_Row]:
    sites = dataset["manufacturing_sites"]
    for row in sites[(sites["iso3"] == iso3) & (sites["start_year"] != "")].to_dict("records"):
        yield row["start_year"], SITE, iso3, ANY_PRODUCT, row["site_name"], row["fact_id"]


def _policy(dataset: Dataset, iso3: str) -> Iterator[_Row]:
    events = dataset["policy_events"]
    for row in events[(events["preferred"] == "yes") & events["jurisdiction"].isin([iso3, EU, WORLD])].to_dict("records"):
        if row["jurisdiction"] != EU or iso3 in eu_members(periods.last_day(row["date"])):
            yield row["date"], EVENT, row["jurisdiction"], ANY_PRODUCT, row["title"], row["fact_id"]
