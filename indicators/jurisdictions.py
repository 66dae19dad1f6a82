"""Countries, and what a European decision means for them: membership by date, regions, income groups."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd
import pycountry

EU = "EU"
WORLD = "WORLD"

# The United Kingdom followed European marketing authorisations until the end of the transition period. Those granted
# by then became Great Britain licences on the day after; later ones are the MHRA's own decisions.
# Source: European Union (Withdrawal Agreement) Act 2020; Human Medicines (Amendment etc.) (EU Exit) Regulations 2019.
UNITED_KINGDOM = "GBR"
UNITED_KINGDOM_TRANSITION_END = date(2020, 12, 31)

_EU_MEMBERS = [
    "AUT",
    "BEL",
    "BGR",
    "HRV",
    "CYP",
    "CZE",
    "DNK",
    "EST",
    "FIN",
    "FRA",
    "DEU",
    "GRC",
    "HUN",
    "IRL",
    "ITA",
    "LVA",
    "LTU",
    "LUX",
    "MLT",
    "NLD",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "ESP",
    "SWE",
]
# Iceland, Liechtenstein and Norway take over Commission decisions on medicines under the EEA agreement.
_EEA_ONLY = ["ISL", "LIE", "NOR"]

# Overseas departments are part of France, and of its population in the World Bank's figures, but have ISO codes of their own.
PARTS_OF_FRANCE = frozenset({"GLP", "GUF", "MTQ", "MYT", "REU"})

INCOME_GROUP_ORDER = ("HIC", "UMC", "LMC", "LIC")


def eu_members(on: date) -> frozenset[str]:
    """Return ISO 3166-1 alpha-3 codes of countries in which an EU marketing authorisation granted on that day holds.

    The 27 members and the three further EEA countries; the United Kingdom until 31 December 2020. Membership did not
    change otherwise since Croatia joined in July 2013, before the first CAR-T approval anywhere.
    """
    members = {*_EU_MEMBERS, *_EEA_ONLY}
    if on <= UNITED_KINGDOM_TRANSITION_END:
        members.add(UNITED_KINGDOM)
    return frozenset(members)


def expand(facts: pd.DataFrame, day_column: str = "known_from") -> pd.DataFrame:
    """Turn facts by jurisdiction into facts by country.

    ``facts`` has columns ``jurisdiction`` and ``day_column`` (datetime64). The result has ``iso3`` in place of
    ``jurisdiction`` plus ``via``: ``EU`` for a row that stands for a member's share in a European decision, else empty.
    A European decision made by the end of 2020 also yields a row for the United Kingdom, where it goes on as a Great
    Britain licence. Rows of the world (``WORLD``) are dropped.
    """
    is_eu = facts["jurisdiction"] == EU
    national = facts[~is_eu & (facts["jurisdiction"] != WORLD)].rename(columns={"jurisdiction": "iso3"}).assign(via="")
    european = facts[is_eu]
    if european.empty:
        return national.reset_index(drop=True)
    held_in_uk = european[day_column] <= pd.Timestamp(UNITED_KINGDOM_TRANSITION_END)
    after = sorted(eu_members(date(2021, 1, 1)))
    parts = [
        european.drop(columns="jurisdiction").merge(pd.DataFrame({"iso3": after}), how="cross"),
        european[held_in_uk].drop(columns="jurisdiction").assign(iso3=UNITED_KINGDOM),
    ]
    expanded = pd.concat([national, *(part.assign(via=EU) for part in parts)], ignore_index=True)
    return expanded[[*national.columns]]


@lru_cache(maxsize=1)
def iso3_codes() -> frozenset[str]:
    """Return every ISO 3166-1 alpha-3 code in force."""
    return frozenset(country.alpha_3 for country in pycountry.countries)


@lru_cache(maxsize=1)
def iso2_codes() -> frozenset[str]:
    """Return every ISO 3166-1 alpha-2 code in force."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """Return every ISO 4217 code in force, and those that were legal tender at some time since 2017."""
    # The Croatian kuna (to 2022), the Bulgarian lev (to 2025) and a few others left the list during our period.
    retired_since_2017 = {"HRK", "BGN", "CUC", "MRO", "STD", "SLL", "VEF", "ANG", "ZWL", "BYR"}
    return frozenset(currency.alpha_3 for currency in pycountry.currencies) | retired_since_2017


def select(
    countries: pd.DataFrame,
    regions: tuple[str, ...] = (),
    income_groups: tuple[str, ...] = (),
    iso3: tuple[str, ...] = (),
) -> list[str]:
    """Return the codes of the countries that satisfy every filter; an empty filter lets every country pass.

    ``countries`` is the dataset's table of that name; ``regions`` are M49 regions or subregions, ``income_groups`` World
    Bank codes.
    """
    chosen = pd.Series(True, index=countries.index)
    if regions:
        chosen &= countries["un_m49_region"].isin(regions) | countries["un_m49_subregion"].isin(regions)
    if income_groups:
        chosen &= countries["wb_income_group"].isin(income_groups)
    if iso3:
        chosen &= countries["iso3"].isin(iso3)
    return countries.loc[chosen, "iso3"].tolist()
