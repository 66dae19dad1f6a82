"""Tables of where CAR-T is given, to how many, and how they fare."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import FACT_COLUMNS, code, day, indication, jurisdiction, number, place, product, text, value_kind, year

CARE_METRICS = (
    "treatment-centres",
    "patients-treated-cumulative",
    "patients-treated-annual",
    "eligible-patients-annual",
    "car-t-rate-per-10m",
    "share-of-eligible-treated",
    "share-of-enrolled-infused",
    "share-of-apheresed-infused",
    "clinical-trials",
    "trial-sites",
    "wait-time-days",
    "hsct-centres",
    "hsct-rate-per-10m",
    "travel-distance-km",
    "out-of-pocket-usd",
)

CARE_CAPACITY = Table(
    "care_capacity",
    "Care capacity",
    "Centres, patients, trials, waiting and travel; scope says whether a figure is a country's total.",
    (
        jurisdiction(),
        code("metric", "What is counted or measured.", CARE_METRICS),
        number("value", "The figure; empty for a range."),
        number("value_low", "Lower end of a range."),
        number("value_high", "Upper end of a range."),
        value_kind(),
        code("unit", "Unit.", ("count", "percent", "days", "per-10m", "km", "usd")),
        day("reference_date", "Year or date that it speaks of."),
        product("The product; 'any' when the figure covers all."),
        code("scope", "What the figure covers.", ("national", "subnational", "single-centre", "single-trial", "cohort")),
        text("population_note", "Who or what is counted."),
        *FACT_COLUMNS,
    ),
    key=("jurisdiction", "metric", "product_id", "scope", "reference_date", "fact_id"),
    dates=("reference_date",),
    shelf_life_months=24,
)
OUTCOME_METRICS = ("orr", "cr", "pfs-12m", "os-12m", "crs-grade3plus", "icans-grade3plus", "nrm")

OUTCOMES = Table(
    "outcomes",
    "Outcomes",
    "Response, survival and toxicity by product, indication and study.",
    (
        product(),
        place(),
        indication(),
        code("metric", "What is measured.", OUTCOME_METRICS),
        number("value", "The figure.", "percent", maximum=100, required=True),
        code("unit", "Unit.", ("percent",)),
        Column("patients", Kind.INTEGER, "Number of patients.", "patients", False, minimum=1),
        text("study", "Study."),
        code("setting", "Trial or routine care.", ("trial", "real-world")),
        year("year", "Year of the data cut or publication."),
        *FACT_COLUMNS,
    ),
    key=("product_id", "jurisdiction", "indication_id", "study", "metric", "year", "fact_id"),
    dates=("year",),
)
