"""The page of one country: which country, which peers, and what it says where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def question(text: str) -> str:
    found = re.search(r"<h1 class='question'>(.+?)</h1>", text)
    assert found
    return re.sub("<[^>]+>", "", found[1])  # names with a hyphen are kept on one line


@pytest.mark.parametrize("country", ["BRA", "USA", "DEU", "IND", "TUV", "NZL", "CHN"])
def test_the_address_chooses_the_country(country: str, opened: Opened, markup: Markup, notices: Callable[[AppTest], str]) -> None:
    shown = opened("country", country=country)

    assert not shown.exception
    assert notices(shown) == ""
    assert shown.selectbox[0].value == country


def test_one_country_chosen_on_another_page_is_the_one_that_is_shown(opened: Opened, markup: Markup) -> None:
    assert question(markup(opened("country", countries="IND"))) == "Who gets CAR-T in India?"
    assert question(markup(opened("country", countries="IND", country="USA"))) == "Who gets CAR-T in the United States?"
    assert question(markup(opened("country", countries=["IND", "BRA"]))) == "Who gets CAR-T in Germany?"


def test_an_unknown_country_is_said_and_left_out(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("country", country="XYZ")

    assert not shown.exception
    assert "country" in notices(shown)


def test_the_reader_picks_the_peers_and_the_address_keeps_them(opened: Opened, markup: Markup) -> None:
    shown = opened("country", country="BRA")
    picker = next(switch for switch in shown.get("segmented_control") if switch.key == "control-peers")

    changed = picker.set_value("region").run()

    assert changed.query_params["peers"] in ("region", ["region"])
    assert "countries of the Americas" in markup(changed)


def test_peers_that_a_country_does_not_have_are_said_to_be_unknown(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("country", country="VEN", peers="income")

    assert not shown.exception
    assert ("peers" in notices(shown)) == ("Same income group" not in next(s for s in shown.get("segmented_control") if s.key == "control-peers").options)


def test_the_day_changes_what_is_known(opened: Opened, markup: Markup) -> None:
    assert "1 product approved" in markup(opened("country", country="BRA", as_of="2022-03-31"))


def test_of_a_country_without_facts_the_page_says_what_was_looked_for(opened: Opened, markup: Markup) -> None:
    shown = opened("country", country="TUV")
    text = markup(shown)

    assert text.count("class='nothing-found'") >= 4
    assert "found no evidence of any" in text
    assert not shown.info
    assert "Products approved or exempted: no evidence found" in text


def test_all_facts_are_listed_with_what_they_say(opened: Opened) -> None:
    facts = opened("country", country="BRA").dataframe[0].value

    assert {"Table", "What it says", "Date", "Grade", "Confidence", "Sources"} <= set(facts.columns)
    assert facts["What it says"].str.contains("tisa-cel").any()
    assert facts["Sources"].str.startswith("http").all()


def test_gaps_are_told_with_what_was_looked_for(opened: Opened, markup: Markup) -> None:
    text = markup(opened("country", country="TUV"))

    assert re.search(r"On \d+ indicators we found no figure for the whole country", text)
    assert "Midyear population" not in text
    assert "Operating academic and point-of-care sites." in text
