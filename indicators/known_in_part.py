"""What is known of a country that an indicator can't use: one centre, one product, a bound, a range, a plan, an application.

An indicator without evidence must not say that nothing is known where something is.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from indicators.dataset import Dataset
from indicators.measures.prices import LIST_TYPES

_Chosen = Callable[[pd.DataFrame], pd.Series]


def _metric(name: str) -> _Chosen:
    return lambda frame: frame["metric"] == name


def _list_prices(frame: pd.DataFrame) -> pd.Series:
    return frame["price_type"].isin(LIST_TYPES)


def _all(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=frame.index)


def _of_status(*statuses: str) -> _Chosen:
    return lambda frame: frame["status"].isin(statuses)


def _authorised_routes(frame: pd.DataFrame) -> pd.Series:
    """Say which routes rest on an authorisation or exemption, though nothing says which product, or whose decision it is."""
    return frame["route"].isin(["marketing-authorisation", "hospital-exemption"]) & frame["available"].isin(["yes", "limited"])


_APPLICATIONS: tuple[str, _Chosen] = ("approvals", _of_status("under-review", "refused", "withdrawn"))
_CENTRES: tuple[str, _Chosen] = ("care_capacity", _metric("treatment-centres"))
_IN_A_YEAR: tuple[str, _Chosen] = ("care_capacity", _metric("patients-treated-annual"))
_TRIALS: tuple[str, _Chosen] = ("care_capacity", _metric("clinical-trials"))
_LISTED: tuple[str, _Chosen] = ("prices", _list_prices)
_DECISIONS: tuple[str, _Chosen] = ("reimbursement", _all)
_SITES: tuple[str, _Chosen] = ("manufacturing_sites", _of_status("unverified", "closed", "planned", "under-construction", "approved-not-started"))

# The facts that would speak of an indicator if they covered what it asks for.
_ABOUT: dict[str, tuple[str, _Chosen]] = {
    "products-approved": _APPLICATIONS,
    "indications-approved": _APPLICATIONS,
    "share-of-world-products": _APPLICATIONS,
    "first-approval-date": ("approvals", _of_status("approved", "under-review")),
    "median-approval-lag": ("approvals", _of_status("approved", "under-review")),
    "median-list-price": _LISTED,
    "median-list-price-ppp": _LISTED,
    "list-price-gdp-multiple": _LISTED,
    "list-price-health-years": _LISTED,
    "list-price-relative-to-usa": _LISTED,
    "lowest-price": ("prices", _all),
    "academic-price": ("prices", lambda frame: frame["price_type"] == "academic-cost"),
    "reimbursement-status": _DECISIONS,
    "products-covered": _DECISIONS,
    "indications-covered": _DECISIONS,
    "rate-of-availability": _DECISIONS,
    "time-to-availability": _DECISIONS,
    "positive-decisions": _DECISIONS,
    "managed-entry-agreements": _DECISIONS,
    "manufacturing-sites": _SITES,
    "makes-its-own": _SITES,
    "vein-to-vein-time": ("turnaround", _metric("vein-to-vein-time")),
    "manufacturing-failure-rate": ("turnaround", _metric("manufacturing-failure-rate")),
    "treatment-centres": _CENTRES,
    "centres-per-10-million": _CENTRES,
    "patients-treated": _IN_A_YEAR,
    "patients-per-million": _IN_A_YEAR,
    "treatment-rate": ("care_capacity", _metric("car-t-rate-per-10m")),
    "patients-treated-ever": ("care_capacity", _metric("patients-treated-cumulative")),
    "clinical-trials": _TRIALS,
    "trials-per-10-million": _TRIALS,
    "eligible-patients": ("care_capacity", _metric("eligible-patients-annual")),
}
# A route by an authorised product, in a place that has no decision of its own: another jurisdiction's holds there.
_ALSO: dict[str, tuple[str, _Chosen]] = {"products-approved": ("availability", _authorised_routes)}


def facts_in_part(dataset: Dataset, indicator_id: str, iso3: str) -> tuple[str, ...]:
    """Return the facts on a country that speak of an indicator without giving its value, in the table's order."""

    def gather() -> dict[str, tuple[str, ...]]:
        if indicator_id not in _ABOUT:
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for table, is_about in [_ABOUT[indicator_id], *([_ALSO[indicator_id]] if indicator_id in _ALSO else [])]:
            frame = dataset[table]
            about = frame[is_about(frame)]
            place = "iso3" if "iso3" in about else "jurisdiction"
            for where, group in about.groupby(place):
                found[str(where)] = (*found.get(str(where), ()), *group["fact_id"])
        return found

    return dataset.remember(("known_in_part", indicator_id), gather).get(iso3, ())
