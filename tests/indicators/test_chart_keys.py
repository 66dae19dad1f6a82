"""What opens: every mark and every row of the topic pages' charts has a key, and every key says what it opens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from indicators.charts import (
    agreements,
    applications,
    approval_kinds,
    approved_uses,
    availability_rate,
    payer_verdicts,
    price_income,
    price_kinds,
    price_words,
)
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES
from indicators.dataset import Dataset

LIGHT = STYLES["light"]
Draw = Callable[[Dataset, tuple[str, ...]], Chart]

CHARTS: dict[str, Draw] = {
    "kinds of authorisation": lambda dataset, countries: approval_kinds.pathway_bars(dataset, countries, LIGHT),
    "age groups": lambda dataset, countries: approval_kinds.age_bars(dataset, countries, LIGHT),
    "authorised uses": lambda dataset, countries: approved_uses.indication_matrix(dataset, countries, "products", LIGHT),
    "applications": lambda dataset, countries: applications.undecided_timeline(dataset, countries, LIGHT),
    "rate of availability": lambda dataset, countries: availability_rate.availability_bars(dataset, countries, LIGHT),
    "agreements": lambda dataset, countries: agreements.agreement_matrix(dataset, countries, LIGHT),
    "prices against income": lambda dataset, countries: price_income.income_scatter(dataset, countries, (), LIGHT),
    **{
        f"verdicts of {scope}": lambda dataset, countries, scope=scope: payer_verdicts.verdict_bars(dataset, countries, scope, LIGHT)
        for scope in payer_verdicts.SCOPE_TEXTS
    },
    **{
        f"prices of the kind {kind}": lambda dataset, countries, kind=kind: price_kinds.price_kind_dots(dataset, countries, (), kind, "usd", LIGHT)
        for kind in price_words.PRICE_TYPE_TEXTS
    },
}


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_every_mark_and_row_opens_facts_that_exist(today: Dataset, draw: Draw) -> None:
    chart = draw(today, tuple(today["countries"]["iso3"]))
    marks = [(trace, trace.customdata) for trace in chart.figure.data if trace.customdata is not None]
    assert marks
    for trace, keys in marks:
        assert len(keys) == len(trace.x)
        assert set(keys) <= set(chart.targets)
    for trace in chart.figure.data:  # what can't be opened does not answer to the pointer either
        assert trace.customdata is not None or trace.hoverinfo == "skip"
    assert set(chart.table.index) == set(chart.targets)
    known = set(today.facts.index)
    for key, target in chart.targets.items():
        assert re.fullmatch(r"[A-Za-z0-9.:+_~-]+", key), key
        assert target.heading
        assert target.says
        assert target.fact_ids
        assert set(target.fact_ids) <= known
        assert set(target.fact_ids) <= set(chart.fact_ids)
