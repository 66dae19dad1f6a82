"""What holds of every indicator: its texts, and the contract of its observations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from indicators import catalog
from indicators.catalog import INDICATORS, Domain, Indicator, UnknownIndicatorError, ValueType, observe
from indicators.dataset import Dataset
from indicators.observations import COLUMNS, DERIVED, DOCUMENTED_NONE, EXTRA_COLUMNS, NO_EVIDENCE, OBSERVED, observations

World = Callable[..., Dataset]

DAYS = (date(2017, 12, 31), date(2020, 12, 31), date(2023, 6, 30))


def each() -> list[object]:
    """Return every indicator."""
    return [pytest.param(indicator, id=indicator.id) for indicator in INDICATORS.values()]


@pytest.fixture(scope="module")
def eventless(world: World) -> Dataset:
    """Return a dataset of countries to which nothing has happened."""
    return world()


@pytest.fixture(scope="module")
def empty(world: World) -> Dataset:
    """Return a dataset of headings."""
    return world(countries=[], indications=[])


def check_contract(dataset: Dataset, indicator: Indicator, frame: pd.DataFrame) -> None:
    """Assert what charts, exports and programs rely on."""
    assert set(COLUMNS) <= set(frame.columns) <= {*COLUMNS, *EXTRA_COLUMNS}
    assert frame["value"].dtype == "float64"
    assert frame["status"].isin([OBSERVED, DERIVED, DOCUMENTED_NONE, NO_EVIDENCE]).all()
    assert set(frame["iso3"]) >= set(dataset["countries"]["iso3"]), "a row for every country"
    key = ["iso3", "product_id"] if indicator.by_product and "product_id" in frame else ["iso3"]
    assert not frame.duplicated(key).any()

    silent = frame["status"] == NO_EVIDENCE
    assert frame.loc[silent, "value"].isna().all(), "no value without evidence"
    assert (frame.loc[silent, "fact_ids"].map(len) == 0).all()
    assert (frame.loc[silent, "label"] == "").all()
    assert frame.loc[~silent, "value"].notna().all()
    assert frame.loc[frame["status"].isin([OBSERVED, DERIVED]), "fact_ids"].map(bool).all(), "a number has its facts"
    assert frame.loc[frame["status"] == DOCUMENTED_NONE, "fact_ids"].map(bool).all(), "an absence has its facts too"
    assert frame["fact_ids"].map(type).eq(tuple).all()
    assert {fact for facts in frame["fact_ids"] for fact in facts} <= set(dataset.facts.index)

    known = frame[~silent]
    if indicator.value_type is ValueType.CATEGORY:
        codes = [code for code, _ in indicator.categories]
        assert set(known["label"]) <= set(codes)
        order = known.drop_duplicates("label").sort_values("value")["label"].tolist()
        assert order == [code for code in codes if code in set(order)], "the value is the place among the categories"
    elif indicator.value_type is ValueType.DATE:
        assert known["label"].str.fullmatch(r"\d{4}(-\d\d){0,2}").all()
        assert (known["value"].astype(int) == known["label"].str[:4].astype(int)).all()
    else:
        assert (known.loc[known["status"] == DOCUMENTED_NONE, "value"] == 0).all()
        if indicator.unit == "%" and indicator.id != "positive-decisions":
            assert known["value"].between(0, 100).all()
        assert (known["value"] >= 0).all()
    if "year" in frame:
        assert frame["year"].dropna().between(1990, 2040).all()


def test_there_are_at_least_thirty_five_indicators() -> None:
    assert len(INDICATORS) >= 35


def test_every_domain_has_indicators_and_a_title() -> None:
    assert all(catalog.in_domain(domain) and catalog.DOMAIN_TITLES[domain] for domain in Domain)
    assert sum(len(catalog.in_domain(domain)) for domain in Domain) == len(INDICATORS)


def test_identifiers_and_titles_are_unique() -> None:
    assert len({indicator.title for indicator in INDICATORS.values()}) == len(INDICATORS)
    assert len({indicator.short_title for indicator in INDICATORS.values()}) == len(INDICATORS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and name == indicator.id for name, indicator in INDICATORS.items())


@pytest.mark.parametrize("indicator", each())
def test_an_indicator_says_what_it_is_how_it_is_computed_and_after_whom(indicator: Indicator) -> None:
    for text in (indicator.title, indicator.short_title, indicator.definition, indicator.formula, indicator.reference):
        assert text.strip() == text != ""
    assert indicator.definition.endswith(".")
    assert indicator.formula.endswith(".")
    assert not indicator.title.endswith(".")
    assert indicator.direction in (-1, 0, 1)
    assert indicator.decimals >= 0
    assert bool(indicator.categories) is (indicator.value_type is ValueType.CATEGORY)
    assert bool(indicator.unit) is (indicator.value_type is not ValueType.CATEGORY)
    assert indicator.measure.__doc__


@pytest.mark.parametrize("indicator", each())
def test_values_on_the_real_dataset_keep_the_contract(today: Dataset, indicator: Indicator) -> None:
    check_contract(today, indicator, observe(today, indicator.id))


def test_the_real_dataset_has_values_of_every_indicator_but_one(today: Dataset) -> None:
    silent = [indicator_id for indicator_id in INDICATORS if observe(today, indicator_id)["value"].isna().all()]
    assert silent == ["capacity-per-1000-eligible"]  # no source gives both the capacity and the eligible patients of one country


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("indicator", each())
def test_values_as_of_an_earlier_day_keep_the_contract(real: Dataset, indicator: Indicator, day: date) -> None:
    dataset = real.as_of(day)
    check_contract(dataset, indicator, observe(dataset, indicator.id))


@pytest.mark.parametrize("indicator", each())
def test_a_world_without_any_event_has_rows_for_its_countries_and_no_invented_value(eventless: Dataset, indicator: Indicator) -> None:
    frame = observe(eventless, indicator.id)
    check_contract(eventless, indicator, frame)
    if indicator.id != "income-group":
        assert (frame["status"] == NO_EVIDENCE).all()


@pytest.mark.parametrize("indicator", each())
def test_a_dataset_of_nothing_but_headings_has_no_rows(empty: Dataset, indicator: Indicator) -> None:
    assert observe(empty, indicator.id).empty


def test_an_indicator_is_computed_once(today: Dataset) -> None:
    indicator_id = "distance-to-site"
    first, second = observe(today, indicator_id), observe(today, indicator_id)
    assert first is not second
    assert first["fact_ids"].iloc[0] is second["fact_ids"].iloc[0]


def test_an_unknown_indicator_is_an_error_of_its_own(today: Dataset) -> None:
    with pytest.raises(UnknownIndicatorError):
        observe(today, "no-such-indicator")
    with pytest.raises(UnknownIndicatorError):
        catalog.get("")


def test_countries_without_a_row_are_added_as_no_evidence_and_others_are_left_as_they_are() -> None:
    frame = observations([{"iso3": "USA", "value": 2, "status": DERIVED, "fact_ids": ("f",)}], ["DEU", "USA"])
    assert frame.to_dict("records")[1] == {"iso3": "USA", "value": 2.0, "status": DERIVED, "label": "", "fact_ids": ("f",)}
    deu = frame.to_dict("records")[0]
    assert (deu["iso3"], deu["status"], deu["label"], deu["fact_ids"]) == ("DEU", NO_EVIDENCE, "", ())
    assert pd.isna(deu["value"])


def test_years_and_products_are_columns_only_where_some_row_has_one() -> None:
    plain = {"iso3": "USA", "value": 2, "status": DERIVED}
    assert list(observations([plain]).columns) == COLUMNS
    assert list(observations([{**plain, "year": 2020}], ["DEU"]).columns) == [*COLUMNS, "year"]
    assert list(observations([{**plain, "product_id": "tisa-cel"}]).columns) == [*COLUMNS, "product_id"]
    assert observations([], []).empty
