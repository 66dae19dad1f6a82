"""A spreadsheet of typed tables: text that looks like a formula stays text, headings stay in view, columns can be filtered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from indicators.schema import NUMERIC_KINDS, Column, Kind, Table

README = "README"
_WIDEST, _NARROWEST = 60, 8
LONGEST_ADDRESS = 2079  # Excel follows no longer link
MOST_CHARACTERS = 32_767  # Excel's limit for a cell
# Only what is written as a formula, a link or a number is one.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(about: Sequence[tuple[str, str]], sheets: Sequence[tuple[Table, pd.DataFrame]], created: datetime) -> bytes:
    """Return a workbook: a first sheet with what it is (pairs of name and text) and the list of sheets, then a sheet a table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": dict(about).get("Title", ""), "comments": dict(about).get("Licence", ""), "created": created})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "bold": book.add_format({"bold": True, "valign": "top"}),
            "link": book.get_default_url_format(),
        }
        _write_readme(book.add_worksheet(README), about, sheets, formats)
        for table, frame in sheets:
            _write_table(book.add_worksheet(table.name[:31]), table, frame, formats)
    return buffer.getvalue()


def _write_readme(sheet: Worksheet, about: Sequence[tuple[str, str]], sheets: Sequence[tuple[Table, pd.DataFrame]], formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 100)
    row = 0
    for name, text in about:
        sheet.write_string(row, 0, name, formats["bold"])
        sheet.write_string(row, 2, text, formats["wrapped"])
        row += 1
    row += 1
    for column, text in enumerate(("Sheet", "Rows", "What a row says")):
        sheet.write_string(row, column, text, formats["head"])
    for table, frame in sheets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{table.name[:31]}'!A1", formats["link"], table.name[:31])
        sheet.write_number(row, 1, len(frame))
        sheet.write_string(row, 2, f"{table.title}. {table.description}", formats["wrapped"])
    row += 2
    for column, text in enumerate(("Sheet", "Column", "What it says")):
        sheet.write_string(row, column, text, formats["head"])
    for table, _frame in sheets:
        for one in table.columns:
            row += 1
            sheet.write_string(row, 0, table.name)
            sheet.write_string(row, 1, one.name)
            sheet.write_string(row, 2, one.description + (f" ({one.unit})" if one.unit else ""), formats["wrapped"])


def _write_table(sheet: Worksheet, table: Table, frame: pd.DataFrame, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    for place, column in enumerate(table.columns):
        cells = frame[column.name].tolist()
        sheet.set_column(place, place, column_width(column.name, cells))
        sheet.write_string(0, place, column.name, formats["head"])
        for row, cell in enumerate(cells, start=1):
            if cell is not None and cell is not pd.NA and cell == cell:
                _write_cell(sheet, row, place, column, cell, formats)


def _write_cell(sheet: Worksheet, row: int, place: int, column: Column, cell: Any, formats: dict[str, Any]) -> None:
    if column.kind in NUMERIC_KINDS:
        sheet.write_number(row, place, cell)
    elif column.kind is Kind.URL and len(cell) <= LONGEST_ADDRESS and cell.startswith(("http://", "https://")):
        sheet.write_url(row, place, cell, formats["link"], cell)
    else:
        sheet.write_string(row, place, cell[:MOST_CHARACTERS])


def column_width(heading: str, cells: Sequence[Any]) -> float:
    """Return the width of a column, in letters: that of nearly all of its cells and of its heading, within reason."""
    lengths = sorted(len(str(cell)) for cell in cells if cell is not None and cell is not pd.NA)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0  # one long cell must not make the whole column wide
    return float(min(_WIDEST, max(_NARROWEST, len(heading) + 3, usual + 1)))
