"""What changed from version to version of the data."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.dataset import folder_of
from indicators.language import _
from ui.filters import View
from ui.markdown import as_html


def draw(current: View) -> None:
    """Draw the dataset's change log."""
    path = folder_of() / "CHANGELOG.md"
    told = _("The data version of this dashboard is {version}. Newest first.").format(version=current.dataset.version)
    st.html(f"<p class='how-to-read'>{escape(told)}</p>")
    if path.is_file():
        st.html(f"<div class='document'>{as_html(path.read_text(encoding='utf-8'))}</div>")
    else:
        st.info(_("This dataset has no change log."))
