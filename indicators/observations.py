"""Observations: the one shape in which an indicator's values travel to figures, exports and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

OBSERVED = "observed"  # a fact says exactly this
DERIVED = "derived"  # computed from facts
DOCUMENTED_NONE = "documented-none"  # a source says that there is none
NO_EVIDENCE = "no-evidence"  # we looked and found nothing

# Labels of numbers that are no point: a bound, or the low end of a range. They have no part in a ranking or in statistics.
BOUND_LABELS = frozenset({"at-least", "at-most", "range", "bound"})

COLUMNS = ["iso3", "value", "status", "label", "fact_ids"]
EXTRA_COLUMNS = ["product_id", "year"]


def observations(rows: Iterable[Mapping[str, Any]], countries: Iterable[str] = ()) -> pd.DataFrame:
    """Return a tidy frame of observations.

    Each row has ``iso3``, ``value`` (float; NaN where there is none), ``status`` and, where they apply, ``label``
    (what the number alone does not say: a category's code, an ISO date, the word ``at-least``), ``fact_ids`` (tuple),
    ``product_id`` and ``year`` (of the figure). Countries of ``countries`` without a row are added as ``no-evidence``.
    """
    filled = [{"value": float("nan"), "label": "", "fact_ids": (), "product_id": "", "year": float("nan"), **row} for row in rows]
    present = {row["iso3"] for row in filled}
    filled += [
        {"iso3": iso3, "value": float("nan"), "status": NO_EVIDENCE, "label": "", "fact_ids": (), "product_id": "", "year": float("nan")}
        for iso3 in countries
        if iso3 not in present
    ]
    frame = pd.DataFrame(filled, columns=[*COLUMNS, *EXTRA_COLUMNS])
    frame = frame.astype({"value": "float64", "year": "float64"})
    if not frame["year"].notna().any():
        frame = frame.drop(columns="year")
    if not (frame["product_id"] != "").any():
        frame = frame.drop(columns="product_id")
    order = [column for column in ("iso3", "product_id") if column in frame]
    return frame.sort_values(order, kind="stable").reset_index(drop=True)


def known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that carry a value, documented absences included where they do."""
    return frame[frame["value"].notna()]


def fact_ids(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of several groups as one tuple without repeats, in order."""
    return tuple(dict.fromkeys(fact_id for group in groups for fact_id in group))
