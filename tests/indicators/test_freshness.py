"""Facts that nobody has confirmed for longer than their kind keeps, and how figures mark them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import freshness
from indicators.charts import price_dots
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset
from indicators.tables import FACT_TABLES

World = Callable[..., Dataset]


@pytest.mark.parametrize(
    ("table", "checked", "last"),
    [
        ("prices", "2024-11-22", date(2026, 11, 22)),
        ("prices", "2024-11", date(2026, 11, 30)),
        ("prices", "2024", date(2026, 12, 31)),
        ("manufacturing_sites", "2024-02", date(2026, 2, 28)),  # the 29th does not exist two years later
        ("reimbursement", "2025-05", date(2026, 11, 30)),
        ("approvals", "2021-11-22", date(2026, 11, 22)),
    ],
)
def test_a_fact_is_fresh_up_to_the_end_of_its_shelf_life(table: str, checked: str, last: date) -> None:
    assert freshness.last_fresh_day(table, checked) == last
    assert not freshness.is_stale(table, checked, last)
    assert freshness.is_stale(table, checked, date.fromordinal(last.toordinal() + 1))


def test_shelf_lives_are_those_that_readers_were_promised() -> None:
    promised = {"approvals": 60, "prices": 24, "reimbursement": 18, "manufacturing_sites": 24}

    assert {name: freshness.SHELF_LIVES[name] for name in promised} == promised


def test_what_once_was_never_goes_stale() -> None:
    assert freshness.last_fresh_day("policy_events", "2001") is None
    assert not freshness.is_stale("outcomes", "2001", date(2099, 1, 1))


@given(table=st.sampled_from(FACT_TABLES), checked=st.dates(date(2017, 1, 1), date(2090, 1, 1)), days=st.integers(0, 4000))
def test_once_stale_always_stale_and_never_on_the_day_of_checking(table: str, checked: date, days: int) -> None:
    later = date.fromordinal(checked.toordinal() + days)

    assert not freshness.is_stale(table, checked.isoformat(), checked)
    assert freshness.is_stale(table, checked.isoformat(), later) <= freshness.is_stale(table, checked.isoformat(), date.fromordinal(later.toordinal() + 1))


PRICES = [
    {"fact_id": "price:old", "checked": "2022-06", "effective_date": "2022-01-01", "price_local": 400_000},
    {"fact_id": "price:new", "checked": "2026-06", "effective_date": "2026-01-01", "price_local": 500_000, "jurisdiction": "DEU", "currency": "USD"},
]


def test_a_dataset_knows_which_of_its_facts_are_stale_on_its_day(world: World) -> None:
    dataset = world(prices=PRICES)

    assert dataset.as_of(date(2026, 11, 22)).facts["stale"][["price:old", "price:new"]].tolist() == [True, False]
    assert dataset.as_of(date(2024, 6, 30)).facts["stale"][["price:old"]].tolist() == [False]
    assert dataset.as_of(date(2030, 1, 1)).facts["stale"][["price:old", "price:new"]].tolist() == [True, True]


def test_hover_and_table_say_that_a_fact_is_overdue(world: World) -> None:
    dataset = world(prices=PRICES).as_of(date(2026, 11, 22))
    shown = price_dots.list_price_dots(dataset, ("USA", "DEU"), (), "usd", LIGHT)
    hovers = [text for trace in shown.figure.data if trace.text is not None for text in trace.text]

    overdue = [text for text in hovers if "overdue" in text]
    assert overdue
    assert all("last confirmed Jun 2022, overdue" in text and "400,000" in text for text in overdue)
    rows = {row["Country"]: (row["Last confirmed"], row["Overdue"]) for row in shown.table.to_dict("records")}
    assert rows == {"United States": ("2022-06", "yes"), "Germany": ("2026-06", "")}


def test_a_table_without_overdue_facts_has_no_column_for_them(world: World) -> None:
    shown = price_dots.list_price_dots(world(prices=PRICES).as_of(date(2024, 6, 1)), ("USA",), (), "usd", LIGHT)

    assert "Last confirmed" in shown.table
    assert "Overdue" not in shown.table


def test_a_dataset_without_a_day_follows_the_real_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset, days = world(prices=PRICES), [date(2026, 11, 22), date(2032, 1, 1)]
    monkeypatch.setattr(Dataset, "today", property(lambda _self: days[0]))
    before = dataset.facts["stale"]["price:new"]
    monkeypatch.setattr(Dataset, "today", property(lambda _self: days[1]))

    assert (before, dataset.facts["stale"]["price:new"]) == (False, True)
