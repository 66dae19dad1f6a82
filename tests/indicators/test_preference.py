from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from indicators import preference
from indicators.dataset import Dataset
from indicators.tables import FACT_TABLES, TABLES

SOURCES = pd.DataFrame(
    [
        ("regulator-2018", "A", "2018"),
        ("journal-2024", "B", "2024-05"),
        ("journal-2024-june", "B", "2024-06-01"),
        ("journal-2024-june-too", "B", "2024-06-01"),
        ("journal-undated", "B", ""),
        ("company-2025", "C", "2025"),
        ("newspaper-2026", "D", "2026-10-31"),
    ],
    columns=["source_id", "grade", "published"],
).set_index("source_id")


def chosen(*facts: tuple[str, str, str]) -> str:
    """Return which of several approvals the rule prefers; each is a name, its sources and its date."""
    group = pd.DataFrame(facts, columns=["fact_id", "source_ids", "approval_date"])
    assert preference.by_rule(group, SOURCES) == preference.by_rule(group[::-1], SOURCES), "the order of lines must not matter"
    return preference.by_rule(group, SOURCES)


@pytest.mark.parametrize(
    ("better", "worse"),
    [("regulator-2018", "journal-2024"), ("journal-2024", "company-2025"), ("company-2025", "newspaper-2026"), ("journal-undated", "newspaper-2026")],
)
def test_the_better_grade_goes_before_the_newer_source(better: str, worse: str) -> None:
    assert chosen(("x", worse, "2024-03-27"), ("y", better, "2024")) == "y"
    assert chosen(("y", worse, "2024-03-27"), ("x", better, "2024")) == "x"


def test_of_equal_grades_the_newer_source_goes_before_the_more_specific_fact() -> None:
    assert chosen(("x", "journal-2024", "2020-07-23"), ("w", "journal-2024-june", "2020")) == "w"
    assert chosen(("x", "journal-undated", "2020-07-23"), ("w", "journal-2024", "2020")) == "w"


def test_of_equal_grades_and_dates_of_publication_the_more_specific_fact_counts() -> None:
    assert chosen(("x", "journal-2024-june", "2020"), ("w", "journal-2024-june-too", "2020-07-23")) == "w"
    assert chosen(("x", "journal-2024-june", "2020"), ("w", "journal-2024-june-too", "2020-07")) == "w"


def test_the_first_source_of_a_fact_speaks_for_it() -> None:
    assert chosen(("x", "newspaper-2026;regulator-2018", "2020"), ("w", "journal-2024", "2020")) == "w"


@pytest.mark.parametrize(
    ("one", "other", "compete"),
    [
        ({"indication_id": "lbcl-3l"}, {"indication_id": "lbcl-3l"}, True),
        ({"indication_id": "lbcl-3l"}, {"indication_id": "fl-3l"}, False),
        ({"effective_date": "2020"}, {"effective_date": "2021"}, False),
        ({"effective_date": ""}, {"effective_date": ""}, False),  # nobody knows whether they speak of the same time
        ({"price_type": "list-wac"}, {"price_type": "negotiated"}, False),
    ],
)
def test_facts_compete_when_they_answer_one_question(one: dict[str, str], other: dict[str, str], compete: bool) -> None:
    common = {"product_id": "tisa-cel", "jurisdiction": "USA", "price_type": "list-wac", "indication_id": "lbcl-3l", "effective_date": "2020"}
    facts = pd.DataFrame([common | one, common | other])
    assert bool(preference.conflict_groups(facts, TABLES["prices"].conflict_key)) is compete


def test_tables_whose_rows_never_compete_have_no_groups() -> None:
    assert preference.conflict_groups(pd.DataFrame({"iso3": ["DEU", "DEU"]}), ()) == []


def test_a_choice_by_hand_may_go_against_the_rule(world: Callable[..., Dataset]) -> None:
    common = {"jurisdiction": "USA", "indication_id": "lbcl-3l"}
    dataset = world(
        approvals=[
            {**common, "approval_date": "2020-07-23", "source_ids": "source-a", "preferred": "no", "conflict_note": "By hand: the letter is misdated."},
            {**common, "approval_date": "2020-07-24", "source_ids": "source-d", "conflict_note": "By hand: the weekday agrees with this day."},
        ]
    )
    assert dataset["approvals"]["preferred"].tolist() == ["no", "yes"]


@pytest.mark.parametrize("table", [name for name in FACT_TABLES if TABLES[name].conflict_key])
def test_of_real_facts_that_disagree_the_charts_use_one_by_the_rule_or_by_hand(real: Dataset, table: str) -> None:
    for group in preference.conflict_groups(real[table], TABLES[table].conflict_key):
        preferred = group[group["preferred"] == "yes"]
        assert len(preferred) == 1
        by_hand = preferred["conflict_note"].iloc[0].startswith(preference.BY_HAND)
        assert by_hand or preferred["fact_id"].iloc[0] == preference.by_rule(group, real.sources)
        assert (group["conflict_note"] != "").all()
