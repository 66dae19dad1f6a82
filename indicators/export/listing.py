"""The list below a map on a picture that is taller than the map: the same values in words, in columns that fit."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.charts import lettering
from indicators.charts.chart import Leading

LINE = 1.75  # height of a row, in letter sizes
HEADING = 2.3  # height of the heading with the space below it
_GAP = 2.4  # between columns
_BETWEEN = 1.0  # between a name and its value, at least
_MOST_COLUMNS = 4
_LEAST_ROWS = 3  # in a column: a list of fewer lines looks like a mistake


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its name and value, and where they stand, in pixels from the list's upper left corner."""

    name: str
    value: str
    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A list laid out: its heading, its rows, and how high it is in pixels."""

    heading: str
    rows: tuple[Row, ...]
    height: float


def lay_out(leading: Leading | None, letters: float, width: float, height: float) -> Listing | None:
    """Return the list in a frame of ``width`` by ``height`` pixels, in letters of a size; None where there is none or no room.

    It takes no more columns than it needs; rows are read down each column.
    """
    if leading is None or not leading.rows:
        return None
    per_column = int((height - HEADING * letters) / (LINE * letters))
    if per_column < min(_LEAST_ROWS, len(leading.rows)):
        return None
    most = _most_columns(leading, letters, width)
    shown = min(len(leading.rows), most * per_column)
    columns = max(1, min(most, -(-shown // _LEAST_ROWS)))  # several short columns stand better than a long one at the left
    deep = -(-shown // columns)
    columns = -(-shown // deep)
    wide = (width + _GAP * letters) / most - _GAP * letters
    rows = []
    for number, (name, value) in enumerate(leading.rows[:shown]):
        left = (number // deep) * (wide + _GAP * letters)
        middle = (HEADING + LINE * (number % deep + 0.5)) * letters
        rows.append(Row(name, value, left, left + wide, middle))
    return Listing(leading.title(shown), tuple(rows), (HEADING + LINE * deep) * letters)


def _most_columns(leading: Leading, letters: float, width: float) -> int:
    """Return how many columns have room for the longest name beside the longest value."""
    names = max(lettering.width(name, letters) for name, _value in leading.rows)
    values = max(lettering.width(value, letters) for _name, value in leading.rows)
    needed = names + values + (_BETWEEN * letters if values else 0)
    return max(1, min(_MOST_COLUMNS, int((width + _GAP * letters) / (needed + _GAP * letters))))
