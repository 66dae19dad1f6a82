"""The catalog: every indicator with its title, unit, direction, definition, formula and reference.

Every chart, export and answer reads indicators through :func:`observe`; nothing else computes a number that a person
sees. ``python -m indicators list`` prints the catalog, ``python -m indicators values ID`` the values.
"""

from __future__ import annotations

import pandas as pd

from indicators.catalog import approvals, care, context, manufacturing, need, prices, reimbursement
from indicators.catalog.indicator import DOMAIN_TITLES, Domain, Indicator, ValueType
from indicators.dataset import Dataset

_DOMAINS = (approvals, prices, reimbursement, manufacturing, care, need, context)
INDICATORS: dict[str, Indicator] = {indicator.id: indicator for domain in _DOMAINS for indicator in domain.INDICATORS}


class UnknownIndicatorError(KeyError):
    """There is no indicator of that id."""


def get(indicator_id: str) -> Indicator:
    """Return an indicator by its id. Raises UnknownIndicatorError when there is none."""
    try:
        return INDICATORS[indicator_id]
    except KeyError:
        raise UnknownIndicatorError(indicator_id) from None


def observe(dataset: Dataset, indicator_id: str) -> pd.DataFrame:
    """Return an indicator's observations on a dataset, computed once; see :mod:`indicators.observations`.

    Raises UnknownIndicatorError when there is no such indicator.
    """
    indicator = get(indicator_id)
    frame = dataset.remember(("observations", indicator_id), lambda: indicator.measure(dataset))
    return frame.copy(deep=False)


def in_domain(domain: Domain) -> list[Indicator]:
    """Return the indicators of a domain, in the catalog's order."""
    return [indicator for indicator in INDICATORS.values() if indicator.domain == domain]


__all__ = ["DOMAIN_TITLES", "INDICATORS", "Domain", "Indicator", "UnknownIndicatorError", "ValueType", "get", "in_domain", "observe"]
