"""A hint for the first visit: three steps in a corner, put away for ever with one press."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.language import _

# Whether the hint was seen is the browser's to know: nothing about the reader reaches the server.
_SCRIPT = """<script>
(() => {
  const hint = document.getElementById("atlas-hint");
  if (!hint || hint.dataset.ready) return;
  hint.dataset.ready = "yes";
  const seen = () => { try { return localStorage.getItem("atlas-hint-seen"); } catch { return "unknown"; } };
  const close = () => { try { localStorage.setItem("atlas-hint-seen", "yes"); } catch {} hint.hidden = true; };
  if (!seen()) hint.hidden = false;
  hint.querySelector("button").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !hint.hidden && !document.querySelector("[role=dialog]")) close(); });
})();
</script>"""


def draw() -> None:
    """Draw the hint, hidden until the browser finds that it has not been put away before."""
    steps = (
        _("Choose a day, a region or countries above the figures: every figure and number follows, and the address keeps your choice."),
        _("Select a country, bar, cell or dot: the facts behind it open, with their sources and what disagrees."),
        _("Press / to search. Below each figure, Sources lets you check it, Export takes it away, and To deck puts it into a talk."),
    )
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    st.html(
        f"<aside id='atlas-hint' class='hint' aria-label='{escape(_('How to use the atlas'), quote=True)}' hidden>"
        f"<h2>{escape(_('Three things to know'))}</h2><ol>{items}</ol><button type='button'>{escape(_('Got it'))}</button></aside>" + _SCRIPT,
        unsafe_allow_javascript=True,
    )
