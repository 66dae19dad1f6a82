"""The dashboard's pages: their files, addresses, titles, and what each answers."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.language import mark


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page. ``title`` and ``description`` are to be translated where they are shown; ``has_map`` says that it opens with a map."""

    file: str
    address: str
    title: str
    description: str
    has_map: bool = False


OVERVIEW_PAGE = "pages/overview.py"
PRICES_PAGE = "pages/prices.py"
COUNTRY_PAGE = "pages/country.py"
COMPARE_PAGE = "pages/compare.py"
DATA_PAGE = "pages/data.py"
PRESENT_PAGE = "pages/present.py"

MISSING = "missing"  # the parameter with which the overview is told what page was asked for and does not exist

SITE = (
    SitePage(
        OVERVIEW_PAGE,
        "",
        mark("Overview"),
        mark("Where CAR-T cell therapy is approved, what it costs, who pays and where it is made: every country with evidence, each number with its source."),
        has_map=True,
    ),
    SitePage(
        "pages/approvals.py",
        "approvals",
        mark("Approvals"),
        mark("Which CAR-T products are authorised where, since when, and how far behind the first country."),
    ),
    SitePage(
        PRICES_PAGE,
        "prices",
        mark("Prices"),
        mark("What one CAR-T treatment costs in each country, over time, and beside what hospitals make themselves."),
    ),
    SitePage(
        "pages/reimbursement.py",
        "reimbursement",
        mark("Reimbursement"),
        mark("What public money pays for, country by country, and how long the decision took."),
    ),
    SitePage(
        "pages/manufacturing.py",
        "manufacturing",
        mark("Manufacturing"),
        mark("Where CAR-T products are made, by whom, and how far the nearest plant is."),
        has_map=True,
    ),
    SitePage(
        "pages/care.py",
        "care",
        mark("Care"),
        mark("Where CAR-T is given and to how many, how far patients travel and how long they wait, and where need is large and centres are few."),
        has_map=True,
    ),
    SitePage(
        COUNTRY_PAGE,
        "country",
        mark("Country"),
        mark(
            "Everything known of one country: how far each product has come, prices beside its peers, sites, routes to treatment, and what we could not find."
        ),
    ),
    SitePage(
        COMPARE_PAGE,
        "compare",
        mark("Compare"),
        mark("Any measure against any other, for any countries: side by side, ranked, and over time."),
    ),
    SitePage(
        "pages/hurdles.py",
        "hurdles",
        mark("Hurdles"),
        mark(
            "What stands between patients and CAR-T, where each hurdle bites most, what was tried, and how countries with a proposed remedy compare with others."
        ),
    ),
    SitePage(
        DATA_PAGE,
        "data",
        mark("Data"),
        mark("Every fact with its source: explore, search and download the tables; how good the evidence is, where it ends, and how each number is computed."),
    ),
    SitePage(
        PRESENT_PAGE,
        "present",
        mark("Present"),
        mark("Decks of figures for a talk: three that are ready, and your own; on a stage in large type, or as PowerPoint and PDF."),
    ),
)
