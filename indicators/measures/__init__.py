"""The functions behind the indicators: each takes a Dataset and returns Observations."""

from __future__ import annotations

from indicators.dataset import Dataset


def all_countries(dataset: Dataset) -> list[str]:
    """Return the codes of all countries of the dataset."""
    return dataset["countries"]["iso3"].tolist()
