"""A button that puts a text on the reader's clipboard and says so."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.language import _

_SCRIPT = """<script>
if (!window.atlasCopies) {
  window.atlasCopies = true;
  const put = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch {}
    // An address without https has no clipboard: what is selected can still be copied.
    const field = document.createElement("textarea");
    field.value = text; field.style.position = "fixed"; field.style.opacity = "0";
    (document.querySelector("[role=dialog]") || document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) return;
    const done = await put(button.dataset.copy), before = button.dataset.label;
    button.textContent = done ? button.dataset.done : button.dataset.failed;
    setTimeout(() => { button.textContent = before; }, 2500);
    button.focus();
  });
}
</script>"""


def button(text: str, label: str) -> None:
    """Draw a button that copies ``text``; ``label`` says what it copies."""
    attributes = {"data-copy": text, "data-label": label, "data-done": _("Copied"), "data-failed": _("Select the text above and copy it")}
    written = " ".join(f'{name}="{escape(value, quote=True)}"' for name, value in attributes.items())
    st.html(f"<button type='button' class='copy' aria-live='polite' {written}>{escape(label)}</button>{_SCRIPT}", unsafe_allow_javascript=True)
