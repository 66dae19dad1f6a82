"""Which countries to set beside each other where a reader has named none, or more than there is room for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from indicators.catalog import observe
from indicators.dataset import Dataset
from indicators.tables import CURATED_TABLES


def most_documented(dataset: Dataset, countries: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the countries with the most facts collected about them, at most ``most``, the best documented first.

    Facts of the European Union count for none of its members: they would make thirty countries equal.
    """

    def count() -> dict[str, int]:
        columns = [(name, next((place for place in ("iso3", "jurisdiction") if place in dataset[name]), "")) for name in CURATED_TABLES]
        places = [dataset[name][place] for name, place in columns if place]
        return {str(place): int(number) for place, number in pd.concat(places).value_counts().items()}

    facts = dataset.remember("facts_by_place", count)
    return tuple(sorted(countries, key=lambda iso3: (-facts.get(iso3, 0), iso3))[:most])


def largest(dataset: Dataset, countries: Collection[str], most: int) -> tuple[str, ...]:
    """Return the countries with the most people, at most ``most``, the largest first; those of unknown population come last."""
    people = observe(dataset, "population").set_index("iso3")["value"].fillna(-1).to_dict()
    return tuple(sorted(countries, key=lambda iso3: (-people.get(iso3, -1), iso3))[:most])


def peers(dataset: Dataset, countries: Collection[str], named: Collection[str], column: str) -> tuple[str, ...]:
    """Return those of ``countries`` that share a group with one of ``named``, and the named themselves.

    ``column`` of the table of countries says which group: ``wb_income_group``, ``un_m49_region``.
    """
    group = dataset["countries"].set_index("iso3")[column].to_dict()
    groups = {group.get(iso3, "") for iso3 in named} - {""}
    return tuple(iso3 for iso3 in countries if iso3 in named or group.get(iso3) in groups)
