"""Whether the first date that is known is that of the first time: an undated fact may tell of an earlier one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from indicators import periods
from indicators.dataset import KNOWN_FROM


def known_before(facts: pd.DataFrame, column: str, text: str) -> date | None:
    """Return the day by which something undated is known to have happened, if that is before the date ``text``; else None.

    ``facts`` are those that count, ``column`` holds their dates. Undated are those without a date and those whose date
    is only an article's (``date_basis``): they say no more than that the thing had happened by then.
    """
    undated = facts.loc[(facts[column] == "") | (facts["date_basis"] == "article"), KNOWN_FROM]
    return undated.min().date() if len(undated) and undated.min() < pd.Timestamp(periods.last_day(text)) else None
