"""A figure as a spreadsheet: what is shown, each fact behind it, the sources, and the method with how to cite it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from indicators.exhibits import Exhibit
from indicators.export import figure_facts, works
from indicators.export.cells import Cell, Type, TypedColumn, day_of, holds_dates, is_day, typed
from indicators.export.workbook import LONGEST_ADDRESS, MOST_CHARACTERS, OPTIONS, column_width
from indicators.language import _

_GROUPED_FROM = 10_000  # smaller whole numbers may be years, which have no separators
_PROPERTY_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    bold: Any
    wrapped: Any
    link: Any
    day: Any
    thousands: Any


def figure_workbook(exhibit: Exhibit, columns: Sequence[TypedColumn]) -> bytes:
    """Return the workbook of a figure: the columns shown, its facts, its sources, and what a reader must know of it."""
    buffer = io.BytesIO()
    created = works.issued(exhibit.dataset.version)
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties(
            {
                "title": exhibit.chart.title[:_PROPERTY_CHARACTERS],
                "subject": exhibit.chart.subtitle[:_PROPERTY_CHARACTERS],
                "author": works.AUTHOR,
                "comments": exhibit.address[:_PROPERTY_CHARACTERS],
                # Of the data, so that a file does not change with the day on which it is made.
                "created": datetime.fromisoformat(created) if created else datetime(1980, 1, 1),
            }
        )
        formats = _Formats(
            head=book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            bold=book.add_format({"bold": True, "valign": "top"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            link=book.get_default_url_format(),
            day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            thousands=book.add_format({"num_format": "#,##0"}),
        )
        _write_table(book.add_worksheet(_("data")), columns, formats)
        _write_table(book.add_worksheet(_("facts")), _titled(figure_facts.facts(exhibit), figure_facts.FACT_COLUMNS), formats)
        _write_table(book.add_worksheet(_("sources")), _titled(figure_facts.sources(exhibit), figure_facts.SOURCE_COLUMNS), formats)
        _write_about(book.add_worksheet(_("method")), figure_facts.about(exhibit), formats)
    return buffer.getvalue()


def _titled(frame: pd.DataFrame, titles: dict[str, str]) -> list[TypedColumn]:
    """Return a frame's columns under readable headings; those that say nothing in any row are left out."""
    return [
        TypedColumn(_(titles[column.name]), column.type, column.cells)
        for column in typed(frame)
        if any(cell not in (None, "") for cell in column.cells) or column.name == "value" or not column.cells
    ]


def _write_table(sheet: Worksheet, columns: Sequence[TypedColumn], formats: _Formats) -> None:
    rows = max((len(column.cells) for column in columns), default=0)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, max(rows, 1), len(columns) - 1)})  # a year as a text is meant
    for place, column in enumerate(columns):
        dated = column.type is Type.DATE or (column.type is Type.TEXT and holds_dates(column.cells))
        number = formats.thousands if _is_grouped(column) else None
        told = [cell for cell in column.cells if cell is not None]
        sheet.set_column(place, place, column_width(column.name, told))
        sheet.write_string(0, place, column.name, formats.head)
        for row, cell in enumerate(column.cells, start=1):
            if cell is not None and cell != "":
                _write_cell(sheet, row, place, day_of(cell) if dated and is_day(cell) else cell, number, formats)


def _is_grouped(column: TypedColumn) -> bool:
    numbers = [cell for cell in column.cells if isinstance(cell, int | float)]
    return bool(numbers) and max(map(abs, numbers)) >= _GROUPED_FROM and all(float(number).is_integer() for number in numbers)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, number: Any, formats: _Formats) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, number)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, formats.day)
    elif cell is not None:
        _write_text(sheet, row, place, cell, None, formats)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, style: Any, formats: _Formats) -> None:
    if text.startswith(("http://", "https://")) and len(text) <= LONGEST_ADDRESS and not any(letter.isspace() for letter in text):
        sheet.write_url(row, place, text, formats.link, text)
    else:
        sheet.write_string(row, place, _short_enough(text), style)


def _short_enough(text: str) -> str:
    """Return a text that a spreadsheet's cell can hold; a list of addresses ends behind a whole one, with a dash that says so."""
    if len(text) <= MOST_CHARACTERS:
        return text
    cut = text[: MOST_CHARACTERS - 2]
    return (cut.rsplit("; ", 1)[0] if "; " in cut else cut) + " …"


def _write_about(sheet: Worksheet, pairs: Sequence[tuple[str, str]], formats: _Formats) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    for row, (name, text) in enumerate(pairs):
        sheet.write_string(row, 0, name, formats.bold)
        _write_text(sheet, row, 1, text, formats.wrapped, formats)
