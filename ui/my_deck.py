"""The reader's own deck: filled from cards on any page, kept while the browser's tab is open, shown and changed on the page of decks."""

from __future__ import annotations

from urllib.parse import parse_qs

import streamlit as st

from indicators import decks
from indicators.decks import Deck, DeckError
from indicators.language import ngettext

_KEPT = "my-deck"
_WRITTEN = "my-deck-drafts"  # how it was written in addresses, all its states in this session
_BEFORE = "my-deck-before"


def current() -> Deck:
    """Return the reader's deck, empty at first."""
    return st.session_state.get(_KEPT) or Deck("", "")


def keep(deck: Deck) -> None:
    """Make a deck the reader's own; how it is written is remembered, so that an older address of it is known as such."""
    st.session_state[_KEPT] = deck
    st.session_state.setdefault(_WRITTEN, set()).add(written(deck))


def take(draft: str) -> str:
    """Take the deck that an address brings, unless it is an older state of the reader's own, and return how the deck is now written.

    A step back in the browser brings an older address; what was added since must not be lost. A deck from elsewhere
    takes the place of the reader's own, which :func:`before` then has.
    """
    if draft and draft not in st.session_state.get(_WRITTEN, set()) and (brought := read(draft)):
        put_aside()
        keep(brought)
    return written(current())


def put_aside() -> None:
    """Remember the reader's deck as it is, before something takes its place."""
    if current().slides:
        st.session_state[_BEFORE] = current()


def before() -> Deck | None:
    """Return the reader's deck that an address has put aside."""
    return st.session_state.get(_BEFORE)


def bring_back() -> None:
    """Let the deck that was put aside and the present one change places; for callbacks."""
    now = current()
    keep(st.session_state[_BEFORE])
    st.session_state[_BEFORE] = now


def add(reference: str) -> None:
    """Put a view at the end of the reader's deck and say so; for callbacks."""
    try:
        keep(current().with_slide(reference))
    except DeckError as error:
        st.toast(" ".join(error.problems), icon=":material/error:")
        return
    count = len(current().slides)
    text = ngettext("Added: your deck has {count} slide. See “Present”.", "Added: your deck has {count} slides. See “Present”.", count)
    st.toast(text.format(count=count), icon=":material/playlist_add_check:")


def read(text: str) -> Deck | None:
    """Return the deck that a query says, as addresses have it; None where it says none."""
    return decks.read(parse_qs(text)).deck


def written(deck: Deck) -> str:
    """Return a deck as a query for an address; "" for an empty deck and for one that is too long for an address."""
    try:
        return decks.query(deck) if deck.slides else ""
    except DeckError:
        return ""
