"""Cell by cell: what a column's declaration allows, and what is wrong with a cell that it does not allow."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pandas as pd

from indicators import jurisdictions, periods
from indicators.reading import LINE, Problem
from indicators.schema import NUMERIC_KINDS, Column, Kind, Table

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INTEGER = re.compile(r"-?[0-9]+")
_YEAR = re.compile(r"[0-9]{4}")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FACT = re.compile(r"[a-z]+(:[A-Za-z0-9][A-Za-z0-9.-]*)+(~[0-9]+)?")
_HOST = re.compile(r"^(?=.{4,253}$)([a-z0-9_]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]$")


def is_web_address(text: str) -> bool:
    """Say whether the text is an absolute http or https address with a host name and without blanks."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        parts.port  # noqa: B018 - reading it raises ValueError for a port that is no number
        if not host.isascii():
            host = host.encode("idna").decode()
    except ValueError:  # UnicodeError, which the idna codec raises, is one too
        return False
    return parts.scheme in {"http", "https"} and bool(_HOST.match(host)) and not re.search(r"\s", text)


def _is_period(text: str) -> bool:
    try:
        periods.parse(text)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: bool(pattern.fullmatch(text))


# For each kind of column: what is wrong when the test fails, and the test of one cell.
_TESTS: dict[Kind, tuple[str, Callable[[str], bool]]] = {
    Kind.NUMBER: ("not a number", _matches(_NUMBER)),
    Kind.INTEGER: ("not a whole number", _matches(_INTEGER)),
    Kind.YEAR: ("not a year (YYYY)", _matches(_YEAR)),
    Kind.PARTIAL_DATE: ("not a date (YYYY, YYYY-MM or YYYY-MM-DD)", _is_period),
    Kind.IDENTIFIER: ("not an identifier (lower-case words joined by hyphens)", _matches(_IDENTIFIER)),
    Kind.IDENTIFIERS: (
        "not identifiers separated by ';'",
        lambda text: all(_IDENTIFIER.fullmatch(part) for part in text.split(";")),
    ),
    Kind.FACT: ("not a fact identifier (table:parts:joined:by:colons)", _matches(_FACT)),
    Kind.ISO2: ("not an ISO 3166-1 alpha-2 code", lambda text: text in jurisdictions.iso2_codes()),
    Kind.ISO3: ("not an ISO 3166-1 alpha-3 code", lambda text: text in jurisdictions.iso3_codes()),
    Kind.JURISDICTION: (
        "not an ISO 3166-1 alpha-3 code or EU",
        lambda text: text == jurisdictions.EU or text in jurisdictions.iso3_codes(),
    ),
    Kind.EVENT_PLACE: (
        "not an ISO 3166-1 alpha-3 code, EU or WORLD",
        lambda text: text in {jurisdictions.EU, jurisdictions.WORLD} or text in jurisdictions.iso3_codes(),
    ),
    Kind.CURRENCY: ("not an ISO 4217 currency", lambda text: text in jurisdictions.currency_codes()),
    Kind.URL: ("not a well-formed http(s) address", is_web_address),
}


def what_is_wrong(column: Column, cell: str) -> str:
    """Return what a column's declaration does not allow about a cell, or an empty text."""
    if cell == "":
        return "must not be empty" if column.required else ""
    if cell != cell.strip():
        return "blanks at the beginning or end"
    if column.allowed and cell not in column.allowed:
        return "not one of " + ", ".join(column.allowed)
    if column.kind in _TESTS:
        text, test = _TESTS[column.kind]
        if not test(cell):
            return text
    if column.kind in NUMERIC_KINDS:
        if column.minimum is not None and float(cell) < column.minimum:
            return f"out of range (must be at least {column.minimum:g})"
        if column.maximum is not None and float(cell) > column.maximum:
            return f"out of range (must be at most {column.maximum:g})"
    return ""


def cell_problems(table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Return every cell of ``frame`` (text, as read) that its column's declaration does not allow.

    Each different cell of a column is looked at once: most columns repeat a few values.
    """
    problems = []
    for column in table.columns:
        cells = frame[column.name].tolist()
        wrong = {cell: text for cell in set(cells) if (text := what_is_wrong(column, cell))}
        if wrong:
            for cell, line in zip(cells, frame[LINE], strict=True):
                if cell in wrong:
                    value = f" ({cell})" if cell else ""
                    problems.append(Problem(table.name, int(line), column.name, wrong[cell] + value))
    return problems
