"""What the page of decks does with a deck: show it on the stage, take it away, and change the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import streamlit as st

from indicators import decks, language
from indicators.dataset import Dataset
from indicators.decks import LONGEST_NOTES, LONGEST_TITLE, Deck, DeckError
from indicators.decks.keys import keys
from indicators.figures import registry
from indicators.language import _, ngettext
from ui import addresses, files, my_deck, state
from ui.sitemap import SITE
from ui.state import Control

_LOADED = "loaded-deck"
_PDF = "deck-pdf-made"  # what it is of, and its bytes: the last one alone
_WANTED = "deck-pdf-wanted"


def _draft(text: str) -> str:
    if text and my_deck.read(text) is None:
        raise ValueError(text)
    return text


# The reader's own deck, as the query of an address.
DRAFT = Control("draft", "", _draft)


def keys_table() -> str:
    """Return the keys of the stage as HTML, as its own help has them."""
    rows = "".join(f"<div><dt>{' '.join(f'<kbd>{escape(key)}</kbd>' for key in pressed)}</dt><dd>{escape(text)}</dd></div>" for pressed, text in keys())
    return f"<dl class='keys'>{rows}</dl>"


def change(deck: Deck) -> None:
    """Make a deck the reader's own, here and in the address; for callbacks."""
    my_deck.keep(deck)
    state.put(DRAFT, my_deck.written(deck))


def draw_actions(dataset: Dataset, deck: Deck, number: int, shown: Control, is_mine: bool) -> None:
    """Draw what can be done with a deck: present it, take it away, change it."""
    with st.container(horizontal=True, key="deck-actions", vertical_alignment="center"):
        if addresses.has_routes():
            st.html(f"<a class='present' target='_blank' rel='noopener' href='{escape(_stage(deck, number), quote=True)}'>{escape(_('Present'))} ▸</a>")
        else:
            st.html(f"<p class='how-to-read'>{escape(_('The stage needs the server that “make run” starts; here the deck can be made and taken away.'))}</p>")
        st.download_button(
            _("PowerPoint"),
            data=_powerpoint(dataset, deck),
            file_name=f"{decks.file_name(deck)}.pptx",
            icon=":material/download:",
            key="deck-pptx",
            on_click="ignore",
            help=_("Charts that can be edited, your notes, and full citations below them"),
        )
        _pdf_button(dataset, deck)
        st.download_button(
            _("Deck file"),
            data=decks.to_json(deck),
            file_name=decks.file_name(deck) + decks.FILE_ENDING,
            mime="application/json",
            icon=":material/save:",
            key="deck-file",
            on_click="ignore",
            help=_("To keep the deck, to send it to somebody, or to load it here again"),
        )
        if not is_mine:
            st.button(
                _("Make it mine"),
                icon=":material/edit:",
                key="make-mine",
                on_click=_take_over,
                args=(deck, shown),
                help=_("Copy this deck into yours, to change it"),
            )


def _stage(deck: Deck, number: int) -> str:
    try:
        query = decks.query(deck)
    except DeckError:
        query = ""
    return f"{addresses.here('present')}/present?{query}" + (f"#{number}" if number > 1 else "")


def _powerpoint(dataset: Dataset, deck: Deck) -> Callable[[], bytes]:
    site = addresses.published("present")

    def make() -> bytes:
        from indicators.export import deck_files  # loads the programs that write slides

        return deck_files.pptx(dataset, deck, published_at=site)

    return files.later(make)


def _pdf_key(dataset: Dataset, deck: Deck) -> tuple[object, ...]:
    return deck, dataset.key, date.today(), language.current(), addresses.published("present")


def _pdf_button(dataset: Dataset, deck: Deck) -> None:
    """Draw the button that makes the PDF, or when it is made the one that saves it."""
    made = st.session_state.get(_PDF)
    if made and made[0] == _pdf_key(dataset, deck):
        st.download_button(
            _("Save PDF"),
            data=made[1],
            file_name=f"{decks.file_name(deck)}.pdf",
            mime="application/pdf",
            icon=":material/save:",
            key="deck-pdf",
            on_click="ignore",
            type="primary",
        )
    else:
        st.button(
            _("PDF"), icon=":material/picture_as_pdf:", key="make-pdf", on_click=_ask_for_pdf, help=_("A page for each slide; it takes about a second a slide")
        )


def _ask_for_pdf() -> None:
    st.session_state[_WANTED] = True


def make_pdf(dataset: Dataset, deck: Deck) -> None:
    """Make the PDF that the reader has asked for, page by page on view, and say what could not be made."""
    if not st.session_state.pop(_WANTED, False):
        return
    from indicators.export import deck_files
    from indicators.export.errors import ExportError

    count = len(deck.slides)
    bar = st.progress(0.0, _("Making the PDF …"))

    def tell(done: int) -> None:
        bar.progress(min(done / count, 1.0), _("Page {done} of {count}").format(done=done, count=count))

    try:
        content = deck_files.pdf(dataset, deck, published_at=addresses.published("present"), done=tell)
    except ExportError as error:
        bar.empty()
        st.warning(str(error))
        return
    st.session_state[_PDF] = (_pdf_key(dataset, deck), content)
    st.rerun()


def _take_over(deck: Deck, shown: Control) -> None:
    mine = my_deck.current()
    try:
        joined = Deck("", mine.title or deck.title, (*mine.slides, *deck.slides)).checked()
    except DeckError as error:
        st.toast(" ".join(error.problems), icon=":material/error:")
        return
    change(joined)
    state.put(shown, "mine")


def draw_put_aside() -> None:
    """Say that the deck before this one can be had back: an address or a file has brought another, or a slide was removed."""
    aside = my_deck.before()
    if not aside or aside == my_deck.current():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="put-aside"):
        count = ngettext("{count} slide", "{count} slides", len(aside.slides)).format(count=language.number(len(aside.slides)))
        st.html(f"<p class='how-to-read'>{escape(_('Your deck as it was before, with {count}, was put aside.').format(count=count))}</p>")
        st.button(_("Bring it back"), icon=":material/undo:", key="bring-back", on_click=_bring_back)


def _bring_back() -> None:
    my_deck.bring_back()
    state.put(DRAFT, my_deck.written(my_deck.current()))


def draw_deck(deck: Deck) -> None:
    """Draw the title of the reader's deck, and the ways to fill it: another figure, or a file."""
    if not deck.slides:
        text = _("Your deck is empty. Press “To deck” below any figure of the atlas, choose a figure here, load a file, or make one of the other decks yours.")
        st.info(text)
    title, figure, file = st.columns([1.2, 1.6, 1.2], gap="medium", vertical_alignment="bottom")
    with title:
        st.session_state["deck-title"] = deck.title  # always the deck's, whatever an address or a file has brought
        st.text_input(_("Title"), key="deck-title", max_chars=LONGEST_TITLE, on_change=_rename)
    with figure:
        st.selectbox(
            _("Add a figure"),
            list(registry.FIGURES),
            index=None,
            key="add-figure",
            format_func=_figure_text,
            placeholder=_("Choose from all figures"),
            on_change=_add_figure,
        )
    with file, st.popover(_("Load a deck file"), icon=":material/upload_file:", width="stretch"):
        st.file_uploader(_("Deck file"), type="json", key=_LOADED, on_change=_load)
        if problems := st.session_state.get("deck-problems"):
            st.html("<div class='notice' role='alert'>" + "<br>".join(escape(problem) for problem in problems) + "</div>")
    if deck.slides and not my_deck.written(deck):
        st.warning(_("This deck is too long for an address: keep it as a file."))


def _figure_text(figure_id: str) -> str:
    figure = registry.FIGURES[figure_id]
    page = next(page for page in SITE if page.address == figure.page)
    return f"{_(page.title)}: {_(figure.title)}"


def _rename() -> None:
    change(my_deck.current().titled(st.session_state["deck-title"]))


def _add_figure() -> None:
    chosen = st.session_state["add-figure"]
    if chosen:
        my_deck.add(chosen)
        change(my_deck.current())
        st.session_state["add-figure"] = None


def _load() -> None:
    file = st.session_state[_LOADED]
    st.session_state["deck-problems"] = ()
    if file is None:
        return
    try:
        deck = decks.from_json(file.getvalue())
    except DeckError as error:
        st.session_state["deck-problems"] = error.problems
        return
    my_deck.put_aside()
    change(deck)


def draw_slide(number_control: Control, number: int) -> None:
    """Draw what can be changed of a slide of the reader's deck: its place and its notes."""
    deck = my_deck.current()
    slide, last = deck.slides[number - 1], len(deck.slides)
    with st.container(horizontal=True, key="slide-actions"):
        st.button(_("Earlier"), icon=":material/arrow_upward:", key="earlier", disabled=number == 1, on_click=_move, args=(number_control, number, number - 1))
        st.button(_("Later"), icon=":material/arrow_downward:", key="later", disabled=number == last, on_click=_move, args=(number_control, number, number + 1))
        st.button(_("Remove"), icon=":material/delete:", key="remove", on_click=_remove, args=(number_control, number))
    key = f"notes-{number}"
    st.session_state[key] = slide.notes  # always the slide's: another may stand in its place now
    st.text_area(
        _("Speaker notes"),
        key=key,
        max_chars=LONGEST_NOTES,
        on_change=_note,
        args=(number, key),
        placeholder=_("What to say, and what not to conclude"),
    )


def _move(control: Control, number: int, to: int) -> None:
    change(my_deck.current().moved(number - 1, to - 1))
    state.put(control, str(to))


def _remove(control: Control, number: int) -> None:
    my_deck.put_aside()
    change(my_deck.current().without(number - 1))
    state.put(control, str(max(1, min(number, len(my_deck.current().slides)))))


def _note(number: int, key: str) -> None:
    change(my_deck.current().with_notes(number - 1, st.session_state[key]))
