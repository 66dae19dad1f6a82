"""The buttons of a card with which a reader takes its figure away; what they open is in :mod:`ui.take_away_dialog`."""

from __future__ import annotations

import streamlit as st

from indicators import scene, settings
from indicators.figures import registry
from indicators.figures.figure import PLAY, TABLE, Figure
from indicators.language import _
from ui import my_deck, provenance, state
from ui.filters import View

_OPEN = "take-away"


def reference_of(figure: Figure, current: View, view: str, usual: str) -> str:
    """Return the reference to a figure as the page shows it, for exports, decks and embeds; ``usual`` is its first view.

    A table and a figure that plays are taken away as the usual view: they have no picture of their own.
    """
    own = (*scene.global_settings(current.whole), *figure.settings(current.whole))
    parameters = settings.parameters({setting: state.value(setting) for setting in own})
    country = next((setting for setting in own if setting.name == "country"), None)
    if country:  # said always, for what shows one country follows no choice of countries
        parameters = {name: texts for name, texts in parameters.items() if name not in ("region", "income", "countries")} | {"country": [state.value(country)]}
    return registry.reference(figure, parameters | ({} if view in (usual, PLAY, TABLE) else {figure.name: [view]}))


def buttons(name: str, reference: str) -> None:
    """Draw the buttons: one opens the choice of what to take away, one puts the figure into the reader's deck."""
    st.button(
        _("Export"),
        icon=":material/download:",
        type="tertiary",
        key=f"export-{name}",
        on_click=_open,
        args=(name,),
        help=_("Picture, slide, table, citation, link"),
    )
    st.button(
        _("To deck"),
        icon=":material/playlist_add:",
        type="tertiary",
        key=f"deck-{name}",
        on_click=my_deck.add,
        args=(reference,),
        help=_("Add to my deck, to show on a stage or to take away as slides"),
    )


def show(figure: Figure, current: View, reference: str) -> None:
    """Open the dialog when the reader has pressed this figure's button."""
    if st.session_state.get(_OPEN) != figure.name:
        return
    # Imported when first used: the programs that make files take a second to load, and most visits need none.
    from ui import take_away_dialog

    st.dialog(_("Take it away"), width="large", on_dismiss=close)(take_away_dialog.body)(figure, current, reference)


def _open(name: str) -> None:
    st.session_state[_OPEN] = name
    state.put(provenance.OPEN, "")  # one thing is open at a time


def close() -> None:
    """Close what is open; for callbacks."""
    st.session_state.pop(_OPEN, None)
