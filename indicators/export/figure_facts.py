"""What stands behind a figure: each fact, each source and the method, as rows for spreadsheets and programs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators import catalog, language
from indicators.charts.wording import STATUS_TEXTS, VALUE_KIND_TEXTS, reading_text, source_urls
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, boundaries_disclaimer
from indicators.export import citation, works
from indicators.fact_texts import fact_text, place_of
from indicators.language import _, mark
from indicators.licences import LICENCE, LICENCE_ADDRESS, further_terms
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE
from indicators.tables import TABLES

# Where a table keeps its figure: the figure, the ends of a range, its unit, and what kind of figure it is.
_FIGURES = {
    "prices": ("price_local", "price_low", "price_high", "currency", "value_kind"),
    "turnaround": ("value", "value_low", "value_high", "unit", "value_kind"),
    "care_capacity": ("value", "value_low", "value_high", "unit", "value_kind"),
    "manufacturing_sites": ("capacity_patients_per_year", "", "", "", "capacity_value_kind"),
    "outcomes": ("value", "", "", "unit", ""),
    "context": ("value", "", "", "unit", ""),
    "exchange_rates": ("lcu_per_usd", "", "", "currency", ""),
    "cancer_incidence": ("new_cases", "", "", "", ""),
}
_UNITS = {
    "manufacturing_sites": mark("patients a year"),
    "exchange_rates": mark("{currency} for one US dollar"),
    "cancer_incidence": mark("new cases a year"),
}
_STATUSES = {"approvals": "status", "reimbursement": "coverage", "manufacturing_sites": "status", "availability": "available", "proposals": "state"}
_DATES = {"manufacturing_sites": ("status_as_of", "start_year")}  # elsewhere those of the schema, else the year

FACT_COLUMNS = {
    "fact_id": mark("Fact"),
    "table": mark("Table"),
    "country": mark("Country"),
    "iso3": mark("ISO code"),
    "says": mark("What it says"),
    "details": mark("Details"),
    "value": mark("Local figure"),
    "value_low": mark("Local figure, low end"),
    "value_high": mark("Local figure, high end"),
    "unit": mark("Unit"),
    "value_kind": mark("What the figure is"),
    "date": mark("Date"),
    "status": mark("Status"),
    "grade": mark("Grade"),
    "confidence": mark("Confidence"),
    "checked": mark("Last confirmed"),
    "overdue": mark("Overdue"),
    "preferred": mark("Used by charts"),
    "note": mark("Note"),
    "conflict_note": mark("What disagrees"),
    "source_ids": mark("Source ids"),
    "sources": mark("Sources"),
}
SOURCE_COLUMNS = {
    "source_id": mark("Source id"),
    "publisher": mark("Publisher"),
    "title": mark("Title"),
    "published": mark("Published"),
    "grade": mark("Grade"),
    "reading": mark("How it was read"),
    "url": mark("Address"),
    "read_at": mark("Where it was read"),
    "facts": mark("Facts of this figure"),
    "citation": mark("How to cite it"),
}


def facts(exhibit: Exhibit) -> pd.DataFrame:
    """Return every fact behind a figure, a row each, with the columns of FACT_COLUMNS.

    ``value`` with ``value_low`` and ``value_high`` is the figure as the source states it, in ``unit``; ``date`` is in ISO 8601,
    as precise as known; ``status`` a code of the dataset's; ``says`` and ``details`` tell the fact in words.
    """
    return _frame([_fact(exhibit.dataset, fact_id) for fact_id in exhibit.chart.fact_ids], FACT_COLUMNS)


def sources(exhibit: Exhibit) -> pd.DataFrame:
    """Return every source behind a figure, those that carry the most facts first, with the columns of SOURCE_COLUMNS."""
    dataset = exhibit.dataset
    cited = dataset.facts.loc[list(exhibit.chart.fact_ids), "source_ids"].str.split(";").explode().value_counts()
    rows = []
    for source_id in exhibit.source_ids:
        row = works.source_row(dataset, source_id)
        told: dict[str, Any] = {name: row[name] or None for name in ("source_id", "publisher", "title", "published", "grade", "url", "read_at")}
        told |= {"reading": reading_text(row["reading"]), "facts": int(cited[source_id]), "citation": citation.apa_source(dataset, source_id)}
        rows.append(told)
    return _frame(rows, SOURCE_COLUMNS)


def _frame(rows: list[dict[str, Any]], names: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(names), dtype="object")
    for name in ("value", "value_low", "value_high"):
        if name in frame:
            frame[name] = frame[name].astype("float64")
    return frame


def _fact(dataset: Dataset, fact_id: str) -> dict[str, Any]:
    common = _row_of(dataset, "facts", fact_id)
    table = str(common["table"])
    row = _row_of(dataset, table, fact_id)
    words, place = fact_text(dataset, fact_id), place_of(dataset, fact_id)
    value, low, high, unit, kind = _FIGURES.get(table, ("", "", "", "", ""))
    dates = _DATES.get(table) or TABLES[table].dates or ("year",)
    return {
        "fact_id": fact_id,
        "table": table,
        "country": language.country_name(place) if place else None,
        "iso3": place or None,
        "says": words.headline,
        "details": "; ".join(words.details) or None,
        "value": row[value] if value else None,
        "value_low": row[low] if low else None,
        "value_high": row[high] if high else None,
        "unit": _unit(table, str(row[unit]) if unit else ""),
        "value_kind": _(VALUE_KIND_TEXTS[row[kind]]) if kind and row[kind] else None,
        "date": next((str(row[name]) for name in dates if row.get(name)), None),
        "status": row[_STATUSES[table]] if table in _STATUSES else None,
        "grade": common["grade"],
        "confidence": common["confidence"],
        "checked": common["checked"],
        "overdue": bool(common["stale"]),
        "preferred": common["preferred"] == "yes",
        "note": common["note"] or None,
        "conflict_note": common["conflict_note"] or None,
        "source_ids": common["source_ids"],
        "sources": source_urls(dataset, str(common["source_ids"]).split(";")),
    }


def _row_of(dataset: Dataset, table: str, fact_id: str) -> dict[str, Any]:
    rows = dataset.remember(
        ("rows_by_fact", table, dataset.today),
        lambda: {row["fact_id"]: row for row in (dataset.facts if table == "facts" else dataset[table]).to_dict("records")},
    )
    return rows[fact_id]


def _unit(table: str, unit: str) -> str | None:
    return _(_UNITS[table]).format(currency=unit) if table in _UNITS else _(unit) if unit else None


def indicator_ids(exhibit: Exhibit) -> list[str]:
    """Return the indicators that a figure shows: those of its marks, and those that its settings name."""
    named = [text for value in exhibit.scene.choice.values() for text in (value if isinstance(value, tuple) else (value,))]
    of_marks = [target.indicator_id for target in exhibit.chart.targets.values()]
    return [one for one in dict.fromkeys([*of_marks, *map(str, named)]) if one in catalog.INDICATORS]


def licence(exhibit: Exhibit) -> str:
    """Return under which terms a figure may be used: the atlas's licence, and what the sources of some of its facts ask."""
    return ". ".join([f"{LICENCE} ({LICENCE_ADDRESS})", *further_terms(exhibit.dataset, exhibit.chart.fact_ids)])


def _tables(exhibit: Exhibit) -> list[str]:
    """Return the tables that the facts of a figure are in, those with the most facts first."""
    return [str(name) for name in exhibit.dataset.facts.loc[list(exhibit.chart.fact_ids), "table"].value_counts().index]


def empty_cells_note() -> str:
    """Return what an empty cell means."""
    return _(
        "An empty cell is a number that nobody knows, never zero. “{no_evidence}” means that we looked and found nothing; “{documented}” that a source says so."
    ).format(no_evidence=_(STATUS_TEXTS[NO_EVIDENCE]), documented=_(STATUS_TEXTS[DOCUMENTED_NONE]))


def about(exhibit: Exhibit) -> list[tuple[str, str]]:
    """Return what a reader must know of a figure, pairs of name and text: what it shows, how to read it, method, licence, citation."""
    chart, dataset = exhibit.chart, exhibit.dataset
    pairs = [
        (_("Finding"), chart.title),
        (_("What is shown"), chart.subtitle),
        (_("How to read this"), exhibit.how_to_read),
        (_("Note"), chart.caveats),
        (_("Boundaries"), boundaries_disclaimer() if chart.has_boundaries else ""),
        (_("Empty cells"), empty_cells_note()),
        (_("In words"), chart.alt),
    ]
    for indicator_id in indicator_ids(exhibit):
        indicator = catalog.get(indicator_id)
        pairs += [
            (_("Indicator"), _(indicator.title) + (f" ({_(indicator.unit)})" if indicator.unit else "")),
            (_("Definition"), _(indicator.definition)),
            (_("Formula"), _(indicator.formula)),
            (_("Reference"), _(indicator.reference)),
        ]
    pairs += [(_("Facts of the table “{table}”").format(table=name), _(TABLES[name].description)) for name in _tables(exhibit)]
    pairs += [
        (_("Data version"), dataset.version),
        (_("As of"), exhibit.scene.day.isoformat()),
        (_("Licence"), licence(exhibit)),
        (_("Address of this view"), exhibit.address),
        (_("Name of this view"), exhibit.reference),
        (_("How to cite the figure"), citation.apa_figure(exhibit)),
        (_("How to cite the dataset"), citation.apa_dataset(dataset.version, exhibit.site)),
    ]
    return [(name, text) for name, text in pairs if text]
