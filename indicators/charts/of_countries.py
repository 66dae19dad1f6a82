"""Any indicator over the chosen countries: the map and the ranking that pages share, and so are drawn once for all of them."""

from __future__ import annotations

import pandas as pd

from indicators.catalog import observe
from indicators.charts import bars, maps
from indicators.charts.chart import Chart
from indicators.charts.template import Style
from indicators.dataset import Dataset


def _observed(dataset: Dataset, indicator_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    seen = observe(dataset, indicator_id)
    return seen[seen["iso3"].isin(countries)]


def world(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], regions: tuple[str, ...], style: Style) -> Chart:
    """Return the map of an indicator over the chosen countries; see :func:`indicators.charts.maps.world_map`."""
    return maps.world_map(dataset, indicator_id, maps.with_capitals(dataset, _observed(dataset, indicator_id, countries)), style, regions)


def ranking(dataset: Dataset, indicator_id: str, countries: tuple[str, ...], style: Style) -> Chart:
    """Return the ranking of the chosen countries by an indicator; see :func:`indicators.charts.bars.ranking`."""
    return bars.ranking(dataset, indicator_id, _observed(dataset, indicator_id, countries), style)
