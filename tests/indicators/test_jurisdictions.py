from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators import jurisdictions
from indicators.dataset import Dataset
from indicators.jurisdictions import EU, UNITED_KINGDOM, WORLD

# Counted from the Union's own list of members, plus the three states of the European Economic Area outside it.
MEMBERS_AND_EEA = frozenset(
    [
        "AUT",
        "BEL",
        "BGR",
        "CYP",
        "CZE",
        "DEU",
        "DNK",
        "ESP",
        "EST",
        "FIN",
        "FRA",
        "GRC",
        "HRV",
        "HUN",
        "IRL",
        "ITA",
        "LTU",
        "LUX",
        "LVA",
        "MLT",
        "NLD",
        "POL",
        "PRT",
        "ROU",
        "SVK",
        "SVN",
        "SWE",
        "ISL",
        "LIE",
        "NOR",
    ]
)
LAST_DAY_IN = date(2020, 12, 31)


def decisions(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["fact_id", "jurisdiction", "known_from"])
    return frame.assign(known_from=pd.to_datetime(frame["known_from"]))


@given(st.dates(min_value=date(2017, 1, 1), max_value=date(2035, 12, 31)))
@example(LAST_DAY_IN)
@example(date(2021, 1, 1))
def test_the_united_kingdom_follows_european_decisions_to_the_end_of_2020_and_nobody_else_comes_or_goes(day: date) -> None:
    expected = MEMBERS_AND_EEA | {UNITED_KINGDOM} if day <= LAST_DAY_IN else MEMBERS_AND_EEA
    assert jurisdictions.eu_members(day) == expected


@pytest.mark.parametrize(("day", "holds"), [("2018-08-23", True), ("2020-12-31", True), ("2021-01-01", False), ("2025-07-21", False)])
def test_a_european_decision_goes_on_in_great_britain_only_if_it_was_made_in_time(day: str, holds: bool) -> None:
    expanded = jurisdictions.expand(decisions(("approval:1", EU, day)))
    assert (UNITED_KINGDOM in set(expanded["iso3"])) is holds
    assert set(expanded["iso3"]) - {UNITED_KINGDOM} == MEMBERS_AND_EEA


def test_a_european_decision_stands_once_for_each_country_and_says_where_it_comes_from() -> None:
    expanded = jurisdictions.expand(decisions(("approval:eu", EU, "2018-08-23"), ("approval:us", "USA", "2017-08-30")))
    assert not expanded.duplicated("iso3").any()
    assert set(expanded.loc[expanded["via"] == EU, "fact_id"]) == {"approval:eu"}
    assert expanded.loc[expanded["via"] == "", ["iso3", "fact_id"]].to_numpy().tolist() == [["USA", "approval:us"]]
    assert set(expanded.columns) == {"fact_id", "iso3", "known_from", "via"}


def test_a_member_that_also_decides_itself_has_both_rows() -> None:
    expanded = jurisdictions.expand(decisions(("approval:eu", EU, "2018-08-23"), ("approval:es", "ESP", "2021-02-10")))
    assert expanded.loc[expanded["iso3"] == "ESP", "fact_id"].tolist() == ["approval:es", "approval:eu"]


def test_the_world_is_no_country() -> None:
    assert jurisdictions.expand(decisions(("approval:1", WORLD, "2020-01-01"))).empty


def test_nothing_expands_to_nothing_with_the_same_columns() -> None:
    expanded = jurisdictions.expand(decisions())
    assert expanded.empty
    assert set(expanded.columns) == {"fact_id", "iso3", "known_from", "via"}


def test_every_country_of_the_dataset_that_calls_itself_a_member_of_the_economic_area_is_one(real: Dataset) -> None:
    countries = real["countries"]
    assert set(countries.loc[countries["eea_member"] == "yes", "iso3"]) == MEMBERS_AND_EEA


@pytest.mark.parametrize("code", ["UK", "EU", "XKX", "GB ", "usa", "ANT", ""])
def test_what_is_no_country_code_in_force_is_none(code: str) -> None:
    assert code not in jurisdictions.iso3_codes()


@pytest.mark.parametrize("code", ["HRK", "BGN", "EUR", "CNY"])
def test_currencies_that_prices_since_2017_may_be_in_are_known(code: str) -> None:
    assert code in jurisdictions.currency_codes()


@pytest.mark.parametrize("code", ["DEM", "EURO", "RMB", ""])
def test_what_was_no_currency_since_2017_is_none(code: str) -> None:
    assert code not in jurisdictions.currency_codes()


def test_select_without_filters_lets_every_country_pass(real: Dataset) -> None:
    countries = real["countries"]
    assert jurisdictions.select(countries) == countries["iso3"].tolist()


def test_select_keeps_the_countries_that_satisfy_every_filter(real: Dataset) -> None:
    countries = real["countries"].set_index("iso3")
    chosen = jurisdictions.select(real["countries"], ("Asia", "Africa"), ("HIC", "LIC"), ("JPN", "UGA", "IND", "DEU", "USA"))
    assert chosen == ["JPN", "UGA"]
    region = jurisdictions.select(real["countries"], regions=("Oceania",))
    assert set(region) == set(countries.index[countries["un_m49_region"] == "Oceania"])
    part = jurisdictions.select(real["countries"], regions=("Southern Asia", "Oceania"))
    assert set(part) == set(region) | set(countries.index[countries["un_m49_subregion"] == "Southern Asia"])
    income = jurisdictions.select(real["countries"], income_groups=("LMC",))
    assert set(income) == set(countries.index[countries["wb_income_group"] == "LMC"])


def test_select_can_leave_nobody(real: Dataset) -> None:
    assert jurisdictions.select(real["countries"], regions=("Europe",), income_groups=("LIC",)) == []
