"""Units and references that several indicators share."""

from __future__ import annotations

from indicators.language import mark

OWN_COUNT = mark("The atlas's own count; see the data dictionary.")
WAIT_INDICATOR = mark(
    "In the manner of EFPIA's Patients W.A.I.T. Indicator (IQVIA, 2023 survey, June 2024), narrowed to CAR-T; not to be set beside its percentages."
)
EXCHANGE_RATES = mark("World Bank, World Development Indicators: yearly average exchange rates (PA.NUS.FCRF) and the series named in the formula.")
GLOBOCAN = mark(
    "GLOBOCAN 2022, International Agency for Research on Cancer (Bray F et al., CA Cancer J Clin 2024;74:229–263). Non-commercial use with attribution."
)
WORLD_DEVELOPMENT_INDICATORS = mark("World Bank, World Development Indicators.")
PRODUCTS = mark("products")
SITES = mark("sites")
US_DOLLARS = mark("US dollars")
PERCENT = mark("%")
DAYS = mark("days")
PATIENTS = mark("patients")
CASES = mark("new cases a year")
