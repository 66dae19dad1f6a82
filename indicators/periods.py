"""Dates that are only as precise as a source says: ``2024``, ``2024-03`` or ``2024-03-27``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse(text: str) -> tuple[int, int | None, int | None]:
    """Return year, month and day of an ISO 8601 date; month and day are None where the date does not say.

    Raises ValueError when the text is no such date, or names a month or day that does not exist.
    """
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"not a date (YYYY, YYYY-MM or YYYY-MM-DD): {text}")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    date(year, 1 if month is None else month, 1 if day is None else day)
    return year, month, day


def first_day(text: str) -> date:
    """Return the earliest day that the date can mean."""
    year, month, day = parse(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the latest day that the date can mean."""
    year, month, day = parse(text)
    if month is None:
        return date(year, 12, 31)
    return date(year, month, day or monthrange(year, month)[1])


def middle_day(text: str) -> date:
    """Return the day in the middle of what the date can mean: the estimate with the smallest largest error."""
    first, last = first_day(text), last_day(text)
    return first + (last - first) / 2


def is_full(text: str) -> bool:
    """Say whether the date names a day."""
    return len(text) == 10


def year_of(text: str) -> int | None:
    """Return the year, or None for an empty date."""
    return int(text[:4]) if text else None
