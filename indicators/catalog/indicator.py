"""What an indicator is: a named, documented measure, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from indicators.dataset import Dataset
from indicators.language import mark


class Domain(StrEnum):
    """What an indicator is about."""

    APPROVALS = "approvals"
    PRICES = "prices"
    REIMBURSEMENT = "reimbursement"
    MANUFACTURING = "manufacturing"
    CARE = "care"
    NEED = "need"
    CONTEXT = "context"


DOMAIN_TITLES = {
    Domain.APPROVALS: mark("Approvals"),
    Domain.PRICES: mark("Prices"),
    Domain.REIMBURSEMENT: mark("Reimbursement"),
    Domain.MANUFACTURING: mark("Manufacturing"),
    Domain.CARE: mark("Care"),
    Domain.NEED: mark("Need"),
    Domain.CONTEXT: mark("Context"),
}


class ValueType(StrEnum):
    """How an indicator's value is read."""

    NUMBER = "number"
    DATE = "date"  # value: year with a fraction; label: the ISO date
    CATEGORY = "category"  # label: one of the indicator's categories; value: its place among them, the best first


@dataclass(frozen=True, slots=True)
class Indicator:
    """One named, documented measure. Texts are English and pass through gettext where they are shown.

    ``direction`` is +1 when more is better for patients, -1 when less is, 0 when neither can be said. ``categories``
    gives each category's code and text, the best first. ``by_product`` marks one row per country and product.
    ``at_least_one`` is what a country has that has a value, for the finding of a count.
    """

    id: str
    domain: Domain
    title: str
    short_title: str
    unit: str
    direction: int
    definition: str
    formula: str
    reference: str
    measure: Callable[[Dataset], pd.DataFrame]
    value_type: ValueType = ValueType.NUMBER
    decimals: int = 0
    categories: tuple[tuple[str, str], ...] = ()
    by_product: bool = False
    at_least_one: str = ""
