"""The dataset as files: what other programs read from them is what the dataset holds."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from indicators.cli import main
from indicators.dataset import DEFAULT_FOLDER, Dataset
from indicators.export import tables
from indicators.tables import TABLES

World = Callable[..., Dataset]
Write = Callable[..., Path]

TRAPS = ("=1+1", "@SUM(A1)", "-1", "+1", '=HYPERLINK("https://example.org";"x")')


@pytest.fixture(scope="module")
def trapped(world: World) -> Dataset:
    """Return a dataset whose notes would be formulas, with a price, a year and a count."""
    return world(
        prices=[
            {
                "price_local": 475000,
                "effective_date": "2019-03",
                "note": note,
                "fact_id": f"price:{number}",
                "indication_id": "unspecified",
                "product_id": f"p{number}",
            }
            for number, note in enumerate(TRAPS)
        ],
        context=[{"iso3": "BRA", "indicator": "population", "value": 203.5, "year": 2022, "fact_id": "context:1"}],
        outcomes=[{"value": 52, "patients": 93, "year": 2018, "fact_id": "outcome:1"}],
    )


def sheet(content: bytes, name: str) -> tuple[list[str], list[dict[str, object]], openpyxl.worksheet.worksheet.Worksheet]:
    opened = openpyxl.load_workbook(io.BytesIO(content))[name]
    head, *rows = [[cell.value for cell in row] for row in opened.iter_rows()]
    return head, [dict(zip(head, row, strict=True)) for row in rows], opened


def test_text_that_looks_like_a_formula_stays_text_in_the_spreadsheet(trapped: Dataset) -> None:
    head, rows, opened = sheet(tables.xlsx(trapped), "prices")

    assert sorted(row["note"] for row in rows) == sorted(TRAPS)
    note = head.index("note") + 1
    assert {opened.cell(row, note).data_type for row in range(2, len(TRAPS) + 2)} == {"s"}


def test_numbers_years_and_counts_stay_numbers_in_the_spreadsheet_and_partial_dates_stay_text(trapped: Dataset) -> None:
    content = tables.xlsx(trapped)

    price = sheet(content, "prices")[1][0]
    assert (price["price_local"], price["price_low"], price["effective_date"]) == (475000, None, "2019-03")
    figure = sheet(content, "context")[1][0]
    assert (figure["value"], figure["year"]) == (203.5, 2022)
    assert sheet(content, "outcomes")[1][0]["patients"] == 93


def test_each_sheet_of_the_spreadsheet_can_be_filtered_and_keeps_its_heading_in_view(trapped: Dataset) -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(trapped)))

    assert book.sheetnames == ["README", *TABLES]
    for name in TABLES:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref
        assert [cell.value for cell in book[name][1]] == TABLES[name].names


def test_the_first_sheet_says_version_licence_citation_and_what_each_sheet_is(trapped: Dataset) -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(trapped)))
    text = "\n".join(str(cell.value) for row in book["README"].iter_rows() for cell in row if cell.value is not None)

    assert trapped.version in text
    assert "CC BY 4.0" in text
    assert tables.citation(trapped.version) in text
    assert all(table.description in text for table in TABLES.values())


def test_addresses_of_sources_are_links_in_the_spreadsheet(trapped: Dataset) -> None:
    head, rows, opened = sheet(tables.xlsx(trapped), "sources")
    cell = opened.cell(2, head.index("url") + 1)

    assert rows[0]["url"] == cell.hyperlink.target == "https://example.org/source-a"


def test_the_spreadsheet_holds_every_row_of_the_real_dataset(real: Dataset) -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(real)), read_only=True)

    for name in TABLES:
        assert sum(1 for _row in book[name].iter_rows(values_only=True)) == len(real[name]) + 1, name


def test_csv_tables_are_the_datasets_own_files_but_for_zeros_that_say_nothing(real: Dataset) -> None:
    with zipfile.ZipFile(io.BytesIO(tables.csv_zip(real, {}))) as archive:
        for name in TABLES:
            ours = archive.read(f"{name}.csv").decode()
            original = (DEFAULT_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
            different = [pair for pair in zip(ours.splitlines(), original.splitlines(), strict=True) if pair[0] != pair[1]]
            for mine, theirs in different:
                pairs = [pair for pair in zip(mine.split(","), theirs.split(","), strict=True) if pair[0] != pair[1]]
                assert all(float(left) == float(right) for left, right in pairs), name


def test_the_archive_of_csv_files_is_a_valid_data_package_with_its_documents(real: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "atlas.zip"
    path.write_bytes(tables.export(real, "csv", DEFAULT_FOLDER))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "atlas")
        assert {"datapackage.json", "README.md", "CHANGELOG.md"} <= set(archive.namelist())
        assert json.loads(archive.read("datapackage.json"))["version"] == real.version

    report = Package(str(tmp_path / "atlas" / "datapackage.json")).validate()

    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_parquet_tables_have_types_meanings_and_the_same_rows(trapped: Dataset) -> None:
    with zipfile.ZipFile(io.BytesIO(tables.parquet_zip(trapped))) as archive:
        read = {name: pq.read_table(io.BytesIO(archive.read(f"{name}.parquet"))) for name in TABLES}

    prices = read["prices"]
    assert prices.column_names == TABLES["prices"].names
    assert prices.schema.field("price_local").type == pa.float64()
    assert read["outcomes"].schema.field("patients").type == pa.int64()
    assert read["context"].schema.field("year").type == pa.int64()
    assert sorted(prices["note"].to_pylist()) == sorted(TRAPS)
    assert set(prices["price_local"].to_pylist()) == {475000.0}
    assert set(prices["price_low"].to_pylist()) == {None}
    assert prices.schema.field("price_local").metadata[b"description"].decode().startswith("Price of one treatment")
    assert all(len(read[name]) == len(trapped[name]) for name in TABLES)


def test_the_same_dataset_gives_the_same_files(trapped: Dataset) -> None:
    for code in tables.FORMATS:
        assert tables.export(trapped, code, DEFAULT_FOLDER) == tables.export(trapped, code, DEFAULT_FOLDER), code


def test_the_expected_sizes_are_near_the_real_ones(real: Dataset) -> None:
    for code in tables.FORMATS:
        assert tables.expected_size(real, code) == pytest.approx(len(tables.export(real, code, DEFAULT_FOLDER)), rel=0.3), code


@pytest.mark.parametrize(("code", "first"), [("csv", b"PK"), ("xlsx", b"PK"), ("parquet", b"PK")])
def test_the_command_line_writes_a_file(folder: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, first: bytes) -> None:
    target = tmp_path / f"out.{code}"

    assert main(["export-data", "--format", code, "-o", str(target), "--data", str(folder())]) == 0

    assert target.read_bytes().startswith(first)
    assert str(target) in capsys.readouterr().out


def test_the_command_line_says_where_it_cannot_write(folder: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export-data", "--format", "csv", "-o", str(tmp_path / "no" / "such.zip"), "--data", str(folder())]) == 2
    assert "can't write" in capsys.readouterr().err
