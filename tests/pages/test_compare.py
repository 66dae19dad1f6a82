"""Compare: any two measures, any countries, all of it in the address."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
Notices = Callable[[AppTest], str]


def title(test: AppTest, markup: Markup, number: int = 0) -> str:
    return unescape(markup(test).split("<h3 class='finding'>")[number + 1].split("</h3>")[0])


def first_figure(test: AppTest) -> Any:
    return json.loads(test.get("plotly_chart")[0].proto.spec)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x", "population"),
        ("y", "treatment-centres"),
        ("x_scale", "linear"),
        ("y_scale", "log"),
        ("size", "none"),
        ("among", "income"),
        ("panels", "x"),
        ("trend", ["line"]),
    ],
)
def test_every_control_is_in_the_address(name: str, value: Any, opened: Opened, notices: Notices) -> None:
    test = opened("compare", **{name: value})

    assert not test.exception
    assert test.session_state[f"control-{name}"] == value
    assert list(test.query_params) == [name]
    assert notices(test) == ""


@pytest.mark.parametrize(("name", "value"), [("x", "happiness"), ("y", "list-price"), ("x_scale", "cubic"), ("size", "gdp-per-head"), ("trend", "p-value")])
def test_what_the_address_cannot_have_is_left_out_with_a_notice(name: str, value: str, opened: Opened, notices: Notices) -> None:
    test = opened("compare", **{name: value})

    assert not test.exception
    assert value in notices(test)
    assert test.query_params == {}


def test_swap_exchanges_the_axes_with_their_scales(opened: Opened) -> None:
    test = opened("compare", y="treatment-centres")
    test.button(key="swap").click().run()

    assert not test.exception
    shown = {name: test.session_state[f"control-{name}"] for name in ("x", "y", "x_scale", "y_scale")}
    assert shown == {"x": "treatment-centres", "y": "gdp-per-head", "x_scale": "linear", "y_scale": "log"}
    test.button(key="swap").click().run()
    assert list(test.query_params) == ["y"]


@pytest.mark.parametrize("preset", ["approvals", "prices", "lag", "cover", "centres", "patients"])
def test_a_preset_sets_both_axes_in_one_click(preset: str, opened: Opened, markup: Markup) -> None:
    test = opened("compare", x="life-expectancy", y="uhc-index", x_scale="linear")
    test.button(key=f"preset-{preset}").click().run()

    assert not test.exception
    assert "countries have both figures" in title(test, markup)
    assert "life-expectancy" not in str(test.query_params)


def test_the_trend_is_there_only_when_asked(opened: Opened) -> None:
    def statistics(test: AppTest) -> list[str]:
        return [note["text"] for note in first_figure(test)["layout"]["annotations"] if "Spearman" in note["text"]]

    assert statistics(opened("compare")) == []
    assert len(statistics(opened("compare", trend="line"))) == 1


def drawn(test: AppTest) -> set[str]:
    """Return the names of the countries that have a dot."""
    return {text[3:].split("</b>")[0] for trace in first_figure(test)["data"] for text in trace.get("hovertext") or ()}


def test_named_countries_stand_out_among_the_others_or_alone(opened: Opened) -> None:
    everyone, peers, alone = (drawn(opened("compare", countries=["BRA", "CHN"], among=among)) for among in ("all", "income", "none"))
    assert alone == {"Brazil", "China"} < peers < everyone
    assert "United States" in everyone - peers


def test_more_than_twenty_named_countries_give_the_largest_twenty_and_say_so(opened: Opened, markup: Markup) -> None:
    many = [
        "AUT",
        "BEL",
        "BGR",
        "HRV",
        "CYP",
        "CZE",
        "DNK",
        "EST",
        "FIN",
        "FRA",
        "DEU",
        "GRC",
        "HUN",
        "IRL",
        "ITA",
        "LVA",
        "LTU",
        "LUX",
        "MLT",
        "NLD",
        "POL",
        "PRT",
        "ROU",
    ]
    text = unescape(markup(opened("compare", countries=many)))

    assert "There is room for 20 countries: these are the 20 of the 23 chosen ones with the most people." in text


def test_a_group_of_countries_is_chosen_as_named_ones_are(opened: Opened, markup: Markup) -> None:
    test = opened("compare", countries="EU")

    assert not test.exception
    assert {"Germany", "United States"} <= drawn(test)
    assert "There is room for 20 countries: these are the 20 of the 27 chosen ones with the most people." in unescape(markup(test))


def test_without_named_countries_the_best_documented_have_panels_and_the_page_says_so(opened: Opened, markup: Markup) -> None:
    assert "These are the 12 of 211 countries with the most facts in the atlas" in unescape(markup(opened("compare")))
    assert "with the most facts in the atlas" not in markup(opened("compare", countries=["BRA", "DEU"]))


def test_a_measure_without_a_history_is_said_to_have_none(opened: Opened, markup: Markup) -> None:
    test = opened("compare", x="population", y="gdp-per-head")

    assert not test.exception
    assert "Neither measure has a value for each year here" in markup(test)


def test_a_date_has_no_scale_to_choose(opened: Opened) -> None:
    test = opened("compare", y="first-approval-date")

    scales = [switch.key for switch in test.get("segmented_control") if "scale" in switch.key]
    assert scales == ["control-x_scale"]


def test_one_measure_twice_is_pointed_out(opened: Opened, markup: Markup) -> None:
    test = opened("compare", x="population", y="population")

    assert not test.exception
    assert title(test, markup).startswith("Both axes show “Population”")
