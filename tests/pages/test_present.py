"""The page of decks: those that are ready, the reader's own, and its way through the address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from indicators import decks
from indicators.decks import BUILT_IN, MOST_SLIDES, Deck, DeckSlide
from ui import addresses

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]

MINE = Deck("", "For Friday", (DeckSlide("prices-list?price_in=gdp", "Say this."), DeckSlide("overview-cascade"), DeckSlide("approvals-lag")))


@pytest.fixture(autouse=True)
def has_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages behave as under server.py."""
    monkeypatch.setattr(addresses._Routes, "are_there", True)


def mine(opened: Opened, deck: Deck = MINE, **more: str) -> AppTest:
    return opened("present", show="mine", draft=decks.query(deck), **more)


def kept(shown: AppTest) -> Deck:
    return shown.session_state["my-deck"]


def parameter(shown: AppTest, name: str) -> str:
    texts = shown.query_params[name]
    return texts if isinstance(texts, str) else texts[-1]


def in_address(shown: AppTest) -> Deck | None:
    return decks.read(parse_qs(parameter(shown, "draft"))).deck


@pytest.mark.parametrize("code", BUILT_IN)
def test_each_deck_that_is_ready_shows_its_slides_with_notes(code: str, opened: Opened, markup: Markup) -> None:
    shown = opened("present", show=code)
    count = len(BUILT_IN[code].slides)

    assert f"{count} slides" in markup(shown)
    assert [button.key for button in shown.button if (button.key or "").startswith("slide-")] == [f"slide-{place}" for place in range(1, count + 1)]
    assert "Speaker notes" in markup(shown)
    assert f"/present?deck={code}" in markup(shown)


def test_a_slide_that_is_pressed_is_shown_and_stands_in_the_address(opened: Opened, markup: Markup) -> None:
    shown = opened("present", show="prices")
    first = markup(shown)
    shown.button(key="slide-2").click().run()

    assert parameter(shown, "number") == "2"
    assert markup(shown) != first
    assert "#2" in markup(shown)


def test_a_deck_in_the_address_is_the_readers_own(opened: Opened, markup: Markup) -> None:
    shown = mine(opened)

    assert kept(shown) == MINE
    assert shown.text_input(key="deck-title").value == "For Friday"
    assert in_address(shown) == MINE
    assert "slide=prices-list%3F" in markup(shown) or "slide=prices-list?" in markup(shown)


def test_a_broken_deck_in_the_address_is_told(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("present", show="mine", draft="deck=z1.broken")
    assert not shown.exception
    assert "draft" in notices(shown)


def test_a_slide_number_that_the_deck_has_not_shows_the_last(opened: Opened) -> None:
    shown = mine(opened, number="9")
    assert not shown.exception
    assert shown.button(key="later").disabled


def test_slides_are_moved_and_removed_and_the_address_follows(opened: Opened) -> None:
    shown = mine(opened)
    shown.button(key="later").click().run()
    assert [slide.reference for slide in kept(shown).slides] == ["overview-cascade", "prices-list?price_in=gdp", "approvals-lag"]
    assert parameter(shown, "number") == "2"
    assert in_address(shown) == kept(shown)

    shown.button(key="remove").click().run()
    assert [slide.reference for slide in kept(shown).slides] == ["overview-cascade", "approvals-lag"]
    assert in_address(shown) == kept(shown)


def test_notes_and_title_are_kept(opened: Opened) -> None:
    shown = mine(opened)
    shown.text_area[0].set_value("Say that.").run()
    shown.text_input(key="deck-title").set_value("For Monday").run()

    assert kept(shown).slides[0].notes == "Say that."
    assert kept(shown).title == "For Monday"
    assert in_address(shown) == kept(shown)


def test_any_figure_of_the_catalog_can_be_added(opened: Opened) -> None:
    shown = opened("present", show="mine")
    assert "empty" in shown.info[0].value
    shown.selectbox(key="add-figure").select("care-need").run()

    assert [slide.reference for slide in kept(shown).slides] == ["care-need"]
    assert not shown.exception


def test_a_deck_that_is_ready_can_be_changed_as_a_copy(opened: Opened) -> None:
    shown = opened("present", show="prices")
    shown.button(key="make-mine").click().run()

    assert parameter(shown, "show") == "mine"
    assert [slide.reference for slide in kept(shown).slides] == [slide.reference for slide in BUILT_IN["prices"].slides]
    assert kept(shown).id == ""


def test_a_deck_never_grows_beyond_its_limit(opened: Opened) -> None:
    full = Deck("", "", tuple(DeckSlide("overview-cascade") for _place in range(MOST_SLIDES)))
    shown = mine(opened, full)
    shown.selectbox(key="add-figure").select("care-need").run()

    assert len(kept(shown).slides) == MOST_SLIDES
    assert any(str(MOST_SLIDES) in toast.value for toast in shown.toast)


def test_a_slide_of_an_unknown_figure_says_so_and_the_others_work(opened: Opened, markup: Markup) -> None:
    shown = mine(opened, Deck("", "", (DeckSlide("price-list"), DeckSlide("overview-cascade"))))
    assert "did you mean prices-list" in markup(shown)
    shown.button(key="slide-2").click().run()
    assert "did you mean" not in markup(shown)


def test_nothing_that_a_stranger_wrote_into_an_address_is_drawn(opened: Opened, markup: Markup) -> None:
    hostile = "![a](//elsewhere.example/a.png)<img src=x>"
    shown = mine(opened, Deck("", hostile, (DeckSlide(hostile), DeckSlide(f"prices-list?price_in={hostile}&countries={hostile}&as_of=abcdefghij"))), number="2")

    assert not shown.exception
    assert not [box for box in (*shown.info, *shown.warning, *shown.error, *shown.markdown) if "elsewhere" in box.value]
    assert not [button.label for button in shown.button if "elsewhere" in button.label]
    assert "<img src=x>" not in markup(shown)


def test_a_step_back_loses_nothing_that_was_added_since(opened: Opened) -> None:
    shown = mine(opened)
    older = parameter(shown, "draft")
    shown.selectbox(key="add-figure").select("care-need").run()
    shown.query_params["draft"] = older
    shown.run()

    assert [slide.reference for slide in kept(shown).slides][-1] == "care-need"
    assert in_address(shown) == kept(shown)


def test_a_deck_from_elsewhere_puts_the_readers_own_aside_and_it_can_be_had_back(opened: Opened) -> None:
    shown = mine(opened)
    other = Deck("", "Of a colleague", (DeckSlide("care-need"),))
    shown.query_params["draft"] = decks.query(other)
    shown.run()
    assert kept(shown) == other
    assert shown.text_input(key="deck-title").value == "Of a colleague"

    shown.button(key="bring-back").click().run()
    assert kept(shown) == MINE
    assert in_address(shown) == MINE


def test_the_field_of_notes_is_always_that_of_the_slide_on_view(opened: Opened) -> None:
    shown = mine(opened, Deck("", "", (DeckSlide("overview-cascade", "first"), DeckSlide("overview-cascade", "second"))))
    shown.button(key="later").click().run()
    assert shown.text_area[0].value == "first"
    shown.button(key="slide-1").click().run()
    assert shown.text_area[0].value == "second"


def test_without_the_servers_routes_the_stage_is_not_offered_but_explained(opened: Opened, markup: Markup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses._Routes, "are_there", False)
    shown = opened("present")
    assert "class='present'" not in markup(shown)
    assert "make run" in markup(shown)


def test_a_slide_that_is_removed_can_be_had_back(opened: Opened) -> None:
    shown = mine(opened)
    shown.button(key="remove").click().run()
    shown.button(key="bring-back").click().run()
    assert kept(shown) == MINE


def test_a_figure_of_one_country_goes_into_the_deck_with_its_country_whatever_countries_are_chosen(opened: Opened, markup: Markup) -> None:
    shown = opened("country", countries=["DEU", "USA"])
    shown.button(key="deck-ladder").click().run()
    assert [slide.reference for slide in kept(shown).slides] == ["country-ladder?country=DEU"]


def test_a_card_puts_its_figure_with_its_settings_into_the_deck(opened: Opened) -> None:
    shown = opened("prices", price_in="gdp", countries=["BRA", "IND"], against_income="ranking")
    shown.button(key="deck-list").click().run()
    shown.button(key="deck-against_income").click().run()

    assert [slide.reference for slide in kept(shown).slides] == [
        "prices-list?countries=BRA&countries=IND&price_in=gdp",
        "prices-against-income?countries=BRA&countries=IND&against_income=ranking",
    ]
    assert "2 slides" in shown.toast[0].value


def test_a_table_or_a_playing_map_goes_into_the_deck_as_the_usual_figure(opened: Opened) -> None:
    shown = opened("overview", world="play", cascade="table")
    shown.button(key="deck-world").click().run()
    shown.button(key="deck-cascade").click().run()

    assert [slide.reference for slide in kept(shown).slides] == ["overview-world", "overview-cascade"]
