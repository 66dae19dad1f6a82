"""The schema of every table of the dataset, said once.

Validation (:mod:`indicators.validate`), typed loading (:mod:`indicators.dataset`), the data package and the data
dictionary (:mod:`indicators.datapackage`) are all derived from the declarations in this file.
"""

from __future__ import annotations

from indicators.columns import Column, Kind, Table

CONFIDENCES = ("high", "medium", "low")
GRADES = ("A", "B", "C", "D")
READINGS = ("original", "copy", "transcription")
VALUE_KINDS = ("exact", "approximate", "at-most", "at-least", "range", "target")
DATE_BASES = ("decision", "effective", "announcement", "article", "unknown")
POPULATIONS = ("adult", "paediatric", "both", "unknown")
YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")

ANY_PRODUCT = "any"
UNSPECIFIED = "unspecified"
PRODUCT_SPECIALS = (ANY_PRODUCT, UNSPECIFIED)

INCOME_GROUPS = ("HIC", "UMC", "LMC", "LIC")
UN_REGIONS = ("Africa", "Americas", "Asia", "Europe", "Oceania")
WHO_REGIONS = ("AFR", "AMR", "EMR", "EUR", "SEAR", "WPR")

_FACT_COLUMNS = (
    Column("fact_id", Kind.FACT, "Stable, readable name of the fact."),
    Column("source_ids", Kind.IDENTIFIERS, "Sources of the fact, the best first.", references="sources"),
    Column("confidence", Kind.CODE, "How far the fact can be relied on, all sources considered.", allowed=CONFIDENCES),
    Column("checked", Kind.PARTIAL_DATE, "When the fact was last confirmed."),
    Column("preferred", Kind.CODE, "Whether charts use this fact where facts disagree.", allowed=YES_NO),
    Column("conflict_note", Kind.TEXT, "What disagrees with this fact, and why this or the other is used.", required=False),
    Column("note", Kind.TEXT, "Anything a reader has to know, in our own words.", required=False),
)


def _product(description: str = "The product.") -> Column:
    return Column("product_id", Kind.IDENTIFIER, description, references="products", specials=PRODUCT_SPECIALS)


def _jurisdiction(description: str = "Country, or EU for a centralised European decision.") -> Column:
    return Column("jurisdiction", Kind.JURISDICTION, description)


def _place() -> Column:
    return Column("jurisdiction", Kind.EVENT_PLACE, "Country, EU, or WORLD for multinational studies and world-wide bodies.")


def _country(description: str = "The country.") -> Column:
    return Column("iso3", Kind.ISO3, description, references="countries")


def _indication(description: str = "The indication.") -> Column:
    return Column("indication_id", Kind.IDENTIFIER, description, references="indications")


def _value_kind(name: str = "value_kind", required: bool = True) -> Column:
    return Column(
        name,
        Kind.CODE,
        "What the figure is: exact, approximate, a bound, a range (low and high filled, the point empty) or a target.",
        allowed=VALUE_KINDS,
        required=required,
    )


def _number(name: str, description: str, unit: str = "", maximum: float | None = None, required: bool = False) -> Column:
    return Column(name, Kind.NUMBER, description, unit, required=required, minimum=0, maximum=maximum)


def _date(name: str, description: str) -> Column:
    return Column(name, Kind.PARTIAL_DATE, description, required=False)


def _code(name: str, description: str, allowed: tuple[str, ...], required: bool = True) -> Column:
    return Column(name, Kind.CODE, description, allowed=allowed, required=required)


def _text(name: str, description: str, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, description, required=required)


def _year(name: str, description: str, required: bool = False) -> Column:
    return Column(name, Kind.YEAR, description, required=required, minimum=1990, maximum=2040)


_DATE_BASIS = _code("date_basis", "What the date is the date of.", DATE_BASES)

COUNTRIES = Table(
    "countries",
    "Countries and territories",
    "Members of the United Nations and territories of 100,000 people or more that have an ISO 3166-1 code.",
    (
        Column("iso3", Kind.ISO3, "ISO 3166-1 alpha-3 code."),
        Column("iso2", Kind.ISO2, "ISO 3166-1 alpha-2 code."),
        _text("name", "Short English name.", required=True),
        _code("un_m49_region", "Region of the United Nations' M49 standard.", UN_REGIONS),
        _text("un_m49_subregion", "Subregion of the M49 standard.", required=True),
        _code("who_region", "Region of the World Health Organization; empty for territories without one.", WHO_REGIONS, False),
        _code("wb_income_group", "World Bank income group; empty when unclassified.", INCOME_GROUPS, False),
        _text("wb_income_year", "Fiscal year of the World Bank's list."),
        _code("eu_member", "Member of the European Union today.", YES_NO),
        _code("eea_member", "Member of the European Economic Area today.", YES_NO),
        _code("oecd_member", "Member of the OECD today.", YES_NO),
        Column("currency", Kind.CURRENCY, "Legal tender (one is kept where there are several)."),
        _text("capital", "Capital, the place that distances are measured from."),
        Column("capital_lat", Kind.NUMBER, "Latitude of the capital.", "degrees north", False, minimum=-90, maximum=90),
        Column("capital_lon", Kind.NUMBER, "Longitude of the capital.", "degrees east", False, minimum=-180, maximum=180),
        *_FACT_COLUMNS,
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
        _country(),
        _code("indicator", "What the figure measures.", CONTEXT_INDICATORS),
        Column("value", Kind.NUMBER, "The figure.", minimum=0),
        _text("unit", "Its unit.", required=True),
        _year("year", "The year that it speaks of.", required=True),
        *_FACT_COLUMNS,
    ),
    key=("iso3", "indicator", "year"),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    "Yearly average exchange rates",
    "Units of local currency for one US dollar, average of the year.",
    (
        Column("currency", Kind.CURRENCY, "The currency."),
        _year("year", "The year.", required=True),
        Column("lcu_per_usd", Kind.NUMBER, "Local currency units for one US dollar.", "currency units", minimum=0),
        *_FACT_COLUMNS,
    ),
    key=("currency", "year"),
)

PRODUCT_KINDS = ("commercial", "academic", "hospital-exemption", "investigational")

PRODUCTS = Table(
    "products",
    "Products",
    "Every CAR-T product that a fact names. First approvals follow from the table of approvals.",
    (
        Column("product_id", Kind.IDENTIFIER, "Our name for the product: one product, one id."),
        _text("inn", "International nonproprietary name."),
        _text("brand_names", "Brand names, separated by ';'."),
        _text("aliases", "Codes and other names that sources use, separated by ';'."),
        _text("developer", "Who developed it."),
        _text("marketing_holder", "Who holds the marketing authorisation, or makes it under an exemption."),
        Column("originator_country", Kind.ISO3, "Where it was developed.", required=False, references="countries"),
        _text("target_antigen", "Antigen that the receptor binds."),
        _code("costimulatory_domain", "Costimulatory domain of the receptor.", ("4-1BB", "CD28", "CD28+4-1BB", "unknown")),
        _code("cell_source", "Whose cells it is made of.", ("autologous", "allogeneic", "unknown")),
        _code("product_kind", "How it reaches patients.", PRODUCT_KINDS),
        *_FACT_COLUMNS,
    ),
    key=("product_id",),
)

DISEASE_GROUPS = ("nhl", "leukaemia", "multiple-myeloma", "other", "unspecified")

INDICATIONS = Table(
    "indications",
    "Indications",
    "Our vocabulary of diseases and lines of treatment; it is a classification, so its rows carry no sources.",
    (
        Column("indication_id", Kind.IDENTIFIER, "Our name for the indication."),
        _text("name", "What it is, in words.", required=True),
        _text("short_name", "The same for a chart's label.", required=True),
        _code("disease_group", "Group of cancers that its incidence is counted under.", DISEASE_GROUPS),
        _text("line", "Line of treatment, where the indication says one."),
        _code("countable", "Whether it counts as an indication of its own (no for 'not stated').", YES_NO),
    ),
    key=("indication_id",),
    has_facts=False,
)

APPROVAL_STATUSES = ("approved", "under-review", "refused", "withdrawn", "none-documented")
PATHWAYS = ("full", "conditional", "accelerated", "hospital-exemption", "unknown")

APPROVALS = Table(
    "approvals",
    "Approvals",
    "A regulator's decision on one product and indication, an application under review, or a documented absence.",
    (
        _product("The product; 'any' with status none-documented says that no CAR-T product is authorised."),
        _jurisdiction(),
        _text("regulator", "The authority that decides.", required=True),
        _indication(),
        _text("indication_text", "The indication as the source words it, in short."),
        _code("population", "Age group that the decision covers.", POPULATIONS),
        _date("approval_date", "Date of the decision."),
        _DATE_BASIS,
        _code("pathway", "Kind of authorisation.", PATHWAYS),
        _code(
            "status",
            "What the decision was; none-documented: a source says that no product is authorised, or that CAR-T has not come to the country.",
            APPROVAL_STATUSES,
        ),
        _date("status_date", "Date that the status is known for."),
        *_FACT_COLUMNS,
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
        _country(),
        _code("route", "The route.", ROUTES),
        _code("available", "Whether patients get treated by it.", ("yes", "limited", "no", "unknown")),
        _year("first_year", "First year, where known."),
        *_FACT_COLUMNS,
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
        _product(),
        _jurisdiction(),
        _number("price_local", "Price of one treatment; empty when the source gives a range.", "currency units"),
        _number("price_low", "Lower end of a range.", "currency units"),
        _number("price_high", "Upper end of a range.", "currency units"),
        _value_kind(),
        Column("currency", Kind.CURRENCY, "Currency, as the source states it."),
        _code("price_type", "Kind of price.", PRICE_TYPES),
        _code("includes_vat", "Whether value-added tax is in it.", YES_NO_UNKNOWN),
        _date("effective_date", "From when the price held."),
        _DATE_BASIS,
        _number("price_usd_as_stated", "US dollars, where the source states them too.", "US dollars"),
        _indication(),
        *_FACT_COLUMNS,
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
        _product(),
        _jurisdiction(),
        _text("payer", "Who decides, advises or pays.", required=True),
        _code("scope", "Whether it binds the whole country, a part of it, nobody (advice), or a private insurer.", SCOPES),
        _text("territory", "The part of the country; empty for the whole."),
        _indication(),
        _code("decision", "The decision; no-decision when none was ever taken.", DECISIONS),
        _code("coverage", "What is paid for.", COVERAGES),
        _code("scheme", "Managed entry agreement.", SCHEMES),
        _date("decision_date", "Date of the decision."),
        _DATE_BASIS,
        _text("decision_ref", "Number or name of the decision."),
        *_FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "indication_id", "payer", "decision_date", "fact_id"),
    dates=("decision_date",),
    conflict_key=("product_id", "jurisdiction", "payer", "indication_id", "decision_date"),
    shelf_life_months=18,
)

SITE_TYPES = ("commercial", "cdmo", "academic", "point-of-care", "clinical", "vector")
SITE_STATUSES = ("operational", "under-construction", "planned", "approved-not-started", "closed", "unverified")

MANUFACTURING_SITES = Table(
    "manufacturing_sites",
    "Manufacturing sites",
    "One place where CAR-T cells, or the vectors for them, are made or going to be made.",
    (
        Column("site_id", Kind.IDENTIFIER, "Our name for the site."),
        _text("site_name", "Name of the site.", required=True),
        _text("operator", "Who runs it.", required=True),
        _country(),
        _text("city", "City; empty where the place is not fixed or not known."),
        Column("latitude", Kind.NUMBER, "Latitude.", "degrees north", False, minimum=-90, maximum=90),
        Column("longitude", Kind.NUMBER, "Longitude.", "degrees east", False, minimum=-180, maximum=180),
        _code("site_type", "What kind of site.", SITE_TYPES),
        Column("product_ids", Kind.IDENTIFIERS, "Products made there, where a source says so.", required=False, references="products"),
        _code("status", "Status; unverified when nothing newer than 2020 shows that it runs, or nothing shows that CAR-T is made there.", SITE_STATUSES),
        _date("status_as_of", "Date of the evidence for the status."),
        _year("start_year", "Year that operation began."),
        _year("planned_year", "Year that operation is expected to begin."),
        _number("capacity_patients_per_year", "Capacity that a source states.", "patients per year"),
        _value_kind("capacity_value_kind", required=False),
        _text("capacity_basis", "What the stated capacity means."),
        _number("vein_to_vein_days", "Stated time from leukapheresis to infusion.", "days"),
        *_FACT_COLUMNS,
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
        _product(),
        _place(),
        _code("metric", "What is measured.", TURNAROUND_METRICS),
        _code("statistic", "How it is summed up.", ("median", "mean", "rate", "claim", "unknown")),
        _number("value", "The figure; empty for a range."),
        _number("value_low", "Lower end of a range."),
        _number("value_high", "Upper end of a range."),
        _value_kind(),
        _code("unit", "Unit.", ("days", "percent")),
        _code("setting", "Where it was measured.", ("trial", "real-world", "design")),
        _date("reference_date", "Year or date that it speaks of."),
        Column("patients", Kind.INTEGER, "Number of patients or products.", "patients", False, minimum=1),
        *_FACT_COLUMNS,
    ),
    key=("jurisdiction", "product_id", "metric", "setting", "reference_date", "fact_id"),
    dates=("reference_date",),
)

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
        _jurisdiction(),
        _code("metric", "What is counted or measured.", CARE_METRICS),
        _number("value", "The figure; empty for a range."),
        _number("value_low", "Lower end of a range."),
        _number("value_high", "Upper end of a range."),
        _value_kind(),
        _code("unit", "Unit.", ("count", "percent", "days", "per-10m", "km", "usd")),
        _date("reference_date", "Year or date that it speaks of."),
        _product("The product; 'any' when the figure covers all."),
        _code("scope", "What the figure covers.", ("national", "subnational", "single-centre", "single-trial", "cohort")),
        _text("population_note", "Who or what is counted."),
        *_FACT_COLUMNS,
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
        _product(),
        _place(),
        _indication(),
        _code("metric", "What is measured.", OUTCOME_METRICS),
        _number("value", "The figure.", "percent", maximum=100, required=True),
        _code("unit", "Unit.", ("percent",)),
        Column("patients", Kind.INTEGER, "Number of patients.", "patients", False, minimum=1),
        _text("study", "Study."),
        _code("setting", "Trial or routine care.", ("trial", "real-world")),
        _year("year", "Year of the data cut or publication."),
        *_FACT_COLUMNS,
    ),
    key=("product_id", "jurisdiction", "indication_id", "study", "metric", "year", "fact_id"),
    dates=("year",),
)

CANCER_INCIDENCE = Table(
    "cancer_incidence",
    "Cancer incidence",
    "Estimated new cases and deaths in a year. GLOBOCAN 2022 (IARC): non-commercial use with attribution.",
    (
        _country(),
        _code("cancer", "Group of cancers ('all' leaves out non-melanoma skin cancer).", ("nhl", "leukaemia", "multiple-myeloma", "all")),
        Column("new_cases", Kind.INTEGER, "New cases.", "cases per year", minimum=0),
        _number("asr_per_100k", "Age-standardised rate, world standard.", "cases per 100,000 people a year"),
        Column("deaths", Kind.INTEGER, "Deaths.", "deaths per year", False, minimum=0),
        _year("year", "Year.", required=True),
        *_FACT_COLUMNS,
    ),
    key=("iso3", "cancer", "year"),
    licence="GLOBOCAN: non-commercial use with attribution to the International Agency for Research on Cancer",
)

POLICY_EVENTS = Table(
    "policy_events",
    "Policy events",
    "Dated milestones that changed who gets CAR-T.",
    (
        Column("date", Kind.PARTIAL_DATE, "When it happened."),
        _place(),
        _code("theme", "What it is about.", ("regulation", "payment", "price", "manufacturing", "care-delivery", "equity")),
        _text("title", "The event in a line.", required=True),
        _text("detail", "What it means."),
        *_FACT_COLUMNS,
    ),
    key=("date", "jurisdiction", "fact_id"),
    dates=("date",),
)

GROUPS = ("g20", "brics", "ldc")

COUNTRY_GROUPS = Table(
    "country_groups",
    "Groups of countries",
    "Members of groups that countries are compared by, one membership a line; the European Union and the OECD are columns of the table of countries.",
    (
        _code("group_id", "The group: G20, BRICS, or the least developed countries of the United Nations.", GROUPS),
        _country(),
        *_FACT_COLUMNS,
    ),
    key=("group_id", "iso3"),
)

STEPS = ("referral", "payment", "centre", "collection", "manufacture", "infusion", "system")

HURDLES = Table(
    "hurdles",
    "Hurdles",
    "What stands between a patient and CAR-T, in the order of the patient's way, with what the literature says of it and the indicators that measure it.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "Our name for the hurdle."),
        Column("position", Kind.INTEGER, "Place on the patient's way.", minimum=1),
        _code("step", "Step of the patient's way.", STEPS),
        _text("title", "The hurdle in a few words.", required=True),
        _text("question", "What a reader would ask about it.", required=True),
        _text("literature", "What the literature says, in our own words.", required=True),
        Column("indicator_ids", Kind.IDENTIFIERS, "Indicators of the catalog that measure it, the best first; empty where none does.", required=False),
        *_FACT_COLUMNS,
    ),
    key=("hurdle_id",),
)

HURDLE_FINDINGS = Table(
    "hurdle_findings",
    "Findings on hurdles",
    "Single findings of studies and reports on a hurdle, one figure or statement a line.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "The hurdle.", references="hurdles"),
        _place(),
        _text("finding", "What was found, in our own words, with its figure.", required=True),
        _date("reference_date", "Year or date that it speaks of."),
        *_FACT_COLUMNS,
    ),
    key=("hurdle_id", "jurisdiction", "fact_id"),
    dates=("reference_date",),
)

HURDLE_LEVERS = Table(
    "hurdle_levers",
    "Policy levers",
    "What was tried against a hurdle, where and when, and what came of it.",
    (
        Column("hurdle_id", Kind.IDENTIFIER, "The hurdle.", references="hurdles"),
        _text("lever", "The lever in a few words.", required=True),
        _place(),
        _date("date", "When it began, or when it was announced."),
        _text("what_was_done", "What was done, in our own words.", required=True),
        _text("what_happened", "What came of it; empty where no source tells."),
        _text("event_ids", "Policy events that belong to it, by fact_id, separated by ';'."),
        *_FACT_COLUMNS,
    ),
    key=("hurdle_id", "jurisdiction", "fact_id"),
    dates=("date",),
)

PROPOSAL_IDS = ("point-of-care-manufacture", "hospital-exemption", "outcome-based-payment", "shared-review", "regional-hub", "allogeneic-product")

PROPOSALS = Table(
    "proposals",
    "Proposals and where they were tried",
    "Countries and jurisdictions that have, use or take part in what is proposed to widen access, as far as the other tables do not say it.",
    (
        _code("proposal_id", "The proposal.", PROPOSAL_IDS),
        _place(),
        _code("state", "Whether it is in use, agreed or planned, or was ended.", ("in-use", "planned", "ended")),
        _date("since", "Since when, or when it was agreed."),
        _text("what", "What there is, in our own words.", required=True),
        *_FACT_COLUMNS,
    ),
    key=("proposal_id", "jurisdiction", "fact_id"),
    dates=("since",),
)

SOURCES = Table(
    "sources",
    "Sources",
    "Every page, paper and file that a fact rests on, once.",
    (
        Column("source_id", Kind.IDENTIFIER, "Our name for the source."),
        Column("url", Kind.URL, "Address of the original; of the copy where the original's is not known."),
        _text("title", "Title.", required=True),
        _text("publisher", "Who published it.", required=True),
        _date("published", "When it was published."),
        _code(
            "grade",
            "A regulator, HTA body, ministry, gazette, official statistics; B peer-reviewed; C company or institution on its own doings, label, filing; D press, encyclopaedia.",
            GRADES,
        ),
        _code(
            "reading",
            "What was read: the original (or an archived copy of it), a copy at another address, or somebody's transcription that quotes it.",
            READINGS,
        ),
        Column("read_at", Kind.URL, "Address of the copy or transcription that was read; empty for an original.", required=False),
    ),
    key=("source_id",),
    has_facts=False,
)

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
        _code("fact_table", "Table of the fact.", CURATED_TABLES),
        Column("fact_id", Kind.FACT, "The fact, as it was named then."),
        _code("main_value", "What became of its main value; not-found when no source could be read again.", ("confirmed", "wrong", "not-found")),
        _code("coding", "Whether another cell needed mending.", ("clean", "corrected", "not-found")),
        _text("finding", "What was found, in our own words."),
    ),
    key=("drawn", "fact_id"),
    has_facts=False,
)

TABLES: dict[str, Table] = {table.name: table for table in (*_FACTS_AND_SOURCES, SECOND_READINGS)}
FACT_TABLES: tuple[str, ...] = tuple(name for name, table in TABLES.items() if table.has_facts)
