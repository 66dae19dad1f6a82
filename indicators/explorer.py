"""The tables for people who explore them: readable columns, search in all cells, filters, and what a row opens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators import language
from indicators.audit import source_counts
from indicators.charts.chart import Target
from indicators.charts.matrices import product_name
from indicators.column_titles import column_title
from indicators.dataset import Dataset
from indicators.export.cells import csv_of
from indicators.fact_texts import fact_text, place_of
from indicators.language import _, ngettext
from indicators.schema import Column, Kind, Table
from indicators.tables import TABLES

# Columns that a reader needs last: what the fact rests on, in this order.
_LAST = ("confidence", "checked", "preferred", "conflict_note", "note", "source_ids", "fact_id")
_PLACES = ("iso3", "jurisdiction")
# Columns out of the file's order: what a row is about first, a unit beside its figure, codes behind the names that say them.
_FIRST = ("place", "date", "title", "product_id", "indication_id", "currency")
_BEHIND = {"unit": "value", "published": "publisher", "facts": "grade", "status": "indication_id", "approval_date": "status"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows of a table to show: texts that must all occur somewhere in the row, and values of its own; empty lets all pass.

    ``places`` are codes of countries, EU or WORLD; ``first_year`` and ``last_year`` are texts of years, and rows that no
    source dates pass only without them.
    """

    search: str = ""
    places: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    confidences: tuple[str, ...] = ()
    first_year: str = ""
    last_year: str = ""


def place_column(table: Table) -> str:
    """Return the column with a row's country or jurisdiction, "" for a table without one."""
    return next((name for name in _PLACES if name in table.column_by_name), "")


def product_column(table: Table) -> str:
    """Return the column with a row's product or products, "" for a table without one."""
    return next((name for name in ("product_id", "product_ids") if name in table.column_by_name), "")


def date_column(table: Table) -> str:
    """Return the column that says when, "" for a table without one: its first date, its year, or when a source was published."""
    return next((name for name in (*table.dates, "year", "published", "drawn") if name in table.column_by_name), "")


def choices(dataset: Dataset, name: str) -> dict[str, tuple[str, ...]]:
    """Return what a table can be filtered by: ``places, products, grades, confidences, years``, each the values that occur in it.

    A table that has no such column has no values there.
    """

    def gather() -> dict[str, tuple[str, ...]]:
        table, rows = TABLES[name], _rows(dataset, name)
        products = {one for cell in rows["product"] for one in cell.split(";") if one}
        return {
            "places": tuple(sorted({one for one in rows["place"] if one}, key=language.country_name)),
            "products": tuple(sorted(products)) if product_column(table) else (),
            "grades": tuple(sorted({one for one in rows["grade"] if one})),
            "confidences": tuple(one for one in ("high", "medium", "low") if (rows["confidence"] == one).any()),
            "years": tuple(sorted({one for one in rows["year"] if one}, reverse=True)),
        }

    return dataset.remember(("choices", name, language.current()), gather)


def _rows(dataset: Dataset, name: str) -> pd.DataFrame:
    """Return what each row of a table is searched and filtered by: ``key, place, product, grade, confidence, year, text``."""

    def gather() -> pd.DataFrame:
        table, frame = TABLES[name], dataset[name]
        empty = pd.Series("", index=frame.index)
        place, product, when = (column(table) for column in (place_column, product_column, date_column))
        shown = readable(dataset, name)
        cells = zip(frame[table.names].itertuples(index=False, name=None), shown.itertuples(index=False, name=None), strict=True)
        texts = [folded(" ".join(_plain(cell) for row in rows for cell in row)) for rows in cells]
        return pd.DataFrame(
            {
                "key": frame[table.key[0] if not table.has_facts and len(table.key) == 1 else "fact_id"],
                "place": frame[place] if place else empty,
                "product": frame[product] if product else empty,
                "grade": frame["fact_id"].map(dataset.facts["grade"]) if table.has_facts else frame.get("grade", empty),
                "confidence": frame.get("confidence", empty),
                "year": frame[when].str[:4] if when else empty,
                "text": pd.Series(texts, index=frame.index, dtype="str"),
            }
        )

    return dataset.remember(("explored", name, language.current()), gather).copy(deep=False)


def folded(text: str) -> str:
    """Return a text as it is searched: without capitals and accents, so that "Cote d'Ivoire" finds "Côte d’Ivoire"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "'")


def _plain(cell: object) -> str:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:.12g}"
    return "" if cell is None or cell is pd.NA else str(cell)


def keys(dataset: Dataset, name: str) -> list[str]:
    """Return the key of each row of a table, in order: its fact, its source, or what else names it."""
    return [str(key) for key in _rows(dataset, name)["key"]]


def matching(dataset: Dataset, name: str, filters: Filters) -> np.ndarray:
    """Return the positions of the rows of a table that pass the filters, in the table's order."""
    rows = _rows(dataset, name)
    passes = pd.Series(True, index=rows.index)
    for word in folded(filters.search).split():
        passes &= rows["text"].str.contains(word, regex=False)
    if filters.places:
        passes &= rows["place"].isin(filters.places)
    if filters.products:
        wanted = set(filters.products)
        passes &= rows["product"].map(lambda cell: not wanted.isdisjoint(cell.split(";"))).astype(bool)
    if filters.grades:
        passes &= rows["grade"].isin(filters.grades)
    if filters.confidences:
        passes &= rows["confidence"].isin(filters.confidences)
    if filters.first_year:
        passes &= (rows["year"] != "") & (rows["year"] >= filters.first_year)
    if filters.last_year:
        passes &= (rows["year"] != "") & (rows["year"] <= filters.last_year)
    return np.flatnonzero(passes.to_numpy())


def readable(dataset: Dataset, name: str) -> pd.DataFrame:
    """Return a table for people, row by row as in the dataset: columns by their schema's names, and some of ours.

    Ours are ``place`` (the country's name), ``grade`` (the best of the sources), ``overdue`` (bool), ``source`` (address
    of the first source), ``more`` (how many sources besides); for sources, ``facts`` and ``tables`` that rest on them.
    Columns that are empty in every row are left out.
    """
    return dataset.remember(("readable", name, dataset.today, language.current()), lambda: _readable(dataset, TABLES[name])).copy(deep=False)


def _readable(dataset: Dataset, table: Table) -> pd.DataFrame:
    frame = dataset[table.name]
    shown: dict[str, pd.Series] = {}
    place = place_column(table)
    if place:
        shown["place"] = frame[place].map(lambda code: language.country_name(code) if code else "")
    for column in table.columns:
        if column.name not in (*_LAST, place):
            shown[column.name] = _cells(dataset, column, frame[column.name])
    if table.name == "sources":
        counts = source_counts(dataset).reindex(frame["source_id"])
        shown["facts"] = counts["facts"].fillna(0).astype(int).set_axis(frame.index)
        shown["tables"] = counts["tables"].fillna("").map(_table_titles).set_axis(frame.index)
    if table.has_facts:
        facts = dataset.facts.loc[frame["fact_id"]].set_axis(frame.index)
        urls = dataset.sources["url"].to_dict()
        ids = frame["source_ids"].str.split(";")
        shown |= {"grade": facts["grade"], "overdue": facts["stale"], "source": ids.map(lambda own: urls[own[0]]), "more": ids.map(len) - 1}
    shown |= {name: frame[name] for name in (*_LAST, place) if name in frame and name != "source_ids" and name not in shown}
    built = pd.DataFrame({name: shown[name] for name in _in_order(shown)}, index=frame.index)
    empty = [name for name in built if len(built) and (built[name].isna() | (built[name].astype("str") == "")).all()]
    return built.drop(columns=empty + (["overdue"] if "overdue" in built and not built["overdue"].any() else []))


def _in_order(names: Iterable[str]) -> list[str]:
    """Return column names in the order in which people read them."""
    known = list(names)
    ordered = [name for name in _FIRST if name in known] + [name for name in known if name not in _FIRST]
    for name, before in _BEHIND.items():
        if name in ordered and before in ordered:
            ordered.remove(name)
            ordered.insert(ordered.index(before) + 1, name)
    return ordered


def _cells(dataset: Dataset, column: Column, cells: pd.Series) -> pd.Series:
    """Return a column's cells for people: years as numbers, products and indications by their names."""
    if column.kind is Kind.YEAR:
        return pd.to_numeric(cells.replace("", None)).astype("Int64")
    if column.name in ("product_id", "product_ids"):
        return cells.map({cell: ", ".join(product_name(dataset, one) for one in cell.split(";") if one) for cell in cells.unique()})
    if column.references == "indications":
        names = dataset["indications"].set_index("indication_id")["short_name"].to_dict()
        return cells.map(lambda one: _(names[one]))
    return cells


def _table_titles(names: str) -> str:
    return ", ".join(_(TABLES[name].title) for name in names.split(";") if name)


def heading(name: str) -> str:
    """Return the heading of a column of :func:`readable`."""
    own = {
        "place": _("Country or place"),
        "overdue": _("Overdue"),
        "source": _("Source"),
        "more": _("More sources"),
        "facts": _("Facts"),
        "tables": _("Tables"),
    }
    return own[name] if name in own else column_title(name)


def help_text(table: Table, name: str) -> str:
    """Return what a column of :func:`readable` means: the schema's description, with its unit and allowed values."""
    own = {
        "place": _("The country's name, or the European Union or the world."),
        "overdue": _("Whether nobody has confirmed the fact for longer than its kind keeps."),
        "grade": _("The best grade of the fact's sources: A official, B peer-reviewed, C the company or institution itself, D press."),
        "source": _("The first source of the fact, as a link."),
        "more": _("How many further sources the fact has; select the row to see them."),
        "facts": _("Facts that name the source."),
        "tables": _("Tables that these facts stand in."),
    }
    if name in own and not (name == "grade" and table.name == "sources"):
        return own[name]
    column = table.column_by_name[name]
    parts = [_(column.description)]
    if column.unit:
        parts.append(_("Unit: {unit}.").format(unit=_(column.unit)))
    if column.allowed:
        parts.append(_("One of: {values}.").format(values=", ".join(column.allowed)))
    return " ".join(parts)


def as_csv(dataset: Dataset, name: str, positions: np.ndarray) -> bytes:
    """Return some rows of a table as CSV for spreadsheets: the dataset's columns, the country's name and the sources' addresses.

    UTF-8 with a byte order mark. A text that a spreadsheet would run as a formula is set behind an apostrophe, as
    recommended by OWASP ("CSV Injection"); the tables in the data package are written as they are.
    """
    table, frame = TABLES[name], dataset[name].iloc[positions]
    urls = dataset.sources["url"].to_dict()
    written = frame[table.names].copy()
    place = place_column(table)
    if place:
        written.insert(0, "place", frame[place].map(lambda code: language.country_name(code) if code else ""))
    if table.has_facts:
        written["grade"] = dataset.facts.loc[frame["fact_id"], "grade"].to_numpy()
        written["overdue"] = np.where(dataset.facts.loc[frame["fact_id"], "stale"], "yes", "no")
        written["source_urls"] = frame["source_ids"].map(lambda ids: "; ".join(urls[one] for one in ids.split(";")))
    return csv_of(written)


def opens(name: str) -> bool:
    """Say whether a row of a table opens something: the fact that it is, or the facts that rest on the source that it is."""
    return TABLES[name].has_facts or name == "sources"


def targets(dataset: Dataset, name: str) -> dict[str, Target]:
    """Return what opens for each row of a table, by its key; nothing for a table whose rows are neither facts nor sources."""
    if not opens(name):
        return {}
    build = _source_targets if name == "sources" else lambda one: {key: fact_target(one, key) for key in keys(one, name)}
    return dataset.remember(("targets", name, language.current()), lambda: build(dataset))


def fact_target(dataset: Dataset, fact_id: str) -> Target:
    """Return what opens for a fact by itself."""
    text, place = fact_text(dataset, fact_id), place_of(dataset, fact_id)
    named = language.country_name(place) if place else ""
    headline = text.headline if text.headline == named or not named else f"{named}: {text.headline}"
    says = " · ".join(part for part in (text.date, *text.details[:2]) if part)
    return Target(headline, says, (fact_id,), place=place)


def _source_targets(dataset: Dataset) -> dict[str, Target]:
    by_source: dict[str, list[str]] = {}
    for fact_id, ids in dataset.facts["source_ids"].items():
        for one in ids.split(";"):
            by_source.setdefault(one, []).append(str(fact_id))
    built = {}
    for source in dataset.sources.itertuples():
        own = tuple(by_source.get(source.source_id, ()))
        says = ngettext("{count} fact rests on it", "{count} facts rest on it", len(own)).format(count=language.number(len(own)))
        when = language.day(source.published) if source.published else ""
        built[source.source_id] = Target(f"{source.title} ({', '.join(part for part in (source.publisher, when) if part)})", says, own)
    return built
