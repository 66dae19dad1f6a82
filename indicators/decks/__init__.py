"""Decks: ordered lists of views with notes for the person who speaks; built in, from a file, or from an address."""

from indicators.decks.address import LONGEST_ADDRESS, Reading, asks, parameters, query, read
from indicators.decks.built_in import BUILT_IN, built_in
from indicators.decks.files import FILE_ENDING, file_name, from_json, to_json
from indicators.decks.model import LONGEST_NOTES, LONGEST_REFERENCE, LONGEST_TITLE, MOST_SLIDES, Deck, DeckError, DeckSlide

__all__ = [
    "BUILT_IN",
    "FILE_ENDING",
    "LONGEST_ADDRESS",
    "LONGEST_NOTES",
    "LONGEST_REFERENCE",
    "LONGEST_TITLE",
    "MOST_SLIDES",
    "Deck",
    "DeckError",
    "DeckSlide",
    "Reading",
    "asks",
    "built_in",
    "file_name",
    "from_json",
    "parameters",
    "query",
    "read",
    "to_json",
]
