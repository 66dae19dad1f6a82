"""Indicators of prices. What CAR-T costs."""

from __future__ import annotations

from indicators.catalog.indicator import Domain, Indicator
from indicators.catalog.terms import EXCHANGE_RATES, US_DOLLARS
from indicators.language import mark
from indicators.measures import prices

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "list-price",
        Domain.PRICES,
        mark("Latest list price of each product"),
        mark("List price by product"),
        US_DOLLARS,
        -1,
        mark("The newest list price of one treatment, by product: ex-factory, wholesale acquisition cost, public list price or health insurance tariff."),
        mark("Local price / average exchange rate of the price's own year. Bounds, ranges and targets are left out."),
        EXCHANGE_RATES,
        prices.list_price_by_product,
        by_product=True,
    ),
    Indicator(
        "median-list-price",
        Domain.PRICES,
        mark("Median list price of one CAR-T treatment"),
        mark("List price"),
        US_DOLLARS,
        -1,
        mark("Median over products of the newest list price; what payers pay after confidential discounts is lower."),
        mark("Median over products of the latest list price in US dollars of the price's own year."),
        EXCHANGE_RATES,
        prices.median_list_price_usd,
    ),
    Indicator(
        "median-list-price-ppp",
        Domain.PRICES,
        mark("Median list price in purchasing power"),
        mark("List price, PPP"),
        mark("international dollars"),
        -1,
        mark("What the list price would buy in the country, expressed in what a dollar buys in the United States."),
        mark("Median over products of local price / PPP conversion factor (PA.NUS.PPP, nearest year)."),
        EXCHANGE_RATES,
        prices.median_list_price_ppp,
    ),
    Indicator(
        "list-price-gdp-multiple",
        Domain.PRICES,
        mark("Median list price as multiples of GDP per head"),
        mark("List price / GDP per head"),
        mark("× GDP per head"),
        -1,
        mark("How many years of the country's average output per person one treatment costs."),
        mark("Median over products of list price in US dollars / GDP per head in US dollars (NY.GDP.PCAP.CD, nearest year)."),
        EXCHANGE_RATES,
        prices.median_list_price_gdp,
        decimals=1,
    ),
    Indicator(
        "list-price-health-years",
        Domain.PRICES,
        mark("Median list price in years of one person's health spending"),
        mark("List price / health spending"),
        mark("years"),
        -1,
        mark("How many years of average health spending per person, public and private, one treatment costs."),
        mark("Median over products of list price in US dollars / current health expenditure per head in US dollars (nearest year)."),
        mark("WHO Global Health Expenditure Database; World Bank exchange rates."),
        prices.median_list_price_health_years,
        decimals=0,
    ),
    Indicator(
        "list-price-relative-to-usa",
        Domain.PRICES,
        mark("List price relative to the United States, same products"),
        mark("Price relative to USA"),
        mark("% of US price"),
        -1,
        mark(
            "The list price here as a percentage of the wholesale acquisition cost of the same product in the United States; median over products priced in both."
        ),
        mark("Median over products of 100 × list price here / list price in the USA, each in US dollars of its own year."),
        EXCHANGE_RATES,
        prices.relative_to_usa,
    ),
    Indicator(
        "lowest-price",
        Domain.PRICES,
        mark("Lowest price of any kind for one CAR-T product"),
        mark("Lowest price"),
        US_DOLLARS,
        -1,
        mark(
            "The lowest price or production cost of a treatment's product that any source gives: list, negotiated, self-pay or academic. Not the cost of the whole treatment."
        ),
        mark(
            "Smallest of all such prices in US dollars; a range counts with its low end, an upper bound with the bound. Targets, lower bounds and prices of which no year is known are left out."
        ),
        EXCHANGE_RATES,
        prices.lowest_price,
    ),
    Indicator(
        "academic-price",
        Domain.PRICES,
        mark("Price or cost of hospital-made CAR-T"),
        mark("Academic price"),
        US_DOLLARS,
        -1,
        mark("The lowest price or production cost of a product that a hospital or university makes."),
        mark("Smallest academic price or cost in US dollars; bounds as in the lowest price."),
        EXCHANGE_RATES,
        prices.academic_price,
    ),
)
