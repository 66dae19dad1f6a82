"""Indicators of need. How many people could need it."""

from __future__ import annotations

from indicators.catalog.indicator import Domain, Indicator
from indicators.catalog.terms import CASES, GLOBOCAN
from indicators.language import mark
from indicators.measures import need

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "new-cases-nhl",
        Domain.NEED,
        mark("New cases of non-Hodgkin lymphoma"),
        mark("Lymphoma cases"),
        CASES,
        0,
        mark("Estimated new cases of non-Hodgkin lymphoma in a year, both sexes, all ages."),
        mark("As published."),
        GLOBOCAN,
        need.new_cases_nhl,
    ),
    Indicator(
        "new-cases-myeloma",
        Domain.NEED,
        mark("New cases of multiple myeloma"),
        mark("Myeloma cases"),
        CASES,
        0,
        mark("Estimated new cases of multiple myeloma in a year, both sexes, all ages."),
        mark("As published."),
        GLOBOCAN,
        need.new_cases_myeloma,
    ),
    Indicator(
        "new-cases-leukaemia",
        Domain.NEED,
        mark("New cases of leukaemia"),
        mark("Leukaemia cases"),
        CASES,
        0,
        mark("Estimated new cases of all leukaemias in a year, both sexes, all ages; CAR-T treats only some of them."),
        mark("As published."),
        GLOBOCAN,
        need.new_cases_leukaemia,
    ),
    Indicator(
        "new-cases-three-cancers",
        Domain.NEED,
        mark("New cases of lymphoma, leukaemia and myeloma"),
        mark("Cases, three cancers"),
        CASES,
        0,
        mark("Estimated new cases of the three groups of cancers that CAR-T treats."),
        mark("Sum of the three estimates."),
        GLOBOCAN,
        need.new_cases_of_three,
    ),
    Indicator(
        "new-cases-per-100000",
        Domain.NEED,
        mark("New cases of the three cancers per 100,000 people"),
        mark("Cases per 100,000"),
        mark("per 100,000 people a year"),
        0,
        mark("Crude rate: new cases of the three cancers beside the population."),
        mark("100,000 × new cases / population (nearest year)."),
        GLOBOCAN,
        need.new_cases_per_hundred_thousand,
        decimals=1,
    ),
)
