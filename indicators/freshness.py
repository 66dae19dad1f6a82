"""When a fact counts as stale: its table's shelf life has passed since it was last confirmed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from indicators import periods
from indicators.tables import FACT_TABLES, TABLES

SHELF_LIVES: dict[str, int] = {name: TABLES[name].shelf_life_months for name in FACT_TABLES if TABLES[name].shelf_life_months}


@lru_cache(maxsize=1024)
def last_fresh_day(table: str, checked: str) -> date | None:
    """Return the last day on which a fact of ``table``, last confirmed in ``checked``, counts as fresh; None if it never goes stale."""
    months = SHELF_LIVES.get(table, 0)
    return (pd.Timestamp(periods.last_day(checked)) + pd.DateOffset(months=months)).date() if months else None


def is_stale(table: str, checked: str, today: date) -> bool:
    """Say whether a fact of ``table``, last confirmed in ``checked``, has outlived its shelf life on a day."""
    last = last_fresh_day(table, checked)
    return last is not None and today > last
