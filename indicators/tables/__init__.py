"""The schema of every table of the dataset, said once.

Validation (:mod:`indicators.validate`), typed loading (:mod:`indicators.dataset`), the data package and the data
dictionary (:mod:`indicators.datapackage`) are all derived from the declarations in this package.
"""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.access import APPROVAL_STATUSES, APPROVALS, AVAILABILITY, PRICES, REIMBURSEMENT
from indicators.tables.care import CARE_CAPACITY, OUTCOMES
from indicators.tables.manufacturing import MANUFACTURING_SITES, TURNAROUND
from indicators.tables.places import CANCER_INCIDENCE, CONTEXT, COUNTRIES, COUNTRY_GROUPS, EXCHANGE_RATES, INCOME_GROUPS
from indicators.tables.policy import HURDLE_FINDINGS, HURDLE_LEVERS, HURDLES, POLICY_EVENTS, PROPOSALS
from indicators.tables.products import INDICATIONS, PRODUCTS
from indicators.tables.shared import ANY_PRODUCT, CONFIDENCES, GRADES, PRODUCT_SPECIALS, UNSPECIFIED, code, text
from indicators.tables.sources import SOURCES

_FACTS_AND_SOURCES = (
    COUNTRIES,
    CONTEXT,
    EXCHANGE_RATES,
    PRODUCTS,
    INDICATIONS,
    APPROVALS,
    AVAILABILITY,
    PRICES,
    REIMBURSEMENT,
    MANUFACTURING_SITES,
    TURNAROUND,
    CARE_CAPACITY,
    OUTCOMES,
    CANCER_INCIDENCE,
    POLICY_EVENTS,
    HURDLES,
    HURDLE_FINDINGS,
    HURDLE_LEVERS,
    PROPOSALS,
    COUNTRY_GROUPS,
    SOURCES,
)

_COPIED_WHOLE = (COUNTRIES, CONTEXT, EXCHANGE_RATES, CANCER_INCIDENCE, COUNTRY_GROUPS)  # from statistical offices
# Tables of facts that people collected one by one.
CURATED_TABLES = tuple(table.name for table in _FACTS_AND_SOURCES if table.has_facts and table not in _COPIED_WHOLE)

SECOND_READINGS = Table(
    "second_readings",
    "Second readings",
    "Facts drawn at random and compared with their sources by a reader who had not collected them. What was found wrong has been mended since.",
    (
        Column("drawn", Kind.PARTIAL_DATE, "When the facts were drawn."),
        code("fact_table", "Table of the fact.", CURATED_TABLES),
        Column("fact_id", Kind.FACT, "The fact, as it was named then."),
        code("main_value", "What became of its main value; not-found when no source could be read again.", ("confirmed", "wrong", "not-found")),
        code("coding", "Whether another cell needed mending.", ("clean", "corrected", "not-found")),
        text("finding", "What was found, in our own words."),
    ),
    key=("drawn", "fact_id"),
    has_facts=False,
)

TABLES: dict[str, Table] = {table.name: table for table in (*_FACTS_AND_SOURCES, SECOND_READINGS)}

FACT_TABLES: tuple[str, ...] = tuple(name for name, table in TABLES.items() if table.has_facts)

__all__ = [
    "ANY_PRODUCT",
    "APPROVALS",
    "APPROVAL_STATUSES",
    "CARE_CAPACITY",
    "CONFIDENCES",
    "COUNTRIES",
    "CURATED_TABLES",
    "FACT_TABLES",
    "GRADES",
    "INCOME_GROUPS",
    "OUTCOMES",
    "PRICES",
    "PRODUCT_SPECIALS",
    "SECOND_READINGS",
    "SOURCES",
    "TABLES",
    "UNSPECIFIED",
]
