"""Present: decks of figures for a talk, three that are ready and the reader's own; to show on a stage or to take away."""

from html import escape
from pathlib import Path

import streamlit as st

from indicators import catalog, decks, exhibits, language
from indicators.decks import BUILT_IN, MOST_SLIDES, Deck
from indicators.figures import registry
from indicators.language import _, ngettext
from ui import controls, data, deck_editor, my_deck, shell, state
from ui.card import preview
from ui.state import Control

STYLESHEET = Path(__file__).parent.parent / "ui" / "present.css"
MINE = "mine"
SHOWN = Control("show", next(iter(BUILT_IN)), state.one_of([*BUILT_IN, MINE]))


def slide_number(text: str) -> str:
    """Return the number of a slide as it stands in the address; raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_SLIDES):
        raise ValueError(text)
    return str(int(text))


NUMBER = Control("number", "1", slide_number)


def name_of(code: str) -> str:
    """Return the name of a deck in the choice of decks."""
    return _(BUILT_IN[code].title) if code in BUILT_IN else _("My deck")


def deck_of(code: str) -> Deck:
    """Return the deck of a code: one that is built in, or the reader's own."""
    return decks.built_in(code) if code in BUILT_IN else my_deck.current()


def about(asked: registry.Request) -> str:
    """Return what a slide is about beyond its figure, in words: indicators, countries and groups, and the day."""
    places = [exhibits.place_text(text) for name in ("countries", "region", "income") for text in asked.parameters.get(name, ())]
    places += [language.country_name(asked.scene.choice["country"])] if "country" in asked.scene.choice else []
    measured = [_(catalog.get(text).short_title) for texts in asked.parameters.values() for text in texts if text in catalog.INDICATORS]
    return ", ".join([*measured, *places, *([language.day(asked.scene.day)] if "as_of" in asked.parameters else [])])


def slide_text(reference: str) -> str:
    """Return a slide's line in the list: its figure, and what it is about; nothing of it is a stranger's text."""
    try:
        asked = registry.read(dataset, reference)
    except registry.UnknownFigure:
        return _("A figure that is not known here")
    told = about(asked)
    return _(asked.figure.title) + (f" · {told}" if told else "")


def draw_slides(deck: Deck, number: int) -> None:
    """Draw the list of a deck's slides, each a button that shows it."""
    for place, slide in enumerate(deck.slides, start=1):
        st.button(
            f"{place}  {slide_text(slide.reference)}",
            key=f"slide-{place}",
            type="primary" if place == number else "tertiary",
            width="stretch",
            on_click=state.put,
            args=(NUMBER, str(place)),
        )


def draw_slide(deck: Deck, number: int, is_mine: bool) -> None:
    """Draw the slide that is looked at: its figure, its notes, and for the reader's own deck what can be changed."""
    slide = deck.slides[number - 1]
    with st.container(border=True, key="card-slide"):
        preview(dataset, slide.reference)
    if is_mine:
        deck_editor.draw_slide(NUMBER, number)
    elif slide.notes:
        st.html(f"<h3 class='notes-head'>{escape(_('Speaker notes'))}</h3><p class='notes'>{escape(slide.notes)}</p>")


dataset = data.current()
# A draft in the address is the reader's own deck: it comes back after a reload, and can be sent to somebody else.
draft = state.value(deck_editor.DRAFT)
if my_deck.take(draft) != draft:
    state.follow(deck_editor.DRAFT, my_deck.written(my_deck.current()))

st.html(STYLESHEET)
shell.page_head(
    _("What do you want to show?"),
    _("Decks of figures for a talk, in large type, live and with their sources. Take one that is ready, or make your own from any figure."),
)
chosen = controls.segments(SHOWN, _("Deck"), [*BUILT_IN, MINE], name_of)
is_mine, deck = chosen == MINE, deck_of(chosen)
number = min(int(state.value(NUMBER)), max(len(deck.slides), 1))
count = ngettext("{count} slide", "{count} slides", len(deck.slides)).format(count=language.number(len(deck.slides)))
st.html(f"<p class='how-to-read'>{escape(count)}</p>")

if deck.slides:
    deck_editor.draw_actions(dataset, deck, number, SHOWN, is_mine)
    deck_editor.make_pdf(dataset, deck)
if is_mine:
    deck_editor.draw_put_aside()
    deck_editor.draw_deck(deck)
if deck.slides:
    list_column, slide_column = st.columns([1, 2.1], gap="large")
    with list_column:
        draw_slides(deck, number)
    with slide_column:
        draw_slide(deck, number, is_mine)

shell.section(_("On the stage"))
st.html(deck_editor.keys_table())
