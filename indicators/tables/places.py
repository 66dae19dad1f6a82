"""Tables of countries, their groups, and what offices of statistics say of them."""

from __future__ import annotations

from indicators.schema import Column, Kind, Table
from indicators.tables.shared import FACT_COLUMNS, YES_NO, code, country, number, text, year

INCOME_GROUPS = ("HIC", "UMC", "LMC", "LIC")
UN_REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
WHO_REGIONS = ("AFR", "AMR", "EMR", "EUR", "SEAR", "WPR")

COUNTRIES = Table(
    "countries",
    "Countries and territories",
    "Members of the United Nations and territories of 100,000 people or more that have an ISO 3166-1 code.",
    (
        Column("iso3", Kind.ISO3, "ISO 3166-1 alpha-3 code."),
        Column("iso2", Kind.ISO2, "ISO 3166-1 alpha-2 code."),
        text("name", "Short English name.", required=True),
        code("un_m49_region", "Region of the United Nations' M49 standard.", UN_REGIONS),
        text("un_m49_subregion", "Subregion of the M49 standard.", required=True),
        code("who_region", "Region of the World Health Organization; empty for territories without one.", WHO_REGIONS, False),
        code("wb_income_group", "World Bank income group; empty when unclassified.", INCOME_GROUPS, False),
        text("wb_income_year", "Fiscal year of the World Bank's list."),
        code("eu_member", "Member of the European Union today.", YES_NO),
        code("eea_member", "Member of the European Economic Area today.", YES_NO),
        code("oecd_member", "Member of the OECD today.", YES_NO),
        Column("currency", Kind.CURRENCY, "Legal tender (one is kept where there are several)."),
        text("capital", "Capital, the place that distances are measured from."),
        Column("capital_lat", Kind.NUMBER, "Latitude of the capital.", "degrees north", False, minimum=-90, maximum=90),
        Column("capital_lon", Kind.NUMBER, "Longitude of the capital.", "degrees east", False, minimum=-180, maximum=180),
        *FACT_COLUMNS,
    ),
    key=("iso3",),
)

CONTEXT_INDICATORS = (
    "population",
    "gdp-usd",
    "gdp-per-capita-usd",
    "gdp-per-capita-ppp",
    "gni-per-capita-usd",
    "ppp-factor-lcu-per-intl-dollar",
    "health-expenditure-per-capita-usd",
    "oop-share-of-health-expenditure-percent",
    "uhc-service-coverage-index",
    "life-expectancy",
)

CONTEXT = Table(
    "context",
    "Economic and health context",
    "Population, national income, prices and health spending of a country, one figure a line.",
    (
        country(),
        code("indicator", "What the figure measures.", CONTEXT_INDICATORS),
        Column("value", Kind.NUMBER, "The figure.", minimum=0),
        text("unit", "Its unit.", required=True),
        year("year", "The year that it speaks of.", required=True),
        *FACT_COLUMNS,
    ),
    key=("iso3", "indicator", "year"),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    "Yearly average exchange rates",
    "Units of local currency for one US dollar, average of the year.",
    (
        Column("currency", Kind.CURRENCY, "The currency."),
        year("year", "The year.", required=True),
        Column("lcu_per_usd", Kind.NUMBER, "Local currency units for one US dollar.", "currency units", minimum=0),
        *FACT_COLUMNS,
    ),
    key=("currency", "year"),
)

CANCER_INCIDENCE = Table(
    "cancer_incidence",
    "Cancer incidence",
    "Estimated new cases and deaths in a year. GLOBOCAN 2022 (IARC): non-commercial use with attribution.",
    (
        country(),
        code("cancer", "Group of cancers ('all' leaves out non-melanoma skin cancer).", ("nhl", "leukaemia", "multiple-myeloma", "all")),
        Column("new_cases", Kind.INTEGER, "New cases.", "cases per year", minimum=0),
        number("asr_per_100k", "Age-standardised rate, world standard.", "cases per 100,000 people a year"),
        Column("deaths", Kind.INTEGER, "Deaths.", "deaths per year", False, minimum=0),
        year("year", "Year.", required=True),
        *FACT_COLUMNS,
    ),
    key=("iso3", "cancer", "year"),
    licence="GLOBOCAN: non-commercial use with attribution to the International Agency for Research on Cancer",
)
GROUPS = ("g20", "brics", "ldc")

COUNTRY_GROUPS = Table(
    "country_groups",
    "Groups of countries",
    "Members of groups that countries are compared by, one membership a line; the European Union and the OECD are columns of the table of countries.",
    (
        code("group_id", "The group: G20, BRICS, or the least developed countries of the United Nations.", GROUPS),
        country(),
        *FACT_COLUMNS,
    ),
    key=("group_id", "iso3"),
)
