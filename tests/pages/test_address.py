"""The address says what is on screen, restores it, and is never trusted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Notices = Callable[[AppTest], str]

GOOD = [
    ("overview", "as_of", "2024-12-31", "2024-12-31"),
    ("overview", "as_of", "2023-05-17", "2023-05-17"),
    ("approvals", "region", "Africa", ["Africa"]),
    ("approvals", "region", ["Africa", "Asia"], ["Africa", "Asia"]),
    ("prices", "income", ["LIC", "LMC"], ["LIC", "LMC"]),
    ("reimbursement", "countries", ["BRA", "IND"], ["BRA", "IND"]),
    ("overview", "measure", "distance-to-site", "distance-to-site"),
    ("overview", "world", "table", "table"),
    ("overview", "cascade", "table", "table"),
    ("manufacturing", "distance", "ranking", "ranking"),
    ("prices", "price_in", "gdp", "gdp"),
    ("prices", "product", ["axi-cel", "tisa-cel"], ["axi-cel", "tisa-cel"]),
    ("reimbursement", "by", "indication_id", "indication_id"),
]

BAD = [
    ("overview", "as_of", "yesterday", "today"),
    ("overview", "as_of", "2024-13-45", "today"),
    ("overview", "as_of", "2017-08-29", "today"),
    ("overview", "as_of", "2999-01-01", "today"),
    ("approvals", "region", "Atlantis", []),
    ("approvals", "region", "africa", []),
    ("prices", "income", "RICH", []),
    ("reimbursement", "countries", "ZZZ", []),
    ("manufacturing", "countries", "BRA;IND", []),
    ("overview", "measure", "happiness", "products-approved"),
    ("overview", "measure", "list-price", "products-approved"),
    ("overview", "world", "pie", "map"),
    ("approvals", "matrix", "map", "chart"),
    ("prices", "price_in", "shells", "usd"),
    ("prices", "product", "aspirin", []),
    ("reimbursement", "by", "colour", "product_id"),
    ("overview", "region", "<script>alert(1)</script>", []),
    ("overview", "as_of", "2024-12-31T00:00:00; DROP TABLE", "today"),
]


# What people write by hand, and what the dashboard makes of it.
BY_HAND = [
    ("manufacturing", "countries", "BRA,IND", ["BRA", "IND"]),
    ("prices", "income", ["LIC,LMC", "UMC"], ["LIC", "LMC", "UMC"]),
    ("overview", "as_of", "2019", "2019-12-31"),
    ("overview", "as_of", "2024-02", "2024-02-29"),
]


def names(case: object) -> str:
    return str(case)


def shown_by(test: AppTest, name: str) -> Any:
    """Return what a control's widget shows."""
    return test.session_state[f"control-{name}"]


@pytest.mark.parametrize(("page", "name", "text", "expected"), GOOD, ids=names)
def test_address_sets_a_control(page: str, name: str, text: str | list[str], expected: Any, opened: Opened, notices: Notices) -> None:
    test = opened(page, **{name: text})

    assert shown_by(test, name) == expected
    assert notices(test) == ""


@pytest.mark.parametrize(("page", "name", "text", "expected"), GOOD, ids=names)
def test_address_stays_as_it_was_opened(page: str, name: str, text: str | list[str], expected: Any, opened: Opened) -> None:
    assert opened(page, **{name: text}).query_params == {name: text}


@pytest.mark.parametrize(("page", "name", "text", "expected"), BY_HAND, ids=names)
def test_an_address_by_hand_is_understood_and_written_out(page: str, name: str, text: str | list[str], expected: Any, opened: Opened, notices: Notices) -> None:
    test = opened(page, **{name: text})

    assert shown_by(test, name) == expected
    assert test.query_params == {name: expected}
    assert notices(test) == ""


@pytest.mark.parametrize(("page", "name", "text", "expected"), BAD, ids=names)
def test_unknown_value_falls_back_to_the_default(page: str, name: str, text: str, expected: Any, opened: Opened) -> None:
    test = opened(page, **{name: text})

    assert not test.exception
    assert shown_by(test, name) == expected


@pytest.mark.parametrize(("page", "name", "text", "expected"), BAD, ids=names)
def test_unknown_value_is_told_to_the_reader(page: str, name: str, text: str, expected: Any, opened: Opened, notices: Notices) -> None:
    said = notices(opened(page, **{name: text}))

    assert f"“{name}”" in said
    assert text[:40] in said


@pytest.mark.parametrize(("page", "name", "text", "expected"), BAD, ids=names)
def test_unknown_value_leaves_the_address(page: str, name: str, text: str, expected: Any, opened: Opened) -> None:
    assert opened(page, **{name: text}).query_params == {}


def test_notice_is_gone_after_the_next_step(opened: Opened, notices: Notices) -> None:
    test = opened(region="Atlantis")
    test.multiselect(key="control-region").set_value(["Asia"]).run()

    assert notices(test) == ""


def test_known_values_beside_an_unknown_one_count(opened: Opened, notices: Notices) -> None:
    test = opened(countries=["BRA", "ZZZ", "IND"])

    assert shown_by(test, "countries") == ["BRA", "IND"]
    assert "ZZZ" in notices(test)
    assert "BRA" not in notices(test)


def test_every_broken_control_is_named(opened: Opened, notices: Notices) -> None:
    said = notices(opened("prices", as_of="never", region="Atlantis", income="RICH", countries="ZZZ", price_in="shells", product="aspirin", list="pie"))

    for name in ("as_of", "region", "income", "countries", "price_in", "product", "list"):
        assert f"“{name}”" in said


def test_hundreds_of_unknown_values_make_a_short_notice(opened: Opened, notices: Notices) -> None:
    test = opened(countries=[f"{number:03}" for number in range(500)] + ["x" * 5000])

    assert not test.exception
    assert len(notices(test)) < 500


def test_a_value_named_twice_counts_once(opened: Opened) -> None:
    assert shown_by(opened(region=["Asia", "Asia"]), "region") == ["Asia"]


def test_empty_values_do_no_harm(opened: Opened) -> None:
    test = opened(as_of="", region="", countries="", measure="")

    assert not test.exception
    assert shown_by(test, "as_of") == "today"


def test_parameters_of_others_do_no_harm(opened: Opened, notices: Notices) -> None:
    test = opened("prices", utm_source="newsletter", price_in="ppp", fbclid="1")

    assert not test.exception
    assert shown_by(test, "price_in") == "ppp"
    assert notices(test) == ""


def test_a_parameter_that_the_page_does_not_know_is_named(opened: Opened, notices: Notices) -> None:
    assert "“mesure”" in notices(opened(mesure="happiness"))


def test_streamlits_own_parameter_for_embedding_stays(opened: Opened) -> None:
    assert opened(embed="true", region="Asia").query_params == {"embed": "true", "region": "Asia"}


def test_a_widget_writes_its_value_into_the_address(opened: Opened) -> None:
    test = opened()
    test.multiselect(key="control-region").set_value(["Africa", "Asia"]).run()
    test.selectbox(key="control-measure").set_value("first-approval-date").run()

    assert test.query_params == {"region": ["Africa", "Asia"], "measure": "first-approval-date"}


def test_a_widget_set_back_to_its_default_leaves_the_address(opened: Opened) -> None:
    test = opened("prices", price_in="gdp", region="Asia")
    test.selectbox(key="control-price_in").set_value("usd").run()
    test.multiselect(key="control-region").set_value([]).run()

    assert test.query_params == {}


def test_global_filters_hold_on_the_next_page(opened: Opened) -> None:
    test = opened(region="Africa", countries=["KEN", "ZAF"], income="UMC", as_of="2022-12-31")
    test.switch_page("pages/prices.py").run()

    assert {name: shown_by(test, name) for name in ("region", "countries", "income", "as_of")} == {
        "region": ["Africa"],
        "countries": ["KEN", "ZAF"],
        "income": ["UMC"],
        "as_of": "2022-12-31",
    }


def test_links_to_pages_carry_the_global_filters_and_nothing_else(opened: Opened) -> None:
    test = opened("prices", region=["Africa", "Asia"], as_of="2022-12-31", price_in="gdp", list="table")
    carried = {link.proto.query_string for link in test.get("page_link")}

    assert len(carried) == 1
    assert sorted(carried.pop().split("&")) == ["as_of=2022-12-31", "region=Africa", "region=Asia"]


def test_links_to_pages_carry_a_filter_just_chosen(opened: Opened) -> None:
    test = opened()
    test.multiselect(key="control-region").set_value(["Oceania"]).run()

    assert {link.proto.query_string for link in test.get("page_link")} == {"region=Oceania"}


def test_an_address_typed_into_a_running_session_wins_over_what_was_chosen(opened: Opened) -> None:
    test = opened(region="Africa")
    test.query_params = {"region": "Europe"}
    test.run()

    assert shown_by(test, "region") == ["Europe"]


def test_an_address_without_filters_clears_them(opened: Opened) -> None:
    test = opened(region="Africa", world="table")
    test.query_params = {}
    test.run()

    assert shown_by(test, "region") == []
    assert shown_by(test, "world") == "map"


def test_a_view_that_a_measure_does_not_have_falls_back_when_the_measure_changes(opened: Opened) -> None:
    test = opened(world="trend")
    test.selectbox(key="control-measure").set_value("gdp-per-head").run()

    assert not test.exception
    assert shown_by(test, "world") == "map"


@pytest.mark.parametrize("asked", ["2016-01-01", "2999-01-01"])
def test_a_day_outside_the_range_is_told_what_the_range_is(asked: str, opened: Opened, notices: Notices) -> None:
    text = notices(opened(as_of=asked))

    assert f"“{asked}”" in text
    assert "any day from 30 Aug 2017 to today" in text


def test_a_page_that_does_not_exist_is_named_on_the_overview(opened: Opened, notices: Notices) -> None:
    assert "no page “nonsense”" in notices(opened(missing="nonsense"))
    assert "settings that this page does not know" in notices(opened("prices", missing="nonsense"))
