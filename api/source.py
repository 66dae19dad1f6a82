"""The dataset behind these routes: the newest good one, followed when its files change."""

from __future__ import annotations

from indicators.dataset import Dataset, LiveDataset

_live = LiveDataset()


def dataset() -> Dataset:
    """Return the dataset of all time; it shares what the dashboard has loaded. Raises DatasetError where there was never a good one."""
    return _live.current()
