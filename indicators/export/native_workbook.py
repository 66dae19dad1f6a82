"""The workbook inside an editable chart: names and values as people read them, and where each series has its cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from indicators.export.native_model import AREA, BARS, Plan
from indicators.language import _

SHEET = "Data"
_EPOCH = datetime(2000, 1, 1)  # the same chart gives the same file
_FORMULA = tuple("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a series has its name, its names or places across, and its values (places upright)."""

    name: str
    across: str
    values: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook and the cells of each series."""

    content: bytes
    cells: tuple[Cells, ...]


def workbook(plan: Plan, about: Sequence[tuple[str, str]]) -> Workbook:
    """Return the workbook of a chart; ``about`` (heading, text) goes to a sheet of its own: what it is, and where it is from."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": _EPOCH})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    cells = _of_points(sheet, plan, formats) if plan.kind not in (BARS, AREA) else _of_rows(sheet, plan, formats)
    told = book.add_worksheet(_("About"))
    told.set_column(0, 0, 16)
    told.set_column(1, 1, 110)
    for number, (heading, text) in enumerate(about):
        told.write_string(number, 0, heading, formats["head"])
        told.write_string(number, 1, safe(text), formats["wrap"])
    book.close()
    return Workbook(buffer.getvalue(), cells)


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even when somebody edits its cell."""
    return f"\u200b{text}" if text.startswith(_FORMULA) else text


def _of_rows(sheet: Any, plan: Plan, formats: dict[str, Any]) -> tuple[Cells, ...]:
    """Write a row for each name (or day), a column for each series."""
    is_area = plan.kind == AREA
    names: Sequence[Any] = plan.days if is_area else plan.rows
    sheet.write_string(0, 0, plan.row_title or _("Row"), formats["head"])
    sheet.set_column(0, 0, 14 if is_area else min(60, max([12, *(len(str(name)) for name in names)])))
    for row, name in enumerate(names, start=1):
        if is_area:
            sheet.write_number(row, 0, name, formats["day"])
        else:
            sheet.write_string(row, 0, safe(name.replace("\n", " ")))
    last = max(len(names), 1) + 1
    found = []
    for column, series in enumerate(plan.series, start=1):
        letter = _column(column)
        sheet.write_string(0, column, safe(series.name), formats["head"])
        sheet.set_column(column, column, 16)
        for row, point in enumerate(series.points, start=1):
            if point.x is not None:
                sheet.write_number(row, column, point.x)
        found.append(Cells(f"{SHEET}!${letter}$1", f"{SHEET}!$A$2:$A${last}", f"{SHEET}!${letter}$2:${letter}${last}"))
    return tuple(found)


def _of_points(sheet: Any, plan: Plan, formats: dict[str, Any]) -> tuple[Cells, ...]:
    """Write a row for each point: its series, whose it is, its two values, and what it says."""
    upright = _("Row, counted from below") if plan.rows else plan.y.title or _("Upright")
    across = plan.x.title or (_("Date") if plan.x.is_date else _("Value"))
    for column, (heading, width) in enumerate(((_("Series"), 22), (_("Name"), 34), (across, 18), (upright, 18), (_("What it says"), 60))):
        sheet.write_string(0, column, safe(heading), formats["head"])
        sheet.set_column(column, column, width)
    row = 1
    found = []
    for series in plan.series:
        first = row
        for point in series.points or ():
            sheet.write_string(row, 0, safe(series.name))
            if point.name:
                sheet.write_string(row, 1, safe(point.name))
            if point.x is not None:
                sheet.write_number(row, 2, point.x, formats["day"] if plan.x.is_date else None)
            if point.y is not None and point.x is not None:
                sheet.write_number(row, 3, point.y)
            if point.says:
                sheet.write_string(row, 4, safe(point.says))
            row += 1
        last = max(row, first + 1)
        found.append(Cells(f"{SHEET}!$A${first + 1}", f"{SHEET}!$C${first + 1}:$C${last}", f"{SHEET}!$D${first + 1}:$D${last}"))
        row = last
    return tuple(found)


def _column(number: int) -> str:
    """Return the letters of a column, counted from zero."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
