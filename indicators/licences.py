"""Under which terms what the atlas shows may be used: its own licence, and what some sources ask beside it."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.dataset import Dataset
from indicators.language import _, mark
from indicators.tables import TABLES

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
_OWN = "CC-BY-4.0"

# What is asked, for a footer and as a sentence, by the table that the facts are in.
_SHORT = {"cancer_incidence": mark("GLOBOCAN estimates: non-commercial use")}
_WHOLE = {
    "cancer_incidence": mark(
        "Estimates of GLOBOCAN in this figure are for non-commercial use with attribution to the International Agency for Research on Cancer."
    )
}


def further_terms(dataset: Dataset, fact_ids: Iterable[str], is_short: bool = False) -> list[str]:
    """Return what the sources of some facts ask beside the atlas's licence, as sentences or short enough for a footer."""
    wanted = set(fact_ids)
    asking = [name for name, table in TABLES.items() if table.licence != _OWN and dataset[name]["fact_id"].isin(wanted).any()]
    return [_((_SHORT if is_short else _WHOLE).get(name, TABLES[name].licence)) for name in asking]
