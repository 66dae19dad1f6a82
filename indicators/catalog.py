"""The catalog: every indicator with its title, unit, direction, definition, formula and reference.

Every chart, export and answer reads indicators through :func:`observe`; nothing else computes a number that a person
sees. ``python -m indicators list`` prints the catalog, ``python -m indicators values ID`` the values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from indicators.dataset import Dataset
from indicators.language import mark
from indicators.measures import approvals, care, manufacturing, need, prices, reimbursement


class Domain(StrEnum):
    """What an indicator is about."""

    APPROVALS = "approvals"
    PRICES = "prices"
    REIMBURSEMENT = "reimbursement"
    MANUFACTURING = "manufacturing"
    CARE = "care"
    NEED = "need"
    CONTEXT = "context"


DOMAIN_TITLES = {
    Domain.APPROVALS: mark("Approvals"),
    Domain.PRICES: mark("Prices"),
    Domain.REIMBURSEMENT: mark("Reimbursement"),
    Domain.MANUFACTURING: mark("Manufacturing"),
    Domain.CARE: mark("Care"),
    Domain.NEED: mark("Need"),
    Domain.CONTEXT: mark("Context"),
}


class ValueType(StrEnum):
    """How an indicator's value is read."""

    NUMBER = "number"
    DATE = "date"  # value: year with a fraction; label: the ISO date
    CATEGORY = "category"  # label: one of the indicator's categories; value: its place among them, the best first


@dataclass(frozen=True, slots=True)
class Indicator:
    """One named, documented measure. Texts are English and pass through gettext where they are shown.

    ``direction`` is +1 when more is better for patients, -1 when less is, 0 when neither can be said. ``categories``
    gives each category's code and text, the best first. ``by_product`` marks one row per country and product.
    ``at_least_one`` is what a country has that has a value, for the finding of a count.
    """

    id: str
    domain: Domain
    title: str
    short_title: str
    unit: str
    direction: int
    definition: str
    formula: str
    reference: str
    measure: Callable[[Dataset], pd.DataFrame]
    value_type: ValueType = ValueType.NUMBER
    decimals: int = 0
    categories: tuple[tuple[str, str], ...] = ()
    by_product: bool = False
    at_least_one: str = ""


_OWN = mark("The atlas's own count; see the data dictionary.")
_WAIT = mark("In the manner of EFPIA's Patients W.A.I.T. Indicator (IQVIA, 2023 survey, June 2024), narrowed to CAR-T; not to be set beside its percentages.")
_MONEY = mark("World Bank, World Development Indicators: yearly average exchange rates (PA.NUS.FCRF) and the series named in the formula.")
_GLOBOCAN = mark(
    "GLOBOCAN 2022, International Agency for Research on Cancer (Bray F et al., CA Cancer J Clin 2024;74:229–263). Non-commercial use with attribution."
)
_WDI = mark("World Bank, World Development Indicators.")
_PRODUCTS = mark("products")
_SITES = mark("sites")
_US_DOLLARS = mark("US dollars")
_PERCENT = mark("%")
_DAYS = mark("days")
_PATIENTS = mark("patients")
_CASES = mark("new cases a year")

_INDICATORS: tuple[Indicator, ...] = (
    # --- approvals ---------------------------------------------------------------------------------------------
    Indicator(
        "products-approved",
        Domain.APPROVALS,
        mark("CAR-T products with a marketing authorisation or hospital exemption"),
        mark("Products approved or exempted"),
        _PRODUCTS,
        1,
        mark(
            "Different CAR-T products that a regulator allows to be marketed, or given under a hospital exemption. EU decisions count for each member; a territory counts only with a decision of its own."
        ),
        mark("Number of different products among approvals in force; an approval whose product is not named counts only if no other is known."),
        _OWN,
        approvals.products_approved,
        at_least_one=mark("a CAR-T product authorised or under a hospital exemption"),
    ),
    Indicator(
        "indications-approved",
        Domain.APPROVALS,
        mark("Indications with a CAR-T product authorised or under a hospital exemption"),
        mark("Indications approved"),
        mark("indications"),
        1,
        mark("Different diseases and lines of treatment for which at least one product is authorised."),
        mark("Number of different indications among approvals in force."),
        _OWN,
        approvals.indications_approved,
        at_least_one=mark("an indication with a product authorised or under a hospital exemption"),
    ),
    Indicator(
        "share-of-world-products",
        Domain.APPROVALS,
        mark("Share of the world's authorised CAR-T products that are authorised in the country"),
        mark("Share of world's products"),
        _PERCENT,
        1,
        mark("Products authorised in the country as a percentage of products authorised anywhere."),
        mark("100 × products approved here / products approved anywhere."),
        _OWN,
        approvals.share_of_world_products,
        decimals=0,
    ),
    Indicator(
        "first-approval-date",
        Domain.APPROVALS,
        mark("Date of the first CAR-T authorisation"),
        mark("First approval"),
        mark("date"),
        -1,
        mark("When the first CAR-T product was authorised in the country, as precise as sources say."),
        mark("Earliest date among approvals in force; none where a source tells of an undated approval before it."),
        _OWN,
        approvals.first_approval_date,
        ValueType.DATE,
    ),
    Indicator(
        "median-approval-lag",
        Domain.APPROVALS,
        mark("Median delay of authorisation behind the first regulator in the world"),
        mark("Approval lag"),
        _DAYS,
        -1,
        mark("How long after its first authorisation anywhere a product is authorised here; median over the country's products."),
        mark(
            "Median over products of (first authorisation here − first authorisation in the world). A date known as a month stands for its middle; years alone are left out."
        ),
        _OWN,
        approvals.median_approval_lag,
    ),
    Indicator(
        "academic-route",
        Domain.APPROVALS,
        mark("Hospital exemption or authorised hospital-made product in use"),
        mark("Hospital-made product"),
        "",
        1,
        mark("Whether CAR-T made by a hospital or university is given outside trials, under a hospital exemption or an authorisation of its own."),
        mark("Yes where an approval or a route to treatment says so; an exemption need not be published, so no country is called a no."),
        mark("Regulation (EC) No 1394/2007, article 28, for the European Union; national rules elsewhere."),
        approvals.academic_route,
        ValueType.CATEGORY,
        categories=(("no", mark("No")), ("yes", mark("In use"))),
    ),
    # --- prices ------------------------------------------------------------------------------------------------
    Indicator(
        "list-price",
        Domain.PRICES,
        mark("Latest list price of each product"),
        mark("List price by product"),
        _US_DOLLARS,
        -1,
        mark("The newest list price of one treatment, by product: ex-factory, wholesale acquisition cost, public list price or health insurance tariff."),
        mark("Local price / average exchange rate of the price's own year. Bounds, ranges and targets are left out."),
        _MONEY,
        prices.list_price_by_product,
        by_product=True,
    ),
    Indicator(
        "median-list-price",
        Domain.PRICES,
        mark("Median list price of one CAR-T treatment"),
        mark("List price"),
        _US_DOLLARS,
        -1,
        mark("Median over products of the newest list price; what payers pay after confidential discounts is lower."),
        mark("Median over products of the latest list price in US dollars of the price's own year."),
        _MONEY,
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
        _MONEY,
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
        _MONEY,
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
        _MONEY,
        prices.relative_to_usa,
    ),
    Indicator(
        "lowest-price",
        Domain.PRICES,
        mark("Lowest price of any kind for one CAR-T product"),
        mark("Lowest price"),
        _US_DOLLARS,
        -1,
        mark(
            "The lowest price or production cost of a treatment's product that any source gives: list, negotiated, self-pay or academic. Not the cost of the whole treatment."
        ),
        mark(
            "Smallest of all such prices in US dollars; a range counts with its low end, an upper bound with the bound. Targets, lower bounds and prices of which no year is known are left out."
        ),
        _MONEY,
        prices.lowest_price,
    ),
    Indicator(
        "academic-price",
        Domain.PRICES,
        mark("Price or cost of hospital-made CAR-T"),
        mark("Academic price"),
        _US_DOLLARS,
        -1,
        mark("The lowest price or production cost of a product that a hospital or university makes."),
        mark("Smallest academic price or cost in US dollars; bounds as in the lowest price."),
        _MONEY,
        prices.academic_price,
    ),
    # --- reimbursement -----------------------------------------------------------------------------------------
    Indicator(
        "reimbursement-status",
        Domain.REIMBURSEMENT,
        mark("Who pays: best public cover of any CAR-T product"),
        mark("Public cover"),
        "",
        1,
        mark(
            "The best cover that public money gives to any product. National decisions first; where only a province, state or nation decides, the country is covered in part."
        ),
        mark("Best of the newest decisions. Advice never counts, private cover only where no public decision says more."),
        _OWN,
        reimbursement.reimbursement_status,
        ValueType.CATEGORY,
        categories=(
            ("covered", mark("Covered")),
            ("covered-conditionally", mark("Covered on conditions")),
            ("covered-in-part", mark("Covered in part of the country")),
            ("case-by-case", mark("Case by case")),
            ("private-only", mark("Private cover only")),
            ("not-covered", mark("Not covered")),
        ),
    ),
    Indicator(
        "products-covered",
        Domain.REIMBURSEMENT,
        mark("CAR-T products that public money pays for"),
        mark("Products covered"),
        _PRODUCTS,
        1,
        mark("Different products covered in full or on conditions by the newest public decision, in the whole country or a part of it."),
        mark("Number of different products; a decision that names none counts only if no other is known. Zero only where decisions deny cover."),
        _OWN,
        reimbursement.products_covered,
        at_least_one=mark("a publicly covered product"),
    ),
    Indicator(
        "indications-covered",
        Domain.REIMBURSEMENT,
        mark("Indications that public money pays for"),
        mark("Indications covered"),
        mark("indications"),
        1,
        mark("Different indications covered with at least one product, in full or on conditions."),
        mark("Number of different indications among decisions that cover."),
        _OWN,
        reimbursement.indications_covered,
        at_least_one=mark("a publicly covered indication"),
    ),
    Indicator(
        "rate-of-availability",
        Domain.REIMBURSEMENT,
        mark("Rate of availability: authorised products that are publicly covered"),
        mark("Rate of availability"),
        _PERCENT,
        1,
        mark("Of the products with a marketing authorisation in the country, the share that public money pays for, with or without restrictions."),
        mark(
            "100 × products covered / products with a marketing authorisation here. W.A.I.T. counts all new medicines with central EU authorisation of four years; this counts CAR-T authorised in the country at any time. A product without a known decision counts as not covered, so this is a floor."
        ),
        _WAIT,
        reimbursement.rate_of_availability,
    ),
    Indicator(
        "time-to-availability",
        Domain.REIMBURSEMENT,
        mark("Time to availability: from marketing authorisation to public cover"),
        mark("Time to availability"),
        _DAYS,
        -1,
        mark(
            "Days from a product's marketing authorisation in the country to the first public decision that covers it; median over products that are covered."
        ),
        mark(
            "Median over products of (first covering decision − marketing authorisation). Products still without cover, or with an undated decision, do not enter, so slow countries look better than they are."
        ),
        _WAIT,
        reimbursement.time_to_availability,
    ),
    Indicator(
        "positive-decisions",
        Domain.REIMBURSEMENT,
        mark("Share of positive payer decisions"),
        mark("Positive decisions"),
        _PERCENT,
        1,
        mark("Decisions to pay, with or without conditions, as a percentage of all final public decisions since 2017."),
        mark("100 × (recommended + restricted + managed access) / (these + not recommended)."),
        _OWN,
        reimbursement.share_of_positive_decisions,
    ),
    Indicator(
        "managed-entry-agreements",
        Domain.REIMBURSEMENT,
        mark("Managed entry agreements for CAR-T"),
        mark("Managed entry agreements"),
        mark("agreements"),
        0,
        mark("Products and indications that are paid for under an agreement on discount, outcome, instalments, evidence or volume."),
        mark("Number of different product-indication pairs among covering decisions with an agreement."),
        mark("Terms as in Carlson JJ et al., Health Policy 2010;96:179–190."),
        reimbursement.managed_entry_agreements,
        at_least_one=mark("a known managed entry agreement"),
    ),
    # --- manufacturing -----------------------------------------------------------------------------------------
    Indicator(
        "manufacturing-sites",
        Domain.MANUFACTURING,
        mark("Sites that make CAR-T cells"),
        mark("Sites"),
        _SITES,
        1,
        mark(
            "Operating sites of companies, contract makers, hospitals and universities. Vector plants, planned sites and sites whose running nothing recent confirms are left out."
        ),
        mark("Number of sites with status operational, of any type but vector."),
        _OWN,
        manufacturing.operational_sites,
        at_least_one=mark("a site that makes CAR-T cells"),
    ),
    Indicator(
        "commercial-sites",
        Domain.MANUFACTURING,
        mark("Operating sites of companies and contract makers"),
        mark("Commercial sites"),
        _SITES,
        1,
        mark("Operating plants for marketed products and of contract development and manufacturing organisations."),
        mark("Number of operational sites of type commercial or contract maker."),
        _OWN,
        manufacturing.commercial_sites,
        at_least_one=mark("a commercial site"),
    ),
    Indicator(
        "hospital-sites",
        Domain.MANUFACTURING,
        mark("Operating sites in hospitals and universities"),
        mark("Hospital sites"),
        _SITES,
        1,
        mark("Operating academic and point-of-care sites."),
        mark("Number of operational sites of type academic or point of care."),
        _OWN,
        manufacturing.hospital_sites,
        at_least_one=mark("a hospital or university site"),
    ),
    Indicator(
        "coming-sites",
        Domain.MANUFACTURING,
        mark("Sites planned, being built or not yet started"),
        mark("Sites to come"),
        _SITES,
        1,
        mark("Sites that are announced, under construction, or approved but not running yet."),
        mark("Number of sites with such a status, of any type but vector."),
        _OWN,
        manufacturing.coming_sites,
        at_least_one=mark("a site planned or being built"),
    ),
    Indicator(
        "vector-sites",
        Domain.MANUFACTURING,
        mark("Operating plants that make viral vectors for CAR-T"),
        mark("Vector plants"),
        _SITES,
        1,
        mark("Operating plants that make lentiviral or retroviral vectors for CAR-T."),
        mark("Number of operational sites of type vector."),
        _OWN,
        manufacturing.vector_sites,
        at_least_one=mark("a vector plant"),
    ),
    Indicator(
        "stated-capacity",
        Domain.MANUFACTURING,
        mark("Stated manufacturing capacity"),
        mark("Capacity"),
        mark("patients a year"),
        1,
        mark("Capacity that sources state for operating sites. A floor: most sites state none."),
        mark("Sum of stated capacities; targets are left out."),
        _OWN,
        manufacturing.stated_capacity,
    ),
    Indicator(
        "capacity-per-1000-eligible",
        Domain.MANUFACTURING,
        mark("Stated capacity per 1,000 eligible patients"),
        mark("Capacity / eligible"),
        mark("per 1,000 eligible patients"),
        1,
        mark("Stated capacity beside the number of people a year who are eligible for any product, where a source gives that number for the country."),
        mark("1,000 × stated capacity / eligible patients a year."),
        _OWN,
        manufacturing.capacity_per_thousand_eligible,
    ),
    Indicator(
        "capacity-per-1000-cases",
        Domain.MANUFACTURING,
        mark("Stated capacity per 1,000 new cases of lymphoma, leukaemia and myeloma"),
        mark("Capacity / new cases"),
        mark("per 1,000 new cases"),
        1,
        mark("Stated capacity beside new cases of non-Hodgkin lymphoma, leukaemia and myeloma; only a part of these patients ever needs CAR-T."),
        mark("1,000 × stated capacity / new cases of the three cancers a year."),
        _GLOBOCAN,
        manufacturing.capacity_per_thousand_cases,
        decimals=1,
    ),
    Indicator(
        "makes-its-own",
        Domain.MANUFACTURING,
        mark("Makes its own CAR-T"),
        mark("Own manufacture"),
        "",
        1,
        mark("Whether cells are made in the country, by a company, hospital or university, for routine care or trials."),
        mark("Operating where at least one cell site runs; to come where one is planned or being built."),
        _OWN,
        manufacturing.makes_its_own,
        ValueType.CATEGORY,
        categories=(("operating", mark("Operating")), ("coming", mark("Planned or being built"))),
    ),
    Indicator(
        "distance-to-site",
        Domain.MANUFACTURING,
        mark("Distance from the capital to the nearest operating site"),
        mark("Distance to nearest site"),
        mark("km"),
        -1,
        mark(
            "Great-circle distance from the capital to the nearest site that makes CAR-T cells, in this or another country. Geography, not supply: that site need not serve the country."
        ),
        mark("Smallest haversine distance on a sphere of 6,371 km."),
        mark("Sinnott RW. Virtues of the haversine. Sky and Telescope 1984;68(2):159."),
        manufacturing.distance_to_nearest_site,
    ),
    Indicator(
        "vein-to-vein-time",
        Domain.MANUFACTURING,
        mark("Vein-to-vein time"),
        mark("Vein-to-vein time"),
        _DAYS,
        -1,
        mark("Days from leukapheresis to infusion that reports from the country give, routine care before trials."),
        mark("Median over the country's reports."),
        _OWN,
        manufacturing.vein_to_vein_time,
    ),
    Indicator(
        "manufacturing-failure-rate",
        Domain.MANUFACTURING,
        mark("Manufacturing failure rate"),
        mark("Failure rate"),
        _PERCENT,
        -1,
        mark("Percentage of products that could not be made, in reports from the country, routine care before trials."),
        mark("Median over the country's reports."),
        _OWN,
        manufacturing.manufacturing_failure_rate,
        decimals=1,
    ),
    # --- care --------------------------------------------------------------------------------------------------
    Indicator(
        "treatment-centres",
        Domain.CARE,
        mark("Centres that give CAR-T"),
        mark("Treatment centres"),
        mark("centres"),
        1,
        mark("Newest count of the country's treatment centres. What counts as a centre differs from source to source."),
        mark("Newest national figure over all products; targets are left out."),
        _OWN,
        care.treatment_centres,
        at_least_one=mark("a counted treatment centre"),
    ),
    Indicator(
        "centres-per-10-million",
        Domain.CARE,
        mark("Treatment centres per 10 million people"),
        mark("Centres per 10 million"),
        mark("per 10 million people"),
        1,
        mark("Newest count of treatment centres beside the population."),
        mark("10,000,000 × treatment centres / population (nearest year)."),
        mark("As team density in the activity surveys of the European Society for Blood and Marrow Transplantation."),
        care.centres_per_ten_million,
        decimals=1,
    ),
    Indicator(
        "patients-treated",
        Domain.CARE,
        mark("Patients treated in a year"),
        mark("Patients a year"),
        _PATIENTS,
        1,
        mark("Newest figure of patients treated with CAR-T in one year in the whole country."),
        mark("Newest national figure over all products."),
        _OWN,
        care.patients_treated,
    ),
    Indicator(
        "patients-per-million",
        Domain.CARE,
        mark("Patients treated in a year per million people"),
        mark("Patients per million"),
        mark("per million people"),
        1,
        mark("Newest yearly figure of patients treated beside the population."),
        mark("1,000,000 × patients treated in a year / population (nearest year)."),
        _OWN,
        care.patients_per_million,
        decimals=1,
    ),
    Indicator(
        "treatment-rate",
        Domain.CARE,
        mark("CAR-T patients in a year per 10 million people, as reported to EBMT"),
        mark("Patients per 10 million (EBMT)"),
        mark("per 10 million people"),
        1,
        mark(
            "Rate that the European Society for Blood and Marrow Transplantation prints for countries whose transplant teams report to it; one method for all, trials included. The rates of 2024 count first treatments alone, those before all."
        ),
        mark("Newest printed rate."),
        mark("EBMT activity survey 2024. Bone Marrow Transplantation 2026, doi:10.1038/s41409-026-02919-9."),
        care.treatment_rate,
        decimals=1,
    ),
    Indicator(
        "patients-treated-ever",
        Domain.CARE,
        mark("Patients treated up to now"),
        mark("Patients ever"),
        _PATIENTS,
        1,
        mark("Newest cumulative figure of patients treated with CAR-T in the whole country."),
        mark("Newest national figure over all products; sources start to count at different times."),
        _OWN,
        care.patients_treated_ever,
    ),
    Indicator(
        "clinical-trials",
        Domain.CARE,
        mark("Clinical trials of CAR-T"),
        mark("Clinical trials"),
        mark("trials"),
        1,
        mark("Newest count of CAR-T trials with a site in the country; most counts are from ClinicalTrials.gov and miss what only a national register lists."),
        mark("Newest national figure over all products."),
        _OWN,
        care.clinical_trials,
    ),
    Indicator(
        "trials-per-10-million",
        Domain.CARE,
        mark("Clinical trials of CAR-T per 10 million people"),
        mark("Trials per 10 million"),
        mark("per 10 million people"),
        1,
        mark("Newest count of CAR-T trials with a site in the country beside the population; a trial in several countries counts in each."),
        mark("10,000,000 × clinical trials / population (nearest year)."),
        mark("The atlas's own rate; population: World Bank, World Development Indicators (SP.POP.TOTL)."),
        care.trials_per_ten_million,
        decimals=1,
    ),
    Indicator(
        "eligible-patients",
        Domain.CARE,
        mark("People eligible for CAR-T in a year"),
        mark("Eligible patients"),
        mark("patients a year"),
        0,
        mark("Estimate of people who meet a label in a year, where a source gives one for the country; definitions differ."),
        mark("Newest national figure over all products, else for one product's label; a range counts with its middle."),
        _OWN,
        care.eligible_patients,
    ),
    Indicator(
        "route-to-treatment",
        Domain.CARE,
        mark("How patients get CAR-T"),
        mark("Route to treatment"),
        "",
        1,
        mark(
            "The best route that is known: authorised product, hospital exemption, named patient, trial, travel abroad, or none. An authorised product is a route also where another jurisdiction authorised it, as the United States did for Puerto Rico."
        ),
        mark("Best among the routes that sources document and the approvals in force."),
        _OWN,
        care.route_to_treatment,
        ValueType.CATEGORY,
        categories=(
            ("marketing-authorisation", mark("Authorised product")),
            ("hospital-exemption", mark("Hospital exemption")),
            ("named-patient", mark("Named patient")),
            ("clinical-trial-only", mark("Trials only")),
            ("medical-travel-outbound", mark("Travel abroad")),
            ("none", mark("No route")),
        ),
    ),
    # --- need --------------------------------------------------------------------------------------------------
    Indicator(
        "new-cases-nhl",
        Domain.NEED,
        mark("New cases of non-Hodgkin lymphoma"),
        mark("Lymphoma cases"),
        _CASES,
        0,
        mark("Estimated new cases of non-Hodgkin lymphoma in a year, both sexes, all ages."),
        mark("As published."),
        _GLOBOCAN,
        need.new_cases_nhl,
    ),
    Indicator(
        "new-cases-myeloma",
        Domain.NEED,
        mark("New cases of multiple myeloma"),
        mark("Myeloma cases"),
        _CASES,
        0,
        mark("Estimated new cases of multiple myeloma in a year, both sexes, all ages."),
        mark("As published."),
        _GLOBOCAN,
        need.new_cases_myeloma,
    ),
    Indicator(
        "new-cases-leukaemia",
        Domain.NEED,
        mark("New cases of leukaemia"),
        mark("Leukaemia cases"),
        _CASES,
        0,
        mark("Estimated new cases of all leukaemias in a year, both sexes, all ages; CAR-T treats only some of them."),
        mark("As published."),
        _GLOBOCAN,
        need.new_cases_leukaemia,
    ),
    Indicator(
        "new-cases-three-cancers",
        Domain.NEED,
        mark("New cases of lymphoma, leukaemia and myeloma"),
        mark("Cases, three cancers"),
        _CASES,
        0,
        mark("Estimated new cases of the three groups of cancers that CAR-T treats."),
        mark("Sum of the three estimates."),
        _GLOBOCAN,
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
        _GLOBOCAN,
        need.new_cases_per_hundred_thousand,
        decimals=1,
    ),
    # --- context -----------------------------------------------------------------------------------------------
    Indicator(
        "population",
        Domain.CONTEXT,
        mark("Population"),
        mark("Population"),
        mark("people"),
        0,
        mark("Midyear population, newest year."),
        mark("As published (SP.POP.TOTL)."),
        _WDI,
        need.population,
    ),
    Indicator(
        "gdp-per-head",
        Domain.CONTEXT,
        mark("GDP per head"),
        mark("GDP per head"),
        _US_DOLLARS,
        0,
        mark("Gross domestic product per head in current US dollars, newest year."),
        mark("As published (NY.GDP.PCAP.CD)."),
        _WDI,
        need.gdp_per_head,
    ),
    Indicator(
        "gdp-per-head-ppp",
        Domain.CONTEXT,
        mark("GDP per head in purchasing power"),
        mark("GDP per head, PPP"),
        mark("international dollars"),
        0,
        mark("Gross domestic product per head in current international dollars, newest year."),
        mark("As published (NY.GDP.PCAP.PP.CD)."),
        _WDI,
        need.gdp_per_head_ppp,
    ),
    Indicator(
        "health-spending-per-head",
        Domain.CONTEXT,
        mark("Health spending per head"),
        mark("Health spending"),
        _US_DOLLARS,
        0,
        mark("Current health expenditure per head, public and private, in US dollars, newest year."),
        mark("As published."),
        mark("WHO Global Health Expenditure Database."),
        need.health_spending_per_head,
    ),
    Indicator(
        "out-of-pocket-share",
        Domain.CONTEXT,
        mark("Share of health spending that households pay out of pocket"),
        mark("Out-of-pocket share"),
        _PERCENT,
        -1,
        mark("Out-of-pocket payments as a percentage of current health expenditure, newest year."),
        mark("As published."),
        mark("WHO Global Health Expenditure Database."),
        need.out_of_pocket_share,
    ),
    Indicator(
        "uhc-index",
        Domain.CONTEXT,
        mark("Universal health coverage: service coverage index"),
        mark("UHC index"),
        mark("points of 100"),
        1,
        mark("WHO's index of the coverage of essential health services (SDG indicator 3.8.1), newest year."),
        mark("As published."),
        mark("World Health Organization, UHC service coverage index."),
        need.uhc_index,
    ),
    Indicator(
        "life-expectancy",
        Domain.CONTEXT,
        mark("Life expectancy at birth"),
        mark("Life expectancy"),
        mark("years"),
        1,
        mark("Life expectancy at birth, both sexes, newest year."),
        mark("As published (SP.DYN.LE00.IN)."),
        _WDI,
        need.life_expectancy,
        decimals=1,
    ),
    Indicator(
        "income-group",
        Domain.CONTEXT,
        mark("World Bank income group"),
        mark("Income group"),
        "",
        0,
        mark("The World Bank's classification by gross national income per head, fiscal year 2026."),
        mark("As published."),
        mark("World Bank country and lending groups."),
        need.income_group,
        ValueType.CATEGORY,
        categories=(
            ("HIC", mark("High income")),
            ("UMC", mark("Upper middle income")),
            ("LMC", mark("Lower middle income")),
            ("LIC", mark("Low income")),
        ),
    ),
)

INDICATORS: dict[str, Indicator] = {indicator.id: indicator for indicator in _INDICATORS}


class UnknownIndicatorError(KeyError):
    """There is no indicator of that id."""


def get(indicator_id: str) -> Indicator:
    """Return an indicator by its id. Raises UnknownIndicatorError when there is none."""
    try:
        return INDICATORS[indicator_id]
    except KeyError:
        raise UnknownIndicatorError(indicator_id) from None


def observe(dataset: Dataset, indicator_id: str) -> pd.DataFrame:
    """Return an indicator's observations on a dataset, computed once; see :mod:`indicators.observations`.

    Raises UnknownIndicatorError when there is no such indicator.
    """
    indicator = get(indicator_id)
    frame = dataset.remember(("observations", indicator_id), lambda: indicator.measure(dataset))
    return frame.copy(deep=False)


def in_domain(domain: Domain) -> list[Indicator]:
    """Return the indicators of a domain, in the catalog's order."""
    return [indicator for indicator in INDICATORS.values() if indicator.domain == domain]
