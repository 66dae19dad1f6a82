"""Codes and columns that several tables share."""

from __future__ import annotations

from indicators.schema import Column, Kind

CONFIDENCES = ("high", "medium", "low")
GRADES = ("A", "B", "C", "D")
READINGS = ("original", "copy", "transcription")
VALUE_KINDS = ("exact", "approximate", "at-most", "at-least", "range", "target")
DATE_BASES = ("decision", "effective", "announcement", "article", "unknown")
POPULATIONS = ("adult", "paediatric", "both", "unknown")
YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
ANY_PRODUCT = "any"
UNSPECIFIED = "unspecified"
PRODUCT_SPECIALS = (ANY_PRODUCT, UNSPECIFIED)

FACT_COLUMNS = (
    Column("fact_id", Kind.FACT, "Stable, readable name of the fact."),
    Column("source_ids", Kind.IDENTIFIERS, "Sources of the fact, the best first.", references="sources"),
    Column("confidence", Kind.CODE, "How far the fact can be relied on, all sources considered.", allowed=CONFIDENCES),
    Column("checked", Kind.PARTIAL_DATE, "When the fact was last confirmed."),
    Column("preferred", Kind.CODE, "Whether charts use this fact where facts disagree.", allowed=YES_NO),
    Column("conflict_note", Kind.TEXT, "What disagrees with this fact, and why this or the other is used.", required=False),
    Column("note", Kind.TEXT, "Anything a reader has to know, in our own words.", required=False),
)


def product(description: str = "The product.") -> Column:
    """Return the column of a product, or of what is said of every or of an unnamed one."""
    return Column("product_id", Kind.IDENTIFIER, description, references="products", specials=PRODUCT_SPECIALS)


def jurisdiction(description: str = "Country, or EU for a centralised European decision.") -> Column:
    """Return the column of a country, or of the EU where it decides for all members."""
    return Column("jurisdiction", Kind.JURISDICTION, description)


def place() -> Column:
    """Return the column of a country, the EU or the world."""
    return Column("jurisdiction", Kind.EVENT_PLACE, "Country, EU, or WORLD for multinational studies and world-wide bodies.")


def country(description: str = "The country.") -> Column:
    """Return the column of a country."""
    return Column("iso3", Kind.ISO3, description, references="countries")


def indication(description: str = "The indication.") -> Column:
    """Return the column of an indication."""
    return Column("indication_id", Kind.IDENTIFIER, description, references="indications")


def value_kind(name: str = "value_kind", required: bool = True) -> Column:
    """Return the column that says how exact a figure is."""
    return Column(
        name,
        Kind.CODE,
        "What the figure is: exact, approximate, a bound, a range (low and high filled, the point empty) or a target.",
        allowed=VALUE_KINDS,
        required=required,
    )


def number(name: str, description: str, unit: str = "", maximum: float | None = None, required: bool = False) -> Column:
    """Return a column of numbers that are never below zero."""
    return Column(name, Kind.NUMBER, description, unit, required=required, minimum=0, maximum=maximum)


def day(name: str, description: str) -> Column:
    """Return a column of dates, as precise as known; empty where nobody knows."""
    return Column(name, Kind.PARTIAL_DATE, description, required=False)


def code(name: str, description: str, allowed: tuple[str, ...], required: bool = True) -> Column:
    """Return a column of codes."""
    return Column(name, Kind.CODE, description, allowed=allowed, required=required)


def text(name: str, description: str, required: bool = False) -> Column:
    """Return a column of free text."""
    return Column(name, Kind.TEXT, description, required=required)


def year(name: str, description: str, required: bool = False) -> Column:
    """Return a column of years."""
    return Column(name, Kind.YEAR, description, required=required, minimum=1990, maximum=2040)


DATE_BASIS = code("date_basis", "What the date is the date of.", DATE_BASES)
