"""A hint for the first visit: three steps between a page's answer and its figures, put away for ever with one press."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.language import _

# Whether the hint was seen is the browser's to know: nothing about the reader reaches the server. In the document's head,
# so that it is known before anything is painted: whoever has put the hint away never sees the page move.
_LOOK = 'try { if (!localStorage.getItem("atlas-hint-seen")) document.documentElement.dataset.atlasHint = "shown"; } catch {}'
HEAD = f"<script>{_LOOK}</script>"
_SCRIPT = (
    """<script>
if (!window.atlasHint) {
  window.atlasHint = true;
  const root = document.documentElement;
  """
    + _LOOK
    + """
  const close = () => { try { localStorage.setItem("atlas-hint-seen", "yes"); } catch {} delete root.dataset.atlasHint; };
  document.addEventListener("click", (event) => { if (event.target.closest && event.target.closest("#atlas-hint button")) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && root.dataset.atlasHint && !document.querySelector("[role=dialog]")) close(); });
}
</script>"""
)


def draw() -> None:
    """Draw the hint; it takes no room unless the browser finds that it has not been put away before."""
    rest = escape(_("Below each figure, Sources lets you check it, Export takes it away, and To deck puts it into a talk."))
    steps = (
        escape(_("Choose a day, a region or countries above the figures: every figure and number follows, and the address keeps your choice.")),
        escape(_("Select a country, bar, cell or dot: the facts behind it open, with their sources and what disagrees.")),
        # Which of the two is read depends on the screen: who touches it has no key to press.
        f"<span class='for-keys'>{escape(_('Press / to search.'))}</span>"
        f"<span class='for-touch'>{escape(_('Search at the top finds countries, products and sources.'))}</span> {rest}",
    )
    items = "".join(f"<li>{step}</li>" for step in steps)
    with st.container(key="hint"):
        st.html(
            f"<aside id='atlas-hint' class='hint' aria-label='{escape(_('How to use the atlas'), quote=True)}'>"
            f"<ol>{items}</ol><button type='button'>{escape(_('Got it'))}</button></aside>" + _SCRIPT,
            unsafe_allow_javascript=True,
        )
