"""What the published error rate promises: enough facts, few wrong, and a reason for each verdict that is not plain agreement."""

from __future__ import annotations

from indicators.audit import second_reading
from indicators.dataset import load
from indicators.tables import CURATED_TABLES

GOAL = 0.03


def test_the_newest_second_reading_covers_a_hundred_facts_and_keeps_the_goal() -> None:
    newest = second_reading(load()["second_readings"]).sort_values("drawn").iloc[-1]
    assert newest["facts"] >= 100
    assert newest["wrong"] / (newest["facts"] - newest["not_found"]) <= GOAL


def test_every_verdict_but_plain_agreement_has_its_finding() -> None:
    readings = load()["second_readings"]
    plain = (readings["main_value"] == "confirmed") & (readings["coding"] == "clean")
    assert (readings.loc[~plain, "finding"] != "").all()


def test_only_facts_that_people_collect_are_read_again_each_once() -> None:
    readings = load()["second_readings"]
    assert set(readings["fact_table"]) <= set(CURATED_TABLES)
    assert not readings.duplicated(["drawn", "fact_id"]).any()
