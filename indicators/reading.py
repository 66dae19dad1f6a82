"""Reading the CSV files: rows with their line numbers, and every problem of form, so that no check works on guesses."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from indicators.schema import Table

LINE = "_line"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with the dataset, and where."""

    table: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.table}.csv:{self.line}: {self.column}: {self.text}"


class DatasetError(Exception):
    """The dataset can't be used. ``problems`` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def read_table(folder: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one table as text.

    Returns a frame with the schema's columns plus ``_line`` (line number in the file), and the problems of form:
    a missing file, bad encoding, a wrong header, too many or too few cells, a line break inside a cell.
    """
    path = folder / f"{table.name}.csv"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _frame(table, [], []), [Problem(table.name, 1, "(file)", "the file is missing")]
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return _frame(table, [], []), [Problem(table.name, line, "(file)", f"not UTF-8 at byte {error.start}")]

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    previous_line = 0
    try:
        header = next(reader, [])
        if header != table.names:
            return _frame(table, [], []), [Problem(table.name, 1, "(header)", _header_difference(header, table.names))]
        previous_line = reader.line_num
        for row in reader:
            line, previous_line = previous_line + 1, reader.line_num
            if not row:
                problems.append(Problem(table.name, line, "(line)", "empty line"))
            elif len(row) != len(header):
                problems.append(Problem(table.name, line, "(line)", f"{len(row)} cells in place of {len(header)}"))
            else:
                if reader.line_num != line:
                    problems.append(Problem(table.name, line, "(line)", "a cell holds a line break; a fact is one line"))
                rows.append(row)
                lines.append(line)
    except csv.Error as error:
        problems.append(Problem(table.name, previous_line + 1, "(line)", f"can't be read as CSV: {error}"))
    return _frame(table, rows, lines), problems


def _frame(table: Table, rows: list[list[str]], lines: list[int]) -> pd.DataFrame:
    # Plain Python strings: the checks walk through single cells, for which they are several times faster.
    frame = pd.DataFrame(rows, columns=table.names, dtype="object")
    frame[LINE] = pd.Series(lines, dtype="int64")
    return frame


def _header_difference(found: list[str], expected: list[str]) -> str:
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    parts = []
    if missing:
        parts.append("missing " + ", ".join(missing))
    if extra:
        parts.append("unknown " + ", ".join(extra))
    return "; ".join(parts) or "columns out of order; expected " + ",".join(expected)
