"""The decks that come with the atlas. Their figures are live: what a title says is computed from the data on the day of the talk.

Notes therefore name no numbers. They say what to point at, and what must not be concluded. Every figure is one that can
be read from the last row: a map, a line, a few dozen marks, or a choice of countries that keeps rows few.
"""

from __future__ import annotations

from indicators.decks.model import Deck, DeckSlide
from indicators.language import _, mark

_PEERS = "countries=USA&countries=DEU&countries=GBR&countries=JPN&countries=AUS&countries=CHN&countries=BRA&countries=IND"

TEN_CHARTS = Deck(
    "ten-charts",
    mark("CAR-T access in ten charts"),
    (
        DeckSlide("overview-world?measure=products-approved", mark("Begin with the world.")),
        DeckSlide("overview-cascade", mark("Where access breaks off.")),
        DeckSlide(f"prices-list?{_PEERS}", mark("List prices.")),
    ),
)
PRICES = Deck(
    "prices",
    mark("Prices"),
    (
        DeckSlide(f"prices-list?{_PEERS}", mark("List prices.")),
        DeckSlide("prices-against-income", mark("Beside income.")),
        DeckSlide("prices-history", mark("Over time.")),
    ),
)
LOW_AND_MIDDLE_INCOME = Deck(
    "low-and-middle-income",
    mark("Low- and middle-income countries"),
    (
        DeckSlide("overview-world?measure=products-approved&income=LIC&income=LMC&income=UMC", mark("Begin with the world.")),
        DeckSlide("overview-cascade", mark("Where access breaks off.")),
    ),
)
BUILT_IN: dict[str, Deck] = {deck.id: deck for deck in (TEN_CHARTS, PRICES, LOW_AND_MIDDLE_INCOME)}


def built_in(deck_id: str) -> Deck:
    """Return a deck of BUILT_IN in the current language. Raises KeyError."""
    deck = BUILT_IN[deck_id]
    return Deck(deck.id, _(deck.title), tuple(DeckSlide(slide.reference, _(slide.notes)) for slide in deck.slides))
