"""The building blocks of the dataset's schema: what a column may hold, and what a table is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column are. Every cell is text in the file; the kind says how it is read and checked."""

    TEXT = "text"
    CODE = "code"  # one of the column's allowed values
    NUMBER = "number"
    INTEGER = "integer"
    YEAR = "year"
    PARTIAL_DATE = "partial date"  # ISO 8601, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD
    IDENTIFIER = "identifier"  # lower-case words joined by hyphens, stable for ever
    IDENTIFIERS = "identifiers"  # one or more identifiers separated by ";"
    FACT = "fact identifier"  # words joined by colons, hyphens and dots
    ISO2 = "ISO 3166-1 alpha-2"
    ISO3 = "ISO 3166-1 alpha-3"
    JURISDICTION = "jurisdiction"  # ISO 3166-1 alpha-3, or EU for a centralised European decision
    EVENT_PLACE = "jurisdiction or WORLD"
    CURRENCY = "ISO 4217 currency"
    URL = "address"


NUMERIC_KINDS = frozenset({Kind.NUMBER, Kind.INTEGER, Kind.YEAR})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``references`` names the table whose key the cells point to; ``specials`` are values allowed beside that key
    (``any``: the statement holds for every CAR-T product; ``unspecified``: the source names no product).
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    required: bool = True
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    references: str = ""
    specials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset: a CSV file of the same name.

    ``key`` makes a row unique and gives the file's order of lines. ``dates`` are the columns, best first, that say
    from when a fact was true; ``conflict_key`` names what two rows must share to be two answers to one question, of
    which the charts may use one only (empty: rows of this table never compete). ``shelf_life_months`` is how long after
    it was last confirmed a fact may have changed unnoticed (0: it tells what once was, and does not go stale).
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    dates: tuple[str, ...] = ()
    conflict_key: tuple[str, ...] = ()
    shelf_life_months: int = 0
    has_facts: bool = True
    licence: str = "CC-BY-4.0"
    column_by_name: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.column_by_name.update({column.name: column for column in self.columns})

    @property
    def names(self) -> list[str]:
        """The column names in the file's order."""
        return [column.name for column in self.columns]
