"""Tables of where CAR-T is made, and how long that takes."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import FACT_COLUMNS, code, country, day, number, place, product, text, value_kind, year

SITE_TYPES = ("commercial", "cdmo", "academic", "point-of-care", "clinical", "vector")
SITE_STATUSES = ("operational", "under-construction", "planned", "approved-not-started", "closed", "unverified")

MANUFACTURING_SITES = Table(
    "manufacturing_sites",
    "Manufacturing sites",
    "One place where CAR-T cells, or the vectors for them, are made or going to be made.",
    (
        Column("site_id", Kind.IDENTIFIER, "Our name for the site."),
        text("site_name", "Name of the site.", required=True),
        text("operator", "Who runs it.", required=True),
        country(),
        text("city", "City; empty where the place is not fixed or not known."),
        Column("latitude", Kind.NUMBER, "Latitude.", "degrees north", False, minimum=-90, maximum=90),
        Column("longitude", Kind.NUMBER, "Longitude.", "degrees east", False, minimum=-180, maximum=180),
        code("site_type", "What kind of site.", SITE_TYPES),
        Column("product_ids", Kind.IDENTIFIERS, "Products made there, where a source says so.", required=False, references="products"),
        code("status", "Status; unverified when nothing newer than 2020 shows that it runs, or nothing shows that CAR-T is made there.", SITE_STATUSES),
        day("status_as_of", "Date of the evidence for the status."),
        year("start_year", "Year that operation began."),
        year("planned_year", "Year that operation is expected to begin."),
        number("capacity_patients_per_year", "Capacity that a source states.", "patients per year"),
        value_kind("capacity_value_kind", required=False),
        text("capacity_basis", "What the stated capacity means."),
        number("vein_to_vein_days", "Stated time from leukapheresis to infusion.", "days"),
        *FACT_COLUMNS,
    ),
    key=("iso3", "site_id"),
    dates=("start_year", "status_as_of"),
    shelf_life_months=24,
)

TURNAROUND_METRICS = (
    "vein-to-vein-time",
    "manufacturing-time",
    "leukapheresis-to-release-time",
    "manufacturing-failure-rate",
    "out-of-specification-rate",
)

TURNAROUND = Table(
    "turnaround",
    "Turnaround",
    "How long manufacture takes and how often it fails.",
    (
        product(),
        place(),
        code("metric", "What is measured.", TURNAROUND_METRICS),
        code("statistic", "How it is summed up.", ("median", "mean", "rate", "claim", "unknown")),
        number("value", "The figure; empty for a range."),
        number("value_low", "Lower end of a range."),
        number("value_high", "Upper end of a range."),
        value_kind(),
        code("unit", "Unit.", ("days", "percent")),
        code("setting", "Where it was measured.", ("trial", "real-world", "design")),
        day("reference_date", "Year or date that it speaks of."),
        Column("patients", Kind.INTEGER, "Number of patients or products.", "patients", False, minimum=1),
        *FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "metric", "setting", "reference_date", "fact_id"),
    dates=("reference_date",),
)
