"""The controls of the topic pages: what they choose is in the address and on the cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]

CARDS = {
    "approvals": ["matrix", "uses", "ages", "pathways", "cumulative", "lag", "undecided"],
    "reimbursement": ["decisions", "rate", "delay", "verdicts", "agreements"],
    "prices": ["list", "against_income", "kinds", "history", "academic"],
}


@pytest.mark.parametrize("page", CARDS)
def test_a_page_tells_its_story_in_order_and_explains_each_picture(page: str, opened: Opened, markup: Markup) -> None:
    shown = opened(page)
    switches = [switch.key.removeprefix("control-") for switch in shown.get("segmented_control") if "Table" in switch.options]
    assert switches == CARDS[page]
    assert markup(shown).count("class='how-to-read'") == len(CARDS[page])


@pytest.mark.parametrize(
    ("page", "name", "value", "text"),
    [
        ("approvals", "in_square", "year", "in each square the year of the first authorisation for it"),
        ("reimbursement", "scope", "advisory", "Advice bodies:"),
        ("reimbursement", "scope", "private", "Private insurers:"),
        ("prices", "kind", "self-pay", "Self-pay price:"),
        ("prices", "kind", "academic-cost", "Production cost, hospital-made:"),
    ],
)
def test_a_choice_in_the_address_is_on_the_page(page: str, name: str, value: str, text: str, opened: Opened, markup: Markup) -> None:
    shown = opened(page, **{name: value})
    assert not shown.exception
    assert text in markup(shown)
    assert shown.query_params in ({name: value}, {name: [value]})
    assert text not in markup(opened(page))


@pytest.mark.parametrize(("page", "name"), [("approvals", "in_square"), ("reimbursement", "scope"), ("prices", "kind")])
def test_a_value_that_does_not_exist_is_left_out_with_a_notice(page: str, name: str, opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened(page, **{name: "nonsense"})
    assert "nonsense" in notices(shown)
    assert name not in shown.query_params


@pytest.mark.parametrize(
    ("page", "card", "view", "text"),
    [
        ("reimbursement", "rate", "map", "Rate of availability"),
        ("reimbursement", "delay", "ranking", "Time to availability: from marketing authorisation to public cover"),
        ("reimbursement", "verdicts", "ranking", "final"),
        ("prices", "against_income", "ranking", "GDP"),
    ],
)
def test_a_second_picture_answers_the_same_question(page: str, card: str, view: str, text: str, opened: Opened, markup: Markup) -> None:
    shown = opened(page, **{card: view})
    assert not shown.exception
    assert text in markup(shown)


def test_the_chosen_products_hold_on_every_card_of_prices(opened: Opened) -> None:
    shown = opened("prices", product="axi-cel", kind="list-wac", kinds="table", list="table", history="table")
    for table in shown.dataframe:
        assert table.value["Product"].str.startswith("axi-cel").all()
