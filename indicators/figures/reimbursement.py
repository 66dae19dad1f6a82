"""The figures of the reimbursement page: what public money pays for, how much and how soon, who decided, and on which terms."""

from __future__ import annotations

from indicators.charts import agreements, availability_rate, matrices, of_countries, payer_verdicts, timelines
from indicators.figures.figure import Figure, drawing
from indicators.language import _, mark
from indicators.settings import Setting, one_of

COLUMNS = {"product_id": mark("Products"), "indication_id": mark("Indications")}
BY = Setting("by", "product_id", one_of(list(COLUMNS)))
SCOPE = Setting("scope", "national", one_of(list(payer_verdicts.SCOPE_TEXTS)))

DECISIONS = Figure(
    "reimbursement",
    "decisions",
    mark("Newest public decision by country"),
    lambda scene: {"chart": drawing(matrices.decision_matrix, scene.dataset, scene.countries, scene.choice["by"])},
    lambda _scene, _style: _(
        "Each square is the newest public decision: the best cover that it gives to any indication of the product, or to any product for the indication."
    ),
    settings=lambda _dataset: (BY,),
    variants=lambda _dataset: tuple({"by": code} for code in COLUMNS),
)
RATE = Figure(
    "reimbursement",
    "rate",
    mark("Rate of availability"),
    lambda scene: {
        "chart": drawing(availability_rate.availability_bars, scene.dataset, scene.countries),
        "map": drawing(of_countries.world, scene.dataset, "rate-of-availability", scene.countries, scene.regions),
    },
    lambda _scene, _style: _(
        "“3 of 6” means that six products have a marketing authorisation in the country and public money pays for three of them, in full or on conditions."
    ),
)
DELAY = Figure(
    "reimbursement",
    "delay",
    mark("Time to availability"),
    lambda scene: {
        "chart": drawing(timelines.availability_delay_chart, scene.dataset, scene.countries),
        "ranking": drawing(of_countries.ranking, scene.dataset, "time-to-availability", scene.countries),
    },
    lambda _scene, _style: _(
        "Each dot is one product in one country, from its marketing authorisation there to the first public decision that covers it. The ranking shows each country's median, shortest first."
    ),
)
VERDICTS = Figure(
    "reimbursement",
    "verdicts",
    mark("Positive and negative decisions by payer"),
    lambda scene: {
        "chart": drawing(payer_verdicts.verdict_bars, scene.dataset, scene.countries, scene.choice["scope"]),
        "ranking": drawing(of_countries.ranking, scene.dataset, "positive-decisions", scene.countries),
    },
    lambda _scene, _style: _(
        "Each bar is one payer or advice body; those that said no most often stand on top. Payers, advice and private insurers are three different things and never stand in one picture. The ranking counts decisions of national payers and of payers for a part of a country together."
    ),
    settings=lambda _dataset: (SCOPE,),
    variants=lambda _dataset: tuple({"scope": code} for code in payer_verdicts.SCOPE_TEXTS),
)
AGREEMENTS = Figure(
    "reimbursement",
    "agreements",
    mark("Kinds of managed entry agreement by country"),
    lambda scene: {"chart": drawing(agreements.agreement_matrix, scene.dataset, scene.countries)},
    lambda _scene, _style: _(
        "Each square counts the pairs of product and indication that a country pays for under one kind of agreement. Hollow squares are not stated: sources say that money is paid and nothing of an agreement."
    ),
)
FIGURES = (DECISIONS, RATE, DELAY, VERDICTS, AGREEMENTS)
