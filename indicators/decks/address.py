"""A deck in an address: readable where it is short, packed where it is long.

``?title=Prices&slide=prices-list?price_in=gdp%26countries=BRA&note=1:What to say`` is a deck with one slide; a note begins
with the number of its slide, so that it stays with it in whatever order a program hands on the parameters. A longer deck is
``?deck=z1.…``, its file without spaces, compressed. ``?deck=prices`` is a deck that is built in.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from indicators import language
from indicators.decks.built_in import BUILT_IN, built_in
from indicators.decks.files import LARGEST_FILE, from_json, to_json
from indicators.decks.model import LONGEST_NOTES, LONGEST_REFERENCE, LONGEST_TITLE, MOST_SLIDES, Deck, DeckError, DeckSlide, cleaned
from indicators.language import _

LONGEST_READABLE = 6000  # characters of the query
LONGEST_ADDRESS = 7900  # of the query: proxies refuse a line of more than 8,192 bytes
PACKED = "z1."

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The deck that an address asks for, ``None`` where there is none to be had, and what could not be taken from it, in words."""

    deck: Deck | None
    notices: tuple[str, ...] = ()


def parameters(deck: Deck) -> list[tuple[str, str]]:
    """Return the parameters of an address that say a deck. Raises DeckError where the deck is too long for an address."""
    deck.checked()
    if deck.id in BUILT_IN and deck == built_in(deck.id):
        return [("deck", deck.id)]
    readable = [("title", deck.title)] if deck.title else []
    for number, slide in enumerate(deck.slides, start=1):
        readable.append(("slide", slide.reference))
        if slide.notes:
            readable.append(("note", f"{number}:{slide.notes}"))
    if deck.slides and len(_written(readable)) <= LONGEST_READABLE:
        return readable
    compact = json.dumps(json.loads(to_json(deck)), ensure_ascii=False, separators=(",", ":")).encode()
    packed = PACKED + base64.urlsafe_b64encode(zlib.compress(compact, 9)).decode().rstrip("=")
    too_long = len(packed) + len("deck=") - LONGEST_ADDRESS
    if too_long > 0:
        text = _("The deck is too long for an address, by about {count} characters: shorten its notes, or hand it on as a file.")
        raise DeckError([text.format(count=language.number(2 * too_long))])  # text packs to about half its length
    return [("deck", packed)]


def query(deck: Deck) -> str:
    """Return the query of an address that says a deck, such as ``slide=prices-list&slide=overview-world``. Raises DeckError."""
    return _written(parameters(deck))


def _written(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join(f"{name}={quote_plus(text, safe='?=:,/')}" for name, text in pairs)


def asks(found: Parameters) -> bool:
    """Return whether the parameters of an address ask for a deck."""
    return any(found.get(name) for name in ("deck", "slide"))


def read(found: Parameters) -> Reading:
    """Return the deck that the parameters of an address ask for. Never raises: what is broken is told in ``notices``."""
    for text in found.get("deck", ())[-1:]:
        if text in BUILT_IN:
            return Reading(built_in(text))
        if text.startswith(PACKED):
            try:
                return Reading(_unpacked(text.removeprefix(PACKED)))
            except DeckError as error:
                return Reading(None, (_("The deck in this address can't be read; it may have been cut off."), *error.problems))
        return Reading(None, (_("There is no deck “{name}”.").format(name=text[:40]),))
    return _readable(found)


def _unpacked(text: str) -> Deck:
    broken = DeckError([_("It is no packed deck.")])
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, LARGEST_FILE)
    except (binascii.Error, ValueError, zlib.error):
        raise broken from None
    if not unpacking.eof:
        raise broken
    return from_json(content)


def _readable(found: Parameters) -> Reading:
    texts = {number: text[:LONGEST_REFERENCE] for number, text in enumerate(found.get("slide", ()), start=1) if cleaned(text[:LONGEST_REFERENCE])}
    if not texts:
        return Reading(None)
    notices = []
    if len(texts) > MOST_SLIDES:
        notices.append(_("A deck has at most {most} slides; the address has {count}, and the last were left out.").format(most=MOST_SLIDES, count=len(texts)))
    notes: dict[int, str] = {}
    for text in found.get("note", ()):
        number, colon, words = text.partition(":")
        if colon and number.isascii() and number.isdigit() and int(number[:9]) in texts:
            notes[int(number[:9])] = words[:LONGEST_NOTES]
        else:
            notices.append(_("A note belongs to no slide: it must begin with the slide's number and a colon, such as “1:”."))
    slides = tuple(DeckSlide(text, notes.get(number, "")) for number, text in list(texts.items())[:MOST_SLIDES])
    title = "".join(found.get("title", ())[-1:])[:LONGEST_TITLE]
    return Reading(Deck("", title, slides), tuple(dict.fromkeys(notices)))
