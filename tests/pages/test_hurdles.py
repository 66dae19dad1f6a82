"""The page on hurdles: one hurdle and one proposal at a time, chosen in the address."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from indicators.charts import hurdles
from indicators.dataset import load
from indicators.measures.proposals import PROPOSALS

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def test_each_hurdle_has_a_button_and_one_panel_is_open(opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles")
    titles = load()["hurdles"]["title"]
    labels = [button.label for button in shown.button]
    assert all(any(label.endswith(title) for label in labels) for title in titles)
    assert markup(shown).count("class='hurdle-head'") == 1
    assert "Hurdle 4: payment" in markup(shown)


def test_choosing_a_hurdle_opens_its_panel_and_says_so_in_the_address(opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles")
    shown.button(key="choose-regulation").click().run()
    assert not shown.exception
    assert shown.query_params["hurdle"] == "regulation"
    assert "Missing or diverging approval rules</h2>" in markup(shown)


@pytest.mark.parametrize("hurdle", load()["hurdles"]["hurdle_id"])
def test_every_hurdle_shows_its_findings_and_levers(hurdle: str, opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles", hurdle=hurdle)
    assert not shown.exception
    text = unescape(markup(shown))
    dataset = load()
    for table, column in (("hurdle_findings", "finding"), ("hurdle_levers", "what_was_done")):
        rows = dataset[table]
        for statement in rows.loc[rows["hurdle_id"] == hurdle, column]:
            assert statement in text


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_proposal_says_who_counts_and_that_it_is_an_association(proposal: str, opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles", proposal=proposal)
    assert not shown.exception
    assert PROPOSALS[proposal].criterion in unescape(markup(shown))
    assert "An association, never a proof" in markup(shown)


def test_a_measure_of_another_hurdle_gives_way_to_the_default(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("hurdles", hurdle="regulation", measured_by="median-list-price")
    assert not shown.exception
    assert "measured_by" in notices(shown)
    assert "measured_by" not in shown.query_params


def test_going_to_another_hurdle_takes_its_own_first_measure(opened: Opened) -> None:
    shown = opened("hurdles", measured_by="lowest-price")
    shown.button(key="choose-regulation").click().run()
    assert not shown.exception
    assert shown.query_params == {"hurdle": "regulation"}


def test_a_hurdle_that_nothing_measures_says_so_and_judges_nobody(opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles", hurdle="workforce-and-care")
    assert "No indicator of the catalog counts staff" in shown.info[0].value
    assert "countries with evidence" not in markup(shown)


def test_a_measure_without_a_direction_judges_nobody(opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles", hurdle="payment-model")
    assert "no country can be called worst" in markup(shown)
    assert "countries with evidence" not in markup(shown)


def test_a_finding_opens_its_evidence_in_the_drawer(opened: Opened, markup: Markup) -> None:
    dataset = load()
    fact = hurdles.findings_on(dataset, "price", tuple(dataset["countries"]["iso3"]))["fact_id"].iloc[0]
    shown = opened("hurdles", open=f"findings.{fact}")
    assert not shown.exception
    assert "class='evidence-heading'" in markup(shown)
    assert fact in markup(shown)


def test_a_button_beside_a_lever_opens_the_drawer(opened: Opened, markup: Markup) -> None:
    shown = opened("hurdles")
    key = next(button.key for button in shown.button if button.key and button.key.startswith("open-levers-"))
    shown.button(key=key).click().run()
    assert shown.query_params["open"] == f"levers.{key.removeprefix('open-levers-')}"
    assert "class='evidence-heading'" in markup(shown)


def test_evidence_of_another_hurdle_is_said_to_be_unknown(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("hurdles", open="findings.finding:nothing")
    assert not shown.exception
    assert "open" in notices(shown)


@pytest.mark.parametrize(("hurdle", "countries"), [("price", "TUV"), ("regulation", "BRA"), ("manufacturing-slot", "UGA")])
def test_a_hurdle_of_few_countries_is_no_error(hurdle: str, countries: str, opened: Opened) -> None:
    assert not opened("hurdles", hurdle=hurdle, countries=countries).exception
    assert not opened("hurdles", hurdle=hurdle, countries=countries, as_of="2018-12-31", bites="chart").exception
