"""Tables for people: search, filters, and what a row opens."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date

import pytest

from indicators import explorer
from indicators.column_titles import COLUMN_TITLES
from indicators.dataset import Dataset
from indicators.explorer import Filters
from indicators.tables import TABLES

World = Callable[..., Dataset]


@pytest.fixture(scope="module")
def priced(world: World) -> Dataset:
    """Return three prices: a German one of 2019 (grade A), a Brazilian one of 2023 (D), and an undated one in the United States."""
    return world(
        prices=[
            {"jurisdiction": "DEU", "product_id": "axi-cel", "price_local": 327000, "currency": "EUR", "effective_date": "2019", "fact_id": "price:de", "note": "Ärzte"},
            {"jurisdiction": "BRA", "price_local": 2000000, "currency": "BRL", "effective_date": "2023-05-01", "fact_id": "price:br", "source_ids": "source-d;source-b", "confidence": "low", "note": "=1+1"},
            {"jurisdiction": "USA", "price_local": 475000, "fact_id": "price:us", "checked": "2020-01", "source_ids": "source-c"},
        ]
    ).as_of(date(2026, 11, 30))  # fmt: skip


def found(dataset: Dataset, **filters: object) -> set[str]:
    keys = explorer.keys(dataset, "prices")
    return {keys[position] for position in explorer.matching(dataset, "prices", Filters(**filters))}


def test_search_finds_words_in_any_cell_in_any_order_without_capitals_or_accents(priced: Dataset) -> None:
    assert found(priced, search="arzte GERMANY") == {"price:de"}
    assert found(priced, search="327000") == {"price:de"}
    assert found(priced, search="brazil tisa") == {"price:br"}
    assert found(priced, search="brazil axi") == set()
    assert found(priced, search="nan") == set()
    assert found(priced, search="  ") == {"price:de", "price:br", "price:us"}
    assert found(priced, search="(") == set()


def test_filters_narrow_by_place_product_grade_confidence_and_year(priced: Dataset) -> None:
    assert found(priced, places=("DEU", "USA")) == {"price:de", "price:us"}
    assert found(priced, products=("axi-cel",)) == {"price:de"}
    assert found(priced, grades=("B", "C")) == {"price:br", "price:us"}
    assert found(priced, confidences=("low",)) == {"price:br"}
    assert found(priced, first_year="2020") == {"price:br"}
    assert found(priced, first_year="2019", last_year="2019") == {"price:de"}


def test_choices_are_what_occurs_in_the_table(priced: Dataset) -> None:
    choices = explorer.choices(priced, "prices")

    assert choices["places"] == ("BRA", "DEU", "USA")
    assert choices["grades"] == ("A", "B", "C")
    assert choices["confidences"] == ("high", "low")
    assert choices["years"] == ("2023", "2019")


def test_a_site_is_found_by_each_of_its_products(world: World) -> None:
    dataset = world(manufacturing_sites=[{"product_ids": "axi-cel;tisa-cel", "fact_id": "site:1"}, {"fact_id": "site:2", "site_id": "other"}])

    assert explorer.choices(dataset, "manufacturing_sites")["products"] == ("axi-cel", "tisa-cel")
    assert explorer.matching(dataset, "manufacturing_sites", Filters(products=("tisa-cel",))).tolist() == [
        explorer.keys(dataset, "manufacturing_sites").index("site:1")
    ]


def test_overdue_facts_are_marked(priced: Dataset) -> None:
    shown = explorer.readable(priced, "prices")

    assert dict(zip(shown["fact_id"], shown["overdue"], strict=True)) == {"price:br": False, "price:de": False, "price:us": True}


def test_a_row_has_its_first_source_as_a_link_and_counts_the_others(priced: Dataset) -> None:
    row = explorer.readable(priced, "prices").set_index("fact_id").loc["price:br"]

    assert (row["source"], row["more"], row["grade"]) == ("https://example.org/source-d", 1, "B")


def test_the_file_of_the_rows_shown_cannot_run_a_formula_and_keeps_numbers(priced: Dataset) -> None:
    positions = explorer.matching(priced, "prices", Filters(places=("BRA",)))
    rows = list(csv.DictReader(explorer.as_csv(priced, "prices", positions).decode("utf-8-sig").splitlines()))

    assert len(rows) == 1
    assert (rows[0]["place"], rows[0]["price_local"], rows[0]["price_low"], rows[0]["note"]) == ("Brazil", "2000000", "", "'=1+1")
    assert rows[0]["source_urls"] == "https://example.org/source-d; https://example.org/source-b"


def test_every_row_of_every_table_of_facts_and_sources_opens_something(today: Dataset) -> None:
    for name in TABLES:
        if explorer.opens(name):
            assert set(explorer.targets(today, name)) == set(explorer.keys(today, name)), name


def test_a_source_opens_the_facts_that_name_it(priced: Dataset) -> None:
    targets = explorer.targets(priced, "sources")

    assert set(targets["source-d"].fact_ids) == {"price:br"}
    assert targets["source-d"].says == "1 fact rests on it"


def test_every_column_has_a_heading_and_every_heading_and_meaning_can_be_shown(today: Dataset) -> None:
    assert {name for table in TABLES.values() for name in table.names} == set(COLUMN_TITLES)
    for table in TABLES.values():
        for name in explorer.readable(today, table.name):
            assert explorer.heading(name)
            assert explorer.help_text(table, name)


def test_no_two_columns_of_a_table_have_one_heading(today: Dataset) -> None:
    for table in TABLES.values():
        headings = [explorer.heading(name) for name in explorer.readable(today, table.name)]
        assert len(set(headings)) == len(headings), table.name
