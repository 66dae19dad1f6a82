"""Decks: their limits, and that no file or address loses anything of them."""

from __future__ import annotations

import base64
import json
import zlib
from random import Random
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import decks
from indicators.dataset import Dataset
from indicators.decks import Deck, DeckError, DeckSlide, files
from indicators.figures import registry

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80)
SLIDES = st.builds(DeckSlide, WORDS.filter(lambda text: DeckSlide(text).reference), WORDS | st.text(max_size=300))
OWN_DECKS = st.builds(Deck, st.just(""), WORDS, st.lists(SLIDES, min_size=1, max_size=12).map(tuple))


@given(OWN_DECKS)
def test_file_keeps_everything(deck: Deck) -> None:
    assert decks.from_json(decks.to_json(deck)) == deck


@given(OWN_DECKS)
def test_address_keeps_everything(deck: Deck) -> None:
    read = decks.read(parse_qs(decks.query(deck), keep_blank_values=True))
    assert read == decks.Reading(deck)


@given(OWN_DECKS)
def test_packed_address_keeps_everything(deck: Deck) -> None:
    long = Deck("", deck.title, (*deck.slides, *[DeckSlide("prices-list", "The same note for all of these. " * 20)] * 15))
    query = decks.query(long)
    assert query.startswith("deck=z1.")
    assert len(query) <= decks.LONGEST_ADDRESS
    assert decks.read(parse_qs(query)) == decks.Reading(long)


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_no_address_breaks_the_reading(deck: str, slides: list[str], notes: list[str]) -> None:
    for found in ({"deck": [deck], "slide": slides}, {"slide": slides, "note": notes}, {"deck": ["z1." + deck]}):
        read = decks.read(found)
        assert read.deck is None or not read.deck.problems()


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_file_breaks_the_reading(content: bytes | str) -> None:
    with pytest.raises(DeckError):
        decks.from_json(content)


def test_address_can_be_read_by_people() -> None:
    deck = Deck("", "Prices", (DeckSlide("prices-list?price_in=gdp&countries=BRA", "Say it: 50% & more"),))
    assert decks.query(deck) == "title=Prices&slide=prices-list?price_in=gdp%26countries=BRA&note=1:Say+it:+50%25+%26+more"


def test_built_in_deck_is_named_in_its_address_until_it_is_changed() -> None:
    deck = decks.built_in("prices")
    assert decks.query(deck) == "deck=prices"
    assert decks.read({"deck": ["prices"]}).deck == deck
    assert decks.read(parse_qs(decks.query(deck.without(0)))).deck == Deck("", deck.title, deck.slides[1:])


def _file(**over: object) -> str:
    return json.dumps({"format": "car-t-access-atlas-deck", "version": 1, "title": "Deck", "slides": [{"figure": "prices-list"}]} | over)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "no valid JSON at line 1, column 2"),
        (b"\xff\xfe", "UTF-8: byte 1"),
        ("[" * 100_000, "no"),
        ("9" * 5000, "number of thousands of digits"),
        (_file(version=1).replace(": 1,", ": " + "9" * 5000 + ","), "number of thousands of digits"),
        ("[]", "no deck of this atlas"),
        (_file(format="other"), "no deck of this atlas"),
        (_file(version="1"), "“version” must be a number"),
        (_file(version=2), "newer atlas"),
        (_file(title=3), "“title” of the deck must be a text"),
        (_file(slides={}), "“slides” must be a list"),
        (_file(slides=[{"figure": "prices-list"}, 4]), "Slide 2 must have a “figure”"),
        (_file(slides=[{"notes": "no figure"}]), "“figure” of slide 1 must be a text"),
        (_file(slides=[{"figure": ""}]), "Slide 1 names no figure"),
        (_file(slides=[{"figure": "prices-list", "notes": "x" * 2001}]), "Slide 1: the notes are longer than 2,000"),
        (_file(slides=[{"figure": "prices-list?" + "x" * 1500}]), "Slide 1: the reference"),
        (_file(slides=[{"figure": "prices-list"}] * 61), "at most 60 slides; this one has 61"),
        (_file(title="x" * 121), "title is longer than 120"),
        ("x" * 1_000_001, "larger than any deck"),
    ],
)
def test_broken_file_says_what_is_wrong_and_where(content: bytes | str, says: str) -> None:
    with pytest.raises(DeckError, match=says):
        decks.from_json(content)


def _packed(content: str) -> str:
    return "z1." + base64.urlsafe_b64encode(zlib.compress(content.encode(), 9)).decode().rstrip("=")


@pytest.mark.parametrize("content", ["9" * 5000, "[" * 100_000, _file(version=1).replace(": 1,", ": " + "9" * 5000 + ","), "[4,", "\x00", '{"format":'])
def test_no_packed_content_breaks_the_reading_of_an_address(content: str) -> None:
    read = decks.read({"deck": [_packed(content)]})
    assert read.deck is None
    assert len(read.notices) == 2


def test_no_slide_is_read_of_a_deck_with_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = _file(slides=[4] * 200_000)
    assert len(text) <= files.LARGEST_FILE
    address = _packed(text)
    assert len(address) < 2000  # a short address is all that it takes
    asked: list[object] = []
    monkeypatch.setattr(files, "_slide", lambda *_arguments: asked.append(1))
    read = decks.read({"deck": [address]})
    assert read.deck is None
    assert read.notices[1] == "A deck has at most 60 slides; this one has 200,000."
    assert asked == []


def test_largest_deck_that_the_limits_allow_is_no_larger_than_a_file_may_be() -> None:
    astral = "𝒳"  # four bytes, as many as a character can have
    full = DeckSlide(astral * decks.LONGEST_REFERENCE, astral * decks.LONGEST_NOTES)
    deck = Deck("", astral * decks.LONGEST_TITLE, (full,) * decks.MOST_SLIDES).checked()
    assert decks.from_json(decks.to_json(deck)) == deck
    assert len(decks.to_json(deck)) > 0.95 * files.LARGEST_FILE


def test_all_problems_of_a_file_are_told_at_once() -> None:
    with pytest.raises(DeckError) as caught:
        decks.from_json(_file(title=1, slides=[1, {"figure": 2}]))
    assert len(caught.value.problems) == 3


def test_broken_address_says_so() -> None:
    assert decks.read({"deck": ["nothing"]}) == decks.Reading(None, ("There is no deck “nothing”.",))
    cut = decks.read({"deck": ["z1.eJyrVkrLz00sUbJSSk4s"]})
    assert cut.deck is None
    assert "cut off" in cut.notices[0]
    stray = decks.read({"slide": ["prices-list"], "note": ["9:lost", "x"]})
    assert stray.deck == Deck("", "", (DeckSlide("prices-list"),))
    assert len(stray.notices) == 1
    many = decks.read({"slide": ["prices-list"] * 70})
    assert many.deck is not None
    assert len(many.deck.slides) == 60
    assert "70" in many.notices[0]


def test_deck_too_long_for_an_address_says_by_how_much() -> None:
    random = Random(5)
    noise = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz ", k=1900)) for _ in range(30)]
    deck = Deck("", "Long", tuple(DeckSlide("prices-list", text) for text in noise))
    with pytest.raises(DeckError, match="too long for an address"):
        decks.query(deck)


def test_changes_make_another_deck() -> None:
    deck = decks.built_in("prices")
    assert deck.with_slide("overview-cascade", "Why").slides[-1] == DeckSlide("overview-cascade", "Why")
    assert deck.moved(0, 99).slides == (*deck.slides[1:], deck.slides[0])
    assert deck.moved(2, 0).slides[0] == deck.slides[2]
    assert deck.with_notes(1, "Other").slides[1] == DeckSlide(deck.slides[1].reference, "Other")
    assert deck.titled("Mine") == Deck("", "Mine", deck.slides)
    full = Deck("", "Full", (DeckSlide("prices-list"),) * 60)
    with pytest.raises(DeckError, match="at most 60"):
        full.with_slide("prices-list")


@pytest.mark.parametrize("deck_id", decks.BUILT_IN)
def test_built_in_decks_have_figures_and_notes(real: Dataset, deck_id: str) -> None:
    deck = decks.built_in(deck_id).checked()
    for slide in deck.slides:
        assert registry.read(real, slide.reference).notices == (), slide.reference
        assert slide.notes
