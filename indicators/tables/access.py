"""Tables of what regulators and payers decide, and what is asked and paid: approvals, availability, prices, reimbursement."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import (
    DATE_BASIS,
    FACT_COLUMNS,
    POPULATIONS,
    YES_NO_UNKNOWN,
    code,
    country,
    day,
    indication,
    jurisdiction,
    number,
    product,
    text,
    value_kind,
    year,
)

APPROVAL_STATUSES = ("approved", "under-review", "refused", "withdrawn", "none-documented")
PATHWAYS = ("full", "conditional", "accelerated", "hospital-exemption", "unknown")

APPROVALS = Table(
    "approvals",
    "Approvals",
    "A regulator's decision on one product and indication, an application under review, or a documented absence.",
    (
        product("The product; 'any' with status none-documented says that no CAR-T product is authorised."),
        jurisdiction(),
        text("regulator", "The authority that decides.", required=True),
        indication(),
        text("indication_text", "The indication as the source words it, in short."),
        code("population", "Age group that the decision covers.", POPULATIONS),
        day("approval_date", "Date of the decision."),
        DATE_BASIS,
        code("pathway", "Kind of authorisation.", PATHWAYS),
        code(
            "status",
            "What the decision was; none-documented: a source says that no product is authorised, or that CAR-T has not come to the country.",
            APPROVAL_STATUSES,
        ),
        day("status_date", "Date that the status is known for."),
        *FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "indication_id", "status", "approval_date", "fact_id"),
    dates=("approval_date", "status_date"),
    conflict_key=("product_id", "jurisdiction", "indication_id", "status"),
    shelf_life_months=60,
)

ROUTES = (
    "marketing-authorisation",
    "hospital-exemption",
    "clinical-trial-only",
    "named-patient",
    "medical-travel-outbound",
    "medical-travel-inbound",
    "none",
)

AVAILABILITY = Table(
    "availability",
    "Routes to treatment",
    "How patients in a country get CAR-T at all; several rows a country where there are several routes.",
    (
        country(),
        code("route", "The route.", ROUTES),
        code("available", "Whether patients get treated by it.", ("yes", "limited", "no", "unknown")),
        year("first_year", "First year, where known."),
        *FACT_COLUMNS,
    ),
    key=("iso3", "route", "fact_id"),
    dates=("first_year",),
    shelf_life_months=18,
)

PRICE_TYPES = (
    "list-ex-factory",
    "list-wac",
    "list-public",
    "nhi-tariff",
    "payment-limit",
    "negotiated",
    "self-pay",
    "academic-cost",
    "total-treatment-cost",
)

PRICES = Table(
    "prices",
    "Prices",
    "What one treatment with a product costs in a country. Kinds of price are never mixed in one average.",
    (
        product(),
        jurisdiction(),
        number("price_local", "Price of one treatment; empty when the source gives a range.", "currency units"),
        number("price_low", "Lower end of a range.", "currency units"),
        number("price_high", "Upper end of a range.", "currency units"),
        value_kind(),
        Column("currency", Kind.CURRENCY, "Currency, as the source states it."),
        code("price_type", "Kind of price.", PRICE_TYPES),
        code("includes_vat", "Whether value-added tax is in it.", YES_NO_UNKNOWN),
        day("effective_date", "From when the price held."),
        DATE_BASIS,
        number("price_usd_as_stated", "US dollars, where the source states them too.", "US dollars"),
        indication(),
        *FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "price_type", "effective_date", "indication_id", "fact_id"),
    dates=("effective_date",),
    conflict_key=("product_id", "jurisdiction", "price_type", "indication_id", "effective_date"),
    shelf_life_months=24,
)
SCOPES = ("national", "subnational", "advisory", "private")

DECISIONS = (
    "recommended",
    "recommended-restricted",
    "managed-access",
    "not-recommended",
    "not-submitted",
    "under-assessment",
    "no-decision",
    "unknown",
)
COVERAGES = ("full-public", "conditional-public", "case-by-case", "private-only", "none", "unknown")

SCHEMES = (
    "none",
    "confidential",
    "discount",
    "outcomes-based",
    "staged-payment",
    "coverage-with-evidence",
    "volume-cap",
    "unknown",
)

REIMBURSEMENT = Table(
    "reimbursement",
    "Reimbursement",
    "A payer's decision, a body's advice or a private insurer's cover: three different things, told apart by scope.",
    (
        product(),
        jurisdiction(),
        text("payer", "Who decides, advises or pays.", required=True),
        code("scope", "Whether it binds the whole country, a part of it, nobody (advice), or a private insurer.", SCOPES),
        text("territory", "The part of the country; empty for the whole."),
        indication(),
        code("decision", "The decision; no-decision when none was ever taken.", DECISIONS),
        code("coverage", "What is paid for.", COVERAGES),
        code("scheme", "Managed entry agreement.", SCHEMES),
        day("decision_date", "Date of the decision."),
        DATE_BASIS,
        text("decision_ref", "Number or name of the decision."),
        *FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "indication_id", "payer", "decision_date", "fact_id"),
    dates=("decision_date",),
    conflict_key=("product_id", "jurisdiction", "payer", "indication_id", "decision_date"),
    shelf_life_months=18,
)
