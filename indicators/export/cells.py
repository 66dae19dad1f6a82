"""The cells of a table for other programs: what type a column has, and text that no spreadsheet runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd

Cell = bool | int | float | date | str | None


class Type(StrEnum):
    """What the cells of a column are."""

    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # full days only
    BOOLEAN = "boolean"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column: its heading, its type, and its cells, where None is what nobody knows.

    In a column of numbers some cells may be texts that say what is known in place of a number ("≥ 3", "no evidence found"):
    they are never made a number.
    """

    name: str
    type: Type
    cells: tuple[Cell, ...]

    @property
    def numbers(self) -> tuple[Cell, ...]:
        """The cells with None for a text in a column of another type."""
        return self.cells if self.type is Type.TEXT else tuple(None if isinstance(cell, str) else cell for cell in self.cells)

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The texts in a column of another type, None elsewhere."""
        return tuple(cell if isinstance(cell, str) and self.type is not Type.TEXT else None for cell in self.cells)


_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_PARTIAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# What begins a formula, the forms of East Asian keyboards among them; and a whole number, which is none.
_FORMULA = "=+-@＝＋－＠"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)? ?%?")
_CONTROLS = "\t\r\n"
_QUOTE = '"'
_EMPTY = '""'  # a row of one empty cell: an empty line would be no row
_QUOTED = re.compile('[",\r\n]')


def typed(table: pd.DataFrame) -> list[TypedColumn]:
    """Return the columns of a table with their types; a heading that stands twice gets a number."""
    seen: dict[str, int] = {}
    columns = []
    for place, heading in enumerate(map(str, table.columns)):
        seen[heading] = seen.get(heading, 0) + 1
        name = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        series = table.iloc[:, place]
        cells = tuple(cell(value) for value in series.tolist())
        columns.append(_column(name, cells, series))
    return columns


def cell(value: Any) -> Cell:
    """Return a table's value as a plain one: None for what is missing, whole numbers of integer columns as int."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date | str):
        return value
    if hasattr(value, "item"):  # numpy's own types
        return cell(value.item())
    return value if isinstance(value, int | float) else str(value)


def _column(name: str, cells: tuple[Cell, ...], series: pd.Series) -> TypedColumn:
    known = [value for value in cells if value is not None and value != ""]
    if known and all(isinstance(value, bool) for value in known):
        return TypedColumn(name, Type.BOOLEAN, cells)
    if pd.api.types.is_integer_dtype(series.dtype):
        return TypedColumn(name, Type.INTEGER, cells)
    numbers = [value for value in known if isinstance(value, int | float) and not isinstance(value, bool)]
    if numbers or pd.api.types.is_float_dtype(series.dtype):
        whole = bool(numbers) and all(isinstance(value, int) for value in numbers)
        return TypedColumn(name, Type.INTEGER if whole else Type.NUMBER, tuple(value if value != "" else None for value in cells))
    if known and all(is_day(value) for value in known):
        return TypedColumn(name, Type.DATE, tuple(day_of(value) for value in cells))
    return TypedColumn(name, Type.TEXT, tuple(value.isoformat() if isinstance(value, date) else value for value in cells))


def is_day(value: Cell) -> bool:
    """Return whether a cell says a full day: a date, or one in ISO 8601."""
    if isinstance(value, date):
        return True
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:  # 31 June
        return False
    return True


def day_of(value: Cell) -> date | None:
    """Return the day that a cell says, None for an empty one; only for cells that pass :func:`is_day`."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value if isinstance(value, date) else None


def holds_dates(cells: Iterable[Cell]) -> bool:
    """Return whether all cells of a column of texts are dates in ISO 8601, some of them perhaps a year or a month only."""
    known = [value for value in cells if value]
    return bool(known) and all(isinstance(value, str) and _PARTIAL.fullmatch(value) for value in known)


def neutralised(text: str) -> str:
    """Return a text so that no spreadsheet runs it as a formula when it opens a CSV file: with an apostrophe before it.

    A text that is wholly a number, such as -5 or +3.2 %, is no formula and stays as it is.
    """
    first = text.lstrip()[:1]
    if text[:1] not in _CONTROLS and (not first or first not in _FORMULA):
        return text
    if not text or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def number_text(value: float) -> str:
    """Return a number as every program reads it: no exponent, no separators, no zeros that say nothing."""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    return f"{value:.17f}".rstrip("0") if "e" in repr(value) else repr(value)


def csv_cell(value: Cell) -> str:
    """Return how a CSV file writes a cell: nothing for what is missing, numbers bare, texts neutralised."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    return value.isoformat() if isinstance(value, date) else neutralised(value)


def csv_bytes(columns: Sequence[TypedColumn]) -> bytes:
    """Return columns as CSV: UTF-8 with a byte order mark, so that spreadsheets read accents right, and line feeds."""
    rows = zip(*([csv_cell(value) for value in column.cells] for column in columns), strict=True)
    return csv_text([[neutralised(column.name) for column in columns], *rows])


def csv_of(table: pd.DataFrame) -> bytes:
    """Return a table as CSV, each cell by itself; as :func:`csv_bytes` for those that do not need types of columns."""
    return csv_text([map(neutralised, map(str, table.columns)), *(map(csv_cell, map(cell, row)) for row in table.itertuples(index=False, name=None))])


def csv_text(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows of cells as CSV; Python's own writer leaves a carriage return bare, at which others end the line."""
    lines = (",".join(f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(text) else text for text in row) for row in rows)
    return b"\xef\xbb\xbf" + "".join(f"{line or _EMPTY}\n" for line in lines).encode("utf-8")
