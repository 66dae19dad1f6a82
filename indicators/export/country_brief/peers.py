"""The scorecard of a brief: each key indicator on a strip with the country's peers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from indicators.catalog import DOMAIN_TITLES, Domain, Indicator, ValueType
from indicators.charts import scorecard
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.export.country_brief.sources import first_source
from indicators.language import _
from indicators.observations import NO_EVIDENCE

_LONGEST_VALUE = 32  # letters
# The two columns of the page, as even as domains allow.
_COLUMNS = ((Domain.APPROVALS, Domain.PRICES, Domain.REIMBURSEMENT), (Domain.MANUFACTURING, Domain.CARE, Domain.NEED, Domain.CONTEXT))


def scorecard_part(dataset: Dataset, iso3: str, members: tuple[str, ...], group_text: str, rows: Sequence[tuple[Indicator, dict]]) -> dict[str, Any]:
    """Return the rows (of :func:`indicators.charts.scorecard.key_rows`) in both columns by domain, and how to read them."""
    told = [[(indicator, row) for indicator, row in rows if indicator.domain in column] for column in _COLUMNS]
    title = scorecard.finding(list(rows), iso3, group_text)
    return {
        "title": _("Among its peers"),
        "finding": title,
        "columns": [{"domains": _domains(dataset, iso3, members, column), "alt": _alt(column)} for column in told],
        "note": _(
            "Grey dots are its peers ({group}), the large dot is this country, the upright line the median of the others. Further right is better for patients; "
            "where neither more nor less is better (“largest”), it is only more. A square beside the strip has no place on it: hollow, no evidence found; "
            "filled, a source documents that there is none. Values that differ very much are spaced by their logarithm."
        ).format(group=group_text),
    }


def _alt(rows: Sequence[tuple[Indicator, dict]]) -> str:
    return " ".join(
        f"{_(indicator.short_title)}: {scorecard.value_in_words(indicator, row)}, {scorecard.rank_text(indicator, row)}." for indicator, row in rows
    )


def _domains(dataset: Dataset, iso3: str, members: tuple[str, ...], rows: Sequence[tuple[Indicator, dict]]) -> list[dict[str, Any]]:
    return [
        {"title": _(DOMAIN_TITLES[domain]), "rows": [_row(dataset, iso3, members, indicator, row) for indicator, row in group]}
        for domain, group in groupby(rows, key=lambda item: item[0].domain)
    ]


def _row(dataset: Dataset, iso3: str, members: tuple[str, ...], indicator: Indicator, row: dict) -> dict[str, Any]:
    """Return one strip: ``dots`` (place from 0 to 1, and how far aside in sixteenths of an inch's pixels), ``own`` and ``median`` (places or None)."""
    scale, others = scorecard.placed(dataset, indicator, iso3, members)
    places = [scale(value) for value in others["value"]]
    has_place = bool(pd.notna(row["rank"]))
    year = f" ({int(row['year'])})" if pd.notna(row["year"]) and pd.notna(row["value"]) else ""
    value = scorecard.value_in_words(indicator, row)
    if has_place and indicator.value_type is ValueType.NUMBER and len(value + year) > _LONGEST_VALUE:  # the unit is in the name, too
        value = value_text(indicator, row["value"], row["label"], short=True)
    return {
        "name": _(indicator.short_title),
        "value": value + year,
        "is_known": has_place,
        "rank": scorecard.rank_text(indicator, row),
        "median": scale(row["median"]) if pd.notna(row["median"]) else None,
        "median_text": scorecard.median_text(indicator, row),
        "own": scale(row["value"]) if has_place else None,
        "is_unknown": row["status"] == NO_EVIDENCE,
        "dots": [[round(place, 4), round(aside, 2)] for place, aside in zip(places, scorecard.apart(places), strict=True)],
        "source": first_source(dataset, row["fact_ids"]),
    }
