"""Cells for other programs: no text is run as a formula, no number becomes a text, nothing that is missing becomes zero."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.export.cells import Type, csv_bytes, csv_of, neutralised, number_text, typed

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1-1",
    "-1+1",
    "-cmd",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    "＋1-1",
    "－x",
    "＠SUM(A1)",
    '=HYPERLINK("https://example.org";"x")',
)
HARMLESS = (" ", "", "Brazil", "–", "≥ 3", "× GDP per head", "-5", "+3.2", "-1.5e3", "−0.3", "-12 %", "a=b", "1-2", "'quoted'", "no evidence found", "a;=b")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_run_begins_with_an_apostrophe(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


@given(st.text(max_size=30))
def test_no_text_in_a_csv_file_begins_as_a_formula_and_each_can_be_read_back(text: str) -> None:
    heading, (cell,) = read(csv_bytes(typed(pd.DataFrame({"a": [text]}))))

    assert heading == ["a"]
    assert cell in (text, f"'{text}")
    if cell == text and cell.lstrip()[:1] in tuple("=+-@＝＋－＠"):
        assert set(cell) <= set("0123456789+-.,eE %")  # wholly a number
        assert cell.lstrip()[:1] in "+-"
    if not any(sign in text for sign in "=+-@＝＋－＠\t\r\n"):
        assert cell == text


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_numbers_come_back_as_they_were_and_what_is_missing_stays_missing(numbers: list[float | None]) -> None:
    cells = [row[0] for row in read(csv_bytes(typed(pd.DataFrame({"number": pd.Series(numbers, dtype="float64"), "row": "x"}))))[1:]]

    assert [float(cell) if cell else None for cell in cells] == [None if number is None else pytest.approx(number, abs=1e-16) for number in numbers]
    assert all("'" not in cell and "e" not in cell for cell in cells)


@pytest.mark.parametrize(("number", "text"), [(-5, "-5"), (-0.25, "-0.25"), (598000.0, "598000"), (1e-7, "0.0000001"), (51.2, "51.2"), (0, "0")])
def test_a_number_is_written_bare(number: float, text: str) -> None:
    assert number_text(number) == text


def column(*cells: object, dtype: str = "object") -> tuple[Type, list[object]]:
    (made,) = typed(pd.DataFrame({"a": pd.Series(list(cells), dtype=dtype)}))
    return made.type, list(made.cells)


def test_each_column_has_the_type_of_what_it_holds() -> None:
    assert column(1, None, dtype="Int64") == (Type.INTEGER, [1, None])
    assert column(1.5, None, dtype="float64") == (Type.NUMBER, [1.5, None])
    assert column(None, None, dtype="float64") == (Type.NUMBER, [None, None])
    assert column(True, False) == (Type.BOOLEAN, [True, False])
    assert column("2024-03-01", None) == (Type.DATE, [date(2024, 3, 1), None])
    assert column(date(2024, 3, 1)) == (Type.DATE, [date(2024, 3, 1)])
    assert column("2024-03-01", "2024-03") == (Type.TEXT, ["2024-03-01", "2024-03"])
    assert column("2024-02-31")[0] == Type.TEXT
    assert column("3", "4") == (Type.TEXT, ["3", "4"])
    assert column(None, None) == (Type.TEXT, [None, None])


def test_a_text_in_a_column_of_numbers_stays_a_text_and_is_never_zero() -> None:
    (made,) = typed(pd.DataFrame({"a": [3, "≥ 3", "no evidence found", None]}))

    assert made.type is Type.INTEGER
    assert made.cells == (3, "≥ 3", "no evidence found", None)
    assert made.numbers == (3, None, None, None)
    assert made.texts == (None, "≥ 3", "no evidence found", None)


def test_headings_that_stand_twice_are_told_apart_and_are_neutralised_too() -> None:
    twice = pd.DataFrame([[1, 2, 3]], columns=["=x", "a", "a"])

    assert [one.name for one in typed(twice)] == ["=x", "a", "a (2)"]
    assert read(csv_bytes(typed(twice)))[0] == ["'=x", "a", "a (2)"]


def test_a_table_of_facts_is_written_cell_by_cell_without_formulas() -> None:
    table = pd.DataFrame({"=heading": ["  =1+1", "＝1", "été"], "number": [1e20, float("nan"), 0.5], "mixed": ["≥ 3", 4, None]}, dtype="object")
    assert read(csv_of(table)) == [["'=heading", "number", "mixed"], ["'  =1+1", "100000000000000000000", "≥ 3"], ["'＝1", "", "4"], ["été", "0.5", ""]]
