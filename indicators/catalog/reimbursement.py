"""Indicators of reimbursement. Who pays, and how long it took."""

from __future__ import annotations

from indicators.catalog.indicator import Domain, Indicator, ValueType
from indicators.catalog.terms import DAYS, OWN_COUNT, PERCENT, PRODUCTS, WAIT_INDICATOR
from indicators.language import mark
from indicators.measures import reimbursement

INDICATORS: tuple[Indicator, ...] = (
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
        OWN_COUNT,
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
        PRODUCTS,
        1,
        mark("Different products covered in full or on conditions by the newest public decision, in the whole country or a part of it."),
        mark("Number of different products; a decision that names none counts only if no other is known. Zero only where decisions deny cover."),
        OWN_COUNT,
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
        OWN_COUNT,
        reimbursement.indications_covered,
        at_least_one=mark("a publicly covered indication"),
    ),
    Indicator(
        "rate-of-availability",
        Domain.REIMBURSEMENT,
        mark("Rate of availability: authorised products that are publicly covered"),
        mark("Rate of availability"),
        PERCENT,
        1,
        mark("Of the products with a marketing authorisation in the country, the share that public money pays for, with or without restrictions."),
        mark(
            "100 × products covered / products with a marketing authorisation here. W.A.I.T. counts all new medicines with central EU authorisation of four years; this counts CAR-T authorised in the country at any time. A product without a known decision counts as not covered, so this is a floor."
        ),
        WAIT_INDICATOR,
        reimbursement.rate_of_availability,
    ),
    Indicator(
        "time-to-availability",
        Domain.REIMBURSEMENT,
        mark("Time to availability: from marketing authorisation to public cover"),
        mark("Time to availability"),
        DAYS,
        -1,
        mark(
            "Days from a product's marketing authorisation in the country to the first public decision that covers it; median over products that are covered."
        ),
        mark(
            "Median over products of (first covering decision − marketing authorisation). Products still without cover, or with an undated decision, do not enter, so slow countries look better than they are."
        ),
        WAIT_INDICATOR,
        reimbursement.time_to_availability,
    ),
    Indicator(
        "positive-decisions",
        Domain.REIMBURSEMENT,
        mark("Share of positive payer decisions"),
        mark("Positive decisions"),
        PERCENT,
        1,
        mark("Decisions to pay, with or without conditions, as a percentage of all final public decisions since 2017."),
        mark("100 × (recommended + restricted + managed access) / (these + not recommended)."),
        OWN_COUNT,
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
)
