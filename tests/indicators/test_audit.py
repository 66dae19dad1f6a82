"""The audit counts what is there, on datasets small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indicators import audit, audit_report
from indicators.catalog import Domain
from indicators.cli import main
from indicators.dataset import Dataset
from indicators.tables import FACT_TABLES

World = Callable[..., Dataset]
Write = Callable[..., Path]
DAY = date(2026, 11, 22)


@pytest.fixture
def small(world: World) -> Dataset:
    """Return a world of five approvals and a price, some well sourced and some not."""
    return world(
        approvals=[
            {"fact_id": "approval:us", "approval_date": "2018-05-01", "source_ids": "source-d;source-a"},
            {"fact_id": "approval:eu", "jurisdiction": "EU", "approval_date": "2018-08", "source_ids": "source-b", "pathway": "unknown"},
            {"fact_id": "approval:in", "jurisdiction": "IND", "approval_date": "2023-10-01", "source_ids": "source-d", "confidence": "low"},
            {"fact_id": "approval:ug", "jurisdiction": "UGA", "product_id": "any", "status": "none-documented", "pathway": "unknown", "source_ids": "source-c"},
            {"fact_id": "approval:review", "jurisdiction": "SGP", "status": "under-review", "pathway": "unknown", "source_ids": "source-a"},
        ],
        prices=[{"fact_id": "price:us", "price_local": 475_000, "source_ids": "source-t", "confidence": "medium", "checked": "2020-01"}],
        sources=[
            {"source_id": "source-a", "published": "2026-10-30", "publisher": "FDA"},
            {"source_id": "source-b", "grade": "B", "published": "2020"},
            {"source_id": "source-t", "grade": "C", "reading": "transcription", "read_at": "https://example.org/typed-off"},
        ],
    ).as_of(DAY)


def test_facts_are_counted_by_the_best_grade_of_their_sources(small: Dataset) -> None:
    row = audit.by_table(small).set_index("table").loc["approvals"]

    assert row[["facts", "A", "B", "C", "D", "high", "low"]].tolist() == [5, 2, 1, 1, 1, 4, 1]
    assert row["good"] == pytest.approx(0.8)


def test_what_only_a_transcription_carries_and_what_is_overdue_is_counted(small: Dataset) -> None:
    row = audit.by_table(small).set_index("table").loc["prices"]

    assert row[["facts", "transcribed", "stale"]].tolist() == [1, 1, 1]


def test_ages_count_from_the_newest_source_and_from_the_last_confirmation(small: Dataset) -> None:
    sources, confirmed = audit.by_age(small).set_index("table"), audit.by_age(small, "months").set_index("table")

    assert sources.loc["approvals", "up to 6 months"] == 2  # the one of October 2026
    assert sources.loc["approvals", "over 60 months"] == 1
    assert sources.loc["approvals", "no date"] == 2
    assert confirmed.loc["prices", "over 60 months"] == 1
    assert sources.sum(axis=1).tolist() == confirmed.sum(axis=1).tolist()


def test_every_age_has_one_class() -> None:
    assert [audit.age_text(months) for months in (0, 6, 7, 12, 13, 24, 25, 60, 61, float("nan"))] == [
        "up to 6 months",
        "up to 6 months",
        "7 to 12 months",
        "7 to 12 months",
        "13 to 24 months",
        "13 to 24 months",
        "25 to 60 months",
        "25 to 60 months",
        "over 60 months",
        "no date",
    ]


def test_a_european_decision_counts_for_each_member(small: Dataset) -> None:
    cover = audit.coverage(small)
    approvals = cover[cover["domain"] == Domain.APPROVALS].set_index("iso3")

    assert {"DEU", "FRA", "NOR", "USA", "IND", "UGA", "SGP"} <= set(approvals.index)
    assert "EU" not in approvals.index
    assert "GBR" in approvals.index  # the decision of 2018 went on there as a licence of its own
    assert approvals.loc["USA", ["facts", "grade"]].tolist() == [1, "A"]
    counts = audit.countries_by_domain(small).set_index("domain")
    assert counts.loc[Domain.PRICES, ["countries", "facts", "good"]].tolist() == [1, 1, 1]
    assert counts.loc[Domain.APPROVALS, "countries"] - counts.loc[Domain.APPROVALS, "good"] == 1  # India, on the press alone


def test_a_figure_on_europe_as_a_whole_counts_for_no_country(world: World) -> None:
    care = [{"jurisdiction": "EU", "metric": "patients-treated-annual", "value": 4888}, {"jurisdiction": "DEU", "value": 50}]
    cover = audit.coverage(world(care_capacity=care).as_of(DAY))

    assert cover.loc[cover["domain"] == Domain.CARE, "iso3"].tolist() == ["DEU"]


def test_publishers_have_their_sources_and_facts(small: Dataset) -> None:
    listed = audit.publishers(small).set_index("publisher")
    naming = small.facts["source_ids"].map(lambda ids: "source-a" in ids.split(";"))

    assert listed.loc["FDA", ["sources", "facts", "grade"]].tolist() == [1, naming.sum(), "A"]
    assert {"approval:us", "approval:review"} <= set(small.facts.index[naming])
    assert listed["sources"].sum() == len(small.sources)


def test_each_rule_blames_the_rows_that_break_it_and_no_other(small: Dataset) -> None:
    blamed = {(row.rule, row.fact_id) for row in audit.to_mend(small).itertuples() if row.table in ("approvals", "prices")}

    assert blamed == {
        ("Decision of a followed regulator without a full date", "approval:eu"),
        ("Decision of a followed regulator without its pathway", "approval:eu"),
        ("Rests on the press alone (grade D)", "approval:in"),
        ("Price without a date", "price:us"),
        ("Not confirmed within its shelf life", "price:us"),
    }


# For each rule a row that breaks it, and one beside it that does not.
BREACHES: list[tuple[str, str, dict[str, object], dict[str, object]]] = [
    ("approvals", "Decision of a followed regulator without a full date", {"approval_date": "2018-05"}, {"approval_date": "2018-05-01", "jurisdiction": "IND"}),
    ("approvals", "Decision of a followed regulator without its pathway", {"approval_date": "2018-05-01", "pathway": "unknown"}, {"jurisdiction": "NOR"}),
    ("prices", "Price without a date", {"price_local": 1}, {"price_local": 2, "effective_date": "2020", "product_id": "axi-cel"}),
    (
        "prices",
        "Price whose kind of date is only an article's",
        {"price_local": 1, "effective_date": "2020", "date_basis": "article"},
        {"price_local": 2, "effective_date": "2020", "product_id": "axi-cel"},
    ),
    ("reimbursement", "Decision without a date", {}, {"decision": "no-decision", "coverage": "none", "jurisdiction": "IND"}),
    (
        "reimbursement",
        "Decision dated by an article",
        {"decision_date": "2020", "date_basis": "article"},
        {"decision_date": "2020", "date_basis": "article", "decision": "under-assessment", "jurisdiction": "IND"},
    ),
    ("manufacturing_sites", "Site called operational without evidence of 2025 or later", {"status_as_of": "2024-12"}, {"status_as_of": "2025"}),
    ("manufacturing_sites", "Site that nobody confirms", {"status": "unverified"}, {"status": "planned"}),
    ("policy_events", "Rests on the press alone (grade D)", {"date": "2020", "source_ids": "source-d"}, {"date": "2021", "source_ids": "source-d;source-c"}),
    ("approvals", "Not confirmed within its shelf life", {"checked": "2020", "approval_date": "2019-01-01"}, {"checked": "2026", "jurisdiction": "IND"}),
]


@pytest.mark.parametrize(("table", "rule", "breach", "good"), BREACHES, ids=[rule for _, rule, _, _ in BREACHES])
def test_every_rule_blames_the_row_that_breaks_it(world: World, table: str, rule: str, breach: dict[str, object], good: dict[str, object]) -> None:
    dataset = world(**{table: [{**breach, "fact_id": "fact:bad"}, {**good, "fact_id": "fact:good"}]}).as_of(DAY)
    broken = audit.to_mend(dataset)

    assert broken.loc[broken["rule"] == rule, "fact_id"].tolist() == ["fact:bad"]


def test_no_rule_goes_untried() -> None:
    assert {rule for _, rule, _, _ in BREACHES} == {rule.text for rule in audit.RULES} | {audit.PRESS_ALONE, audit.OUT_OF_DATE}


def test_goals_measure_decisions_of_the_followed_regulators_only(small: Dataset) -> None:
    by_text = {goal.text: goal for goal in audit.goals(small)}

    assert by_text["Decisions of fifteen regulators resting on grades A to C"].value == pytest.approx(3 / 4)  # Uganda's absence is none
    assert by_text["Decisions of fifteen regulators with a full date"].value == pytest.approx(2 / 3)  # nor is a review
    assert by_text["Decisions of fifteen regulators with their pathway"].value == pytest.approx(2 / 3)
    price = by_text["Prices resting on grades A to C"]
    assert (price.value, price.read) == (1, 0)  # of grade C, but only typed off
    assert not by_text["Countries with a price"].is_met


def test_a_share_just_below_its_goal_does_not_read_as_the_goal() -> None:
    almost = audit.Goal("prices", "Almost", 0.9499, 0.95, True)

    assert not almost.is_met
    assert audit_report.goals_table([almost]).iloc[0, 1:].tolist() == ["94.9%", "", "95%", "no"]


def test_a_goal_that_only_transcriptions_reach_says_so() -> None:
    goals = [audit.Goal("prices", "Prices", 0.65, 0.6, True, read) for read in (0.2, 0.61)]

    assert audit_report.goals_table(goals)["Met"].tolist() == ["only with transcriptions", "yes"]


def test_goals_of_an_empty_world_are_not_met(world: World) -> None:
    assert not any(goal.is_met for goal in audit.goals(world()))


def test_a_sample_is_the_same_for_its_seed_and_another_for_another(real: Dataset) -> None:
    first = audit.sample(real, 10, 1)

    assert first.equals(audit.sample(real, 10, 1))
    assert set(first["fact_id"]) != set(audit.sample(real, 10, 2)["fact_id"])
    assert len(set(first["fact_id"])) == 10
    assert all(urls and all(url.startswith("http") for url in urls) for urls in first["urls"])


def test_a_sample_is_drawn_from_the_tables_that_people_collect(real: Dataset) -> None:
    drawn = audit.sample(real, 10_000, 1)

    assert len(drawn) == sum(len(real[name]) for name in audit.CURATED_TABLES)
    assert set(drawn["table"]) <= set(FACT_TABLES) - {"countries", "context", "exchange_rates", "cancer_incidence"}


def test_a_sampled_fact_says_what_its_row_says(small: Dataset) -> None:
    drawn = audit.sample(small, 100, 1).set_index("fact_id")

    assert "price_local: 475000" in drawn.loc["price:us", "fact"]
    assert "approval_date: 2018-05-01" in drawn.loc["approval:us", "fact"]
    assert "confidence" not in drawn.loc["approval:us", "fact"]


READINGS = [
    {"drawn": "2026-11-22", "fact_table": "prices", "fact_id": f"price:{number}", "main_value": verdict, "coding": coding}
    for number, (verdict, coding) in enumerate([("confirmed", "clean")] * 6 + [("confirmed", "corrected"), ("wrong", "corrected"), ("not-found", "not-found")])
]


def test_the_error_rate_leaves_out_what_could_not_be_read_again(world: World) -> None:
    row = audit.second_reading(world(second_readings=READINGS)["second_readings"]).to_dict("records")[0]

    assert row == {"drawn": "2026-11-22", "facts": 9, "wrong": 1, "coding": 2, "not_found": 1}
    assert "wrong in 1 of the 8 that could be read again (12.5%)" in audit_report.second_reading_text(row)


def test_the_command_prints_the_whole_audit(folder: Write, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder(prices=[{"fact_id": "price:us", "price_local": 475_000, "source_ids": "source-d"}], second_readings=READINGS)

    assert main(["audit", "--data", str(data), "--sample", "3", "--seed", "7"]) == 0
    text = capsys.readouterr().out
    for heading in ("Goals", "Facts by table, grade and confidence", "Countries by domain", "Sources by publisher", "Rows that break a rule"):
        assert f"## {heading}" in text
    assert "| Rests on the press alone (grade D) | Prices: 1 | 1 |" in text
    assert "drawn with seed 7" in text
    assert "`price:us`" in text
    assert "<https://example.org/source-d>" in text

    assert main(["audit", "--data", str(data), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"rule": "Price without a date", "table": "prices", "fact_id": "price:us"} in report["to_mend"]
    assert report["second_readings"][0]["wrong"] == 1


def test_the_audit_of_an_empty_world_is_told_without_a_number_that_is_none(folder: Write, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder()

    assert main(["audit", "--data", str(data), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert report["goals"][0]["reached"] is None
    assert main(["audit", "--data", str(data)]) == 0
    assert "None has been recorded yet." in capsys.readouterr().out


def test_a_number_of_facts_below_zero_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["audit", "--sample", "-1"])
    assert "not a number of facts" in capsys.readouterr().err


def test_the_audit_of_a_broken_dataset_names_what_is_broken(folder: Write, capsys: pytest.CaptureFixture[str]) -> None:
    data = folder()
    (data / "prices.csv").unlink()

    assert main(["audit", "--data", str(data)]) == 1
    assert capsys.readouterr().err == "prices.csv:1: (file): the file is missing\n"
