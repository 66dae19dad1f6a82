"""Small datasets that say exactly what a test needs, and the real one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from indicators import catalog
from indicators.dataset import DEFAULT_FOLDER, Dataset, load
from indicators.tables import FACT_TABLES, PRODUCT_SPECIALS, TABLES

Row = Mapping[str, object]
Write = Callable[..., Path]
World = Callable[..., Dataset]
Seen = Callable[[Dataset, str, str], pd.Series]

# A machine that is busy with something else must not fail a test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# The nine countries of a small world: three of the European Economic Area, one that left, four income groups,
# and one (Singapore) that has no shape on the world map.
_COUNTRIES = (
    ("BRA", "BR", "Brazil", "Americas", "UMC", "no", "no", "BRL", "Brasilia", -15.8, -47.9),
    ("DEU", "DE", "Germany", "Europe", "HIC", "yes", "yes", "EUR", "Berlin", 52.5, 13.4),
    ("FRA", "FR", "France", "Europe", "HIC", "yes", "yes", "EUR", "Paris", 48.9, 2.4),
    ("GBR", "GB", "United Kingdom", "Europe", "HIC", "no", "no", "GBP", "London", 51.5, -0.1),
    ("IND", "IN", "India", "Asia", "LMC", "no", "no", "INR", "New Delhi", 28.6, 77.2),
    ("NOR", "NO", "Norway", "Europe", "HIC", "no", "yes", "NOK", "Oslo", 59.9, 10.8),
    ("SGP", "SG", "Singapore", "Asia", "HIC", "no", "no", "SGD", "Singapore", 1.3, 103.8),
    ("UGA", "UG", "Uganda", "Africa", "LIC", "no", "no", "UGX", "Kampala", 0.3, 32.6),
    ("USA", "US", "United States", "Americas", "HIC", "no", "no", "USD", "Washington", 38.9, -77.0),
)
_COUNTRY_NAMES = ("iso3", "iso2", "name", "un_m49_region", "wb_income_group", "eu_member", "eea_member", "currency", "capital", "capital_lat", "capital_lon")

_INDICATIONS = (
    ("ball-paed", "leukaemia", "yes"),
    ("fl-3l", "nhl", "yes"),
    ("lbcl-2l", "nhl", "yes"),
    ("lbcl-3l", "nhl", "yes"),
    ("mm-late", "multiple-myeloma", "yes"),
    ("nhl-other", "nhl", "no"),
    ("unspecified", "unspecified", "no"),
)

# What a row says where a test says nothing. Cells that are not named here are empty.
_DEFAULTS: dict[str, Row] = {
    "countries": {"un_m49_subregion": "Subregion", "oecd_member": "no"},
    "context": {"unit": "unit"},
    "products": {"costimulatory_domain": "unknown", "cell_source": "autologous", "product_kind": "commercial"},
    "indications": {"name": "Disease", "short_name": "Disease"},
    "approvals": {
        "product_id": "tisa-cel",
        "jurisdiction": "USA",
        "regulator": "Regulator",
        "indication_id": "lbcl-3l",
        "population": "adult",
        "pathway": "full",
        "status": "approved",
    },
    "availability": {"iso3": "USA", "route": "marketing-authorisation", "available": "yes"},
    "prices": {
        "product_id": "tisa-cel",
        "jurisdiction": "USA",
        "value_kind": "exact",
        "currency": "USD",
        "price_type": "list-ex-factory",
        "includes_vat": "unknown",
        "indication_id": "unspecified",
    },
    "reimbursement": {
        "product_id": "tisa-cel",
        "jurisdiction": "DEU",
        "payer": "Payer",
        "scope": "national",
        "indication_id": "lbcl-3l",
        "decision": "recommended",
        "coverage": "full-public",
        "scheme": "unknown",
    },
    "manufacturing_sites": {
        "site_name": "Site",
        "operator": "Operator",
        "iso3": "USA",
        "site_type": "commercial",
        "status": "operational",
    },
    "turnaround": {
        "product_id": "tisa-cel",
        "jurisdiction": "USA",
        "metric": "vein-to-vein-time",
        "statistic": "median",
        "value_kind": "exact",
        "unit": "days",
        "setting": "real-world",
    },
    "care_capacity": {
        "jurisdiction": "DEU",
        "metric": "treatment-centres",
        "value_kind": "exact",
        "unit": "count",
        "product_id": "any",
        "scope": "national",
    },
    "outcomes": {
        "product_id": "tisa-cel",
        "jurisdiction": "USA",
        "indication_id": "lbcl-3l",
        "metric": "orr",
        "unit": "percent",
        "setting": "trial",
    },
    "cancer_incidence": {"cancer": "nhl", "year": 2022},
    "policy_events": {"jurisdiction": "USA", "theme": "regulation", "title": "Event"},
    "hurdles": {"position": 1, "step": "payment", "title": "Hurdle", "question": "Question?", "literature": "What it says."},
    "hurdle_findings": {"hurdle_id": "price", "jurisdiction": "USA", "finding": "Finding."},
    "hurdle_levers": {"hurdle_id": "price", "lever": "Lever", "jurisdiction": "USA", "what_was_done": "Something."},
    "proposals": {"proposal_id": "shared-review", "jurisdiction": "USA", "state": "in-use", "what": "Something."},
    "country_groups": {"group_id": "g20", "iso3": "USA"},
    "sources": {"title": "Title", "publisher": "Publisher", "grade": "A", "reading": "original"},
}
_FACT_DEFAULTS: Row = {"source_ids": "source-a", "confidence": "high", "checked": "2026-11", "preferred": "yes"}
_DATED = {"approvals": "approval_date", "prices": "effective_date", "reimbursement": "decision_date"}


def _cell(value: object) -> str:
    if value is None:
        return ""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _filled(table: str, row: Row, number: int) -> dict[str, str]:
    known = dict.fromkeys(TABLES[table].names, "") | {name: _cell(value) for name, value in _DEFAULTS.get(table, {}).items()}
    if TABLES[table].has_facts:
        known |= {name: _cell(value) for name, value in _FACT_DEFAULTS.items()} | {"fact_id": f"{table.replace('_', '')}:{number}"}
    if table == "manufacturing_sites":
        known["site_id"] = f"site-{number}"
    unknown = set(row) - set(known)
    assert not unknown, f"{table} has no column {unknown}"
    filled = known | {name: _cell(value) for name, value in row.items()}
    if table in _DATED and "date_basis" not in row:
        filled["date_basis"] = "decision" if filled[_DATED[table]] else "unknown"
    return filled


def write_folder(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write a valid dataset of the given rows, sorted; other tables hold no more than these rows need."""
    rows = {name: [dict(row) for row in tables.get(name, ())] for name in TABLES}
    if "countries" not in tables:
        rows["countries"] = [dict(zip(_COUNTRY_NAMES, country, strict=True)) for country in _COUNTRIES]
    if "indications" not in tables:
        rows["indications"] = [dict(zip(("indication_id", "disease_group", "countable"), indication, strict=True)) for indication in _INDICATIONS]
    filled = {name: [_filled(name, row, number) for number, row in enumerate(rows[name], start=1)] for name in TABLES}

    named = {row["product_id"] for name in TABLES if name != "products" for row in filled[name] if row.get("product_id")}
    named |= {product for row in filled["manufacturing_sites"] for product in row["product_ids"].split(";") if product}
    missing = sorted(named - {row["product_id"] for row in filled["products"]} - set(PRODUCT_SPECIALS))
    filled["products"] += [_filled("products", {"product_id": product, "fact_id": f"products:{product}"}, 0) for product in missing]

    used = {source for name in FACT_TABLES for row in filled[name] for source in row["source_ids"].split(";")}
    missing = sorted(used - {row["source_id"] for row in filled["sources"]})
    filled["sources"] += [_filled("sources", {"source_id": source, "grade": source[-1].upper()}, 0) for source in missing]
    for row in filled["sources"]:
        row["url"] = row["url"] or f"https://example.org/{row['source_id']}"

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(filled[name], key=lambda row: [row[part] for part in table.key]))
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Return a function that writes a small valid dataset: ``folder(approvals=[{...}], ...)``; see write_folder.

    ``source_ids`` may name ``source-a`` to ``source-d`` without a row in ``sources``: the letter is the grade.
    """
    return lambda **tables: write_folder(tmp_path_factory.mktemp("dataset"), tables)


@pytest.fixture(scope="session")
def world(folder: Write) -> World:
    """Return a function that loads a small dataset of the given rows, checked as the real one is."""
    return lambda **tables: load(folder(**tables))


@pytest.fixture(scope="session")
def real() -> Dataset:
    """Return the project's own dataset, whole."""
    return load(DEFAULT_FOLDER)


@pytest.fixture(scope="session")
def today(real: Dataset) -> Dataset:
    """Return the project's own dataset as known today, as the dashboard shows it."""
    return real.as_of(date.today())


@pytest.fixture(scope="session")
def seen() -> Seen:
    """Return a function that observes an indicator in one country, which has one row there."""

    def look(dataset: Dataset, indicator_id: str, iso3: str) -> pd.Series:
        frame = catalog.observe(dataset, indicator_id)
        rows: list[Any] = [row for _, row in frame[frame["iso3"] == iso3].iterrows()]
        assert len(rows) == 1, f"{len(rows)} rows of {indicator_id} for {iso3}"
        return rows[0]

    return look
