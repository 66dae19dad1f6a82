"""Where the atlas has facts: by country and by what they are about, each with its best grade and newest confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indicators import jurisdictions
from indicators.dataset import Dataset
from indicators.language import mark

# What a country may have facts on, by the tables that they stand in. The first seven are the catalog's domains.
GROUPS: dict[str, tuple[str, ...]] = {
    "approvals": ("approvals",),
    "prices": ("prices",),
    "reimbursement": ("reimbursement",),
    "manufacturing": ("manufacturing_sites",),
    "care": ("care_capacity", "availability"),
    "results": ("turnaround", "outcomes"),
    "policy": ("policy_events", "hurdle_findings", "hurdle_levers", "proposals"),
    "need": ("cancer_incidence",),
    "context": ("context",),
}
GROUP_TITLES = {
    "approvals": mark("Approvals"),
    "prices": mark("Prices"),
    "reimbursement": mark("Reimbursement"),
    "manufacturing": mark("Manufacturing"),
    "care": mark("Care"),
    "results": mark("Results"),
    "policy": mark("Policy"),
    "need": mark("Need"),
    "context": mark("Context"),
}
COPIED_WHOLE = ("need", "context")  # from statistical offices: nearly every country has them


def placed_facts(dataset: Dataset, groups: Mapping[Any, tuple[str, ...]]) -> pd.DataFrame:
    """Return the facts of each group of tables that are about a country: ``fact_id, iso3, group``.

    A European approval counts for each country that it holds in; any other figure on Europe as a whole or on the world
    for none.
    """
    parts = []
    for group, tables in groups.items():
        for name in tables:
            frame = dataset[name]
            if name == "approvals":
                frame = jurisdictions.expand(frame)
            elif "jurisdiction" in frame:
                frame = frame[~frame["jurisdiction"].isin([jurisdictions.EU, jurisdictions.WORLD])].rename(columns={"jurisdiction": "iso3"})
            parts.append(frame[["fact_id", "iso3"]].assign(group=group))
    return pd.concat(parts, ignore_index=True)


def by_country(dataset: Dataset) -> pd.DataFrame:
    """Return one row a country and group that has facts: ``iso3, group, facts, grade`` (best), ``checked`` (newest), ``overdue, fact_ids``.

    ``overdue`` counts facts that have outlived their shelf life; ``fact_ids`` are in the tables' order.
    """

    def gather() -> pd.DataFrame:
        rows = placed_facts(dataset, GROUPS).join(dataset.facts[["grade", "checked", "stale"]], on="fact_id")
        grouped = rows.groupby(["iso3", "group"], sort=False)
        return grouped.agg(
            facts=("fact_id", "size"), grade=("grade", "min"), checked=("checked", "max"), overdue=("stale", "sum"), fact_ids=("fact_id", tuple)
        ).reset_index()

    return dataset.remember(("coverage_by_country", dataset.today), gather).copy(deep=False)
