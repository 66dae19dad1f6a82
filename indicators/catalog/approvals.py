"""Indicators of approvals. What is authorised, where and since when."""

from __future__ import annotations

from indicators.catalog.indicator import Domain, Indicator, ValueType
from indicators.catalog.terms import DAYS, OWN_COUNT, PERCENT, PRODUCTS
from indicators.language import mark
from indicators.measures import approvals

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "products-approved",
        Domain.APPROVALS,
        mark("CAR-T products with a marketing authorisation or hospital exemption"),
        mark("Products approved or exempted"),
        PRODUCTS,
        1,
        mark(
            "Different CAR-T products that a regulator allows to be marketed, or given under a hospital exemption. EU decisions count for each member; a territory counts only with a decision of its own."
        ),
        mark("Number of different products among approvals in force; an approval whose product is not named counts only if no other is known."),
        OWN_COUNT,
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
        OWN_COUNT,
        approvals.indications_approved,
        at_least_one=mark("an indication with a product authorised or under a hospital exemption"),
    ),
    Indicator(
        "share-of-world-products",
        Domain.APPROVALS,
        mark("Share of the world's authorised CAR-T products that are authorised in the country"),
        mark("Share of world's products"),
        PERCENT,
        1,
        mark("Products authorised in the country as a percentage of products authorised anywhere."),
        mark("100 × products approved here / products approved anywhere."),
        OWN_COUNT,
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
        OWN_COUNT,
        approvals.first_approval_date,
        ValueType.DATE,
    ),
    Indicator(
        "median-approval-lag",
        Domain.APPROVALS,
        mark("Median delay of authorisation behind the first regulator in the world"),
        mark("Approval lag"),
        DAYS,
        -1,
        mark("How long after its first authorisation anywhere a product is authorised here; median over the country's products."),
        mark(
            "Median over products of (first authorisation here − first authorisation in the world). A date known as a month stands for its middle; years alone are left out."
        ),
        OWN_COUNT,
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
)
