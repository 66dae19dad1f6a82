"""The evidence behind a mark: what the drawer says, and how the address opens it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalog import observe
from indicators.dataset import load

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
Notices = Callable[[AppTest], str]


def test_the_address_opens_the_evidence_of_a_country_with_value_formula_facts_and_sources(opened: Opened, markup: Markup) -> None:
    shown = opened(open="world.BRA", measure="median-list-price")
    text = unescape(markup(shown))

    assert not shown.exception
    assert "<h3 class='evidence-heading'>Brazil</h3>" in text
    assert "per US dollar (2022) = US$484,124" in text
    assert "The 2 facts behind it" in text
    assert "The 2 figures that it was computed with" in text
    assert text.count("<ul class='evidence-sources'>") == 4
    assert re.search(r"grade [A-D] · \w+ confidence · last confirmed", text)
    assert "price:tisa-cel:BRA" in text


def test_missing_evidence_is_told_as_missing_and_not_as_none(opened: Opened, markup: Markup) -> None:
    missing = unescape(markup(opened(open="world.TUV")))
    documented = unescape(markup(opened(open="world.ZAF")))

    assert "We looked and found nothing that says it. That is not the same as none" in missing
    assert "The fact" not in missing
    assert "A source says that there is none" in documented
    assert "facts behind it" in documented or "The fact behind it" in documented


def test_facts_that_disagree_are_shown_with_the_reason_for_the_choice(opened: Opened, markup: Markup) -> None:
    text = unescape(markup(opened(open="world.DEU", measure="treatment-centres")))

    assert "What disagrees, and is not used" in text
    assert "Preferred: grade B" in text
    assert "care:DEU:treatment-centres:2025-04" in text


def test_the_evidence_follows_the_day(opened: Opened, markup: Markup) -> None:
    early = unescape(markup(opened(open="world.USA", as_of="2018-12-31")))

    assert "<p class='evidence-value'>2 products</p>" in early
    assert "approval:cilta-cel:USA" not in early


def test_a_correction_names_the_version_the_facts_and_their_sources(opened: Opened) -> None:
    shown = opened(open="world.BRA", measure="median-list-price", as_of="2025-12-31")
    text = shown.code[0].value

    assert load().version in text
    assert "as of 2025-12-31" in text
    assert "price:tisa-cel:BRA" in text
    assert "https://" in text
    assert "open=world.BRA" in text


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("approvals", "matrix.EU.tisa-cel"),
        ("approvals", "lag.JPN.tisa-cel"),
        ("manufacturing", "by_country.DEU"),
        ("prices", "list.price:tisa-cel:AUS:list-public:2019-03-25"),
    ],
)
def test_marks_of_every_kind_can_be_opened_by_address(page: str, key: str, opened: Opened, markup: Markup, notices: Notices) -> None:
    shown = opened(page, open=key)

    assert "<h3 class='evidence-heading'>" in markup(shown)
    assert notices(shown) == ""


@pytest.mark.parametrize("key", ["world.ATLANTIS", "nowhere.BRA", "world.BRA.tisa-cel", "<script>", "cascade.BRA"])
def test_what_cannot_be_opened_is_told_and_left_out(key: str, opened: Opened, markup: Markup, notices: Notices) -> None:
    shown = opened(open=key)

    assert not shown.exception
    assert "<h3 class='evidence-heading'>" not in markup(shown)
    assert "“open”" in notices(shown)
    assert "open" not in shown.query_params


def test_the_button_opens_the_cards_evidence_to_choose_from(opened: Opened) -> None:
    shown = opened()
    shown.button(key="evidence-world").click().run()

    chooser = shown.selectbox(key="choose-world")
    assert chooser.value is None
    assert len(chooser.options) == len(observe(load(), "products-approved"))
    assert shown.query_params == {"open": "world"}


def test_choosing_in_the_drawer_shows_that_country_and_moves_the_address(opened: Opened, markup: Markup) -> None:
    shown = opened(open="world.BRA")
    shown.selectbox(key="choose-world").select("DEU").run()

    assert "<h3 class='evidence-heading'>Germany</h3>" in markup(shown)
    assert shown.query_params == {"open": "world.DEU"}


def test_what_is_known_in_part_is_shown_and_not_called_missing(opened: Opened, markup: Markup) -> None:
    text = unescape(markup(opened(open="world.IND", measure="treatment-centres")))

    assert "No figure that this measure can use." in text
    assert "Known in part" in text
    assert "We looked and found nothing" not in text
    assert "care:IND:treatment-centres" in text


def test_what_was_read_in_a_transcription_is_said_with_the_sources_not_under_the_figure(opened: Opened) -> None:
    texts = [element.proto.body for element in opened("prices").get("html")]
    told = [text for text in texts if "read in a transcription only" in text]

    assert told
    assert all("<ol class='source-list'>" in text for text in told)
