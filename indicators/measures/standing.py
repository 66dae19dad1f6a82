"""How one country stands among its peers: its value of each key indicator, their median, and its rank."""

from __future__ import annotations

import pandas as pd

from indicators import catalog
from indicators.catalog import Indicator, ValueType
from indicators.dataset import Dataset
from indicators.observations import BOUND_LABELS, DOCUMENTED_NONE, NO_EVIDENCE

# Two to four a domain, in the catalog's order.
KEY_INDICATORS = (
    "products-approved",
    "indications-approved",
    "first-approval-date",
    "median-approval-lag",
    "median-list-price",
    "list-price-gdp-multiple",
    "list-price-relative-to-usa",
    "reimbursement-status",
    "products-covered",
    "rate-of-availability",
    "time-to-availability",
    "manufacturing-sites",
    "coming-sites",
    "distance-to-site",
    "centres-per-10-million",
    "patients-per-million",
    "clinical-trials",
    "route-to-treatment",
    "new-cases-three-cancers",
    "new-cases-per-100000",
    "gdp-per-head",
    "health-spending-per-head",
    "out-of-pocket-share",
    "uhc-index",
)
PEER_GROUPS = ("income", "region", "world")
_PEER_COLUMNS = {"income": "wb_income_group", "region": "un_m49_region"}


def peer_groups(dataset: Dataset, iso3: str) -> tuple[str, ...]:
    """Return the groups of peers that a country has: one that the World Bank does not classify has none of income."""
    country = dataset["countries"].set_index("iso3").loc[iso3]
    return tuple(group for group in PEER_GROUPS if group == "world" or country[_PEER_COLUMNS[group]])


def peers(dataset: Dataset, iso3: str, group: str) -> tuple[str, ...]:
    """Return the codes of a country's peers, itself among them: of the same ``income`` group, ``region`` (M49), or the ``world``."""
    countries = dataset["countries"]
    if group == "world":
        return tuple(countries["iso3"])
    column = _PEER_COLUMNS[group]
    own = countries.loc[countries["iso3"] == iso3, column].iloc[0]
    return tuple(countries.loc[countries[column] == own, "iso3"])


def has_place(indicator: Indicator, observations: pd.DataFrame) -> pd.Series:
    """Say which observations have a place among others: those with a value; a documented none of a number has no more than its word."""
    is_none = (observations["status"] == DOCUMENTED_NONE) & (indicator.value_type is not ValueType.CATEGORY)
    return observations["value"].notna() & (observations["status"] != NO_EVIDENCE) & ~is_none


def lower_is_first(indicator: Indicator) -> bool:
    """Say whether the first rank is the lowest value: where less is better for patients, and among categories, the best of which is 0."""
    return indicator.direction < 0 or indicator.value_type is ValueType.CATEGORY


def standing(dataset: Dataset, iso3: str, members: tuple[str, ...]) -> pd.DataFrame:
    """Return a country's standing among ``members`` (its peers and itself), one row for each of KEY_INDICATORS.

    Columns: ``indicator_id``; ``value, status, label, year, fact_ids`` of the country; ``median`` (over the other peers
    with a value; of categories the ``most_often`` in its place); ``rank`` (1 + how many stand strictly before it, NaN
    without a value), ``tied`` (others on the same rank), ``total`` (countries with a value, itself included) and
    ``nones`` (peers of which a source documents that there is none). "At least 41" is on no rank with 41, for the figure
    behind it may be any higher one: a bound ties with nobody.
    """
    rows = []
    for indicator_id in KEY_INDICATORS:
        indicator = catalog.get(indicator_id)
        seen = catalog.observe(dataset, indicator_id)
        seen = seen[seen["iso3"].isin(members)]
        placed = seen[has_place(indicator, seen)]
        own = seen[seen["iso3"] == iso3].iloc[0]
        others = placed[placed["iso3"] != iso3]
        row: dict[str, object] = {
            "indicator_id": indicator_id,
            **{name: own[name] for name in ("value", "status", "label", "fact_ids")},
            "year": own.get("year", float("nan")),
            "median": float("nan"),
            "most_often": "",
            "rank": float("nan"),
            "tied": 0,
            "total": len(placed),
            "nones": int((seen["status"] == DOCUMENTED_NONE).sum()) if indicator.value_type is not ValueType.CATEGORY else 0,
        }
        if len(others) and indicator.value_type is ValueType.CATEGORY:
            counts = others["label"].value_counts()
            row["most_often"] = next(code for code, _text in indicator.categories if counts.get(code, 0) == counts.max())
            row["median"] = float(others.loc[others["label"] == row["most_often"], "value"].iloc[0])
        elif len(others):
            row["median"] = float(others["value"].median())
        if iso3 in set(placed["iso3"]):
            before = others["value"] < own["value"] if lower_is_first(indicator) else others["value"] > own["value"]
            row |= {"rank": 1.0 + int(before.sum()), "tied": int(((others["value"] == own["value"]) & ~others["label"].isin(BOUND_LABELS)).sum())}
        rows.append(row)
    return pd.DataFrame(rows)


def missing(dataset: Dataset, iso3: str) -> list[Indicator]:
    """Return the indicators of which there is no evidence for a country, in the catalog's order; those by product are left out."""
    found = []
    for indicator in catalog.INDICATORS.values():
        if not indicator.by_product:
            seen = catalog.observe(dataset, indicator.id)
            if (seen.loc[seen["iso3"] == iso3, "status"] == NO_EVIDENCE).all():
                found.append(indicator)
    return found
