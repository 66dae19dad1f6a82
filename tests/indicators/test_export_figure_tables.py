"""The tables of figures, read by other programs: they hold what the catalog says, with facts, sources and method."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from indicators import catalog
from indicators.charts.chart import Target
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit
from indicators.export import citation, figure_tables, formats
from indicators.figures import registry

World = Callable[..., Dataset]
SITE = "https://atlas.example.org"
DAY = date(2026, 11, 1)
TRAPS = ("=1+1", "@SUM(A1)", "-1+1", "+1+1", '=HYPERLINK("https://example.org";"x")', "=cmd|' /C calc'!A0", "＝1+1")


def drawn(dataset: Dataset, reference: str) -> Exhibit:
    return exhibit(dataset, f"{reference}{'&' if '?' in reference else '?'}as_of={DAY.isoformat()}", published_at=SITE)


@pytest.fixture(scope="module")
def world_map(real: Dataset) -> Exhibit:
    return drawn(real, "overview-world?measure=median-list-price")


@pytest.fixture(scope="module")
def ranking(real: Dataset) -> Exhibit:
    return drawn(real, "overview-world?measure=list-price-gdp-multiple&world=ranking")


@pytest.fixture(scope="module")
def prices(real: Dataset) -> Exhibit:
    return drawn(real, "prices-list")


def csv_rows(one: Exhibit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(figure_tables.csv(one).decode("utf-8-sig"), newline="")))


def book_of(one: Exhibit) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(figure_tables.xlsx(one)))


def sheet_rows(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def json_of(one: Exhibit) -> dict:
    return json.loads(figure_tables.json_text(one))


def every_table(one: Exhibit) -> dict[str, list[dict[str, object]]]:
    parquet = pq.read_table(io.BytesIO(figure_tables.parquet(one))).to_pylist()
    return {"csv": csv_rows(one), "xlsx": sheet_rows(book_of(one), "data"), "json": json_of(one)["rows"], "parquet": parquet}


@pytest.mark.parametrize(("name", "indicator_id"), [("world_map", "median-list-price"), ("ranking", "list-price-gdp-multiple")])
def test_each_format_has_the_values_of_the_catalog_and_nothing_where_it_has_none(
    real: Dataset, request: pytest.FixtureRequest, name: str, indicator_id: str
) -> None:
    one: Exhibit = request.getfixturevalue(name)
    indicator = catalog.get(indicator_id)
    seen = catalog.observe(real.as_of(DAY), indicator_id).set_index("iso3")["value"]
    wanted = {iso3: None if pd.isna(value) else round(value, indicator.decimals) for iso3, value in seen.items()}
    heading = next(heading for heading in one.chart.table if heading.startswith(indicator.short_title))
    assert sum(value is not None for value in wanted.values()) > 10
    assert sum(value is None for value in wanted.values()) > 100

    for kind, rows in every_table(one).items():
        read = {str(row["ISO code"]): row[heading] for row in rows}
        if kind == "csv":
            read = {iso3: float(str(cell)) if cell else None for iso3, cell in read.items()}
        assert read == {iso3: pytest.approx(value) if value is not None else None for iso3, value in wanted.items()}, kind
        assert all(row["Status"] == "no evidence found" for row in rows if wanted[str(row["ISO code"])] is None), kind


def test_each_format_has_the_prices_of_the_dataset(real: Dataset, prices: Exhibit) -> None:
    facts = real["prices"].set_index("fact_id")
    wanted = {(facts.at[fact, "price_local"] if facts.at[fact, "value_kind"] != "range" else facts.at[fact, "price_low"]) for fact in prices.chart.table.index}
    for kind, rows in every_table(prices).items():
        assert {float(str(row["Amount"])) for row in rows} == wanted, kind
        assert len(rows) == len(prices.chart.table), kind


def test_csv_is_one_line_of_headings_and_the_rows(prices: Exhibit) -> None:
    content = figure_tables.csv(prices)

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv_rows(prices)[0]) == list(prices.chart.table.columns)
    assert len(csv_rows(prices)) == len(prices.chart.table)
    assert b"2019.0" not in content


def test_the_spreadsheet_has_four_sheets_that_can_be_used_at_once(prices: Exhibit) -> None:
    book = book_of(prices)

    assert book.sheetnames == ["data", "facts", "sources", "method"]
    for name in ("data", "facts", "sources"):
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref == book[name].dimensions
        widths = [dimension.width for dimension in book[name].column_dimensions.values()]
        assert all(8 <= width <= 62 for width in widths)
    assert max(dimension.width for dimension in book["data"].column_dimensions.values()) > 20


def test_full_days_are_dates_in_the_spreadsheet_and_what_is_known_in_part_is_text(prices: Exhibit) -> None:
    stated = list(prices.chart.table["Date"])
    cells = [row["Date"] for row in sheet_rows(book_of(prices), "data")]

    assert any(len(text) == 10 for text in stated)
    assert any(len(text) < 10 for text in stated)
    assert cells == [datetime.fromisoformat(text) if len(text) == 10 else text for text in stated]


def test_the_facts_sheet_has_each_fact_with_its_local_figure_and_its_sources(real: Dataset, prices: Exhibit) -> None:
    facts = {row["Fact"]: row for row in sheet_rows(book_of(prices), "facts")}

    assert list(facts) == list(prices.chart.fact_ids)
    stated = real["prices"].set_index("fact_id")
    for fact_id in prices.chart.table.index:
        row, told = facts[fact_id], stated.loc[fact_id]
        assert (row["Local figure"] is None) == pd.isna(told["price_local"])
        assert row["Local figure"] is None or row["Local figure"] == told["price_local"]
        assert (row["Unit"], row["ISO code"], row["Confidence"]) == (told["currency"], told["jurisdiction"], told["confidence"])
        assert row["Note"] == (told["note"] or None)
        assert [real.sources.at[source, "url"] for source in told["source_ids"].split(";")] == row["Sources"].split("; ")


def test_the_sources_sheet_has_each_source_with_a_link_and_how_to_cite_it(real: Dataset, prices: Exhibit) -> None:
    book = book_of(prices)
    rows = sheet_rows(book, "sources")
    place = [cell.value for cell in book["sources"][1]].index("Address") + 1

    assert [row["Source id"] for row in rows] == list(prices.source_ids)
    assert all(row["How to cite it"] == citation.apa_source(real, row["Source id"]) for row in rows)
    assert [book["sources"].cell(row, place).hyperlink.target for row in (2, 3)] == [row["Address"] for row in rows[:2]]


def test_the_method_sheet_says_what_it_is_how_it_was_made_and_how_to_cite_it(ranking: Exhibit) -> None:
    pairs = [(row[0].value, row[1].value) for row in book_of(ranking)["method"].iter_rows()]
    texts = {text for _name, text in pairs}
    indicator = catalog.get("list-price-gdp-multiple")

    assert {ranking.chart.title, ranking.chart.subtitle, ranking.how_to_read, ranking.dataset.version, DAY.isoformat(), ranking.address} <= texts
    assert {indicator.definition, indicator.formula, indicator.reference} <= texts
    assert {citation.apa_figure(ranking), citation.apa_dataset(ranking.dataset.version, SITE)} <= texts
    assert any("CC BY 4.0" in text for text in texts)
    assert ranking.address.startswith(SITE)


def test_what_sources_ask_beside_the_licence_is_said(real: Dataset, prices: Exhibit) -> None:
    cases = drawn(real, "overview-world?measure=new-cases-nhl&countries=BRA")

    assert "non-commercial use" in json_of(cases)["licence"]
    assert "non-commercial" not in json_of(prices)["licence"]


def test_json_says_what_it_is_and_has_numbers_as_numbers_and_null_for_what_is_missing(world_map: Exhibit) -> None:
    told = json_of(world_map)

    assert (told["title"], told["subtitle"], told["reference"]) == (world_map.chart.title, world_map.chart.subtitle, world_map.reference)
    assert (told["address"], told["as_of"], told["data_version"]) == (world_map.address, "2026-11-01", world_map.dataset.version)
    types = {column["name"]: column["type"] for column in told["columns"]}
    assert (types["List price (US dollars)"], types["Year"], types["Country"]) == ("integer", "integer", "text")
    brazil, uganda = (next(row for row in told["rows"] if row["ISO code"] == iso3) for iso3 in ("BRA", "UGA"))
    assert isinstance(brazil["List price (US dollars)"], int)
    assert uganda["List price (US dollars)"] is None
    place = told["rows"].index(brazil)
    assert told["facts_of_rows"][place] == brazil["Facts"].split("; ")
    assert {fact["fact_id"] for fact in told["facts"]} == set(world_map.chart.fact_ids)
    assert [source["source_id"] for source in told["sources"]] == list(world_map.source_ids)
    assert told["citation"]["figure"] == citation.apa_figure(world_map)


def test_parquet_has_typed_columns_the_facts_of_each_row_and_says_whence_it_is(world_map: Exhibit) -> None:
    table = pq.read_table(io.BytesIO(figure_tables.parquet(world_map)))
    told = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}

    assert table.schema.field("List price (US dollars)").type == pa.int64()
    assert table.schema.field("Country").type == pa.string()
    assert table.schema.field("fact_ids").type == pa.list_(pa.field("element", pa.string()))
    assert told["title"] == world_map.chart.title
    assert (told["address"], told["data_version"], told["as_of"]) == (world_map.address, world_map.dataset.version, "2026-11-01")
    assert told["citation"] == citation.apa_figure(world_map)
    assert {source["source_id"] for source in json.loads(told["sources"])} == set(world_map.source_ids)


def test_a_figure_over_time_has_its_days_as_dates(real: Dataset) -> None:
    trend = drawn(real, "overview-world?world=trend")

    assert pq.read_table(io.BytesIO(figure_tables.parquet(trend))).schema.field("Date").type == pa.date32()
    assert isinstance(sheet_rows(book_of(trend), "data")[0]["Date"], datetime)
    assert json_of(trend)["rows"][0]["Date"] == "2017-12-31"


@pytest.fixture(scope="module")
def trapped(world: World) -> Exhibit:
    """Return a figure whose facts have notes that would be formulas, and whose table has cells of all kinds."""
    dataset = world(
        prices=[
            {"price_local": 475000 + place, "effective_date": "2019-03", "note": note, "fact_id": f"price:{place}", "product_id": f"p{place}"}
            for place, note in enumerate(TRAPS)
        ]
    )
    one = exhibit(dataset, "prices-list", published_at=SITE)
    keys = [f"price:{place}" for place in range(len(TRAPS))]
    table = pd.DataFrame({"Note": TRAPS, "Change": [-1.5, "≥ 3", "no evidence found", None, -3, 0, 12]}, index=keys)
    targets = {key: Target("x", "x", (key,)) for key in keys}
    return replace(one, chart=replace(one.chart, table=table, fact_ids=tuple(keys), targets=targets))


def test_formulas_in_texts_are_texts_in_every_format_and_negative_numbers_are_numbers(trapped: Exhibit) -> None:
    book = book_of(trapped)

    for name in ("data", "facts"):
        place = [cell.value for cell in book[name][1]].index("Note") + 1
        cells = [book[name].cell(row, place) for row in range(2, len(TRAPS) + 2)]
        assert [cell.value for cell in cells] == list(TRAPS)
        assert {cell.data_type for cell in cells} == {"s"}
    rows = csv_rows(trapped)
    assert [row["Note"] for row in rows] == [f"'{trap}" for trap in TRAPS]
    assert [row["Change"] for row in rows] == ["-1.5", "≥ 3", "no evidence found", "", "-3", "0", "12"]
    assert [row["Note"] for row in json_of(trapped)["rows"]] == list(TRAPS)


def test_a_word_in_a_column_of_numbers_is_kept_and_never_becomes_zero(trapped: Exhibit) -> None:
    shown = [-1.5, "≥ 3", "no evidence found", None, -3, 0, 12]

    assert [row["Change"] for row in sheet_rows(book_of(trapped), "data")] == shown
    assert [row["Change"] for row in json_of(trapped)["rows"]] == shown
    table = pq.read_table(io.BytesIO(figure_tables.parquet(trapped))).to_pydict()
    assert table["Change"] == [-1.5, None, None, None, -3.0, 0.0, 12.0]
    assert table["Change, in words"] == [None, "≥ 3", "no evidence found", None, None, None, None]


@pytest.mark.parametrize("reference", ["overview-world?countries=TUV", "prices-history?countries=BRA"])
def test_a_figure_of_one_country_can_be_taken_away_too(real: Dataset, reference: str) -> None:
    one = drawn(real, reference)
    assert len(one.chart.table)
    for kind, rows in every_table(one).items():
        assert len(rows) == len(one.chart.table), kind


def test_a_figure_of_nothing_says_so_in_its_table(real: Dataset) -> None:
    one = drawn(real, "prices-list?countries=TUV")
    assert one.chart.table.empty
    for kind, rows in every_table(one).items():
        assert rows == [{"Finding": one.chart.title}], kind
    assert json_of(one)["facts"] == []
    assert sheet_rows(book_of(one), "facts") == []


def test_every_kind_of_figure_has_a_table_with_a_row_for_each_that_its_page_shows(real: Dataset) -> None:
    kinds: dict[str, str] = {}  # what one module draws has tables of one kind
    for figure_id in registry.FIGURES:
        kinds.setdefault(registry.read(real, figure_id).drawing.build.__module__, figure_id)
    assert len(kinds) > 25
    for figure_id in kinds.values():
        one = drawn(real, figure_id)
        table = pq.read_table(io.BytesIO(formats.export(one, "parquet")))
        assert len(table) == len(csv_rows(one)) == len(one.chart.table), figure_id
        if len(one.chart.fact_ids) < 40:
            assert openpyxl.load_workbook(io.BytesIO(formats.export(one, "xlsx")))["data"].max_row == len(one.chart.table) + 1, figure_id


def test_each_format_has_an_ending_of_its_own_and_the_file_is_named_after_the_figure(prices: Exhibit) -> None:
    names = {formats.file_name(prices, code) for code in formats.FORMATS}

    assert len(names) == len(formats.FORMATS)
    assert formats.file_name(prices, "csv", "square") == f"{prices.file_name}.csv"
    assert formats.file_name(prices, "png", "square") == f"{prices.file_name}-square.png"
    with pytest.raises(KeyError):
        formats.export(prices, "docx")
